"""Word problems about amounts: counts, shares, shops, money."""

from __future__ import annotations

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio

GOODS = (
    ("apples", "crate", "crates"), ("pencils", "box", "boxes"), ("stamps", "album", "albums"),
    ("tiles", "pallet", "pallets"), ("candles", "carton", "cartons"), ("marbles", "bag", "bags"),
    ("screws", "tin", "tins"), ("cards", "pack", "packs"), ("bulbs", "tray", "trays"), ("buttons", "jar", "jars"),
)  # fmt: skip
PLACES = (
    ("zoo",), ("museum",), ("swimming pool",), ("old mill",), ("castle",), ("fair",), ("planetarium",), ("gallery",),
)  # fmt: skip
WARES = (("lamp",), ("kettle",), ("chair",), ("rucksack",), ("radio",), ("blanket",), ("clock",), ("vase",))
DISHES = (("stew", "beans"), ("soup", "lentils"), ("salad", "tomatoes"), ("pudding", "rice"), ("pie", "berries"))


def _multiple(rng: Stream) -> Numbers:
    b = rng.between(3, 90)
    return b * rng.between(2, 300), b


@form(
    "arithmetic",
    1,
    texts=(
        "In spring {N} has {a} {s}. In autumn the number of {s} is {p} {b}. How many are there in autumn?",
        "{N} counts {a} {s} on Monday. By Friday that count is {p} {b}. What is the count on Friday?",
        "One {t} of {N} holds {a} {s}. In a second {t} the number of {s} is {p} {b}. How many does the second one "
        "hold?",
    ),
    turns=(("greater by", "smaller by", "multiplied by", "divided by"),),
    slips=("operation",),
    draw=_multiple,
    check=lambda t, a, b: (
        b + a if "greater" in t else -(b - a) if "smaller" in t else sum([a] * b) if "multiplied" in t else a // b
    ),
    scenes=GOODS,
    share=8,
)
def changed_count(s: Steps, n: Numbers, p: int) -> Value:
    """A count is changed once, in one of four ways."""
    a, b = n
    return s("New count", f"{a} {'+-*/'[p]} {b}", (a + b, a - b, a * b, ratio(a, b))[p])


@form(
    "arithmetic",
    1,
    texts=(
        "{N} has {a} {s} and {b} empty {u}. How many {s} {p}?",
        "On a table there are {a} {s} and, still empty, {b} {u}. How many {s} {p}?",
    ),
    turns=(
        (
            "are there once as many new ones have come as there are containers",
            "are left once as many have been taken away as there are containers",
            "would it take to fill every container with as many as lie there now",
            "does each container get if they are shared out evenly",
        ),
    ),
    slips=("operation",),
    draw=_multiple,
    check=lambda t, a, b: (
        len(range(-b, a))
        if "new ones" in t
        else len(range(b, a))
        if "taken away" in t
        else sum(a for _ in range(b))
        if "fill every" in t
        else lambda x: b * x == a
    ),
    scenes=GOODS,
    share=8,
)
def containers(s: Steps, n: Numbers, p: int) -> Value:
    """Things and containers, brought together in one of four ways."""
    a, b = n
    return s("Asked for", f"{a} {'+-*/'[p]} {b}", (a + b, a - b, a * b, ratio(a, b))[p])


@form(
    "arithmetic",
    2,
    texts=(
        "The {s} had {a} visitors on Friday, on Saturday {b} {p}, and on Sunday as many as on {q}. How many visitors "
        "came on the last two of these days together?",
        "{N} sold {a} tickets for the {s} on Friday. On Saturday it was {b} tickets {p}, on Sunday the same number as "
        "on {q}. How many tickets were sold over the weekend, Friday left out?",
    ),
    turns=(("more", "fewer"), ("Friday", "Saturday")),
    slips=("operation", "wrong quantity"),
    draw=ranges((210, 999), (12, 199)),
    check=lambda t, a, b: (2 if "on Saturday." in t or "on Saturday?" in t else 1) * (b if "more" in t else -b) + 2 * a,
    scenes=PLACES,
)
def three_days(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Counts that refer back to other counts."""
    a, b = n
    second = s("Second day", f"{a} {'+-'[p]} {b}", (a + b, a - b)[p])
    third = (a, second)[q]
    return s("Both days", f"{second} + {third}", second + third)


@form(
    "arithmetic",
    2,
    texts=(
        "At the {s} an adult's ticket is {a} coins, one for a child {b} coins {p}. A group of {c} people, {q}, buys "
        "tickets. How many coins do they pay?",
        "At the {s} adults pay {a} coins each and children {b} coins {p}. {N} comes in a group of {c} people, {q}. "
        "What do they pay together?",
    ),
    turns=(("less", "extra"), ("all children but one", "all adults but one")),
    slips=("operation", "wrong quantity"),
    draw=ranges((30, 99), (3, 25), (3, 29)),
    check=lambda t, a, b, c: (
        c * a + (b if "extra" in t else -b) * sum(1 for i in range(c) if (i > 0) == ("all children" in t))
    ),
    scenes=PLACES,
)
def entrance(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Tickets at two prices for a group in which one person is different."""
    a, b, c = n
    child = s("Child's ticket", f"{a} {'-+'[p]} {b}", (a - b, a + b)[p])
    many, one = ((child, a), (a, child))[q]
    others = s("People but one", f"{c} - 1", c - 1)
    paid = s("Their tickets", f"{others} * {many}", others * many)
    return s("Coins", f"{paid} + {one}", paid + one)


@form(
    "arithmetic",
    2,
    texts=(
        "{N} has a jar with {a} coins and {p} {b} coins every week for {c} weeks. How many coins are in it {q}?",
        "At first there are {a} coins in a box. A child {p} {b} coins a week for {c} weeks. How many coins are in "
        "the box {q}?",
    ),
    turns=(("puts in", "takes out"), ("when that is over", "one week before that is over")),
    slips=("operation", "off by one"),
    draw=ranges((400, 1900), (5, 30), (4, 13)),
    check=lambda t, a, b, c: (
        a + sum((b if "puts in" in t else -b) for week in range(1, c + 1) if week < c or "before" not in t)
    ),
)
def savings(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A sum that grows or shrinks evenly."""
    a, b, c = n
    weeks = s("Weeks", f"{c} - {q}", c - q)
    moved = s("Moved", f"{weeks} * {b}", weeks * b)
    return s("Coins", f"{a} {'+-'[p]} {moved}", (a + moved, a - moved)[p])


@form(
    "arithmetic",
    2,
    texts=(
        "There are {a} {u} with {b} {s} in every {t}. Then {c} {s} {q} are {p}. How many {s} are there now?",
        "{N} has {a} {u}, and {b} {s} are in every one. Now {c} {s} {q} are {p}. How many {s} does that leave {N} "
        "with?",
    ),
    turns=(("put in", "taken out"), ("in total", "for each")),
    slips=("operation", "total for each"),
    draw=ranges((4, 40), (30, 99), (5, 28)),
    check=lambda t, a, b, c: sum([b] * a) + (c if "put in" in t else -c) * (1 if "in total" in t else a),
    scenes=GOODS,
)
def refilled(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A change once, or once for every container."""
    a, b, c = n
    if q == 0:
        first = s("At first", f"{a} * {b}", a * b)
        return s("Now", f"{first} {'+-'[p]} {c}", (first + c, first - c)[p])
    each = s("Each one", f"{b} {'+-'[p]} {c}", (b + c, b - c)[p])
    return s("Now", f"{a} * {each}", a * each)


def _shares(rng: Stream) -> Numbers:
    c = rng.between(3, 25)
    y = rng.between(2, 30)
    return c * rng.between(y + 2, 90), c * y, c


@form(
    "arithmetic",
    2,
    texts=(
        "{N} has {a} {s}. First {b} {s} are {p}, then all are shared evenly by {c} children. How many {s} do {q} get?",
        "Of {s} there are {a} at first; {b} are {p}. What there is then goes in equal parts to {c} families. How many "
        "{s} do {q} receive?",
    ),
    turns=(("bought on top", "given away"), ("any two of them together", "any three of them together")),
    slips=("operation", "wrong factor"),
    draw=_shares,
    check=lambda t, a, b, c: (a // c + (b // c if "bought" in t else -b // c)) * (2 if "two" in t else 3),
    scenes=GOODS,
)
def shared_out(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An amount changed and then divided."""
    a, b, c = n
    left = s("To share", f"{a} {'+-'[p]} {b}", (a + b, a - b)[p])
    part = s("One part", f"{left} / {c}", ratio(left, c))
    return s("Parts asked for", f"{q + 2} * {part}", (q + 2) * part)


def _recipe(rng: Stream) -> Numbers:
    a = rng.between(4, 60)
    return a, a * rng.between(11, 150), rng.between(2, a - 2)


@form(
    "arithmetic",
    2,
    texts=(
        "A {s} for {a} people takes {b} grams of {t} {q}. How many grams does it take for a party with {c} people {p}?",
        "{N} cooks {s} for {a} people and needs {b} grams of {t} {q}. How many grams would it be with {c} people {p}?",
    ),
    turns=(("more", "fewer"), ("in all", "a head")),
    slips=("operation", "total for each"),
    draw=_recipe,
    check=lambda t, a, b, c: sum([b if "a head" in t else b // a] * (a + c if "more" in t else a - c)),
    scenes=DISHES,
)
def recipe(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An amount for one number of people turned into that for another."""
    a, b, c = n
    people = s("People", f"{a} {'+-'[p]} {c}", (a + c, a - c)[p])
    if q == 1:
        return s("Grams", f"{people} * {b}", people * b)
    each = s("For one", f"{b} / {a}", b // a)
    return s("Grams", f"{people} * {each}", people * each)


@form(
    "arithmetic",
    2,
    texts=(
        "{N} buys {a} metres of cloth at {b} coins {q}, pays at the counter and {p} {c} coins. How many coins did {N} "
        "hand over?",
        "At a market {a} kilograms of plums are sold at {b} coins {q}. {N} takes them, pays something and {p} {c} "
        "coins. How much was paid at once?",
    ),
    turns=(("is given back", "still owes"), ("for each of these", "for the lot")),
    slips=("operation", "total for each"),
    draw=ranges((3, 40), (40, 300), (4, 39)),
    check=lambda t, a, b, c: (c if "given back" in t else -c) + (b if "for the lot" in t else sum([a] * b)),
)
def paid(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """What was handed over, from price and change."""
    a, b, c = n
    price = s("Price", f"{(a, 1)[q]} * {b}", (a, 1)[q] * b)
    return s("Handed over", f"{price} {'+-'[p]} {c}", (price + c, price - c)[p])


def _percent(rng: Stream) -> Numbers:
    return 20 * rng.between(2, 60), 5 * rng.between(1, 18), rng.between(3, 40)


@form(
    "arithmetic",
    2,
    texts=(
        "A {s} costs {a} coins. The price is {p} by {b} percent, and {N} then buys {c} of the kind, {q}. What is the "
        "bill in coins?",
        "The shop asks {a} coins for a {s}. Then the price is {p} by {b} percent. How many coins do {c} of them cost, "
        "{q}?",
    ),
    turns=(("raised", "lowered"), ("all at the new price", "all but one at the new price")),
    slips=("operation", "off by one"),
    draw=_percent,
    check=lambda t, a, b, c: c * a + (c - ("all but" in t)) * a * (b if "raised" in t else -b) // 100,
    scenes=WARES,
)
def new_price(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A price changed by a share of itself."""
    a, b, c = n
    change = s("Change", f"{a} * {b} / 100", a * b // 100)
    new = s("New price", f"{a} {'+-'[p]} {change}", (a + change, a - change)[p])
    if q == 0:
        return s("Bill", f"{c} * {new}", c * new)
    many = s("At the new price", f"{c - 1} * {new}", (c - 1) * new)
    return s("Bill", f"{many} + {a}", many + a)


def _counted(text: str, a: int, b: int) -> int:
    """Dozens and scores as tens and what goes beyond them."""
    return 10 * a + a * (2 if "dozen" in text else 10) + (b if "put with" in text else -b)


@form(
    "arithmetic",
    2,
    texts=(
        "{N} has {a} {p} of {s}, and {b} {s} are {q}. How many {s} are there then?",
        "A shop orders {a} {p} of {s}. When they come, {b} {s} are {q}. How many {s} does the shop end up with?",
    ),
    turns=(("dozen", "score"), ("put with them", "thrown away")),
    slips=("unit", "operation"),
    draw=ranges((15, 200), (14, 270)),
    check=_counted,
    scenes=GOODS,
)
def dozens(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An amount in old units of counting."""
    a, b = n
    pieces = s("Pieces", f"{a} * {(12, 20)[p]}", a * (12, 20)[p])
    return s("Then", f"{pieces} {'+-'[q]} {b}", (pieces + b, pieces - b)[q])


def _pay(rng: Stream) -> Numbers:
    b = rng.between(8, 60)
    return 2 * rng.between(5, 200), b, rng.between(2, b - 2)


@form(
    "arithmetic",
    2,
    texts=(
        "{N} earns {a} coins an hour and works {b} hours; for {c} of these hours the pay is {p}. How many coins does "
        "{N} get for {q}?",
        "A job pays {a} coins an hour. Of its {b} hours {c} are paid at a rate that is {p}. What does {N} earn in {q}?",
    ),
    turns=(("doubled", "halved"), ("one such week", "two such weeks")),
    slips=("operation", "wrong factor"),
    draw=_pay,
    check=lambda t, a, b, c: (
        sum((2 * a if "doubled" in t else a // 2) if hour < c else a for hour in range(b)) * (2 if "weeks" in t else 1)
    ),
)
def wages(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Hours at two rates."""
    a, b, c = n
    plain = s("Plain hours", f"({b} - {c}) * {a}", (b - c) * a)
    rate = s("Other rate", f"{a} {'*/'[p]} 2", (a * 2, a // 2)[p])
    other = s("Other hours", f"{c} * {rate}", c * rate)
    return s("Coins", f"{q + 1} * ({plain} + {other})", (q + 1) * (plain + other))
