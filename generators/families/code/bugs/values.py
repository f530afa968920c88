"""Bugs in values: the wrong variable, number or text, a wrong start, one too many or too few."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generators.families.code.bugs.edits import Edit
from generators.families.code.bugs.kinds import Spot, kind, number, value_of

#: Integers that any other may be mistaken for.
NUMBERS = (-1, 0, 1, 2)


@kind
def off_by_one(spot: Spot) -> Iterator[Edit]:
    """An index, a bound of a slice or a range, or a limit that is one off."""
    node = spot.node
    if isinstance(node, ast.Slice):
        if node.lower is None:
            yield spot.put("lower", number(1))
        elif value_of(node.lower) == 1:
            yield spot.put("lower", None)
        if node.upper is None:
            yield spot.put("upper", number(-1))
        elif value_of(node.upper) == -1:
            yield spot.put("upper", None)
    elif _is_range(node) and len(node.args) == 1:
        yield spot.splice("args", 0, 0, number(1))
    elif _is_range(node) and len(node.args) == 2 and value_of(node.args[0]) == 1:
        yield spot.splice("args", 0, 1)
    if isinstance(node, ast.expr) and _counts(spot):
        yield from map(spot.becomes, _one_off(node))


def _is_range(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"


def _counts(spot: Spot) -> bool:
    """Whether a node is an integer, not a written one, used as an index, bound or limit."""
    parent, (field, position) = spot.above[-1], spot.way[-1]
    if value_of(spot.node) is not None or not spot.program.has_type(spot.node, int):
        return False
    return (
        (isinstance(parent, ast.Subscript) and field == "slice")
        or (isinstance(parent, ast.Slice) and field in ("lower", "upper"))
        or (_is_range(parent) and field == "args" and position in (0, 1))
        or (isinstance(parent, ast.Compare) and field == "comparators")
        or isinstance(parent, ast.Return)
    )


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    """An expression one more and one less; where one is added or taken away already, only without it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) and value_of(node.right) == 1:
        yield node.left
    else:
        yield ast.BinOp(node, ast.Add(), number(1))
        yield ast.BinOp(node, ast.Sub(), number(1))


@kind
def initial_value(spot: Spot) -> Iterator[Edit]:
    """A variable that starts with another value before a loop."""
    node = spot.node
    if not isinstance(node, ast.Assign):
        return
    field, position = spot.way[-1]
    behind = getattr(spot.above[-1], field)[(position or 0) + 1 :]
    if not any(isinstance(later, ast.For | ast.While) for later in behind):
        return
    value = value_of(node.value)
    if value is not None:
        yield from (spot.put("value", number(other)) for other in NUMBERS if other != value)
    elif isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool):
        yield spot.put("value", ast.Constant(not node.value.value))


@kind
def constant(spot: Spot) -> Iterator[Edit]:
    """Another number: a near one, or one that stands elsewhere in the program; `True` for `False`."""
    value = value_of(spot.node)
    if value is not None and not isinstance(spot.above[-1], ast.UnaryOp):
        own = [other for other in spot.program.constants if type(other) is int]
        near = {value - 1, value + 1, -value, *NUMBERS, *own} - {value}
        yield from (spot.becomes(number(other)) for other in sorted(near))
    elif isinstance(spot.node, ast.Constant) and isinstance(spot.node.value, bool):
        yield spot.becomes(ast.Constant(not spot.node.value))


@kind
def text(spot: Spot) -> Iterator[Edit]:
    """Another text of the program; a blank for none, none for a blank."""
    if isinstance(spot.node, ast.Constant) and isinstance(spot.node.value, str):
        own = {other for other in spot.program.constants if isinstance(other, str)}
        blanks = {"", " "} if spot.node.value in ("", " ") else set()
        yield from (spot.becomes(ast.Constant(other)) for other in sorted((own | blanks) - {spot.node.value}))


@kind
def variable(spot: Spot) -> Iterator[Edit]:
    """Another variable of the same type."""
    node = spot.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from (spot.becomes(ast.Name(other, ast.Load())) for other in spot.program.alike(node.id))
