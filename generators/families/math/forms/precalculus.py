"""Precalculus: vectors, matrices, determinants, angles and their functions, moduli, sums in sigma notation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio, sign


def _polarized(text: str, a: int, b: int, c: int, d: int, e: int, f: int) -> int:
    """A quarter of the squares of sum and difference."""
    pairs = ((a, -d if "(minus" in text else d), (b, e), (-c if ", minus" in text else c, f))
    return sum((x + y) ** 2 - (x - y) ** 2 for x, y in pairs) // 4


@form(
    "precalculus",
    2,
    texts=(
        "Find the scalar product of the vectors ({a}, {b}, {p}{c}) and ({q}{d}, {e}, {f}).",
        "What is ({a}, {b}, {p}{c}) * ({q}{d}, {e}, {f}), the scalar product of two vectors?",
    ),
    turns=(("", "minus "), ("", "minus ")),
    slips=("sign", "sign"),
    draw=ranges((2, 20), (2, 20), (2, 20), (2, 20), (2, 20), (2, 20)),
    # A quarter of the squares of sum and difference.
    check=_polarized,
)
def scalar_product(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The scalar product of two vectors."""
    a, b, c, d, e, f = n
    one = s("First", f"{a} * ({'-'[:q]}{d})", a * (d, -d)[q])
    two = s("Second", f"{b} * {e}", b * e)
    three = s("Third", f"({'-'[:p]}{c}) * {f}", (c, -c)[p] * f)
    return s("Together", f"({one}) + {two} + ({three})", one + two + three)


@form(
    "precalculus",
    2,
    texts=(
        "What is the determinant of the matrix [[{a}, {p}{b}], [{c}, {q}{d}]]?",
        "Compute the determinant of [[{a}, {p}{b}], [{c}, {q}{d}]], a matrix given by its rows.",
    ),
    turns=(("", "minus "), ("", "minus ")),
    slips=("sign", "sign"),
    draw=ranges((2, 40), (2, 40), (2, 40), (2, 40)),
    check=lambda t, a, b, c, d: _leibniz(
        ((a, -b if "minus" in t.split("], [")[0] else b), (c, -d if "minus" in t.split("], [")[1] else d))
    ),
)
def determinant(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A determinant of two rows."""
    a, b, c, d = n
    one = s("First diagonal", f"{a} * ({'-'[:q]}{d})", a * (d, -d)[q])
    two = s("Second diagonal", f"({'-'[:p]}{b}) * {c}", (b, -b)[p] * c)
    return s("Determinant", f"({one}) - ({two})", one - two)


Matrix = tuple[tuple[int, ...], ...]


def _leibniz(rows: Matrix) -> int:
    """The determinant as the signed sum over all permutations."""
    size = len(rows)
    total = 0
    for order in permutations(range(size)):
        turned = sum(order[i] > order[j] for i in range(size) for j in range(i + 1, size))
        product = -1 if turned % 2 else 1
        for row, column in enumerate(order):
            product *= rows[row][column]
        total += product
    return total


@form(
    "precalculus",
    4,
    texts=(
        "What is the determinant of the matrix [[{a}, {b}, {p}{c}], [{d}, {e}, {f}], [{q}{g}, {h}, {i}]]?",
        "Compute the determinant of [[{a}, {b}, {p}{c}], [{d}, {e}, {f}], [{q}{g}, {h}, {i}]], a matrix given by its "
        "rows.",
    ),
    turns=(("", "minus "), ("", "minus ")),
    slips=("sign", "sign"),
    draw=ranges(*[(1, 12)] * 9),
    check=lambda t, a, b, c, d, e, f, g, h, i: _leibniz(
        (
            (a, b, -c if "minus" in t.split("], [")[0] else c),
            (d, e, f),
            (-g if "minus" in t.split("], [")[2] else g, h, i),
        )
    ),
)
def larger_determinant(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A determinant of three rows, expanded along the first."""
    a, b, c, d, e, f, g, h, i = n
    c, g = (c, -c)[p], (g, -g)[q]
    one = s("First minor", f"{e} * {i} - {f} * {h}", e * i - f * h)
    two = s("Second minor", f"{d} * {i} - {f} * ({g})", d * i - f * g)
    three = s("Third minor", f"{d} * {h} - {e} * ({g})", d * h - e * g)
    shown = f"{a} * ({one}) - {b} * ({two}) + ({c}) * ({three})"
    return s("Determinant", shown, a * one - b * two + c * three)


@form(
    "precalculus",
    4,
    texts=(
        "Let M = [[{a}, {b}], [{c}, {d}]]. What is the {q} of M^2 {p} M?",
        "The rows of a matrix M are [{a}, {b}] and [{c}, {d}]. Find the {q} of M^2 {p} M.",
    ),
    turns=(("plus", "minus"), ("trace", "determinant")),
    slips=("sign", "wrong quantity"),
    draw=ranges((2, 20), (2, 20), (2, 20), (2, 20)),
    # From the trace T and determinant D of M: trace T^2 - 2D +- T, determinant D times that of M +- 1.
    check=lambda t, a, b, c, d: (
        (a + d) ** 2 - 2 * (a * d - b * c) + sign(t) * (a + d)
        if "trace" in t
        else (a * d - b * c) * ((a + sign(t)) * (d + sign(t)) - b * c)
    ),
)
def matrix_polynomial(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Trace or determinant of a polynomial in a matrix."""
    a, b, c, d = n
    k = (1, -1)[p]
    one = s("First entry", f"{a}^2 + {b} * {c} {'+-'[p]} {a}", a * a + b * c + k * a)
    four = s("Last entry", f"{d}^2 + {b} * {c} {'+-'[p]} {d}", d * d + b * c + k * d)
    if q == 0:
        return s("Result", f"{one} + {four}", one + four)
    two = s("Second entry", f"{b} * ({a} + {d} {'+-'[p]} 1)", b * (a + d + k))
    three = s("Third entry", f"{c} * ({a} + {d} {'+-'[p]} 1)", c * (a + d + k))
    return s("Result", f"{one} * {four} - {two} * {three}", one * four - two * three)


def _added(text: str, a: int, b: int, c: int, d: int) -> Fraction:
    """The angles of b + ai and d + ci add up in their product."""
    across, up = b * d - sign(text) * a * c, a * d + sign(text) * b * c
    return Fraction(up, across) if " tan(A " in text else Fraction(across, up)


def _tangents(rng: Stream) -> Numbers:
    """Tangents of angles whose sum and difference are no multiples of a right angle."""
    while True:
        (a, b), (c, d) = rng.sample(range(2, 30), 2), rng.sample(range(2, 30), 2)
        if a * c != b * d and a * d != b * c:
            return a, b, c, d


@form(
    "precalculus",
    4,
    texts=(
        "Two angles have tan(A) = {a}/{b} and tan(B) = {c}/{d}. Find {q}(A {p} B).",
        "Let tan(A) = {a}/{b} and tan(B) = {c}/{d}. What is the value of {q}(A {p} B)?",
    ),
    turns=(("plus", "minus"), ("tan", "cot")),
    slips=("sign", "inverse"),
    draw=_tangents,
    # The angles of b + ai and d + ci add up in the product.
    check=_added,
)
def tangent_of_sum(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The addition theorem of the tangent."""
    a, b, c, d = n
    one, two = Fraction(a, b), Fraction(c, d)
    above = s("Above", f"{one} {'+-'[p]} {two}", one + (two, -two)[p])
    times = s("Product", f"{one} * {two}", one * two)
    below = s("Below", f"1 {'-+'[p]} {times}", 1 - (times, -times)[p])
    if q == 0:
        return s("Value", f"({above}) / ({below})", above / below)
    return s("Value", f"({below}) / ({above})", below / above)


def _doubled(text: str, a: int, b: int) -> Fraction:
    """The square of b + ai has twice its angle."""
    a = -a if "minus" in text else a
    across, up = b * b - a * a, 2 * a * b
    return Fraction(up, across if "tan(x + x)" in text else a * a + b * b)


def _tangent(rng: Stream) -> Numbers:
    a, b = rng.sample(range(2, 500), 2)
    return a, b


@form(
    "precalculus",
    4,
    texts=(
        "An angle x has tan(x) = {p}{a}/{b}. Find {q}(x + x).",
        "Suppose that tan(x) = {p}{a}/{b}. What is {q}(x + x)?",
    ),
    turns=(("", "minus "), ("sin", "tan")),
    slips=("sign", "wrong formula"),
    draw=_tangent,
    # The square of b + ai has the double angle.
    check=_doubled,
)
def double_angle(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Functions of twice an angle."""
    t = Fraction((n[0], -n[0])[p], n[1])
    above = s("Above", f"2 * ({t})", 2 * t)
    square = s("Square", f"({t})^2", t * t)
    below = s("Below", f"1 {'+-'[q]} {square}", 1 + (square, -square)[q])
    return s("Value", f"({above}) / ({below})", above / below)


@form(
    "precalculus",
    3,
    texts=(
        "Let z = {a} + {b} * i and w = {c} + {d} * i. What is the square of the modulus of the {p} of z and w?",
        "The complex numbers z = {a} + {b} * i and w = {c} + {d} * i are given. Find the squared modulus of their {p}.",
    ),
    turns=(("sum", "difference", "product", "quotient (the first over the second)"),),
    slips=("operation",),
    draw=ranges((2, 25), (2, 25), (2, 25), (2, 25)),
    check=lambda t, a, b, c, d: (
        (a + c) ** 2 + (b + d) ** 2
        if "sum" in t
        else (c - a) ** 2 + (d - b) ** 2
        if "difference" in t
        else (a * c - b * d) ** 2 + (a * d + b * c) ** 2
        if "product" in t
        else Fraction(a * c + b * d, c * c + d * d) ** 2 + Fraction(b * c - a * d, c * c + d * d) ** 2
    ),
)
def squared_modulus(s: Steps, n: Numbers, p: int) -> Value:
    """The modulus of what two complex numbers give."""
    a, b, c, d = n
    one = s("Square of z", f"{a}^2 + {b}^2", a * a + b * b)
    two = s("Square of w", f"{c}^2 + {d}^2", c * c + d * d)
    if p > 1:
        return s("Squared modulus", f"{one} {'*/'[p - 2]} {two}", (one * two, ratio(one, two))[p - 2])
    mixed = s("Mixed term", f"2 * ({a} * {c} + {b} * {d})", 2 * (a * c + b * d))
    return s("Squared modulus", f"{one} + {two} {'+-'[p]} {mixed}", one + two + (mixed, -mixed)[p])


def _span(rng: Stream) -> Numbers:
    a = rng.between(1, 30)
    return a, a + rng.between(5, 40), rng.between(2, 12), rng.between(2, 40)


@form(
    "precalculus",
    3,
    texts=(
        "Add up {c} * k {p} {d} over all whole numbers k from {a} to {b}, {q}. What is the sum?",
        "What is the sum of {c} * k {p} {d}, taken over all whole k from {a} to {b}, {q}?",
    ),
    turns=(("plus", "minus"), ("the last one included", "the last one left out")),
    slips=("sign", "off by one"),
    draw=_span,
    check=lambda t, c, d, a, b: sum(c * k + sign(t) * d for k in range(a, b + ("included" in t))),
)
def sigma_sum(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A finite sum of a linear expression."""
    a, b, c, d = n
    last = s("Last k", f"{b} - {q}", b - q)
    number = s("How many", f"{last} - {a} + 1", last - a + 1)
    ks = s("Sum of k", f"{number} * ({a} + {last}) / 2", number * (a + last) // 2)
    times = s("First part", f"{c} * {ks}", c * ks)
    rest = s("Second part", f"{number} * {d}", number * d)
    return s("Total", f"{times} {'+-'[p]} {rest}", (times + rest, times - rest)[p])


def _on_the_line(text: str, a: int, b: int, c: int, d: int) -> Callable[[Fraction], bool]:
    """Whether the way from the point to the axis is along the direction."""
    d = -d if ", minus" in text else d
    if "x-axis" in text:
        return lambda x: (x - a) * d == -b * c
    return lambda y: (y - b) * c == -a * d


@form(
    "precalculus",
    3,
    texts=(
        "A line through ({a}, {b}) has the direction ({c}, {p}{d}). At which coordinate does it {q}?",
        "Take the line through the point ({a}, {b}) with the direction vector ({c}, {p}{d}). At which coordinate does "
        "it {q}?",
    ),
    turns=(("", "minus "), ("meet the x-axis", "meet the y-axis")),
    slips=("sign", "wrong axis"),
    draw=ranges((2, 30), (2, 30), (2, 30), (2, 30)),
    check=_on_the_line,
)
def line_intercept(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Where a line given by point and direction meets an axis."""
    a, b, c, d = n
    k = (d, -d)[p]
    if q == 0:
        t = s("Parameter", f"-{b} / ({k})", ratio(-b, k))
        return s("Value", f"{a} + {c} * ({t})", ratio(a + c * t, 1))
    t = s("Parameter", f"-{a} / {c}", ratio(-a, c))
    return s("Value", f"{b} + ({k}) * ({t})", ratio(b + k * t, 1))
