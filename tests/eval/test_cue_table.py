"""What responses give away, in one table: the farthest cue of each kind, its interval, and a release beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.audit import audit as run_audit
from eval.cue_table import KINDS, cue_page, farthest
from generators.importers.genies import import_genies
from schemas.files import pretty
from tests.eval.audited import audit, cue, part
from tests.project import ROOT, Project

FIXTURE = ROOT / "tests" / "fixtures" / "released"


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each line of the page's tables, by the first."""
    lines = [line[2:-2].split(" | ") for line in page.splitlines() if line.startswith("| ")]
    return {cells[0]: cells[1:] for cells in lines}


def scaled(name: str, accuracy: float, margin: float, kind: str = "rule") -> dict[str, Any]:
    return {**cue(name, accuracy, kind=kind), "margin": margin}


def test_the_farthest_cue_is_so_in_units_of_its_margin() -> None:
    record = part(
        "any", scaled("longest", 0.54, 0.06), scaled("most_words", 0.46, 0.02), scaled("most_lines", 0.5, 0.0)
    )
    found = farthest(record, KINDS["Length"])
    assert found is not None
    assert found["cue"] == "most_words"
    assert farthest(record, KINDS["Single token"]) is None


def test_a_cue_off_chance_goes_before_one_that_decides_too_few_pairs() -> None:
    record = part("any", scaled("most_lines", 0.508, 0.001), scaled("longest", 0.56, 0.05))
    found = farthest(record, KINDS["Length"])
    assert found is not None
    assert found["cue"] == "longest"


def test_a_probe_below_chance_is_shown_only_where_none_is_above() -> None:
    below, above = scaled("response_words", 0.2, 0.05, "probe"), scaled("response_characters", 0.51, 0.05, "probe")
    for cues, expected in (((below, above), "response_characters"), ((below,), "response_words")):
        found = farthest(part("any", *cues), KINDS["Response only"])
        assert found is not None
        assert found["cue"] == expected


def test_a_row_has_figures_intervals_declarations_and_the_release_beside() -> None:
    names = ("longest", "hedging", "negation", "refusal")
    declared = [cue(name, 0.98 - place / 100, declared=True) for place, name in enumerate(names)]
    ours = audit([part("both", *declared, cue("word", 0.52, kind="token"), verdict="declared"), part("new")], [])
    theirs = audit([part("both", cue("longest", 0.01), verdict="leak"), part("old")], [])
    found = rows(cue_page(ours, theirs))
    assert found["`both`"] == [
        "7",
        "declared cue only (4 of 5 off)",
        "none tested",
        "**0.980 [0.930, 1.000]** characters",
        "0.520 [0.470, 0.570] word",
        "`longest`, `hedging`, `negation`, and 1 more",
        "leak (1 of 1 off)",
        "none tested",
        "**0.010 [0.000, 0.060]** characters",
        "none tested",
    ]
    assert found["`new`"] == ["7", "clean (0 of 0 off)", *["none tested"] * 3, "none", "", "", "", ""]
    assert "`old`" not in found
    # Distributions; of them with a cue of each kind, with any, with an undeclared one, with a defect or leak.
    assert found["Regenerated"] == ["2", "0", "1", "0", "1", "0", "0"]
    assert found["Released"] == ["2", "0", "1", "0", "1", "1", "1"]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The audit of the release in miniature."""
    data = tmp_path_factory.mktemp("release")
    import_genies(FIXTURE, data)
    return run_audit(data)


def test_an_audit_of_real_data_fills_every_cell(release: dict[str, Any]) -> None:
    found = rows(cue_page(release, release))
    names = [f"`{record['name']}`" for record in release["distributions"]]
    assert names
    for name in names:
        version, *ours, declared, _, only, length, token = found[name]
        assert version.isdigit()
        assert ours[-3:] == [only, length, token]
        assert declared == "none"
        assert "[" in only + length + token


def test_the_command_writes_the_page_or_says_what_is_missing(release: dict[str, Any], tmp_path: Path) -> None:
    project = Project(ROOT)
    page = tmp_path / "cues.md"
    options = ("--results", tmp_path / "ours", "--out", page)
    for folder in ("ours", "release"):
        refused = project.shifts("export", "cues", tmp_path / "release", *options)
        assert refused.returncode == 1
        assert str(tmp_path / folder / "audit.json") in refused.stderr
        assert not page.exists()
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "audit.json").write_bytes(pretty(release))
    done = project.shifts("export", "cues", tmp_path / "release", *options)
    assert done.returncode == 0, done.stderr
    assert page.read_text() == cue_page(release, release)
