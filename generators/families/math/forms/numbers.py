"""Number theory: remainders, divisors, multiples, congruences, factorials."""

from __future__ import annotations

import math
from itertools import count, islice

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio, sign


@form(
    "number theory",
    4,
    texts=(
        "Let N = {a} ^ {b} {p} {c}. What is the {q} {d}?",
        "Consider the number N = {a} ^ {b} {p} {c}. Find the {q} {d}.",
    ),
    turns=(
        ("plus", "minus"),
        ("remainder of N divided by", "least number above zero that makes N, when added, a multiple of"),
    ),
    slips=("sign", "wrong quantity"),
    draw=ranges((3, 30), (4, 8), (2, 60), (11, 60)),
    check=lambda t, a, b, c, d: (
        (a**b + sign(t) * c) % d
        if "remainder" in t
        else next(x for x in range(1, d + 1) if (a**b + sign(t) * c + x) % d == 0)
    ),
)
def power_remainder(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The remainder of a power, reduced at every step."""
    a, b, c, d = n
    rest = s("Power one", f"{a} mod {d}", a % d)
    first = rest
    for _ in range(b - 1):
        rest = s("Next power", f"{rest} * {first} mod {d}", rest * first % d)
    rest = s("Remainder", f"({rest} {'+-'[p]} {c}) mod {d}", (rest + c, rest - c)[p] % d)
    return rest if q == 0 else s("Still lacking", f"{d} - {rest}", d - rest)


def _common(rng: Stream) -> Numbers:
    g = rng.between(2, 12)
    a, b = rng.sample(range(3, 40), 2)
    return g * a, g * b, rng.between(2, 2 * g + 30)


@form(
    "number theory",
    2,
    texts=(
        "Take the {p} of {a} and {b} and {q} {c}. What is the result?",
        "Find the {p} of {a} and {b}, then {q} {c}. Which number comes out?",
    ),
    turns=(("greatest common divisor", "least common multiple"), ("add", "subtract")),
    slips=("wrong quantity", "operation"),
    draw=_common,
    check=lambda t, a, b, c: (
        (
            next(x for x in range(min(a, b), 0, -1) if a % x == b % x == 0)
            if "divisor" in t
            else next(x for x in count(a, a) if x % b == 0)
        )
        + (c if "add" in t else -c)
    ),
)
def divisor_or_multiple(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Euclid's algorithm and what follows from it."""
    a, b, c = n
    high, low = max(a, b), min(a, b)
    while low:
        rest = s("Remainder", f"{high} mod {low}", high % low)
        high, low = low, rest
    value = high
    if p == 1:
        value = s("Product over the last", f"{a} * {b} / {high}", a * b // high)
    return s("Result", f"{value} {'+-'[q]} {c}", (value + c, value - c)[q])


def _two_divisors(rng: Stream) -> Numbers:
    a = rng.between(2, 200)
    c, d = rng.sample(range(3, 16), 2)
    while c % d == 0 or d % c == 0:
        c, d = rng.sample(range(3, 16), 2)
    return a, a + rng.between(150, 600), c, d


@form(
    "number theory",
    3,
    texts=(
        "Call a number good if it is divisible by {c} {p} by {d}. How many whole numbers from {a} to {b} are {q}?",
        "Numbers that can be divided by {c} {p} by {d} are called good. Among the whole numbers from {a} to {b}, how "
        "many are {q}?",
    ),
    turns=(("or", "and also"), ("good", "not good")),
    slips=("operation", "complement"),
    draw=_two_divisors,
    check=lambda t, c, d, a, b: sum(
        ("not good" in t) != ((x % c == 0 and x % d == 0) if "and also" in t else (x % c == 0 or x % d == 0))
        for x in range(a, b + 1)
    ),
)
def multiples_between(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Multiples of two numbers, counted by inclusion and exclusion."""
    a, b, c, d = n
    both = math.lcm(c, d)
    counts = [b // each - (a - 1) // each for each in (c, d, both)]
    third = s(f"Multiples of {both}", f"{b // both} - {(a - 1) // both}", counts[2])
    found = third
    if p == 0:
        first = s(f"Multiples of {c}", f"{b // c} - {(a - 1) // c}", counts[0])
        second = s(f"Multiples of {d}", f"{b // d} - {(a - 1) // d}", counts[1])
        found = s("Either", f"{first} + {second} - {third}", first + second - third)
    return found if q == 0 else s("The others", f"{b - a + 1} - {found}", b - a + 1 - found)


def _factored(rng: Stream) -> Numbers:
    first, second = sorted(rng.sample((3, 5, 7, 11, 13, 17), 2))
    return 2, rng.between(3, 24), first, rng.between(1, 18), second, rng.between(1, 18)


def _divisors(text: str, *n: int) -> int:
    """Counted exponent by exponent of two; each goes with every exponent of the other primes."""
    kept = [
        i
        for i in range(n[1] + 1)
        if "in all" in text or (i == 0 if "odd" in text else i >= 2 if "four" in text else i >= 1)
    ]
    return sum(len(range(n[3] + 1)) for _ in kept for _ in range(n[5] + 1)) if n[0] == 2 else 0


@form(
    "number theory",
    4,
    texts=(
        "Let N = {a} ^ {b} * {c} ^ {d} * {e} ^ {f}. How many positive divisors of N {p}?",
        "The number N is {a} ^ {b} * {c} ^ {d} * {e} ^ {f}. Of its positive divisors, how many {p}?",
    ),
    turns=(("are there in all", "are even", "are odd", "are multiples of four"),),
    slips=("wrong condition",),
    draw=_factored,
    check=_divisors,
)
def divisor_count(s: Steps, n: Numbers, p: int) -> Value:
    """Divisors from the exponents."""
    _, a, _, b, _, c = n
    low, high = (0, 1, 0, 2)[p], (a, a, 0, a)[p]
    twos = s("Exponents of the first", f"{high} - {low} + 1", high - low + 1)
    return s("Divisors", f"{twos} * ({b} + 1) * ({c} + 1)", twos * (b + 1) * (c + 1))


def _inverse(a: int, d: int) -> int:
    """What gives one when multiplied by a, modulo d; a and d have no common divisor."""
    return next(x for x in range(d) if a * x % d == 1)


def _congruence(rng: Stream) -> Numbers:
    d = rng.between(11, 60)
    a = rng.between(2, d - 1)
    while math.gcd(a, d) != 1:
        a = a + 1 if a < d - 1 else 2
    return a, rng.between(1, d - 1), rng.between(0, d - 1), d


@form(
    "number theory",
    4,
    texts=(
        "Find the {q} positive whole number x for which {a} * x {p} {b} leaves the remainder {c} when divided by {d}.",
        "What is the {q} positive whole number x such that {a} * x {p} {b} has remainder {c} on division by {d}?",
    ),
    turns=(("plus", "minus"), ("least", "second least")),
    slips=("sign", "wrong solution"),
    draw=_congruence,
    check=lambda t, a, b, c, d: list(
        islice((x for x in count(1) if (a * x + sign(t) * b) % d == c), 1 + ("second" in t))
    )[-1],
)
def congruence(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A linear congruence, by the inverse of its factor."""
    a, b, c, d = n
    right = s("Right side", f"({c} {'-+'[p]} {b}) mod {d}", (c - b, c + b)[p] % d)
    inverse = s("Inverse", f"1 / {a} mod {d}", _inverse(a, d))
    x = s("x", f"{right} * {inverse} mod {d}", right * inverse % d)
    x = x if x > 0 else s("x", f"{x} + {d}", x + d)
    return x if q == 0 else s("Next x", f"{x} + {d}", x + d)


def _remainders(rng: Stream) -> Numbers:
    b, d = rng.sample(range(5, 40), 2)
    while math.gcd(b, d) != 1:
        b, d = rng.sample(range(5, 40), 2)
    return rng.between(1, b - 1), b, rng.between(1, d - 1), d


@form(
    "number theory",
    5,
    texts=(
        "What is the least positive whole number that is {a} {p} of {b} and {c} {q} of {d}?",
        "A positive whole number is {a} {p} of {b} and at the same time {c} {q} of {d}. What is the least such number?",
    ),
    turns=(("more than a multiple", "less than a multiple"), ("above a multiple", "below a multiple")),
    slips=("sign", "sign"),
    draw=_remainders,
    # As the numbers are smaller than the moduli, a solution may itself be smaller than one of them.
    check=lambda t, a, b, c, d: next(
        x for x in count(1) if (x - (a if "more" in t else -a)) % b == 0 == (x - (c if "above" in t else -c)) % d
    ),
)
def two_remainders(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two remainders at once, by the Chinese remainder theorem."""
    a, b, c, d = n
    first = s("First remainder", f"({'+-'[p]}{a}) mod {b}", (a, -a)[p] % b)
    second = s("Second remainder", f"({'+-'[q]}{c}) mod {d}", (c, -c)[q] % d)
    inverse = s("Inverse", f"1 / {b} mod {d}", _inverse(b, d))
    steps = s("Steps", f"({second} - {first}) * {inverse} mod {d}", (second - first) * inverse % d)
    return s("Number", f"{first} + {b} * {steps}", first + b * steps)


def _factorials(rng: Stream) -> Numbers:
    b = rng.between(10, 400)
    return b + rng.between(40, 400), b


@form(
    "number theory",
    4,
    texts=(
        "How often can {a}! / {b}! be divided by {p} before the result is no longer whole?",
        "The quotient {a}! / {b}! is a whole number. What is the exponent of {p} in its prime factorization?",
    ),
    turns=(("two", "three", "five", "seven"),),
    slips=("wrong prime",),
    draw=_factorials,
    check=lambda t, a, b: _exponent(
        next(prime for word, prime in (("two", 2), ("three", 3), ("five", 5), ("seven", 7)) if f"{word} " in t), a, b
    ),
)
def factorial_exponent(s: Steps, n: Numbers, p: int) -> Value:
    """The exponent of a prime in a quotient of factorials, by Legendre's formula."""
    a, b = n
    prime = (2, 3, 5, 7)[p]
    counts = []
    for name, top in (("Above", a), ("Below", b)):
        multiples, left = [], top
        while left := left // prime:
            multiples.append(left)
        counts.append(s(name, " + ".join(map(str, multiples)), sum(multiples)))
    return s("Exponent", f"{counts[0]} - {counts[1]}", counts[0] - counts[1])


def _exponent(prime: int, a: int, b: int) -> int:
    """Counted factor by factor."""
    found = 0
    for factor in range(b + 1, a + 1):
        while factor % prime == 0:
            factor //= prime
            found += 1
    return found


def _class(rng: Stream) -> Numbers:
    a, d = rng.between(2, 100), 2 * rng.between(2, 9) + 1
    return a, a + rng.between(60, 260), rng.below(d), d


def _listed(text: str, a: int, b: int, c: int, d: int) -> int:
    """Number by number."""
    found = [x for x in range(a, b + 1) if (x + x if "double" in text else x) % d == c]
    return sum(found) if "sum" in text else found[-1]


@form(
    "number theory",
    3,
    texts=(
        "Find the {q} of all whole numbers from {a} to {b} that leave the remainder {c} {p} {d}.",
        "Take all whole numbers from {a} to {b} that have the remainder {c} {p} {d}. Give the {q} of them.",
    ),
    turns=(("when divided by", "when their double is divided by"), ("sum", "largest")),
    slips=("wrong factor", "wrong quantity"),
    draw=_class,
    check=_listed,
)
def residue_class(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Numbers of one remainder, the largest or all added up."""
    a, b, c, d = n
    rest = s("Remainder", f"{c} * {(1, (d + 1) // 2)[p]} mod {d}", c * (1, (d + 1) // 2)[p] % d)
    last = s("Last", f"{b} - (({b} - {rest}) mod {d})", b - (b - rest) % d)
    if q == 1:
        return last
    first = s("First", f"{a} + (({rest} - {a}) mod {d})", a + (rest - a) % d)
    number = s("How many", f"({last} - {first}) / {d} + 1", ratio(last - first, d) + 1)
    return s("Total", f"{number} * ({first} + {last}) / 2", ratio(number * (first + last), 2))
