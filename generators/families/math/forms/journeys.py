"""Word problems about time, length, places and vehicles."""

from __future__ import annotations

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges

TREES = (("oak", "lime"), ("cedar", "walnut"), ("beech", "maple"), ("yew", "pear tree"), ("olive", "chestnut"))
VESSELS = (("tank",), ("basin",), ("pond",), ("barrel",), ("cistern",))
LINES = (("path",), ("canal",), ("street",), ("hedge",), ("railway",))
HALLS = (("cinema",), ("theatre",), ("lecture hall",), ("circus tent",), ("concert hall",))
BOOKS = (("novel",), ("diary",), ("textbook",), ("history",), ("guide",))


@form(
    "arithmetic",
    2,
    texts=(
        "The {s} in the garden of {N} is {a} years old; a {t} is {b} years {p}. What is the age of the {t} {c} years "
        "{q}?",
        "The {s} in a park has an age of {a} years. A {t} beside it is {b} years {p}. How old is that {t} {c} years "
        "{q}?",
    ),
    turns=(("older", "younger"), ("later", "earlier")),
    slips=("operation", "operation"),
    draw=ranges((90, 260), (5, 39), (4, 38)),
    check=lambda t, a, b, c: sum((a, b if "older" in t else -b, c if "later" in t else -c)),
    scenes=TREES,
)
def ages(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """An age from another, at another time."""
    a, b, c = n
    now = s("Age now", f"{a} {'+-'[p]} {b}", (a + b, a - b)[p])
    return s("Age then", f"{now} {'+-'[q]} {c}", (now + c, now - c)[q])


def _pipes(rng: Stream) -> Numbers:
    b = rng.between(12, 60)
    return 10 * rng.between(5, 90), b, rng.between(3, b - 4), rng.between(4, 45)


@form(
    "arithmetic",
    2,
    texts=(
        "A {s} holds {a} litres. A pipe brings in {b} litres a minute, and a second one {p} {c} litres a minute. "
        "After {d} minutes, how many litres {q}?",
        "{N} has a {s} with {a} litres of water in it. Every minute one tap lets in {b} litres while another {p} {c} "
        "litres. When {d} minutes are over, how many litres {q}?",
    ),
    turns=(("brings in", "drains"), ("are there", "have been gained")),
    slips=("operation", "start left out"),
    draw=_pipes,
    check=lambda t, a, b, c, d: (0 if "gained" in t else a) + b * d + (-c if "drains" in t else c) * d,
    scenes=VESSELS,
)
def filling(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A vessel with two pipes."""
    a, b, c, d = n
    minute = s("Each minute", f"{b} {'+-'[p]} {c}", (b + c, b - c)[p])
    gained = s("Over the time", f"{d} * {minute}", d * minute)
    start = (a, 0)[q]
    return s("Litres", f"{gained} + {start}", gained + start)


def _posts(rng: Stream) -> Numbers:
    b = rng.between(2, 15)
    return b * rng.between(5, 120), b, rng.between(3, 60)


@form(
    "arithmetic",
    2,
    texts=(
        "Along a {s} of {a} metres there is to be a post every {b} metres, {p}. A post costs {c} coins. What do the "
        "posts cost, set {q}?",
        "A straight {s} is {a} metres long. {N} sets a post every {b} metres {q}, {p}. At {c} coins a post, how many "
        "coins is that?",
    ),
    turns=(("also at both ends", "but at neither end"), ("on one side", "on both sides")),
    slips=("off by one", "wrong factor"),
    draw=_posts,
    check=lambda t, a, b, c: (
        c * (2 if "both sides" in t else 1) * len(range(0, a + 1, b) if "also" in t else range(b, a, b))
    ),
    scenes=LINES,
)
def posts(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Posts and the gaps between them."""
    a, b, c = n
    gaps = s("Gaps", f"{a} / {b}", a // b)
    row = s("In a row", f"{gaps} {'+-'[p]} 1", (gaps + 1, gaps - 1)[p])
    count = s("Posts", f"{q + 1} * {row}", (q + 1) * row)
    return s("Coins", f"{count} * {c}", count * c)


def _pages(rng: Stream) -> Numbers:
    a = rng.between(8, 150)
    return a, a + rng.between(6, 120), rng.between(2, 25)


@form(
    "arithmetic",
    2,
    texts=(
        "{N} reads a {s} from page {a} to page {b}, {p}, and every page {q}. A page takes {c} minutes each time. How "
        "many minutes is that?",
        "A {s} has to be checked from page {a} to page {b}, {p}. {N} goes over each page {q}, at {c} minutes a page. "
        "How many minutes does it take?",
    ),
    turns=(("both of them included", "both of them left out"), ("once", "twice")),
    slips=("off by one", "wrong factor"),
    draw=_pages,
    check=lambda t, a, b, c: (
        sum(c for page in range(a, b + 1) if "included" in t or a < page < b) * (2 if "twice" in t else 1)
    ),
    scenes=BOOKS,
)
def page_range(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A range with or without its ends."""
    a, b, c = n
    pages = s("Pages", f"{b} - {a} {'+-'[p]} 1", b - a + (1, -1)[p])
    readings = s("Readings", f"{q + 1} * {pages}", (q + 1) * pages)
    return s("Minutes", f"{readings} * {c}", readings * c)


@form(
    "arithmetic",
    2,
    texts=(
        "In the yard of {N} stand {a} {p} and {b} {q}, and {c} spare wheels hang on the wall. How many wheels is that?",
        "{N} repairs {a} {p} and {b} {q}; besides there are {c} loose wheels in the shed. How many wheels are there?",
    ),
    turns=(("tricycles", "cars"), ("bicycles", "unicycles")),
    slips=("wrong factor", "wrong factor"),
    draw=ranges((12, 99), (13, 99), (3, 60)),
    check=lambda t, a, b, c: c + sum([a] * (4 if "cars" in t else 3)) + sum([b] * (1 if "unicycles" in t else 2)),
)
def wheels(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Wheels of two kinds of vehicle."""
    a, b, c = n
    first = s("First kind", f"{a} * {p + 3}", a * (p + 3))
    second = s("Second kind", f"{b} * {2 - q}", b * (2 - q))
    return s("Wheels", f"{first} + {second} + {c}", first + second + c)


@form(
    "arithmetic",
    2,
    texts=(
        "A journey takes {N} {a} hours and {b} minutes; the way home takes {c} minutes {p}. How many {q} does the way "
        "home take?",
        "{N} needs {a} hours and {b} minutes to get there, and {c} minutes {p} to get back. What does the way back "
        "take, in {q}?",
    ),
    turns=(("longer", "less"), ("minutes", "seconds")),
    slips=("operation", "unit"),
    draw=ranges((1, 95), (3, 57), (4, 55)),
    check=lambda t, a, b, c: (
        sum((3600 * a, 60 * b, 60 * (c if "longer" in t else -c)))
        // (60 if "many minutes" in t or "in minutes" in t else 1)
    ),
)
def way_back(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Hours and minutes in one unit."""
    a, b, c = n
    there = s("There", f"60 * {a} + {b}", 60 * a + b)
    back = s("Back", f"{there} {'+-'[p]} {c}", (there + c, there - c)[p])
    return s("In the unit", f"{(1, 60)[q]} * {back}", (1, 60)[q] * back)


def _reading(rng: Stream) -> Numbers:
    b, c = rng.between(12, 40), rng.between(4, 15)
    d = rng.between(2, 10)
    return 2 * (b + d) * c + rng.between(20, 200), b, c, d


@form(
    "arithmetic",
    2,
    texts=(
        "A {s} has {a} pages. {N} means to read {b} pages a day for {c} days, but reads {d} pages a day {p}. How many "
        "pages {q} after these days?",
        "{N} has a {s} of {a} pages, planned {b} pages for each of {c} days and then managed {d} pages a day {p}. "
        "When the days are over, how many pages {q}?",
    ),
    turns=(("more than that", "less than that"), ("are read", "are left")),
    slips=("operation", "wrong quantity"),
    draw=_reading,
    check=lambda t, a, b, c, d: abs(
        (a if "are left" in t else 0) - sum(b + (d if "more" in t else -d) for _ in range(c))
    ),
    scenes=BOOKS,
)
def reading_plan(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Pages read, or pages left."""
    a, b, c, d = n
    day = s("Each day", f"{b} {'+-'[p]} {d}", (b + d, b - d)[p])
    read = s("All days", f"{c} * {day}", c * day)
    return read if q == 0 else s("The others", f"{a} - {read}", a - read)


def _rebuilt(text: str, a: int, b: int, c: int, d: int) -> int:
    """The old seats and what every strip along the sides brings or takes."""
    rows, places = (c if "more" in text else -c), (d if "extra" in text else -d)
    return a * b + a * places + rows * b + rows * places


@form(
    "arithmetic",
    2,
    texts=(
        "A {s} has {a} rows of {b} seats. After the rebuilding it has {c} rows {p} and in every row {d} seats {q}. "
        "How many seats are there now?",
        "{N} plans a {s}: not {a} rows of {b} seats, as at first, but {c} rows {p}, each with {d} seats {q}. How many "
        "seats does the new plan have?",
    ),
    turns=(("more", "fewer"), ("extra", "less")),
    slips=("operation", "operation"),
    draw=ranges((20, 60), (20, 50), (2, 12), (2, 11)),
    check=_rebuilt,
    scenes=HALLS,
)
def seats(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Rows and seats that both change."""
    a, b, c, d = n
    rows = s("Rows", f"{a} {'+-'[p]} {c}", (a + c, a - c)[p])
    row = s("In a row", f"{b} {'+-'[q]} {d}", (b + d, b - d)[q])
    return s("Seats", f"{rows} * {row}", rows * row)


@form(
    "arithmetic",
    2,
    texts=(
        "A steamer sets off with {a} people. At the first pier {b} people {p}, at the next {c} {q}. How many travel on "
        "after that?",
        "{N} travels on a ferry with {a} people. At one pier {b} people {p}, at the second pier {c} {q}. How many are "
        "on board then?",
    ),
    turns=(("join", "leave"), ("come aboard", "go ashore")),
    slips=("operation", "operation"),
    draw=ranges((180, 500), (20, 80), (15, 79)),
    check=lambda t, a, b, c: sum((a, c if "aboard" in t else -c, b if "join" in t else -b)),
)
def stops(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """People who come and go."""
    a, b, c = n
    first = s("After the first", f"{a} {'+-'[p]} {b}", (a + b, a - b)[p])
    return s("After the second", f"{first} {'+-'[q]} {c}", (first + c, first - c)[q])


def _ride(rng: Stream) -> Numbers:
    a = rng.between(14, 130)
    return a, 2 * rng.between(2, 60), rng.between(2, a - 4)


@form(
    "arithmetic",
    2,
    texts=(
        "A press of {N} prints {a} sheets a minute for {b} minutes and then works, {c} sheets a minute {p}, for {q}. "
        "How many sheets does it print?",
        "A pump moves {a} litres a minute over {b} minutes; after that it runs {c} litres a minute {p} for {q}. How "
        "many litres does {N} see it move?",
    ),
    turns=(("faster", "slower"), ("the same time", "half the time")),
    slips=("operation", "wrong factor"),
    draw=_ride,
    check=lambda t, a, b, c: a * b + sum(a + (c if "faster" in t else -c) for _ in range(b if "same" in t else b // 2)),
)
def two_rates(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Two spells of work at two rates."""
    a, b, c = n
    first = s("First part", f"{a} * {b}", a * b)
    speed = s("New rate", f"{a} {'+-'[p]} {c}", (a + c, a - c)[p])
    time = s("New time", f"{b} / {q + 1}", b // (q + 1))
    second = s("Second part", f"{speed} * {time}", speed * time)
    return s("In all", f"{first} + {second}", first + second)
