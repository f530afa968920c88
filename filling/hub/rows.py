"""Reads the rows of a downloaded file: Parquet, JSON lines, or one JSON list. Nothing of what is read is run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from schemas import ShiftworksError
from schemas.files import disk_errors

#: Rows of a Parquet file that are in memory at a time.
BATCH = 1000


def read_rows(path: Path, name: str) -> Iterator[Any]:
    """The rows of a file in their order; a line that is no JSON gives None.

    Args:
        path: Where the file lies.
        name: Its name in its repository, whose ending says what it is.

    Raises:
        ShiftworksError: The file is not what its name says, or cannot be read.
    """
    if name.endswith(".parquet"):
        yield from _parquet(path, name)
        return
    with disk_errors(path), path.open("rb") as file:
        # A file that ends in .json may be a list, or lines.
        start = file.read(1)
        file.seek(0)
        if start == b"[":
            yield from _list(file.read(), name)
            return
        for line in file:
            if line.strip():
                yield _json(line)


def _parquet(path: Path, name: str) -> Iterator[Any]:
    # Imported here, since nothing else needs this library.
    import pyarrow as arrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                yield from batch.to_pylist()
    except (arrow.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise ShiftworksError(f"{name}: no Parquet file that can be read ({reason}); fetch it again") from None


def _list(data: bytes, name: str) -> Iterator[Any]:
    try:
        yield from orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ShiftworksError(f"{name}:{error.lineno}: expected a JSON list, found: {error.msg}") from None


def _json(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
