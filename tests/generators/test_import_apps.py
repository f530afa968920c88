"""APPS problems become items of our own: what is kept has passed, what is left out has a reason, and imports resume."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from generators.core.banks import read_bank
from generators.importers.apps import import_apps
from schemas import ShiftworksError
from schemas.files import read_lines, sha256

DOUBLE = "n = int(input())\nprint(n * 2)"


def record(number: int, solutions: list[str], inputs: Any, outputs: Any, **more: Any) -> dict[str, Any]:
    """A record as APPS writes it; `fn_name` goes into its tests."""
    tests = {"inputs": inputs, "outputs": outputs}
    if "fn_name" in more:
        tests["fn_name"] = more.pop("fn_name")
    return {
        "problem_id": number,
        "question": f"Task {number}: say what is asked.",
        "difficulty": "interview",
        "solutions": json.dumps(solutions),
        "input_output": json.dumps(tests),
        **more,
    }


def written(folder: Path, *records: Any) -> Path:
    file = folder / "train.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in records))
    return file


def items(out: Path) -> dict[str, Any]:
    return {item["id"]: item for item in read_bank(out, f"{out.parent.name}/{out.stem}").items}


def rejected(out: Path) -> dict[str, str]:
    """Reasons by the line of the source."""
    lines = (entry for _, entry in read_lines(out.with_name(f"{out.stem}.rejected.jsonl")))
    return {entry["origin"].rpartition(":")[2]: entry["reason"] for entry in lines}


def test_scripts_and_functions_become_items(tmp_path: Path) -> None:
    method = "class Solution:\n    def twice(self, n: int) -> int:\n        return n * 2"
    file = written(
        tmp_path,
        record(1, [DOUBLE, DOUBLE, "print(int(input()) + 1)"], ["4\n", "5\n"], ["8\n", "10\n"]),
        record(2, ["def twice(n):\n    return n + n"], [[4], [5]], [8, 10], fn_name="twice", difficulty="introductory"),
        # Some records wrap results; this one in the form of a class besides.
        record(3, [method], [[4], [5]], [[8], [10]], fn_name="twice", difficulty="competition"),
        # A list of one number that is the result itself.
        record(4, ["def box(n):\n    return [n]"], [[4], [5]], [[4], [5]], fn_name="box"),
        record(5, [DOUBLE], [["4"], ["4"]], [["8"], ["8"]]),
    )
    out = tmp_path / "upstream" / "apps.jsonl"
    made = import_apps(file, out)
    found = items(out)
    assert (made.kept, dict(made.reasons)) == (5, {})
    assert list(found) == [f"apps_{number}" for number in (1, 2, 3, 4, 5)]
    assert found["apps_1"] == {
        "kind": "program", "id": "apps_1", "level": 2, "statement": "Task 1: say what is asked.", "style": "script",
        "solutions": [DOUBLE], "tests": [["4\n"], ["5\n"]], "expected": ["8\n", "10\n"],
        "origin": "apps/train.jsonl:1",
    }  # fmt: skip
    assert (found["apps_2"]["name"], found["apps_2"]["level"], found["apps_2"]["expected"]) == ("twice", 1, [8, 10])
    assert (found["apps_3"]["level"], found["apps_3"]["expected"]) == (3, [8, 10])
    assert found["apps_3"]["solutions"][0].endswith("return Solution().twice(*arguments)\n")
    assert found["apps_4"]["expected"] == [[4], [5]]
    assert found["apps_5"]["tests"] == [["4"]]
    assert not list(out.parent.glob(".*"))


def test_what_cannot_be_an_item_is_left_out_with_its_reason(tmp_path: Path) -> None:
    right = ("1", "1")
    file = written(
        tmp_path,
        record(1, ["print(int(input()) + 1)"], ["4"], ["8"]),
        record(2, ["import os\nos._exit(0)", "print 8", "while True:\n    pass"], ["4"], ["8"]),
        record(3, [DOUBLE], [], []),
        record(4, [DOUBLE], ["4"], ["8", "9"]),
        record(5, [DOUBLE], ["4"], ["8"], difficulty="easy"),
        record(6, [DOUBLE], ["4"], ["8"], question=" "),
        {**record(7, [DOUBLE], ["4"], ["8"]), "input_output": "{"},
        {**record(8, [DOUBLE], ["4"], ["8"]), "solutions": ""},
        record(9, [DOUBLE], [4], [8]),
        record(10, [DOUBLE], *[[right], [right]], fn_name="not a name"),
        [1, 2],
        record(-1, [DOUBLE], ["4"], ["8"]),
    )
    out = tmp_path / "upstream" / "apps.jsonl"
    made = import_apps(file, out)
    assert made.kept == 0
    assert rejected(out) == {
        "1": "no solution passes every test",
        "2": "no solution passes every test",
        "3": "input_output has no test, or none that is short enough",
        "4": "input_output has not as many outputs as inputs",
        "5": "the difficulty is none of introductory, interview and competition",
        "6": "the question is absent or empty",
        "7": "input_output is no JSON",
        "8": "no solution passes every test",
        "9": "a test of a script is no text",
        "10": "fn_name is no name of a function",
        "11": "the record is no object",
        "12": "problem_id is no number",
    }
    assert sum(made.reasons.values()) == 12


def test_an_interrupted_import_goes_on_and_a_changed_source_starts_anew(tmp_path: Path) -> None:
    records = [record(number, [DOUBLE], ["4"], ["8"]) for number in range(4)]
    out = tmp_path / "upstream" / "apps.jsonl"
    journal = out.with_name(".apps.journal.jsonl")
    whole = written(tmp_path, *records)
    import_apps(whole, out)
    wanted = out.read_bytes()
    # The journal of an import that was killed while it wrote its third line, of the same source and of another.
    head = json.dumps({"source": sha256(whole.read_bytes())})
    marked = [json.dumps({**items(out)[f"apps_{number}"], "statement": "From the journal."}) for number in (0, 1)]
    journal.write_text("\n".join([head, *marked, '{"kind": "prog']))
    import_apps(whole, out)
    assert [item["statement"] == "From the journal." for item in items(out).values()] == [True, True, False, False]
    journal.write_text("\n".join(['{"source": "another"}', *marked, ""]))
    import_apps(whole, out)
    assert out.read_bytes() == wanted


@pytest.mark.parametrize("name", ["apps.json", "../x y.jsonl", ".jsonl"])
def test_a_name_that_is_no_bank_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ShiftworksError, match="a bank is a file of small letters"):
        import_apps(written(tmp_path, record(1, [DOUBLE], ["4"], ["8"])), tmp_path / name)


def test_the_command_says_what_it_left_out(tmp_path: Path) -> None:
    file = written(tmp_path, record(1, [DOUBLE], ["4"], ["8"]), record(2, [DOUBLE], ["4"], ["9"]))
    done = CliRunner().invoke(app, ["import", "apps", str(file), "--out", str(tmp_path / "upstream" / "apps.jsonl")])
    assert done.exit_code == 0
    assert "no solution passes every test" in done.output
    assert "imported 1 problems" in done.output
