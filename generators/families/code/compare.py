"""How one printed program differs from another: the prover's own count of bugs, made from the two texts alone.

Two trees are laid side by side. Lists of parts are aligned so that as few places as possible differ: a part that stands
on one side only was left out or put in, two neighbours in the other order were exchanged, and what was left out at one
place and put in at another was moved.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from itertools import combinations, takewhile
from typing import Any

from generators.families.code.bugs.edits import Change, Edit, Way, edited
from generators.families.code.bugs.trees import Numbers, alike
from generators.families.code.problems import Problem
from generators.families.code.running import OutsideSubset, parsed

#: Changes, and how many nodes they concern; the fewer nodes, the better they say what differs.
_Priced = tuple[int, tuple[Change, ...]]


def differences(left: str, right: str) -> list[Edit]:
    """All places where a program differs from another, as edits that make it of the other.

    Args:
        left: The other program, usually a right one.
        right: The program.

    Raises:
        OutsideSubset: One of them does not parse, or they are not one function of one name.
    """
    tree = parsed(left)
    return _joined(tree, _compared(tree, parsed(right))[1])


def nearest(solutions: Sequence[str], texts: Sequence[str]) -> str:
    """The one of some right programs that differs in the fewest nodes from some programs together; raises like above.

    Nodes and not places, since one place where all of a program is another would count as one.
    """
    return min(solutions, key=lambda own: sum(_compared(parsed(own), parsed(text))[0] for text in texts))


def shows(left: str, edits: Sequence[Edit], right: str) -> bool:
    """Whether what a program differs in from another is just some edits, as the two texts show."""
    found = differences(left, right)
    return len(found) == len(edits) and {edited(left, [each]) for each in found} == {
        edited(left, [each]) for each in edits
    }


def _compared(one: ast.Module, other: ast.Module) -> _Priced:
    found = _Comparison().changes(one, other, ())
    if found is None or any(not change.way for change in found[1]):
        raise OutsideSubset("another function than the other program")
    return found


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
        self._numbers = Numbers()
        self._number = self._numbers.of

    def changes(self, left: ast.AST, right: ast.AST, way: Way) -> _Priced | None:
        """What makes the right node of the left one; None where that is best said by replacing it as a whole."""
        if type(left) is not type(right):
            return None
        unlike = [f for f in left._fields if self._number(getattr(left, f)) != self._number(getattr(right, f))]
        if len(unlike) == 2 and self._exchanged(left, right, *unlike):
            # Like two neighbours in the other order: one place, and what was moved is the smaller of the two.
            (field, position), above = way[-1], way[:-1]
            stop = None if position is None else position + 1
            price = min(sum(map(self._numbers.size, _all(getattr(left, each)))) for each in unlike)
            return price, (Change(above, field, position, stop, (right,)),)
        price, found = 0, list[Change]()
        for field in unlike:
            one, other = getattr(left, field), getattr(right, field)
            if isinstance(one, list):
                part = self._aligned(one, other, way, field)
            elif isinstance(one, ast.AST | None) and isinstance(other, ast.AST | None):
                inner = self.changes(one, other, (*way, (field, None))) if one and other else None
                part = inner or self._priced(Change(way, field, None, None, _some(other)), *_some(one))
            else:
                return None
            price, found = price + part[0], [*found, *part[1]]
        return price, tuple(found)

    def _exchanged(self, left: ast.AST, right: ast.AST, one: str, other: str) -> bool:
        """Whether two fields of a node hold each other's part."""
        return bool(
            self._number(getattr(left, one)) == self._number(getattr(right, other))
            and self._number(getattr(left, other)) == self._number(getattr(right, one))
        )

    def _aligned(self, left: list[ast.AST], right: list[ast.AST], way: Way, field: str) -> _Priced:
        """What makes one list of parts of another, by the usual table of all beginnings of what is unlike in them."""
        ones, others = self._number(left), self._number(right)
        start = _common(ones, others)
        behind = _common(ones[start:][::-1], others[start:][::-1])
        best: dict[tuple[int, int], _Priced] = {(start, start): (0, ())}
        for i in range(start, len(left) - behind + 1):
            for j in range(start, len(right) - behind + 1):
                options = []
                if i > start and j > start:
                    inner = self.changes(left[i - 1], right[j - 1], (*way, (field, i - 1)))
                    whole = Change(way, field, i - 1, i, (right[j - 1],))
                    options.append(_sum(best[i - 1, j - 1], inner or self._priced(whole, left[i - 1])))
                if i > start:
                    options.append(_sum(best[i - 1, j], self._priced(Change(way, field, i - 1, i, ()), left[i - 1])))
                if j > start:
                    options.append(_sum(best[i, j - 1], self._priced(Change(way, field, i, i, (right[j - 1],)))))
                if i > start + 1 and j > start + 1 and ones[i - 2 : i] == others[j - 2 : j][::-1]:
                    swap = Change(way, field, i - 2, i, tuple(right[j - 2 : j]))
                    options.append(_sum(best[i - 2, j - 2], (min(map(self._numbers.size, swap.nodes)), (swap,))))
                if options:
                    best[i, j] = min(options, key=lambda option: option[0])
        return best[len(left) - behind, len(right) - behind]

    def _priced(self, change: Change, *gone: ast.AST) -> _Priced:
        return sum(map(self._numbers.size, (*gone, *change.nodes))), (change,)


def _all(part: object) -> Sequence[ast.AST]:
    """The nodes that a field holds."""
    return part if isinstance(part, list) else _some(part if isinstance(part, ast.AST) else None)


def _some(part: ast.AST | None) -> tuple[ast.AST, ...]:
    return () if part is None else (part,)


def _common(ones: Sequence[int], others: Sequence[int]) -> int:
    """How many parts two lists begin with alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(ones, others, strict=False))))


def _sum(one: _Priced, other: _Priced) -> _Priced:
    return one[0] + other[0], one[1] + other[1]


def all_count(problem: Problem, solution: str, found: Sequence[Edit], known: dict[str, bool]) -> bool:
    """Whether every nonempty set of the differences fails a test, so that k of them are k bugs and not fewer.

    Args:
        problem: The problem.
        solution: The right program that the differences are edits of.
        found: The differences.
        known: Programs of which it is known whether they pass every test; those that are run are added.

    Raises:
        OutsideSubset: A part lies outside the subset.
    """
    for size in range(1, len(found) + 1):
        for chosen in combinations(found, size):
            text = edited(solution, chosen)
            if text not in known:
                known[text] = problem.solved_by(text)
            if known[text]:
                return False
    return True
