"""Inducing rules from the eight printed cells of a matrix; the provers' view, which never sees how it was made.

A rule is kept if it explains the whole of rows 1 and 2 and can be applied to the first two cells of row 3. Every value
that some kept rule then gives for the ninth cell counts as fitting: a matrix whose candidates hold two fitting values
is ambiguous, however unlikely one of the two readings may seem. The readings are therefore a little wider than the
rules that the generators use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generators.core import Disproof

ROW = re.compile(r"^Row ([123]): (.+)$", re.MULTILINE)

#: The print of the missing cell.
MISSING = "?"


@lru_cache(1 << 14)
def fitting(cells: tuple[int, ...]) -> frozenset[int]:
    """Every value for the ninth cell that some rule consistent with the first eight gives.

    Args:
        cells: The eight cells, row by row.
    """
    a, b, c, d, e, f, g, h = cells
    values = set()
    if c == a and f == d:  # the row ends as it began (a constant row does)
        values.add(g)
    if c == b and f == e:  # the row ends as its middle
        values.add(h)
    if c == a + b and f == d + e:
        values.add(g + h)
    if c == a - b and f == d - e:
        values.add(g - h)
    if c == b - a and f == e - d:
        values.add(h - g)
    if c - b == b - a and f - e == e - d:  # even steps, in each row its own
        values.add(h + h - g)
    if c == f:  # the last column holds one value
        values.add(c)
    values.update(_left_over((a, b, c), (d, e, f), (g, h)))
    return frozenset(values)


@lru_cache(1 << 14)
def fitting_places(cells: tuple[int, ...], places: int) -> frozenset[int]:
    """The same for sets of places, where a sum is a union, a difference takes places away, and a step moves them all.

    Places need not follow a rule. They are taken to do so only if one that the prompt names holds in the first two
    rows and can be applied to the third; the wider readings then count too.

    Args:
        cells: The places taken in each of the eight cells, as bits; place 0 is the lowest.
        places: How many there are; a step past the last goes on at the first.

    Returns:
        The sets that some rule gives; none where places follow no rule.
    """
    a, b, c, d, e, f, g, h = cells
    named = set(_left_over((a, b, c), (d, e, f), (g, h)))
    if c == a | b and f == d | e:
        named.add(g | h)
    if c == a & ~b and f == d & ~e:
        named.add(g & ~h)
    if _steps(a, b, c, places) and _steps(d, e, f, places):
        named.update(moved(h, step, places) for step in range(places) if moved(g, step, places) == h)
    if not named:
        return frozenset()
    wider = ((c == a and f == d, g), (c == b and f == e, h), (c == b & ~a and f == e & ~d, h & ~g), (c == f, c))
    return frozenset(named.union(value for holds, value in wider if holds))


def _steps(a: int, b: int, c: int, places: int) -> bool:
    """Whether some step leads from the first set to the second and on to the third."""
    return any(moved(a, step, places) == b and moved(b, step, places) == c for step in range(places))


def moved(taken: int, step: int, places: int) -> int:
    """A set of places with each moved on by a step, round the end."""
    return (taken << step | taken >> (places - step)) & ((1 << places) - 1)


def _left_over(first: tuple[int, ...], second: tuple[int, ...], third: tuple[int, ...]) -> Sequence[int]:
    """What completes the third row where the first two hold the same three values in some order."""
    if sorted(first) != sorted(second):
        return ()
    left = list(first)
    for value in third:
        if value not in left:
            return ()
        left.remove(value)
    return left


def printed_cells(prompt: str, cell: re.Pattern[str]) -> list[re.Match[str]]:
    """The eight cells that a prompt prints before the missing one.

    Args:
        prompt: The prompt, with lines `Row 1: ...` to `Row 3: ..., ?`.
        cell: The pattern of one cell.

    Raises:
        Disproof: The prompt prints no such matrix.
    """
    rows = ROW.findall(prompt)
    cells = [match for _, row in rows for match in cell.finditer(row)]
    if [number for number, _ in rows] != ["1", "2", "3"] or len(cells) != 8 or not rows[2][1].endswith(MISSING):
        raise Disproof("the prompt prints no three by three matrix with its last cell missing")
    return cells


def rows_of(cells: Sequence[str]) -> str:
    """Eight cells as the three lines of a prompt."""
    full = [*cells, MISSING]
    return "\n".join(f"Row {i + 1}: {', '.join(full[3 * i : 3 * i + 3])}" for i in range(3))
