"""The audit as the page shows it: a table of distributions by cues, and the overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas import JsonObject

#: What a cue of the audit does, for the reader; one that is missing here is shown by its name alone.
MEANINGS = {
    "longest": "prefers the response with more characters",
    "shortest": "prefers the response with fewer characters",
    "first": "prefers the response that stands first",
    "constant": "prefers the text that was most often right in the training split",
    "named_in_prompt": "prefers the response whose text the prompt mentions",
    "response_words": "a bag of words on responses alone, fitted on the training split",
}
#: Distances from chance at which a cell is shaded one step deeper.
STEPS = (0.02, 0.05, 0.1, 0.2, 0.35)
#: Verdicts in words, and how grave each is.
VERDICTS = {
    "clean": ("clean", "good"),
    "declared": ("declared cue only", "known"),
    "cue": ("undeclared cue", "bad"),
    "leak": ("leak", "bad"),
}


@dataclass(frozen=True, slots=True)
class CueCell:
    """One cue of one distribution; `shade` is the depth of its colour, from 0 (at chance) to 5."""

    cue: JsonObject
    shade: int


@dataclass(frozen=True, slots=True)
class CueRow:
    """One distribution: its record of the audit, its cells by cue, its verdict in words and the verdict's gravity."""

    record: JsonObject
    cells: Mapping[str, CueCell]
    verdict: str
    gravity: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything that the page shows of an audit.

    Attributes:
        columns: Cues in the order of their first appearance, with what each does ("" where that is not known).
        rows: The distributions.
        shifts: The audit's records of shifts.
    """

    columns: Mapping[str, str]
    rows: Sequence[CueRow]
    shifts: Sequence[JsonObject]


def view_audit(audit: JsonObject) -> Cues:
    """The audit, arranged for the page.

    Args:
        audit: A record of kind `audit`.
    """
    names = dict.fromkeys(cue["cue"] for record in audit["distributions"] for cue in record["cues"])
    rows = [
        CueRow(record, {cue["cue"]: CueCell(cue, shade(cue)) for cue in record["cues"]}, *VERDICTS[record["verdict"]])
        for record in audit["distributions"]
    ]
    return Cues({name: MEANINGS.get(name, "") for name in names}, rows, audit["shifts"])


def shade(cue: JsonObject) -> int:
    """How deep a cell is shaded, by the distance of its accuracy from chance in either direction."""
    if not cue["pairs"]:
        return 0
    return sum(abs(cue["accuracy"] - cue["chance"]) >= step for step in STEPS)
