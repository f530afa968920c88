"""Deals out the places where questions about programs ask, so that nothing seen at a glance tells right from wrong.

A *place* is a right program with two of its bugs, at distinct places: questions show the program with none, either and
both, so that each of the two spots looks either way in half of the programs, and neither the majority nor the likeness
of the programs tells which is right.

What a bug takes away another one brings in: over all places of a tier and split, every word, every run of letters and
every measure (length, lines, digits, ...) speaks for the right program as often as against it, as far as the bank
allows. The dealer keeps account of them all and picks for each program the bugs that even them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import isqrt
from typing import Literal

from generators.core import split_of
from generators.core.streams import digest
from generators.families.code.bugs.edits import apart
from generators.families.code.bugs.found import Bug, bugs
from generators.families.code.marks import RUN, leaning
from generators.families.code.problems import problem, records
from schemas import SPLITS, Split

Tier = Literal["easy", "middle", "hard"]
TIERS: Sequence[Tier] = ("easy", "middle", "hard")
#: Lines that an easy program of the first or second level has at most, and those that a hard one has at least.
SHORT: Mapping[int, int] = {1: 14, 2: 10}
LONG = 14
#: Places that are dealt in each tier, by split.
NUMBER: Mapping[Split, int] = {"train": 1200, "test": 2600}
#: Times that one bug may be asked about.
USES = 16
#: What one more use of a bug weighs, against what it evens out.
WEAR = 400
#: How far any word or measure may come to speak for right programs, or against them.
LEEWAY = 12
#: What it weighs that the bug's kind was used, for each use in a hundred.
COMMON = 150


@dataclass(frozen=True, slots=True)
class Planted:
    """A right program with one of its bugs.

    Attributes:
        problem: The problem's id.
        number: Which of its solutions.
        bug: The bug.
    """

    problem: str
    number: int
    bug: Bug

    @property
    def source(self) -> str:
        """The right program."""
        return problem(self.problem).solutions[self.number]


@dataclass(frozen=True, slots=True)
class Place:
    """A right program with two of its bugs, at distinct places.

    Attributes:
        problem: The problem's id.
        number: Which of its solutions.
        bugs: The two bugs.
    """

    problem: str
    number: int
    bugs: tuple[Bug, Bug]

    @property
    def source(self) -> str:
        """The right program."""
        return problem(self.problem).solutions[self.number]

    @property
    def planted(self) -> tuple[Planted, Planted]:
        """The right program with either bug alone."""
        one, other = self.bugs
        return Planted(self.problem, self.number, one), Planted(self.problem, self.number, other)

    @property
    def key(self) -> str:
        """Tells places apart."""
        return f"{self.problem}:{self.number}:{digest(*(bug.text for bug in self.bugs)).hex()[:12]}"


def tier_of(name: str, number: int) -> Tier:
    """The tier of a solution: `easy` if it is short for its level, `hard` if it is long and of the third level.

    The third level has no easy programs and the others no hard ones, so that these two share no problem.
    """
    each = problem(name)
    lines = each.solutions[number].count("\n") + 1
    if lines <= SHORT.get(each.level, 0):
        return "easy"
    return "hard" if each.level == 3 and lines >= LONG else "middle"


def all_dealt(*tiers: Tier) -> Sequence[Place]:
    """All places of some tiers; of all where none is named."""
    return [place for tier in tiers or TIERS for split in SPLITS for place in dealt(tier, split)]


@cache
def dealt(tier: Tier, split: Split) -> tuple[Place, ...]:
    """All places of the programs of one tier and split, the same in every run."""
    return tuple(_Dealer(tier, split).deal(NUMBER[split]))


class _Dealer:
    """Deals the places of a tier and split."""

    def __init__(self, tier: Tier, split: Split) -> None:
        names = [name for name in records() if split_of(name) == split]
        every = [(name, i) for name in names for i in range(len(problem(name).solutions)) if tier_of(name, i) == tier]
        self._programs = sorted(every, key=lambda each: digest("deal", *each))
        self._balance: Counter[str] = Counter()
        self._uses: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._dealt: set[tuple[str, str]] = set()

    def deal(self, number: int) -> Iterator[Place]:
        """Places in rounds, one of each program, until there are enough or a whole round gives none."""
        while number:
            before = number
            for place in filter(None, (self._place(*each) for each in self._programs)):
                yield place
                number -= 1
                if not number:
                    return
            if number == before:
                return

    def _place(self, name: str, number: int) -> Place | None:
        """A place of a solution, counted as used; None if it has none that was not dealt."""
        found = [bug for bug in bugs(name, number) if self._uses[bug.text] < USES]
        found.sort(key=lambda bug: self._burden(name, number, bug))
        for first in found:
            before = {mark: self._balance[mark] for bug in found for mark in leaning_of(name, number, bug)}
            self._use(name, number, first)
            others = [bug for bug in found if apart(first.edit, bug.edit) and (first.text, bug.text) not in self._dealt]
            for second in sorted(others, key=lambda bug: self._burden(name, number, bug)):
                if self._even(name, number, (first, second), before):
                    self._use(name, number, second)
                    self._dealt |= {(first.text, second.text), (second.text, first.text)}
                    return Place(name, number, (first, second))
            self._use(name, number, first, -1)
        return None

    def _even(self, name: str, number: int, pair: tuple[Bug, Bug], before: Mapping[str, int]) -> bool:
        """Whether a pair of bugs, the first of which was used, brings no word or measure out of balance."""
        one, other = (leaning_of(name, number, bug) for bug in pair)
        return all(
            abs(self._balance[mark] + other.get(mark, 0)) <= max(LEEWAY, abs(before[mark]))
            for mark in (*one, *other)
            if len(mark) > RUN
        )

    def _use(self, name: str, number: int, bug: Bug, times: int = 1) -> None:
        self._uses[bug.text] += times
        self._kinds[bug.kind] += times
        for mark, weight in leaning_of(name, number, bug).items():
            self._balance[mark] += times * weight

    def _burden(self, name: str, number: int, bug: Bug) -> int:
        """How little a bug is wanted: it leans where the balance leans, it was used, its kind was used."""
        own = leaning_of(name, number, bug)
        lean = sum(self._balance[mark] * weight for mark, weight in own.items())
        common = 100 * self._kinds[bug.kind] // (1 + self._kinds.total())
        return 1000 * lean // isqrt(1 + len(own)) + WEAR * self._uses[bug.text] + COMMON * common


@cache
def leaning_of(name: str, number: int, bug: Bug) -> Mapping[str, int]:
    """What speaks for a solution against the program with a bug, or for that one, at sight."""
    each = problem(name)
    return leaning(each.solutions[number], bug.text, each.statement)
