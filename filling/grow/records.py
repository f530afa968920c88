"""The store of exchanges: append-only segments of JSONL, each exchange under its address, each line with its hash.

An exchange is one `write` to the end of a file, so that whenever the process dies, what it was paid for is there, but
for at most one line without an end; that line was never read and is cut off. Memory holds an address and a place for
each exchange, not the exchanges.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from filling.grow.exchange import Exchange
from schemas import RecordError, ShiftworksError
from schemas.files import canonical, disk_errors, sha256
from schemas.validation import shorten, validate

#: Exchanges in a segment; a full one never changes again, which spares versioned copies.
SEGMENT = 2000
#: Seconds after which what was written is also forced to the disk.
SYNC = 1.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an exchange lies, and what orders it."""

    segment: Path
    offset: int
    length: int
    line: int
    task: str
    index: int
    wanted: int
    candidate: str


class Records:
    """All exchanges of one bank.

    Args:
        folder: Their folder; it need not exist before something is added.

    Raises:
        ShiftworksError: An exchange there was altered, or stands there twice.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: int | None = None
        self._synced = 0.0
        self._load()

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, address: str) -> bool:
        return address in self._places

    def addresses(self, task: str) -> list[str]:
        """The addresses of a task's exchanges by index, then address: an order that does not tell when they came."""
        found = [(place.index, address) for address, place in self._places.items() if place.task == task]
        return [address for _, address in sorted(found)]

    def wanted(self) -> int:
        """The most items that were wanted when something was asked."""
        return max((place.wanted for place in self._places.values()), default=0)

    def judgements(self) -> dict[str, list[str]]:
        """The addresses of judgements by the candidate that they judge."""
        found: dict[str, list[str]] = {}
        for address in self.addresses("judge"):
            found.setdefault(self._places[address].candidate, []).append(address)
        return found

    def read(self, address: str) -> Exchange:
        """The exchange of an address; raises like the constructor where it was altered since."""
        place = self._places[address]
        with disk_errors(place.segment), place.segment.open("rb") as file:
            file.seek(place.offset)
            line = file.read(place.length)
        record = _checked(line, place.segment, place.line)
        if record["address"] != address:
            raise _altered(place.segment, place.line, "$.address", address, record["address"])
        return Exchange.from_json(record)

    @contextmanager
    def open(self) -> Iterator[Records]:
        """Lets exchanges be added, by this process alone.

        Raises:
            ShiftworksError: Another process is adding, or the disk is unwilling.
        """
        with disk_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ShiftworksError(f"{self.folder}: another run is filling it; wait for its end") from None
            self._load()  # another run may have added some before this one held the lock
            for segment, size in self._torn.items():
                with disk_errors(segment):
                    os.truncate(segment, size)
            yield self
        finally:
            self._close()
            os.close(lock)

    def add(self, exchange: Exchange) -> None:
        """Keeps an exchange; one whose address is there already changes nothing.

        Raises:
            DiskError: It cannot be written.
        """
        record = exchange.to_json()
        address = record["address"]
        if address in self._places:
            return
        validate(record, "exchange", str(self.folder))
        line = canonical(record) + b"\n"
        segment = self._segment()
        with disk_errors(segment):
            if self._handle is None:
                self._handle = os.open(segment, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            offset = os.lseek(self._handle, 0, os.SEEK_END)
            if (written := os.write(self._handle, line)) < len(line):
                os.ftruncate(self._handle, offset)
                raise OSError(28, f"only {written} of {len(line)} bytes were written")
            if time.monotonic() - self._synced > SYNC:
                os.fdatasync(self._handle)
                self._synced = time.monotonic()
        self._keep(record, segment, offset, len(line))
        if self._lines[segment] == SEGMENT:
            self._close()

    def _load(self) -> None:
        self._places: dict[str, _Place] = {}
        self._lines: dict[Path, int] = {}
        self._torn: dict[Path, int] = {}
        for segment in sorted(self.folder.glob("*.jsonl")):
            self._scan(segment)

    def _segment(self) -> Path:
        """The segment that is added to."""
        last = max(self._lines, default=None)
        if last is not None and self._lines[last] < SEGMENT:
            return last
        return self.folder / f"{len(self._lines):05}.jsonl"

    def _close(self) -> None:
        if self._handle is not None:
            with disk_errors(self.folder):
                os.fsync(self._handle)
                os.close(self._handle)
            self._handle = None

    def _scan(self, segment: Path) -> None:
        """Reads a segment once, line by line."""
        self._lines[segment] = offset = 0
        with disk_errors(segment), segment.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    self._torn[segment] = offset
                    break
                record = _checked(line, segment, self._lines[segment] + 1)
                validate(record, "exchange", str(segment), self._lines[segment] + 1)
                if record["address"] in self._places:
                    raise _altered(segment, self._lines[segment] + 1, "$.address", "one not seen", record["address"])
                self._keep(record, segment, offset, len(line))
                offset += len(line)

    def _keep(self, record: dict[str, Any], segment: Path, offset: int, length: int) -> None:
        self._lines[segment] = self._lines.get(segment, 0) + 1
        origin = record["origin"]
        self._places[record["address"]] = _Place(
            segment,
            offset,
            length,
            self._lines[segment],
            origin["task"],
            origin["index"],
            origin.get("wanted", 0),
            origin.get("candidate", ""),
        )


def _checked(line: bytes, segment: Path, number: int) -> dict[str, Any]:
    """The record of a line whose hashes are right."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        text = line.decode("utf-8", "replace")
        raise RecordError(str(segment), number, "$", f"one JSON record ({error.msg})", shorten(text)) from None
    record = record if isinstance(record, dict) else {}
    whole = {key: value for key, value in record.items() if key != "sha256"}
    for where, value, found in (
        ("$.address", record.get("request"), record.get("address")),
        ("$.sha256", whole, record.get("sha256")),
    ):
        if (right := sha256(canonical(value))) != found:
            raise _altered(segment, number, where, right, found)
    return record


def _altered(segment: Path, number: int, where: str, right: str, found: Any) -> RecordError:
    return RecordError(str(segment), number, where, f"{right} (the record was altered; restore it)", shorten(found))
