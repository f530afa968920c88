"""The judge of mathematics, who sees nothing but the print.

The statement with its numbers and names taken out must be, letter by letter, a wording of some form; the numbers and
words in it then go to that form's checker, which reaches the value by another route than the worked solution: by
counting, by substitution, by exact fractions. The boxed result of exactly one response must be that value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from generators.core import Disproof, Question, Verdict, sole
from generators.families.math.form import Form, Value, forms
from generators.families.math.writing import INSTRUCTION, NAMES
from generators.families.prompts import instruction

#: Whole numbers, except for the fixed exponents of a wording (`x^2`).
NUMBER = re.compile(r"(?<!\^)\d+", re.ASCII)
NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
BOXED = re.compile(r"\\boxed\{(-?\d+)(?:/(\d+))?([a-z ]*)\}\Z", re.ASCII)
HEAD, TAIL = instruction(INSTRUCTION, "\0").split("\0")


@cache
def skeletons() -> dict[str, Form]:
    """The form of every wording, with marks for its numbers and its name."""
    found = {}
    for form in forms().values():
        marks = ["#"] * 9
        for text in form.texts:
            for scene in form.scenes:
                for choice in form.choices:
                    found[form.statement(text, marks, choice, scene, "@")] = form
    return found


def statement_of(prompt: str) -> str:
    """The statement that a prompt gives.

    Raises:
        Disproof: It gives none.
    """
    if not (prompt.startswith(HEAD) and prompt.endswith(TAIL)):
        raise Disproof("the prompt has not the frame of a mathematics problem")
    return prompt[len(HEAD) : -len(TAIL)]


def boxed(text: str, unit: str) -> Value | None:
    """The value in the box that ends a response; None where there is none, or not in this unit."""
    found = BOXED.search(text)
    if found is None or found[3] != unit or text.count("\\boxed") != 1:
        return None
    if found[2] is None:
        return int(found[1])
    return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None


def judged(question: Question) -> Verdict:
    """The response whose boxed result solves the statement.

    Raises:
        Disproof: The statement is of no form, or not exactly one result solves it.
    """
    statement = statement_of(question.prompt)
    form = skeletons().get(NAME.sub("@", NUMBER.sub("#", statement)))
    if form is None:
        raise Disproof("the statement is no wording of any form")
    found = form.check(statement, *map(int, NUMBER.findall(statement)))
    values = [boxed(text, form.unit) for text in question.texts]
    right = _passing(values, found) if callable(found) else [i for i, value in enumerate(values) if value == found]
    return Verdict(sole(right, "solve the statement"), "recomputed", detail={"form": form.name})


def _passing(values: Sequence[Value | None], test: object) -> list[int]:
    """The places of the values that pass a checker's test."""
    return [i for i, value in enumerate(values) if value is not None and callable(test) and test(Fraction(value))]
