"""Reads the shifts that stand beside plain data: which distributions are source, target and reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.importers.folder import NAME
from generators.importers.quirks import Notes, Quirk
from generators.importers.records import Pairs, kind, parse
from schemas import ShiftEntry
from schemas.validation import shorten

FILE = "shifts.json"
KEYS = ("source", "target", "target_reference", "name", "label", "category")


def read_shifts(path: Path, there: set[str]) -> tuple[list[ShiftEntry], list[Quirk]]:
    """The shifts of a `shifts.json`, none where it does not stand there, and its quirks.

    Args:
        path: The file.
        there: Distributions that were imported.
    """
    if not path.exists():
        return [], []
    value, quirks = parse(path, FILE)
    if any(quirk.outcome == "left_out" for quirk in quirks):
        return [], quirks
    if not isinstance(value, list):
        detail = f"expected a list of shifts, found {kind(value)}"
        return [], [*quirks, Quirk(FILE, None, "not_a_list", detail, "left_out")]
    entries: dict[str, ShiftEntry] = {}
    notes = Notes()
    for number, raw in enumerate(value):
        entry = _shift(number, raw, there, notes)
        if entry is not None and entry.name in entries:
            notes.fatal(number, "repeated_name", f"another shift is named {entry.name!r}; give each a name of its own")
        elif entry is not None:
            entries[entry.name] = entry
    return list(entries.values()), quirks + notes.quirks(FILE, len(value))


def _shift(number: int, raw: Any, there: set[str], notes: Notes) -> ShiftEntry | None:
    """One shift, None with notes where it is unfit."""
    if not isinstance(raw, Pairs):
        notes.fatal(number, "wrong_type", f"expected an object, found {kind(raw)}")
        return None
    faults = _shift_faults(raw, there)
    for quirk, detail in faults:
        notes.fatal(number, quirk, detail)
    if faults:
        return None
    reference = raw.get("target_reference")
    return ShiftEntry(
        name=raw.get("name", f"{raw['source']}_to_{raw['target']}"),
        label=raw.get("label", "probing" if reference not in (None, raw["target"]) else "extreme"),
        category=raw.get("category", "imported"),
        source=raw["source"],
        target=raw["target"],
        target_reference=reference,
        version=0,
    )


def _shift_faults(raw: Mapping[str, Any], there: set[str]) -> Sequence[tuple[str, str]]:
    """Everything that is wrong with a shift: quirk and detail."""
    known = f"known: {', '.join(KEYS)}"
    faults = [("unknown_key", f"unknown key {shorten(key)} ({known})") for key in sorted(raw.keys() - set(KEYS))]
    for key in ("source", "target", "target_reference"):
        part = raw.get(key)
        if part is None and key == "target_reference":
            continue
        if not isinstance(part, str) or part not in there:
            found = f"imported here: {', '.join(sorted(there)) or 'none'}"
            faults.append(("unknown_part", f"{key}: no distribution {shorten(part)} ({found})"))
    for key in ("name", "category"):
        if key in raw and not (isinstance(raw[key], str) and NAME.fullmatch(raw[key])):
            detail = f"{key}: expected small letters, digits and underscores, found {shorten(raw[key])}"
            faults.append(("odd_name", detail))
    if raw.get("label", "extreme") not in ("extreme", "probing"):
        faults.append(("odd_label", f"label: expected extreme or probing, found {shorten(raw['label'])}"))
    return faults
