"""What importers share: where they may write, how sound records become a distribution, and the manifest of imports."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.core.card import proof_summary, split_summary
from generators.core.engine import install
from generators.importers.quirks import Quirk
from generators.importers.records import Reading, Record
from schemas import SPLITS, Example, Proof, Response, ShiftEntry, ShiftworksError, Split
from schemas.files import canonical, disk_errors, jsonl, pretty, read_json, sha256, write_whole
from schemas.validation import validate

#: Names that may become folders of ours; the length leaves room for the endings of stamps and temporary files.
NAME = re.compile(r"[a-z0-9_]{1,100}")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a card says of where its distribution came from.

    Attributes:
        construct: What the distribution is, in a line.
        profile: Which items fill it.
        source: Who made the files.
        licence: Under which licence they come.
        version: The version of the distribution.
    """

    construct: str
    profile: str
    source: str
    licence: str
    version: int = 0


def shown(name: str) -> str:
    """A file's name as text that any file can hold; bytes that are not UTF-8 are escaped."""
    return name.encode("utf-8", "backslashreplace").decode()


def is_import(folder: Path) -> bool:
    """Whether a folder of a data folder is one of our imports."""
    card = folder / "card.json"
    return card.is_file() and read_json(card, "card")["origin"] == "imported"


def distribution_folders(folder: Path, out: Path, beside: Sequence[str] = ()) -> tuple[list[Path], list[Quirk]]:
    """The folders of distributions in a folder that is imported, and everything else that stands there.

    Args:
        folder: The folder that is imported.
        out: The data folder; refused where anything but earlier imports would be replaced.
        beside: Files that belong beside the folders.

    Raises:
        ShiftworksError: `folder` is none or cannot be listed, or `out` is `folder` or holds other data.
    """
    if not folder.is_dir():
        raise ShiftworksError(f"{folder}: no such folder; give the one that holds a folder for each distribution")
    with disk_errors(folder):
        found = sorted((path for path in folder.iterdir() if path.name not in beside), key=lambda path: path.name)
    _refuse_foreign(folder, out, [path.name for path in found if NAME.fullmatch(path.name)])
    folders, quirks = [], []
    for path in found:
        if not NAME.fullmatch(path.name) and path.is_dir():
            detail = "a distribution's name is made of up to 100 letters a to z, digits and underscores"
            quirks.append(Quirk(shown(path.name), None, "odd_name", detail, "left_out"))
        elif not path.is_dir():
            expected = ("only folders, one for each distribution", *beside)
            quirks.append(
                Quirk(shown(path.name), None, "unexpected_file", f"expected {' and '.join(expected)}", "left_out")
            )
        else:
            folders.append(path)
    return folders, quirks


def _refuse_foreign(folder: Path, out: Path, names: Sequence[str]) -> None:
    """Refuses to write where anything but earlier imports would be replaced."""
    if out.resolve() == folder.resolve():
        raise ShiftworksError(f"{out}: this is the released folder itself; import into another (--out)")
    manifest = out / "shifts.json"
    standing = read_json(manifest, "manifest")["distributions"] if manifest.is_file() else []
    for name in [*names, *standing]:
        if (out / name).exists() and not is_import(out / name):
            raise ShiftworksError(f"{out / name}: stands there and is no import; import into another folder (--out)")


def unexpected(folder: Path, expected: Sequence[str]) -> list[Quirk]:
    """Everything in a distribution's folder that does not belong there."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.name not in expected)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return [Quirk(folder.name, None, "unreadable_folder", detail, "left_out")]
    detail = f"expected only {', '.join(expected)}"
    return [Quirk(f"{folder.name}/{shown(name)}", None, "unexpected_file", detail, "left_out") for name in names]


def in_order(quirks: Sequence[Quirk]) -> list[Quirk]:
    """Quirks by file and record, those of a whole file first."""
    return sorted(quirks, key=lambda quirk: (quirk.file, -1 if quirk.record is None else quirk.record))


def question_group(text: str) -> str:
    """The group of a question: a hash of it, the same in every distribution that asks it.

    Case, spacing and Unicode composition do not count; signs do, since they carry meaning.
    """
    normal = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return f"question:{sha256(normal.encode())[:20]}"


def write_distribution(
    out: Path,
    name: str,
    readings: Mapping[Split, tuple[str, Reading]],
    group: Callable[[Record], str],
    quirks: Sequence[Quirk],
    origin: Origin,
    inputs: Mapping[str, bytes],
) -> int:
    """Writes the splits and the card of an imported distribution, whole or not at all.

    Args:
        out: The data folder.
        name: The distribution.
        readings: The file of each split that there is, and what it held; another split stays empty.
        group: The group of a record.
        quirks: All quirks of the distribution.
        origin: What the card says.
        inputs: The bytes of each file that was read.

    Returns:
        The number of examples written.

    Raises:
        ShiftworksError: The disk refuses.
    """
    records: dict[Split, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for split, (file, reading) in readings.items():
        for position, record in enumerate(reading.records):
            example = _example(f"{name}/{split}/{position:05d}", record, group(record), file)
            validate(example, "example", f"{name}/{split}.jsonl", position + 1)
            records[split].append(example)
    files = {f"{split}.jsonl": jsonl(records[split]) for split in SPLITS}
    digests = {file: sha256(data) for file, data in inputs.items()}
    read = {file: reading.read for file, reading in readings.values()}
    card = {
        "distribution": name,
        "version": origin.version,
        "seed": None,
        "origin": "imported",
        "profile": origin.profile,
        "construct": origin.construct,
        "proof": proof_summary([record for split in SPLITS for record in records[split]]),
        "declared_cues": {},
        "items": [
            {"bank": file, "items": read[file], "sha256": digest, "licence": origin.licence, "source": origin.source}
            for file, digest in digests.items()
        ],
        "splits": {split: split_summary(records[split], files[f"{split}.jsonl"]) for split in SPLITS},
        "candidates": {"seen": sum(read.values()), "passed_over": _passed_over(quirks)},
    }
    validate(card, "card", f"{name}/card.json")
    install(out, name, {**files, "card.json": pretty(card)}, sha256(canonical(digests)))
    return sum(map(len, records.values()))


def _example(identity: str, record: Record, group: str, file: str) -> dict[str, Any]:
    """A sound record as an example; its other fields go along, so that nothing released is lost."""
    return Example(
        id=identity,
        prompt=record.prompt,
        responses=tuple(Response(text, label) for text, label in record.responses),
        meta={"group": group, "released": dict(record.fields)},
        proof=Proof("source_key", "sourced", {"file": file, "record": record.number}),
    ).to_json()


def _passed_over(quirks: Sequence[Quirk]) -> dict[str, int]:
    """Records left out, by the first fault of each."""
    first_fault: dict[tuple[str, int], str] = {}
    for quirk in quirks:
        if quirk.outcome == "left_out" and quirk.record is not None:
            first_fault.setdefault((quirk.file, quirk.record), quirk.quirk.replace("_", " "))
    return dict(Counter(first_fault.values()))


def write_report(
    folder: Path, out: Path, distributions: Sequence[Mapping[str, Any]], quirks: Sequence[Quirk]
) -> dict[str, Any]:
    """Writes and returns `import_report.json`.

    Args:
        folder: The folder that was imported.
        out: The data folder.
        distributions: Name and counts of each distribution.
        quirks: Everything odd.

    Raises:
        ShiftworksError: The disk refuses.
    """
    report = {
        "source": shown(folder.resolve().name),
        "distributions": list(distributions),
        "quirks": [quirk.to_json() for quirk in quirks],
    }
    validate(report, "import_report", str(out / "import_report.json"))
    write_whole(out / "import_report.json", pretty(report))
    return report


def write_manifest(out: Path, left_out: set[str], shifts: Sequence[ShiftEntry]) -> list[ShiftEntry]:
    """Writes `shifts.json`: the imports that stand in the folder and those of some shifts whose parts all do.

    Args:
        out: The data folder.
        left_out: Distributions that this import left out; an older import of theirs is not listed.
        shifts: The shifts to list.

    Returns:
        The shifts that are listed.

    Raises:
        ShiftworksError: The disk refuses.
    """
    there = {
        path.name
        for path in out.iterdir()
        if NAME.fullmatch(path.name) and path.name not in left_out and is_import(path)
    }
    listed = [entry for entry in sorted(shifts, key=lambda entry: entry.name) if there.issuperset(entry.parts)]
    manifest = {"shifts": [entry.to_json() for entry in listed], "distributions": sorted(there)}
    validate(manifest, "manifest", str(out / "shifts.json"))
    write_whole(out / "shifts.json", pretty(manifest))
    return listed
