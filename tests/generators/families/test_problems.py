"""The bank of problems: every solution agrees with its oracle, and a broken problem is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from generators.families.code.problems import as_problem, records
from generators.families.code.soundness import bank_faults, faults, twins
from schemas import ShiftworksError


def test_every_solution_of_the_bank_agrees_with_its_oracle() -> None:
    assert bank_faults() == []
    assert len(records()) >= 400


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"oracle": "def oracle(values):\n    return len(values) + 1"}, "passes 0 of"),
        ({"tests": [[[1.5]], [[1e25]]]}, "a test or a result holds a float"),
        ({"solutions": ["import os\ndef count_peaks(values):\n    return 0"]}, "something besides one function"),
        ({"solutions": ["def count_peaks(values):\n  return 0"]}, "not as ast.unparse prints it"),
    ],
)
def test_a_broken_problem_is_found(change: Mapping[str, Any], fault: str) -> None:
    assert any(fault in line for line in faults({**records()["count_peaks"], **change}))


def test_an_oracle_that_fails_is_named_in_one_line() -> None:
    with pytest.raises(ShiftworksError, match=r"problem 'count_peaks': its oracle fails with .*; mend the oracle"):
        as_problem({**records()["count_peaks"], "oracle": "def oracle(values):\n    return values[0]"})


def test_inputs_that_fail_or_say_too_little_are_named() -> None:
    record = records()["count_peaks"]
    failing = faults({**record, "inputs": "def inputs(draw):\n    return [1 // 0]"})
    assert "its inputs fails with ZeroDivisionError" in failing[0]
    few = faults({**record, "inputs": "def inputs(draw):\n    return [[draw.below(3)]]"})
    assert any("inputs draws only 3 different argument lists" in line for line in few)


def test_two_problems_that_are_one_under_other_names_are_found() -> None:
    record = records()["count_peaks"]
    renamed = {
        **record,
        "id": "tops",
        "solutions": [each.replace("peaks", "tops").replace("values", "row") for each in record["solutions"]],
    }
    assert any("has a solution of count_peaks under other names" in line for line in twins([record, renamed]))
    other = {
        **renamed,
        "solutions": ["def tops(row):\n    padded = [None] + row + [None]\n    found = [i for i in range(len(row)) "
        "if (i == 0 or row[i - 1] < row[i]) and (i == len(row) - 1 or row[i + 1] < row[i])]\n    return len(found)"],
    }  # fmt: skip
    assert list(twins([record, other])) == ["tops: no test tells it from count_peaks"]
    assert list(twins([record, records()["missing_spans"]])) == []
