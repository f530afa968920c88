"""Imports any preference data that is written in a plain format, so that they can be audited.

A folder holds one folder a distribution, named by small letters, digits and underscores, with `train` and `test` (or
one of them) as `.jsonl`, one record a line, or as `.json`, a list of records. A record is one of

    {"prompt": "...", "responses": [{"text": "...", "label": 1}, {"text": "...", "label": 0}]}
    {"prompt": "...", "chosen": "...", "rejected": "..."}      # or a list of rejected texts

with exactly one right response. `group` may name the raw thing that the record was made from; without it, records of
the same prompt are a group. Other fields are carried along. `shifts.json` may stand beside the folders, a list of

    {"source": "...", "target": "...", "target_reference": "...", "name": "...", "label": "...", "category": "..."}

in which all but source and target may be missing: a shift is then named `<source>_to_<target>`, is `probing` where it
has a reference and `extreme` otherwise, and its category is `imported`.

Sound records become examples unchanged. Responses given as a list keep their order; chosen and rejected ones, which
have none, get one from their hashes. Whatever is odd stands in `import_report.json` by file and record (counted from
0), with a way out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from generators.importers.folder import (
    Origin,
    distribution_folders,
    in_order,
    question_group,
    unexpected,
    write_distribution,
    write_manifest,
    write_report,
)
from generators.importers.plain_shifts import FILE as SHIFTS
from generators.importers.plain_shifts import read_shifts
from generators.importers.quirks import Notes, Quirk, lost
from generators.importers.records import (
    Pairs,
    Reading,
    Record,
    fields_of,
    kind,
    labelled,
    note_repeated_keys,
    parse,
    parse_text,
    prompt_of,
    read_text,
    sound_records,
    text_fault,
)
from schemas import SPLITS, ShiftworksError, Split
from schemas.files import read_bytes, sha256
from schemas.validation import shorten

ENDINGS = ("jsonl", "json")
FILES = tuple(f"{split}.{ending}" for split in SPLITS for ending in ENDINGS)
READ = ("prompt", "responses", "chosen", "rejected", "group")
#: What to do about each kind of fault.
WAY_OUT = {
    "alien_bytes": "save the file as UTF-8",
    "lone_surrogate": "remove the half of a character",
    "empty_prompt": "give the record a prompt or remove it",
    "missing_prompt": "give the record a prompt or remove it",
    "missing_responses": "give it responses, or chosen and rejected",
    "two_forms": "keep either responses, or chosen and rejected",
    "no_right_response": "label exactly one response 1",
    "several_right_responses": "label exactly one response 1",
    "odd_label": "label the right response 1 and every other 0",
    "too_few_responses": "add a wrong response or remove the record",
    "conflicting_labels": "keep one of the two or change its text",
    "odd_group": "name the group by a text or leave it out",
    "not_json": "write one JSON record a line (.jsonl) or one list of them (.json)",
    "wrong_type": "write it as README.md shows",
    "not_a_list": "write a list, or one record a line in a .jsonl",
    "truncated": "it was cut off; write it again",
    "two_files": "keep one of them",
    "unknown_part": "import that distribution too or correct the name",
    "unknown_key": "correct its name or remove it",
}


def import_plain(folder: Path, out: Path) -> dict[str, Any]:
    """Imports every distribution of a folder in the plain format into a data folder.

    Args:
        folder: The folder; nothing in it is changed.
        out: The data folder; imports that stand there are replaced, other data is refused.

    Returns:
        The import report.

    Raises:
        ShiftworksError: `folder` holds no distribution, `out` holds other data, or the disk refuses.
    """
    folders, quirks = distribution_folders(folder, out, (SHIFTS,))
    if not folders:
        raise ShiftworksError(f"{folder}: no folder of a distribution in it; put train and test files into <name>/")
    distributions = []
    for path in folders:
        entry, more = _import_one(path, out)
        distributions.append(entry)
        quirks += more
    imported = {entry["name"] for entry in distributions if entry["imported"]}
    shifts, more = read_shifts(folder / SHIFTS, imported)
    quirks = [_with_way_out(quirk) for quirk in [*quirks, *more]]
    report = write_report(folder, out, distributions, quirks)
    write_manifest(out, {entry["name"] for entry in distributions} - imported, shifts)
    return report


def _with_way_out(quirk: Quirk) -> Quirk:
    way = WAY_OUT.get(quirk.quirk) if quirk.outcome == "left_out" else None
    return replace(quirk, detail=f"{quirk.detail}; {way}") if way else quirk


def _import_one(folder: Path, out: Path) -> tuple[dict[str, Any], list[Quirk]]:
    """Imports one distribution: its entry of the report, and its quirks."""
    name = folder.name
    readings: dict[Split, tuple[str, Reading]] = {}
    quirks = unexpected(folder, FILES)
    for split in SPLITS:
        files = [f"{split}.{ending}" for ending in ENDINGS if (folder / f"{split}.{ending}").exists()]
        if len(files) > 1:
            detail = f"{' and '.join(files)} both stand there"
            quirks.append(Quirk(f"{name}/{split}", None, "two_files", detail, "left_out"))
        elif files:
            file = f"{name}/{files[0]}"
            reading = read_plain(folder / files[0], file)
            readings[split] = (file, reading)
            quirks += reading.quirks
        else:
            detail = f"no {split}.jsonl or {split}.json; the split stays empty"
            quirks.append(Quirk(f"{name}/{split}", None, "missing_file", detail, "kept"))
    read = sum(reading.read for _, reading in readings.values())
    if not any(reading.records for _, reading in readings.values()):
        quirks.append(Quirk(name, None, "no_examples", f"none of its {read} records can be an example", "left_out"))
        return {"name": name, "read": read, "imported": 0}, lost(in_order(quirks))
    quirks = in_order(quirks)
    imported = write_distribution(
        out,
        name,
        readings,
        lambda record: str(record.fields.get("group", question_group(record.prompt))),
        quirks,
        Origin(
            f"Imported: {name}", "plain", "the folder that was imported", "as its owner says; the folder names none"
        ),
        {file: read_bytes(folder.parent / file) for file, _ in readings.values()},
    )
    return {"name": name, "read": read, "imported": imported}, quirks


def read_plain(path: Path, file: str) -> Reading:
    """Reads one file of records.

    Args:
        path: The file; its ending says whether it holds lines or a list.
        file: Its name in quirks.
    """
    notes = Notes()
    if path.suffix == ".jsonl":
        text, quirks = read_text(path, file)
        if text is None:
            return Reading((), 0, quirks, False)
        # Not splitlines, which would also cut at signs that may stand within a JSON text.
        lines = [(place, line) for place, line in enumerate(text.split("\n"), 1) if line.strip()]
        raws = {}
        for number, (place, line) in enumerate(lines):
            raws[number], fault = parse_text(line)
            if fault:
                del raws[number]
                notes.fatal(number, fault[0], fault[1].replace("line 1,", f"line {place},"))
        read = len(lines)
    else:
        value, quirks = parse(path, file)
        if any(quirk.outcome == "left_out" for quirk in quirks):
            return Reading((), 0, quirks, False)
        if not isinstance(value, list):
            detail = f"expected a list of records, found {kind(value)}"
            return Reading((), 0, [*quirks, Quirk(file, None, "not_a_list", detail, "left_out")], False)
        raws, read = dict(enumerate(value)), len(value)
    return Reading(sound_records(raws, _record, notes), read, quirks + notes.quirks(file, read), True)


def _record(number: int, raw: Any, notes: Notes) -> Record | None:
    """One record, its faults noted; None where it has no shape to speak of."""
    if not isinstance(raw, Pairs):
        notes.fatal(number, "wrong_type", f"expected an object, found {kind(raw)}")
        return None
    note_repeated_keys(number, raw, READ, notes)
    prompt = prompt_of(number, raw, notes)
    pairs = _responses(number, raw, notes)
    fields = fields_of(number, raw, READ, notes)
    if "group" in raw:
        group = raw["group"]
        if not isinstance(group, str) or not group.strip() or text_fault(group):
            notes.fatal(number, "odd_group", f"group: expected a text, found {shorten(group)}")
        else:
            fields["group"] = group
    if prompt is None or pairs is None:
        return None
    labels: dict[str, Any] = {}
    for text, label in pairs:
        if text not in labels:
            labels[text] = label
        elif labels[text] == label:
            notes.kept(number, "repeated_response", f"the response {shorten(text)} stands there again")
        else:
            notes.fatal(number, "conflicting_labels", f"the response {shorten(text)} is both right and wrong")
    responses = labelled(number, pairs, notes)
    if "chosen" in raw:
        # Chosen and rejected have no order; one that put the chosen first would give every answer away.
        responses = tuple(sorted(responses, key=lambda r: sha256(f"{prompt}\0{r[0]}".encode("utf-8", "surrogatepass"))))
    return Record(number, prompt, responses, fields)


def _responses(number: int, raw: Pairs, notes: Notes) -> list[tuple[str, Any]] | None:
    """Texts and what stands as their labels; None where there are none to be had."""
    compared = [key for key in ("chosen", "rejected") if key in raw]
    if "responses" in raw and compared:
        notes.fatal(number, "two_forms", f"responses stand beside {' and '.join(compared)}")
        return None
    if "responses" in raw:
        return _listed(number, raw["responses"], notes)
    if len(compared) < 2:
        missing = [key for key in ("chosen", "rejected") if key not in raw]
        notes.fatal(number, "missing_responses", f"the record has no responses and no {' and no '.join(missing)}")
        return None
    rejected = raw["rejected"] if isinstance(raw["rejected"], list) else [raw["rejected"]]
    named = [("chosen", raw["chosen"], 1), *(("rejected", text, 0) for text in rejected)]
    for key, text, _ in named:
        if not isinstance(text, str):
            notes.fatal(number, "wrong_type", f"{key}: expected a text, found {shorten(text)}")
            return None
    return [(text, label) for _, text, label in named]


def _listed(number: int, found: Any, notes: Notes) -> list[tuple[str, Any]] | None:
    """The responses of a list of objects."""
    if not isinstance(found, list):
        notes.fatal(number, "wrong_type", f"responses: expected a list of objects, found {kind(found)}")
        return None
    pairs = []
    for place, each in enumerate(found):
        where = f"responses[{place}]"
        if not isinstance(each, Pairs) or not isinstance(each.get("text"), str) or "label" not in each:
            notes.fatal(number, "wrong_type", f"{where}: expected an object with text and label, found {shorten(each)}")
            return None
        note_repeated_keys(number, each, ("text", "label"), notes)
        if more := sorted(each.keys() - {"text", "label"}):
            notes.kept(number, "extra_key", f"{where} also has {', '.join(map(shorten, more))}; it was not carried")
        pairs.append((each["text"], each["label"]))
    return pairs
