"""Imports distributions in the format of the GENIES release (Clymer et al. 2023, arXiv 2311.07723).

A folder holds one folder a distribution, `<name>/{train,test}.json` and `metadata.json`. Sound records become examples
unchanged; nothing is mended, and whatever is odd stands in `import_report.json` by file and record. Labels are the
source's own: an imported distribution is never called proven.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.core.banks import load_bank
from generators.importers.folder import (
    Origin,
    distribution_folders,
    in_order,
    question_group,
    shown,
    unexpected,
    write_distribution,
    write_manifest,
    write_report,
)
from generators.importers.quirks import Quirk, lost
from generators.importers.records import Record, kind, parse
from generators.importers.released import read_released, repeats
from schemas import SPLITS, ShiftEntry
from schemas.files import read_bytes
from schemas.validation import shorten

BANK = "genies/shifts"
VERSION = 0
SOURCE = "Clymer et al. 2023 (arXiv 2311.07723)"
LICENCE = "as its authors released it; the released folder names none"
FILES = (*(f"{split}.json" for split in SPLITS), "metadata.json")


def import_genies(folder: Path, out: Path) -> dict[str, Any]:
    """Imports every distribution of a released folder into a data folder.

    Writes `<name>/{train,test}.jsonl` and `card.json` for each distribution that has a sound train and test file, then
    `import_report.json`, then `shifts.json` with those published shifts whose parts all stand in the data folder.
    The same files give the same bytes.

    Args:
        folder: The released folder; nothing in it is changed.
        out: The data folder; imports that stand there are replaced, other data is refused.

    Returns:
        The import report.

    Raises:
        ShiftworksError: `folder` is none, `out` holds other data, or the disk refuses.
    """
    folders, quirks = distribution_folders(folder, out)
    distributions = []
    for path in folders:
        entry, more = _import_one(path, out)
        distributions.append(entry)
        quirks += more
    report = write_report(folder, out, distributions, quirks)
    write_manifest(out, {entry["name"] for entry in distributions if not entry["imported"]}, _published())
    return report


def _published() -> list[ShiftEntry]:
    """The published shifts."""
    return [
        ShiftEntry(
            f"{item['source']}_to_{item['target']}",
            item["label"],
            item["category"],
            item["source"],
            item["target"],
            item["target_reference"],
            VERSION,
        )
        for item in load_bank(BANK).items
    ]


def _import_one(folder: Path, out: Path) -> tuple[dict[str, Any], list[Quirk]]:
    """Imports one distribution: its entry of the report, and its quirks."""
    name = folder.name
    splits = {split: f"{name}/{split}.json" for split in SPLITS}
    readings = {file: read_released(folder / f"{split}.json", file) for split, file in splits.items()}
    quirks = [quirk for reading in readings.values() for quirk in reading.quirks] + repeats(readings)
    for file, reading in readings.items():
        if reading.sound and not reading.records:
            detail = f"none of its {reading.read} records can be an example"
            quirks.append(Quirk(file, None, "no_examples", detail, "left_out"))
    metadata, more = _metadata(folder)
    quirks = in_order([*quirks, *more, *unexpected(folder, FILES)])
    read = sum(reading.read for reading in readings.values())
    if not all(reading.records for reading in readings.values()):
        return {"name": name, "read": read, "imported": 0}, lost(quirks)
    field = _question_field([record for reading in readings.values() for record in reading.records])
    sources = _sources(metadata)
    imported = write_distribution(
        out,
        name,
        {split: (file, readings[file]) for split, file in splits.items()},
        lambda record: _group(record, field),
        quirks,
        Origin(
            construct=f"Imported: {name} as released by {SOURCE}",
            profile="released",
            source=SOURCE + (f"; made from {', '.join(sources)}" if sources else ""),
            licence=LICENCE,
            version=VERSION,
        ),
        {file: read_bytes(folder.parent / file) for file in readings},
    )
    return {"name": name, "read": read, "imported": imported}, quirks


def _metadata(folder: Path) -> tuple[Mapping[str, Any], list[Quirk]]:
    """A distribution's metadata, empty where it is missing or odd; only the card's list of sources depends on it."""
    file = f"{folder.name}/metadata.json"
    value, quirks = parse(folder / "metadata.json", file)
    if any(quirk.outcome == "left_out" for quirk in quirks):
        return {}, quirks
    if not isinstance(value, dict):
        detail = f"expected an object, found {kind(value)}"
        return {}, [*quirks, Quirk(file, None, "wrong_type", detail, "left_out")]
    if value.get("id") != folder.name:
        detail = f"id is {shorten(value.get('id'))}, the folder is {folder.name!r}"
        quirks.append(Quirk(file, None, "other_id", detail, "kept"))
    return value, quirks


def _sources(metadata: Mapping[str, Any]) -> list[str]:
    """Names of the outside datasets that the metadata lists, with their addresses."""
    listed = metadata.get("external_datasets")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    named = [(entry.get("name"), entry.get("url")) for entry in entries]
    return [shown(f"{name} ({url})" if isinstance(url, str) else name) for name, url in named if isinstance(name, str)]


def _question_field(records: Sequence[Record]) -> str:
    """The field that holds what is asked: `instruction`, or the prompt itself.

    Some distributions put one instruction before every question; where it is shared by most records it names no
    question, and grouping by it would throw the whole distribution into a few groups.
    """
    asked = {question_group(text) for record in records if isinstance(text := record.fields.get("instruction"), str)}
    return "instruction" if 2 * len(asked) > len({question_group(record.prompt) for record in records}) else "prompt"


def _group(record: Record, field: str) -> str:
    """The group of a record, by its question."""
    asked = record.fields.get("instruction") if field == "instruction" else None
    return question_group(asked if isinstance(asked, str) and asked.strip() else record.prompt)
