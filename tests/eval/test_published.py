"""Published tables give the published figures, duplicates count once, and a broken table is named by file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from eval.published import by_published_definitions, published
from generators.core import load_bank
from schemas import ShiftworksError
from tests.project import ROOT

RESULTS = ROOT.parent / "shared" / "genies" / "results"
HEAD = (
    "source,target,target_reference,generalization_accuracy,baseline_accuracy,baseline_intervention,"
    "target_tuned_capability,target_tuned_capability_intervention,source_ID_accuracy,RMS_calibration_error,"
    "differential_elicitation"
)
#: An extreme shift that is listed twice, a probing one, and one that the published list does not have.
ROWS = (
    "alpaca_easy,alpaca_hard,alpaca_hard,0.6,0.5,zero_shot,0.8,lora,0.9,0.3,0.125",
    "alpaca_mmlu,wrong_arc,wrong_arc,0.2,0.3,zero_shot,0.8,lora,0.9,,-0.125",
    "alpaca_easy,alpaca_hard,alpaca_hard,0.6,0.5,zero_shot,0.8,lora,0.9,0.3,0.125",
    "ours,theirs,theirs,0.5,0.5,zero_shot,1.0,lora,0.9,0.1,0.0",
)


def tables(folder: Path, *rows: str, name: str = "all.csv") -> Path:
    (folder / "probe").mkdir(parents=True, exist_ok=True)
    (folder / "probe" / name).write_text("\n".join([HEAD, *rows]) + "\n")
    return folder


def test_a_shift_listed_twice_counts_once_and_a_stranger_has_no_label(tmp_path: Path) -> None:
    (record,) = published(tables(tmp_path, *ROWS))
    assert record["extreme_elicitation"] == pytest.approx(0.75)
    assert record["probing_elicitation"] == pytest.approx(0.25)
    assert record["mean_elicitation"] == pytest.approx(0.5)
    assert record["mean_rms_calibration_error"] == pytest.approx(0.2)
    assert record["categories"] == pytest.approx({"difficulty": 0.75, "spurious_cues": 0.25})
    assert record["shifts"] == {
        "genies15": 0, "listed": 4, "unique": 3, "extreme": 1, "probing": 1, "unknown": ["ours_to_theirs"],
    }  # fmt: skip
    # There is no benchmark's table, so its figures are absent and not 0.
    assert record["genies15_accuracy"] is None
    assert "genies15_accuracy" not in record["intervals"]


def test_differential_elicitation_is_what_tuning_adds(tmp_path: Path) -> None:
    (record,) = published(tables(tmp_path, *ROWS[:2], name="GENIES.csv"))
    assert record["genies15_accuracy"] == pytest.approx(0.4)
    assert record["genies15_de"] == pytest.approx(0.0)
    low, high = record["intervals"]["genies15_de"]
    assert low == pytest.approx(-0.125)
    assert high == pytest.approx(0.125)
    assert record["extreme_elicitation"] is None


def test_our_own_benchmark_figures_want_all_of_its_shifts() -> None:
    made = dict.fromkeys(("generalization", "zero_shot", "capability", "rms_calibration_error"), 0.5)
    rows = [
        {
            **{key: shift[key] for key in ("source", "target", "label", "category")},
            "intervention": "lora",
            # Shifts outside of the benchmark would move its means.
            "published": {**made, "generalization": 0.75 if shift["benchmark"] else 0.0, "zero_shot": 0.25},
        }
        for shift in load_bank("genies/shifts").items
    ]
    (whole,) = by_published_definitions({"shifts": rows})
    assert whole["shifts"]["genies15"] == 15
    assert (whole["genies15_accuracy"], whole["genies15_de"], whole["genies15_capability"]) == (0.75, 1.0, 0.5)
    lost = next(row for row in rows if row["published"]["generalization"])
    (part,) = by_published_definitions({"shifts": [row for row in rows if row is not lost]})
    assert part["shifts"]["genies15"] == 0
    assert part["genies15_accuracy"] is None
    assert part["mean_elicitation"] is not None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "a,b,b,high,0.5,zero_shot,0.8,lora,0.9,0.3,0.1",
            r"all\.csv:2: generalization_accuracy is 'high', not a share",
        ),
        ("a,b,b,nan,0.5,zero_shot,0.8,lora,0.9,0.3,0.1", r"all\.csv:2: generalization_accuracy is 'nan'"),
        ("a,b,b,0.5,0.5,zero_shot,0,lora,0.9,0.3,0.1", r"all\.csv:2: target_tuned_capability is 0"),
        ("a,b,b,0.5", r"all\.csv:2: the column 'target_tuned_capability' is absent or empty"),
        ("a,,b,0.5,0.5,zero_shot,0.8,lora,0.9,0.3,0.1", r"all\.csv:2: the column 'target' is absent or empty"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(ShiftworksError, match=message):
        published(tables(tmp_path, row))


def test_a_folder_without_tables_and_an_empty_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ShiftworksError, match="name the folder that holds them"):
        published(tmp_path)
    with pytest.raises(ShiftworksError, match="the table has no row"):
        published(tables(tmp_path))


def test_pairs_are_read_in_both_ways(tmp_path: Path) -> None:
    folder = tmp_path / "pairs" / "probe"
    folder.mkdir(parents=True)
    (folder / "alpaca_hard.json").write_text(json.dumps({"eval_probabilities": [0.5] * 10 + [0.9] * 30}))
    (record,) = published(tables(tmp_path / "tables", *ROWS), tmp_path / "pairs")
    (target,) = record["targets"]
    assert target["published"]["accuracy"] == 1
    assert target["accuracy"] == pytest.approx(35 / 40)
    assert target["brier"] == pytest.approx((10 * 0.25 + 30 * 0.01) / 40)
    (folder / "alpaca_hard.json").write_text('{"eval_probabilities": [0.5, 2]}')
    with pytest.raises(ShiftworksError, match=r"alpaca_hard\.json: no list `eval_probabilities` of probabilities"):
        published(tmp_path / "tables", tmp_path / "pairs")


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    tables(tmp_path, *ROWS)
    shown = CliRunner().invoke(app, ["eval", "published", str(tmp_path)])
    assert shown.exit_code == 0
    assert "0.750 [0.750, 0.750]" in shown.output
    as_json = CliRunner().invoke(app, ["eval", "published", str(tmp_path), "--json"])
    assert [record["intervention"] for record in json.loads(as_json.output)] == ["probe"]


#: The headline figures of the paper's tables (LLaMA-30B): accuracy and DE over the benchmark's 15 shifts.
HEADLINES = {
    "mms": (0.620, 0.145), "lat_stim_1": (0.577, 0.100), "cra": (0.577, 0.097), "lora_fine_tuning": (0.561, 0.081),
    "ccs": (0.549, 0.070), "lat_stim_2": (0.534, 0.055), "few_shot": (0.498, 0.013), "prompt_tuning": (0.487, 0.005),
    "zero_shot": (0.486, 0.0),
}  # fmt: skip


@pytest.mark.skipif(not RESULTS.is_dir(), reason="the published results do not lie in ../shared/genies/results")
def test_every_published_headline_comes_out() -> None:
    records = {record["intervention"]: record for record in published(RESULTS / "metrics", RESULTS / "evaluations")}
    made = {name: (record["genies15_accuracy"], record["genies15_de"]) for name, record in records.items()}
    assert made.keys() == HEADLINES.keys()
    for name, figures in HEADLINES.items():
        assert made[name] == pytest.approx(figures, abs=6e-4)
    lora = records["lora_fine_tuning"]
    assert (lora["extreme_elicitation"], lora["probing_elicitation"]) == pytest.approx((0.8505, 0.5321), abs=5e-5)
    assert (lora["shifts"]["extreme"], lora["shifts"]["probing"]) == (37, 19)
    for name, record in records.items():
        for target in record["targets"]:
            file = json.loads((RESULTS / "evaluations" / name / f"{target['target']}.json").read_text())
            said = (file["eval_accuracy"], file["eval_brier_score"], file["eval_rms_calibration_error"])
            assert tuple(target["published"].values()) == pytest.approx(said, abs=1e-6)
