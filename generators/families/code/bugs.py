"""Plants bugs: the places of a program where one token can be another, and which tokens make a slip there.

A *site* is one token of a solution: a comparison or arithmetic operator, or an operand (a variable that holds
integers, or an integer). A *slip* is another token of the site's kind that a person could have written by mistake: it
changes nothing else of the program; the program still halts on all tests, fails some, passes some, crashes on at most
half of them, and never for want of a variable's value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from generators.families.code.problems import Problem, problem
from generators.families.code.running import OutsideSubset, compiled, outcome, types_seen

COMPARISON, ARITHMETIC, OPERAND = "comparison", "arithmetic", "operand"
OPERATORS: Mapping[str, tuple[str, ...]] = {
    COMPARISON: ("<", "<=", ">", ">=", "==", "!="),
    ARITHMETIC: ("+", "-", "*", "//", "%"),
}
#: Integers that stand for any operand, besides those of the program itself.
NUMBERS = ("-1", "0", "1", "2")
_ZERO = "0"
_ASSIGNED = re.compile(r"(?P<name>\w+) (?P<sign>[-+]?)= $")
#: The name by which a program with variants reads which of them is to run.
_SWITCH = "variant_"


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """One token of a solution; all places are offsets in its text.

    Attributes:
        start: The token's first character.
        end: Behind its last character.
        kind: `comparison`, `arithmetic` or `operand`.
        token: What stands there in the right program.
        left: First character of the whole expression of operators that the token stands in.
        right: Behind the last character of that expression.
    """

    start: int
    end: int
    kind: str
    token: str
    left: int
    right: int

    def expression(self, source: str, token: str) -> str:
        """The expression around the site with another token."""
        return source[self.left : self.start] + token + source[self.end : self.right]


class _Finder:
    """Collects the sites of one program."""

    def __init__(self, source: str, integers: frozenset[str]) -> None:
        self.source, self.integers = source, integers
        self.found: list[Site] = []
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line.encode()))

    def _offset(self, line: int, column: int) -> int:
        """Offset in characters; the parser counts bytes."""
        return len(self.source.encode()[: self._lines[line - 1] + column].decode())

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Where an expression stands."""
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno or 0, node.end_col_offset or 0)

    def _operator(self, kind: str, left: ast.expr, right: ast.expr, around: tuple[int, int]) -> None:
        """The operator between two expressions, if it is one of its kind's tokens."""
        end = self.span(left)[1]
        gap = self.source[end : self.span(right)[0]]
        token = gap.strip("() ")
        if token in OPERATORS[kind]:
            start = end + gap.index(token)
            self.found.append(Site(start, start + len(token), kind, token, *around))

    def visit(self, node: ast.AST, around: tuple[int, int] | None = None) -> None:
        """Collects the sites of a node and of all below it; `around` is the span of the operators that it stands in."""
        if isinstance(node, ast.Compare | ast.BinOp | ast.UnaryOp):
            around = around or self.span(node)
        if isinstance(node, ast.Compare):
            values = [node.left, *node.comparators]
            for left, right in pairwise(values):
                self._operator(COMPARISON, left, right, around or self.span(node))
        elif isinstance(node, ast.BinOp):
            self._operator(ARITHMETIC, node.left, node.right, around or self.span(node))
        elif isinstance(node, ast.expr) and self._is_operand(node):
            start, end = self.span(node)
            self.found.append(Site(start, end, OPERAND, self.source[start:end], *(around or (start, end))))
            return
        for child in ast.iter_child_nodes(node):
            inside = isinstance(node, ast.Compare | ast.BinOp | ast.UnaryOp)
            self.visit(child, around if inside else None)

    def _is_operand(self, node: ast.expr) -> bool:
        if isinstance(node, ast.UnaryOp):
            return isinstance(node.op, ast.USub) and _is_number(node)
        return _is_integer(node) or (
            isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self.integers
        )


def _is_integer(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _is_number(node: ast.AST) -> bool:
    return _is_integer(node) or (isinstance(node, ast.UnaryOp) and _is_integer(node.operand))


@cache
def sites(name: str) -> tuple[Site, ...]:
    """All sites of a problem's solution, in the order of the text."""
    each = problem(name)
    seen = types_seen(each.solution, each.arguments)
    finder = _Finder(each.solution, frozenset(variable for variable, types in seen.items() if types == {int}))
    finder.visit(ast.parse(each.solution))
    return tuple(sorted(finder.found))


def edited(source: str, edits: Mapping[Site, str]) -> str:
    """A solution with other tokens at some of its sites."""
    for site in sorted(edits, reverse=True):
        source = source[: site.start] + edits[site] + source[site.end :]
    return source


def _shape(tree: ast.AST) -> object:
    """A tree with everything taken out that an edit may change."""
    if isinstance(tree, ast.Name | ast.Constant) or _is_number(tree):
        return OPERAND
    inner = [child for child in ast.iter_child_nodes(tree) if not isinstance(child, ast.operator | ast.cmpop)]
    return (type(tree).__name__, *map(_shape, inner))


def _odd(node: ast.AST) -> bool:
    """Whether nobody would write an operation: equal sides, two numbers, adding 0, a factor 0 or 1, "below" a text."""
    if isinstance(node, ast.BinOp):
        sides = [node.left, node.right]
        idle = (0,) if isinstance(node.op, ast.Add | ast.Sub) else (0, 1)
        if any(_is_integer(side) and getattr(side, "value", None) in idle for side in sides):
            return True
    elif isinstance(node, ast.Compare):
        sides = [node.left, node.comparators[0]]
        ordered = not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn)
        if ordered and any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in sides):
            return True
    else:
        return False
    return all(map(_is_number, sides)) or ast.dump(sides[0]) == ast.dump(sides[1])


@lru_cache(maxsize=10_000)
def _look(source: str) -> tuple[object, bool, int]:
    """Shape of a text, whether it is as `ast.unparse` prints it, and the odd operations in it."""
    tree = ast.parse(source)
    return _shape(tree), ast.unparse(tree) == source, sum(map(_odd, ast.walk(tree)))


def keeps_shape(before: str, after: str) -> bool:
    """Whether an edited text is as `ast.unparse` prints it, with the structure of the old one."""
    return _look(after)[:2] == (_look(before)[0], True)


def _natural(site: Site, source: str, token: str) -> bool:
    """Whether a token leaves the expression around the site in shape and no odder than it was.

    As the whole value of an assignment it must not be the variable itself, nor a 0 that is added or taken away.
    """
    assigned = _ASSIGNED.search(source[: site.start]) if source[site.end :][:1] in ("", "\n") else None
    if assigned and (token == assigned["name"] or (assigned["sign"] and token == _ZERO)):
        return False
    before, after = site.expression(source, site.token), site.expression(source, token)
    return keeps_shape(before, after) and _look(after)[2] <= _look(before)[2]


@cache
def slips(name: str) -> Mapping[Site, tuple[str, ...]]:
    """The slips of a problem's solution, by site; sites without one are left out."""
    each = problem(name)
    operands = sorted({*NUMBERS, *(site.token for site in sites(name) if site.kind == OPERAND)})
    found = {}
    for site in sites(name):
        options = [token for token in OPERATORS.get(site.kind, operands) if token != site.token]
        natural = [token for token in options if _natural(site, each.solution, token)]
        kept = _slips_at(each, site, natural)
        if kept:
            found[site] = kept
    return found


def _slips_at(each: Problem, site: Site, options: Sequence[str]) -> tuple[str, ...]:
    """Those of some tokens that are slips at a site: all are compiled into one program that chooses among them."""
    if not options:
        return ()
    branches = (f"{site.expression(each.solution, token)} if {_SWITCH}[0] == {i}" for i, token in enumerate(options))
    source = f"{each.solution[: site.left]}({' else '.join(branches)} else 0){each.solution[site.right :]}"
    variant = [0]
    try:
        function = compiled(source, more={_SWITCH: variant})
    except OutsideSubset:  # the width of a zfill must stay a constant
        return ()
    kept = []
    for variant[0], token in enumerate(options):
        if _slipped(function, each):
            kept.append(token)
    return tuple(kept)


def _slipped(function: Callable[..., Any], each: Problem) -> bool:
    """Whether a program that is not the solution fares as a slip does; stops at the first test that decides."""
    seen = {"passed": 0, "wrong": 0, "crashed": 0}
    for packed, expected in zip(each.arguments, each.expected, strict=True):
        found = outcome(function, packed, expected)
        if found in ("endless", "unbound"):
            return False
        seen[found] += 1
        if 2 * seen["crashed"] > len(each.arguments):
            return False
    return seen["passed"] > 0 and seen["passed"] < len(each.arguments)
