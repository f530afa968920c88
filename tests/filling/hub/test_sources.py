"""The mappings of rows to items: what every source's fields become, and what is left out for which reason."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filling.hub.rows import read_rows
from filling.hub.source import PLAIN_PATH, Unfit, sources
from schemas import RecordError, ShiftworksError
from schemas.files import canonical
from schemas.validation import validate
from tests.filling.hub.published import ROWS, SHP_FILES

#: A file of each source.
FILES = {name: source.files[0] if name != "shp" else SHP_FILES[0] for name, source in sources().items()}
NAMES = sorted(FILES)
#: Whatever JSON can hold.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def made(name: str, *rows: Any) -> list[Any]:
    """What a source makes of rows: items, and the reasons of those left out as text."""
    found = sources()[name].read(FILES[name], list(rows))
    return [str(each) if isinstance(each, Unfit) else each for each in found]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_row_with_anything_in_it_is_an_item_or_has_a_reason(name: str, data: st.DataObject) -> None:
    row = copy.deepcopy(dict(ROWS[name](FILES[name], data.draw(st.integers(0, 9)))[0]))
    field = data.draw(st.sampled_from(sorted(row)))
    row[field] = data.draw(VALUES | st.just(row[field]).map(json.dumps))
    for each in made(name, row):
        if isinstance(each, str):
            continue
        # What breaks the schema, or cannot be written, is left out for that; all else is read back as it was.
        with contextlib.suppress(RecordError, orjson.JSONEncodeError):
            validate(each, sources()[name].item, "row")
            assert orjson.loads(canonical(each)) == each


@pytest.mark.parametrize("name", NAMES)
@given(row=VALUES)
def test_a_row_that_is_anything_at_all_is_survived(name: str, row: Any) -> None:
    assert all(isinstance(each, str) for each in made(name, row))


@given(st.recursive(st.text("abc \\,", max_size=5), lambda part: st.tuples(part, part).map("{%s}%s".__mod__)))
def test_the_last_box_is_read_to_the_brace_that_closes_it(inside: str) -> None:
    # An odd number of backslashes before a brace makes it a sign; those are tested below.
    inside = inside.replace("\\", "\\ ") + "7"
    row = {**ROWS["math"](FILES["math"], 1)[0], "solution": f"First \\boxed{{1}}, so \\boxed{{{inside}}} and {{that}}."}
    assert [each["answer"] for each in made("math", row)] == [inside.strip()]


@pytest.mark.parametrize(
    ("solution", "answer"),
    [
        (r"It is $\boxed 5$.", "5"),
        (r"It is $\boxed\pi$.", r"\pi"),
        (r"It is $\fbox{-2}$.", "-2"),
        (r"It is $\boxed{\{1, 2\}}$.", r"\{1, 2\}"),
        (r"It is $\boxed{\frac{\sqrt{3}}{2}}$.", r"\frac{\sqrt{3}}{2}"),
        (r"It is $\boxed{}$.", "the box in the solution is empty"),
        (r"It is $\boxed{7$.", "the box in the solution is not closed"),
        (r"It is \boxedminus.", "no answer is boxed in the solution"),
        (r"It is $\boxed", "the box in the solution is empty"),
    ],
)
def test_boxes_of_every_kind(solution: str, answer: str) -> None:
    (found,) = made("math", {**ROWS["math"](FILES["math"], 1)[0], "solution": solution})
    assert (found if isinstance(found, str) else found["answer"]) == answer


@pytest.mark.parametrize(("level", "found"), [("Level 5", 5), ("Level ?", None), ("Level 6", None)])
def test_levels_of_math(level: str, found: int | None) -> None:
    (item,) = made("math", {**ROWS["math"](FILES["math"], 1)[0], "level": level})
    assert item["level"] == found


@pytest.mark.parametrize(("labels", "key", "answer"), [("ABCD", "C", 2), ("1234", "3", 2), ("ABCD", "3", None)])
def test_the_key_of_arc_is_a_letter_or_a_digit(labels: str, key: str, answer: int | None) -> None:
    row = copy.deepcopy(ROWS["arc"](FILES["arc"], 0)[0])
    row["answerKey"], row["choices"]["label"] = key, list(labels)
    (found,) = made("arc", row)
    assert found == "answerKey names no choice" if answer is None else found["answer"] == answer


def test_arc_is_easy_or_challenging_by_its_folder() -> None:
    row = ROWS["arc"](FILES["arc"], 0)[0]
    arc = sources()["arc"]
    items = [item for file in arc.files for item in arc.read(file, [row])]
    levels = [item["level"] for item in items if not isinstance(item, Unfit)]
    assert levels == ["easy", "challenge"]


def test_replies_of_a_post_are_gathered_each_once() -> None:
    rows = [row for number in (1, 2) for row in ROWS["shp"](FILES["shp"], number)]
    items = made("shp", rows[0], rows[2], rows[1], rows[3])
    assert [item["id"] for item in items] == ["askbakingtrain1", "askbakingtrain2"]
    assert [item["domain"] for item in items] == ["askbaking"] * 2
    assert [(reply["text"], reply["score"]) for reply in items[0]["replies"]] == [
        ("Way 0 of 1.", 1),
        ("Way 1 of 1.", 4),
        ("Way 2 of 1.", 7),
    ]


def test_apps_takes_the_first_solutions_and_tests_that_are_short_enough() -> None:
    row = dict(ROWS["apps"](FILES["apps"], 0)[0])
    row["solutions"] = json.dumps(["a", *"aabcdefghijklmnop", "", 3])
    inputs = [["x" * 30_000], [2**70], *([n] for n in range(40))]
    row["input_output"] = json.dumps({"inputs": inputs, "outputs": [[0]] * 42, "fn_name": "f"})
    (item,) = made("apps", row)
    assert item["solutions"] == list("abcdefghij")
    assert item["tests"]["inputs"] == [[n] for n in range(20)]
    row["input_output"] = '{"inputs": [1], "outputs": [NaN]}'
    assert made("apps", row) == ["input_output is no JSON"]


def test_ids_of_the_splits_of_apps_differ() -> None:
    row = ROWS["apps"](FILES["apps"], 3)[0]
    apps = sources()["apps"]
    items = [item for file in apps.files for item in apps.read(file, [row])]
    assert [item["id"] for item in items if not isinstance(item, Unfit)] == ["train_3", "test_3"]


@pytest.mark.parametrize("data", [b'[{"a": 1}, null]', b'{"a": 1}\n\n{"a": \xff}\n', b'{"a": 1}\n{"a": "\\ud800"}'])
def test_a_json_file_is_a_list_or_lines(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rows.json"
    path.write_bytes(data)
    assert list(read_rows(path, "rows.json")) == [{"a": 1}, None]


@pytest.mark.parametrize(
    ("name", "says"), [("x.parquet", "no Parquet file that can be read"), ("x.json", "a JSON list")]
)
def test_a_file_that_is_not_what_its_name_says_ends_in_one_line(tmp_path: Path, name: str, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"[PAR1, and then nothing")
    with pytest.raises(ShiftworksError, match=f"^{name}.*{says}"):
        list(read_rows(path, name))


@given(st.text("ab./-_ \\\0", max_size=12))
def test_a_plain_path_stays_where_it_is_put(name: str) -> None:
    if PLAIN_PATH.fullmatch(name):
        base = Path("/a/b")
        assert base in (base / name).parents
        assert (base / name).as_posix() == f"/a/b/{name}"
        assert ".." not in name.split("/")
