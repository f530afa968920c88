"""Rows of published datasets, their groups, and what of them stands in a prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import load_bank
from generators.families.prompts import instruction

#: Characters in which the texts of one group begin alike; shorter ones must be the same altogether. So questions on one
#: passage belong together, and what two people posted word for word.
BEGINNING = 120
#: Stands for a text in a prompt whose frame is looked for.
_HOLE = "\0"


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a source.

    Attributes:
        key: Source and id.
        group: The key of the first item that begins like it.
        line: Its line in the file.
        record: The item.
    """

    key: str
    group: str
    line: int
    record: Mapping[str, Any]


@cache
def rows(source: str, *fields: str) -> tuple[Row, ...]:
    """The items of a source, of those with one text the first.

    Args:
        source: Its name.
        fields: The fields that hold the text.
    """
    groups: dict[str, str] = {}
    found: dict[str, Row] = {}
    for line, record in enumerate(load_bank(f"upstream/{source}").items, 2):
        key, text = f"{source}:{record['id']}", plain("\n".join(record[field] or "" for field in fields))
        group = groups.setdefault(text[:BEGINNING], key)
        found.setdefault(text, Row(key, group, line, record))
    return tuple(found.values())


def plain(text: str) -> str:
    """A text without regard to case and blanks, to tell which are the same."""
    return " ".join(text.casefold().split())


def given(prompt: str, tasks: Sequence[str]) -> str | None:
    """The input of a prompt that asks for one of some tasks; None where it asks for something else."""
    for task in tasks:
        before, after = instruction(task, _HOLE).split(_HOLE)
        if prompt.startswith(before) and prompt.endswith(after):
            return prompt.removeprefix(before).removesuffix(after)
    return None
