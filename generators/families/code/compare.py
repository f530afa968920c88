"""How a printed program differs from a right one: the prover's own count of bugs, made from the two texts alone."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from generators.families.code.problems import Problem
from generators.families.code.running import parsed

#: A way down a tree: fields, with positions where a field is a list.
Path = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two programs differ.

    Attributes:
        path: Where: the way down to the smallest parts that are unlike although all around them is alike.
        part: What the second program has there.
        token: Whether both programs have a single token there: an operator, a name, a constant or a negative number.
    """

    path: Path
    part: Any
    token: bool


def differences(solution: str, source: str) -> list[Difference]:
    """All places where a program differs from the solution.

    Raises:
        OutsideSubset: The program does not parse.
    """
    return list(_differences(parsed(solution), parsed(source), ()))


def _differences(left: Any, right: Any, path: Path) -> Iterator[Difference]:
    if type(left) is not type(right) or not _alike(left, right):
        yield Difference(path, right, _is_token(left) and _is_token(right))
        return
    for field in left._fields:
        one, other = getattr(left, field), getattr(right, field)
        if isinstance(one, ast.AST):
            yield from _differences(one, other, (*path, (field, None)))
        elif isinstance(one, list):
            for i, (a, b) in enumerate(zip(one, other, strict=True)):
                yield from _differences(a, b, (*path, (field, i)))


def _is_token(part: Any) -> bool:
    if isinstance(part, ast.UnaryOp):
        return isinstance(part.op, ast.USub) and isinstance(part.operand, ast.Constant)
    return isinstance(part, ast.Name | ast.Constant | ast.operator | ast.cmpop | ast.boolop)


def _alike(left: ast.AST, right: ast.AST) -> bool:
    """Whether two nodes of one type agree in their plain fields, in which parts they have and in how many."""
    for field in left._fields:
        one, other = getattr(left, field), getattr(right, field)
        if isinstance(one, list):
            if len(one) != len(other) or not all(isinstance(part, ast.AST) for part in [*one, *other]):
                return False
        elif isinstance(one, ast.AST) or isinstance(other, ast.AST):
            if not (isinstance(one, ast.AST) and isinstance(other, ast.AST)):
                return False
        elif type(one) is not type(other) or one != other:
            return False
    return True


def with_differences(solution: str, chosen: Sequence[Difference]) -> ast.Module:
    """The solution's tree with some of the differences put in."""
    tree = parsed(solution)
    for difference in chosen:
        *way, (field, position) = difference.path
        node: Any = tree
        for step, index in way:
            node = getattr(node, step) if index is None else getattr(node, step)[index]
        part = copy.deepcopy(difference.part)
        if position is None:
            setattr(node, field, part)
        else:
            getattr(node, field)[position] = part
    return tree


def all_count(problem: Problem, found: Sequence[Difference]) -> bool:
    """Whether every nonempty set of the differences fails a test, so that k of them are k bugs and not fewer.

    Raises:
        OutsideSubset: A part lies outside the subset.
    """
    sets = (chosen for size in range(1, len(found) + 1) for chosen in combinations(found, size))
    return not any(problem.solved_by(with_differences(problem.solution, chosen)) for chosen in sets)
