"""Profiles: upstream items fill the same distributions through the same command, and what has none stays as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from eval.audit.cues import cues
from eval.audit.probes import PROBES
from eval.audit.tokens import KINDS
from generators.core.profiles import Profile
from generators.core.registry import distributions, shifts
from schemas.files import read_lines
from tests.generators.upstream.sources import SOURCES, write_sources
from tests.project import ROOT, Project, digests

UPSTREAM = {name: found for name, found in distributions(Profile.UPSTREAM).items() if found.profile == "upstream"}
#: Those whose items are programs take seconds an example; the others take none.
SLOW = {"code", "code_hard"}
QUICK = sorted(set(UPSTREAM) - SLOW)
#: Prints what is found wrong with each of some files.
CHECK = """
import sys
from pathlib import Path
from generators.core.verify import check_split
from schemas import ShiftworksError

for path in map(Path, sys.argv[1:]):
    try:
        check_split(path)
    except ShiftworksError as fault:
        print(fault)
"""
SIZES = ("--n-train", "40", "--n-test", "15")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of all code and banks, with a file for every source."""
    root = tmp_path_factory.mktemp("upstream") / "project"
    ignore = shutil.ignore_patterns("__pycache__", "results")
    for part in ("schemas", "generators", "eval", "cli", "raw/banks"):
        shutil.copytree(ROOT / part, root / part, ignore=ignore)
    write_sources(root)
    return Project(root)


@pytest.fixture(scope="module")
def built(whole: Project) -> Path:
    """All quick distributions built from upstream items."""
    done = whole.shifts("build", *QUICK, "--profile", "upstream", *SIZES, "--workers", "1", "--out", "built")
    assert done.returncode == 0, done.stderr
    assert f"{len(QUICK)} of them from upstream items" in done.stdout
    return whole.root / "built"


def card(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = orjson.loads((folder / "card.json").read_bytes())
    return record


def examples(folder: Path, split: str) -> Iterator[dict[str, Any]]:
    return (record for _, record in read_lines(folder / f"{split}.jsonl"))


def test_eight_families_have_makers_for_upstream_items() -> None:
    assert set(UPSTREAM) >= {"arc_easy", "arc_hard", "wrong_arc", "alpaca_mmlu", "us_history", "truthful_qa", *SLOW}
    assert set(UPSTREAM) >= {"math", "math_hard", "shp_low_quality", "shp_high_quality", "change_my_view"}
    read = {bank for found in UPSTREAM.values() for bank in found.header.banks}
    assert read == {f"upstream/{name}" for name in SOURCES}


def test_cards_say_what_was_read(built: Path) -> None:
    for name in QUICK:
        found = card(built / name)
        assert found["profile"] == "upstream"
        assert found["proof"]["status"] == "sourced"
        assert [bank["bank"] for bank in found["items"]] == sorted(UPSTREAM[name].header.banks)
        for bank in found["items"]:
            assert bank["licence"] == "CC0-1.0"
            assert bank["revision"] == "0" * 40
            assert bank["source"] == f"made up for {bank['bank'].removeprefix('upstream/')}"
        assert {split: size["examples"] for split, size in found["splits"].items()} == {"train": 40, "test": 15}


def test_the_command_line_proves_what_it_built(whole: Project, built: Path) -> None:
    done = whole.shifts("validate", built, "raw/upstream", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert ["labels", "source_key", str(55 * len(QUICK))] in [line.split() for line in done.stdout.splitlines()]


def test_a_turned_label_is_found(whole: Project, built: Path, tmp_path: Path) -> None:
    names = ("alpaca_mmlu", "math", "shp_low_quality", "wrong_arc")
    for name in names:
        shutil.copytree(built / name, tmp_path / name)
        first, *rest = (built / name / "test.jsonl").read_bytes().splitlines(keepends=True)
        record = orjson.loads(first)
        right = next(place for place, response in enumerate(record["responses"]) if response["label"])
        for place, response in enumerate(record["responses"]):
            response["label"] = int(place == (right + 1) % len(record["responses"]))
        (tmp_path / name / "test.jsonl").write_bytes(orjson.dumps(record) + b"\n" + b"".join(rest))
    done = subprocess.run(
        [sys.executable, "-c", CHECK, *(tmp_path / name / "test.jsonl" for name in names)],
        cwd=whole.root,
        env=whole.env(PYTHONPATH=str(whole.root)),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(names), done.stderr
    for name, line in zip(names, lines, strict=True):
        assert f"{name}/test.jsonl:1: $.responses" in line
        assert "since the prover finds" in line


def test_groups_of_source_train_and_target_test_are_apart(built: Path) -> None:
    groups = {
        (name, split): {example["meta"]["group"] for example in examples(built / name, split)}
        for name in QUICK
        for split in ("train", "test")
    }
    assert all(groups.values())
    train = set().union(*(found for (_, split), found in groups.items() if split == "train"))
    test = set().union(*(found for (_, split), found in groups.items() if split == "test"))
    assert not train & test
    entries = [found.entry for found in shifts().values()]
    both = [entry for entry in entries if {entry.source, entry.target} <= set(QUICK)]
    assert len(both) >= 5
    for entry in both:
        prompts = [
            {example["prompt"] for example in examples(built / name, split)}
            for name, split in ((entry.source, "train"), (entry.target, "test"))
        ]
        assert not prompts[0] & prompts[1]


def test_an_audit_runs(whole: Project, built: Path) -> None:
    done = whole.shifts("audit", "arc_easy_to_arc_hard", "--data", built, "--out", "audited")
    assert done.returncode == 0, done.stderr
    assert "arc_easy_to_arc_hard" in done.stdout


def test_the_same_items_give_the_same_bytes_with_more_workers(whole: Project, built: Path) -> None:
    some = ["alpaca_mmlu", "math", "shp_low_quality"]
    done = whole.shifts("build", *some, "--profile", "upstream", *SIZES, "--workers", "2", "--out", "again")
    assert done.returncode == 0, done.stderr
    for name in some:
        assert digests(whole.root / "again" / name) == digests(built / name)


def test_what_has_no_upstream_items_stays_as_it_was_and_golden(whole: Project) -> None:
    """Golden digests hold for the embedded builds beside upstream files, and for what upstream has nothing for."""
    sizes = ("--n-train", "50", "--n-test", "25", "--workers", "1")
    plain = whole.shifts("build", "crt_1", "arc_easy", *sizes, "--out", "plain")
    assert plain.returncode == 0, plain.stderr
    done = whole.shifts("build", "crt_1", *sizes, "--profile", "upstream", "--out", "mixed")
    assert done.returncode == 0, done.stderr
    assert "0 of them from upstream items" in done.stdout
    assert digests(whole.root / "plain" / "crt_1") == digests(whole.root / "mixed" / "crt_1")
    assert card(whole.root / "mixed" / "crt_1")["profile"] == "embedded"
    before = digests(ROOT / "generators" / "golden")
    assert digests(whole.root / "generators" / "golden") == before


def test_a_change_of_profile_or_items_builds_anew(whole: Project) -> None:
    command = ("build", "arc_hard", *SIZES, "--workers", "1", "--out", "changed")
    assert "built 1" in whole.shifts(*command).stdout
    assert "built 1" in whole.shifts(*command, "--profile", "upstream").stdout
    assert "built 0" in whole.shifts(*command, "--profile", "upstream").stdout


def test_more_than_there_is_gives_all_there_is_and_says_so(whole: Project) -> None:
    done = whole.shifts("build", "us_history", "--profile", "upstream", "--workers", "1", "--out", "few")
    assert done.returncode == 0, done.stderr
    assert "us_history: its published items are" in done.stdout
    sizes = card(whole.root / "few" / "us_history")["splits"]
    assert sizes["train"]["examples"] + sizes["test"]["examples"] == 80


def test_a_missing_source_is_named_with_the_way_out(whole: Project, tmp_path: Path) -> None:
    file = whole.root / "raw" / "upstream" / "math" / "items.jsonl"
    moved = file.rename(tmp_path / "items.jsonl")
    try:
        done = whole.shifts("build", "math_hard", "--profile", "upstream", *SIZES, "--workers", "1", "--out", "none")
    finally:
        moved.rename(file)
    assert done.returncode == 1
    assert done.stderr.endswith(f"{file}: no such file; run `shifts raw fetch math`\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", sorted(UPSTREAM))
def test_an_upstream_maker_stands_beside_an_embedded_one(name: str) -> None:
    embedded = distributions()[name]
    assert embedded.profile == "embedded"
    declared = set(UPSTREAM[name].header.cues)
    assert declared >= {cue for cue in embedded.header.cues if cue == "named_in_prompt"}
    assert declared <= {*cues(), *(probe.name for probe in PROBES), *KINDS}
