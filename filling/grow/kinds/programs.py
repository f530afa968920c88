"""Programming problems: every solution runs in the sandbox and gives what the problem states; nothing runs elsewhere.

A grown problem states its results, as an imported one does, and carries neither oracle nor inputs: those would run
outside the sandbox when a build reads them.
"""

from __future__ import annotations

import ast

import orjson

from filling.grow.kinds import Kind, Record
from generators.core import Bank

#: Fewest tests and fewest different results of a problem.
TESTS, RESULTS = 6, 2
#: Fewest solutions that must agree, written in different ways.
SOLUTIONS = 2


def _fault(item: Record, _bank: Bank) -> str | None:
    from generators.families.code.sandbox.box import Sandbox
    from generators.families.code.soundness import skeleton

    if not {"name", "params"} <= set(item):
        return "the function has no name or no parameters"
    asked = f"{item['name']}({', '.join(item['params'])})"
    if f"`{asked}`" not in item["statement"]:
        return f"the statement does not name `{asked}`"
    if len(item["tests"]) != len(item["expected"]) or len(item["tests"]) < TESTS:
        return f"{len(item['tests'])} tests with {len(item['expected'])} results, fewer than {TESTS} or not as many"
    if len({orjson.dumps(result) for result in item["expected"]}) < RESULTS:
        return "all tests have the same result"
    try:
        ways = {skeleton(solution) for solution in item["solutions"]}
    except (SyntaxError, ValueError, RecursionError) as error:
        return f"a solution is no Python: {error}"
    if len(ways) < SOLUTIONS:
        return f"only {len(ways)} solutions that differ by more than names"
    if any(not isinstance(ast.parse(solution).body[0], ast.FunctionDef) for solution in item["solutions"]):
        return "a solution does not start with its function"
    arguments = [orjson.dumps(test) for test in item["tests"]]
    with Sandbox() as box:
        for number, solution in enumerate(item["solutions"]):
            found = box.run(solution, item["name"], arguments, item["expected"])
            if not found.right:
                wrong = next(verdict for verdict in found.verdicts if verdict != "passed")
                return f"solution {number} fails a test: {wrong}"
    return None


PROGRAM = Kind(
    labels=lambda item: [item["statement"], *item["solutions"]],
    fault=_fault,
    advice=(
        "The statement names the call in backticks, such as `count_peaks(values)`. Give at least two solutions by"
        " different ways, each one function without imports, and at least eight argument lists with the result of each,"
        " some at the edges. Arguments and results are JSON without floats."
    ),
    fields=("level", "statement", "name", "params", "solutions", "tests", "expected"),
    given={"style": "function", "origin": "grown"},
)
