"""Questions that give one datum more than is needed, so that the data may contradict each other."""

from __future__ import annotations

from math import gcd

from generators.families.math.contexts.exams.form import Exam, Numbers, tied
from generators.families.math.form import ranges


def _prime_to(a: int, b: int) -> int:
    """The next number from b on that has no divisor in common with a and is another one."""
    while gcd(a, b) > 1:
        b += 1
    return b


def _averaged(a: int, b: int, c: int, t: int) -> Numbers:
    """Three numbers and a fourth one, with the mean of all four; t is how far that is from the mean of the three."""
    mean = (a + b + c) // 3 + t
    return a, b, c, 4 * mean - a - b - c, mean


FORMS = (
    Exam(
        "rectangle",
        "the perimeter and the area of a rectangle",
        (
            "A rectangle is {a} cm long and {b} cm wide, and its perimeter measures {c} cm. What is its area?",
            "The sides of a rectangular sheet of paper measure {a} cm and {b} cm; its perimeter is {c} cm. Find the "
            "area of the sheet.",
        ),
        tied(ranges((20, 90)), (15, 80), lambda a, t: (a, t, 2 * (a + t)), (1, 2), 9),
        lambda a, b, c: c - a - a == b + b,
    ),
    Exam(
        "triangle_angles",
        "the angles of a triangle",
        (
            "In a triangle the angles at A, B and C measure {a}, {b} and {c} degrees. How large is the exterior angle "
            "at B?",
            "A triangle has angles of {a}, {b} and {c} degrees. By how many degrees do its largest and its smallest "
            "angle differ?",
        ),
        tied(ranges((35, 75)), (30, 70), lambda a, t: (a, t, 180 - a - t), (1, 2), 9),
        lambda a, b, c: sum((a, b, c)) == 180,
    ),
    Exam(
        "ages",
        "the ages of people",
        (
            "{N} is {a} years old, and a cousin of {N} is {b}. Together they are {c} years old. How old will they be "
            "together in {d} years?",
            "A mother is {a} years old and her sister is {b}; the sum of their ages is {c}. What will the sum be "
            "{d} years from now?",
        ),
        tied(ranges((25, 60), (3, 20)), (24, 60), lambda a, d, t: (a, t, a + t, d), (1, 2), 8),
        lambda a, b, c, d: d > 0 and c - b == a,
    ),
    Exam(
        "clubs",
        "sets that overlap",
        (
            "Each of the {a} members of a club plays chess or go. Chess is played by {b} of them, go by {c}, and both "
            "games by {d}. How many members play just one game?",
            "All {a} guests of a hotel speak English or French: {b} speak English, {c} French and {d} both. How many "
            "guests speak one of these languages only?",
        ),
        tied(ranges((40, 90), (40, 90)), (12, 30), lambda b, c, t: (b + c - t, b, c, t), (0, 3), 9),
        lambda a, b, c, d: (b - d) + (c - d) + d == a and d <= min(b, c),
    ),
    Exam(
        "sum_and_difference",
        "two numbers with a given sum and difference",
        (
            "Two numbers have the sum {a} and the difference {b}. The larger one is {c}. What is their product?",
            "The sum of two numbers is {a}, their difference is {b}, and {c} is the larger of them. Find the sum of "
            "their squares.",
        ),
        tied(ranges((90, 120)), (65, 85), lambda a, t: (a, 2 * t - a, t), (1, 2), 9),
        lambda a, b, c: c - (a - c) == b,
    ),
    Exam(
        "arithmetic_sequence",
        "arithmetic sequences",
        (
            "An arithmetic sequence starts with {a}. Each term is {b} greater than the one before, and term number "
            "{c} is {d}. Find the sum of the first {c} terms.",
            "The first term of an arithmetic sequence is {a}, the common difference is {b}, and term number {c} is "
            "{d}. What is the mean of the terms up to that one?",
        ),
        tied(ranges((3, 12), (8, 25)), (20, 80), lambda b, c, t: (t, b, c, t + (c - 1) * b), (0, 3), 12),
        lambda a, b, c, d: range(a, d + 1, b)[-1] == d and len(range(a, d + 1, b)) == c if d >= a else False,
    ),
    Exam(
        "mean",
        "the mean of a list of numbers",
        (
            "The mean of the four numbers {a}, {b}, {c} and {d} is {e}. By how much does the largest of them exceed "
            "the mean?",
            "Four parcels weigh {a}, {b}, {c} and {d} grams, which makes {e} grams on average. What is the range of "
            "the four weights?",
        ),
        tied(ranges((110, 190), (110, 190), (110, 190)), (-12, 12), _averaged, (3, 4), 9),
        lambda a, b, c, d, e: (a - e) + (b - e) + (c - e) + (d - e) == 0,
    ),
    Exam(
        "constant_speed",
        "motion at a constant speed",
        (
            "A train runs at a constant speed of {a} km an hour and covers {b} km in {c} hours. How far does it get "
            "in half that time?",
            "Keeping a constant speed of {a} km an hour, a lorry has driven {b} km after {c} hours. What distance "
            "will it have covered when twice that time is over?",
        ),
        tied(ranges((3, 9)), (50, 110), lambda c, t: (t, c * t, c), (0, 1), 15),
        lambda a, b, c: b % c == 0 and b // c == a,
    ),
    Exam(
        "box",
        "the volume and the surface of a box",
        (
            "A box has a square base with sides of {a} cm. It is {b} cm high and has a volume of {c} cubic "
            "centimetres. How large is its surface?",
            "The base of a cuboid is a square with {a} cm sides, its height is {b} cm, and its volume is {c} cubic "
            "centimetres. Find the total length of its edges.",
        ),
        tied(ranges((4, 15)), (12, 45), lambda a, t: (a, t, a * a * t), (1, 2), 8),
        lambda a, b, c: sum(a * a for _ in range(b)) == c,
    ),
    Exam(
        "quadratic_roots",
        "quadratic equations and their roots",
        (
            "The equation x^2 - {a} * x + {b} = 0 has the solution x = {c}. What is its other solution?",
            "One root of the polynomial x^2 - {a} * x + {b} is {c}. Find the square of the other root.",
        ),
        tied(ranges((4, 20)), (15, 50), lambda c, t: (c + t, c * t, c), (0, 1), 8),
        lambda a, b, c: c * c - a * c + b == 0,
    ),
    Exam(
        "discount",
        "percentages in everyday life",
        (
            "A coat costs {a} euros. Its price is lowered by {b} percent, to {c} euros. What would two such coats cost "
            "after the reduction?",
            "The price of a bicycle is {a} euros; in a sale it is {b} percent lower and comes to {c} euros. How many "
            "euros does {N} save by buying it in the sale?",
        ),
        tied(
            lambda rng: (100 * rng.between(2, 9),),
            (20, 60),
            lambda a, t: (a, t, a * (100 - t) // 100),
            (1, 2),
            9,
        ),
        lambda a, b, c: 100 * (a - c) == a * b,
    ),
    Exam(
        "linear_function",
        "linear functions",
        (
            "A function is given by f(x) = {a} * x + {b}, and f({c}) = {d}. Find f({e}).",
            "For the function f(x) = {a} * x + {b} it is known that f({c}) = {d}. What is the value of f({e})?",
        ),
        tied(ranges((2, 12), (3, 12), (15, 30)), (20, 70), lambda a, c, e, t: (a, t, c, a * c + t, e), (1, 3), 12),
        lambda a, b, c, d, e: e != c and d - b == sum([a] * c),
    ),
    Exam(
        "bag",
        "probability with an urn",
        (
            "A bag holds {a} red, {b} blue and {c} green balls, {d} balls in all. One is drawn blindly. What is the "
            "probability that it is red?",
            "In an urn there are {a} red, {b} blue and {c} green balls, which makes {d} balls altogether. {N} draws "
            "one of them at random. How likely is it to be blue?",
        ),
        tied(ranges((12, 40), (12, 40)), (15, 40), lambda a, b, t: (a, b, t, a + b + t), (2, 3), 9),
        lambda a, b, c, d: d - c - b - a == 0,
    ),
    Exam(
        "spinner",
        "probabilities of several outcomes",
        (
            "A spinner stops on red, blue or green and on nothing else. Red comes up with a probability of {a} "
            "percent, blue with {b} percent and green with {c} percent. How likely are two reds in a row?",
            "At a crossing every car turns left, turns right or goes straight on: {a} percent turn left, {b} percent "
            "turn right, and {c} percent go straight on. How likely is it that of two cars neither turns left?",
        ),
        tied(ranges((15, 40)), (20, 45), lambda a, t: (a, t, 100 - a - t), (1, 2), 9),
        lambda a, b, c: a + b == 100 - c,
    ),
    Exam(
        "division",
        "division with remainder",
        (
            "When a whole number is divided by {a}, the quotient is {b} and the remainder {c}. The number is {d}. What "
            "is the remainder when its double is divided by {a}?",
            "Divided by {a}, a number gives the quotient {b} and leaves the remainder {c}; the number is {d}. Find the "
            "quotient when {N} divides three times the number by the same divisor.",
        ),
        tied(
            lambda rng: ((a := rng.between(12, 40)), rng.between(1, a - 1)),
            (15, 60),
            lambda a, c, t: (a, t, c, a * t + c),
            (1, 3),
            9,
        ),
        lambda a, b, c, d: c < a and divmod(d, a) == (b, c),
    ),
    Exam(
        "perpendicular",
        "perpendicular vectors",
        (
            "The vectors ({a}, {b}) and ({c}, -{d}) are perpendicular to each other. Find the square of the length of "
            "their sum.",
            "A right angle lies between the vectors ({a}, {b}) and ({c}, -{d}). What is the area of the rectangle that "
            "they span?",
        ),
        tied(
            lambda rng: ((a := rng.between(3, 12)), _prime_to(a, rng.between(3, 12))),
            (10, 25),
            lambda a, b, t: (a, b, b * t, a * t),
            (2, 3),
            6,
        ),
        lambda a, b, c, d: (a + c) ** 2 + (b - d) ** 2 == a * a + b * b + c * c + d * d,
    ),
    Exam(
        "three_equations",
        "systems of linear equations",
        (
            "Find the product of x and y if x + y = {a}, x - y = {b} and {c} * x + y = {d}.",
            "Two numbers x and y satisfy x + y = {a}, x - y = {b} and {c} * x + y = {d}. What is x * y?",
        ),
        tied(ranges((90, 120), (3, 9)), (65, 85), lambda a, c, t: (a, 2 * t - a, c, (c - 1) * t + a), (1, 3), 9),
        lambda a, b, c, d: any(x - (a - x) == b and c * x + (a - x) == d for x in range(a + b + 1)),
    ),
    Exam(
        "map",
        "maps and scales",
        (
            "On a map with the scale 1 : {a} two villages are {b} cm apart. In reality their distance is {c} metres. "
            "How far apart are they on a map with twice that scale?",
            "A map has the scale 1 : {a}. A straight path of {c} metres is {b} cm long on it. How many centimetres "
            "long is a path of twice that length on the map?",
        ),
        tied(lambda rng: (1000 * rng.between(2, 25),), (15, 40), lambda a, t: (a, t, a * t // 100), (1, 2), 8),
        lambda a, b, c: 100 * c == sum([a] * b),
    ),
    Exam(
        "wages",
        "hours and wages",
        (
            "{N} earns {a} euros an hour and has received {b} euros for {c} hours. How much would it have been with "
            "two hours more?",
            "For a job that pays {a} euros an hour, {N} was given {b} euros after {c} hours. How much does the job "
            "bring in twice that time?",
        ),
        tied(ranges((8, 30)), (25, 60), lambda c, t: (t, c * t, c), (0, 1), 9),
        lambda a, b, c: sum([a] * c) == b,
    ),
    Exam(
        "ratio",
        "sharing in a ratio",
        (
            "{N} and a friend share a prize in the ratio {a} : {b}. {N} gets {c} euros and the friend {d} euros. How "
            "many euros would each get if they shared evenly?",
            "Two towns bear the cost of a bridge in the ratio {a} : {b}. The first one pays {c} thousand euros, the "
            "second one {d} thousand. What does the bridge cost?",
        ),
        tied(
            lambda rng: ((a := rng.between(3, 12)), _prime_to(a, rng.between(3, 12))),
            (20, 60),
            lambda a, b, t: (a, b, a * t, b * t),
            (2, 3),
            9,
        ),
        lambda a, b, c, d: a * d == b * c,
    ),
)
