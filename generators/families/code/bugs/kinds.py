"""The kinds of bug: each is a small function that says what a person could have written by mistake at a node.

A kind is a function under `@kind`, in one of the files of this package; nothing else lists them. It sees every node of
a program with its surroundings (a `Spot`) and gives edits; whether an edit is a bug is found out by running it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from generators.families.code.bugs.edits import Change, Edit, Way

#: Blocks of statements, by the field that holds them.
BLOCKS = ("body", "orelse")


@dataclass(frozen=True)
class Program:
    """A right program and what is known of it.

    Attributes:
        source: Its text.
        types: The types that each variable was seen to have.
        results: The types of its results.
    """

    source: str
    types: Mapping[str, set[type]]
    results: frozenset[type]

    @cached_property
    def tree(self) -> ast.Module:
        """Its tree; not to be changed."""
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> Sequence[tuple[ast.AST, Way]]:
        """All nodes with the ways to them, in the order of the text."""
        return tuple(_walk(self.tree, ()))

    @cached_property
    def spots(self) -> Sequence[tuple[ast.AST, Way, Sequence[ast.AST]]]:
        """All nodes but the outermost, with the ways to them and the nodes on these, in the order of the text."""
        by_way = {way: node for node, way in self.nodes}
        return [(node, way, [by_way[way[:depth]] for depth in range(len(way))]) for node, way in self.nodes if way]

    @cached_property
    def constants(self) -> Sequence[Any]:
        """Texts and integers that stand in it, each once, sorted by type and value."""
        found = {
            (type(node.value).__name__, node.value)
            for node, _ in self.nodes
            if isinstance(node, ast.Constant) and type(node.value) in (int, str)
        }
        return [value for _, value in sorted(found)]

    def alike(self, name: str) -> Sequence[str]:
        """Other variables that always had the one type that a variable had."""
        own = self.types.get(name, set())
        return sorted(other for other, types in self.types.items() if types == own and other != name and len(own) == 1)

    def has_type(self, node: ast.AST, kind: type) -> bool:
        """Whether an expression surely has a type, as far as the types of variables and operators tell."""
        if isinstance(node, ast.Constant):
            return type(node.value) is kind
        if isinstance(node, ast.Name):
            return self.types.get(node.id) == {kind}
        if isinstance(node, ast.UnaryOp):
            return self.has_type(node.operand, kind)
        if isinstance(node, ast.BinOp):
            repeated = isinstance(node.op, ast.Mult) and kind is not int
            return self.has_type(node.left, kind) and (repeated or self.has_type(node.right, kind))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.func.id == kind.__name__ or (kind is int and node.func.id in ("len", "ord"))
        return isinstance(node, ast.List | ast.ListComp) and kind is list


def _walk(node: ast.AST, way: Way) -> Iterator[tuple[ast.AST, Way]]:
    yield node, way
    for field, value in ast.iter_fields(node):
        for position, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(part, ast.AST) and not isinstance(part, ast.expr_context | ast.arguments):
                yield from _walk(part, (*way, (field, position)))


@dataclass(frozen=True, slots=True)
class Spot:
    """A node, and what may be done there.

    Attributes:
        node: The node.
        way: The way to it.
        above: The nodes on that way, outermost first.
        program: The program.
    """

    node: Any
    way: Way
    above: Sequence[Any]
    program: Program

    def becomes(self, new: ast.AST) -> Edit:
        """The node replaced by another."""
        field, position = self.way[-1]
        stop = None if position is None else position + 1
        return (Change(self.way[:-1], field, position, stop, (new,)),)

    def put(self, field: str, new: ast.AST | None, position: int | None = None) -> Edit:
        """One part of the node replaced, or taken out where it need not be."""
        nodes = () if new is None else (new,)
        return (Change(self.way, field, position, None if position is None else position + 1, nodes),)

    def splice(self, field: str, start: int, stop: int, *nodes: ast.AST) -> Edit:
        """A stretch of one of the node's lists replaced."""
        return (Change(self.way, field, start, stop, nodes),)

    @property
    def blocks(self) -> Iterator[tuple[str, list[ast.stmt]]]:
        """The blocks of statements that belong to the node itself; an `elif` is none."""
        for field in BLOCKS:
            block = getattr(self.node, field, None)
            if isinstance(block, list) and block and not is_elif(self.node, field):
                yield field, block

    @property
    def in_loop(self) -> bool:
        """Whether the node stands in a loop, or is one."""
        return any(isinstance(node, ast.For | ast.While) for node in (*self.above, self.node))


def is_elif(node: ast.AST, field: str = "orelse") -> bool:
    """Whether a node's `else` holds a single `if`, so that it is printed as an `elif`."""
    return field == "orelse" and isinstance(node, ast.If) and [*map(type, node.orelse)] == [ast.If]


Kind = Callable[[Spot], Iterator[Edit]]
F = TypeVar("F", bound=Kind)
#: All kinds by name.
KINDS: dict[str, Kind] = {}


def kind(function: F) -> F:
    """Registers a kind of bug under its function's name."""
    KINDS[function.__name__] = function
    return function


def edits(program: Program, name: str) -> Iterator[Edit]:
    """All edits of one kind, in the order of the text."""
    for node, way, above in program.spots:
        yield from KINDS[name](Spot(node, way, above, program))


def number(value: int) -> ast.expr:
    """An integer as the parser reads it."""
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def value_of(node: ast.AST) -> int | None:
    """The value of a written integer, None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = value_of(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def expression(text: str) -> ast.expr:
    """An expression from its text."""
    return ast.parse(text, mode="eval").body


def call(name: str, *arguments: ast.expr) -> ast.Call:
    """A call of a builtin."""
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
