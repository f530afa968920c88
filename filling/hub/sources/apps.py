"""APPS: programming problems with people's solutions and tests (Hendrycks et al. 2021, arXiv 2105.09938).

`solutions` and `input_output` are JSON as text. Some problems have hundreds of solutions and megabytes of tests, far
more than is ever run, so an item takes the first of each, in the source's order.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from filling.hub.source import Row, Source, Unfit, prose, row_by_row, split, whole
from schemas import JsonObject

#: Different solutions, and tests, that an item takes at most.
SOLUTIONS, TESTS = 10, 20
#: Longest test that is taken, in bytes of its JSON.
LONGEST = 20_000


def item(file: str, number: int, row: Row) -> JsonObject:  # noqa: ARG001 - rows carry an id of their own
    """A problem; those of the two splits are numbered alike, so an id says which it is of."""
    solutions = _json(row, "solutions")
    if not isinstance(solutions, list):
        raise Unfit("solutions is absent or no list")
    programs = list(dict.fromkeys(each for each in solutions if isinstance(each, str) and each.strip()))[:SOLUTIONS]
    if not programs:
        raise Unfit("there is no solution")
    return {
        "kind": "programming_task",
        "id": f"{split(file)}_{whole(row, 'problem_id' if 'problem_id' in row else 'id')}",
        "statement": prose(row, "question"),
        "solutions": programs,
        "tests": _tests(row),
        "difficulty": prose(row, "difficulty"),
    }


def _tests(row: Row) -> JsonObject:
    found = _json(row, "input_output")
    if not isinstance(found, dict):
        raise Unfit("input_output is absent or no object")
    inputs, outputs = found.get("inputs"), found.get("outputs")
    if not isinstance(inputs, list) or not isinstance(outputs, list) or len(inputs) != len(outputs):
        raise Unfit("input_output has not as many outputs as inputs")
    short = [pair for pair in zip(inputs, outputs, strict=True) if _is_short(pair)][:TESTS]
    if not short:
        raise Unfit("input_output has no test, or none that is short enough")
    return {
        "inputs": [given for given, _ in short],
        "outputs": [result for _, result in short],
        "fn_name": found.get("fn_name"),
    }


def _is_short(test: tuple[Any, Any]) -> bool:
    """Whether a test is short enough, and has no integer beyond 64 bits, which our files cannot hold."""
    try:
        return len(orjson.dumps(test)) <= LONGEST
    except orjson.JSONEncodeError:
        return False


def _json(row: Row, field: str) -> Any:
    """What a field holds as text; None where it is empty."""
    text = row.get(field)
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unfit(f"{field} is no JSON") from None


def _no_number(name: str) -> Any:
    """Refuses NaN and infinities, which are no JSON and would become null in ours."""
    raise ValueError(name)


SOURCE = Source(
    name="apps",
    repo="codeparrot/apps",
    revision="21e74ddf8de1a21436da12e3e653065c5213e9d1",
    files=("train.jsonl", "test.jsonl"),
    licence="MIT",
    credit="APPS, Hendrycks et al. 2021",
    item="programming_task",
    version=1,
    read=row_by_row(item),
)
