"""Intermediate algebra: polynomials, roots, powers, series, recurrences, complex numbers, inequalities."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from generators.core import Stream
from generators.families.math.form import Found, Numbers, Steps, Value, form, ranges, ratio, sign


@form(
    "intermediate algebra",
    3,
    texts=(
        "What is the remainder of x^3 {p} {a} * x^2 plus {b} * x plus {c} on division by x {q} {d}?",
        "The polynomial x^3 {p} {a} * x^2 plus {b} * x plus {c} is divided by x {q} {d}. Find the remainder.",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign of the divisor"),
    draw=ranges((2, 15), (2, 30), (3, 60), (2, 9)),
    # By long division, the last coefficient of which is the remainder.
    check=lambda t, a, b, c, d: _last_of_division((1, sign(t) * a, b, c), sign(t, 3) * d),
)
def polynomial_remainder(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The remainder theorem."""
    a, b, c, d = n
    x = (-d, d)[q]
    cube = s("Cube", f"({x})^3", x**3)
    square = s("Square term", f"{a} * ({x})^2", a * x * x)
    line = s("Linear term", f"{b} * ({x})", b * x)
    two = s("First two", f"({cube}) {'+-'[p]} {square}", cube + (square, -square)[p])
    return s("Remainder", f"({two}) + ({line}) + {c}", two + line + c)


def _last_of_division(coefficients: Numbers, shift: int) -> int:
    """What is left when a polynomial is divided by x + shift, coefficient by coefficient."""
    carry = 0
    for coefficient in coefficients:
        carry = coefficient - shift * carry
    return carry


def _series(text: str, a: int, b: int) -> Found:
    """Four terms added up; or the whole, which is its first term and the same series, times the ratio."""
    ratio = Fraction(-1 if "minus" in text else 1, b)
    if "four" in text:
        return sum((a * ratio**k for k in range(4)), Fraction(0))
    return lambda x: x == a + ratio * x


@form(
    "intermediate algebra",
    4,
    texts=(
        "A geometric series starts with {a}, and each term is the one before divided by {p}{b}. What is the sum of "
        "{q}?",
        "The first term of a geometric series is {a}; every later term is its predecessor over {p}{b}. Find the sum "
        "of {q}.",
    ),
    turns=(("", "minus "), ("all its terms, without end", "its first four terms")),
    slips=("sign", "wrong formula"),
    draw=ranges((2, 1999), (2, 90)),
    check=_series,
)
def geometric_series(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A geometric series, whole or in part."""
    a, b = n
    r = Fraction((1, -1)[p], b)
    below = s("One less the ratio", f"1 - ({r})", 1 - r)
    total = s("Whole series", f"{a} / ({below})", ratio(a, below))
    if q == 0:
        return total
    share = s("Share of these", f"1 - ({r})^4", 1 - r**4)
    return s("These alone", f"{total} * {share}", ratio(total * share, 1))


def _multiplied(text: str, a: int, b: int, c: int, d: int) -> int:
    """By the matrix that turns and stretches the plane as the first number does."""
    vector = (c, sign(text, 1) * d)
    row = (a, -b) if "the real" in text else (b, a)
    return row[0] * vector[0] + row[1] * vector[1]


@form(
    "intermediate algebra",
    3,
    texts=(
        "Let z = ({a} plus {b} * i) * ({c} {p} {d} * i). What is the {q} part of z?",
        "Multiply {a} plus {b} * i by {c} {p} {d} * i, where i is the imaginary unit. Find the {q} part of the "
        "product.",
    ),
    turns=(("plus", "minus"), ("real", "imaginary")),
    slips=("sign", "wrong part"),
    draw=ranges((2, 30), (2, 30), (2, 30), (2, 30)),
    # As the matrices that turn and stretch the plane.
    check=_multiplied,
)
def complex_product(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A product of complex numbers."""
    a, b, c, d = n
    if q == 0:
        one, two = s("One product", f"{a} * {c}", a * c), s("Other product", f"{b} * {d}", b * d)
        return s("Part", f"{one} {'-+'[p]} {two}", (one - two, one + two)[p])
    one, two = s("One product", f"{b} * {c}", b * c), s("Other product", f"{a} * {d}", a * d)
    return s("Part", f"{one} {'+-'[p]} {two}", (one + two, one - two)[p])


def _bits(text: str, a: int, b: int, c: int) -> int:
    """With two for the base, exponents are numbers of bits."""
    value = 1 << a >> b if "is divided" in text else 1 << a << b
    return int((value**c if "in place" in text else value << c).bit_length()) - 1


@form(
    "intermediate algebra",
    3,
    texts=(
        "For a base B above one, B ^ {a} is {p} by B ^ {b}, and the result is {q} B ^ {c}. As a power of B, what is "
        "the exponent?",
        "A number is B ^ {a}. It is {p} by B ^ {b} and then {q} B ^ {c}. Which exponent does B have in the end?",
    ),
    turns=(("multiplied", "divided"), ("put in place of B in", "multiplied by")),
    slips=("operation", "power for product"),
    draw=ranges((30, 160), (2, 28), (2, 30)),
    # With two for the base, exponents are numbers of bits.
    check=_bits,
)
def exponent_laws(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The laws of exponents."""
    a, b, c = n
    first = s("First exponent", f"{a} {'+-'[p]} {b}", (a + b, a - b)[p])
    return s("Last exponent", f"{first} {'*+'[q]} {c}", (first * c, first + c)[q])


def _recurrence(rng: Stream) -> Numbers:
    return rng.between(1, 30), rng.between(1, 30), rng.between(2, 8), rng.between(2, 15)


@form(
    "intermediate algebra",
    4,
    texts=(
        "A sequence begins {a}, {b}. From there on a term is {c} times the last one {p} {d} times the one before "
        "that. Find {q}.",
        "The first two terms of a sequence are {a} and {b}; each later term is {c} times its predecessor {p} {d} "
        "times the term before the predecessor. What is {q}?",
    ),
    turns=(("plus", "minus"), ("the fifth term", "the sum of the first five terms")),
    slips=("sign", "wrong quantity"),
    draw=_recurrence,
    check=lambda t, a, b, c, d: _recurred(a, b, c, -d if "minus" in t else d, "sum" in t),
)
def recurrence(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A linear recurrence, term by term."""
    a, b, c, d = n
    terms = [a, b]
    for name in ("Third", "Fourth", "Fifth"):
        one, two = terms[-1], terms[-2]
        shown = f"{c} * ({one}) {'+-'[p]} {d} * ({two})"
        terms.append(s(f"{name} term", shown, c * one + (d * two, -d * two)[p]))
    if q == 0:
        return terms[-1]
    return s("Together, in their order", " + ".join(f"({term})" for term in terms), sum(terms))


def _recurred(a: int, b: int, c: int, d: int, total: bool) -> int:
    """Through the coefficients of both first terms, which follow the recurrence themselves."""
    left, right = [1, 0], [0, 1]
    for terms in (left, right):
        for _ in range(3):
            terms.append(c * terms[-1] + d * terms[-2])
    return a * sum(left) + b * sum(right) if total else a * left[-1] + b * right[-1]


def _rational(rng: Stream) -> Numbers:
    a, c = rng.sample(range(2, 30), 2)
    b, d = rng.sample(range(2, 30), 2)
    return a, b, c, d


def _equal(text: str, a: int, b: int, c: int, d: int) -> Callable[[Fraction], bool]:
    """Whether both sides are defined and equal."""
    one, two = sign(text) * b, sign(text, 1) * d
    return lambda x: x + one != 0 and x + two != 0 and a / (x + one) == c / (x + two)


@form(
    "intermediate algebra",
    3,
    texts=(
        "Solve {a} / (x {p} {b}) = {c} / (x {q} {d}).",
        "For which x do {a} / (x {p} {b}) and {c} / (x {q} {d}) have the same value?",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=_rational,
    check=_equal,
)
def rational_equation(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An equation with the unknown below the line."""
    a, b, c, d = n
    one = s("One product", f"{c} * ({'+-'[p]}{b})", c * (b, -b)[p])
    two = s("Other product", f"{a} * ({'+-'[q]}{d})", a * (d, -d)[q])
    right = s("Right side", f"({one}) - ({two})", one - two)
    left = s("Factor of x", f"{a} - {c}", a - c)
    return s("x", f"({right}) / ({left})", ratio(right, left))


@form(
    "intermediate algebra",
    5,
    texts=(
        "The polynomial x^3 {p} {a} * x^2 {q} {b} * x plus {c} has the roots r, s and t, real or complex. What is (r + "
        "{d}) * (s + {d}) * (t + {d})?",
        "Let r, s and t be the roots of x^3 {p} {a} * x^2 {q} {b} * x plus {c}. Find (r + {d}) * (s + {d}) * (t + "
        "{d}).",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=ranges((2, 20), (2, 40), (2, 60), (2, 8)),
    # The product is minus the polynomial's value at -d.
    check=lambda t, a, b, c, d, e, f: (
        lambda x: d == e == f and x == d**3 - sign(t) * a * d * d + sign(t, 1) * b * d - c
    ),
)
def cubic_roots(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A symmetric expression in the roots of a cubic, by Vieta's formulas."""
    a, b, c, d = n
    total = s("r + s + t", f"-({'+-'[p]}{a})", (-a, a)[p])
    pairs = s("r * s + r * t + s * t", f"0 {'+-'[q]} {b}", (b, -b)[q])
    square = s("Square term", f"{d}^2 * ({total})", d * d * total)
    line = s("Linear term", f"{d} * ({pairs})", d * pairs)
    return s("Product", f"{d}^3 + ({square}) + ({line}) - {c}", d**3 + square + line - c)


def _inequality(rng: Stream) -> Numbers:
    b = rng.between(2, 9)
    c = rng.between(1, 60)
    low = b * rng.between(-6, 20) + c
    while low <= 0:
        low += b
    return low, b, c, low + b * rng.between(4, 25)


@form(
    "intermediate algebra",
    3,
    texts=(
        "What is the {q} of all whole numbers x for which {b} * x + {c} lies between {a} and {d}, {p}?",
        "Take all whole numbers x such that {b} * x + {c} is between {a} and {d}, {p}. Find their {q}.",
    ),
    turns=(("both bounds included", "both bounds left out"), ("number", "sum")),
    slips=("off by one", "wrong quantity"),
    draw=_inequality,
    check=lambda t, b, c, a, d: sum(
        x if "sum" in t else 1
        for x in range(-60, 120)
        if (a <= b * x + c <= d if "included" in t else a < b * x + c < d)
    ),
)
def linear_inequality(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Whole solutions of a double inequality."""
    a, b, c, d = n
    low = s("Least x", f"({a} - {c}) / {b} + {p}", (a - c) // b + p)
    high = s("Greatest x", f"({d} - {c}) / {b} - {p}", (d - c) // b - p)
    number = s("How many", f"{high} - ({low}) + 1", high - low + 1)
    return number if q == 0 else s("Total", f"{number} * ({low} + {high}) / 2", number * (low + high) // 2)
