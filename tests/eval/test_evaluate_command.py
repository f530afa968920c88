"""The command's views of a result: by the published definitions, and what sets two interventions apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from cli.main import app
from generators.core import Stream
from schemas import ShiftworksError
from tests.eval.conftest import Tiny
from tests.eval.planted import clean, longest, manifest, write


def both(rng: Stream, number: int) -> tuple[str, list[str], int]:
    """Two responses of equal length, so that length ties on every pair."""
    prompt, texts, gold = clean(rng, number)
    return prompt, [texts[gold], texts[gold - 1]], 0


@pytest.fixture(scope="module")
def place(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data, parameters and the results of two controls on two shifts."""
    folder = tmp_path_factory.mktemp("command")
    for name, make in (("one", clean), ("cued", longest), ("tied", both)):
        write(folder / "data", name, make, sizes=(9, 80))
    manifest(folder / "data", ("one", "cued"), ("one", "tied"))
    settings = {"interventions": ["coin", "longest", "oracle"], "capability": ["oracle"], "resamples": 100}
    plain = {"model": str(tiny("bert")), "threads": 1, "precision": "float32", "max_tokens": 64}
    (folder / "params.yaml").write_text(yaml.safe_dump({"evaluate": {**settings, **plain}}))
    assert run(folder).exit_code == 0
    return folder


def run(folder: Path, *options: str) -> Result:
    given = ["--data", str(folder / "data"), "--out", str(folder / "out"), "--params", str(folder / "params.yaml")]
    return CliRunner().invoke(app, ["eval", *given, *options])


def cells(output: str) -> list[list[str]]:
    """The words of each line of a table."""
    return [line.split() for line in output.splitlines()]


def test_two_interventions_of_the_last_results_are_compared(place: Path) -> None:
    result = json.loads((place / "out" / "results.json").read_bytes())
    before = (place / "out" / "results.json").stat().st_mtime_ns
    there, back = (cells(run(place, "--compare", *pair).output) for pair in (("longest", "coin"), ("coin", "longest")))
    assert there[0] == ["shift", "longest", "coin", "longest", "-", "coin", "better"]
    figures = {(row["shift"], row["intervention"]): row["generalization"]["value"] for row in result["shifts"]}
    for line, turned in zip(there[1:], back[1:], strict=True):
        mine, its = figures[line[0], "longest"], figures[line[0], "coin"]
        assert [float(cell) for cell in line[1:4]] == pytest.approx([mine, its, mine - its], abs=6e-4)
        assert float(line[3]) == -float(turned[3])
        low, high = (float(cell.strip("[],")) for cell in line[4:6])
        assert (low, high) == tuple(-float(cell.strip("[],")) for cell in turned[4:6])[::-1]
    # Length tells the right one on the first shift and nothing on the second.
    assert [line[6] for line in there[1:]] == [line[6] for line in back[1:]] == ["longest", "-"]
    assert (place / "out" / "results.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("coin", "lora"), "results.json: no figures of 'lora'; it holds coin, longest, oracle"),
        (("coin", "coin"), "--compare coin coin: name two interventions"),
    ],
)
def test_what_cannot_be_compared_is_one_clear_line(pair: tuple[str, str], message: str, place: Path) -> None:
    refused = run(place, "--compare", *pair)
    assert isinstance(refused.exception, ShiftworksError)
    assert str(refused.exception).endswith(message)


def test_a_comparison_needs_results(place: Path, tmp_path: Path) -> None:
    refused = run(place, "--compare", "coin", "oracle", "--out", str(tmp_path))
    assert str(refused.exception) == f"{tmp_path}/results.json: no such file"


def test_the_published_definitions_count_ties_as_right(place: Path) -> None:
    shown = run(place, "--published")
    assert shown.exit_code == 0
    per_shift, means = (cells(part) for part in shown.output.split("\n\n"))
    rows: dict[tuple[str, str], list[Any]] = {(line[0], line[1]): line[2:] for line in per_shift[1:]}
    # By our own definitions length is worth a half where it ties; as published, all.
    assert rows["one_to_tied", "longest"][0] == "1.000"
    own = {tuple(line[:2]): line[2] for line in cells(run(place).output)}
    assert own["one_to_tied", "longest"] == "0.500"
    assert rows["one_to_tied", "oracle"][3] == "1.000"
    by_name = {line[0]: line[1:] for line in means[1:]}
    assert by_name["oracle"][0] == "1.000"
    assert set(by_name) == {"coin", "longest", "oracle"}
