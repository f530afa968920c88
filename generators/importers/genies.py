"""Imports distributions in the format of the GENIES release (Clymer et al. 2023, arXiv 2311.07723).

A folder holds one folder a distribution, `<name>/{train,test}.json` and `metadata.json`. Sound records become examples
unchanged; nothing is mended, and whatever is odd stands in `import_report.json` by file and record. Labels are the
source's own: an imported distribution is never called proven.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.core.banks import load_bank
from generators.core.card import proof_summary, split_summary
from generators.core.engine import install
from generators.importers.quirks import Quirk, lost
from generators.importers.released import Reading, Record, kind, parse, read_released, repeats
from schemas import SPLITS, Example, Proof, Response, ShiftEntry, ShiftworksError, Split
from schemas.files import canonical, disk_errors, jsonl, pretty, read_bytes, read_json, sha256, write_whole
from schemas.validation import shorten, validate

#: Names that may become folders of ours; the length leaves room for the endings of stamps and temporary files.
NAME = re.compile(r"[a-z0-9_]{1,100}")
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
    if not folder.is_dir():
        raise ShiftworksError(f"{folder}: no such folder; give the one that holds a folder for each distribution")
    with disk_errors(folder):
        found = sorted(folder.iterdir(), key=lambda path: path.name)
    _refuse_foreign(folder, out, [path.name for path in found if NAME.fullmatch(path.name)])
    quirks: list[Quirk] = []
    distributions = []
    for path in found:
        if not NAME.fullmatch(path.name) and path.is_dir():
            detail = "a distribution's name is made of up to 100 letters a to z, digits and underscores"
            quirks.append(Quirk(_shown(path.name), None, "odd_name", detail, "left_out"))
        elif not path.is_dir():
            detail = "expected only folders, one for each distribution"
            quirks.append(Quirk(_shown(path.name), None, "unexpected_file", detail, "left_out"))
        else:
            entry, more = _import_one(path, out)
            distributions.append(entry)
            quirks += more
    report = {
        "source": _shown(folder.resolve().name),
        "distributions": distributions,
        "quirks": [quirk.to_json() for quirk in quirks],
    }
    validate(report, "import_report", str(out / "import_report.json"))
    write_whole(out / "import_report.json", pretty(report))
    _write_manifest(out, {entry["name"] for entry in distributions if not entry["imported"]})
    return report


def _shown(name: str) -> str:
    """A file's name as text that any file can hold; bytes that are not UTF-8 are escaped."""
    return name.encode("utf-8", "backslashreplace").decode()


def _is_import(folder: Path) -> bool:
    """Whether a folder of a data folder is one of our imports."""
    card = folder / "card.json"
    return card.is_file() and read_json(card, "card")["origin"] == "imported"


def _refuse_foreign(folder: Path, out: Path, names: Sequence[str]) -> None:
    """Refuses to write where anything but earlier imports would be replaced."""
    if out.resolve() == folder.resolve():
        raise ShiftworksError(f"{out}: this is the released folder itself; import into another (--out)")
    manifest = out / "shifts.json"
    standing = read_json(manifest, "manifest")["distributions"] if manifest.is_file() else []
    for name in [*names, *standing]:
        if (out / name).exists() and not _is_import(out / name):
            raise ShiftworksError(f"{out / name}: stands there and is no import; import into another folder (--out)")


def _import_one(folder: Path, out: Path) -> tuple[dict[str, Any], list[Quirk]]:
    """Imports one distribution: its entry of the report, and its quirks."""
    name = folder.name
    readings = {
        f"{name}/{split}.json": read_released(folder / f"{split}.json", f"{name}/{split}.json") for split in SPLITS
    }
    quirks = [quirk for reading in readings.values() for quirk in reading.quirks] + repeats(readings)
    for file, reading in readings.items():
        if reading.sound and not reading.records:
            detail = f"none of its {reading.read} records can be an example"
            quirks.append(Quirk(file, None, "no_examples", detail, "left_out"))
    metadata, more = _metadata(folder)
    quirks += more + _unexpected(folder)
    quirks.sort(key=lambda quirk: (quirk.file, -1 if quirk.record is None else quirk.record))
    read = sum(reading.read for reading in readings.values())
    if not all(reading.records for reading in readings.values()):
        return {"name": name, "read": read, "imported": 0}, lost(quirks)
    field = _question_field([record for reading in readings.values() for record in reading.records])
    records = {
        split: [
            _example(name, split, position, record, field)
            for position, record in enumerate(readings[f"{name}/{split}.json"].records)
        ]
        for split in SPLITS
    }
    for split in SPLITS:
        for number, example in enumerate(records[split], 1):
            validate(example, "example", f"{name}/{split}.jsonl", number)
    files = {f"{split}.jsonl": jsonl(records[split]) for split in SPLITS}
    inputs = {file: sha256(read_bytes(folder.parent / file)) for file in readings}
    card = _card(name, records, files, inputs, readings, quirks, _sources(metadata))
    validate(card, "card", f"{name}/card.json")
    install(out, name, {**files, "card.json": pretty(card)}, sha256(canonical(inputs)))
    return {"name": name, "read": read, "imported": sum(map(len, records.values()))}, quirks


def _unexpected(folder: Path) -> list[Quirk]:
    """Everything in a distribution's folder that does not belong there."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return [Quirk(folder.name, None, "unreadable_folder", detail, "left_out")]
    detail = f"expected only {', '.join(FILES)}"
    return [Quirk(f"{folder.name}/{_shown(name)}", None, "unexpected_file", detail, "left_out") for name in names]


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
    return [_shown(f"{name} ({url})" if isinstance(url, str) else name) for name, url in named if isinstance(name, str)]


def _question_field(records: Sequence[Record]) -> str:
    """The field that holds what is asked: `instruction`, or the prompt itself.

    Some distributions put one instruction before every question; where it is shared by most records it names no
    question, and grouping by it would throw the whole distribution into a few groups.
    """
    asked = {_normal(text) for record in records if isinstance(text := record.fields.get("instruction"), str)}
    return "instruction" if 2 * len(asked) > len({_normal(record.prompt) for record in records}) else "prompt"


def _normal(text: str) -> str:
    """A text without differences of case, spacing and Unicode composition; signs stay, since they carry meaning."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _group(record: Record, field: str) -> str:
    """The group of a record: a hash of its question, the same in every distribution that asks it."""
    asked = record.fields.get("instruction") if field == "instruction" else None
    text = asked if isinstance(asked, str) and asked.strip() else record.prompt
    return f"question:{sha256(_normal(text).encode())[:20]}"


def _example(name: str, split: Split, position: int, record: Record, field: str) -> dict[str, Any]:
    """A sound record as an example; its other fields go along, so that nothing released is lost."""
    return Example(
        id=f"{name}/{split}/{position:05d}",
        prompt=record.prompt,
        responses=tuple(Response(text, label) for text, label in record.responses),
        meta={"group": _group(record, field), "released": dict(record.fields)},
        proof=Proof("source_key", "sourced", {"file": f"{name}/{split}.json", "record": record.number}),
    ).to_json()


def _card(
    name: str,
    records: Mapping[Split, Sequence[Mapping[str, Any]]],
    files: Mapping[str, bytes],
    inputs: Mapping[str, str],
    readings: Mapping[str, Reading],
    quirks: Sequence[Quirk],
    sources: Sequence[str],
) -> dict[str, Any]:
    """The card of an imported distribution; its items are the released files."""
    first_fault: dict[tuple[str, int], str] = {}
    for quirk in quirks:
        if quirk.outcome == "left_out" and quirk.record is not None:
            first_fault.setdefault((quirk.file, quirk.record), quirk.quirk.replace("_", " "))
    made_from = f"; made from {', '.join(sources)}" if sources else ""
    return {
        "distribution": name,
        "version": VERSION,
        "seed": None,
        "origin": "imported",
        "profile": "released",
        "construct": f"Imported: {name} as released by {SOURCE}",
        "proof": proof_summary([record for split in SPLITS for record in records[split]]),
        "declared_cues": {},
        "items": [
            {
                "bank": file,
                "items": readings[file].read,
                "sha256": digest,
                "licence": LICENCE,
                "source": f"{SOURCE}{made_from}",
            }
            for file, digest in inputs.items()
        ],
        "splits": {split: split_summary(records[split], files[f"{split}.jsonl"]) for split in SPLITS},
        "candidates": {
            "seen": sum(reading.read for reading in readings.values()),
            "passed_over": dict(Counter(first_fault.values())),
        },
    }


def _write_manifest(out: Path, left_out: set[str]) -> None:
    """Writes `shifts.json`: the imports that stand in the folder and the published shifts whose parts all do.

    Args:
        out: The data folder.
        left_out: Distributions that this import left out; an older import of theirs is not listed.
    """
    there = {
        path.name
        for path in out.iterdir()
        if NAME.fullmatch(path.name) and path.name not in left_out and _is_import(path)
    }
    published = [
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
    manifest = {
        "shifts": [
            entry.to_json() for entry in sorted(published, key=lambda e: e.name) if there.issuperset(entry.parts)
        ],
        "distributions": sorted(there),
    }
    validate(manifest, "manifest", str(out / "shifts.json"))
    write_whole(out / "shifts.json", pretty(manifest))
