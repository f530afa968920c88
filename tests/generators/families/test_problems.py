"""The bank of problems: every solution agrees with its oracle, and a broken problem is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from generators.families.code.problems import as_problem, records
from generators.families.code.soundness import bank_faults, faults
from schemas import ShiftworksError


def test_every_solution_of_the_bank_agrees_with_its_oracle() -> None:
    assert bank_faults() == []
    assert len(records()) >= 150


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"oracle": "def oracle(values):\n    return len(values) + 1"}, "passes 0 of"),
        ({"tests": [[[1.5]], [[1e25]]]}, "a test holds a float"),
        ({"solutions": ["import os\ndef count_peaks(values):\n    return 0"]}, "something besides one function"),
        ({"solutions": ["def count_peaks(values):\n  return 0"]}, "not as ast.unparse prints it"),
    ],
)
def test_a_broken_problem_is_found(change: Mapping[str, Any], fault: str) -> None:
    assert any(fault in line for line in faults({**records()["count_peaks"], **change}))


def test_an_oracle_that_fails_is_named_in_one_line() -> None:
    with pytest.raises(ShiftworksError, match=r"problem 'count_peaks': its oracle fails with .*; mend the oracle"):
        as_problem({**records()["count_peaks"], "oracle": "def oracle(values):\n    return values[0]"})
