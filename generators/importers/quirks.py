"""Oddities of released data: how one is reported, and how those of a file are collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Quirk:
    """One oddity.

    Attributes:
        file: The file below the released folder, such as `arc_easy/train.json`.
        record: Position in the file's list from 0; None where it concerns the whole file.
        quirk: Its kind.
        detail: What exactly, in words.
        outcome: What became of the record (or the file): kept or left out.
    """

    file: str
    record: int | None
    quirk: str
    detail: str
    outcome: Literal["kept", "left_out"]

    def to_json(self) -> dict[str, Any]:
        """The quirk as it stands in the report."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class _Note:
    """A quirk of one record; `fatal` where it alone makes the record unfit to be an example."""

    record: int
    quirk: str
    detail: str
    fatal: bool


@dataclass
class Notes:
    """Collects the notes of a file."""

    notes: list[_Note] = field(default_factory=list)

    def kept(self, record: int, quirk: str, detail: str) -> None:
        """Notes a quirk that leaves its record fit to be an example."""
        self.notes.append(_Note(record, quirk, detail, False))

    def fatal(self, record: int, quirk: str, detail: str) -> None:
        """Notes a quirk that makes its record unfit to be an example."""
        self.notes.append(_Note(record, quirk, detail, True))

    def left_out(self) -> set[int]:
        """Numbers of the records that some quirk makes unfit."""
        return {note.record for note in self.notes if note.fatal}

    def quirks(self, file: str, read: int) -> list[Quirk]:
        """One quirk a note, in the order of records; what all records of the file share is said once."""
        # A record may note the same thing twice; it counts once.
        holders = Counter((quirk, detail) for _, quirk, detail in {(n.record, n.quirk, n.detail) for n in self.notes})
        fatal = {(note.quirk, note.detail) for note in self.notes if note.fatal}
        shared = {key for key, count in holders.items() if count == read and key not in fatal}
        left_out = self.left_out()
        once = [Quirk(file, None, quirk, f"all {read} records: {detail}", "kept") for quirk, detail in sorted(shared)]
        each = [
            Quirk(file, note.record, note.quirk, note.detail, "left_out" if note.record in left_out else "kept")
            for note in sorted(self.notes, key=lambda note: note.record)
            if (note.quirk, note.detail) not in shared
        ]
        return once + each


def lost(quirks: Sequence[Quirk]) -> list[Quirk]:
    """The quirks of a distribution that was left out as a whole."""
    return [replace(quirk, outcome="left_out") for quirk in quirks]
