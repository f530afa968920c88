"""Reading and writing files: canonical JSON, whole-or-absent writes, and lines that name themselves when broken."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from schemas.errors import DiskError, RecordError, ShiftworksError
from schemas.records import Example
from schemas.validation import shorten, validate


def canonical(record: Any) -> bytes:
    """A record as JSON bytes with sorted keys and no spaces: equal records give equal bytes."""
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS)


def pretty(record: Any) -> bytes:
    """A record as indented JSON with sorted keys and a final newline, for files that people read."""
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def jsonl(records: Iterable[Any]) -> bytes:
    """Records as canonical JSON, one a line."""
    return b"".join(canonical(record) + b"\n" for record in records)


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns an operating system's refusal into one line that names the file.

    Raises:
        DiskError: The disk is full, read-only or otherwise unwilling.
    """
    try:
        yield
    except OSError as error:
        name = error.filename or path
        raise DiskError(f"{name}: {error.strerror or error}; nothing was changed there") from error


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that is seen whole or not at all: a temporary file beside it, then a rename at the end.

    Raises:
        DiskError: The file cannot be written; what stood there still does.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(made)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            # mkstemp makes files private; a dataset is for everyone who may read the folder.
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is seen whole or not at all; see `whole_file`."""
    with whole_file(path) as file:
        file.write(data)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ShiftworksError: The file is absent or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ShiftworksError(f"{path}: no such file") from None
    except OSError as error:
        raise ShiftworksError(f"{path}: cannot be read: {error.strerror}") from error


def read_json(path: Path, kind: str) -> Any:
    """The one record of a JSON file, checked against its schema.

    Raises:
        ShiftworksError: The file is absent, is not JSON, or breaks its schema.
    """
    try:
        record = orjson.loads(read_bytes(path))
    except orjson.JSONDecodeError as error:
        raise ShiftworksError(f"{path}:{error.lineno}: expected JSON, found: {error.msg}") from None
    validate(record, kind, str(path))
    return record


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The records of a JSONL file with their line numbers, not yet checked against a schema.

    Raises:
        ShiftworksError: The file is absent, or a line is not JSON (a cut-off last line says so).
    """
    data = read_bytes(path)
    for number, line in enumerate(data.splitlines(), 1):
        try:
            yield number, orjson.loads(line)
        except orjson.JSONDecodeError as error:
            text = line.decode("utf-8", "replace")
            raise RecordError(str(path), number, "$", f"one JSON record ({error.msg})", shorten(text)) from None
    if data and not data.endswith(b"\n"):
        raise ShiftworksError(f"{path}: the last line has no end; the file was cut off: build or import it again")


def read_examples(path: Path) -> list[Example]:
    """All examples of a JSONL file, each checked against the schema.

    Raises:
        ShiftworksError: The file is absent or cut off, or a record breaks the contract.
    """
    examples = []
    for number, record in read_lines(path):
        validate(record, "example", str(path), number)
        examples.append(Example.from_json(record))
    return examples
