"""Bugs in statements: forgotten, needless, at the wrong depth, in the wrong order or branch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from generators.families.code.bugs.edits import Change, Edit, Way
from generators.families.code.bugs.kinds import Spot, expression, is_elif, kind

_SIMPLE = ast.Assign | ast.AugAssign | ast.Expr
_LEAVING = ast.Return | ast.Break | ast.Continue
_COMPOUND = ast.If | ast.For | ast.While
_LOOP = ast.For | ast.While


@kind
def early_return(spot: Spot) -> Iterator[Edit]:
    """A `return` moved into the loop or branch before it, or out of the one that it ends."""
    yield from (edit for edit, moved in _moves(spot) if isinstance(moved, ast.Return))


@kind
def indentation(spot: Spot) -> Iterator[Edit]:
    """Another statement moved into the loop or branch beside it, or out of it."""
    yield from (edit for edit, moved in _moves(spot) if not isinstance(moved, ast.Return))


def _moves(spot: Spot) -> Iterator[tuple[Edit, ast.stmt]]:
    """Moves of one statement over the end of a compound one, or over the head of a loop, and what is moved."""
    for field, block in spot.blocks:
        for i, each in enumerate(block):
            if not isinstance(each, _COMPOUND):
                continue
            way, inner, ends = _last_block(each, (*spot.way, (field, i)))
            if len(ends) > 1 and not isinstance(ends[-1], ast.Break | ast.Continue):
                gone = Change(way, inner, len(ends) - 1, len(ends), ())
                yield (gone, Change(spot.way, field, i + 1, i + 1, (ends[-1],))), ends[-1]
            if i + 1 < len(block) and not isinstance(ends[-1], _LEAVING):
                come = Change(way, inner, len(ends), len(ends), (block[i + 1],))
                yield (come, Change(spot.way, field, i + 1, i + 2, ())), block[i + 1]
            if isinstance(each, _LOOP):
                yield from _over_the_head(spot, field, block, i)


def _over_the_head(spot: Spot, field: str, block: list[ast.stmt], i: int) -> Iterator[tuple[Edit, ast.stmt]]:
    """The statement before a loop as the first in its body, and the other way about."""
    body, way = block[i].body, (*spot.way, (field, i))  # type: ignore[attr-defined] # a loop
    if i and isinstance(block[i - 1], _SIMPLE):
        come = Change(way, "body", 0, 0, (block[i - 1],))
        yield (Change(spot.way, field, i - 1, i, ()), come), block[i - 1]
    if len(body) > 1 and isinstance(body[0], _SIMPLE):
        gone = Change(way, "body", 0, 1, ())
        yield (Change(spot.way, field, i, i, (body[0],)), gone), body[0]


def _last_block(node: ast.stmt, way: Way) -> tuple[Way, str, list[ast.stmt]]:
    """The block that is printed last in a compound statement, and the way to it."""
    while is_elif(node):
        node, way = node.orelse[0], (*way, ("orelse", 0))  # type: ignore[attr-defined] # an `if`
    field = "orelse" if getattr(node, "orelse", None) else "body"
    return way, field, getattr(node, field)


@kind
def elif_or_if(spot: Spot) -> Iterator[Edit]:
    """`if` for `elif`, so that both branches may be taken, or `elif` for `if`."""
    for field, block in spot.blocks:
        for i, each in enumerate(block):
            way = (*spot.way, (field, i))
            if is_elif(each):
                second = each.orelse[0]  # type: ignore[attr-defined] # an `if`
                yield Change(way, "orelse", 0, 1, ()), Change(spot.way, field, i + 1, i + 1, (second,))
            elif isinstance(each, ast.If) and not each.orelse and [*map(type, block[i + 1 : i + 2])] == [ast.If]:
                yield Change(way, "orelse", 0, 0, (block[i + 1],)), Change(spot.way, field, i + 1, i + 2, ())


@kind
def branches(spot: Spot) -> Iterator[Edit]:
    """The two branches of an `if` exchanged."""
    if isinstance(spot.node, ast.If) and spot.node.orelse and not is_elif(spot.node):
        yield spot.becomes(ast.If(spot.node.test, spot.node.orelse, spot.node.body))


@kind
def order(spot: Spot) -> Iterator[Edit]:
    """Two neighbouring statements exchanged."""
    for field, block in spot.blocks:
        for i, (one, other) in enumerate(pairwise(block)):
            if not isinstance(one, _LEAVING) and not isinstance(other, _LEAVING):
                yield spot.splice(field, i, i + 2, other, one)


@kind
def leaving(spot: Spot) -> Iterator[Edit]:
    """`break` for `continue`, `continue` for `break`."""
    if isinstance(spot.node, ast.Break | ast.Continue):
        yield spot.becomes(ast.Continue() if isinstance(spot.node, ast.Break) else ast.Break())


@kind
def edge_case(spot: Spot) -> Iterator[Edit]:
    """A special case forgotten; or one that is none, for arguments that are empty, short or small."""
    for field, block in spot.blocks:
        for i, each in enumerate(block):
            if len(block) > 1 and isinstance(each, ast.If) and not each.orelse and isinstance(each.body[-1], _LEAVING):
                yield spot.splice(field, i, i + 1)
    if isinstance(spot.node, ast.FunctionDef):
        for test in _special(spot):
            for result in _results(spot):
                yield spot.splice("body", 0, 0, ast.If(expression(test), [ast.Return(result)], []))


def _special(spot: Spot) -> Iterator[str]:
    """Conditions on the arguments that look like special cases."""
    for name in (argument.arg for argument in spot.node.args.args):
        if spot.program.types.get(name) in ({list}, {str}):
            yield from (f"not {name}", f"len({name}) == 1", f"len({name}) < 2")
        elif spot.program.types.get(name) == {int}:
            yield from (f"{name} < 1", f"{name} == 1", f"{name} < 2")


def _results(spot: Spot) -> Iterator[ast.expr]:
    """What a special case may return: an argument, or the like of it, of the type of the program's results."""
    results = spot.program.results
    for plain in (0, 1, False, True, ""):
        if type(plain) in results:
            yield ast.Constant(plain)
    if list in results:
        yield ast.List([], ast.Load())
    for name in (argument.arg for argument in spot.node.args.args):
        if spot.program.types.get(name, set()) == results:
            yield ast.Name(name, ast.Load())


@kind
def forgotten(spot: Spot) -> Iterator[Edit]:
    """A statement forgotten."""
    for field, block in spot.blocks:
        for i, each in enumerate(block):
            if len(block) > 1 and isinstance(each, ast.Assign | ast.AugAssign | ast.Expr | ast.Break | ast.Continue):
                yield spot.splice(field, i, i + 1)


@kind
def needless(spot: Spot) -> Iterator[Edit]:
    """A statement of the program once more, at the end of a block or behind a loop or branch; a needless way out."""
    own = [node for node, _ in spot.program.nodes if isinstance(node, _SIMPLE)]
    for field, block in spot.blocks:
        texts = [ast.unparse(each) for each in block]
        for i in range(1, len(block) + 1):
            if isinstance(block[i - 1], _LEAVING) or not (i == len(block) or isinstance(block[i - 1], _COMPOUND)):
                continue
            for each in own:
                if ast.unparse(each) not in texts[i - 1 : i + 1]:
                    yield spot.splice(field, i, i, each)
            if i == len(block) and isinstance(spot.node, ast.If) and spot.in_loop:
                yield from (spot.splice(field, i, i, way_out) for way_out in (ast.Break(), ast.Continue()))
