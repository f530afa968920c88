"""The audit as the report shows it: a line for each distribution and for each shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.verdicts import SHIFT_VERDICTS, VERDICTS, counted, distance, shared, strongest
from schemas import JsonObject

#: Distances from chance at which a cell is shaded one step deeper.
STEPS = (0.02, 0.05, 0.1, 0.2, 0.35)


@dataclass(frozen=True, slots=True)
class PartLine:
    """One distribution.

    Attributes:
        record: Its record of the audit.
        verdict: Its verdict in words.
        gravity: How grave the verdict is: `good`, `known` or `bad`.
        cue: Its strongest cue; None where none was tested.
        declared: Declared cues that are off chance.
        flagged: Cues that are off chance and not declared.
        grave: Defects that a gate fails on.
        shared: What its test shares with its train, and how often.
    """

    record: JsonObject
    verdict: str
    gravity: str
    cue: JsonObject | None
    declared: int
    flagged: int
    grave: int
    shared: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift.

    Attributes:
        record: Its record of the audit.
        verdict: Its verdict in words.
        gravity: How grave the verdict is: `good`, `known` or `bad`.
        cue: The row of its cue matrix that is strongest in the target; None where it has none.
        shared: What its target's test shares with its source's train, and how often.
    """

    record: JsonObject
    verdict: str
    gravity: str
    cue: JsonObject | None
    shared: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class AuditView:
    """Everything that the report shows of an audit: the distributions and the shifts."""

    parts: Sequence[PartLine]
    shifts: Sequence[ShiftLine]


def view_audit(audit: JsonObject) -> AuditView:
    """The audit, arranged for the report.

    Args:
        audit: A record of kind `audit`.
    """
    return AuditView([_part(record) for record in audit["distributions"]], [_shift(r) for r in audit["shifts"]])


def _part(record: JsonObject) -> PartLine:
    return PartLine(
        record,
        *VERDICTS[record["verdict"]],
        cue=strongest(record),
        declared=counted(record, "declared"),
        flagged=counted(record, "flagged"),
        grave=sum(defect["grave"] for defect in record["defects"]),
        shared=shared(record["overlap"]),
    )


def _shift(record: JsonObject) -> ShiftLine:
    cue = max(record["matrix"], key=lambda row: (row["target"]["off"], distance(row["target"])), default=None)
    return ShiftLine(record, *SHIFT_VERDICTS[record["verdict"]], cue=cue, shared=shared(record["overlap"]))


def shade(estimate: JsonObject) -> int:
    """How deep a cell is shaded, from 0 to 5, by the distance of its accuracy from chance in either direction."""
    return sum(distance(estimate) >= step for step in STEPS)
