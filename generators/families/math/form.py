"""What a form of problem is, and the registry that its decorator fills.

A form prints the same numbers in four sister problems. They differ in words or signs alone, such as "more" for "fewer"
or "without" for "with" replacement, which are its *turns*. The worked solution is one function of the numbers and of
how the turns stand. The four solutions of the four sisters are the responses, and a lot says which sister is printed:
a wrong response has misread a turn (taken the wrong operation, sign, formula factor or end of a range) and carried that
through. Since any of the four could have been asked for, nothing in the responses alone says which one was: not their
length, order of size, majority of steps or words. Signs that a turn changes are printed in words ("minus"), and labels
of steps avoid the words of the turns; a response that shares more with the statement is then no more often right.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TypeVar

from generators.core import Stream

Value = int | Fraction
Numbers = tuple[int, ...]
Choice = tuple[int, ...]
V = TypeVar("V", int, Fraction, int | Fraction)

#: What a checker makes of a statement: the value, or a test that the right value passes.
Found = Value | Callable[[Fraction], bool]
Work = Callable[..., Value]
W = TypeVar("W", bound=Work)

#: Names of the numbers, the turns and the words of a scene in a wording.
NUMBER_FIELDS, TURN_FIELDS, SCENE_FIELDS = "abcdefghi", "pq", "stuv"


class Steps:
    """A worked solution on its way: every step is a line, and may be given a slip that all later steps carry on.

    Args:
        at: Number of the step that slips, from 0; none does by default.
        by: How far its result is off.
    """

    __slots__ = ("_at", "_by", "lines", "values")

    def __init__(self, at: int = -1, by: int = 0) -> None:
        self.lines: list[str] = []
        self.values: list[Value] = []
        self._at, self._by = at, by

    def __call__(self, label: str, shown: str, value: V) -> V:
        """Writes a step and gives its result.

        Args:
            label: What is computed; the same for all sisters.
            shown: The calculation as printed.
            value: Its result.
        """
        if len(self.lines) == self._at:
            value += self._by
        self.lines.append(f"{label}: {shown} = {value}")
        self.values.append(value)
        return value

    def text(self, value: Value, unit: str) -> str:
        """The whole solution with its boxed result."""
        return "\n".join([*self.lines, f"Answer: \\boxed{{{value}{unit}}}"])


@dataclass(frozen=True, slots=True)
class Form:
    """A form of problem; see `form` for the attributes."""

    name: str
    subject: str
    level: int
    texts: Sequence[str]
    turns: Sequence[Sequence[str]]
    slips: Sequence[str]
    draw: Callable[[Stream], Numbers]
    check: Callable[..., Found]
    work: Work
    scenes: Sequence[Sequence[str]]
    unit: str
    share: int
    choices: Sequence[Choice]

    def statement(self, text: str, numbers: Sequence[object], choice: Choice, scene: Sequence[str], name: str) -> str:
        """A wording filled in."""
        fields: dict[str, object] = dict(zip(NUMBER_FIELDS, numbers, strict=False))
        fields.update(zip(SCENE_FIELDS, scene, strict=False))
        for field, phrases, stands in zip(TURN_FIELDS, self.turns, choice, strict=False):
            fields[field] = phrases[stands]
        return text.format(N=name, **fields)


_FORMS: dict[str, Form] = {}


def form(
    subject: str,
    level: int,
    *,
    texts: Sequence[str],
    turns: Sequence[Sequence[str]],
    slips: Sequence[str],
    draw: Callable[[Stream], Numbers],
    check: Callable[..., Found],
    scenes: Sequence[Sequence[str]] = ((),),
    unit: str = "",
    share: int = 4,
) -> Callable[[W], W]:
    """Makes a worked solution a form of problem; the function's name is the form's.

    The function takes the steps, the numbers and how each turn stands, writes its steps and returns the result.

    Args:
        subject: Its subject.
        level: Its level, 1 to 5; word problems have 1 for one step and 2 for more.
        texts: Two wordings or more: {a}, {b}, ... are the numbers, in the same order in all wordings, {p} and {q}
            what the turns say, {s}, {t}, ... the words of a scene, {N} a name.
        turns: Two turns of two phrases each, or one of four; they change no number.
        slips: For each turn the slip that misreading it is.
        draw: Numbers with which all four sisters make sense.
        check: The independent route: from the statement and the numbers in it, the value or a test of values.
        scenes: Words that tell the story of another thing.
        unit: What stands after the value in the box.
        share: How often the form comes, of forms that have 4; less where its numbers are few.
    """

    def mark(work: W) -> W:
        name = getattr(work, "__name__")  # noqa: B009 - a callable has no such field to type
        choices = tuple(product(*(range(len(turn)) for turn in turns)))
        _FORMS[name] = Form(name, subject, level, texts, turns, slips, draw, check, work, scenes, unit, share, choices)
        return work

    return mark


@cache
def forms() -> Mapping[str, Form]:
    """All forms by name, sorted."""
    package = importlib.import_module(f"{__package__}.forms")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_FORMS.items()))


def ranges(*bounds: tuple[int, int]) -> Callable[[Stream], Numbers]:
    """Draws independent numbers, each between its two bounds."""
    spans = [(low, high - low + 1) for low, high in bounds]
    return lambda rng: tuple([low + rng.below(span) for low, span in spans])


def ratio(above: Value, below: Value) -> Value:
    """A quotient, whole where it can be."""
    value = Fraction(above) / below
    return value.numerator if value.denominator == 1 else value


SIGN = re.compile(r" ([+-]|plus|minus) ")


def sign(text: str, place: int = 0) -> int:
    """What a sign between two spaces, printed or in words, stands for: 1 or -1; for checkers.

    Args:
        text: The statement.
        place: Which of its signs, from 0.
    """
    return 1 if SIGN.findall(text)[place] in ("+", "plus") else -1
