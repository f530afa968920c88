"""The bank of programming problems, and how a program fares on the tests of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

import orjson

from generators.core import Stream, load_banks
from generators.core.banks import BANKS as FOLDER
from generators.families.code.running import Report, compiled, outcome, tally
from schemas import ShiftworksError

BANKS = "code/*"
#: Argument lists that a problem draws to be tested on, besides those that its record states.
DRAWN = 12
#: Draws after which a problem has no more argument lists of its own.
TRIES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One problem of the bank.

    Attributes:
        id: Unique in all code banks.
        statement: What the function must do.
        level: 1 to 3, by how much has to be thought of.
        solutions: Right programs in different styles, as `ast.unparse` prints them; at least one.
        arguments: For each test the argument list as JSON bytes: the stated ones, then drawn ones.
        expected: For each test the result, computed by the problem's oracle.
    """

    id: str
    statement: str
    level: int
    solutions: tuple[str, ...]
    arguments: tuple[bytes, ...]
    expected: tuple[Any, ...]

    @property
    def solution(self) -> str:
        """The first of the right programs."""
        return self.solutions[0]

    def run(self, source: str) -> Report:
        """How a program fares on the tests; raises `OutsideSubset` like `running.compiled`."""
        return tally(compiled(source), self.arguments, self.expected)

    @lru_cache(maxsize=2000)  # noqa: B019 - problems of the bank live as long as the process
    def solved_by(self, program: str) -> bool:
        """Whether a program passes every test; stops at the first that it fails."""
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
        ShiftworksError: The oracle fails on a test, or the record's own functions do not run.
    """
    arguments = (*map(orjson.dumps, record["tests"]), *drawn(record, DRAWN, record["tests"]))
    expected = tuple(map(oracle(record), arguments))
    return Problem(record["id"], record["statement"], record["level"], tuple(record["solutions"]), arguments, expected)


def drawn(record: Mapping[str, Any], number: int, known: Sequence[Any] = ()) -> list[bytes]:
    """Argument lists that a problem's `inputs` draws, all different; fewer where it has no more.

    Args:
        record: The problem.
        number: How many are wanted; asking for more keeps the earlier ones.
        known: Argument lists that are not wanted again.

    Raises:
        ShiftworksError: `inputs` fails.
    """
    inputs = _function(record, "inputs")
    seen = set(map(orjson.dumps, known))
    found: list[bytes] = []
    for i in range(TRIES * number):
        packed = orjson.dumps(_called(record, "inputs", inputs, Stream("inputs", record["id"], i)))
        if len(found) < number and packed not in seen:
            seen.add(packed)
            found.append(packed)
    return found


def oracle(record: Mapping[str, Any]) -> Callable[[bytes], Any]:
    """What a problem's oracle says to an argument list; a call raises a `ShiftworksError` where the oracle fails."""
    run = _function(record, "oracle")
    return lambda packed: _called(record, "oracle", run, *orjson.loads(packed))


def _function(record: Mapping[str, Any], name: str) -> Callable[..., Any]:
    """A function that a record carries as text."""
    space: dict[str, Any] = {}
    try:
        exec(record[name], space)  # noqa: S102 - this project's own code, carried in its bank
        return cast(Callable[..., Any], space[name])
    except Exception as error:
        raise _failed(record, name, error) from error


def _called(record: Mapping[str, Any], name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except Exception as error:
        raise _failed(record, name, error) from error


def _failed(record: Mapping[str, Any], name: str, error: Exception) -> ShiftworksError:
    place = f"{FOLDER / 'code'}: problem {record['id']!r}"
    return ShiftworksError(f"{place}: its {name} fails with {error!r}; mend the {name} or the tests")
