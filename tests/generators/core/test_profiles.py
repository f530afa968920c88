"""The profile `grown` reads what stands for a bank under `raw/grown/` beside it, and touches nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.project import TOY_HEADER, Project, digests, toy_term

GROWN = "raw/grown/toy/terms.jsonl"
UPSTREAM_TWIN = '''"""A maker without its embedded counterpart."""

from generators.core import distribution


@distribution("{name}", profile="{profile}")
def twin() -> None:
    """Something."""
'''


def card(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = orjson.loads((folder / "card.json").read_bytes())
    return record


def groups(folder: Path) -> set[str]:
    lines = (folder / "train.jsonl").read_bytes().splitlines() + (folder / "test.jsonl").read_bytes().splitlines()
    return {orjson.loads(line)["meta"]["group"] for line in lines}


@pytest.fixture
def grown(project: Project) -> Project:
    """A project whose bank has 200 terms, and 100 more that were grown for it."""
    project.write(GROWN, TOY_HEADER.replace("made up", "a model") + "".join(map(toy_term, range(200, 300))))
    return project


def test_grown_items_are_read_beside_the_bank_and_the_card_lists_both(grown: Project) -> None:
    done = grown.build("--profile", "grown", "--workers", "1")
    assert "1 of them from grown items, the rest from the banks alone" in done.stdout
    found = card(grown.root / "processed" / "toy_bank")
    assert found["profile"] == "grown"
    assert [(bank["bank"], bank["items"], bank["source"]) for bank in found["items"]] == [
        ("toy/terms", 200, "made up"),
        ("grown/toy/terms", 100, "a model"),
    ]
    built = groups(grown.root / "processed" / "toy_bank")
    assert any(int(group.removeprefix("term_")) >= 200 for group in built)
    assert any(int(group.removeprefix("term_")) < 200 for group in built)
    assert card(grown.root / "processed" / "toy_sums")["profile"] == "embedded"


def test_a_preview_takes_the_same_items(grown: Project) -> None:
    plain, more = (
        grown.shifts("preview", "toy_bank", "-n", "60", "--profile", each).stdout for each in ("embedded", "grown")
    )
    assert "Repeat: term_2" in plain
    new = {f"Repeat: term_{number}\n" for number in range(200, 300)}
    assert not any(prompt in plain for prompt in new)
    assert any(prompt in more for prompt in new)


def test_what_was_grown_does_not_reach_the_embedded_profile(project: Project) -> None:
    project.build("--out", "before")
    project.write(GROWN, TOY_HEADER + "".join(map(toy_term, range(200, 300))))
    assert "built 0" in project.build("--out", "before").stdout
    project.build("--out", "after")
    assert digests(project.root / "before") == digests(project.root / "after")
    project.build("--out", "grown", "--profile", "grown")
    changed = digests(project.root / "grown")
    same = {path for path, digest in digests(project.root / "before").items() if changed[path] == digest}
    assert {path.split("/")[0] for path in same} == {"toy_sums", "shifts.json"}


def test_folders_of_both_profiles_are_validated_together(grown: Project) -> None:
    grown.build("toy_bank", "--out", "data/plain", "--workers", "1")
    grown.build("toy_bank", "--out", "data/grown", "--profile", "grown", "--workers", "2")
    done = grown.shifts("validate", "data", "raw", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert ["labels", "rule", "120"] in [line.split() for line in done.stdout.splitlines()]


def test_growing_more_builds_anew(grown: Project) -> None:
    command = ("toy_bank", "--profile", "grown", "--workers", "1")
    assert "built 1" in grown.build(*command).stdout
    assert "built 0" in grown.build(*command).stdout
    with (grown.root / GROWN).open("a") as file:
        file.write(toy_term(300))
    assert "built 1" in grown.build(*command).stdout


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(TOY_HEADER + toy_term(7), ":2: $.id: expected an id not used in toy/terms", id="a known id"),
        pytest.param(TOY_HEADER.replace("toy/terms", "toy/other"), ":1: $.bank: expected", id="another bank"),
        pytest.param(TOY_HEADER.replace('"fact"', '"word"'), ':1: $.item: expected "fact"', id="another kind of item"),
        pytest.param(TOY_HEADER + toy_term(300).strip(), "the file was cut off", id="cut off"),
    ],
)
def test_a_grown_bank_that_does_not_fit_is_refused(project: Project, text: str, fault: str) -> None:
    project.write(GROWN, text)
    done = project.shifts("build", "toy_bank", "--n-train", "40", "--n-test", "20", "--profile", "grown")
    assert done.returncode == 1
    assert fault in done.stderr
    assert done.stderr.startswith(f"error: {project.root / GROWN}:")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "profile", "fault"),
    [
        ("toy_other", "upstream", "no distribution named 'toy_other' to make from upstream items"),
        ("toy_sums", "embedded", "distribution 'toy_sums' also stands in"),
        ("toy_sums", "grown", "is for the profile 'grown', which takes no makers of its own; say one of embedded"),
    ],
)
def test_a_maker_that_does_not_fit_is_refused(project: Project, name: str, profile: str, fault: str) -> None:
    project.write("generators/families/twin.py", UPSTREAM_TWIN.format(name=name, profile=profile))
    done = project.shifts("list")
    assert done.returncode == 1
    assert fault in done.stderr


def test_an_unknown_profile_on_a_card_is_refused(project: Project) -> None:
    project.build("toy_bank")
    path = project.root / "processed" / "toy_bank" / "card.json"
    path.write_bytes(path.read_bytes().replace(b'"embedded"', b'"petrified"'))
    done = project.shifts("validate", "processed")
    assert done.returncode == 1
    assert "card.json: $.profile: expected embedded, upstream, grown, found petrified" in done.stderr
