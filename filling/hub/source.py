"""What a source is: the pin that names its bytes, and the mapping of its rows to items of ours.

A mapping says no more than its source does: prose loses white space at its ends and nothing else, programs lose
nothing. A row that cannot become an item is left out with a reason; nothing is guessed or mended.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from schemas import JsonObject, ShiftworksError

#: Names of files in a repository that may become paths: plain parts, none of which is only dots.
PLAIN_PATH = re.compile(r"(?!.*(?:^|/)\.+(?:/|$))[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")

Row = Mapping[str, Any]


class Unfit(Exception):  # noqa: N818 - a finding about a row, not a fault of ours
    """Why a row cannot become an item; the same words for every row of which it is true, since they are counted."""


#: What is made of the rows of one file, of which those that are no JSON are None: items, and reasons why there is none.
Reader = Callable[[str, Iterable[Any]], Iterator[JsonObject | Unfit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A data set of the hub, pinned.

    Attributes:
        name: Its folder under `raw/upstream/`, and the name of its bank.
        repo: Its id on the hub.
        revision: The commit that is fetched, all 40 digits of it.
        files: The files of that commit that are read; `*` stands for any characters, also `/`.
        licence: As its card names it.
        credit: Who published it, and where.
        item: The kind of its items.
        version: Of the mapping; raised when the same rows give other items.
        read: The items of a file's rows.
    """

    name: str
    repo: str
    revision: str
    files: tuple[str, ...]
    licence: str
    credit: str
    item: str
    version: int
    read: Reader


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its name, which is that of its file; found by looking, so that a new one is one new file.

    Raises:
        ShiftworksError: A file declares no source, or one of another name.
    """
    found = {}
    for path in sorted((Path(__file__).parent / "sources").glob("[a-z]*.py")):
        source = getattr(import_module(f"filling.hub.sources.{path.stem}"), "SOURCE", None)
        if not isinstance(source, Source) or source.name != path.stem:
            raise ShiftworksError(f"{path}: expected SOURCE = Source(name={path.stem!r}, ...)")
        found[path.stem] = source
    return found


def row_by_row(make: Callable[[str, int, Row], JsonObject]) -> Reader:
    """The reader of a source each row of which is one item.

    Args:
        make: The item of a row, from the file's name, the row's number in the file from 0, and the row.
    """

    def read(file: str, rows: Iterable[Any]) -> Iterator[JsonObject | Unfit]:
        for number, row in enumerate(rows):
            try:
                yield make(file, number, fields(row))
            except Unfit as reason:
                yield reason

    return read


def fields(row: Any) -> Row:
    """A row that has fields.

    Raises:
        Unfit: It is no JSON, or something else than an object.
    """
    if not isinstance(row, Mapping):
        raise Unfit("the row is no JSON object")
    return row


def prose(row: Row, field: str) -> str:
    """A text that says something, without white space at its ends.

    Raises:
        Unfit: The field is absent, no text or empty.
    """
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Unfit(f"{field} is absent, empty or no text")
    return value.strip()


def texts(value: Any, field: str) -> list[str]:
    """A list of texts that say something, each without white space at its ends.

    Raises:
        Unfit: It is no such list, or holds a text twice.
    """
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise Unfit(f"{field} is no list of texts, or one of them is empty")
    found = [text.strip() for text in value]
    if len(set(found)) < len(found):
        raise Unfit(f"{field} holds a text twice")
    return found


def whole(row: Row, field: str) -> int:
    """A whole number; `3.0` is one.

    Raises:
        Unfit: The field is absent, or no whole number.
    """
    value = row.get(field)
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return int(value)
    if type(value) is not int:
        raise Unfit(f"{field} is absent or no whole number")
    return value


def split(file: str) -> str:
    """The split that a file's name says it holds: `train` of `algebra/train-00000-of-00001.parquet`."""
    return PurePosixPath(file).name.split(".")[0].split("-")[0]
