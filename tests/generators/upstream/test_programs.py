"""Programs of upstream tasks: each is run, whatever its source says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generators.families.code.foreign import Foreign, readings
from generators.families.code.sandbox.box import Sandbox
from generators.families.code.sandbox.limits import Limits
from schemas.files import read_examples
from tests.generators.upstream.sources import write_sources
from tests.project import ROOT, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of all code and banks, with a file of tasks."""
    root = tmp_path / "project"
    for part in ("schemas", "generators", "cli", "raw/banks"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    write_sources(root, ["apps"])
    return Project(root)


def test_programs_are_built_and_proven_by_running_them(project: Project) -> None:
    sizes = ("--n-train", "3", "--n-test", "1", "--workers", "1")
    done = project.shifts("build", "code", "code_hard", "--profile", "upstream", *sizes)
    assert done.returncode == 0, done.stderr
    checked = project.shifts("validate", "processed", "--workers", "1")
    assert checked.returncode == 0, checked.stderr
    assert ["labels", "executed", "8"] in [line.split() for line in checked.stdout.splitlines()]
    for example in read_examples(project.root / "processed" / "code" / "train.jsonl"):
        assert example.proof.status == "proven"
        assert sorted(response.meta["bugs"] for response in example.responses) == [0, 1, 1, 2]
        right = example.responses[example.gold].text
        # The source gives a wrong solution first.
        assert "- row[0]" in right
        assert ("input()" in right) == ("standard input" in example.prompt or "script" in example.prompt)
    hard = read_examples(project.root / "processed" / "code_hard" / "test.jsonl")
    assert {example.meta["difficulty"] for example in hard} == {"competition"}


@pytest.mark.parametrize(
    ("tests", "found"),
    [
        pytest.param(
            {"inputs": ["1\n", ["2", "3"], "1\n"], "outputs": ["4", ["5", "6"], "9"], "fn_name": None},
            [(("1\n", "2\n3"), ("4", "5\n6"))],
            id="a script with lines, one input twice",
        ),
        pytest.param(
            {"inputs": [[1], [2]], "outputs": [[3], [4]], "fn_name": "f"},
            [((b"[1]", b"[2]"), (3, 4)), ((b"[1]", b"[2]"), ([3], [4]))],
            id="a function whose results may be wrapped",
        ),
        pytest.param(
            {"inputs": [1, 2], "outputs": [3, [4, 5]], "fn_name": "f"},
            [((b"[1]", b"[2]"), (3, [4, 5]))],
            id="a function with bare arguments",
        ),
        pytest.param({"inputs": [1, "2"], "outputs": ["3", "4"], "fn_name": None}, [(("2",), ("4",))], id="no text"),
    ],
)
def test_tests_are_read_as_sources_write_them(tests: dict[str, object], found: list[tuple[object, object]]) -> None:
    assert [(task.given, task.expected) for task in readings(tests, 10)] == found


def test_a_program_that_does_not_halt_is_no_program_with_bugs() -> None:
    function = Foreign("f", (b"[1]", b"[2]"), (1, 2))
    script = Foreign(None, ("1", "2"), ("1", "2"))
    with Sandbox(Limits(steps=1000)) as box:
        assert function.run("def f(n):\n    while n:\n        pass", box) is None
        assert script.run("while True:\n    pass", box) is None
        halting = function.run("class Solution:\n    def f(self, n):\n        return n // 2 * 2", box)
        assert halting is not None
        assert (halting.passed, halting.wrong, halting.crashed) == (1, 1, 0)
        crashing = script.run("print(int(input()) % 2 and 1 // 0)", box)
        assert crashing is not None
        assert (crashing.passed, crashing.wrong, crashing.crashed) == (0, 1, 1)
