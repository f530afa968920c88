"""What nobody would write, by slip or on purpose: operations that do nothing, code that is never reached."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from generators.families.code.bugs.kinds import value_of
from generators.families.code.bugs.trees import alike

_LEAVING = ast.Return | ast.Break | ast.Continue


@lru_cache(maxsize=10_000)
def oddities(source: str) -> int:
    """How many nodes of a program are odd."""
    return sum(_odd(node) for node in ast.walk(ast.parse(source)))


def _odd(node: ast.AST) -> bool:
    match node:
        case ast.BinOp():
            return _idle(node.op, node.left) or _idle(node.op, node.right) or _twins([node.left, node.right])
        case ast.AugAssign():
            return _idle(node.op, node.value) or _twins([node.target, node.value])
        case ast.Assign():
            return _twins([node.targets[0], node.value])
        case ast.Compare():
            ordered = not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn)
            sides = [node.left, *node.comparators]
            return _twins(sides) or (ordered and any(isinstance(getattr(side, "value", None), str) for side in sides))
        case ast.BoolOp():
            return _twins(node.values)
        case ast.Call(func=ast.Name(id="min" | "max" | "range")):
            return _twins(node.args) or (len(node.args) > 1 and all(value_of(part) is not None for part in node.args))
        case ast.Slice(lower=ast.expr() as lower, upper=ast.expr() as upper):
            return _twins([lower, upper])
        case ast.If() | ast.For() | ast.While() | ast.FunctionDef():
            return any(map(_odd_block, (node.body, getattr(node, "orelse", []))))
    return False


def _odd_block(block: Sequence[ast.stmt]) -> bool:
    """Whether a block says one thing twice in a row, or goes on behind a way out."""
    return any(isinstance(one, _LEAVING) or alike(one, other) for one, other in pairwise(block))


def _idle(operator: ast.operator, side: ast.expr) -> bool:
    """Whether a written number does nothing in an operation, or all: 0 added, a factor 0 or 1."""
    return value_of(side) in ((0,) if isinstance(operator, ast.Add | ast.Sub) else (0, 1))


def _twins(parts: Sequence[ast.expr]) -> bool:
    """Whether two neighbouring parts are equal, or both written numbers."""
    return any(
        alike(one, other) or (value_of(one) is not None and value_of(other) is not None)
        for one, other in pairwise(parts)
    )
