"""`python -m tests.bench_bugs`: programs of the bank with a bug, one process: found, and proven from their texts.

The peer proves a bug as it is usually done: every program compiled anew for each of its tests.
"""

from __future__ import annotations

from cli.text import table
from generators.families.code.bugs.found import bugs
from generators.families.code.compare import all_count, differences
from generators.families.code.problems import Problem, problem, records
from generators.families.code.running import compiled, tally
from tests.seconds import seconds

PROGRAMS, PEER = 40, 100
COLUMNS = ("", "mutants/s", "gain")


def mutants() -> list[list[object]]:
    """Bugs found a second, those that are tried in vain included; bugs proven a second, beside the peer's."""
    names = list(records())[::10][:PROGRAMS]
    for name in names:
        problem(name)
    found: list[tuple[Problem, str]] = []
    finding = seconds(lambda: found.extend((problem(name), bug.text) for name in names for bug in bugs(name, 0)))
    own = len(found) / seconds(lambda: [_proven(each, text) for each, text in found])
    peer = PEER / seconds(lambda: [_one_compilation_a_test(each, text) for each, text in found[:PEER]])
    return [
        ["found", round(len(found) / finding), ""],
        ["proven", round(own), f"{own / peer:.1f}x"],
        ["compiled for each test", round(peer), ""],
    ]


def _proven(each: Problem, text: str) -> bool:
    """Whether a program fails a test and differs from the solution in bugs only."""
    known = {text: each.run(text).right}
    return all_count(each, each.solution, differences(each.solution, text), known)


def _one_compilation_a_test(each: Problem, text: str) -> bool:
    reports = (
        tally(compiled(text), [packed], [result]) for packed, result in zip(each.arguments, each.expected, strict=True)
    )
    return sum(report.right for report in reports) < len(each.arguments)


if __name__ == "__main__":
    print(table(COLUMNS, mutants()))
