"""Decks of columns: one property's eight values under one rule, with the right and a wrong value for the ninth cell.

What a column gives away to a reader who does not look for its rule is evened out over the deck:

* With every column in which x is right and y wrong comes one in which y is right and x wrong, so nothing about the
  values themselves (larger, middle, even, more figures) says which is right.
* For the rest, a column's *leanings* are counted: is the right or the wrong value nearer to a telling cell (left of the
  missing one, first in its row, above it, on top of its column), equal to it, in the last row, in the matrix, more
  frequent there, nearer to the mean? Of several columns the one is taken that brings the sums nearest to zero.

Columns that stay the same along the row always lean towards what the last row holds. Where candidates may differ in
such a property, the columns that change lean the other way by as much as is needed to even out both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Stream
from generators.families.raven.notation import COLOURS, SIZES, TYPES
from generators.families.raven.rules import fitting, fitting_places, moved

#: A property's values in the eight cells, row by row.
Cells = tuple[int, ...]

#: The weight of standing in the matrix, which the whole print shows, whatever the property.
PRINTED = 2

#: Columns among which each of a deck is chosen.
CHOICE = 6

#: Draws of a rule's rows after which another value is taken.
TRIES = 40

#: The telling places among the eight cells.
LEFT, FIRST, ABOVE, TOP = 7, 6, 5, 2

STEPS = (-2, -1, 1, 2)
STILL = ("constant",)

#: How many different values the first row of a rule may hold.
DISTINCT: Mapping[str, Sequence[int]] = {
    "constant": (1,),
    "progression": (2, 3),
    "arithmetic": (2, 3),
    "three values": (3,),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One property's eight cells with what is offered for the ninth."""

    rule: str
    cells: Cells
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a part.

    Attributes:
        name: What it is called.
        values: All values that it can have.
        places: Where values are sets of places: how many there are; 0 elsewhere.
        rules: The rules that can change it along a row.
        most: The value that fills all places, where values are numbers of figures; none of the values elsewhere.
        deck: How many columns a deck has.
        pairs: Pairs of a right and a wrong value of which each is chosen; more where few values leave little choice.
    """

    name: str
    values: range
    places: int = 0
    rules: tuple[str, ...] = ("progression", "arithmetic", "three values")
    most: int = -1
    deck: int = 400
    pairs: int = 2

    def fitting(self, cells: Cells) -> frozenset[int]:
        """The values that the prover's rules allow for the ninth cell."""
        return fitting_places(cells, self.places) if self.places else fitting(cells)

    def size(self, value: int) -> int:
        """How large a value is."""
        return value.bit_count() if self.places else value

    def apart(self, one: int, other: int) -> int:
        """How far two values are from each other."""
        return (one ^ other).bit_count() if self.places else abs(one - other)

    def step(self, value: int, step: int) -> int:
        """The value a step further; it may be none of the property's."""
        return moved(value, step % self.places, self.places) if self.places else value + step

    def any(self, wrong: int, rng: Stream) -> int:
        """A value to fill a cell with: often the wrong one, so that the matrix holds that too."""
        return wrong if rng.chance(1, 3) else rng.choice(self.values)

    def sums(self, wrong: int, rng: Stream) -> tuple[int, int, int]:
        """Two values and what they make together."""
        while True:
            one, other = rng.shuffled((self.any(wrong, rng), rng.choice(self.values)))
            both = one | other if self.places else one + other
            if both in self.values:
                return one, other, both

    def less(self, whole: int, part: int) -> int:
        """What is left of a value when another is taken away."""
        return whole & ~part if self.places else whole - part


TYPE = Property("type", TYPES, rules=("progression", "progression", "three values"), deck=240, pairs=4)
SIZE = Property("size", SIZES, deck=240, pairs=3)
COLOUR = Property("colour", COLOURS)
#: Three values in turn always show the right one; few values leave room to even that out only under other rules.
COUNTED = ("progression", "arithmetic", "arithmetic", "three values")
#: The number of figures and the places they take, by how many places there are.
NUMBER: Mapping[int, Property] = {
    4: Property("number", range(1, 5), rules=COUNTED, most=4, deck=240, pairs=4),
    9: Property("number", range(1, 10), most=9),
}
POSITION: Mapping[int, Property] = {n: Property("position", range(1, 1 << n), places=n) for n in (4, 9)}


def constant(of: Property, right: int, wrong: int, rng: Stream) -> Cells:
    """Each row repeats one value."""
    a, b = of.any(wrong, rng), of.any(wrong, rng)
    return a, a, a, b, b, b, right, right


def progression(of: Property, right: int, wrong: int, rng: Stream) -> Cells:
    """Each row moves by the same step."""
    step = rng.choice(STEPS)
    a, b, c = of.any(wrong, rng), of.any(wrong, rng), of.step(right, -2 * step)
    rows = ((start, of.step(start, step), of.step(start, 2 * step)) for start in (a, b))
    return *next(rows), *next(rows), c, of.step(c, step)


def arithmetic(of: Property, right: int, wrong: int, rng: Stream) -> Cells:
    """In each row the third value is the first two together, or the first without the second."""
    (a, b, c), (d, e, f) = of.sums(wrong, rng), of.sums(wrong, rng)
    g = of.any(wrong, rng)
    if rng.chance(1, 2):
        g = g & right if of.places else g
        return a, b, c, d, e, f, g, of.less(right, g)
    if of.places:
        return c, b, of.less(c, b), f, e, of.less(f, e), right | g, g & ~right
    return c, b, a, f, e, d, right + g, g


def three_values(of: Property, right: int, wrong: int, rng: Stream) -> Cells:
    """Three values take turns: no row and no column holds one twice."""
    x, y = of.any(wrong, rng), of.any(wrong, rng)
    rows = rng.shuffled([(right, x, y), (y, right, x)])
    return *rows[0], *rows[1], x, y


FILLS: Mapping[str, Callable[[Property, int, int, Stream], Cells]] = {
    "constant": constant,
    "progression": progression,
    "arithmetic": arithmetic,
    "three values": three_values,
}


def column(of: Property, rule: str, right: int, wrong: int, rng: Stream) -> Column | None:
    """A column of a rule that gives the right value and not the wrong one; None where none was found."""
    for _ in range(TRIES):
        cells = FILLS[rule](of, right, wrong, rng)
        if not (min(cells) in of.values and max(cells) in of.values) or min(cells[:6]) == of.most:
            continue  # two rows of full parts would follow a rule of positions, whatever the numbers do
        if len(set(cells[:3])) not in DISTINCT[rule]:
            continue
        values = of.fitting(cells)
        if right in values and wrong not in values:
            return Column(rule, cells, right, wrong)
    return None


def leanings(of: Property, made: Column) -> tuple[int, ...]:
    """What the printed cells say, without the rule: positive for the right value, negative for the wrong one."""
    cells, right, wrong = made.cells, made.right, made.wrong
    last = cells[FIRST:]
    nearer = [of.apart(wrong, cells[place]) - of.apart(right, cells[place]) for place in (LEFT, FIRST, ABOVE, TOP)]
    equal = [(right == cells[place]) - (wrong == cells[place]) for place in (LEFT, FIRST, ABOVE, TOP)]
    total = sum(map(of.size, cells))
    mean = abs(8 * of.size(wrong) - total) - abs(8 * of.size(right) - total)
    near_all = sum(of.apart(wrong, cell) - of.apart(right, cell) for cell in cells)
    return (
        *map(sign, nearer),
        *equal,
        *nearer[::2],
        sign(mean),
        sign(near_all),
        (right in last) - (wrong in last),
        PRINTED * ((right in cells) - (wrong in cells)),
        sign(cells.count(right) - cells.count(wrong)),
    )


def sign(value: int) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


#: Sums of leanings that need no evening out.
EVEN = (0,) * 15


@cache
def still(of: Property) -> Sequence[Column]:
    """The deck of a property that stays the same along each row."""
    return _dealt(of, STILL, EVEN, 1, 1)


@cache
def moving(of: Property, beside: int) -> Sequence[Column]:
    """The deck of a property that changes along the rows.

    Args:
        of: The property.
        beside: How many columns of this deck come for one column of the other in which candidates differ; 0 if none
            of the other do.
    """
    if not beside:
        return _dealt(of, of.rules, EVEN, 1, of.pairs)
    against = [leanings(of, each) for each in still(of)]
    # The sums for as many columns as this deck has.
    return _dealt(of, of.rules, tuple(map(sum, zip(*against, strict=True))), beside, of.pairs)


def _dealt(of: Property, rules: Sequence[str], against: Sequence[int], share: int, pairs: int) -> Sequence[Column]:
    """A deck whose leanings add up, as nearly as may be, to the negative of a sum divided by a share."""
    rng = Stream("raven deck", of.name, len(of.values), len(rules), share)
    deck: list[Column] = []
    sums: Sequence[int] = EVEN

    def off(sums: Sequence[int], dealt: int) -> int:
        """How far sums are from what they should be after so many columns."""
        return sum((of.deck * share * a + dealt * b) ** 2 for a, b in zip(sums, against, strict=True))

    def after(made: Column) -> list[int]:
        return [a + b for a, b in zip(sums, leanings(of, made), strict=True)]

    while len(deck) < of.deck:
        rule = rules[len(deck) // 2 % len(rules)]
        best: tuple[int, list[Column], Sequence[int]] | None = None
        before = sums
        for _ in range(pairs):
            one, other = rng.sample(of.values, 2)
            pair: list[Column] = []
            sums = before
            for right, wrong in ((one, other), (other, one)):
                offers = [(made, after(made)) for _ in range(CHOICE) if (made := column(of, rule, right, wrong, rng))]
                if not offers:
                    break
                made, sums = min(offers, key=lambda offer: off(offer[1], len(deck) + 1))
                pair.append(made)
            if len(pair) == 2 and (best is None or off(sums, len(deck) + 2) < best[0]):
                best = off(sums, len(deck) + 2), pair, sums
        sums = before
        if best:
            deck += best[1]
            sums = best[2]
    return tuple(deck)
