"""Banks: JSONL files under `raw/`, a header and then one item a line, checked as they are read.

Authored banks stand under `raw/banks/`. A name `upstream/<source>` stands for a downloaded dataset, and items that a
language model wrote for an authored bank stand beside it, under `raw/grown/`; see `profiles`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from generators.core.profiles import Profile, own
from schemas import RecordError, ShiftworksError
from schemas.files import read_bytes, read_lines, sha256
from schemas.validation import shorten, validate

ROOT = Path(__file__).resolve().parents[2]
BANKS = ROOT / "raw" / "banks"
#: Downloaded datasets, a folder each, and banks that a language model wrote.
UPSTREAM, GROWN = ROOT / "raw" / "upstream", ROOT / "raw" / "grown"
#: What the name of a downloaded dataset begins with, and the file of its items.
DOWNLOADED, ITEMS = "upstream/", "items.jsonl"


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank.

    Attributes:
        name: Its path under `raw/banks/`, without the ending; or `upstream/<source>`.
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
    if pattern.startswith(DOWNLOADED):
        if not bank_path(pattern).is_file():
            source = pattern.removeprefix(DOWNLOADED)
            raise ShiftworksError(f"{bank_path(pattern)}: no such file; run `shifts raw fetch {source}`")
        return (pattern,)
    names = sorted(path.relative_to(BANKS).with_suffix("").as_posix() for path in BANKS.glob(f"{pattern}.jsonl"))
    if not names:
        raise ShiftworksError(f"{BANKS / pattern}.jsonl: no such bank; restore it or correct the name")
    return tuple(names)


def bank_path(name: str) -> Path:
    """The file of a bank."""
    if name.startswith(DOWNLOADED):
        return UPSTREAM / name.removeprefix(DOWNLOADED) / ITEMS
    return BANKS / f"{name}.jsonl"


def grown_path(name: str) -> Path:
    """The file of what was grown for an authored bank; there need not be one."""
    return GROWN / f"{name}.jsonl"


def load_bank(name: str) -> Bank:
    """A bank as this process's profile has it, every line checked against its schema, read once a process.

    Raises:
        ShiftworksError: The bank is missing, cut off or holds a broken item.
    """
    return _load(name, own())


@cache
def _load(name: str, profile: Profile) -> Bank:
    first, *more = parts(name, profile)
    if not more:
        return first
    (grown,) = more
    known = {item["id"] for item in first.items if "id" in item}
    for number, item in enumerate(grown.items, 2):
        if item.get("id") in known:
            raise RecordError(str(grown_path(name)), number, "$.id", f"an id not used in {name}", shorten(item["id"]))
    return replace(first, items=(*first.items, *grown.items), sha256=sha256((first.sha256 + grown.sha256).encode()))


@cache
def parts(name: str, profile: Profile) -> tuple[Bank, ...]:
    """What a profile reads as one bank: its file, and under `grown` that of `grown/<name>` where there is one.

    Raises:
        ShiftworksError: As `load_bank`; or the two hold items of different kinds.
    """
    (name,) = bank_names(name)
    bank = read_bank(bank_path(name), name.removeprefix(DOWNLOADED))
    found = (replace(bank, name=name),)
    path = grown_path(name)
    if profile is not Profile.GROWN or not path.is_file():
        return found
    grown = read_bank(path, name)
    if grown.header["item"] != bank.header["item"]:
        raise RecordError(str(path), 1, "$.item", shorten(bank.header["item"]), shorten(grown.header["item"]))
    return (*found, replace(grown, name=f"grown/{name}"))


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
    return [load_bank(name) for name in names_of(patterns)]


def names_of(patterns: Sequence[str]) -> list[str]:
    """Names of all banks that some patterns stand for, each once, sorted; raises like `bank_names`."""
    return sorted({name for pattern in patterns for name in bank_names(pattern)})
