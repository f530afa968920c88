"""The import of plain data: sound records come in unchanged, every fault is a line with a place and a way out."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core.verify import check_paths
from generators.importers.plain import WAY_OUT, import_plain, read_plain
from schemas import ShiftworksError
from schemas.files import jsonl, read_examples, read_json
from tests.project import ROOT, digests


def record(prompt: str, **extra: Any) -> dict[str, Any]:
    """A sound record."""
    return {"prompt": prompt, "responses": [{"text": "no", "label": 0}, {"text": "yes", "label": 1}], **extra}


def lines(*records: Any) -> str:
    return "".join(json.dumps(each) + "\n" for each in records)


def plain(folder: Path, **files: str) -> Path:
    """Writes a folder of distributions from texts by `<distribution>__<file>__<ending>`, and returns it."""
    for name, text in files.items():
        path = folder / name.replace("__", "/", 1).replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return folder


def left_out(report: dict[str, Any]) -> list[tuple[str, int | None, str]]:
    return [(q["file"], q["record"], q["quirk"]) for q in report["quirks"] if q["outcome"] == "left_out"]


def test_both_forms_come_in_from_lines_and_lists(tmp_path: Path) -> None:
    rows = [
        record("Is 2 even?", group="two", source="made up"),
        {"prompt": "Is 3 even?", "chosen": "no", "rejected": "yes"},
        {"prompt": "Is 4 even?", "chosen": "yes", "rejected": ["no", "perhaps"]},
    ]
    folder = plain(tmp_path / "in", mine__train__jsonl=lines(*rows), mine__test__json=json.dumps(rows))
    report = import_plain(folder, tmp_path / "out")
    assert report["distributions"] == [{"name": "mine", "read": 6, "imported": 6}]
    assert report["quirks"] == []
    train, test = (read_examples(tmp_path / "out" / "mine" / f"{split}.jsonl") for split in ("train", "test"))
    assert [example.to_json()["responses"] for example in train] == [e.to_json()["responses"] for e in test]
    assert [(r.text, r.label) for r in train[0].responses] == [("no", 0), ("yes", 1)]
    assert [example.responses[example.gold].text for example in train] == ["yes", "no", "yes"]
    assert sorted(r.text for r in train[2].responses) == ["no", "perhaps", "yes"]
    assert train[0].meta == {"group": "two", "released": {"group": "two", "source": "made up"}}
    assert train[1].group == test[1].group != train[2].group
    checked = check_paths([tmp_path / "out"])
    assert checked.unproven == 6


def test_the_order_of_chosen_and_rejected_says_nothing(tmp_path: Path) -> None:
    rows = [{"prompt": f"Question {n}?", "chosen": f"right {n}", "rejected": f"wrong {n}"} for n in range(400)]
    import_plain(plain(tmp_path / "in", mine__test__jsonl=lines(*rows)), tmp_path / "out")
    first = [example.gold == 0 for example in read_examples(tmp_path / "out" / "mine" / "test.jsonl")]
    assert 150 < sum(first) < 250


FAULTS: list[tuple[str, str, str]] = [
    ('{"prompt": "q", "responses": [{"text": "a", "label": NaN}, {"text": "b", "label": 1}]}', "odd_label", "nan"),
    ('{"prompt": "q", "responses": [{"text": "a", "label": true}, {"text": "b", "label": 1}]}', "odd_label", "true"),
    (lines({"prompt": "q", "responses": [{"text": t, "label": 1} for t in "ab"]}), "several_right_responses", "2 resp"),
    (lines({"prompt": "q", "responses": [{"text": t, "label": 0} for t in "ab"]}), "no_right_response", "no response"),
    (lines({"prompt": "q", "responses": [{"text": "a", "label": 1}]}), "too_few_responses", "1 responses"),
    (lines({"prompt": "q", "responses": []}), "too_few_responses", "0 responses"),
    (lines({"prompt": "q", "responses": {"a": 1, "b": 0}}), "wrong_type", "found an object"),
    (lines({"prompt": "q", "responses": ["a", "b"]}), "wrong_type", "responses[0]: expected an object with text and"),
    (lines({"prompt": "q", "responses": [{"text": 1, "label": 1}]}), "wrong_type", '"text":1'),
    (lines({"prompt": "", "chosen": "a", "rejected": "b"}), "empty_prompt", '""'),
    (lines({"chosen": "a", "rejected": "b"}), "missing_prompt", "no prompt"),
    (lines({"prompt": 7, "chosen": "a", "rejected": "b"}), "wrong_type", "found a number"),
    (lines({"prompt": "q", "chosen": "a"}), "missing_responses", "no rejected"),
    (lines({"prompt": "q"}), "missing_responses", "no chosen and no rejected"),
    (lines({"prompt": "q", "chosen": "a", "rejected": 3}), "wrong_type", "rejected: expected a text, found 3"),
    (lines({"prompt": "q", "chosen": "a", "rejected": []}), "too_few_responses", "1 responses"),
    (lines({"prompt": "q", "chosen": "a", "rejected": "a"}), "conflicting_labels", '"a" is both right and wrong'),
    (lines({**record("q"), "chosen": "a"}), "two_forms", "responses stand beside chosen"),
    (lines(record("q", group=3)), "odd_group", "found 3"),
    (lines(["q"]), "wrong_type", "found a list"),
    ('{"prompt": "q", "chosen"\n', "truncated", "line 2"),
    ("prompt,chosen,rejected\n", "not_json", "line 2"),
    ('{"prompt": "q", "prompt": "r", "chosen": "a", "rejected": "b"}', "repeated_key", "different values"),
    (lines({"prompt": "\ud800", "chosen": "a", "rejected": "b"}), "lone_surrogate", "prompt"),
    (lines({"prompt": "q", "chosen": "\ud800", "rejected": "b"}), "lone_surrogate", "response"),
]


@pytest.mark.parametrize(("line", "quirk", "said"), FAULTS)
def test_a_fault_costs_its_own_record_and_names_place_value_and_way_out(
    line: str, quirk: str, said: str, tmp_path: Path
) -> None:
    text = lines(record("first")) + line.rstrip("\n") + "\n\n" + lines(record("last"))
    report = import_plain(plain(tmp_path / "in", mine__test__jsonl=text), tmp_path / "out")
    assert report["distributions"] == [{"name": "mine", "read": 3, "imported": 2}]
    assert ("mine/test.jsonl", 1, quirk) in left_out(report)
    assert {found[1] for found in left_out(report)} == {1}
    [detail] = [q["detail"] for q in report["quirks"] if q["quirk"] == quirk]
    assert said in detail
    assert "\n" not in detail
    if quirk != "repeated_key":
        assert detail.endswith(f"; {WAY_OUT[quirk]}")
    examples = read_examples(tmp_path / "out" / "mine" / "test.jsonl")
    assert [example.proof.detail["record"] for example in examples] == [0, 2]


def test_what_is_odd_but_fit_is_kept_and_said(tmp_path: Path) -> None:
    rows = [
        {"prompt": "q", "chosen": "a", "rejected": ["b", "b"]},
        {"prompt": "r", "responses": [{"text": "", "label": 0.0}, {"text": "b", "label": 1.0, "score": 3}]},
    ]
    report = import_plain(plain(tmp_path / "in", mine__test__jsonl=lines(*rows)), tmp_path / "out")
    assert report["distributions"][0]["imported"] == 2
    assert {(q["record"], q["quirk"], q["outcome"]) for q in report["quirks"]} == {
        (None, "missing_file", "kept"),
        (0, "repeated_response", "kept"),
        (1, "float_label", "kept"),
        (1, "empty_response", "kept"),
        (1, "extra_key", "kept"),
    }


def test_shifts_are_named_by_their_parts_and_faulty_ones_left_out(tmp_path: Path) -> None:
    sound = lines(record("q"))
    shifts = [
        {"source": "one", "target": "two"},
        {"source": "one", "target": "two", "target_reference": "three", "name": "mine", "category": "own"},
        {"source": "one", "target": "four"},
        {"source": "one", "target": "two", "refrence": "three"},
        {"source": "two", "target": "two", "name": "mine"},
        {"source": "two", "target": "one", "name": "Not This"},
        {"source": "two", "target": "one", "label": "odd"},
        "one_to_two",
    ]
    folder = plain(tmp_path / "in", one__test__jsonl=sound, two__test__jsonl=sound, three__test__jsonl=sound)
    (folder / "shifts.json").write_text(json.dumps(shifts))
    report = import_plain(folder, tmp_path / "out")
    manifest = read_json(tmp_path / "out" / "shifts.json", "manifest")
    assert [(s["name"], s["label"], s["category"], s["target_reference"]) for s in manifest["shifts"]] == [
        ("mine", "probing", "own", "three"),
        ("one_to_two", "extreme", "imported", None),
    ]
    kinds = ("unknown_part", "unknown_key", "repeated_name", "odd_name", "odd_label", "wrong_type")
    assert left_out(report) == [("shifts.json", n + 2, quirk) for n, quirk in enumerate(kinds)]
    details = [q["detail"] for q in report["quirks"] if q["file"] == "shifts.json"]
    assert 'target: no distribution "four" (imported here: one, three, two)' in details[0]
    assert 'unknown key "refrence" (known: source,' in details[1]


@pytest.mark.parametrize("text", ["{", "{}", "[", "null"])
def test_a_shift_file_that_is_no_list_is_reported(text: str, tmp_path: Path) -> None:
    folder = plain(tmp_path / "in", one__test__jsonl=lines(record("q")))
    (folder / "shifts.json").write_text(text)
    assert [found[0] for found in left_out(import_plain(folder, tmp_path / "out"))] == ["shifts.json"]


def test_folders_and_files_that_do_not_belong_are_reported(tmp_path: Path) -> None:
    sound = lines(record("q"))
    folder = plain(
        tmp_path / "in",
        good__test__jsonl=sound,
        good__notes__txt="",
        bad__test__jsonl="\n",
        both__test__jsonl=sound,
        both__test__json="[]",
        list__test__json='{"prompt": "q"}',
    )
    plain(folder / "Odd-Name", x__test__jsonl=sound)
    (folder / "table.csv").write_text("prompt,chosen,rejected\n")
    report = import_plain(folder, tmp_path / "out")
    assert {
        ("Odd-Name", None, "odd_name"),
        ("table.csv", None, "unexpected_file"),
        ("good/notes.txt", None, "unexpected_file"),
        ("bad", None, "no_examples"),
        ("both/test", None, "two_files"),
        ("list/test.json", None, "not_a_list"),
    } <= set(left_out(report))
    assert {e["name"]: e["imported"] for e in report["distributions"]} == {"bad": 0, "both": 0, "good": 1, "list": 0}
    assert read_json(tmp_path / "out" / "shifts.json", "manifest")["distributions"] == ["good"]


def test_a_folder_without_distributions_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ShiftworksError, match="no folder of a distribution in it; put train and test files into"):
        import_plain(tmp_path / "in", tmp_path / "out")
    with pytest.raises(ShiftworksError, match="no such folder"):
        import_plain(tmp_path / "nowhere", tmp_path / "out")


def test_the_same_files_give_the_same_bytes_and_nothing_but_imports_is_replaced(tmp_path: Path) -> None:
    folder = plain(
        tmp_path / "in", one__test__jsonl=lines(record("q"), {"prompt": "r", "chosen": "a", "rejected": "b"})
    )
    for out in ("x", "y", "y"):
        import_plain(folder, tmp_path / out)
    assert digests(tmp_path / "x") == digests(tmp_path / "y")
    (tmp_path / "z" / "one").mkdir(parents=True)
    with pytest.raises(ShiftworksError, match="stands there and is no import"):
        import_plain(folder, tmp_path / "z")


def test_the_command_prints_what_was_left_out(tmp_path: Path) -> None:
    text = lines(record("q"), {"prompt": "r", "chosen": "a"})
    folder = plain(tmp_path / "in", mine__test__jsonl=text)
    command = [sys.executable, "-m", "cli.main", "import", "plain", str(folder), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "mine/test.jsonl record 1: the record has no responses and no rejected; give it" in done.stdout
    assert "imported 1 of 2 examples of 1 distributions" in done.stdout


TEXTS = st.text(alphabet=st.characters(), max_size=6)
LABELS = st.sampled_from([0, 1, 0.0, 1.0, 2, None, True, "1", float("nan")])
RESPONSES = st.lists(st.fixed_dictionaries({"text": TEXTS | st.none(), "label": LABELS}), max_size=3)
VALUES = TEXTS | st.none() | RESPONSES | st.lists(TEXTS, max_size=2)
KEYS = st.sampled_from(["prompt", "responses", "chosen", "rejected", "group", "more"])
RECORDS = (
    st.dictionaries(KEYS, VALUES, max_size=5)
    | st.builds(record, TEXTS)
    | st.builds(lambda p, c, r: {"prompt": p, "chosen": c, "rejected": r}, TEXTS, TEXTS, TEXTS | st.lists(TEXTS))
    | TEXTS
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, max_size=6), st.sampled_from(["jsonl", "json"]))
def test_every_record_is_either_imported_or_reported_as_left_out(records: list[Any], ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"train.{ending}"
        path.write_text(lines(*records) if ending == "jsonl" else json.dumps(records))
        reading = read_plain(path, path.name)
    sound = {each.number for each in reading.records}
    refused = {quirk.record for quirk in reading.quirks if quirk.outcome == "left_out"}
    assert reading.read == len(records)
    jsonl([quirk.to_json() for quirk in reading.quirks])
    assert sound | refused == set(range(len(records)))
    assert not sound & refused
    for each in reading.records:
        assert each.prompt == records[each.number]["prompt"]
        assert sum(label for _, label in each.responses) == 1
        assert len(each.responses) >= 2
