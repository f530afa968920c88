"""Bugs in calls and parts: the wrong function or method, parts in the wrong order, a copy that is none."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generators.families.code.bugs.edits import Edit
from generators.families.code.bugs.kinds import Spot, call, kind, number, value_of

_BUILTIN_PAIRS = "min max, any all, sum max, sum min, sum len, sorted list, list set, ord int"
_METHOD_PAIRS = """
    lstrip rstrip, strip lstrip, strip rstrip, find rfind, find index, find count, lower upper, lower capitalize,
    upper capitalize, lower swapcase, upper swapcase, keys values, startswith endswith, islower isupper,
    isalpha isalnum, isdigit isalnum, isalpha isdigit, isalpha islower, isalpha isupper, remove discard
"""
#: Ways to copy, all of a list.
_COPIES = ("list", "sorted")


def _partners(pairs: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs.split(","):
        one, other = pair.split()
        found[one].append(other)
        found[other].append(one)
    return found


_BUILTINS, _METHODS = _partners(_BUILTIN_PAIRS), _partners(_METHOD_PAIRS)


@kind
def function(spot: Spot) -> Iterator[Edit]:
    """A builtin for another that it is easily mistaken for; `abs` forgotten or needless."""
    node = spot.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and spot.program.has_type(node, int):
            yield spot.becomes(call("abs", node))
        return
    yield from (spot.put("func", ast.Name(other, ast.Load())) for other in _BUILTINS.get(node.func.id, ()))
    if node.func.id == "abs":
        yield spot.becomes(node.args[0])


@kind
def method(spot: Spot) -> Iterator[Edit]:
    """A method for another: from the wrong end, of the wrong case, at the wrong place."""
    node = spot.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    owner, name, arguments = node.func.value, node.func.attr, node.args

    def other(attribute: str, *given: ast.expr) -> Edit:
        return spot.becomes(ast.Call(ast.Attribute(owner, attribute, ast.Load()), list(given), []))

    yield from (other(partner, *arguments) for partner in _METHODS.get(name, ()))
    if name == "append":
        yield other("insert", number(0), *arguments)
    elif name == "insert" and value_of(arguments[0]) == 0:
        yield other("append", arguments[1])
    elif name == "pop" and not arguments:
        yield other("pop", number(0))
    elif name == "pop" and value_of(arguments[0]) == 0:
        yield other("pop")


@kind
def argument_order(spot: Spot) -> Iterator[Edit]:
    """Two neighbouring arguments or parts exchanged, or the two sides of an operator for which it matters."""
    node = spot.node
    if isinstance(node, ast.Call):
        yield from _exchanged(spot, "args", node.args)
    elif isinstance(node, ast.List | ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield from _exchanged(spot, "elts", node.elts)
    elif isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mult):
        if not (isinstance(node.op, ast.Add) and spot.program.has_type(node, int)):
            yield spot.becomes(ast.BinOp(node.right, node.op, node.left))
    elif isinstance(node, ast.IfExp):
        yield spot.becomes(ast.IfExp(node.test, node.orelse, node.body))


def _exchanged(spot: Spot, field: str, parts: Sequence[ast.expr]) -> Iterator[Edit]:
    for i in range(len(parts) - 1):
        yield spot.splice(field, i, i + 2, parts[i + 1], parts[i])


@kind
def alias(spot: Spot) -> Iterator[Edit]:
    """The thing itself where a copy is wanted, or a copy where the thing itself is; rows that are one row."""
    node = spot.node
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load):
        if node.slice.lower is None and node.slice.upper is None and node.slice.step is None:
            yield spot.becomes(node.value)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in _COPIES and len(node.args) == 1:
            yield spot.becomes(node.args[0])
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "copy":
            yield spot.becomes(node.func.value)
    elif isinstance(node, ast.ListComp) and isinstance(node.elt, ast.BinOp | ast.List):
        yield from (
            spot.becomes(ast.BinOp(ast.List([node.elt], ast.Load()), ast.Mult(), times)) for times in _times(node)
        )
    if _is_assigned(spot) and (isinstance(node, ast.Subscript) or spot.program.has_type(node, list)):
        yield spot.becomes(ast.Subscript(node, ast.Slice(), ast.Load()))


def _is_assigned(spot: Spot) -> bool:
    """Whether a node, a variable or a part of one, is the whole value of an assignment."""
    return (
        isinstance(spot.node, ast.Name | ast.Subscript)
        and isinstance(spot.above[-1], ast.Assign)
        and (spot.way[-1][0] == "value")
    )


def _times(node: ast.ListComp) -> Iterator[ast.expr]:
    """How often a comprehension repeats its element, if that is all that it does."""
    (rounds, *more) = node.generators
    match rounds.iter:
        case ast.Call(func=ast.Name(id="range"), args=[times]) if not more and not rounds.ifs:
            yield times
