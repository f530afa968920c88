"""The import of released data: sound records come in unchanged, everything odd is reported where it stands."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core.verify import check_paths
from generators.importers.genies import import_genies
from generators.importers.released import read_released
from schemas import ShiftworksError
from schemas.files import jsonl, read_examples, read_json
from schemas.validation import validate
from tests.project import ROOT, digests

FIXTURES = ROOT / "tests" / "fixtures" / "released"
RELEASED = ROOT.parent / "shared" / "genies" / "released"
Found = tuple[int | None, str, str]

#: What is planted in `quirky/train.json`: record, quirk, outcome.
PLANTED: list[Found] = [
    (1, "float_label", "kept"),
    (2, "missing_key", "kept"),
    (3, "extra_key", "kept"),
    (4, "empty_response", "kept"),
    (5, "empty_prompt", "left_out"),
    (6, "missing_prompt", "left_out"),
    (7, "extra_key", "left_out"),
    (7, "no_right_response", "left_out"),
    (8, "several_right_responses", "left_out"),
    (9, "no_right_response", "left_out"),
    (9, "odd_label", "left_out"),
    (10, "odd_label", "left_out"),
    (11, "too_few_responses", "left_out"),
    (12, "wrong_type", "left_out"),
    (13, "wrong_type", "left_out"),
    (14, "wrong_type", "left_out"),
    (15, "conflicting_labels", "kept"),
    (16, "repeated_example", "kept"),
    (17, "repeated_prompt", "kept"),
    (18, "missing_marker", "kept"),
    (19, "repeated_response", "kept"),
    (20, "repeated_response", "left_out"),
    (21, "no_right_response", "left_out"),
    (21, "odd_label", "left_out"),
    (22, "missing_responses", "left_out"),
    (23, "odd_type", "kept"),
    (24, "repeated_key", "kept"),
    (25, "extra_key", "kept"),
    (25, "unwritable_field", "kept"),
    (26, "repeated_key", "left_out"),
]


def quirks_of(report: dict[str, Any], file: str) -> list[Found]:
    """Record, quirk and outcome of a file's quirks, without the shape that every released record shares."""
    return sorted(
        (
            (quirk["record"], quirk["quirk"], quirk["outcome"])
            for quirk in report["quirks"]
            if quirk["file"] == file and quirk["quirk"] != "responses_as_map"
        ),
        key=lambda found: (-1 if found[0] is None else found[0], *found[1:]),
    )


def record(question: str, **extra: Any) -> dict[str, Any]:
    """A sound released record."""
    return {"prompt": question, "responses": {"yes": 1.0, "no": 0.0}, **extra}


def released(folder: Path, name: str = "toy", **files: str | bytes) -> Path:
    """Writes a released distribution, sound but for the files given by stem, and returns the released folder."""
    sound: dict[str, str | bytes] = {
        "train": json.dumps([record(f"Is {n} even?") for n in range(4)]),
        "test": json.dumps([record(f"Is {n} odd?") for n in range(3)]),
        "metadata": json.dumps({"id": name}),
    }
    (folder / name).mkdir(parents=True)
    for stem, text in {**sound, **files}.items():
        (folder / name / f"{stem}.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def report(tmp_path: Path) -> dict[str, Any]:
    return import_genies(FIXTURES, tmp_path / "out")


def test_every_planted_quirk_is_reported_by_record(report: dict[str, Any]) -> None:
    assert quirks_of(report, "quirky/train.json") == PLANTED


def test_what_all_records_share_is_said_once_and_what_some_share_is_said_of_each(report: dict[str, Any]) -> None:
    assert quirks_of(report, "quirky/test.json") == [(None, "float_label", "kept")]
    maps = [q["record"] for q in report["quirks"] if q["quirk"] == "responses_as_map" and "quirky/train" in q["file"]]
    assert maps == [n for n in range(28) if n not in (12, 13, 22)]


def test_records_left_out_are_exactly_those_not_imported(report: dict[str, Any], tmp_path: Path) -> None:
    left_out = {found[0] for found in PLANTED if found[2] == "left_out"}
    assert {"name": "quirky", "read": 30, "imported": 30 - len(left_out)} in report["distributions"]
    examples = read_examples(tmp_path / "out" / "quirky" / "train.jsonl")
    assert [e.proof.detail["record"] for e in examples] == [n for n in range(28) if n not in left_out]
    assert [e.id for e in examples] == [f"quirky/train/{n:05d}" for n in range(len(examples))]
    card = read_json(tmp_path / "out" / "quirky" / "card.json", "card")
    assert card["candidates"]["seen"] == 30
    assert sum(card["candidates"]["passed_over"].values()) == len(left_out)


def test_files_and_folders_that_do_not_belong_are_reported_and_their_distributions_left_out(
    report: dict[str, Any], tmp_path: Path
) -> None:
    files = {(q["file"], q["quirk"]) for q in report["quirks"] if q["record"] is None and q["outcome"] == "left_out"}
    assert {
        ("Odd-Name", "odd_name"),
        ("stray.json", "unexpected_file"),
        ("arc_hard/notes.txt", "unexpected_file"),
        ("not_a_list/train.json", "not_a_list"),
        ("cut_off/train.json", "truncated"),
        ("no_test/test.json", "missing_file"),
        ("no_test/metadata.json", "wrong_type"),
        ("one_prompt/metadata.json", "missing_file"),
    } <= files
    imported = {entry["name"] for entry in report["distributions"] if entry["imported"]}
    assert imported == {"arc_easy", "arc_hard", "one_prompt", "quirky"}
    assert {p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")} == {
        *imported,
        "shifts.json",
        "import_report.json",
    }


def test_nothing_of_a_left_out_distribution_is_called_kept(report: dict[str, Any]) -> None:
    for name in ("not_a_list", "cut_off", "no_test"):
        mine = [q for q in report["quirks"] if q["file"].startswith(f"{name}/")]
        assert mine
        assert {q["outcome"] for q in mine} == {"left_out"}


def test_a_constant_prompt_is_said_once(report: dict[str, Any]) -> None:
    assert quirks_of(report, "one_prompt/train.json") == [(None, "constant_prompt", "kept")]
    assert quirks_of(report, "one_prompt/test.json") == [(None, "constant_prompt", "kept")]


def test_examples_are_the_released_records_unchanged(report: dict[str, Any], tmp_path: Path) -> None:
    assert report["source"] == "released"
    for split in ("train", "test"):
        raw = json.loads((FIXTURES / "arc_easy" / f"{split}.json").read_text())
        examples = read_examples(tmp_path / "out" / "arc_easy" / f"{split}.jsonl")
        for before, after in zip(raw, examples, strict=True):
            assert after.prompt == before["prompt"]
            assert [(r.text, r.label) for r in after.responses] == list(before["responses"].items())
            assert after.meta["released"] == {"instruction": before["instruction"]}
            assert (after.proof.kind, after.proof.status) == ("source_key", "sourced")


def test_equal_questions_share_a_group_whatever_their_case_and_spacing(report: dict[str, Any], tmp_path: Path) -> None:
    assert report["distributions"]
    easy = read_examples(tmp_path / "out" / "arc_easy" / "train.jsonl")
    hard = read_examples(tmp_path / "out" / "arc_hard" / "test.jsonl")
    assert easy[0].group == hard[1].group
    assert len({e.group for e in (*easy, *hard)}) == len(easy) + len(hard) - 1


def test_signs_that_carry_meaning_keep_questions_apart(tmp_path: Path) -> None:
    train = json.dumps([record(q) for q in ("Is 🔵 over 🔴?", "Is 🔴 over 🔵?", "Is -5 even?", "Is 5 even?")])
    import_genies(released(tmp_path / "in", train=train), tmp_path / "out")
    examples = read_examples(tmp_path / "out" / "toy" / "train.jsonl")
    assert len({e.group for e in examples}) == 4


def test_an_instruction_that_all_records_share_names_no_question(tmp_path: Path) -> None:
    train = json.dumps([record(f"Be brief. Is {n} even?", instruction="Be brief.") for n in range(6)])
    import_genies(released(tmp_path / "in", train=train), tmp_path / "out")
    assert len({e.group for e in read_examples(tmp_path / "out" / "toy" / "train.jsonl")}) == 6


def test_the_manifest_holds_the_published_shifts_whose_parts_are_there(report: dict[str, Any], tmp_path: Path) -> None:
    manifest = read_json(tmp_path / "out" / "shifts.json", "manifest")
    assert report["distributions"]
    assert manifest["distributions"] == ["arc_easy", "arc_hard", "one_prompt", "quirky"]
    assert manifest["shifts"] == [
        {
            "name": "arc_easy_to_arc_hard",
            "label": "extreme",
            "category": "difficulty",
            "source": "arc_easy",
            "target": "arc_hard",
            "target_reference": None,
            "version": 0,
        }
    ]


def test_what_was_imported_validates(report: dict[str, Any], tmp_path: Path) -> None:
    checked = check_paths([tmp_path / "out"])
    assert checked.unproven == sum(entry["imported"] for entry in report["distributions"])
    card = read_json(tmp_path / "out" / "arc_easy" / "card.json", "card")
    assert (card["origin"], card["version"], card["seed"], card["profile"]) == ("imported", 0, None, "released")
    assert card["proof"] == {"status": "sourced", "kinds": {"source_key": 7}}
    assert "made_up (https://example.org/made_up)" in card["items"][0]["source"]


def test_the_same_files_give_the_same_bytes_from_any_place(tmp_path: Path) -> None:
    import_genies(released(tmp_path / "a" / "in"), tmp_path / "x")
    import_genies(released(tmp_path / "b" / "in"), tmp_path / "y")
    import_genies(tmp_path / "b" / "in", tmp_path / "y")
    assert digests(tmp_path / "x") == digests(tmp_path / "y")


@pytest.mark.parametrize(
    ("train", "quirk"),
    [
        (b"", "truncated"),
        (b'[{"prompt": "a", ', "truncated"),
        (b'[{"prompt": "a', "truncated"),
        (b"prompt,response\na,b\n", "not_json"),
        (b"[]\n[]\n", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[" + b"9" * 5000 + b"]", "not_json"),
        ("[]".encode("utf-16"), "not_json"),
        (b"null", "not_a_list"),
        (b"[]", "no_examples"),
        (b"[1, 2]", "no_examples"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_its_distribution_out(tmp_path: Path, train: bytes, quirk: str) -> None:
    folder = released(tmp_path / "in", "bad", train=train)
    report = import_genies(released(folder, "good"), tmp_path / "out")
    assert quirk in {q["quirk"] for q in report["quirks"] if q["file"] == "bad/train.json" and q["record"] is None}
    assert {e["name"]: bool(e["imported"]) for e in report["distributions"]} == {"bad": False, "good": True}
    assert not (tmp_path / "out" / "bad").exists()


def test_bytes_that_are_not_utf8_cost_only_their_own_record(tmp_path: Path) -> None:
    rows = [json.dumps(record(q)).encode() for q in ("Is 1 even?", "Is 2 even?", "Is 3 even?")]
    rows[1] = rows[1].replace(b"Is 2", b"Is \xff\xfe")
    rows[2] = rows[2].replace(b"Is 3", b"Is \\ud83d")
    report = import_genies(released(tmp_path / "in", train=b"[" + b",".join(rows) + b"]"), tmp_path / "out")
    assert quirks_of(report, "toy/train.json")[1:] == [
        (1, "alien_bytes", "left_out"),
        (2, "lone_surrogate", "left_out"),
    ]
    assert len(read_examples(tmp_path / "out" / "toy" / "train.jsonl")) == 1


def test_a_byte_order_mark_is_reported_and_harmless(tmp_path: Path) -> None:
    train = "\ufeff" + json.dumps([record("Is 1 even?")])
    report = import_genies(released(tmp_path / "in", train=train), tmp_path / "out")
    assert (None, "byte_order_mark", "kept") in quirks_of(report, "toy/train.json")
    assert len(read_examples(tmp_path / "out" / "toy" / "train.jsonl")) == 1


def test_fields_nested_beyond_measure_are_reported(tmp_path: Path) -> None:
    deep = '[{"prompt": "Is 1 even?", "responses": {"yes": 0, "no": 1}, "x": ' + "[" * 600 + "]" * 600 + "}]"
    report = import_genies(released(tmp_path / "in", train=deep), tmp_path / "out")
    assert "unwritable_field" in {found[1] for found in quirks_of(report, "toy/train.json")}


def test_folders_of_strange_names_and_kinds_are_survived(tmp_path: Path) -> None:
    folder = released(tmp_path / "in")
    for name in ("..sly", "UPPER", "with space", "näme", "x" * 200):
        (folder / name).mkdir()
    (folder / os.fsdecode(b"bad\xff")).mkdir()
    (folder / "toy" / os.fsdecode(b"odd\xff.json")).write_text("[]")
    (folder / "dangling").symlink_to(folder / "nowhere")
    (folder / "pipes").mkdir()
    for split in ("train", "test"):
        os.mkfifo(folder / "pipes" / f"{split}.json")
    report = import_genies(folder, tmp_path / "out")
    kinds = Counter(q["quirk"] for q in report["quirks"])
    assert (kinds["odd_name"], kinds["unexpected_file"], kinds["not_a_file"]) == (6, 2, 2)
    assert [e["name"] for e in report["distributions"] if e["imported"]] == ["toy"]
    read_json(tmp_path / "out" / "import_report.json", "import_report")


def test_a_folder_without_distributions_gives_an_empty_import(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    report = import_genies(tmp_path / "in", tmp_path / "out")
    assert report["distributions"] == []
    assert read_json(tmp_path / "out" / "shifts.json", "manifest") == {"shifts": [], "distributions": []}


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ShiftworksError, match=r"nowhere: no such folder; give the one that holds"):
        import_genies(tmp_path / "nowhere", tmp_path / "out")


def test_nothing_but_imports_is_replaced(tmp_path: Path) -> None:
    folder = released(tmp_path / "in")
    before = digests(folder)
    with pytest.raises(ShiftworksError, match="the released folder itself"):
        import_genies(folder, folder)
    (tmp_path / "out" / "toy").mkdir(parents=True)
    (tmp_path / "out" / "toy" / "mine.txt").write_text("precious")
    with pytest.raises(ShiftworksError, match=r"toy: stands there and is no import"):
        import_genies(folder, tmp_path / "out")
    assert (tmp_path / "out" / "toy" / "mine.txt").read_text() == "precious"
    assert digests(folder) == before


def test_a_distribution_that_turned_bad_is_no_longer_listed(tmp_path: Path) -> None:
    folder = released(tmp_path / "in")
    import_genies(released(folder, "other"), tmp_path / "out")
    (folder / "toy" / "train.json").write_text("[")
    import_genies(folder, tmp_path / "out")
    assert read_json(tmp_path / "out" / "shifts.json", "manifest")["distributions"] == ["other"]


LABELS = st.sampled_from([0, 1, 0.0, 1.0, 2, -1, None, True, "1", float("nan"), [1]])
TEXTS = st.text(alphabet=st.characters(), max_size=8)
RESPONSES = st.dictionaries(TEXTS, LABELS, max_size=4) | st.none() | st.lists(TEXTS, max_size=2)
FIELDS = st.dictionaries(TEXTS, st.none() | st.floats() | st.integers() | TEXTS, max_size=2)
RECORDS = (
    st.builds(lambda p, r, f: {**f, "prompt": p, "responses": r}, TEXTS | st.integers(), RESPONSES, FIELDS)
    | st.builds(lambda q: record(f"Is {q} even?"), st.integers(0, 3))
    | FIELDS
    | TEXTS
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, max_size=6))
def test_every_record_is_either_imported_or_reported_as_left_out(records: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.json"
        path.write_text(json.dumps(records))
        reading = read_released(path, "toy/train.json")
    sound = {each.number for each in reading.records}
    left_out = {quirk.record for quirk in reading.quirks if quirk.outcome == "left_out"}
    assert reading.read == len(records)
    quirks = [quirk.to_json() for quirk in reading.quirks]
    validate({"source": "in", "distributions": [], "quirks": quirks}, "import_report", "report")
    jsonl(quirks)
    assert sound | left_out == set(range(len(records)))
    assert not sound & left_out
    for each in reading.records:
        assert each.prompt == records[each.number]["prompt"]
        assert dict(each.responses) == records[each.number]["responses"]
        assert sum(label for _, label in each.responses) == 1


@pytest.mark.skipif(not RELEASED.is_dir(), reason="the GENIES release does not stand beside this repository")
def test_the_release_itself_comes_in_whole(tmp_path: Path) -> None:
    report = import_genies(RELEASED, tmp_path / "out")
    folders = sorted(path.name for path in RELEASED.iterdir())
    assert [entry["name"] for entry in report["distributions"] if entry["imported"]] == folders
    total = sum(len(json.loads(p.read_bytes())) for n in folders for p in (RELEASED / n).glob("t*.json"))
    assert sum(entry["imported"] for entry in report["distributions"]) == total
    empty = [q for q in report["quirks"] if q["quirk"] == "empty_response"]
    assert Counter(q["file"].split("/")[0] for q in empty) == {"math_easy": 40}
