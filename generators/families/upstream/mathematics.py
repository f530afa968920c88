"""math and math_hard from the problems of MATH (Hendrycks et al. 2021, arXiv 2103.03874).

A wrong solution is the source's own with another number where the result stands, wherever it stands, so that each of
the four agrees with itself and only the mathematics tells which is right. The four numbers are the corners of a square
(c, c + d, c + e, c + d + e), and a lot says which of them the right one is: neither size nor distance says anything.
Small results are left out, since nothing lies below them, and so are those that the problem itself names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.prompts import instruction
from generators.families.upstream.reading import Row, given, plain, rows

SOURCE = "math"
TASKS = (
    "Solve the problem step by step and put the result in \\boxed{}.",
    "Work out the answer to this problem. Show the steps, and box the result with \\boxed{}.",
    "Give a full solution of the problem below; its result belongs in \\boxed{}.",
)
#: Longest problem and solution, in characters.
PROBLEM, SOLUTION = 1000, 1500
#: The levels of `math_hard`.
HARD = (3, 4, 5)
#: Least number that may be changed, and least that may come of it.
LEAST, FLOOR = 16, 10
#: From here on, and where a number ends in 0 or 5, the others end in the same digit.
LARGE = 200
#: Multiples of the unit that the sides of the square may be.
SIDES = range(1, 10)
#: A whole number that is no part of another one.
_WHOLE = re.compile(r"(?<![\d.])(?<!\d,)(?<!\{,\})\d+(?!\d|[.,]\d|\{,\})")
_BOX = "\\boxed{"
#: A drawing in a language for figures.
_DRAWN = "[asy]"


@dataclass(frozen=True, slots=True)
class Solved:
    """A problem, its solution, and the numbers of the result that may be changed."""

    problem: str
    solution: str
    numbers: tuple[int, ...]


def boxed(solution: str) -> str | None:
    """What stands in the last box of a solution; None where there is none, or it does not end."""
    start = solution.rfind(_BOX)
    if start < 0:
        return None
    start += len(_BOX)
    depth = 1
    for place in range(start, len(solution)):
        depth += {"{": 1, "}": -1}.get(solution[place], 0)
        if not depth:
            return solution[start:place]
    return None


def whole_numbers(text: str) -> Iterator[int]:
    """The whole numbers that stand in a text."""
    return (int(found) for found in _WHOLE.findall(text))


def changed(solution: str, old: int, new: int) -> str:
    """A solution with one number in the place of another, throughout."""
    return _WHOLE.sub(lambda found: str(new) if found[0] == str(old) else found[0], solution)


@cache
def _kept() -> tuple[tuple[Row, Solved], ...]:
    """The problems whose result has a number that may be changed."""
    found = ((row, _solved(row.record)) for row in rows(SOURCE, "problem"))
    return tuple((row, solved) for row, solved in found if solved is not None)


def _solved(record: Mapping[str, Any]) -> Solved | None:
    problem, solution = record["problem"].strip(), record["solution"].strip()
    if len(problem) > PROBLEM or len(solution) > SOLUTION or _DRAWN in problem + solution:
        return None
    if boxed(solution) != record["answer"]:
        return None
    taken = {*whole_numbers(problem)}
    numbers = [each for each in dict.fromkeys(whole_numbers(record["answer"])) if each >= LEAST and each not in taken]
    return Solved(problem, solution, tuple(numbers)) if numbers else None


@cache
def _answers() -> Mapping[str, str]:
    """The result of every problem."""
    return {plain(row.record["problem"]): row.record["answer"] for row, _ in _kept()}


class Competition:
    """Writes and proves problems with four solutions.

    Args:
        levels: Of which levels; of all where none is named.
    """

    def __init__(self, *levels: int) -> None:
        self._levels = levels

    def items(self) -> Sequence[Item]:
        """The problems of the levels."""
        return [
            Item(row.key, row.group, solved)
            for row, solved in _kept()
            if not self._levels or row.record["level"] in self._levels
        ]

    def write(self, solved: Solved, rng: Stream) -> Draft:
        """The problem, its solution and three with another number."""
        old = rng.choice(solved.numbers)
        others = corners(old, rng)
        if {*others} & {*whole_numbers(f"{solved.problem} {solved.solution}")}:
            raise PassOver("a wrong result would stand in the solution already")
        wrong = [changed(solved.solution, old, new) for new in others]
        return Draft(instruction(rng.choice(TASKS), solved.problem), solved.solution, wrong)

    def prove(self, question: Question) -> Verdict:
        """The source's own result, held against what each solution puts in its box."""
        answer = _answers().get(plain(given(question.prompt, TASKS) or ""))
        if answer is None:
            raise Disproof(f"the prompt states no problem of {SOURCE}")
        right = [place for place, text in enumerate(question.texts) if boxed(text) == answer]
        return Verdict(sole(right, f"have {answer} in their box"), "source_key", "sourced")


def corners(old: int, rng: Stream) -> list[int]:
    """The three other corners of a square whose fourth, by lot, is a number.

    Raises:
        PassOver: The number is too small for such a square.
    """
    unit = 10 if old >= LARGE or old % 5 == 0 else 1
    pairs = [(unit * d, unit * e) for d in SIDES for e in SIDES if d < e and unit * (d + e) <= old - FLOOR]
    if not pairs:
        raise PassOver("a result too small to be changed")
    d, e = rng.choice(pairs)
    corners = (0, d, e, d + e)
    own = rng.choice(corners)
    return [old - own + corner for corner in corners if corner != own]


@distribution("math", version=1, banks=("upstream/math",), profile="upstream")
def math() -> Competition:
    """Problems of MATH of all levels: the source's solution against three with another number for the result.

    Figures that are drawn by a program are left out, as are results without a whole number of two digits or more.
    """
    return Competition()


@distribution("math_hard", version=1, banks=("upstream/math",), profile="upstream")
def math_hard() -> Competition:
    """The problems of `math` that are of level 3, 4 or 5."""
    return Competition(*HARD)
