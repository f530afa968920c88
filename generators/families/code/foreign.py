"""Programming tasks that others published: programs of any kind, with the results that their source states.

A task asks for a script, which reads standard input and prints, or for a function, perhaps a method of a class
`Solution`. Its programs run in the sandbox and nowhere else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from generators.families.code.running import Report, parsed
from generators.families.code.sandbox.box import Sandbox


@dataclass(frozen=True, slots=True)
class Foreign:
    """A task with its tests, in one reading of them.

    Attributes:
        name: The function that is asked for; None where it is a script.
        given: For each test the argument list as JSON bytes, of a script what it reads.
        expected: For each test the result, of a script what it prints.
    """

    name: str | None
    given: tuple[Any, ...]
    expected: tuple[Any, ...]

    def run(self, program: str, box: Sandbox) -> Report | None:
        """How a program fares on the tests; None as soon as one does not halt."""
        # Tests of a script have a process each in any case; those of a function share one behind the first.
        sizes = [1] * len(self.given) if self.name is None else [1, len(self.given)]
        reports: list[Report] = []
        start = 0
        for size in sizes:
            part = slice(start, start + size)
            reports.append(self._some(program, self.given[part], self.expected[part], box))
            if reports[-1].endless:
                return None
            start += size
        return Report(sum(r.passed for r in reports), sum(r.wrong for r in reports), sum(r.crashed for r in reports), 0)

    def _some(self, program: str, given: Sequence[Any], expected: Sequence[Any], box: Sandbox) -> Report:
        if self.name is None:
            return box.run_script(program, given, expected).report()
        return box.run(as_function(program, self.name), self.name, given, expected).report()


def readings(tests: Mapping[str, Any], many: int) -> Iterator[Foreign]:
    """The ways to read the tests of a `programming_task`: one; two where each result is a list of one.

    Some sources wrap every result in a list of its own; which do is seen from what right programs return.

    Args:
        tests: The tests; see the schema.
        many: How many of them are taken, none twice; the first.
    """
    name = tests["fn_name"]
    pairs: dict[bytes, tuple[Any, Any]] = {}
    for arguments, result in zip(tests["inputs"], tests["outputs"], strict=False):
        if name is None:
            try:
                arguments, result = script_text([arguments]), script_text([result])
            except TypeError:
                continue
        elif not isinstance(arguments, list):
            arguments = [arguments]
        pairs.setdefault(orjson.dumps(arguments), (arguments, result))
    taken = list(pairs.items())[:many]
    given = tuple(each if name is None else packed for packed, (each, _) in taken)
    results = tuple(result for _, (_, result) in taken)
    if name is not None and all(isinstance(result, list) and len(result) == 1 for result in results):
        yield Foreign(name, given, tuple(result[0] for result in results))
    yield Foreign(name, given, results)


def script_text(parts: Sequence[Any]) -> str:
    """A text, or the lines of one.

    Raises:
        TypeError: It is neither.
    """
    lines = parts[0] if len(parts) == 1 and isinstance(parts[0], list) else parts
    return "\n".join(lines)


def as_function(program: str, name: str) -> str:
    """A program with the function at its top, where it is a method of a class `Solution`; raises like `parsed`."""
    methods = (
        part.name
        for node in parsed(program).body
        if isinstance(node, ast.ClassDef) and node.name == "Solution"
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    )
    if name not in methods:
        return program
    return f"{program.rstrip()}\n\n\ndef {name}(*arguments):\n    return Solution().{name}(*arguments)\n"
