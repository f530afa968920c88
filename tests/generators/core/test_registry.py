"""Shifts and distributions are found by their files, and broken headers are named."""

from __future__ import annotations

import orjson
import pytest

from tests.project import TOY_SHIFT, Project

SHIFT_FILE = "generators/shifts/extreme/skill/toy_sums_to_toy_bank.py"


def test_listing_reads_headers_and_imports_no_builder(project: Project) -> None:
    family = project.root / "generators/families/toy.py"
    family.write_text(family.read_text() + "\nraise RuntimeError('imported')\n")
    listed = project.shifts("list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert orjson.loads(listed.stdout) == [
        {
            "name": "toy_sums_to_toy_bank",
            "label": "extreme",
            "category": "skill",
            "source": "toy_sums",
            "target": "toy_bank",
            "target_reference": None,
            "version": 1,
            "published": None,
            "file": SHIFT_FILE,
            "summary": "A toy shift.",
        }
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TOY_SHIFT.replace('"toy_bank"', '"toy_bnak"'), "no distribution named 'toy_bnak'; did you mean 'toy_bank'?"),
        (TOY_SHIFT.replace('"toy_bank"', "NAME"), "expected a literal in the header, found 'NAME'"),
        (TOY_SHIFT.replace("target=", "goal="), "unexpected keyword argument 'goal'"),
        (TOY_SHIFT.replace("SHIFT =", "SHIFT ="[:-1] + "(="), "not valid Python"),
        (TOY_SHIFT.replace('"""A toy shift."""', ""), "the shift has no docstring"),
        ('"""No header."""\n', "expected a line SHIFT = Shift(source=..., target=...)"),
    ],
)
def test_a_broken_shift_file_is_named(project: Project, text: str, says: str) -> None:
    project.write(SHIFT_FILE, text)
    refused = project.shifts("list")
    assert refused.returncode == 1
    assert says in refused.stderr
    assert SHIFT_FILE in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_distribution_that_stands_twice_is_named(project: Project) -> None:
    text = (project.root / "generators/families/toy.py").read_text()
    project.write("generators/families/twin.py", text)
    refused = project.shifts("list")
    assert refused.returncode == 1
    assert "also stands in" in refused.stderr


def test_an_unknown_name_is_met_with_the_closest(project: Project) -> None:
    refused = project.shifts("build", "toy_sum")
    assert refused.returncode == 1
    assert "did you mean 'toy_sums'?" in refused.stderr
