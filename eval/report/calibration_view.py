"""Calibration as the page shows it: for each intervention the confidence of its pairs against how often it is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eval.report.figures import spoken
from eval.report.results_view import unique
from schemas import JsonObject

#: Side of a curve's square, in its own units.
SIDE = 160.0
#: Share of all pairs that a bin must hold for the line to pass through it: a few pairs would throw it about.
ENOUGH = 0.01
#: Bins of the confidence between a half and 1, as `eval.calibration` has them.
BINS = 10


@dataclass(frozen=True, slots=True)
class Spot:
    """A bin of one shift: where it stands, how large it is drawn, and the shift's label."""

    x: float
    y: float
    scale: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The calibration of one intervention.

    Attributes:
        intervention: The intervention.
        line: Points of the curve over all shifts, as SVG has them.
        spots: The bins of every shift.
        spoken: The curve in words.
    """

    intervention: str
    line: str
    spots: Sequence[Spot]
    spoken: str


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """Everything that the page shows of calibration: the rows that have one, and a curve for each intervention."""

    rows: Sequence[JsonObject]
    curves: Sequence[Curve]


def view_calibration(result: JsonObject) -> CalibrationView:
    """The calibration of every row that has one, ordered for the page.

    Args:
        result: A record of kind `result`.
    """
    rows = [row for row in result["shifts"] if row["calibration"]]
    names = unique(row["intervention"] for row in rows)
    return CalibrationView(rows, [_curve(name, [r for r in rows if r["intervention"] == name]) for name in names])


def _curve(name: str, rows: Sequence[JsonObject]) -> Curve:
    sums = [[0.0, 0.0, 0.0] for _ in range(BINS)]
    spots = []
    for row in rows:
        for point in row["calibration"]["curve"]:
            confidence, accuracy = point["confidence"], point["accuracy"]
            pairs = point["share"] * row["pairs"]
            place = sums[min(int((confidence - 0.5) * 2 * BINS), BINS - 1)]
            for i, value in enumerate((1.0, confidence, accuracy)):
                place[i] += pairs * value
            spots.append(
                Spot(*_at(confidence, accuracy), round(0.2 + 0.8 * math.sqrt(point["share"]), 2), row["label"])
            )
    enough = ENOUGH * sum(pairs for pairs, _, _ in sums)
    means = [(said / pairs, found / pairs) for pairs, said, found in sums if pairs > enough]
    line = " ".join(f"{x:g},{y:g}" for x, y in (_at(said, found) for said, found in means))
    words = ", ".join(f"{spoken(found)} at {spoken(said)}" for said, found in means)
    return Curve(name, line, spots, f"Share of right pairs by confidence, {name}, all shifts together: {words}")


def _at(confidence: float, accuracy: float) -> tuple[float, float]:
    """Across and down; the square holds confidences from a half to 1 and all accuracies."""
    return round((confidence - 0.5) * 2 * SIDE, 1), round((1 - accuracy) * SIDE, 1)
