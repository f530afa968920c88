"""Authored banks: JSONL files under `raw/banks/`, a header and then one item a line, checked as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas import RecordError, ShiftworksError
from schemas.files import read_bytes, read_lines, sha256
from schemas.validation import shorten, validate

ROOT = Path(__file__).resolve().parents[2]
BANKS = ROOT / "raw" / "banks"


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank.

    Attributes:
        name: Its path under `raw/banks/`, without the ending.
        header: The first line: licence, source and what is common to all items.
        items: The items in the order of the file.
        sha256: Of the whole file.
    """

    name: str
    header: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    sha256: str


def bank_names(pattern: str) -> tuple[str, ...]:
    """Names of the banks that a pattern such as `facts/science/*` or a plain name stands for, sorted.

    Raises:
        ShiftworksError: No bank matches.
    """
    names = sorted(path.relative_to(BANKS).with_suffix("").as_posix() for path in BANKS.glob(f"{pattern}.jsonl"))
    if not names:
        raise ShiftworksError(f"{BANKS / pattern}.jsonl: no such bank; restore it or correct the name")
    return tuple(names)


@cache
def load_bank(name: str) -> Bank:
    """A bank, every line checked against its schema, read once a process.

    Raises:
        ShiftworksError: The bank is missing, cut off or holds a broken item.
    """
    return read_bank(BANKS / f"{name}.jsonl", name)


def read_bank(path: Path, name: str) -> Bank:
    """The bank of a file; see `load_bank`."""
    lines = list(read_lines(path))
    if not lines:
        raise ShiftworksError(f"{path}: the bank is empty; its first line must be a header")
    header = lines[0][1]
    validate(header, "bank", str(path), 1)
    if header["bank"] != name:
        raise RecordError(str(path), 1, "$.bank", shorten(name), shorten(header["bank"]))
    items: dict[str, Mapping[str, Any]] = {}
    for number, item in lines[1:]:
        validate(item, header["item"], str(path), number)
        key = item.get("id", str(number))
        if key in items:
            raise RecordError(str(path), number, "$.id", "an id not used before in this bank", shorten(key))
        items[key] = item
    return Bank(name, header, tuple(items.values()), sha256(read_bytes(path)))


def load_banks(patterns: Sequence[str]) -> list[Bank]:
    """All banks that the patterns name, each once, in the order of their names."""
    names = sorted({name for pattern in patterns for name in bank_names(pattern)})
    return [load_bank(name) for name in names]
