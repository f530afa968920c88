"""What lies under `raw/upstream/`: items and provenance of every source, and the committed lock of file hashes."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filling.hub.source import Source, sources
from schemas import JsonObject, ShiftworksError
from schemas.files import disk_errors, pretty, read_json, write_whole
from schemas.validation import validate

State = Literal["there", "missing", "outdated", "altered"]


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of all sources.

    Attributes:
        root: `raw/upstream/`, or another like it.
    """

    root: Path

    def items(self, source: Source) -> Path:
        """The bank of a source."""
        return self.root / source.name / "items.jsonl"

    def provenance(self, source: Source) -> Path:
        """The record of where a source's items come from."""
        return self.root / source.name / "provenance.json"

    def tracked(self, source: Source) -> Path:
        """The file by which DVC knows a source's folder."""
        return self.root / f"{source.name}.dvc"

    def state(self, source: Source) -> tuple[State, JsonObject | None]:
        """Whether a source's items are there, and their provenance if it can be read.

        Items that another pin or mapping made are outdated; those whose bytes are not what their provenance says,
        or whose provenance cannot be read, are altered.
        """
        if not self.provenance(source).is_file():
            return "missing", None
        try:
            found: JsonObject = read_json(self.provenance(source), "provenance")
        except ShiftworksError:
            return "altered", None
        path = self.items(source)
        if not path.is_file() or file_sha256(path) != found["sha256"]:
            return "altered", found
        same = (found["source"], found["repo"], found["revision"], found["version"]) == (
            source.name,
            source.repo,
            source.revision,
            source.version,
        )
        return ("there" if same else "outdated"), found

    def locked(self, source: Source) -> Mapping[str, str]:
        """SHA-256 of a source's files by name, as first fetched; empty if nobody has fetched this revision yet.

        Raises:
            ShiftworksError: The lock is broken.
        """
        known = self._lock().get(source.name)
        return known["files"] if known and known["revision"] == source.revision else {}

    def lock(self, source: Source, files: Mapping[str, str]) -> None:
        """Keeps the hashes of a source's files in the lock."""
        record = self._lock()
        entry = {"revision": source.revision, "files": dict(files)}
        if record.get(source.name) == entry:
            return
        record[source.name] = entry
        validate(record, "upstream_lock", str(self._lock_file))
        write_whole(self._lock_file, pretty(record))

    @property
    def _lock_file(self) -> Path:
        return self.root / "lock.json"

    def _lock(self) -> dict[str, Any]:
        return read_json(self._lock_file, "upstream_lock") if self._lock_file.exists() else {}

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the folder, so that two commands cannot write to it at a time.

        Raises:
            ShiftworksError: Another command holds it.
        """
        with disk_errors(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root / ".busy", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ShiftworksError(f"{self.root}: another fetch is writing here; wait for it") from None
            yield
        finally:
            os.close(handle)


def status(store: Store) -> list[JsonObject]:
    """What is there of every source: state, licence, sizes and pin; figures of absent items are null."""
    rows: list[JsonObject] = []
    for source in sources().values():
        state, found = store.state(source)
        found = found or {}
        rows.append(
            {
                "name": source.name,
                "state": state,
                "item": source.item,
                "items": found.get("items"),
                "bytes": found.get("bytes"),
                "licence": source.licence,
                "repo": source.repo,
                "revision": source.revision,
                "hashes_known": bool(store.locked(source)),
                "in_dvc": store.tracked(source).is_file(),
            }
        )
    return rows


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with disk_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
