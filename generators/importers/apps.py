"""Imports problems of APPS (Hendrycks et al. 2021, arXiv 2105.09938) as items of our own; what is kept has been run.

A file holds one record a line, as the dataset `codeparrot/apps` has them:

    {"problem_id": 7, "question": "...", "difficulty": "interview",
     "solutions": "[...]", "input_output": "{...}"}

`solutions` and `input_output` are JSON as text: a list of programs, and an object with `inputs` and `outputs`. With
`fn_name` in the latter, a problem asks for a function (perhaps a method of a class `Solution`) and its inputs are
argument lists; without, for a script that reads standard input.

A solution is kept if it passes every test in the sandbox. A record none of whose solutions does, or that says too
little to be run, is left out with its reason. What has been looked at stands in a journal beside the bank, so that an
import that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from tqdm import tqdm

from generators.families.code.foreign import as_function, script_text
from generators.families.code.running import OutsideSubset, parsed
from generators.families.code.sandbox.box import Sandbox
from schemas import JsonObject, ShiftworksError
from schemas.files import disk_errors, jsonl, read_bytes, read_lines, sha256, write_whole
from schemas.validation import validate

LEVELS = {"introductory": 1, "interview": 2, "competition": 3}
#: Solutions of a problem that are run until enough are right, and solutions and tests that are kept.
RUN, KEPT, TESTS = 10, 3, 20
#: Longest test that is kept, in characters of its JSON.
LONGEST = 20_000
#: A bank's name below `raw/`, from its file.
NAME = re.compile(r"[a-z0-9_]+")


class _Unfit(Exception):  # noqa: N818 - a finding about a record, not a fault of ours
    """Why a record cannot become an item."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made.

    Attributes:
        kept: Items of the bank.
        reasons: How many records were left out, by reason.
    """

    kept: int
    reasons: Mapping[str, int]


def import_apps(file: Path, out: Path) -> Imported:
    """Imports a file of APPS problems into a bank of programs.

    Args:
        file: The source; it is not changed.
        out: The bank to write, such as `raw/upstream/apps.jsonl`. `<out stem>.rejected.jsonl` beside it takes what was
            left out, with reasons.

    Returns:
        The counts.

    Raises:
        ShiftworksError: The source is absent or not JSON, the name is no bank's, the disk or the host refuses.
    """
    if out.suffix != ".jsonl" or not NAME.fullmatch(out.stem):
        raise ShiftworksError(f"{out}: a bank is a file of small letters, digits and underscores that ends in .jsonl")
    records = list(read_lines(file))
    journal = _Journal(out.with_name(f".{out.stem}.journal.jsonl"), sha256(read_bytes(file)))
    done = journal.read()
    with Sandbox() as box, journal.open():
        for number, record in tqdm(records[len(done) :], initial=len(done), total=len(records), disable=None):
            origin = f"apps/{file.name}:{number}"
            try:
                entry: JsonObject = _item(record, origin, box)
            except _Unfit as reason:
                entry = {"kind": "rejection", "bank": out.stem, "origin": origin, "reason": str(reason)}
            validate(entry, entry["kind"], str(file), number)
            journal.add(entry)
            done.append(entry)
    return _written(out, done, journal)


def _written(out: Path, done: Sequence[JsonObject], journal: _Journal) -> Imported:
    """Writes the bank and what was left out, then forgets the journal."""
    kept = {entry["id"]: entry for entry in reversed(done) if entry["kind"] == "program"}
    items = list(kept.values())[::-1]
    rejected = [entry for entry in done if entry["kind"] == "rejection"]
    header = {
        "kind": "bank",
        "bank": f"{out.parent.name}/{out.stem}",
        "item": "program",
        "licence": "MIT",
        "source": "APPS, Hendrycks et al. 2021 (https://huggingface.co/datasets/codeparrot/apps)",
    }
    validate(header, "bank", str(out), 1)
    write_whole(out.with_name(f"{out.stem}.rejected.jsonl"), jsonl(rejected))
    write_whole(out, jsonl([header, *items]))
    journal.remove()
    reasons: dict[str, int] = {}
    for entry in rejected:
        reasons[entry["reason"]] = reasons.get(entry["reason"], 0) + 1
    return Imported(len(items), dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))))


def _item(record: Any, origin: str, box: Sandbox) -> JsonObject:
    """A record as an item of a bank of programs.

    Raises:
        _Unfit: It cannot become one.
    """
    if not isinstance(record, dict):
        raise _Unfit("the record is no object")
    number = record.get("problem_id", record.get("id"))
    if type(number) is not int or number < 0:
        raise _Unfit("problem_id is no number")
    statement, level = record.get("question"), LEVELS.get(str(record.get("difficulty")))
    if not isinstance(statement, str) or not statement.strip():
        raise _Unfit("the question is absent or empty")
    if level is None:
        raise _Unfit("the difficulty is none of introductory, interview and competition")
    found = _json(record, "input_output")
    if not isinstance(found, dict):
        raise _Unfit("input_output is absent or no object")
    name, tests = found.get("fn_name"), _tests(found)
    solutions = [each for each in _list(_json(record, "solutions")) if isinstance(each, str) and each.strip()]
    asked: dict[str, str]
    if name is None:
        kept, tests = _scripts(solutions, tests, box)
        asked = {"style": "script"}
    elif isinstance(name, str) and name.isidentifier() and name.isascii():
        kept, tests = _functions(solutions, name, tests, box)
        asked = {"style": "function", "name": name}
    else:
        raise _Unfit("fn_name is no name of a function")
    return {
        "kind": "program",
        "id": f"apps_{number}",
        "level": level,
        "statement": statement.strip(),
        **asked,
        "solutions": kept,
        "tests": [given for given, _ in tests],
        "expected": [result for _, result in tests],
        "origin": origin,
    }


#: A test: the argument list (of a script its input alone), and the result.
_Test = tuple[list[Any], Any]


def _tests(found: Mapping[str, Any]) -> list[_Test]:
    """The first tests that are short enough, none twice.

    Raises:
        _Unfit: There is none, or inputs and outputs do not match.
    """
    inputs, outputs = _list(found.get("inputs")), _list(found.get("outputs"))
    if len(inputs) != len(outputs):
        raise _Unfit("input_output has not as many outputs as inputs")
    tests: dict[bytes, _Test] = {}
    for given, result in zip(inputs, outputs, strict=True):
        arguments = given if isinstance(given, list) else [given]
        try:
            packed = orjson.dumps([arguments, result])
        except orjson.JSONEncodeError:  # an integer beyond 64 bits
            continue
        if len(packed) <= LONGEST:
            tests.setdefault(orjson.dumps(arguments), (arguments, result))
    if not tests:
        raise _Unfit("input_output has no test, or none that is short enough")
    return list(tests.values())[:TESTS]


def _scripts(solutions: Sequence[str], tests: Sequence[_Test], box: Sandbox) -> tuple[list[str], list[_Test]]:
    """The right ones among scripts, with the tests as texts."""
    try:
        texts = [(script_text(given), script_text([result])) for given, result in tests]
    except TypeError:
        raise _Unfit("a test of a script is no text") from None
    inputs, outputs = zip(*texts, strict=True)
    right = (each for each in _parsing(solutions) if box.run_script(each, inputs, outputs).right)
    return _some(right), [([given], printed) for given, printed in texts]


def _functions(
    solutions: Sequence[str], name: str, tests: Sequence[_Test], box: Sandbox
) -> tuple[list[str], list[_Test]]:
    """The right ones among functions, with the tests in the reading under which they are right.

    Some records wrap every result in a list of its own; which do is seen from what the solutions return.
    """
    arguments = [orjson.dumps(given) for given, _ in tests]
    readings = [[result for _, result in tests]]
    if all(isinstance(result, list) and len(result) == 1 for result in readings[0]):
        readings.insert(0, [result[0] for result in readings[0]])
    programs = [as_function(each, name) for each in _parsing(solutions)]
    for expected in readings:
        right = (each for each in programs if box.run(each, name, arguments, expected).right)
        try:
            return _some(right), [(given, result) for (given, _), result in zip(tests, expected, strict=True)]
        except _Unfit:
            continue
    raise _Unfit("no solution passes every test")


def _some(right: Iterator[str]) -> list[str]:
    kept = [program for _, program in zip(range(KEPT), right, strict=False)]
    if not kept:
        raise _Unfit("no solution passes every test")
    return kept


def _parsing(solutions: Sequence[str]) -> list[str]:
    """The first different solutions that are Python 3."""
    found = []
    for each in dict.fromkeys(solutions):
        try:
            parsed(each)
        except OutsideSubset:
            continue
        found.append(each)
    return found[:RUN]


def _json(record: Mapping[str, Any], field: str) -> Any:
    """A field that holds JSON as text; None where it is empty.

    Raises:
        _Unfit: It is no JSON.
    """
    text = record.get(field)
    if not text:
        return None
    try:
        return json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        raise _Unfit(f"{field} is no JSON") from None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


class _Journal:
    """What an import has looked at so far: one line a record, after a line that says of which file.

    Args:
        path: Its file.
        source: The hash of the file that is imported.
    """

    def __init__(self, path: Path, source: str) -> None:
        self._path, self._head = path, {"source": source}

    def read(self) -> list[JsonObject]:
        """The entries, if they are of this source; the last line may have been cut off."""
        if not self._path.is_file():
            return []
        lines = read_bytes(self._path).split(b"\n")[:-1]
        entries: list[JsonObject] = [orjson.loads(line) for line in lines]
        return entries[1:] if entries[:1] == [self._head] else []

    def open(self) -> _Journal:
        """Starts to write, behind what `read` gives."""
        entries = [self._head, *self.read()]
        write_whole(self._path, jsonl(entries))
        self._file = self._path.open("ab")
        return self

    def __enter__(self) -> _Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, entry: JsonObject) -> None:
        """Writes an entry."""
        with disk_errors(self._path):
            self._file.write(jsonl([entry]))
            self._file.flush()

    def remove(self) -> None:
        """Forgets everything."""
        self._path.unlink(missing_ok=True)
