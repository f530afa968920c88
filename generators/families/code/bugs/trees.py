"""Equality of trees, fast: `ast.dump` of every part of a program costs more than running it."""

from __future__ import annotations

import ast
from typing import Any


def alike(one: Any, other: Any) -> bool:
    """Whether two nodes, lists of nodes or plain values say the same, be it read or assigned to."""
    if isinstance(one, ast.expr_context):
        return isinstance(other, ast.expr_context)
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, ast.AST):
        return all(alike(getattr(one, field, None), getattr(other, field, None)) for field in one._fields)
    return bool(one == other)


class Numbers:
    """Numbers nodes so that two have one number just where they are alike; for nodes that stay as they are."""

    def __init__(self) -> None:
        self._by_shape: dict[tuple[Any, ...], int] = {}
        self._by_node: dict[int, int] = {}
        self._sizes: dict[int, int] = {}

    def of(self, part: Any) -> Any:
        """What a node, a list of nodes or a plain value is equal by."""
        if isinstance(part, list):
            return [self.of(each) for each in part]
        if not isinstance(part, ast.AST):
            return type(part), part
        if id(part) not in self._by_node:
            fields = (getattr(part, field, None) for field in part._fields if field != "ctx")
            shape = (type(part), *(tuple(found) if isinstance(found := self.of(f), list) else found for f in fields))
            self._by_node[id(part)] = self._by_shape.setdefault(shape, len(self._by_shape))
        return self._by_node[id(part)]

    def size(self, node: ast.AST) -> int:
        """The number of nodes in a node, itself included."""
        if id(node) not in self._sizes:
            self._sizes[id(node)] = 1 + sum(map(self.size, ast.iter_child_nodes(node)))
        return self._sizes[id(node)]
