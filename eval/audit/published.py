"""What a release carries, one line a distribution, in a form that can be published beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.verdicts import VERDICTS, direct, ranked, shared
from schemas import JsonObject

#: Cues that a line names before it only counts the rest.
NAMED = 3
#: Signs that Markdown would read as its own.
OWN = re.compile(r"([\\`*_|<>\[\]#~&])")
COLUMNS = (
    "Distribution",
    "Verdict",
    "Cues off chance: share of pairs, 95 % interval",
    "Defects",
    "Test shares with train",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """One distribution.

    Attributes:
        name: Its name.
        verdict: Its verdict in words.
        gravity: How grave the verdict is: `good`, `known` or `bad`.
        cues: Its strongest cues that are off chance, in words.
        more: Cues off chance that are not named.
        defects: Its defects, in words; each says its count.
        shared: What its test shares with its train, in words.
    """

    name: str
    verdict: str
    gravity: str
    cues: Sequence[str]
    more: int
    defects: Sequence[str]
    shared: Sequence[str]


def carried(audit: JsonObject) -> list[Carried]:
    """What every distribution of an audit carries, in the order of the audit.

    Args:
        audit: A record of kind `audit`.
    """
    return [_carried(record) for record in audit["distributions"]]


def _carried(record: JsonObject) -> Carried:
    off = [cue for cue in ranked(record) if cue["off"]]
    overlap = record["overlap"]
    return Carried(
        record["name"],
        *VERDICTS[record["verdict"]],
        cues=[_cue(cue) for cue in off[:NAMED]],
        more=max(len(off) - NAMED, 0),
        defects=[defect["what"] for defect in record["defects"]],
        shared=[f"{what}: {count} of {overlap['of']}" for what, count in shared(overlap)],
    )


def _cue(cue: JsonObject) -> str:
    share, low, high = direct(cue)
    # What a probe reads takes a sentence, and its name says it in two words.
    says = f"a probe on {cue['cue'].replace('_', ' ')}" if cue["says"].startswith("what a probe") else cue["says"]
    return f"{says}: {share:.3f} ({low:.3f} to {high:.3f}){', declared' if cue['declared'] else ''}"


def markdown(rows: Sequence[Carried]) -> str:
    """The rows as a table in Markdown, with a line end after the last row.

    Args:
        rows: The result of `carried`.
    """
    lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS))]
    for row in rows:
        cues = [*map(_escaped, row.cues), *([f"and {row.more} more"] if row.more else [])]
        cells = [cues, [*map(_escaped, row.defects)], [*map(_escaped, row.shared)]]
        lines.append(_line([f"`{row.name}`", row.verdict, *("<br>".join(cell) or "none" for cell in cells)]))
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return OWN.sub(r"\\\1", " ".join(text.split()))
