"""Counting and probability: choices, arrangements, draws, dice, paths, overlapping sets, expected values."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import product

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio

GROUPS = (
    ("pupils", "teachers"), ("singers", "players"), ("women", "men"), ("nurses", "doctors"), ("cooks", "waiters"),
    ("pilots", "mechanics"), ("painters", "poets"),
)  # fmt: skip
COLOURS = (("red", "blue", "green"), ("white", "black", "grey"), ("yellow", "brown", "pink"), ("gold", "silver", "tan"))
CLUBS = (("chess", "judo"), ("choir", "theatre"), ("French", "Latin"), ("tennis", "rowing"), ("drawing", "pottery"))


@form(
    "counting and probability",
    1,
    texts=(
        "{N} has {a} shirts, {b} pairs of trousers, {c} scarves and {d} hats. An outfit is a shirt and trousers; a "
        "scarf {p} and a hat {q}. How many outfits are there?",
        "With {a} shirts, {b} pairs of trousers, {c} scarves and {d} hats, {N} puts on a shirt and trousers; a scarf "
        "{p} and a hat {q}. In how many ways can this be done?",
    ),
    turns=(("must be worn", "may be left off"), ("is needed as well", "can be missing")),
    slips=("empty choice", "empty choice"),
    draw=ranges((3, 25), (3, 25), (2, 15), (2, 15)),
    check=lambda t, a, b, c, d: sum(
        a * b * (c if scarf else 1) * (d if hat else 1)
        for scarf, hat in product((True, False), repeat=2)
        if (scarf or "may be" in t) and (hat or "can be" in t)
    ),
)
def outfits(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A product of independent choices, some of which may be empty."""
    a, b, c, d = n
    two = s("Shirts and trousers", f"{a} * {b}", a * b)
    third = s("Scarves", f"{c} + {p}", c + p)
    fourth = s("Hats", f"{d} + {q}", d + q)
    return s("Outfits", f"{two} * {third} * {fourth}", two * third * fourth)


@cache
def _chosen(n: int, k: int) -> int:
    """Pascal's triangle: with the last one or without."""
    return int(k == 0) if k <= 0 or n <= 0 else _chosen(n - 1, k - 1) + _chosen(n - 1, k)


def _orders(n: int) -> int:
    """Orders of n things, placed one after the other."""
    return 1 if n == 0 else sum(_orders(n - 1) for _ in range(n))


@form(
    "counting and probability",
    3,
    texts=(
        "There are {a} {s} and {b} {t}. {c} of the {s} and {d} of the {t} are to be chosen, {p}; {q}. In how many "
        "ways can that be done?",
        "Out of {a} {s} and {b} {t} one selects {c} {s} and {d} {t}, {p}; {q}. How many possibilities are there?",
    ),
    turns=(
        ("all for the same task", "each for a task of their own"),
        ("one certain person among the first kind must be taken", "one certain person of the first kind cannot come"),
    ),
    slips=("order", "wrong condition"),
    draw=ranges((7, 60), (6, 60), (2, 4), (2, 3)),
    check=lambda t, a, b, c, d: (
        _chosen(a - 1, c - ("must be" in t)) * _chosen(b, d) * (_orders(c) * _orders(d) if "their own" in t else 1)
    ),
    scenes=GROUPS,
)
def delegations(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Choices with or without order, with one person settled."""
    a, b, c, d = n
    left = (c - 1, c)[q]
    first = s("Ways for the first", f"C({a - 1}, {left})", math.comb(a - 1, left))
    second = s("Ways for the second", f"C({b}, {d})", math.comb(b, d))
    choices = s("Choices", f"{first} * {second}", first * second)
    if p == 0:
        return choices
    orders = s("Orders", f"{c}! * {d}!", math.factorial(c) * math.factorial(d))
    return s("Ways", f"{choices} * {orders}", choices * orders)


@form(
    "counting and probability",
    3,
    texts=(
        "A bag holds {a} {s}, {b} {t} and {c} {u} balls. Two are drawn blindly, {p}. How likely is it that {q}?",
        "{N} draws two balls, {p}, from an urn with {a} {s}, {b} {t} and {c} {u} ones. Find the probability that {q}.",
    ),
    turns=(
        ("the first being put back in between", "the first being kept out"),
        ("both are of the first colour named", "one is of the first colour named and the other of the second"),
    ),
    slips=("replacement", "wrong case"),
    draw=ranges((4, 45), (4, 45), (2, 40)),
    check=lambda t, *n: _drawn(n, "put back" in t, (0, 0) if "both" in t else (0, 1)),
    scenes=COLOURS,
)
def two_balls(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two draws with or without putting back."""
    a, b, c = n
    total = s("Balls", f"{a} + {b} + {c}", a + b + c)
    shown, good = (f"{a} * {a - p}", a * (a - p)) if q == 0 else (f"2 * {a} * {b}", 2 * a * b)
    ways = s("Good pairs", shown, good)
    pairs = s("Pairs", f"{total} * {total - p}", total * (total - p))
    return s("Probability", f"{ways} / {pairs}", Fraction(ways, pairs))


def _drawn(balls: Numbers, back: bool, wanted: tuple[int, int]) -> Fraction:
    """Over all pairs of colours, in the order of the draws."""
    total, found = sum(balls), Fraction(0)
    for one, two in product(range(len(balls)), repeat=2):
        if tuple(sorted((one, two))) == wanted:
            found += Fraction(balls[one], total) * Fraction(balls[two] - (one == two and not back), total - (not back))
    return found


def _dice(rng: Stream) -> Numbers:
    a, b = rng.between(6, 60), rng.between(6, 60)
    return a, b, rng.between(4, a + b - 2)


def _totals(text: str, a: int, b: int, c: int) -> Fraction:
    """Total by total: each comes about in as many ways as there are first numbers for it."""
    wanted = {"at least": range(c, a + b + 1), "at most": range(2, c + 1), "less": range(2, c)}
    totals = next((span for words, span in wanted.items() if words in text), range(c + 1, a + b + 1))
    return Fraction(sum(len(range(max(1, total - b), min(a, total - 1) + 1)) for total in totals), a * b)


@form(
    "counting and probability",
    4,
    texts=(
        "A wheel shows whole numbers from one to {a}, a second wheel from one to {b}, all equally likely. What is the "
        "probability that the sum of both is {p} {c}?",
        "{N} rolls a fair die with {a} faces and one with {b} faces, each numbered from one on. How likely is a total "
        "that is {p} {c}?",
    ),
    turns=(("at least", "at most", "less than", "greater than"),),
    slips=("wrong condition",),
    draw=_dice,
    check=_totals,
)
def dice_total(s: Steps, n: Numbers, p: int) -> Value:
    """Sums of two dice, by the pairs below a bound."""
    a, b, c = n
    bound = s("Largest sum counted first", f"{c} - {(1, 0, 1, 0)[p]}", (c - 1, c, c - 1, c)[p])
    # With the first number x there are bound - x second numbers, but never more than b nor fewer than none.
    ways = s(
        "Pairs up to it",
        f"sum of min({b}, {bound} - x) over x",
        sum(max(0, min(b, bound - x)) for x in range(1, a + 1)),
    )
    pairs = s("All pairs", f"{a} * {b}", a * b)
    good = s("Good pairs", f"{pairs} - {ways}", pairs - ways) if p in (0, 3) else ways
    return s("Probability", f"{good} / {pairs}", Fraction(good, pairs))


def _grid(rng: Stream) -> Numbers:
    c, d = rng.between(1, 12), rng.between(1, 12)
    return c + rng.between(1, 12), d + rng.between(1, 12), c, d


@form(
    "counting and probability",
    5,
    texts=(
        "Paths lead from the origin to ({a}, {b}) in unit steps to the right or up. How many of those whose first "
        "step goes {q} {p} the point ({c}, {d})?",
        "One walks from the origin to ({a}, {b}); each step goes one to the right or one up, the very first one {q}. "
        "How many such walks {p} ({c}, {d})?",
    ),
    turns=(("pass through", "keep away from"), ("to the right", "upwards")),
    slips=("complement", "wrong condition"),
    draw=_grid,
    check=lambda t, a, b, c, d: _walks(a, b, (c, d), "pass" in t, "upwards" in t),
    share=1,
)
def grid_paths(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Lattice paths with a settled first step, through a point or past it."""
    a, b, c, d = n
    right, up = c - (1 - q), d - q
    before = s("Ways to the point", f"C({right + up}, {right})", math.comb(right + up, right))
    after = s("Ways from it", f"C({a - c + b - d}, {a - c})", math.comb(a - c + b - d, a - c))
    through = s("Through it", f"{before} * {after}", before * after)
    if p == 0:
        return through
    rest = a - (1 - q)
    total = s("All", f"C({a + b - 1}, {rest})", math.comb(a + b - 1, rest))
    return s("Past it", f"{total} - {through}", total - through)


def _walks(a: int, b: int, point: tuple[int, int], through: bool, up: bool) -> int:
    """All walks counted cell by cell, those through the point apart."""
    start = (0, 1) if up else (1, 0)
    ways: dict[tuple[int, int], tuple[int, int]] = {}
    for x, y in product(range(a + 1), range(b + 1)):
        one, two = ways.get((x - 1, y), (0, 0)), ways.get((x, y - 1), (0, 0))
        past, met = one[0] + two[0] + ((x, y) == start), one[1] + two[1]
        ways[x, y] = (0, past + met) if (x, y) == point else (past, met)
    return ways[a, b][through]


def _sets(rng: Stream) -> Numbers:
    d, b, c, rest = rng.between(4, 40), rng.between(5, 60), rng.between(5, 60), rng.between(3, 60)
    return d + b + c + rest, d + b, d + c, d


@form(
    "counting and probability",
    2,
    texts=(
        "Of {a} pupils {b} have chosen {s}, {c} have chosen {t}, and {d} have chosen both. How many have chosen {p}?",
        "A school asks its {a} pupils: {b} are in the {s} class, {c} in the {t} class, {d} in both. How many are in "
        "{p}?",
    ),
    turns=(("at least one of these", "exactly one of these", "neither of these", "the first alone"),),
    slips=("wrong condition",),
    draw=_sets,
    check=lambda t, a, b, c, d: sum(
        (one or two)
        if "at least" in t
        else one != two
        if "exactly" in t
        else not (one or two)
        if "neither" in t
        else one and not two
        for one, two in ((x < b, b - d <= x < b - d + c) for x in range(a))
    ),
    scenes=CLUBS,
)
def overlapping_sets(s: Steps, n: Numbers, p: int) -> Value:
    """Inclusion and exclusion for two sets."""
    a, b, c, d = n
    if p == 3:
        return s("Asked for", f"{b} - {d}", b - d)
    both = s("Sum", f"{b} + {c}", b + c)
    if p == 1:
        return s("Asked for", f"{both} - 2 * {d}", both - 2 * d)
    some = s("One or more", f"{both} - {d}", both - d)
    return some if p == 0 else s("Asked for", f"{a} - {some}", a - some)


def _game(rng: Stream) -> Numbers:
    a = rng.between(8, 60)
    return a, rng.between(2, a - 2), rng.between(4, 60), rng.between(2, 40)


@form(
    "counting and probability",
    4,
    texts=(
        "From cards numbered from one to {a} one is drawn. If its number is {q} {b}, {N} wins {c} coins; otherwise "
        "{N} {p} {d} coins. What is the expected gain?",
        "In a game {N} draws one of {a} cards, numbered from one on. A number {q} {b} brings {c} coins, and with any "
        "other {N} {p} {d} coins. Find the expected gain in coins.",
    ),
    turns=(("loses", "still wins"), ("up to and including", "above")),
    slips=("sign", "complement"),
    draw=_game,
    check=lambda t, a, b, c, d: Fraction(
        sum(c if (card > b) == ("above" in t) else -d if "loses" in t else d for card in range(1, a + 1)), a
    ),
)
def expected_gain(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The expected value of a game with two outcomes."""
    a, b, c, d = n
    good = s("Good cards", f"{(0, a)[q]} {'+-'[q]} {b}", (b, a - b)[q])
    won = s("Over good cards", f"{good} * {c}", good * c)
    other = s("Over the others", f"({a} - {good}) * {d}", (a - good) * d)
    total = s("Over all cards", f"{won} {'-+'[p]} {other}", (won - other, won + other)[p])
    return s("Expected gain", f"{total} / {a}", ratio(total, a))
