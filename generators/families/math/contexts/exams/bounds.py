"""Questions whose numbers must lie within bounds that the other numbers set, so that they may be impossible."""

from __future__ import annotations

from generators.families.math.contexts.exams.form import Exam, within
from generators.families.math.form import ranges

IMPOSSIBLE = "values that are impossible together"


def _counted(a: int, b: int, c: int, d: int) -> bool:
    """Whether no part of two overlapping groups, nor what is outside both, has fewer than no members."""
    return min(d, b - d, c - d, a - (b + c - d)) >= 0


def _closes(*sides: int) -> bool:
    """Whether a chain of sides can be closed: the longest is shorter than the way along all others."""
    *others, longest = sorted(sides)
    return longest < sum(others)


FORMS = (
    Exam(
        "triangle_sides",
        "the sides of a triangle",
        (
            "The sides of a triangle are {a} cm, {b} cm and {c} cm long. Is the angle opposite the longest side acute, "
            "right or obtuse?",
            "A triangular field has sides of {a}, {b} and {c} metres. By how many metres is its perimeter longer than "
            "twice its longest side?",
        ),
        within(ranges((20, 60), (8, 90), (8, 90)), lambda a, b, c: abs(a - b) < c < a + b, (1, 2)),
        _closes,
        IMPOSSIBLE,
    ),
    Exam(
        "quadrilateral_sides",
        "the sides of a quadrilateral",
        (
            "A quadrilateral has sides of {a}, {b}, {c} and {d} cm. How long are the sides of a square with the same "
            "perimeter?",
            "The four sides of a garden measure {a}, {b}, {c} and {d} metres. What does a fence around it cost at nine "
            "euros a metre?",
        ),
        within(
            ranges((8, 30), (8, 30), (5, 99), (5, 99)),
            lambda *sides: all(2 * side < sum(sides) for side in sides),
            (2, 3),
        ),
        _closes,
        IMPOSSIBLE,
    ),
    Exam(
        "languages",
        "sets that overlap",
        (
            "Of {a} pupils, {b} learn French, {c} learn Spanish and {d} learn both. How many of them learn neither?",
            "A survey asked {a} households: {b} have a dog, {c} have a cat, and {d} have both. How many households "
            "have neither?",
        ),
        within(
            ranges((60, 100), (20, 60), (10, 90), (3, 70)),
            lambda a, b, c, d: d <= b and d <= c and b + c - d <= a,
            (2, 3),
        ),
        _counted,
        IMPOSSIBLE,
    ),
)
