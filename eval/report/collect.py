"""What the report is made from: a data folder, the results and the audit, read and checked in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from schemas import Example, JsonObject, ShiftEntry, ShiftworksError
from schemas.files import read_bytes, read_json, read_lines, sha256
from schemas.validation import validate

#: Test examples of each distribution that the page shows: the first of the file, so that none is picked by hand.
SAMPLES = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One distribution of the data folder.

    Attributes:
        card: Its card.
        card_sha256: Of the card's file.
        samples: Its first test examples.
    """

    card: JsonObject
    card_sha256: str
    samples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the page shows.

    Attributes:
        shifts: The manifest's shifts: extreme before probing, then by category and name.
        parts: The manifest's distributions by name.
        result: The last evaluation; None where there is none.
        audit: The last audit; None where there is none.
        audit_pages: Shifts and distributions that the audit wrote a page of.
        docstrings: What the authors of generated shifts say about them, by the shift's name.
    """

    shifts: tuple[ShiftEntry, ...]
    parts: Mapping[str, Part]
    result: JsonObject | None
    audit: JsonObject | None
    audit_pages: frozenset[str]
    docstrings: Mapping[str, str]


def collect(data: Path, out: Path) -> Sources:
    """Reads the data folder, and the results and the audit where they stand.

    Args:
        data: Data folder with `shifts.json` and the distributions.
        out: Folder with `results.json`, `audit.json` and the audit's pages below `audit`; any may be absent.

    Raises:
        ShiftworksError: The data folder is incomplete, or a file breaks its schema.
    """
    manifest_path = _present(data / "shifts.json")
    manifest = read_json(manifest_path, "manifest")
    parts = {name: _part(data / name) for name in manifest["distributions"]}
    entries = [ShiftEntry.from_json(record) for record in manifest["shifts"]]
    for entry in entries:
        for name in entry.parts:
            if name not in parts:
                raise ShiftworksError(
                    f"{manifest_path}: shift {entry.name!r} needs {name!r}, which is not among its distributions; "
                    "build or import the data again"
                )
    shifts = tuple(sorted(entries, key=lambda entry: (entry.label, entry.category, entry.name)))
    return Sources(
        shifts=shifts,
        parts=parts,
        result=_optional(out / "results.json", "result"),
        audit=_optional(out / "audit.json", "audit"),
        audit_pages=frozenset(path.stem for path in (out / "audit").glob("*.html")),
        docstrings=_docstrings(shifts, parts),
    )


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ShiftworksError(f"{path}: no such file; build the data (`shifts build`) or import it again")
    return path


def _optional(path: Path, kind: str) -> dict[str, Any] | None:
    """A record that may not have been made yet."""
    return read_json(path, kind) if path.is_file() else None


def _part(folder: Path) -> Part:
    card_path = _present(folder / "card.json")
    test_path = _present(folder / "test.jsonl")
    samples = []
    for number, record in islice(read_lines(test_path), SAMPLES):
        validate(record, "example", str(test_path), number)
        samples.append(Example.from_json(record))
    return Part(read_json(card_path, "card"), sha256(read_bytes(card_path)), tuple(samples))


def _docstrings(shifts: tuple[ShiftEntry, ...], parts: Mapping[str, Part]) -> dict[str, str]:
    """The docstrings of shifts whose data is generated; an imported shift of the same name is not ours to explain."""
    from generators.core.registry import shifts as registered

    wanted = [s.name for s in shifts if all(parts[name].card["origin"] == "generated" for name in s.parts)]
    known = registered() if wanted else {}
    return {name: known[name].docstring for name in wanted if name in known}
