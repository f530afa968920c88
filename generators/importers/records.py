"""Reads records that others wrote: JSON that may be broken in any way, and what makes a record fit to be an example.

A record either becomes an example unchanged or is left out; whatever is odd about it is noted with its number, its
position in the file counted from 0 as in the ids of examples.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from generators.importers.quirks import Notes, Quirk
from schemas.validation import shorten

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


def read_text(path: Path, file: str) -> tuple[str | None, list[Quirk]]:
    """The text of a file, None with a quirk that is `left_out` where there is none to be had.

    Bytes that are not UTF-8 are carried as lone surrogates, so that only the records that hold them are left out.
    """
    try:
        if not path.is_file():
            quirk = "not_a_file" if path.exists() or path.is_symlink() else "missing_file"
            return None, [Quirk(file, None, quirk, "expected a regular file", "left_out")]
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        return None, [Quirk(file, None, "unreadable_file", error.strerror or type(error).__name__, "left_out")]
    if text.startswith("\ufeff"):
        return text[1:], [Quirk(file, None, "byte_order_mark", "the file starts with a byte order mark", "kept")]
    return text, []


def parse(path: Path, file: str) -> tuple[Any, list[Quirk]]:
    """The JSON value of a file, None with a quirk that is `left_out` where there is none to be had; see `read_text`."""
    text, quirks = read_text(path, file)
    if text is None:
        return None, quirks
    value, fault = parse_text(text)
    if fault:
        return None, [*quirks, Quirk(file, None, *fault, "left_out")]
    return value, quirks


def parse_text(text: str) -> tuple[Any, tuple[str, str] | None]:
    """The JSON value of a text, or None with the quirk and the detail that say why there is none."""
    try:
        return json.loads(text, object_pairs_hook=Pairs.of), None
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        detail = f"line {error.lineno}, column {error.colno}: {error.msg}"
        return None, ("truncated" if cut else "not_json", detail)
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else "a number too long to read"
        return None, ("not_json", detail)


def sound_records(
    raws: Mapping[int, Any], make: Callable[[int, Any, Notes], Record | None], notes: Notes
) -> list[Record]:
    """Those records of a file that are fit to be examples.

    Args:
        raws: JSON values by record number.
        make: Reads one and notes its faults; None where it has no shape to speak of.
        notes: Where faults are noted.
    """
    records = []
    for number, raw in raws.items():
        try:
            if (record := make(number, raw, notes)) is not None:
                records.append(record)
        except RecursionError:
            notes.fatal(number, "nested_too_deeply", "the record holds values within values beyond what can be read")
    left_out = notes.left_out()
    return [record for record in records if record.number not in left_out]


def note_repeated_keys(number: int, raw: Pairs, read: Sequence[str], notes: Notes) -> None:
    """Notes keys that stand more than once in a record or below it.

    Args:
        number: The record.
        raw: Its object.
        read: Keys that an example is made from; different values of one make the record unfit.
        notes: Where faults are noted.
    """
    for key, value in raw.items():
        # Below the responses there is nothing but labels; their own repetitions are judged with them.
        for where, values in _repeats(value, f"$.{key}") if key != "responses" else ():
            detail = f"{shorten(where)} stands {len(values)} times; the last value was taken"
            notes.kept(number, "repeated_key", detail)
    for key, values in raw.repeated.items():
        same = all(value == values[-1] for value in values)
        note = notes.fatal if key in read and not same else notes.kept
        values_are = "the same value" if same else "different values"
        note(number, "repeated_key", f"{shorten(key)} stands {len(values)} times with {values_are}")


def fields_of(number: int, raw: Pairs, read: Sequence[str], notes: Notes) -> dict[str, Any]:
    """The fields of a record that no example is made from, to be carried along; see `note_repeated_keys`."""
    fields = {}
    for key, value in raw.items():
        if key in read:
            continue
        if _writable({key: value}):
            fields[key] = value
        else:
            detail = f"{shorten(key)} holds {shorten(value)}, which no JSON file of ours can hold; it was not carried"
            notes.kept(number, "unwritable_field", detail)
    return fields


def prompt_of(number: int, raw: Pairs, notes: Notes) -> str | None:
    """The prompt of a record, None with a note where there is none to be had."""
    if "prompt" not in raw:
        notes.fatal(number, "missing_prompt", "the record has no prompt")
    elif not isinstance(raw["prompt"], str):
        notes.fatal(number, "wrong_type", f"prompt: expected a text, found {kind(raw['prompt'])}")
    elif not raw["prompt"].strip():
        notes.fatal(number, "empty_prompt", f"the prompt is {shorten(raw['prompt'])}")
    elif fault := text_fault(raw["prompt"]):
        notes.fatal(number, fault, f"prompt: {shorten(raw['prompt'])}")
    else:
        return str(raw["prompt"])
    return None


def labelled(number: int, responses: Sequence[tuple[str, Any]], notes: Notes) -> tuple[tuple[str, int], ...]:
    """Texts with labels of 0 and 1; whatever else they are, and not exactly one 1, is noted as a fault.

    Args:
        number: The record.
        responses: Texts, each with what stands as its label.
        notes: Where faults are noted.
    """
    if len(responses) < 2:
        notes.fatal(number, "too_few_responses", f"{len(responses)} responses, two or more are needed")
    labels = [label for _, label in responses]
    odd = [label for label in labels if not is_label(label)]
    if odd:
        notes.fatal(number, "odd_label", f"labels other than 0 and 1: {', '.join(map(shorten, odd))}")
    elif any(isinstance(label, float) for label in labels):
        notes.kept(number, "float_label", "labels are written as 1.0 and 0.0; they were read as 1 and 0")
    right = sum(is_label(label) and label == 1 for label in labels)
    if right == 0:
        notes.fatal(number, "no_right_response", "no response is labelled 1")
    elif right > 1:
        notes.fatal(number, "several_right_responses", f"{right} responses are labelled 1")
    for text, label in responses:
        if fault := text_fault(text):
            notes.fatal(number, fault, f"response: {shorten(text)}")
        elif not text.strip():
            notes.kept(number, "empty_response", f"the response {shorten(text)} labelled {shorten(label)} is empty")
    return () if odd else tuple((text, int(label)) for text, label in responses)


def kind(value: Any) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), "an object")


def is_label(label: Any) -> bool:
    """Whether a value is 0 or 1, also as 0.0 or 1.0."""
    return isinstance(label, int | float) and not isinstance(label, bool) and label in (0, 1)


def text_fault(text: str) -> str:
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
