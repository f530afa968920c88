"""The contract: schemas are sound, what we write passes, and a broken record ends in one line that leads to it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Example, Proof, RecordError, Response, ShiftworksError
from schemas.files import canonical, jsonl, read_examples, read_json, write_whole
from schemas.validation import kinds, validate, validator

GOOD: dict[str, Any] = {
    "id": "toy/train/00000",
    "prompt": "1 + 1 =",
    "responses": [{"text": "2", "label": 1}, {"text": "3", "label": 0}],
    "meta": {"group": "1+1"},
    "proof": {"kind": "recomputed", "status": "proven", "detail": {}},
}


def broken(**changes: Any) -> dict[str, Any]:
    """The good record with fields replaced."""
    return {**copy.deepcopy(GOOD), **changes}


def test_every_schema_is_sound() -> None:
    for kind in kinds():
        validator(kind)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ShiftworksError, match="no schema for records of kind 'exmaple'"):
        validate(GOOD, "exmaple", "x.jsonl", 1)


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (broken(id="Toy/train/1"), "f.jsonl:7: $.id: expected a text that matches ^[a-z0-9_]+/(train|test)/[0-9]{5,}$"),
        (broken(prompt=""), '$.prompt: expected at least 1 characters, found ""'),
        (broken(prompt=3), "$.prompt: expected a value of type string, found 3"),
        (broken(extra=1), "$: expected no field 'extra' (known: id, meta, prompt, proof, responses)"),
        (broken(responses=[{"text": "2", "label": 1}, {"text": "3", "label": "0"}]), "$.responses[1].label: expected"),
        (broken(responses=[{"text": "2", "label": 1}, {"text": "3", "label": 1}]), "exactly one response with label 1"),
        (broken(responses=[{"text": "2", "label": 0}, {"text": "3", "label": 0}]), "exactly one response with label 1"),
        (broken(responses=[{"text": "2", "label": 1}]), "$.responses: expected at least 2 items"),
        (broken(meta={}), "$.meta: expected the field 'group', found {}"),
        ({"id": "toy/train/00000"}, "expected the fields 'prompt', 'responses', 'meta', 'proof'"),
        ([], "$: expected a value of type object, found []"),
    ],
)
def test_a_broken_record_ends_in_one_line(record: Any, line: str) -> None:
    with pytest.raises(RecordError) as caught:
        validate(record, "example", "f.jsonl", 7)
    message = str(caught.value)
    assert message.startswith("f.jsonl:7: $")
    assert line in message
    assert "\n" not in message


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(TEXT, st.lists(TEXT, min_size=2, max_size=5, unique=True), st.data())
def test_an_example_survives_its_way_through_a_file(prompt: str, texts: list[str], data: st.DataObject) -> None:
    gold = data.draw(st.integers(0, len(texts) - 1))
    responses = tuple(Response(text, int(i == gold)) for i, text in enumerate(texts))
    example = Example("toy/test/00000", prompt, responses, {"group": "g"}, Proof("rule", "proven"))
    record = orjson.loads(canonical(example.to_json()))
    validate(record, "example", "memory", 1)
    assert Example.from_json(record) == example
    assert example.gold == gold


def test_equal_records_give_equal_bytes() -> None:
    assert (
        canonical({"b": 1, "a": [1.0, "é"]}) == canonical({"a": [1.0, "é"], "b": 1}) == '{"a":[1.0,"é"],"b":1}'.encode()
    )


def test_a_cut_off_file_is_named_with_its_line(tmp_path: Path) -> None:
    whole = jsonl([GOOD, GOOD])
    path = tmp_path / "train.jsonl"
    for cut in (len(whole) - 1, len(whole) - 20, len(whole) // 2 + 5):
        path.write_bytes(whole[:cut])
        with pytest.raises(ShiftworksError, match=r"train\.jsonl"):
            read_examples(path)
    path.write_bytes(whole)
    assert len(read_examples(path)) == 2


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_text('{\n"a": }')
    with pytest.raises(ShiftworksError, match=r"card\.json:2: expected JSON"):
        read_json(path, "card")
    with pytest.raises(ShiftworksError, match="no such file"):
        read_json(tmp_path / "none.json", "card")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    (path / "inside").write_text("kept")
    with pytest.raises(ShiftworksError, match="nothing was changed"):
        write_whole(path, b"new")
    assert (path / "inside").read_text() == "kept"
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
