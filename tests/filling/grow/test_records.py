"""The store of exchanges: what was added is there whatever happens, and what was altered is refused."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filling.grow import records as store
from filling.grow.exchange import Answer, Exchange, Request, unfenced
from filling.grow.records import Records
from schemas import RecordError, ShiftworksError
from schemas.files import canonical, sha256


def exchange(number: int, text: str = "{}", task: str = "grow") -> Exchange:
    """An exchange that differs by its number."""
    request = Request(
        model="m",
        messages=[{"role": "user", "content": f"Request {number}."}],
        parameters={"max_tokens": 10, "temperature": 1.0},
        schema={"type": "object"},
        sample=number,
        origin={"task": task, "bank": "toy/terms", "bank_sha256": "0" * 64, "index": number},
    )
    return Exchange(request, Answer(text, None, "stop", "m-1", None, 3, 2), "2026-01-01T00:00:00Z")


def filled(folder: Path, count: int) -> Records:
    """A store with some exchanges, closed."""
    records = Records(folder)
    with records.open():
        for number in range(count):
            records.add(exchange(number))
    return records


@given(st.text(), st.integers(0, 2**31))
def test_an_exchange_comes_back_as_it_was_added(text: str, number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        added = exchange(number, text)
        records = Records(Path(folder))
        with records.open():
            records.add(added)
            records.add(exchange(number, "another answer to the same request"))
        for kept in (records, Records(Path(folder))):
            assert len(kept) == 1
            assert kept.read(added.request.address) == added


def test_exchanges_are_listed_by_index_however_they_came(tmp_path: Path) -> None:
    addresses = []
    for name, order in (("there", range(30)), ("back", range(29, -1, -1))):
        records = Records(tmp_path / name)
        with records.open():
            for number in order:
                records.add(exchange(number, task="judge" if number % 3 else "grow"))
        addresses.append(records.addresses("grow"))
    assert addresses[0] == addresses[1] == [exchange(number).request.address for number in range(0, 30, 3)]


def test_a_full_segment_never_changes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SEGMENT", 4)
    filled(tmp_path, 6)
    first = (tmp_path / "00000.jsonl").read_bytes()
    records = Records(tmp_path)
    with records.open():
        for number in range(6, 13):
            records.add(exchange(number))
    assert (tmp_path / "00000.jsonl").read_bytes() == first
    assert [len(path.read_bytes().splitlines()) for path in sorted(tmp_path.glob("*.jsonl"))] == [4, 4, 4, 1]
    assert len(Records(tmp_path)) == 13


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_that_ends_at_any_byte_keeps_every_whole_line(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), 3)
        segment = Path(folder) / "00000.jsonl"
        whole = segment.read_bytes()
        end = data.draw(st.integers(0, len(whole)))
        segment.write_bytes(whole[:end])
        records = Records(Path(folder))
        assert len(records) == whole[:end].count(b"\n")
        with records.open():
            for number in range(3):
                records.add(exchange(number))
        assert segment.read_bytes() == whole
        assert len(Records(Path(folder))) == 3


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_altered_byte_is_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), 1)
        segment = Path(folder) / "00000.jsonl"
        line = bytearray(segment.read_bytes())
        place = data.draw(st.integers(0, len(line) - 2))
        line[place] = data.draw(st.sampled_from([b for b in b'09azAZ "{}' if b != line[place]]))
        segment.write_bytes(line)
        with pytest.raises(RecordError, match=r"00000\.jsonl:1: "):
            Records(Path(folder))


def rehashed(record: dict[str, Any]) -> bytes:
    """A record's line with a hash that fits."""
    whole = {key: value for key, value in record.items() if key != "sha256"}
    return canonical({**whole, "sha256": sha256(canonical(whole))}) + b"\n"


def test_an_answer_under_a_foreign_address_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    segment = tmp_path / "00000.jsonl"
    record = orjson.loads(segment.read_bytes())
    record["request"]["model"] = "another"
    segment.write_bytes(rehashed(record))
    with pytest.raises(RecordError, match=r"\$\.address: expected .* \(the record was altered; restore it\)"):
        Records(tmp_path)


def test_an_exchange_that_stands_twice_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    segment = tmp_path / "00000.jsonl"
    segment.write_bytes(segment.read_bytes() * 2)
    with pytest.raises(RecordError, match=r"00000\.jsonl:2: \$\.address: expected one not seen"):
        Records(tmp_path)


def test_what_is_altered_after_it_was_read_is_refused_when_it_is_read_again(tmp_path: Path) -> None:
    records = filled(tmp_path, 2)
    segment = tmp_path / "00000.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b'"stop"', b'"step"'))
    with pytest.raises(RecordError, match=r"altered"):
        records.read(exchange(1).request.address)


def test_two_runs_cannot_fill_one_store(tmp_path: Path) -> None:
    with (
        Records(tmp_path).open(),
        pytest.raises(ShiftworksError, match=r"another run is filling it"),
        Records(tmp_path).open(),
    ):
        pass


def test_what_another_run_added_since_is_seen(tmp_path: Path) -> None:
    late = Records(tmp_path)
    filled(tmp_path, 2)
    with late.open():
        assert len(late) == 2


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('\n```\n{"a": "```"}\n```\n', '{"a": "```"}'),
        ("``` not a fence", "``` not a fence"),
    ],
)
def test_a_fence_around_an_answer_is_taken_off(text: str, inner: str) -> None:
    assert unfenced(text) == inner
