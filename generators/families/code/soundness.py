"""Proves the bank of problems: every solution agrees with its oracle, and no two problems are the same.

`python -m generators.families.code.soundness [BANK ...]` prints one line a fault.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import orjson

from generators.core import load_banks
from generators.families.code.problems import BANKS, Problem, as_problem, drawn, oracle
from generators.families.code.running import OutsideSubset, compiled, outcome, tally
from schemas import ShiftworksError

#: Argument lists that every solution is compared on with its oracle, and the fewest different ones a problem draws.
CHECKED, FEWEST = 300, 60
#: Different results that an oracle must have on them, and the largest share that one result may have.
RESULTS, SHARE = 2, 0.9


def bank_faults(names: Sequence[str] = (BANKS,)) -> list[str]:
    """What is wrong with some code banks, one line for each fault; empty where all is well.

    Args:
        names: Banks, or patterns of them.
    """
    found = [record for bank in load_banks(names) for record in bank.items]
    wrong = {record["id"]: faults(record) for record in found}
    sound = [record for record in found if not wrong[record["id"]]]
    return [line for lines in wrong.values() for line in lines] + list(twins(sound))


def faults(record: Mapping[str, Any]) -> list[str]:
    """What is wrong with a problem of the bank: one line each.

    Every solution must be one function of the subset with the stated name and parameters, as `ast.unparse` prints it,
    that returns what the oracle returns on every stated test and on hundreds of drawn ones, well within the bounds of
    the executor; solutions must differ by more than names. No value may be a float, which is also what integers beyond
    64 bits are read as.
    """
    try:
        return [f"{record['id']}: {line}" for line in _faults(record)]
    except ShiftworksError as error:
        return [str(error)]


def _faults(record: Mapping[str, Any]) -> Iterator[str]:
    asked = f"{record['name']}({', '.join(record['params'])})"
    if f"`{asked}`" not in record["statement"]:
        yield f"the statement does not name `{asked}`"
    more = drawn(record, CHECKED, record["tests"])
    if len(more) < FEWEST:
        yield f"inputs draws only {len(more)} different argument lists, not {FEWEST}"
    arguments = [*map(orjson.dumps, record["tests"]), *more]
    expected = list(map(oracle(record), arguments))
    if any(map(_odd, map(orjson.loads, arguments))) or any(map(_odd, expected)):
        yield "a test or a result holds a float, an integer beyond 64 bits or something that JSON does not have"
        return
    times: dict[bytes, int] = defaultdict(int)
    for result in expected:
        times[orjson.dumps(result)] += 1
    if len(times) < RESULTS or max(times.values()) > SHARE * len(expected):
        yield f"one result is that of {max(times.values())} of {len(expected)} argument lists"
    if len({skeleton(solution) for solution in record["solutions"]}) < len(record["solutions"]):
        yield "two solutions differ in names only"
    for number, solution in enumerate(record["solutions"]):
        yield from (f"solution {number} {line}" for line in _unsound(solution, asked, arguments, expected))


def _unsound(solution: str, asked: str, arguments: Sequence[bytes], expected: Sequence[Any]) -> Iterator[str]:
    tree = ast.parse(solution)
    if ast.unparse(tree) != solution:
        yield "is not as ast.unparse prints it"
    if not solution.startswith(f"def {asked}:"):
        yield f"is not a function {asked}"
    try:
        report = tally(compiled(solution), arguments, expected)
    except OutsideSubset as fault:
        yield f"has {fault}"
    else:
        if not report.right:
            yield f"passes {report.passed} of {report.tests} tests"


def _odd(value: Any) -> bool:
    """Whether a value is not one of JSON without floats, or has an integer beyond 64 bits."""
    if isinstance(value, list):
        return any(map(_odd, value))
    if isinstance(value, dict):
        return any(not isinstance(key, str) or _odd(own) for key, own in value.items())
    if type(value) is int:
        return not -(2**63) <= value < 2**63
    return not (value is None or type(value) in (bool, str))


def skeleton(program: str) -> str:
    """A program with its own names numbered in the order in which they come, so that renaming changes nothing."""
    tree = ast.parse(program)
    own = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    own += [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    own += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    names: dict[str, str] = {}

    class Renamer(ast.NodeTransformer):
        """Numbers names."""

        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
            node.name = self._new(node.name)
            return self.generic_visit(node)

        def visit_arg(self, node: ast.arg) -> ast.AST:
            node.arg = self._new(node.arg)
            return node

        def visit_Name(self, node: ast.Name) -> ast.AST:
            node.id = self._new(node.id)
            return node

        @staticmethod
        def _new(name: str) -> str:
            return names.setdefault(name, f"name{len(names)}") if name in own else name

    return ast.unparse(Renamer().visit(tree))


def twins(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Problems that are the same under other names: they share a solution, or no test tells them apart.

    By their results two problems are the same where both take as many arguments, and each one's solution passes all of
    the other's tests.
    """
    by_skeleton: dict[str, str] = {}
    for record in found:
        for own in sorted({skeleton(solution) for solution in record["solutions"]}):
            if by_skeleton.setdefault(own, record["id"]) != record["id"]:
                yield f"{record['id']}: it has a solution of {by_skeleton[own]} under other names"
    for problems in _by_arity(found).values():
        functions = {each.id: compiled(each.solution) for each in problems}
        for one, other in combinations(problems, 2):
            if _passes(functions[one.id], other) and _passes(functions[other.id], one):
                yield f"{other.id}: no test tells it from {one.id}"


def _by_arity(found: Sequence[Mapping[str, Any]]) -> Mapping[int, Sequence[Problem]]:
    problems: dict[int, list[Problem]] = defaultdict(list)
    for record in found:
        problems[len(record["params"])].append(as_problem(record))
    return problems


def _passes(function: Callable[..., Any], problem: Problem) -> bool:
    return all(
        outcome(function, packed, expected) == "passed"
        for packed, expected in zip(problem.arguments, problem.expected, strict=True)
    )


if __name__ == "__main__":
    lines = bank_faults(sys.argv[1:] or (BANKS,))
    print("\n".join(lines) or "sound")
    sys.exit(bool(lines))
