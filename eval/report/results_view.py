"""The evaluation as the page shows it: the headline tables, the plots and the accuracies within distributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.interventions import controls
from eval.report.figures import Axis, spoken
from eval.verdicts import CHANCE
from schemas import JsonObject, ShiftEntry

Estimate = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """One shift of the headline.

    Attributes:
        name: The shift.
        label: `extreme` or `probing`.
        category: Its category.
        entry: The manifest's entry; None where the data folder no longer holds the shift.
        rows: The result's rows of real interventions.
        controls: The result's rows of controls.
    """

    name: str
    label: str
    category: str
    entry: ShiftEntry | None
    rows: Sequence[JsonObject]
    controls: Sequence[JsonObject]


@dataclass(frozen=True, slots=True)
class Dot:
    """One shift in a plot; places are percentages of the axis.

    Attributes:
        shift: Its name.
        label: `extreme` or `probing`, which chooses colour and shape.
        value: Elicitation.
        at: Where the value stands.
        start: Where its interval starts.
        end: Where its interval ends.
        chance: Where guessing would stand, half of one over the capability.
        spoken: All of it in words.
    """

    shift: str
    label: str
    value: float
    at: float
    start: float
    end: float
    chance: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Elicitation of every shift by one intervention."""

    intervention: str
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows of an evaluation.

    Attributes:
        shifts: The headline, in the manifest's order.
        axis: The axis that all plots share.
        plots: One for each real intervention.
        marks: Labels that occur in the plots, for the legend.
        weak: Whether a capability's interval reaches down to chance.
        columns: Interventions tuned and tested within a distribution.
        within: Accuracy by distribution and intervention.
        missing: Why figures of real interventions are absent, and which these are.
    """

    shifts: Sequence[ShiftFigures]
    axis: Axis
    plots: Sequence[Plot]
    marks: Sequence[str]
    weak: bool
    columns: Sequence[str]
    within: Mapping[str, Mapping[str, Estimate]]
    missing: Mapping[str, Sequence[str]]


def view_results(result: JsonObject, entries: Sequence[ShiftEntry]) -> Figures:
    """The evaluation, ordered for the page.

    Args:
        result: A record of kind `result`.
        entries: The manifest's shifts, in the page's order.
    """
    shifts = _headline(result["shifts"], {entry.name: entry for entry in entries})
    real = [row for shift in shifts for row in shift.rows]
    chances = [chance(row) for row in real]
    axis = Axis.over([*chances, *(row["elicitation"][end] for row in real for end in ("value", "low", "high"))])
    plots = [
        Plot(name, [_dot(row, axis) for row in real if row["intervention"] == name])
        for name in unique(row["intervention"] for row in real)
    ]
    within: dict[str, dict[str, Estimate]] = {}
    for row in sorted(result["distributions"], key=lambda row: str(row["distribution"])):
        within.setdefault(row["distribution"], {})[row["intervention"]] = row["accuracy"]
    reasons: dict[str, list[str]] = {}
    for row in real:
        for name, reason in row["missing"].items():
            reasons.setdefault(reason, []).append(name)
    return Figures(
        shifts=shifts,
        axis=axis,
        plots=plots,
        marks=unique(row["label"] for row in real),
        weak=any(row["capability"]["low"] <= CHANCE for row in real),
        columns=unique(row["intervention"] for row in result["distributions"]),
        within=within,
        missing={reason: unique(names) for reason, names in reasons.items()},
    )


def _headline(rows: Sequence[JsonObject], entries: Mapping[str, ShiftEntry]) -> list[ShiftFigures]:
    """The manifest's shifts in its order, evaluated or not; then those that only the result knows."""
    aside = controls()
    by_shift: dict[str, list[JsonObject]] = {name: [] for name in entries}
    for row in rows:
        by_shift.setdefault(row["shift"], []).append(row)
    shifts = []
    for name, own in by_shift.items():
        entry = entries.get(name)
        label, category = (entry.label, entry.category) if entry else (own[0]["label"], own[0]["category"])
        real = [row for row in own if row["intervention"] not in aside]
        shown_aside = [row for row in own if row["intervention"] in aside]
        shifts.append(ShiftFigures(name, label, category, entry, real, shown_aside))
    return shifts


def chance(row: JsonObject) -> float:
    """The elicitation of guessing on a result's row."""
    capability: float = row["capability"]["value"]
    return CHANCE / capability if capability else 0.0


def _dot(row: JsonObject, axis: Axis) -> Dot:
    estimate = row["elicitation"]
    value, low, high = estimate["value"], estimate["low"], estimate["high"]
    words = (
        f"{row['shift']}, {row['label']}: elicitation {spoken(value)}, "
        f"95 % interval {spoken(low)} to {spoken(high)}; guessing would give {spoken(chance(row))}"
    )
    return Dot(
        shift=row["shift"],
        label=row["label"],
        value=value,
        at=axis.place(value),
        start=axis.place(low),
        end=axis.place(high),
        chance=axis.place(chance(row)),
        spoken=words,
    )


def unique(values: Iterable[Any]) -> list[str]:
    """Values in the order of their first appearance."""
    return list(dict.fromkeys(map(str, values)))
