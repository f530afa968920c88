"""Matrices of single numbers under one rule, with three numbers to choose from.

The three numbers are dealt first and the right one among them by lot, so nothing about the numbers themselves
(smallest, largest, middle, digits) says which is right. Then a matrix is filled whose rule gives that number. What the
print gives away to a reader who does not look for the rule is limited in three ways:

* Four telling cells (left of the missing one, above it, first in its row, on top of its column) may be barred from
  being nearest to the right number, of all candidates, unless the rule itself repeats that cell. Copying the cell on
  the left is what constant rows ask for; it ranks .52 of all pairs right, the cell above .57.
* Rules that repeat numbers have their answer in the matrix, so the wrong candidates mostly stand there too; under other
  rules the right one stands there as often as each wrong one.
* Matrices of three numbers hold the right one less often than the others, those that end in one number more often; the
  shares of the rules even this out.

The chances were set by counting on 20,000 matrices: of all pairs, standing in the matrix ranks .51 right, standing
there more often .49, lying nearer to its mean .50.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generators.core import Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.prompts import instruction
from generators.families.raven.rules import fitting, printed_cells, rows_of

TEXTS = (
    "The grid below has three rows of three numbers, and one rule runs through all of them. Which number belongs where "
    "the question mark stands?",
    "These three rows follow one pattern. Find the number that completes the last row.",
    "Work out the rule behind this grid of numbers and give the number that is missing at its end.",
    "One number of this three by three grid has been replaced by a question mark. The rows share a rule; use it to "
    "restore the number.",
    "Look at the first two rows of numbers, then finish the third in the same way. What is the missing number?",
)
CELL = re.compile(r"-?\d+")

#: The largest number of a matrix; the smallest is 0.
HIGHEST = 99

#: Candidates have two digits (the rows' own labels print 1, 2 and 3) and lie in a window of so many numbers.
LOWEST, WINDOW = 10, 40

#: The longest step of a progression.
STEP = 9

#: Chance that a companion of the right one in a matrix of three numbers is a candidate.
JOINED = (15, 16)

#: Chance that a cell that may hold any number holds a candidate.
OFFERED = (4, 5)

#: A matrix's eight cells, row by row.
Cells = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """What is settled before a matrix is filled.

    Attributes:
        right: The candidate that the matrix is to call for.
        wrong: The other two.
        low: The least number of their window.
    """

    right: int
    wrong: tuple[int, ...]
    low: int

    def any(self, rng: Stream) -> int:
        """A number to fill a cell with: mostly a candidate, so that wrong ones stand in the matrix too."""
        return rng.choice((self.right, *self.wrong)) if rng.chance(*OFFERED) else self.low + rng.below(WINDOW)

    def two(self, rng: Stream) -> list[int]:
        """The two companions of the right number in a matrix of three numbers: often the wrong ones."""
        return [value if rng.chance(*JOINED) else self.low + rng.below(WINDOW) for value in rng.shuffled(self.wrong)]


def constant(deal: Deal, rng: Stream) -> Cells:
    """Each row repeats one number."""
    a, b = deal.two(rng)
    return a, a, a, b, b, b, deal.right, deal.right


def same_rows(deal: Deal, rng: Stream) -> Cells:
    """All rows are alike."""
    a, b = deal.two(rng)
    return a, b, deal.right, a, b, deal.right, a, b


def three_values(deal: Deal, rng: Stream) -> Cells:
    """Each row holds the same three numbers in some order."""
    a, b = deal.two(rng)
    values = (deal.right, a, b)
    return *rng.shuffled(values), *rng.shuffled(values), a, b


def last_column(deal: Deal, rng: Stream) -> Cells:
    """All rows end in one number."""
    a, b, c, d, e, f = (deal.any(rng) for _ in range(6))
    return a, b, deal.right, c, d, deal.right, e, f


def last_two(deal: Deal, rng: Stream) -> Cells:
    """Each row repeats its middle number."""
    a, b, c, d, e = (deal.any(rng) for _ in range(5))
    return a, b, b, c, d, d, e, deal.right


def both_ends(deal: Deal, rng: Stream) -> Cells:
    """Each row ends as it began."""
    a, b, c, d, e = (deal.any(rng) for _ in range(5))
    return a, b, a, c, d, c, deal.right, e


def progression(deal: Deal, rng: Stream) -> Cells:
    """Each row counts up or down by the same step."""
    step = rng.between(1, STEP) * (2 * rng.below(2) - 1)
    a, b = (deal.any(rng) - step * rng.below(3) for _ in range(2))
    c = deal.right - 2 * step
    return a, a + step, a + 2 * step, b, b + step, b + 2 * step, c, c + step


def _parts(deal: Deal, rng: Stream) -> tuple[int, int]:
    """Two numbers; one of them or their sum is mostly a wrong candidate."""
    value, part = deal.any(rng), deal.any(rng)
    first, second = (part, value - part) if part < value else (part, value)
    return (first, second) if rng.chance(1, 2) else (second, first)


def total(deal: Deal, rng: Stream) -> Cells:
    """The first two numbers of each row add up to the third."""
    (a, b), (c, d), part = _parts(deal, rng), _parts(deal, rng), rng.below(deal.right + 1)
    return a, b, a + b, c, d, c + d, part, deal.right - part


def difference(deal: Deal, rng: Stream) -> Cells:
    """The first number of each row less the second is the third."""
    (a, b), (c, d), part = _parts(deal, rng), _parts(deal, rng), rng.below(HIGHEST - deal.right + 1)
    return a + b, a, b, c + d, c, d, deal.right + part, part


#: The telling places among the eight cells.
LEFT, ABOVE, FIRST, TOP = 7, 5, 6, 2

#: Chance that a telling place is barred from pointing to the right number.
BARRED = {LEFT: (3, 5), FIRST: (2, 5), ABOVE: (2, 5), TOP: (2, 5)}

#: Chance that the right number must be nearest to the mean, from which rules that count up or down lead away.
CENTRAL = (1, 9)

#: Fills of one rule that are tried before another is drawn: not every rule gives every number under these conditions.
TRIES = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a rule comes, and where it repeats its answer.

    Attributes:
        share: Draws of this rule among 100. Of the matrices, it has fewer the more of its fills are barred.
        repeats: Telling places that hold the answer itself.
    """

    share: int
    repeats: tuple[int, ...] = ()

    @property
    def telling(self) -> list[int]:
        """Telling places that may be barred from pointing to the answer."""
        return [place for place in (LEFT, ABOVE, FIRST, TOP) if place not in self.repeats]


RULES: Mapping[Callable[[Deal, Stream], Cells], Rule] = {
    constant: Rule(5, (LEFT, FIRST)),
    same_rows: Rule(3, (ABOVE, TOP)),
    three_values: Rule(3),
    last_column: Rule(15, (ABOVE, TOP)),
    last_two: Rule(11, (LEFT,)),
    both_ends: Rule(11, (FIRST,)),
    progression: Rule(18),
    total: Rule(17),
    difference: Rule(17),
}
DECK = tuple(fill for fill, rule in RULES.items() for _ in range(rule.share))


def matrix(right: int, wrong: tuple[int, ...], low: int, rng: Stream) -> Cells:
    """A matrix whose rule gives the right candidate and none of the wrong ones."""
    while True:
        fill: Callable[[Deal, Stream], Cells] = rng.choice(DECK)
        deal = Deal(right, wrong, low)
        telling = [place for place in RULES[fill].telling if rng.chance(*BARRED[place])]
        central = rng.chance(*CENTRAL)
        for _ in range(TRIES):
            cells = fill(deal, rng)
            if kept(cells, deal, telling, central):
                return cells


def kept(cells: Cells, deal: Deal, telling: Sequence[int], central: bool) -> bool:
    """Whether a filled matrix has one fitting candidate, to which no telling place points.

    Args:
        cells: The matrix.
        deal: What it was made for.
        telling: Places that must not be nearer to the right number than to the wrong ones.
        central: Whether the right number must be nearest to the mean.
    """
    if not 0 <= min(cells) < max(cells) <= HIGHEST:
        return False
    for cell in (cells[place] for place in telling):
        distance = abs(deal.right - cell)
        if all(distance <= abs(wrong - cell) for wrong in deal.wrong):
            return False
    if central:
        total = sum(cells)
        distance = abs(8 * deal.right - total)
        if any(distance >= abs(8 * wrong - total) for wrong in deal.wrong):
            return False
    values = fitting(cells)
    return deal.right in values and values.isdisjoint(deal.wrong)


@distribution("raven_easy", version=2)
class RavenEasy:
    """Matrices of small whole numbers under a single rule; the last number is to be found among three.

    Rules: constant rows, equal rows, the same three numbers in each row, one number down the last column, a row's last
    number equal to its first or its middle one, progression, sum and difference. More than half can be solved by
    looking, without arithmetic.
    """

    def draw(self, rng: Stream) -> Item:
        """Three candidates, the right one among them and a matrix that calls for it."""
        low = rng.between(LOWEST, HIGHEST - WINDOW + 1)
        right, *wrong = rng.sample(range(low, low + WINDOW), 3)
        cells = matrix(right, tuple(wrong), low, rng)
        group = " / ".join(" ".join(map(str, cells[i : i + 3])) for i in (0, 3, 6))
        return Item(group, group, (cells, right, wrong))

    def write(self, item: tuple[Cells, int, Sequence[int]], rng: Stream) -> Draft:
        """The matrix as rows, the candidates as single numbers."""
        cells, right, wrong = item
        prompt = instruction(rng.choice(TEXTS), rows_of([str(cell) for cell in cells]))
        return Draft(prompt, str(right), [str(value) for value in wrong])

    def prove(self, question: Question) -> Verdict:
        """Rules induced from the printed rows; exactly one candidate must fit any of them."""
        values = fitting(tuple(int(cell[0]) for cell in printed_cells(question.prompt, CELL)))
        printed = {str(value) for value in values}
        right = [i for i, text in enumerate(question.texts) if text in printed]
        return Verdict(sole(right, "fit a rule of the matrix"), "rule", detail={"fitting_values": len(values)})
