"""Prealgebra: order of operations, fractions, percentages, ratios, remainders, lists of numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from statistics import median

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio, sign

SHARED = (("coins",), ("litres",), ("hectares",), ("pages",), ("minutes",), ("kilograms",))
PACKED = (("eggs", "cartons"), ("books", "boxes"), ("tiles", "stacks"), ("people", "boats"), ("bottles", "crates"))


@form(
    "prealgebra",
    1,
    texts=("Compute {a} {p} {b} * {c} {q} {d}.", "What is the value of {a} {p} {b} * {c} {q} {d}?"),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=ranges((150, 990), (3, 29), (3, 29), (11, 99)),
    check=lambda t, a, b, c, d: a + sign(t) * sum([b] * c) + sign(t, 1) * d,
)
def order_of_operations(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A product between two other numbers."""
    a, b, c, d = n
    times = s("Product", f"{b} * {c}", b * c)
    first = s("First two", f"{a} {'+-'[p]} {times}", (a + times, a - times)[p])
    return s("Value", f"{first} {'+-'[q]} {d}", (first + d, first - d)[q])


def _percents(rng: Stream) -> Numbers:
    return 400 * rng.between(1, 400), 5 * rng.between(1, 18), 5 * rng.between(1, 18)


@form(
    "prealgebra",
    2,
    texts=(
        "A town has {a} inhabitants. In one year their number {p} by {b} percent, in the next year it then {q} by {c} "
        "percent. What is it after both years?",
        "The number {a} first {p} by {b} percent; the result then {q} by {c} percent. What comes out?",
    ),
    turns=(("rises", "falls"), ("climbs", "drops")),
    slips=("operation", "operation"),
    draw=_percents,
    check=lambda t, a, b, c: (
        Fraction(a)
        * Fraction(100 + (b if "rises" in t else -b), 100)
        * Fraction(100 + (c if "climbs" in t else -c), 100)
    ),
)
def two_percentages(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two changes in percent, one after the other."""
    a, b, c = n
    first = s("First change", f"{a} * {b} / 100", ratio(a * b, 100))
    middle = s("In between", f"{a} {'+-'[p]} {first}", a + (first, -first)[p])
    second = s("Second change", f"{middle} * {c} / 100", ratio(middle * c, 100))
    return s("In the end", f"{middle} {'+-'[q]} {second}", middle + (second, -second)[q])


def _five(rng: Stream) -> Numbers:
    values = rng.sample(range(3, 98), 5)
    values[4] += -sum(values) % 5
    return tuple(values)


@form(
    "prealgebra",
    2,
    texts=(
        "What is the {p} of the five numbers {a}, {b}, {c}, {d} and {e}?",
        "Five measurements gave {a}, {b}, {c}, {d} and {e}. Find their {p}.",
    ),
    turns=(("mean", "median", "range", "midrange (halfway between the extremes)"),),
    slips=("wrong quantity",),
    draw=_five,
    check=lambda t, *n: (
        Fraction(max(n) + min(n), 2)
        if "midrange" in t
        else max(abs(x - y) for x in n for y in n)
        if "range" in t
        else Fraction(median(n))
        if "median" in t
        else (lambda x: sum(y - x for y in n) == 0)
    ),
)
def list_statistics(s: Steps, n: Numbers, p: int) -> Value:
    """One figure that stands for five numbers."""
    ordered = sorted(n)
    if p == 0:
        total = s("All together", " + ".join(map(str, n)), sum(n))
        return s("Figure", f"{total} / 5", ratio(total, 5))
    if p == 1:
        return s("Figure", f"third of {', '.join(map(str, ordered))}", ordered[2])
    low, high = ordered[0], ordered[-1]
    if p == 2:
        return s("Figure", f"{high} - {low}", high - low)
    ends = s("Ends", f"{low} + {high}", low + high)
    return s("Figure", f"{ends} / 2", ratio(ends, 2))


@form(
    "prealgebra",
    2,
    texts=(
        "Compute {a}/{b} {p} {c}/{d} and {q} the result.",
        "Work out {a}/{b} {p} {c}/{d}, then {q} what you get. Give a fraction in lowest terms.",
    ),
    turns=(("plus", "minus"), ("double", "halve")),
    slips=("sign", "wrong factor"),
    draw=ranges((1, 25), (2, 20), (1, 25), (2, 20)),
    check=lambda t, a, b, c, d: (
        Fraction(a * d + (b * c if "plus" in t else -b * c), b * d) * (2 if "double" in t else Fraction(1, 2))
    ),
)
def fractions(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two fractions added or subtracted."""
    a, b, c, d = n
    first, second = Fraction(a, b), Fraction(c, d)
    result = s("Result", f"{a}/{b} {'+-'[p]} {c}/{d}", first + (second, -second)[p])
    return s("Then", f"{result} {'*/'[q]} 2", result * (Fraction(2), Fraction(1, 2))[q])


def _ratio(rng: Stream) -> Numbers:
    b = rng.between(2, 12)
    a = b + rng.between(1, 9)
    return a, b, (a + b) * (a - b) * rng.between(2, 250)


def _shared(text: str, a: int, b: int, c: int) -> Callable[[Fraction], bool]:
    """Whether the share and the other one have the sum or difference that is given."""
    other = Fraction(b, a) if "larger" in text else Fraction(a, b)
    return lambda x: c == (x + x * other if "together" in text else abs(x - x * other))


@form(
    "prealgebra",
    3,
    texts=(
        "Two partners share some {s} in the ratio {a} : {b}. {q} {c} {s}. How many {s} is the {p} share?",
        "Some {s} are split in two parts as {a} to {b}. {q} {c} {s}. Find the {p} part in {s}.",
    ),
    turns=(("larger", "smaller"), ("Both have together", "One has more than the other by")),
    slips=("wrong quantity", "sum for difference"),
    draw=_ratio,
    check=_shared,
    scenes=SHARED,
)
def ratio_shares(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Shares from their ratio and their sum or difference."""
    a, b, c = n
    parts = s("Parts", f"{a} {'+-'[q]} {b}", (a + b, a - b)[q])
    one = s("One part", f"{c} / {parts}", c // parts)
    return s("Share", f"{n[p]} * {one}", n[p] * one)


def _packing(rng: Stream) -> Numbers:
    b = rng.between(6, 24)
    a = rng.between(12 * b, 60 * b)
    c = rng.between(b + 1, 5 * b)
    while (a + c) % b == 0 or (a - c) % b == 0:
        c += 1
    return a, b, c


@form(
    "prealgebra",
    2,
    texts=(
        "Of {a} {s} as many as possible go into {t} of {b} each, after {c} {s} have been {p}. How many {t} are {q}?",
        "There were {a} {s} and room for {b} in each of the {t}. Before the filling {c} {s} were {p}. How many of the "
        "{t} are {q}?",
    ),
    turns=(("added", "removed"), ("full", "used, the last and not full one included")),
    slips=("operation", "off by one"),
    draw=_packing,
    check=lambda t, a, b, c: len(
        range((b - 1) * ("full?" in t and "used" not in t), a + (c if "added" in t else -c), b)
    ),
    scenes=PACKED,
)
def packing(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A division with a remainder that has to be read."""
    a, b, c = n
    items = s("Items", f"{a} {'+-'[p]} {c}", (a + c, a - c)[p])
    rest = s("Left over", f"{items} - {b} * {items // b}", items % b)
    full = s("Whole ones", f"({items} - {rest}) / {b}", (items - rest) // b)
    return full if q == 0 else s("One more", f"{full} + 1", full + 1)


@form(
    "prealgebra",
    1,
    texts=(
        "Evaluate {a} * (-{b}) {p} {c} * (-{d}) {q} {e}.",
        "Find the number that {a} * (-{b}) {p} {c} * (-{d}) {q} {e} is equal to.",
    ),
    turns=(("plus", "minus"), ("plus", "minus")),
    slips=("sign", "sign"),
    draw=ranges((3, 30), (3, 30), (3, 30), (3, 30), (10, 99)),
    check=lambda t, a, b, c, d, e: -sum([a] * b) - sign(t) * sum([d] * c) + sign(t, 1) * e,
)
def signed_products(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Products with negative numbers."""
    a, b, c, d, e = n
    first = s("First product", f"{a} * (-{b})", -a * b)
    second = s("Second product", f"{c} * (-{d})", -c * d)
    both = s("Both", f"{first} {'+-'[p]} ({second})", first + (second, -second)[p])
    return s("Value", f"{both} {'+-'[q]} {e}", both + (e, -e)[q])
