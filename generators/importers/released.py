"""Reads one file of the format that the GENIES authors released: a JSON list of `{prompt, responses: {text: label}}`.

A record either becomes an example unchanged or is left out; whatever is odd about it is reported with its number. The
number is the record's position in the list, counted from 0 as in the ids of examples.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.importers.quirks import Notes, Quirk
from generators.importers.records import (
    Pairs,
    Reading,
    Record,
    fields_of,
    is_label,
    kind,
    labelled,
    note_repeated_keys,
    parse,
    prompt_of,
    sound_records,
)
from schemas.validation import shorten

#: The end of a prompt that asks for the response, such as `### Response:`; quotes may close it.
MARKER = re.compile(r'#* ?[^\W\d_][\w ]*:["\']?$')
#: Characters at a prompt's end in which a marker is looked for.
LONGEST_MARKER = 80


def read_released(path: Path, file: str) -> Reading:
    """Reads one `train.json` or `test.json`.

    Args:
        path: The file.
        file: Its name in quirks.
    """
    value, quirks = parse(path, file)
    if any(quirk.outcome == "left_out" for quirk in quirks):
        return Reading((), 0, quirks, False)
    if not isinstance(value, list):
        quirks.append(Quirk(file, None, "not_a_list", f"expected a list of records, found {kind(value)}", "left_out"))
        return Reading((), 0, quirks, False)
    notes = Notes()
    sound = sound_records(dict(enumerate(value)), _record, notes)
    _compare_keys(value, notes)
    _compare_types(value, notes)
    prompts = {number: raw["prompt"] for number, raw in enumerate(value) if _has_prompt(raw)}
    _compare_markers(prompts, notes)
    if len(prompts) > 1 and len(set(prompts.values())) == 1:
        detail = f"all {len(prompts)} prompts are equal: {shorten(next(iter(prompts.values())))}"
        quirks.append(Quirk(file, None, "constant_prompt", detail, "kept"))
    return Reading(sound, len(value), quirks + notes.quirks(file, len(value)), True)


def _record(number: int, raw: Any, notes: Notes) -> Record | None:
    """One record, its faults noted; None where it has no shape to speak of."""
    if not isinstance(raw, Pairs):
        notes.fatal(number, "wrong_type", f"expected an object, found {kind(raw)}")
        return None
    note_repeated_keys(number, raw, ("prompt", "responses"), notes)
    prompt = prompt_of(number, raw, notes)
    responses = _responses(number, raw, notes)
    fields = fields_of(number, raw, ("prompt", "responses"), notes)
    return None if prompt is None or responses is None else Record(number, prompt, responses, fields)


def _responses(number: int, raw: Pairs, notes: Notes) -> tuple[tuple[str, int], ...] | None:
    """Texts and labels in the map's order; None where there is no map."""
    if "responses" not in raw:
        notes.fatal(number, "missing_responses", "the record has no responses")
        return None
    found = raw["responses"]
    if not isinstance(found, Pairs):
        notes.fatal(number, "wrong_type", f"responses: expected a map of texts to labels, found {kind(found)}")
        return None
    notes.kept(number, "responses_as_map", "responses are a map of texts to labels; its order was kept")
    for text, labels in found.repeated.items():
        same = all(is_label(label) and label == labels[-1] for label in labels)
        note = notes.kept if same else notes.fatal
        note(number, "repeated_response", f"{shorten(text)} stands {len(labels)} times, labelled {shorten(labels)}")
    return labelled(number, list(found.items()), notes)


def _compare_keys(value: Sequence[Any], notes: Notes) -> None:
    """Notes keys that most records of the file have and one lacks, and those that one has and most lack."""
    objects = {number: raw for number, raw in enumerate(value) if isinstance(raw, Pairs)}
    counts = Counter(key for raw in objects.values() for key in raw)
    usual = {key for key, count in counts.items() if 2 * count > len(objects)}
    for number, raw in objects.items():
        if missing := sorted(usual - raw.keys() - {"prompt", "responses"}):
            notes.kept(number, "missing_key", f"most records of the file have {', '.join(map(shorten, missing))}")
        if extra := sorted(raw.keys() - usual - {"prompt", "responses"}):
            notes.kept(number, "extra_key", f"most records of the file lack {', '.join(map(shorten, extra))}")


def _compare_types(value: Sequence[Any], notes: Notes) -> None:
    """Notes fields whose type is not the one that they have in most records of the file."""
    types: dict[str, dict[int, str]] = {}
    for number, raw in enumerate(value):
        if isinstance(raw, Pairs):
            for key in raw.keys() - {"prompt", "responses"}:
                types.setdefault(key, {})[number] = kind(raw[key])
    for key, found in sorted(types.items()):
        usual, count = Counter(found.values()).most_common(1)[0]
        if 2 * count > len(found):
            for number, name in found.items():
                if name != usual:
                    notes.kept(number, "odd_type", f"{shorten(key)} is {name}, in most records of the file {usual}")


def _compare_markers(prompts: Mapping[int, str], notes: Notes) -> None:
    """Notes prompts without the closing marker that most prompts of the file have."""
    tails = {number: prompt.rstrip()[-LONGEST_MARKER:] for number, prompt in prompts.items()}
    ends = {number: found.group() for number, tail in tails.items() if (found := MARKER.search(tail))}
    if not ends:
        return
    usual, count = Counter(ends.values()).most_common(1)[0]
    if 2 * count > len(prompts):
        for number, tail in tails.items():
            if not tail.endswith(usual):
                detail = f"most prompts of the file end with {shorten(usual)}, this one with {shorten(tail[-40:])}"
                notes.kept(number, "missing_marker", detail)


def repeats(readings: Mapping[str, Reading]) -> list[Quirk]:
    """Quirks that only several records show: prompts that come again, with the same or with conflicting labels.

    Args:
        readings: The readings of one distribution by file name, train first; records left out count for nothing.
    """
    quirks = []
    seen: dict[str, tuple[str, dict[str, tuple[int, str]]]] = {}
    constant = len({record.prompt for reading in readings.values() for record in reading.records}) == 1
    for file, reading in readings.items():
        for record in reading.records:
            place = f"{file} record {record.number}"
            if record.prompt not in seen:
                seen[record.prompt] = (place, {text: (label, place) for text, label in record.responses})
                continue
            first, labels = seen[record.prompt]
            clash = [(t, labels[t]) for t, label in record.responses if t in labels and labels[t][0] != label]
            if clash:
                text, (label, where) = clash[0]
                detail = f"the same prompt in {where} labels {shorten(text)} {label}, this one {1 - label}"
                quirks.append(Quirk(file, record.number, "conflicting_labels", detail, "kept"))
            elif all(text in labels for text, _ in record.responses):
                detail = f"the same prompt with the same responses stands in {first}"
                quirks.append(Quirk(file, record.number, "repeated_example", detail, "kept"))
            elif not constant:
                detail = f"the same prompt with other responses stands in {first}"
                quirks.append(Quirk(file, record.number, "repeated_prompt", detail, "kept"))
            for text, label in record.responses:
                labels.setdefault(text, (label, place))
    return quirks


def _has_prompt(raw: Any) -> bool:
    return isinstance(raw, Pairs) and isinstance(raw.get("prompt"), str) and bool(raw["prompt"].strip())
