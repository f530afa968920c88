"""The audit of a folder: planted cues and leaks are found, clean data stay clean, odd data end in a sentence."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eval.audit import audit, receipt, summary, violations
from eval.audit.cues import cues
from eval.dataset import load
from generators.importers.genies import import_genies
from schemas import ShiftworksError
from schemas.files import jsonl
from tests.eval.planted import (
    PLANTED,
    Make,
    clean,
    first,
    leak,
    longest,
    manifest,
    named_in_prompt,
    never_named,
    stamp,
    write,
)
from tests.project import ROOT

RELEASED = ROOT.parent / "shared" / "genies" / "released"


def flagged(record: Mapping[str, Any]) -> set[str]:
    return {cue["cue"] for cue in record["cues"] if cue["flagged"]}


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_a_planted_cue_is_flagged(name: str, tmp_path: Path) -> None:
    make, expected = PLANTED[name]
    [record] = audit(write(tmp_path, "planted", make))["distributions"]
    assert expected <= flagged(record)
    assert record["verdict"] in ("cue", "defect")
    for cue in record["cues"]:
        assert cue["low"] <= cue["accuracy"] <= cue["high"]
        if cue["flagged"]:
            assert not cue["low"] <= 0.5 <= cue["high"]
            assert abs(cue["accuracy"] - 0.5) > cue["margin"] - 1e-4
            assert cue["examples"]


def test_clean_data_stay_clean(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path, f"clean_{number}", clean)
    result = audit(tmp_path)
    assert [record["verdict"] for record in result["distributions"]] == ["clean"] * 4
    assert violations(result) == []
    assert "clean_3" in summary(result)
    assert all(record["control"]["off"] == 0 for record in result["distributions"])


def test_workers_do_not_change_an_audit(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"clean_{number}", clean, sizes=(40, 20))
    manifest(tmp_path, ("clean_0", "clean_1", "clean_2"))
    assert audit(tmp_path, workers=1) == audit(tmp_path, workers=2)


def test_a_declared_cue_is_no_fault(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path, "planted", longest, declared={"longest": "the point"}))["distributions"]
    assert "longest" not in flagged(record)
    [cue] = [cue for cue in record["cues"] if cue["cue"] == "longest"]
    assert (cue["off"], cue["declared"], cue["flagged"]) == (True, True, False)
    assert "Declared: the longer response" in record["sentence"]


def test_declaring_one_cue_excuses_its_kin_and_no_other(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path / "first", "planted", first, declared={"longest": "not it"}))["distributions"]
    assert "first" in flagged(record)
    [record] = audit(write(tmp_path / "named", "planted", named_in_prompt, declared={"named_in_prompt": "the point"}))[
        "distributions"
    ]
    kin = {cue["cue"]: cue["declared"] for cue in record["cues"]}
    assert (kin["named_in_prompt"], kin["prompt_overlap"], kin["longest"]) == (True, True, False)


def test_a_leak_is_found_and_outweighs_cues(tmp_path: Path) -> None:
    write(tmp_path, "leaky", first)
    leak(tmp_path, "leaky", 7)
    result = audit(tmp_path)
    [record] = result["distributions"]
    assert [record["overlap"][key] for key in ("groups", "prompts", "of")] == [7, 7, 200]
    assert record["verdict"] == "leak"
    assert "7 of 200 test examples" in violations(result)[0]
    assert "leak" in summary(result)


def test_the_overlap_of_a_shift_compares_target_test_with_source_train(tmp_path: Path) -> None:
    write(tmp_path, "one", clean)
    write(tmp_path, "two", clean)
    write(tmp_path, "three", lambda rng, n: (f"third {n}", *clean(rng, n)[1:]))
    leak_source = [json.loads(line) for line in (tmp_path / "one" / "train.jsonl").read_bytes().splitlines()]
    test = [json.loads(line) for line in (tmp_path / "three" / "test.jsonl").read_bytes().splitlines()]
    for number in range(5):
        test[number]["meta"]["group"] = leak_source[number]["meta"]["group"]
    (tmp_path / "three" / "test.jsonl").write_bytes(jsonl(test))
    stamp(tmp_path, "three")
    manifest(tmp_path, ("one", "three"), ("one", "two"), ("three", "one"))
    result = audit(tmp_path)
    assert {s["name"]: (s["overlap"]["groups"], s["overlap"]["prompts"]) for s in result["shifts"]} == {
        "one_to_three": (5, 0),
        "one_to_two": (0, 0),
        "three_to_one": (0, 0),
    }
    assert [line for line in violations(result) if line.startswith("one_to_three: 5 of 200")]
    assert [shift["name"] for shift in audit(tmp_path, ["one_to_two"])["shifts"]] == ["one_to_two"]


def test_a_target_that_shares_items_with_its_reference_s_train_says_so(tmp_path: Path) -> None:
    for name in ("source", "target", "reference"):
        write(tmp_path, name, clean, sizes=(40, 20))
    train = [json.loads(line) for line in (tmp_path / "reference" / "train.jsonl").read_bytes().splitlines()]
    test = [json.loads(line) for line in (tmp_path / "target" / "test.jsonl").read_bytes().splitlines()]
    for number in range(3):
        train[number]["meta"]["group"] = test[number]["meta"]["group"]
    (tmp_path / "reference" / "train.jsonl").write_bytes(jsonl(train))
    stamp(tmp_path, "reference")
    manifest(tmp_path, ("source", "target", "reference"))
    [shift] = audit(tmp_path)["shifts"]
    assert shift["target_overlap"]["groups"] == 3
    assert "3 of 20 test examples of the target share an item with the reference's train." in shift["sentence"]


def test_the_seed_decides_the_resampling_alone(tmp_path: Path) -> None:
    write(tmp_path, "planted", first, sizes=(60, 40))
    zero, again, *others = (audit(tmp_path, (), seed)["distributions"][0]["cues"] for seed in (0, 0, 1, 2))
    assert zero == again
    # Rounded bounds of two seeds may coincide, those of three hardly.
    assert any(zero != other for other in others)
    assert all([c["accuracy"] for c in zero] == [c["accuracy"] for c in other] for other in others)


@pytest.mark.parametrize(
    ("make", "sizes"),
    [
        (lambda _, n: (f"q{n}", ["right", "wrong"], 0), (1, 0)),
        (lambda _, n: (f"q{n}", ["right", "wrong"], 0), (1, 1)),
        (lambda _, n: (f"q{n}", ["same", "same"], 0), (3, 3)),
        (lambda _, n: (f"q{n}", ["", ""], 1), (3, 3)),
        (lambda _, n: (f"q{n}", ["", "!"], 1), (1, 9)),
        (first, (0, 9)),
        (lambda rng, n: (f"問題 {n} 🔵", rng.shuffled(["はい。", "いいえ。", "\u202eنعم"]), rng.below(3)), (30, 10)),
        (lambda rng, n: ("長" * 3_000_000 if n == 0 else f"q{n}", rng.shuffled(["yes", "no"]), rng.below(2)), (4, 2)),
        (lambda rng, n: (f"q{n}", rng.shuffled(["1e999", "9" * 400, "-0", "NaN"]), rng.below(4)), (9, 3)),
    ],
    ids=["one", "one each", "equal", "empty", "one to train", "none to train", "not Latin", "9 MB prompt", "numbers"],
)
def test_odd_data_give_figures_and_a_sentence(make: Make, sizes: tuple[int, int], tmp_path: Path) -> None:
    result = audit(write(tmp_path, "odd", make, sizes=sizes))
    [record] = result["distributions"]
    figures = ("accuracy", "low", "high", "margin", "p", "listwise")
    assert all(math.isfinite(cue[key]) for cue in record["cues"] for key in figures)
    assert "nan" not in summary(result).lower()
    assert record["sentence"].endswith(".")


def test_one_example_proves_no_cue_and_says_so(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path, "one", lambda _, n: (f"q{n}", ["right!", "wrong"], 0), sizes=(1, 0)))[
        "distributions"
    ]
    assert not flagged(record)
    assert all(cue["low"] <= 0.5 <= cue["high"] for cue in record["cues"])
    assert record["power"]["finds"] is None
    assert "Too few groups (1) to find any cue" in record["sentence"]


def test_no_example_at_all_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ShiftworksError, match=r"empty: neither train nor test has an example; nothing can be audited"):
        audit(write(tmp_path, "empty", clean, sizes=(0, 0)))


def test_the_triple_tells_a_reference_that_works_from_one_that_does_not(tmp_path: Path) -> None:
    for name, make in {
        "source": clean,
        "target": never_named,
        "clean_reference": clean,
        "tainted_reference": never_named,
        "reversed_source": named_in_prompt,
    }.items():
        write(tmp_path, name, make)
    manifest(
        tmp_path,
        ("source", "target", "clean_reference"),
        ("reversed_source", "target", "tainted_reference"),
        ("target", "source"),
    )
    result = {record["name"]: record for record in audit(tmp_path)["shifts"]}
    works, fails, calm = (
        result[f"{name}"] for name in ("source_to_target", "reversed_source_to_target", "target_to_source")
    )
    [row] = [row for row in works["matrix"] if row["cue"] == "named_in_prompt"]
    assert (row["across"], row["control"], works["verdict"]) == ("target_only", "controls", "controlled")
    assert "clean_reference is free of it: it does its work" in works["sentence"]
    [row] = [row for row in fails["matrix"] if row["cue"] == "named_in_prompt"]
    assert (row["across"], row["control"], fails["verdict"]) == ("conflict", "contaminated", "contaminated")
    assert "a planted conflict" in fails["sentence"]
    assert works["target_overlap"]["groups"] == 0
    assert (calm["verdict"], calm["skill"]) == ("clean", None)
    assert "No cue of the target is off chance" in calm["sentence"]


def test_names_are_shifts_or_distributions_and_one_alone_measures_the_same(tmp_path: Path) -> None:
    for name in ("one", "two", "other"):
        write(tmp_path, name, clean)
    manifest(tmp_path, ("one", "two"))
    whole = audit(tmp_path)
    assert [r["name"] for r in audit(tmp_path, ["one_to_two"])["distributions"]] == ["one", "two"]
    alone = audit(tmp_path, ["two"])
    assert alone["distributions"] == [r for r in whole["distributions"] if r["name"] == "two"]
    assert alone["shifts"] == []
    with pytest.raises(ShiftworksError, match="no shift or distribution named 'othr'; did you mean 'other'"):
        audit(tmp_path, ["othr"])


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "one", clean)
    path = tmp_path / "one" / "test.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"label":0', b'"label":1', 1))
    with pytest.raises(
        ShiftworksError, match=r"one/test\.jsonl: its SHA-256 is not the one on .*card.json; build again"
    ):
        audit(tmp_path)


def test_a_data_folder_is_read_only_where_asked(tmp_path: Path) -> None:
    write(tmp_path, "one", clean, sizes=(2, 2))
    write(tmp_path, "two", clean, sizes=(2, 2))
    manifest(tmp_path, ("one", "two"))
    shutil.rmtree(tmp_path / "two")
    dataset = load(tmp_path)
    assert (list(dataset.distributions), [s.name for s in dataset.shifts]) == (["one", "two"], ["one_to_two"])
    assert (len(dataset["one"].train), len(dataset["one"].test)) == (2, 2)
    with pytest.raises(ShiftworksError, match=r"two/train\.jsonl: no such file"):
        len(dataset["two"].train)
    with pytest.raises(ShiftworksError, match="no distribution named 'three'"):
        dataset["three"]


def test_a_folder_that_is_no_data_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ShiftworksError, match=r"shifts\.json: no such file; write the folder with `shifts build`"):
        load(tmp_path)
    write(tmp_path, "one", clean, sizes=(1, 1))
    manifest(tmp_path, ("one", "gone"))
    with pytest.raises(ShiftworksError, match="shift 'one_to_gone' needs 'gone', which is not listed"):
        load(tmp_path)


def test_another_distribution_s_card_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "one", clean, sizes=(1, 1))
    (tmp_path / "one").rename(tmp_path / "two")
    manifest(tmp_path)
    with pytest.raises(ShiftworksError, match=r"two/card\.json: this is the card of 'one', not of 'two'"):
        audit(tmp_path)


def test_a_receipt_names_what_was_audited_and_no_figure(tmp_path: Path) -> None:
    for place in ("here", "there"):
        write(tmp_path / place, "one", first, sizes=(20, 20))
    receipts = [receipt(tmp_path / p, audit(tmp_path / p)) for p in ("here", "there")]
    assert receipts[0] == receipts[1]
    assert set(receipts[0]["files"]) == {"shifts.json", "one/card.json", "one/train.jsonl", "one/test.jsonl"}
    assert set(cues()) <= set(receipts[0]["cues"])
    leak(tmp_path / "there", "one", 1)
    assert receipt(tmp_path / "there", audit(tmp_path / "there")) != receipts[0]


@pytest.mark.skipif(not RELEASED.is_dir(), reason="the GENIES release does not stand beside this repository")
def test_the_known_faults_of_the_release_are_found(tmp_path: Path) -> None:
    names = ("gender_bias", "ranking_logic_easy", "sycophancy_are_you_sure")
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / "in" / name).symlink_to(RELEASED / name)
    import_genies(tmp_path / "in", tmp_path / "out")
    records = {record["name"]: record for record in audit(tmp_path / "out", workers=2)["distributions"]}
    figures = {name: {cue["cue"]: cue["accuracy"] for cue in record["cues"]} for name, record in records.items()}
    # "they" is always right, 42 % of test prompts stand in train, the shorter answer wins .987.
    assert "constant_right_answer" in {defect["defect"] for defect in records["gender_bias"]["defects"]}
    assert records["ranking_logic_easy"]["overlap"]["prompts"] / 250 == 0.42
    assert figures["sycophancy_are_you_sure"]["longest"] < 0.03
    assert [records[name]["verdict"] for name in names] == ["defect", "leak", "defect"]


def test_the_summary_shows_the_strongest_cue_of_each_distribution(tmp_path: Path) -> None:
    write(tmp_path, "bad", longest)
    write(tmp_path, "good", clean)
    manifest(tmp_path, ("good", "bad"))
    result = audit(tmp_path)
    lines = summary(result).splitlines()
    bad = next(line for line in lines if line.startswith("bad "))
    strongest = next(cue for cue in result["distributions"][0]["cues"] if cue["cue"] == bad.split()[2])
    assert f"{strongest['accuracy']:.3f}" in bad
    assert f"[{strongest['low']:.3f}, {strongest['high']:.3f}]" in bad
    assert any(line.startswith("good_to_bad") for line in lines)


def test_the_gate_gives_three_examples_to_read(tmp_path: Path) -> None:
    write(tmp_path, "bad", longest, sizes=(60, 40))
    command = [sys.executable, "-m", "cli.main", "audit", "--data", str(tmp_path), "--gate", "--workers", "1"]
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "bad: undeclared cue: the longer response is right in" in failed.stderr
    assert failed.stderr.split("the longer response")[1].count("right: ") >= 3
    assert "the gate found" in failed.stderr
    assert "Traceback" not in failed.stderr
