"""Printed calculations, computed in exact fractions from their print."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction

from generators.core import Disproof

_OPERATORS: dict[type[ast.AST], Callable[..., Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def value_of(shown: str) -> Fraction | None:
    """The value of a printed calculation; None where it is put in words or is an inverse modulo a number.

    Raises:
        Disproof: It is no calculation, or has no value.
    """
    text = re.sub(r"\|(.*)\|", r"abs(\1)", re.sub(r"(\d+)!", r"f(\1)", shown)).replace("^", "**").replace("mod", "%")
    if re.search(r"third|sum|1 / \d+ %", text):
        return None
    try:
        return _evaluated(ast.parse(text, mode="eval").body)
    except (SyntaxError, KeyError, ZeroDivisionError):
        raise Disproof(f"{shown[:60]!r} is no calculation") from None


def _evaluated(node: ast.AST) -> Fraction:
    """A syntax tree in exact fractions.

    Raises:
        KeyError: It holds what no worked solution does.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return Fraction(node.value)
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Pow):
            return _evaluated(node.left) ** int(_evaluated(node.right))
        return _OPERATORS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_evaluated(node.operand))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return Fraction(_FUNCTIONS[node.func.id](*(_evaluated(argument) for argument in node.args)))
    raise KeyError(type(node).__name__)


_FUNCTIONS: dict[str, Callable[..., int | Fraction]] = {
    "C": lambda n, k: math.comb(int(n), int(k)),
    "abs": abs,
    "f": lambda n: math.factorial(int(n)),
}
