"""Reads one file of the format that the GENIES authors released: a JSON list of `{prompt, responses: {text: label}}`.

A record either becomes an example unchanged or is left out; whatever is odd about it is reported with its number. The
number is the record's position in the list, counted from 0 as in the ids of examples.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from generators.importers.quirks import Notes, Quirk
from schemas.validation import shorten

#: The end of a prompt that asks for the response, such as `### Response:`; quotes may close it.
MARKER = re.compile(r'#* ?[^\W\d_][\w ]*:["\']?$')
#: Characters at a prompt's end in which a marker is looked for.
LONGEST_MARKER = 80
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """A sound record.

    Attributes:
        number: Position in the file's list, from 0.
        prompt: The prompt as released.
        responses: Texts and labels in the order of the released map.
        fields: All other fields as released.
    """

    number: int
    prompt: str
    responses: tuple[tuple[str, int], ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: its sound records, the number of all its records, its quirks, whether it could be read."""

    records: Sequence[Record]
    read: int
    quirks: Sequence[Quirk]
    sound: bool


class Pairs(dict[str, Any]):
    """A JSON object that remembers which keys stood in it more than once, with all their values."""

    repeated: Mapping[str, Sequence[Any]]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, Any]]) -> Pairs:
        """The object of its pairs; the last value of a key stands, as JSON readers have it."""
        made = cls(pairs)
        counts = Counter(key for key, _ in pairs) if len(made) < len(pairs) else Counter[str]()
        made.repeated = {key: [v for k, v in pairs if k == key] for key, count in counts.items() if count > 1}
        return made


def parse(path: Path, file: str) -> tuple[Any, list[Quirk]]:
    """The JSON value of a file, None with a quirk that is `left_out` where there is none to be had.

    Bytes that are not UTF-8 are carried as lone surrogates, so that only the records that hold them are left out.
    """
    quirks = []
    try:
        if not path.is_file():
            quirk = "not_a_file" if path.exists() or path.is_symlink() else "missing_file"
            return None, [Quirk(file, None, quirk, "expected a regular file", "left_out")]
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        return None, [Quirk(file, None, "unreadable_file", error.strerror or type(error).__name__, "left_out")]
    if text.startswith("\ufeff"):
        text = text[1:]
        quirks.append(Quirk(file, None, "byte_order_mark", "the file starts with a byte order mark", "kept"))
    try:
        return json.loads(text, object_pairs_hook=Pairs.of), quirks
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        detail = f"line {error.lineno}, column {error.colno}: {error.msg}"
        return None, [*quirks, Quirk(file, None, "truncated" if cut else "not_json", detail, "left_out")]
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else "a number too long to read"
        return None, [*quirks, Quirk(file, None, "not_json", detail, "left_out")]


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
    records = []
    for number, raw in enumerate(value):
        try:
            if (record := _record(number, raw, notes)) is not None:
                records.append(record)
        except RecursionError:
            notes.fatal(number, "nested_too_deeply", "the record holds values within values beyond what can be read")
    _compare_keys(value, notes)
    _compare_types(value, notes)
    prompts = {number: raw["prompt"] for number, raw in enumerate(value) if _has_prompt(raw)}
    _compare_markers(prompts, notes)
    if len(prompts) > 1 and len(set(prompts.values())) == 1:
        detail = f"all {len(prompts)} prompts are equal: {shorten(next(iter(prompts.values())))}"
        quirks.append(Quirk(file, None, "constant_prompt", detail, "kept"))
    left_out = notes.left_out()
    sound = [record for record in records if record.number not in left_out]
    return Reading(sound, len(value), quirks + notes.quirks(file, len(value)), True)


def _record(number: int, raw: Any, notes: Notes) -> Record | None:
    """One record, its faults noted; None where it has no shape to speak of."""
    if not isinstance(raw, Pairs):
        notes.fatal(number, "wrong_type", f"expected an object, found {kind(raw)}")
        return None
    for key, value in raw.items():
        # Below the responses there is nothing but labels; their own repetitions are judged with them.
        for where, values in _repeats(value, f"$.{key}") if key != "responses" else ():
            detail = f"{shorten(where)} stands {len(values)} times; the last value was taken"
            notes.kept(number, "repeated_key", detail)
    for key, values in raw.repeated.items():
        same = all(value == values[-1] for value in values)
        note = notes.fatal if key in ("prompt", "responses") and not same else notes.kept
        values_are = "the same value" if same else "different values"
        note(number, "repeated_key", f"{shorten(key)} stands {len(values)} times with {values_are}")
    prompt = _prompt(number, raw, notes)
    responses = _responses(number, raw, notes)
    fields = {}
    for key, value in raw.items():
        if key in ("prompt", "responses"):
            continue
        if _writable({key: value}):
            fields[key] = value
        else:
            detail = f"{shorten(key)} holds {shorten(value)}, which no JSON file of ours can hold; it was not carried"
            notes.kept(number, "unwritable_field", detail)
    return None if prompt is None or responses is None else Record(number, prompt, responses, fields)


def _prompt(number: int, raw: Pairs, notes: Notes) -> str | None:
    if "prompt" not in raw:
        notes.fatal(number, "missing_prompt", "the record has no prompt")
    elif not isinstance(raw["prompt"], str):
        notes.fatal(number, "wrong_type", f"prompt: expected a text, found {kind(raw['prompt'])}")
    elif not raw["prompt"].strip():
        notes.fatal(number, "empty_prompt", f"the prompt is {shorten(raw['prompt'])}")
    elif fault := _text_fault(raw["prompt"]):
        notes.fatal(number, fault, f"prompt: {shorten(raw['prompt'])}")
    else:
        return str(raw["prompt"])
    return None


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
        same = all(_is_label(label) and label == labels[-1] for label in labels)
        note = notes.kept if same else notes.fatal
        note(number, "repeated_response", f"{shorten(text)} stands {len(labels)} times, labelled {shorten(labels)}")
    if len(found) < 2:
        notes.fatal(number, "too_few_responses", f"{len(found)} responses, two or more are needed")
    odd = [label for label in found.values() if not _is_label(label)]
    if odd:
        notes.fatal(number, "odd_label", f"labels other than 0 and 1: {', '.join(map(shorten, odd))}")
    elif any(isinstance(label, float) for label in found.values()):
        notes.kept(number, "float_label", "labels are written as 1.0 and 0.0; they were read as 1 and 0")
    right = sum(_is_label(label) and label == 1 for label in found.values())
    if right == 0:
        notes.fatal(number, "no_right_response", "no response is labelled 1")
    elif right > 1:
        notes.fatal(number, "several_right_responses", f"{right} responses are labelled 1")
    for text, label in found.items():
        if fault := _text_fault(text):
            notes.fatal(number, fault, f"response: {shorten(text)}")
        elif not text.strip():
            notes.kept(number, "empty_response", f"the response {shorten(text)} labelled {shorten(label)} is empty")
    return () if odd else tuple((text, int(label)) for text, label in found.items())


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


def kind(value: Any) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), "an object")


def _is_label(label: Any) -> bool:
    return isinstance(label, int | float) and not isinstance(label, bool) and label in (0, 1)


def _has_prompt(raw: Any) -> bool:
    return isinstance(raw, Pairs) and isinstance(raw.get("prompt"), str) and bool(raw["prompt"].strip())


def _text_fault(text: str) -> str:
    """Why a text cannot be written as UTF-8; empty where it can. `parse` carries alien bytes as U+DC80 to U+DCFF."""
    found = SURROGATES.search(text)
    if not found:
        return ""
    return "alien_bytes" if "\udc80" <= found.group() <= "\udcff" else "lone_surrogate"


def _writable(value: Any) -> bool:
    """Whether a value survives our files: no NaN, no number beyond 64 bits, no lone surrogate, no endless depth."""
    try:
        return bool(orjson.loads(orjson.dumps(value)) == value)
    except TypeError:
        return False


def _repeats(value: Any, where: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Every key that stands more than once in an object below a value, with its place and values."""
    if isinstance(value, Pairs):
        for key, values in value.repeated.items():
            yield f"{where}.{key}", values
        for key, inner in value.items():
            yield from _repeats(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _repeats(inner, f"{where}[{number}]")
