"""The front door: quick to answer, clear in its refusals."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import orjson
import pytest

from tests.project import ROOT, Project

#: What takes long to import and must not be touched before it is needed.
HEAVY = {
    "torch",
    "transformers",
    "datasets",
    "huggingface_hub",
    "numpy",
    "pandas",
    "sklearn",
    "scipy",
    "matplotlib",
    "jsonschema",
    "rich",
}


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["list"],
        ["list", "--json"],
        ["list", "--distributions"],
        ["build", "--help"],
        ["raw", "fetch", "--help"],
    ],
)
def test_listing_and_help_import_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys\nfrom cli.main import main\n"
        f"sys.argv = ['shifts', *{args!r}]\n"
        "try:\n    main()\nfinally:\n    print('\\n' + ' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "cli.main" in loaded
    assert not loaded & HEAVY


def test_list_names_every_shift_with_its_parts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "list", "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = orjson.loads(done.stdout)
    files = {path.stem for path in (ROOT / "generators/shifts").rglob("*.py")}
    assert {shift["name"] for shift in listed} == files
    assert len({(shift["source"], shift["target"]) for shift in listed}) == len(listed)
    published = {shift["name"]: shift["published"] for shift in listed}
    assert Counter(published.values()) == {"genies-15": 15, "genies": 41, None: len(listed) - 56}
    assert published["alpaca_easy_to_alpaca_hard"] == "genies-15"
    assert published["arc_easy_to_arc_hard"] == "genies"
    assert published["alpaca_mmlu_to_braille_output"] is None


def test_show_and_preview_print_examples(project: Project) -> None:
    assert "not built in" in project.shifts("show", "toy_bank").stdout
    previewed = project.shifts("preview", "toy_sums_to_toy_bank", "-n", "2")
    assert previewed.stdout.count("[+]") == 4
    assert not (project.root / "processed").exists()
    project.build()
    shown = project.shifts("show", "toy_sums_to_toy_bank", "-n", "1").stdout
    assert "A toy shift." in shown
    assert "proven: recomputed 60" in shown
    assert shown.count("[+]") == 2


def test_a_new_shift_is_one_file_that_builds_at_once(project: Project) -> None:
    before = {path for path in project.root.rglob("*") if path.is_file()}
    written = project.shifts("new", "toy_sums_to_carry", "--source", "toy_sums", "--category", "skill")
    assert written.returncode == 0, written.stderr
    after = {path for path in project.root.rglob("*") if path.is_file()}
    path = project.root / "generators/shifts/probing/skill/toy_sums_to_carry.py"
    assert after - before == {path}
    project.build("toy_sums_to_carry")
    assert project.shifts("validate").returncode == 0
    assert (project.root / "processed/carry/card.json").is_file()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["new", "../evil"], "expected lower-case letters, digits and underscores"),
        (["new", "x", "--category", "a/b"], "expected lower-case letters, digits and underscores"),
        (["new", "x", "--label", "wild"], "expected one of extreme, probing"),
        (["new", "x", "--source", "toy_sum"], "did you mean 'toy_sums'?"),
        (["new", "toy_sums_to_toy_bank", "--source", "toy_sums"], "choose another name"),
        (["new", "toy_bank", "--source", "toy_sums"], "choose another name"),
        (["show", "toy_bnak"], "did you mean 'toy_bank'?"),
        (["preview", "nothing_like_it"], "no shift or distribution named 'nothing_like_it'"),
    ],
)
def test_a_mistake_ends_in_one_line(project: Project, args: list[str], says: str) -> None:
    refused = project.shifts(*args)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_closed_pipe_is_no_fault() -> None:
    command = f"{sys.executable} -m cli.main list --json | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
