"""Dialects that count positions another way: what stands in square brackets behind a value.

The rules read the print alone, so they cannot tell a list from a dictionary; programs in which a dictionary shows
itself are refused, as are positions that are no integers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from generators.families.code.dialects.model import Breach, Dialect, Refused, reread

_OF_DICTIONARIES = frozenset({"items", "keys", "values", "get", "setdefault", "update"})
#: A change of one position.
_Shift = Callable[[ast.expr], ast.expr]


def _check(node: ast.AST) -> None:
    """Refuses a statement in which a dictionary shows itself, or a position that is no integer."""
    for part in ast.walk(node):
        if (
            isinstance(part, ast.Dict)
            or (isinstance(part, ast.Name) and part.id == "dict")
            or (isinstance(part, ast.Attribute) and part.attr in _OF_DICTIONARIES)
        ):
            raise Refused("a dictionary, whose keys are no positions")
        if isinstance(part, ast.Subscript):
            index = part.slice
            if isinstance(index, ast.Tuple) or (isinstance(index, ast.Constant) and type(index.value) is not int):
                raise Refused(f"the position {ast.unparse(index)}, which is no integer")


class _Positions(ast.NodeTransformer):
    """Shifts every position, and every bound of a slice where slices are shifted."""

    def __init__(self, shift: _Shift, *, slices: bool) -> None:
        self._shift, self._slices = shift, slices

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Inner positions first, then this one."""
        self.generic_visit(node)
        index = node.slice
        if not isinstance(index, ast.Slice):
            node.slice = self._shift(index)
        elif self._slices:
            index.lower = self._shift(index.lower) if index.lower else None
            index.upper = self._shift(index.upper) if index.upper else None
        elif index.lower or index.upper or index.step:
            raise Refused("a slice")
        return node


def _changing(shift: _Shift, *, slices: bool, check: bool) -> Callable[[str], str]:
    def change(statement: ast.stmt) -> ast.AST:
        if check:
            _check(statement)
        node: ast.AST = _Positions(shift, slices=slices).visit(statement)
        return node

    return lambda line: reread(line, change)


def _number(node: ast.expr) -> int | None:
    """The value of an integer that is printed as one, with or without a minus sign."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand) if isinstance(node.operand, ast.Constant) else None
        return -value if value else None  # `-0` is not how anybody writes 0
    return None


def _as_number(value: int) -> ast.expr:
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def _behind_minus(node: ast.expr) -> bool:
    return ast.unparse(node).startswith("-")


def _raised(first: int) -> _Shift:
    """Positions counted from `first` on; those that begin with a minus sign stay."""

    def shift(node: ast.expr) -> ast.expr:
        if _behind_minus(node):
            return node
        value = _number(node)
        return ast.BinOp(node, ast.Add(), ast.Constant(first)) if value is None else ast.Constant(value + first)

    return shift


def _lowered(first: int) -> _Shift:
    """The inverse of `_raised`."""

    def shift(node: ast.expr) -> ast.expr:
        if _behind_minus(node):
            return node
        value = _number(node)
        if value is not None and value >= first:
            return ast.Constant(value - first)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _number(node.right) == first:
            return node.left
        raise Breach(f"the position {ast.unparse(node)} counts from less than {first}")

    return shift


def _from_end(node: ast.expr) -> ast.expr:
    value = _number(node)
    return ast.BinOp(_as_number(-1), ast.Sub(), node) if value is None else _as_number(-1 - value)


def _from_start(node: ast.expr) -> ast.expr:
    """The inverse of `_from_end`."""
    value = _number(node)
    if value is not None:
        return _as_number(-1 - value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and _number(node.left) == -1:
        return node.right
    raise Breach(f"the position {ast.unparse(node)} does not count from the end")


def _counted_from(name: str, word: str, first: int, positions: str) -> Dialect:
    return Dialect(
        name,
        f"Positions count from {word} on: {positions}. In square brackets behind a value, a number is {word} greater "
        f"than in Python, and `+ {first}` stands behind any other index; the same goes for both bounds of a slice, but "
        "not for its step. An index or a bound that begins with a minus sign, or that is left out, stays as it is.",
        _changing(_raised(first), slices=True, check=True),
        _changing(_lowered(first), slices=True, check=False),
        "positions",
    )


INDICES = (
    _counted_from("one_indexed", "one", 1, "the first item is at 1, the second at 2"),
    _counted_from("two_indexed", "two", 2, "the first item is at 2, none at 1"),
    Dialect(
        "indexed_from_the_end",
        "Positions count from the end: the last item is at 0, the one before it at 1, the first at -1. In square "
        "brackets behind a value a number is replaced accordingly, and `-1 -` stands before any other index, which is "
        "put in round brackets where it needs them.",
        _changing(_from_end, slices=False, check=True),
        _changing(_from_start, slices=False, check=False),
        "positions",
    ),
)
