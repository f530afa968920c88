"""`shifts validate` finds what is broken: records, digests, ids, groups and labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas.files import jsonl, pretty, sha256
from tests.project import Project

DATA = "processed/toy_sums"


def rewrite(project: Project, change: Callable[[list[dict[str, Any]]], object]) -> Path:
    """Changes the examples of a built file and makes its card agree, as a careful forger would."""
    path, card_path = project.root / DATA / "test.jsonl", project.root / DATA / "card.json"
    records = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    change(records)
    path.write_bytes(jsonl(records))
    card = orjson.loads(card_path.read_bytes())
    card["splits"]["test"]["sha256"] = sha256(path.read_bytes())
    card_path.write_bytes(pretty(card))
    return path


def swap_labels(records: list[dict[str, Any]]) -> None:
    """Calls a wrong response of the fourth record right."""
    responses = records[3]["responses"]
    gold = next(i for i, response in enumerate(responses) if response["label"])
    responses[gold]["label"], responses[gold - 1]["label"] = 0, 1


def second_right(records: list[dict[str, Any]]) -> None:
    """Gives the fourth record a second right response, in other spelling."""
    responses = records[3]["responses"]
    gold = next(i for i, response in enumerate(responses) if response["label"])
    responses[gold - 1]["text"] = "0" + responses[gold]["text"]


def wrong_type(records: list[dict[str, Any]]) -> None:
    """Makes a label of the fourth record a text."""
    records[3]["responses"][0]["label"] = "1"


def wrong_id(records: list[dict[str, Any]]) -> None:
    """Takes a record out, so that the following ids no longer count."""
    del records[3]


def wrong_group(records: list[dict[str, Any]]) -> None:
    """Gives the fourth record a group of the other split."""
    from generators.core import split_of

    records[3]["meta"]["group"] = next(f"g{i}" for i in range(99) if split_of(f"g{i}") == "train")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (swap_labels, "test.jsonl:4: $.responses"),
        (second_right, "test.jsonl:4: $.responses: expected one right response, found 2 responses equal the sum"),
        (wrong_type, "test.jsonl:4: $.responses[0].label: expected"),
        (wrong_id, 'test.jsonl:4: $.id: expected "toy_sums/test/00003", found "toy_sums/test/00004"'),
        (wrong_group, "test.jsonl:4: $.meta.group: expected a group of test"),
    ],
)
def test_a_forged_file_is_found(project: Project, change: Callable[[Any], None], says: str) -> None:
    project.build()
    assert project.shifts("validate").returncode == 0
    rewrite(project, change)
    refused = project.shifts("validate")
    assert refused.returncode == 1
    assert says in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_an_altered_file_is_found_by_its_digest(project: Project) -> None:
    project.build()
    path = project.root / DATA / "train.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    refused = project.shifts("validate", path)
    assert refused.returncode == 1
    assert "its SHA-256 is not the one on" in refused.stderr


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda bank: bank.unlink(), "no such bank"),
        (lambda bank: bank.write_bytes(bank.read_bytes()[:-15]), "terms.jsonl:201: $: expected one JSON record"),
        (lambda bank: bank.write_text(bank.read_text().replace('"gender":"m","number"', '"gender":4,"number"')),
         "terms.jsonl:2: $.gender: expected one of"),
        (lambda bank: bank.write_text(bank.read_text().replace("term_7\"", 'term_8"')), "an id not used before"),
        (lambda bank: bank.write_bytes(b""), "the bank is empty"),
    ],
)  # fmt: skip
def test_a_damaged_bank_stops_the_build_with_one_line(
    project: Project, damage: Callable[[Path], object], says: str
) -> None:
    damage(project.root / "raw/banks/toy/terms.jsonl")
    refused = project.shifts("build", "toy_bank", "--workers", "1")
    assert refused.returncode == 1
    assert says in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not (project.root / "processed/toy_bank").exists()


def test_a_path_without_files_of_ours_is_named(project: Project, tmp_path: Path) -> None:
    refused = project.shifts("validate", tmp_path / "nothing")
    assert refused.returncode == 1
    assert "no such file" in refused.stderr
