"""What the three forms share: how answers are written and read, and which numbers come to mind without solving."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from generators.core import Disproof, Question, Stream, Verdict, sole

#: Ways to give an answer; both responses of an example share one.
ANSWERS = ("{}", "The answer is {}.", "It is {}.", "That makes {}.", "{} is the answer.")
_READ = tuple(re.compile(re.escape(form).replace(r"\{\}", "(.+)")) for form in ANSWERS)
_FIGURES = re.compile(r"\d+")
_VALUE = re.compile(r"([$£]?)(\d+(?:\.\d+)?)((?: [a-z]+)?)")

#: A number with its unit, such as ("$", 3/2) or ("days", 48); the unit is in the plural, or empty.
Amount = tuple[str, Fraction]


def write_answers(right: str, wrong: str, rng: Stream) -> tuple[str, str]:
    """Both answers in one form."""
    form = rng.choice(ANSWERS)
    return form.format(right), form.format(wrong)


def read_amount(text: str) -> Amount | None:
    """A printed number with its unit; None for any other text."""
    found = _VALUE.fullmatch(text)
    if not found or (found[1] and found[3]):
        return None
    unit = found[1] or found[3].strip()
    return f"{unit}s" if unit.isalpha() and not unit.endswith("s") else unit, Fraction(found[2])


def read_answer(text: str) -> Amount | None:
    """The amount that a response gives; None where it has none of the forms."""
    return next(
        (amount for form in _READ if (found := form.fullmatch(text)) and (amount := read_amount(found[1]))), None
    )


def judge(question: Question, solution: Amount, lure: Fraction, *, lured: bool) -> Verdict:
    """The response that gives the solution; the other must give the lure where there is one, and may not elsewhere.

    Args:
        question: The print.
        solution: What solving the printed problem gives.
        lure: The number that comes to mind, in the solution's unit.
        lured: Whether the distribution offers lures.

    Raises:
        Disproof: Not exactly one response is right, or the wrong ones are not what they should be.
    """
    given = [read_answer(text) for text in question.texts]
    right = sole([i for i, amount in enumerate(given) if amount == solution], "solve the problem")
    for i, amount in enumerate(given):
        if amount is None or amount[0] != solution[0]:
            raise Disproof(f"{question.texts[i]!r} is no answer in {solution[0] or 'numbers'!r}")
        if i != right and (amount[1] == lure) != lured:
            raise Disproof(f"the wrong answer {question.texts[i]!r} {'is not' if lured else 'is'} the lure")
    return Verdict(right, "recomputed", detail={"answer": str(solution[1]), "lure": str(lure)})


def shortcuts(numbers: Sequence[int]) -> set[int]:
    """What printed numbers give without thought: themselves, doubled, halved, any two added, subtracted or averaged.

    Returns:
        The double of each such value, so that all are whole.
    """
    found = {value for number in numbers for value in (2 * number, 4 * number, number)}
    for i, one in enumerate(numbers):
        for other in numbers[:i]:
            total, gap = one + other, abs(one - other)
            found |= {2 * total, total, 2 * gap, gap}
    return found


def apart(answers: Sequence[str], *printed: str) -> bool:
    """Whether the figures of the answers stand nowhere among those printed, so that no answer is named or hinted at."""
    shown = {figures for text in printed for figures in _FIGURES.findall(text)}
    return not any(figures in shown for answer in answers for figures in _FIGURES.findall(answer))
