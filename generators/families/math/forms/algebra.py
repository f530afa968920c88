"""Algebra: equations, sequences, functions, sums and products of unknowns."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio, sign


def _two_step(rng: Stream) -> Numbers:
    a = rng.between(2, 12)
    b, d = a * rng.between(2, 25), a * rng.between(2, 25)
    return a, b, a * rng.between(30, 80), d


@form(
    "algebra",
    1,
    texts=("Solve {a} * x {p} {b} = {c} {q} {d} for x.", "For which x is {a} * x {p} {b} = {c} {q} {d}?"),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=_two_step,
    check=lambda t, a, b, c, d: lambda x: a * x + sign(t) * b == c + sign(t, 1) * d,
)
def two_step_equation(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An equation with the unknown on one side."""
    a, b, c, d = n
    right = s("Right side", f"{c} {'+-'[q]} {d}", (c + d, c - d)[q])
    times = s(f"{a} * x", f"{right} {'-+'[p]} {b}", (right - b, right + b)[p])
    return s("x", f"{times} / {a}", ratio(times, a))


def _both_sides(rng: Stream) -> Numbers:
    c, k = rng.between(2, 12), rng.between(2, 9)
    i, j = rng.sample(range(1, 40), 2)
    return c + k, k * i, c, k * j


@form(
    "algebra",
    2,
    texts=(
        "Find x such that {a} * x {p} {b} = {c} * x {q} {d}.",
        "The lines y = {a} * x {p} {b} and y = {c} * x {q} {d} meet in one point. What is its x-coordinate?",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=_both_sides,
    check=lambda t, a, b, c, d: lambda x: a * x + sign(t) * b == c * x + sign(t, 1) * d,
)
def both_sides(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An equation with the unknown on both sides."""
    a, b, c, d = n
    left = s("Factor of x", f"{a} - {c}", a - c)
    right = s("Right side", f"{'+-'[q]}{d} {'-+'[p]} {b}", (d, -d)[q] - (b, -b)[p])
    return s("x", f"{right} / {left}", ratio(right, left))


@form(
    "algebra",
    2,
    texts=(
        "Let x + y = {a} and {b} * x {p} y = {c}. Find {q}.",
        "Two numbers x and y satisfy x + y = {a} as well as {b} * x {p} y = {c}. What is {q}?",
    ),
    turns=(("plus", "minus"), ("x", "y")),
    slips=("sign", "wrong unknown"),
    draw=ranges((20, 99), (2, 12), (101, 300)),
    check=lambda t, a, b, c: (
        (lambda x: b * x + sign(t, 1) * (a - x) == c) if t[-2] == "x" else (lambda y: b * (a - y) + sign(t, 1) * y == c)
    ),
)
def two_unknowns(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two equations with two unknowns."""
    a, b, c = n
    factor = s("Factor of x", f"{b} {'-+'[p]} 1", (b - 1, b + 1)[p])
    right = s("Right side", f"{c} {'-+'[p]} {a}", (c - a, c + a)[p])
    x = s("x", f"{right} / {factor}", ratio(right, factor))
    return x if q == 0 else s("y", f"{a} - {x}" if x >= 0 else f"{a} - ({x})", a - x)


def _sequence(text: str, a: int, b: int, c: int) -> int:
    """Term by term."""
    terms = list(accumulate([a] + [b if "greater" in text else -b] * (c - 1)))
    return terms[-1] if "the last" in text else sum(terms)


@form(
    "algebra",
    2,
    texts=(
        "An arithmetic sequence starts with {a}, and each term is {b} {p} than the one before. What is {q} of its "
        "first {c} terms?",
        "The first term of a sequence is {a}; every term is {b} {p} than its predecessor. Take its first {c} terms "
        "and give {q} of them.",
    ),
    turns=(("greater", "smaller"), ("the last", "the sum")),
    slips=("sign", "wrong quantity"),
    draw=ranges((20, 300), (2, 30), (6, 30)),
    check=_sequence,
)
def arithmetic_sequence(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A term or a sum of an arithmetic sequence."""
    a, b, c = n
    moved = s("All steps", f"({c} - 1) * {b}", (c - 1) * b)
    last = s("Last term", f"{a} {'+-'[p]} {moved}", (a + moved, a - moved)[p])
    if q == 0:
        return last
    ends = s("Ends", f"{a} + ({last})", a + last)
    return s("Sum", f"{c} * ({ends}) / 2", ratio(c * ends, 2))


@form(
    "algebra",
    4,
    texts=(
        "The polynomial x^2 {p} {a} * x {q} {b} has the roots r and s (real or not). Find (r + {c}) * (s + {c}).",
        "Let r and s be the two roots, real or complex, of x^2 {p} {a} * x {q} {b}. What is (r + {c}) * (s + {c})?",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=ranges((2, 60), (2, 99), (2, 20)),
    # The product is the polynomial's value at -c.
    check=lambda t, a, b, c, d: lambda x: c == d and x == (-c) ** 2 + sign(t) * a * -c + sign(t, 1) * b,
)
def shifted_roots(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A product of shifted roots from their sum and product."""
    a, b, c = n
    total = s("r + s", f"-({'+-'[p]}{a})", (-a, a)[p])
    times = s("r * s", f"0 {'+-'[q]} {b}", (b, -b)[q])
    middle = s("Middle term", f"{c} * ({total})", c * total)
    return s("Product", f"({times}) + ({middle}) + {c}^2", times + middle + c * c)


@form(
    "algebra",
    3,
    texts=(
        "The vertex of the parabola y = x^2 {p} {a} * x {q} {b} is (h, k). Find h + k.",
        "The function x^2 {p} {a} * x {q} {b} has its least value k at x = h. What is h + k?",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=lambda rng: (2 * rng.between(1, 60), rng.between(2, 2400)),
    check=lambda t, a, b: sum(min((x * x + sign(t) * a * x + sign(t, 1) * b, x) for x in range(-61, 62))),
)
def vertex(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The vertex of a parabola by completing the square."""
    a, b = n
    half = s("Half of the factor of x", f"{a} / 2", a // 2)
    h = s("h", f"0 {'-+'[p]} {half}", (-half, half)[p])
    k = s("k", f"{'-'[:q]}{b} - {half}^2", (b, -b)[q] - half * half)
    return s("h + k", f"({h}) + ({k})", h + k)


@form(
    "algebra",
    3,
    texts=(
        "Let f(x) = {a} * x {p} {b} and g(x) = {c} * x {q} {d}. Find f(g({e})).",
        "Given f(x) = {a} * x {p} {b} and g(x) = {c} * x {q} {d}, what is f(g({e}))?",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=ranges((2, 15), (2, 60), (2, 15), (2, 60), (2, 25)),
    check=lambda t, a, b, c, d, e: a * c * e + a * d * sign(t, 1) + b * sign(t),
)
def composition(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """One function of another."""
    a, b, c, d, e = n
    inner = s("Inner times", f"{c} * {e}", c * e)
    g = s("Inner value", f"{inner} {'+-'[q]} {d}", (inner + d, inner - d)[q])
    outer = s("Outer times", f"{a} * ({g})", a * g)
    return s("Outer value", f"{outer} {'+-'[p]} {b}", (outer + b, outer - b)[p])


@form(
    "algebra",
    2,
    texts=(
        "What is the {q} solution of |x {p} {a}| = {b}?",
        "The equation |x {p} {a}| = {b} has two solutions. Give the {q} one.",
    ),
    turns=(("plus", "minus"), ("larger", "smaller")),
    slips=("sign", "wrong solution"),
    draw=ranges((2, 400), (2, 400)),
    check=lambda t, a, b: lambda x: abs(x + sign(t) * a) == b and (x + sign(t) * a > 0) == ("larger" in t),
)
def absolute_value(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """One of the two solutions of an equation with an absolute value."""
    a, b = n
    inside = s("Inside", f"0 {'+-'[q]} {b}", (b, -b)[q])
    return s("x", f"{inside} {'-+'[p]} {a}", (inside - a, inside + a)[p])


@form(
    "algebra",
    4,
    texts=(
        "If x + y = {a} and x * y = {q}{b}, what is the sum of the {p} of x and y (which may be complex)?",
        "For numbers x and y, real or not, x + y = {a} and x * y = {q}{b}. Find the sum of the {p} of both.",
    ),
    turns=(("squares", "cubes"), ("", "minus ")),
    slips=("exponent", "sign"),
    draw=ranges((3, 150), (2, 900)),
    check=lambda t, a, b: _power_sum(a, -b if "minus" in t else b, 2 if "squares" in t else 3),
)
def power_sums(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Sums of squares or cubes from sum and product."""
    a, b = n
    times = (b, -b)[q]
    if p == 0:
        square = s("Power of the total", f"{a}^2", a * a)
        return s("Power sum", f"{square} - 2 * ({times})", square - 2 * times)
    cube = s("Power of the total", f"{a}^3", a**3)
    mixed = s("Mixed terms", f"3 * ({times}) * {a}", 3 * times * a)
    return s("Power sum", f"{cube} - ({mixed})", cube - mixed)


def _power_sum(total: int, times: int, power: int) -> int:
    """Newton's recursion for x^n + y^n, from n = 0 and 1 on."""
    before, now = 2, total
    for _ in range(power - 1):
        before, now = now, total * now - times * before
    return now


def _work(rng: Stream) -> Numbers:
    a, b = rng.sample(range(3, 60), 2)
    return min(a, b), max(a, b), rng.between(2, 99)


@form(
    "algebra",
    3,
    texts=(
        "One pump fills a pool in {a} hours. Another would {p} the full pool in {b} hours. Both run from {q} on. "
        "After how many hours will {c} such pools have been filled in turn?",
        "Pump A can fill a pool alone in {a} hours; pump B alone would {p} it in {b} hours. They start together from "
        "{q}. How many hours does it take to fill {c} such pools one after the other?",
    ),
    turns=(("fill", "drain"), ("an empty pool", "a first pool that is half full")),
    slips=("sign", "start left out"),
    draw=_work,
    check=lambda t, a, b, c: (
        lambda x: Fraction(x, a) + (Fraction(x, -b) if "drain" in t else Fraction(x, b)) + Fraction("half" in t, 2) == c
    ),
)
def work_rates(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two rates of work together."""
    a, b, c = n
    rate = s("Pools an hour", f"1/{a} {'+-'[p]} 1/{b}", Fraction(1, a) + (Fraction(1, b), Fraction(-1, b))[p])
    pools = s("Pools to fill", f"{c} - {('0', '1/2')[q]}", c - Fraction(q, 2))
    return s("Hours", f"({pools}) / ({rate})", ratio(pools, rate))
