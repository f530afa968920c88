"""The bank of programming problems, and how a program fares on the tests of one."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from generators.core import load_banks
from generators.core.banks import BANKS as FOLDER
from generators.families.code.running import OutsideSubset, Report, compiled, outcome, tally
from schemas import ShiftworksError

BANKS = "code/*"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the bank.

    Attributes:
        id: Unique in all code banks.
        statement: What the function must do.
        solution: A right program, as `ast.unparse` prints it.
        arguments: For each test the argument list as JSON bytes.
        expected: For each test the result, computed by the problem's oracle.
    """

    id: str
    statement: str
    solution: str
    arguments: tuple[bytes, ...]
    expected: tuple[Any, ...]

    def run(self, source: str) -> Report:
        """How a program fares on the tests; raises `OutsideSubset` like `running.compiled`."""
        return tally(compiled(source), self.arguments, self.expected)

    def solved_by(self, program: str | ast.Module) -> bool:
        """Whether a program (or its tree, which is used up) passes every test; stops at the first that it fails."""
        function = compiled(program)
        tests = zip(self.arguments, self.expected, strict=True)
        return all(outcome(function, packed, result) == "passed" for packed, result in tests)


@cache
def records() -> Mapping[str, Mapping[str, Any]]:
    """All records of the code banks by id, in the order of banks and lines.

    Raises:
        ShiftworksError: An id stands in two banks.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for bank in load_banks((BANKS,)):
        for record in bank.items:
            if record["id"] in found:
                raise ShiftworksError(
                    f"{FOLDER / bank.name}.jsonl: the id {record['id']!r} also stands in another bank"
                )
            found[record["id"]] = record
    return found


@cache
def problem(name: str) -> Problem:
    """One problem by id, its expected results computed by its oracle once a process; raises like `as_problem`."""
    return as_problem(records()[name])


def as_problem(record: Mapping[str, Any]) -> Problem:
    """A problem from its record.

    Raises:
        ShiftworksError: The oracle fails on a test.
    """
    arguments = tuple(map(orjson.dumps, record["tests"]))
    space: dict[str, Any] = {}
    try:
        exec(record["oracle"], space)  # noqa: S102 - an oracle is this project's own code, carried in its bank
        expected = tuple(space["oracle"](*orjson.loads(packed)) for packed in arguments)
    except Exception as error:
        place = f"{FOLDER / 'code'}: problem {record['id']!r}"
        raise ShiftworksError(f"{place}: its oracle fails with {error!r}; mend the oracle or the tests") from error
    return Problem(record["id"], record["statement"], record["solution"], arguments, expected)


def faults(record: Mapping[str, Any]) -> list[str]:
    """What is wrong with a problem of the bank: one line each.

    The solution must be one function of the subset, as `ast.unparse` prints it, that returns what the oracle returns
    on every test; no value of a test may be a float, which is also what integers beyond 64 bits are read as.
    """
    each = as_problem(record)
    found = []
    if ast.unparse(ast.parse(each.solution)) != each.solution:
        found.append("the solution is not as ast.unparse prints it")
    if _holds_float(record["tests"]):
        found.append("a test holds a float, or an integer beyond 64 bits")
    try:
        report = each.run(each.solution)
    except OutsideSubset as fault:
        found.append(f"the solution has {fault}")
    else:
        if not report.right:
            found.append(f"the solution passes {report.passed} of {report.tests} tests")
    return [f"{record['id']}: {line}" for line in found]


def _holds_float(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(map(_holds_float, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float)


def bank_faults() -> list[str]:
    """What is wrong with the whole bank, one line for each fault; empty where every solution agrees with its oracle."""
    return [line for record in records().values() for line in faults(record)]
