"""Edits of a program's tree: stretches of it replaced by other nodes, several at a time, and printed again."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

#: A way down a tree: fields, with positions where a field is a list.
Way = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of a tree that is replaced.

    Attributes:
        way: The way down to the node whose part it is.
        field: That node's field.
        start: Where the field is a list: the first of the parts that go; None where it is not.
        stop: Behind the last of them; equal to `start` where parts are only added.
        nodes: What comes in their place; empty where a part only goes.
    """

    way: Way
    field: str
    start: int | None
    stop: int | None
    nodes: tuple[ast.AST, ...]

    @property
    def grows(self) -> bool:
        """Whether parts are only added to a list."""
        return self.start is not None and self.start == self.stop

    def touches(self, other: Change) -> bool:
        """Whether two changes concern the same stretch, or one lies within the other."""
        if self.way == other.way and self.field == other.field:
            if self.start is None or self.stop is None or other.start is None or other.stop is None:
                return True
            return self.start <= other.stop and other.start <= self.stop
        return self._holds(other) or other._holds(self)

    def _holds(self, other: Change) -> bool:
        depth = len(self.way)
        if len(other.way) <= depth or other.way[:depth] != self.way:
            return False
        field, position = other.way[depth]
        if field != self.field or self.start is None or self.stop is None or position is None:
            return field == self.field
        return self.start <= position < self.stop


#: What one mistake does to a tree; two changes where it moves something.
Edit = tuple[Change, ...]


def apart(one: Edit, other: Edit) -> bool:
    """Whether two edits lie at distinct places."""
    return not any(a.touches(b) for a, b in product(one, other))


def all_apart(edits: Sequence[Edit]) -> bool:
    """Whether any two of some edits lie at distinct places."""
    return all(apart(one, other) for one, other in combinations(edits, 2))


def edited(source: str, edits: Sequence[Edit]) -> str:
    """A program with some edits, as `ast.unparse` prints it.

    Args:
        source: The program.
        edits: Edits of it that lie at distinct places.
    """
    tree = ast.parse(source)
    changes = [change for edit in edits for change in edit]
    # Parents first: positions of the lists above them move when changes are made, nodes do not.
    parents = [_down(tree, change.way) for change in changes]
    pairs = sorted(zip(changes, parents, strict=True), key=lambda pair: (pair[0].start or 0, pair[0].stop or 0))
    for change, parent in reversed(pairs):
        if change.start is None:
            setattr(parent, change.field, change.nodes[0] if change.nodes else None)
        else:
            getattr(parent, change.field)[change.start : change.stop] = change.nodes
    return ast.unparse(tree)


def _down(tree: ast.AST, way: Way) -> Any:
    node: Any = tree
    for field, position in way:
        node = getattr(node, field) if position is None else getattr(node, field)[position]
    return node
