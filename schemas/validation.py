"""Validators of every record kind, each built once.

`jsonschema` is the authority. A broken record ends in one line: file, line number, JSON path, what was expected and
what stood there.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from schemas.errors import RecordError, ShiftworksError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMA_DIR = Path(__file__).parent / "json"


def kinds() -> tuple[str, ...]:
    """Names of all record kinds, one for each schema file."""
    return tuple(sorted(path.name.removesuffix(".schema.json") for path in SCHEMA_DIR.glob("*.schema.json")))


@cache
def validator(kind: str) -> Draft202012Validator:
    """The validator of a record kind, built once a process.

    Args:
        kind: A name of `kinds()`.

    Raises:
        ShiftworksError: There is no such kind.
    """
    # Imported here because listing and help never validate, and this import is a third of their time.
    from jsonschema import Draft202012Validator

    path = SCHEMA_DIR / f"{kind}.schema.json"
    if not path.is_file():
        raise ShiftworksError(f"no schema for records of kind {kind!r}; there are: {', '.join(kinds())}")
    schema = orjson.loads(path.read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate(record: object, kind: str, path: str, line: int | None = None) -> None:
    """Checks one record against its schema.

    Args:
        record: The parsed JSON value.
        kind: The record's kind.
        path: The file it stands in, for the message.
        line: Its line there, from 1.

    Raises:
        RecordError: The record breaks its schema; the message names the deepest offending value.
    """
    check = validator(kind)
    if check.is_valid(record):
        return
    # best_match would choose the shallowest fault; the deepest names the value itself.
    error = max(check.iter_errors(record), key=lambda e: (len(e.absolute_path), str(e.validator)))
    raise RecordError(path, line, error.json_path, _expected(error), shorten(error.instance))


def shorten(value: Any, limit: int = 80) -> str:
    """A value as JSON on one line, cut to `limit` characters."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _expected(error: ValidationError) -> str:
    """What the failed keyword asks for, in words."""
    rule = str(error.validator)
    want: Any = error.validator_value
    schema: Any = error.schema
    found: Any = error.instance
    if rule == "required":
        missing = [name for name in want if name not in found]
        return f"the field{'s' if len(missing) > 1 else ''} {', '.join(map(repr, missing))}"
    if rule == "type":
        return "a value of type " + (want if isinstance(want, str) else " or ".join(want))
    if rule == "enum":
        return "one of " + ", ".join(shorten(choice) for choice in want)
    if rule == "const":
        return shorten(want)
    if rule == "pattern":
        return f"a text that matches {want}"
    if rule == "additionalProperties":
        known = schema.get("properties", {})
        extra = sorted(set(found) - set(known))
        return f"no field {', '.join(map(repr, extra))} (known: {', '.join(sorted(known))})"
    if rule in ("contains", "minContains", "maxContains"):
        return "exactly one response with label 1"
    if rule in ("minItems", "minLength"):
        return f"at least {want} {'items' if rule == 'minItems' else 'characters'}"
    if rule in ("minimum", "maximum"):
        return f"a number of {'at least' if rule == 'minimum' else 'at most'} {want}"
    return f"{rule} {shorten(want)}"
