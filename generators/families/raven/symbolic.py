"""Matrices of whole figures: type, size and colour each follow a rule of their own along the rows.

One figure a cell, as in the configuration "center single" of I-RAVEN (Hu et al. 2021, arXiv 2002.06838), whose answer
sets are followed too: two properties are changed, alone and together, so that the four candidates are (a, b), (a', b),
(a, b') and (a', b'). Every value stands in two of them; there is no odd one out and no majority for the right one.

A property's right and wrong value are dealt first and by lot, so nothing about the candidates themselves says which is
right. What the print gives away to a reader who does not look for the rules is held at chance in three ways:

* Both values stand among the property's eight cells, and no candidate stands in the matrix as a whole.
* Where a property stays the same, the right value stands in the last row; where three values take turns, the wrong one
  does; under the other rules neither does. The two properties' kinds of rule are dealt such that this evens out, for
  each of them and for both together; so does how often the two values stand in the matrix.
* A telling cell (left of the missing one, above it, first in its row, on top of its column) may be barred from being
  nearer to the right value than to the wrong one.

The chances below were solved for these aims on a large sample.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generators.core import Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.prompts import instruction
from generators.families.raven.rules import fitting, printed_cells, rows_of

TEXTS = (
    "The grid below has three rows of three figures. A figure is written (type,size,colour), and each of these "
    "properties follows a rule of its own along the rows. Which figure belongs where the question mark stands?",
    "Each cell of this three by three grid holds one figure, given as (type,size,colour). Work out how type, size and "
    "colour behave in the first two rows and complete the third.",
    "Find the missing figure. Figures are noted as (type,size,colour); along a row each property stays the same, moves "
    "in steps, is added up or taken away, or takes turns with two other values.",
    "These figures, noted as (type,size,colour), form a pattern in which every property obeys one rule in all three "
    "rows. Give the figure that completes the pattern.",
)
FIGURE = re.compile(r"\(([0-9]),0\.([0-9]),([0-9])0\)")

#: A property's values in the eight cells, row by row.
Cells = tuple[int, ...]

#: The smallest and the largest value of every property in the printed cells.
LOW, HIGH = 1, 9
VALUES = range(LOW, HIGH + 1)

#: Right and wrong values for the ninth cell: those that every rule can give.
ANSWERS = range(LOW + 1, HIGH)

#: Steps of a progression.
STEPS = (-3, -2, -1, 1, 2, 3)

#: Where a row of three can start that moves by a step and holds a value, by value and step.
STARTS = {
    (value, step): tuple(
        start for start in VALUES if start + 2 * step in VALUES and value in (start, start + step, start + 2 * step)
    )
    for value in VALUES
    for step in STEPS
}

#: Two values and their sum: all that there are, those that hold a value, make it as the sum, or begin with it.
SUMS = tuple((a, b, a + b) for a in VALUES for b in VALUES if a + b in VALUES)
SUMS_WITH = {value: tuple(row for row in SUMS if value in row) for value in VALUES}
SUMS_TO = {value: tuple(row for row in SUMS if value == row[2]) for value in VALUES}
SUMS_FROM = {value: tuple(row for row in SUMS if value == row[0]) for value in VALUES}


@dataclass(frozen=True, slots=True)
class Deal:
    """A property's right value for the ninth cell and the wrong one of the candidates."""

    right: int
    wrong: int

    def shuffled(self, rng: Stream) -> tuple[int, int]:
        """Both, in random order."""
        return (self.right, self.wrong) if rng.chance(1, 2) else (self.wrong, self.right)


def steady(deal: Deal, rng: Stream) -> Cells:
    """The value does not change along a row; mostly the last row repeats an earlier one."""
    a, b = deal.shuffled(rng) if rng.chance(9, 10) else (deal.wrong, rng.choice(VALUES))
    return a, a, a, b, b, b, deal.right, deal.right


def three_values(deal: Deal, rng: Stream) -> Cells:
    """Each row holds the same three values in some order."""
    third = rng.choice(VALUES)
    values = (deal.right, deal.wrong, third)
    a, b = (third, deal.wrong) if rng.chance(1, 2) else (deal.wrong, third)
    return *rng.shuffled(values), *rng.shuffled(values), a, b


def progression(deal: Deal, rng: Stream) -> Cells:
    """The value moves by the same step, of one to three, in each row."""
    step = rng.choice([step for step in STEPS if deal.right - 2 * step in VALUES])
    a, b = (rng.choice(STARTS[value, step]) for value in deal.shuffled(rng))
    c = deal.right - 2 * step
    return a, a + step, a + 2 * step, b, b + step, b + 2 * step, c, c + step


def total(deal: Deal, rng: Stream) -> Cells:
    """The first two values of a row add up to the third."""
    first, second = (rng.choice(SUMS_WITH[value]) for value in deal.shuffled(rng))
    a, b, _ = rng.choice(SUMS_TO[deal.right])
    return *first, *second, a, b


def difference(deal: Deal, rng: Stream) -> Cells:
    """The first value of a row less the second is the third."""
    (c, b, a), (f, e, d) = (rng.choice(SUMS_WITH[value]) for value in deal.shuffled(rng))
    _, h, g = rng.choice(SUMS_FROM[deal.right])
    return a, b, c, d, e, f, g, h


Fill = Callable[[Deal, Stream], Cells]

#: The rules of each kind.
RULES: Mapping[str, Sequence[Fill]] = {
    "same": (steady,),
    "three": (three_values,),
    "counted": (progression, total, difference),
}

#: Kinds of rule of the two properties in which the candidates differ, each pair as often.
PAIRS = (
    *[("same", "counted")] * 8,
    *[("counted", "counted")] * 3,
    *[("three", "counted")] * 5,
    *[("same", "three")] * 2,
    *[("three", "three")] * 2,
)

#: The telling places among the eight cells.
LEFT, FIRST, ABOVE, TOP = 7, 6, 5, 2

#: Chance that a telling place is barred from pointing to the right value.
BARRED = {LEFT: (1, 2), FIRST: (3, 8), ABOVE: (1, 4), TOP: (1, 5)}

#: Fills of one rule that are tried before another is drawn: not every rule gives every value under these conditions.
TRIES = 20


def column(fills: Sequence[Fill], rng: Stream) -> tuple[Cells, Deal]:
    """A property's eight cells under one of some rules, with its right and its wrong value for the ninth."""
    right, wrong = rng.sample(ANSWERS, 2)
    deal = Deal(right, wrong)
    while True:
        fill = rng.choice(fills)
        barred = () if fill is steady else [place for place, chance in BARRED.items() if rng.chance(*chance)]
        for _ in range(TRIES):
            cells = fill(deal, rng)
            if kept(cells, deal, fill, barred):
                return cells, deal


def kept(cells: Cells, deal: Deal, fill: Fill, barred: Sequence[int]) -> bool:
    """Whether some rule gives the right value and none the wrong one, and no barred place points to the right one."""
    right, wrong = deal.right, deal.wrong
    last = cells[FIRST:]
    if fill not in (steady, three_values) and (right in last or wrong in last):
        return False
    for place in barred:
        if abs(right - cells[place]) < abs(wrong - cells[place]):
            return False
    values = fitting(cells)
    return right in values and wrong not in values


def figure(values: Sequence[int]) -> str:
    """A figure as it is printed; its values are type, size in tenths and colour in tens."""
    kind, size, colour = values
    return f"({kind},0.{size},{colour}0)"


@distribution("raven_matrices", version=1)
class RavenMatrices:
    """Matrices of figures whose type, size and colour follow rules of their own; the last figure is to be found.

    At least two of the three properties change along the rows: by a progression, a sum, a difference or three values in
    varying order. The candidates differ in two properties, each right in half of them.
    """

    def draw(self, rng: Stream) -> Item:
        """Three properties, the cells that they make, and the two properties in which the candidates differ."""
        while True:
            changed = rng.sample(range(3), 2)
            pair = rng.choice(PAIRS)
            third = rng.choice(("three", "counted") if "same" in pair else ("same", "three", "counted"))
            kinds = dict(zip(changed, pair, strict=True))
            columns = [column(RULES[kinds.get(i, third)], rng) for i in range(3)]
            cells = [figure(values) for values in zip(*(cells for cells, _ in columns), strict=True)]
            right, *wrong = (
                figure([deal.wrong if i in where else deal.right for i, (_, deal) in enumerate(columns)])
                for where in ((), changed[:1], changed[1:], changed)
            )
            if not {right, *wrong} & set(cells):
                break
        group = " ".join(cells)
        return Item(group, group, (cells, right, wrong))

    def write(self, item: tuple[Sequence[str], str, Sequence[str]], rng: Stream) -> Draft:
        """The figures as rows, the four candidates as they would be printed."""
        cells, right, wrong = item
        return Draft(instruction(rng.choice(TEXTS), rows_of(cells)), right, wrong)

    def prove(self, question: Question) -> Verdict:
        """Rules induced from the printed figures, property by property; exactly one candidate must fit in all three."""
        figures = [tuple(map(int, cell.groups())) for cell in printed_cells(question.prompt, FIGURE)]
        values = [fitting(cells) for cells in zip(*figures, strict=True)]
        right = []
        for i, text in enumerate(question.texts):
            printed = FIGURE.fullmatch(text)
            if printed and all(int(value) in fit for value, fit in zip(printed.groups(), values, strict=True)):
                right.append(i)
        detail = {"fitting_values": [len(fit) for fit in values]}
        return Verdict(sole(right, "fit the rules of the matrix"), "rule", detail=detail)
