"""Bugs in operators: comparisons, arithmetic, `and` and `or`, `not`, updates in place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from generators.families.code.bugs.edits import Edit
from generators.families.code.bugs.kinds import Spot, kind, value_of

_BOUNDARY: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_OPPOSITE: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_COMPARISONS: Sequence[type[ast.cmpop]] = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_ARITHMETIC: Sequence[type[ast.operator]] = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_UPDATES: Sequence[type[ast.operator]] = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)


@kind
def boundary(spot: Spot) -> Iterator[Edit]:
    """`<` for `<=`, and the like."""
    if isinstance(spot.node, ast.Compare):
        for i, operator in enumerate(spot.node.ops):
            if type(operator) in _BOUNDARY:
                yield spot.put("ops", _BOUNDARY[type(operator)](), i)


@kind
def negation(spot: Spot) -> Iterator[Edit]:
    """A condition turned into its opposite."""
    node = spot.node
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _OPPOSITE:
        yield spot.put("ops", _OPPOSITE[type(node.ops[0])](), 0)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield spot.becomes(node.operand)
    elif isinstance(node, ast.expr) and not isinstance(node, ast.Compare | ast.BoolOp) and _is_condition(spot):
        yield spot.becomes(ast.UnaryOp(ast.Not(), node))


def _is_condition(spot: Spot) -> bool:
    parent, (field, _) = spot.above[-1], spot.way[-1]
    if field in ("test", "ifs"):
        return True
    return isinstance(parent, ast.BoolOp)


@kind
def comparison(spot: Spot) -> Iterator[Edit]:
    """Another comparison altogether."""
    if isinstance(spot.node, ast.Compare):
        for i, operator in enumerate(spot.node.ops):
            if type(operator) in _COMPARISONS:
                nearby = (type(operator), _BOUNDARY.get(type(operator)), _OPPOSITE[type(operator)])
                yield from (spot.put("ops", other(), i) for other in _COMPARISONS if other not in nearby)


@kind
def arithmetic(spot: Spot) -> Iterator[Edit]:
    """Another arithmetic operator."""
    if isinstance(spot.node, ast.BinOp) and type(spot.node.op) in _ARITHMETIC:
        yield from (spot.put("op", other()) for other in _ARITHMETIC if other is not type(spot.node.op))


@kind
def connective(spot: Spot) -> Iterator[Edit]:
    """`and` for `or`, `or` for `and`."""
    if isinstance(spot.node, ast.BoolOp):
        yield spot.put("op", ast.Or() if isinstance(spot.node.op, ast.And) else ast.And())


@kind
def update(spot: Spot) -> Iterator[Edit]:
    """Another update in place, or `=` for one, or one for `=`."""
    node = spot.node
    if isinstance(node, ast.AugAssign):
        if type(node.op) in _UPDATES:
            yield from (spot.put("op", other()) for other in _UPDATES if other is not type(node.op))
        if value_of(node.value) is None:
            yield spot.becomes(ast.Assign([node.target], node.value, lineno=0))
    elif isinstance(node, ast.Assign) and value_of(node.value) is None:
        target = node.targets[0]
        if isinstance(target, ast.Name | ast.Subscript) and ast.unparse(target) not in ast.unparse(node.value):
            yield spot.becomes(ast.AugAssign(target, ast.Add(), node.value))
