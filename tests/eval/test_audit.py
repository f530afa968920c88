"""The audit: planted cues and leaks are found, clean data stay clean, and odd data end in a sentence."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.audit import audit, receipt, summary, violations
from eval.audit.cues import cues
from eval.audit.interval import intervals
from eval.audit.table import Table
from eval.dataset import load
from generators.importers.genies import import_genies
from schemas import Example, Proof, Response, ShiftworksError
from schemas.files import jsonl
from tests.eval.planted import PLANTED, Make, clean, first, leak, longest, manifest, stamp, write
from tests.project import ROOT

RELEASED = ROOT.parent / "shared" / "genies" / "released"
PROOF = Proof("rule", "proven")


def flagged(record: Mapping[str, Any]) -> set[str]:
    return {cue["cue"] for cue in record["cues"] if cue["flagged"]}


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_a_planted_cue_is_flagged(name: str, tmp_path: Path) -> None:
    make, expected = PLANTED[name]
    [record] = audit(write(tmp_path, "planted", make))["distributions"]
    # In `longest` and `shortest` the odd text is itself a new word, so the bag of words may see it too.
    assert expected <= flagged(record) <= expected | {"response_words", "constant"}
    assert record["verdict"] == "cue"
    for cue in record["cues"]:
        assert cue["low"] <= cue["accuracy"] <= cue["high"]
        if cue["flagged"]:
            assert not cue["low"] <= 0.5 <= cue["high"]


def test_clean_data_stay_clean(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path, f"clean_{number}", clean)
    result = audit(tmp_path)
    assert [record["verdict"] for record in result["distributions"]] == ["clean"] * 4
    assert violations(result) == []
    assert "clean_3" in summary(result)


def test_figures_are_those_counted_by_hand(tmp_path: Path) -> None:
    rows = [(["ab", "a", "abc"], 2), (["ab", "ab", "a"], 0), (["abcd", "a", "ab"], 1)]
    write(tmp_path, "hand", lambda _, n: (f"q{n} ab.", *rows[n % 3]), sizes=(3, 3))
    [record] = audit(tmp_path)["distributions"]
    measured = {cue["cue"]: cue["accuracy"] for cue in record["cues"]}
    # Pairs: 2 + 2 + 2. Longest wins both of the first, ties one and wins one of the second, loses both of the third.
    assert measured["longest"] == round(3.5 / 6, 4)
    assert measured["shortest"] == round(2.5 / 6, 4)
    assert measured["first"] == round(3 / 6, 4)
    # "ab" alone stands in the prompt: one loss and a tie, a tie and a win, a tie and a loss.
    assert measured["named_in_prompt"] == round((0 + 0.5 + 0.5 + 1 + 0.5 + 0) / 6, 4)
    assert {cue["pairs"] for cue in record["cues"]} == {6}
    assert (record["train"], record["test"], record["groups"]) == (3, 3, 3)


@pytest.mark.parametrize(
    ("prompt", "text", "count"),
    [("a cat, a CAT", "cat", 2), ("concatenate", "cat", 0), ("cats", "cat", 0), ("🔵 > 🔴🔵", "🔵", 2), ("x", "", 0)],
)
def test_a_text_is_named_only_as_whole_words(tmp_path: Path, prompt: str, text: str, count: int) -> None:
    data = write(tmp_path, "named", lambda _, n: (f"{n} {prompt}", [text, "zebra"], 0), sizes=(1, 1))
    table = Table.of(load(data)["named"].test)
    assert cues()["named_in_prompt"].score(table, table)[0] == count


def test_a_declared_cue_is_no_fault(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path, "planted", first, declared={"first": "the point"}))["distributions"]
    assert (record["verdict"], flagged(record)) == ("declared", set())
    assert [cue["cue"] for cue in record["cues"] if cue["declared"]] == ["first"]


def test_declaring_one_cue_excuses_no_other(tmp_path: Path) -> None:
    result = audit(write(tmp_path, "planted", first, declared={"longest": "not the point"}))
    assert flagged(result["distributions"][0]) == {"first"}


def test_longest_and_shortest_are_one_cue_to_declare(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path, "planted", longest, declared={"longest": "the point"}))["distributions"]
    assert {cue["cue"] for cue in record["cues"] if cue["declared"]} == {"longest", "shortest"}
    assert not flagged(record) & {"longest", "shortest"}


def test_a_leak_is_found_and_outweighs_cues(tmp_path: Path) -> None:
    write(tmp_path, "leaky", first)
    leak(tmp_path, "leaky", 7)
    result = audit(tmp_path)
    [record] = result["distributions"]
    assert record["overlap"] == {"groups": 7, "prompts": 7, "of": 200}
    assert record["verdict"] == "leak"
    assert "7 of 200 test examples" in violations(result)[0]
    assert "7 of 200" in summary(result)


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


def test_the_seed_decides_the_resampling_alone(tmp_path: Path) -> None:
    write(tmp_path, "planted", first)
    zero, again, *others = (audit(tmp_path, (), seed)["distributions"][0]["cues"] for seed in (0, 0, 1, 2))
    assert zero == again
    # Rounded bounds of two seeds may coincide, those of three hardly.
    assert any(zero != other for other in others)
    assert all([c["accuracy"] for c in zero] == [c["accuracy"] for c in other] for other in others)


def test_examples_of_one_group_count_as_one(tmp_path: Path) -> None:
    # Ten groups of twenty equal examples; taken as 200 independent ones, the interval would be 0.14 wide.
    write(tmp_path, "grouped", lambda _, n: (f"q{n // 20}", ["right", "wrong"], n // 20 % 2), sizes=(20, 200))
    [record] = audit(tmp_path)["distributions"]
    [by_place] = [cue for cue in record["cues"] if cue["cue"] == "first"]
    assert (record["groups"], by_place["accuracy"]) == (10, 0.5)
    assert by_place["high"] - by_place["low"] > 0.5


def test_a_text_more_often_wrong_than_right_is_no_good_constant() -> None:
    responses = [("x", "z"), ("x", "z"), ("y", "x"), ("u", "x"), ("v", "x")]
    train = [
        Example(f"t/train/{n:05d}", f"q{n}", (Response(right, 1), Response(wrong, 0)), {"group": f"q{n}"}, PROOF)
        for n, (right, wrong) in enumerate(responses)
    ]
    table = Table.of(train)
    scores = dict(zip(table.texts, cues()["constant"].score(table, table), strict=True))
    assert scores == {"x": -1, "y": 1, "u": 1, "v": 1, "z": -2}


@pytest.mark.parametrize(
    ("make", "sizes"),
    [
        (lambda _, n: (f"q{n}", ["right", "wrong"], 0), (1, 1)),
        (lambda _, n: (f"q{n}", ["same", "same"], 0), (3, 3)),
        (lambda _, n: (f"q{n}", ["", ""], 1), (3, 3)),
        (lambda _, n: (f"q{n}", ["", "!"], 1), (1, 9)),
        (first, (0, 9)),
    ],
    ids=["one example", "equal responses", "empty responses", "one training example", "no training examples"],
)
def test_odd_data_give_figures_and_a_verdict(make: Make, sizes: tuple[int, int], tmp_path: Path) -> None:
    result = audit(write(tmp_path, "odd", make, sizes=sizes))
    [record] = result["distributions"]
    assert all(math.isfinite(cue[key]) for cue in record["cues"] for key in ("accuracy", "low", "high"))
    assert "nan" not in summary(result).lower()
    learned = {name for name, cue in cues().items() if cue.learned}
    assert learned.isdisjoint({cue["cue"] for cue in record["cues"]}) is (sizes[0] == 0)


def test_one_example_proves_no_cue(tmp_path: Path) -> None:
    [record] = audit(write(tmp_path, "one", lambda _, n: (f"q{n}", ["right!", "wrong"], 0), sizes=(9, 1)))[
        "distributions"
    ]
    assert record["verdict"] == "clean"
    assert all(cue["low"] <= 0.5 <= cue["high"] for cue in record["cues"])


def test_an_empty_test_split_is_one_clear_line(tmp_path: Path) -> None:
    write(tmp_path, "empty", clean, sizes=(5, 0))
    with pytest.raises(ShiftworksError, match=r"empty/test\.jsonl: no test examples, so nothing can be audited"):
        audit(tmp_path)


def test_intervals_cover_and_false_alarms_are_rare() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), 3)
    covered, alarms, trials, many = 0, 0, 10, 72
    for trial in range(trials):
        # Pairs of a group lean the same way, so an interval that took them as independent would be far too narrow.
        lean = rng.choice([0.1, 0.9], size=(60, many))
        outcomes = (rng.random((180, many)) < np.repeat(lean, 3, axis=0)).astype(np.float64)
        reported, strict = intervals(outcomes, groups, (0.05, 0.05 / 6), ("test", trial))
        covered += int(np.sum((reported[0] <= 0.5) & (reported[1] >= 0.5)))
        alarms += int(np.sum((strict[0] > 0.5) | (strict[1] < 0.5)))
    assert 0.93 <= covered / (trials * many) <= 0.97
    assert alarms / (trials * many) <= 0.02


def test_unanimous_pairs_keep_an_honest_bound() -> None:
    outcomes = np.ones((40, 1))
    low, high = intervals(outcomes, np.arange(40), (0.05,), ("test",))[0][:, 0]
    assert (low, high) == (pytest.approx(0.025 ** (1 / 40)), 1)
    low, high = intervals(outcomes[:5], np.arange(5), (0.05,), ("test",))[0][:, 0]
    assert low <= 0.5 < high


def test_a_handful_of_telling_groups_is_no_evidence() -> None:
    outcomes = np.full((200, 2), 0.5)
    outcomes[:5, 0] = 1
    outcomes[:12, 1] = 1
    low, high = intervals(outcomes, np.arange(200), (0.05,), ("test",))[0]
    assert low[0] <= 0.5 < high[0]
    assert 0.5 < low[1] < high[1]


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
        write(tmp_path / place, "one", first)
    receipts = [receipt(tmp_path / p, audit(tmp_path / p), 0) for p in ("here", "there")]
    assert receipts[0] == receipts[1]
    assert set(receipts[0]["files"]) == {"shifts.json", "one/card.json", "one/train.jsonl", "one/test.jsonl"}
    assert receipts[0]["cues"] == list(cues())
    leak(tmp_path / "there", "one", 1)
    assert receipt(tmp_path / "there", audit(tmp_path / "there"), 0) != receipts[0]


@pytest.mark.skipif(not RELEASED.is_dir(), reason="the GENIES release does not stand beside this repository")
def test_the_known_faults_of_the_release_are_found(tmp_path: Path) -> None:
    names = ("gender_bias", "ranking_logic_easy", "sycophancy_are_you_sure")
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / "in" / name).symlink_to(RELEASED / name)
    import_genies(tmp_path / "in", tmp_path / "out")
    records = {record["name"]: record for record in audit(tmp_path / "out")["distributions"]}
    figures = {name: {cue["cue"]: cue["accuracy"] for cue in record["cues"]} for name, record in records.items()}
    # "they" is always right, 42 % of test prompts stand in train, the shorter answer wins .987.
    assert figures["gender_bias"]["constant"] == 1
    assert records["ranking_logic_easy"]["overlap"]["prompts"] / 250 == 0.42
    assert figures["sycophancy_are_you_sure"]["shortest"] > 0.97
    assert [records[name]["verdict"] for name in names] == ["cue", "leak", "cue"]


def test_the_summary_shows_the_worst_cue_of_each_distribution(tmp_path: Path) -> None:
    write(tmp_path, "bad", first)
    write(tmp_path, "good", clean)
    manifest(tmp_path, ("good", "bad"))
    result = audit(tmp_path)
    lines = summary(result).splitlines()
    bad = next(line for line in lines if line.startswith("bad "))
    worst = next(cue for cue in result["distributions"][0]["cues"] if cue["cue"] == "first")
    assert f"{worst['accuracy']:.3f}" in bad
    assert f"[{worst['low']:.3f}, {worst['high']:.3f}]" in bad
    assert bad.split()[2] == "first"
    assert bad.endswith("cue")
    assert any(line.startswith("good_to_bad") for line in lines)
    assert violations(result)[0].startswith("bad: undeclared cue 'first' ranks")
