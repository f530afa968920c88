"""How one printed program differs from another: the prover's own count of bugs, made from the two texts alone.

Two trees are laid side by side. Lists of parts are aligned so that as few places as possible differ: a part that stands
on one side only was left out or put in, two neighbours in the other order were exchanged, and what was left out at one
place and put in at another was moved.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from generators.families.code.bugs.edits import Change, Edit, Way, edited
from generators.families.code.bugs.trees import Numbers, alike
from generators.families.code.problems import Problem
from generators.families.code.running import OutsideSubset, parsed


def differences(left: str, right: str) -> list[Edit]:
    """All places where a program differs from another, as edits that make it of the other.

    Args:
        left: The other program, usually a right one.
        right: The program.

    Raises:
        OutsideSubset: One of them does not parse, or they are not one function of one name.
    """
    one, other = parsed(left), parsed(right)
    changes = _Comparison().changes(one, other, ())
    if changes is None or any(not change.way for change in changes):
        raise OutsideSubset("another function than the other program")
    return _joined(one, changes)


def _joined(tree: ast.Module, changes: Sequence[Change]) -> list[Edit]:
    """The changes as edits; what was left out at one place and put in at another is one edit, a move."""
    left = list(changes)
    found: list[Edit] = []
    for gone in [change for change in changes if not change.nodes and change.start is not None]:
        parts = _parts(tree, gone)
        came = next((change for change in left if change.grows and alike(parts, list(change.nodes))), None)
        if came:
            left = [change for change in left if change not in (gone, came)]
            found.append((gone, came))
    return [*found, *((change,) for change in left)]


def _parts(tree: ast.AST, change: Change) -> list[ast.AST]:
    """The parts of a list that a change takes out."""
    node: Any = tree
    for field, position in change.way:
        node = getattr(node, field) if position is None else getattr(node, field)[position]
    parts: list[ast.AST] = getattr(node, change.field)[change.start : change.stop]
    return parts


class _Comparison:
    """Lays two trees side by side."""

    def __init__(self) -> None:
        self._number = Numbers().of

    def changes(self, left: ast.AST, right: ast.AST, way: Way) -> list[Change] | None:
        """What makes the right node of the left one; None where that is best said by replacing it as a whole."""
        unlike = [f for f in left._fields if self._number(getattr(left, f)) != self._number(getattr(right, f, None))]
        if type(left) is not type(right):
            return None
        if len(unlike) == 2 and self._exchanged(left, right, *unlike):
            return None
        found: list[Change] = []
        for field in unlike:
            one, other = getattr(left, field), getattr(right, field)
            if isinstance(one, list):
                found += self._aligned(one, other, (*way, (field, None)))
            elif not isinstance(one, ast.AST | None) or not isinstance(other, ast.AST | None):
                return None
            else:
                inner = self.changes(one, other, (*way, (field, None))) if one and other else None
                nodes = () if other is None else (other,)
                found += [Change(way, field, None, None, nodes)] if inner is None else inner
        return found

    def _exchanged(self, left: ast.AST, right: ast.AST, one: str, other: str) -> bool:
        """Whether two fields of a node hold each other's part."""
        return bool(
            self._number(getattr(left, one)) == self._number(getattr(right, other))
            and self._number(getattr(left, other)) == self._number(getattr(right, one))
        )

    def _aligned(self, left: list[ast.AST], right: list[ast.AST], way: Way) -> list[Change]:
        """The fewest changes that make one list of parts out of another; `way` ends with the list's field."""
        ones, others = self._number(left), self._number(right)
        start = next((i for i, (a, b) in enumerate(zip(ones, others, strict=False)) if a != b), min(map(len, (left, right))))
        *above, (field, _) = way
        best: dict[tuple[int, int], list[Change]] = {(start, start): []}

        def change(first: int, last: int, *nodes: ast.AST) -> Change:
            return Change(tuple(above), field, first, last, nodes)

        for i in range(start, len(left) + 1):
            for j in range(start, len(right) + 1):
                options = []
                if i > start and j > start:
                    options.append(best[i - 1, j - 1] + self._pair(left, right, i - 1, j - 1, way))
                if i > start:
                    options.append([*best[i - 1, j], change(i - 1, i)])
                if j > start:
                    options.append([*best[i, j - 1], change(i, i, right[j - 1])])
                if i > start + 1 and j > start + 1 and ones[i - 2 : i] == others[j - 2 : j][::-1]:
                    options.append([*best[i - 2, j - 2], change(i - 2, i, *right[j - 2 : j])])
                if options:
                    best[i, j] = min(options, key=len)
        return best[len(left), len(right)]

    def _pair(self, left: list[ast.AST], right: list[ast.AST], i: int, j: int, way: Way) -> list[Change]:
        """The changes between two parts that stand for each other."""
        *above, (field, _) = way
        inner = self.changes(left[i], right[j], (*above, (field, i)))
        return [Change(tuple(above), field, i, i + 1, (right[j],))] if inner is None else inner


def all_count(problem: Problem, solution: str, found: Sequence[Edit]) -> bool:
    """Whether every nonempty set of the differences fails a test, so that k of them are k bugs and not fewer.

    Args:
        problem: The problem.
        solution: The right program that the differences are edits of.
        found: The differences.

    Raises:
        OutsideSubset: A part lies outside the subset.
    """
    sets = (chosen for size in range(1, len(found) + 1) for chosen in combinations(found, size))
    return not any(problem.solved_by(edited(solution, chosen)) for chosen in sets)
