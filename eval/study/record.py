"""What of a result is committed, so that anyone can make the page again: all of it but what no page reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.evaluate import BASELINE
from eval.published import ACCURACY, BASELINE_ACCURACY, BENCHMARK, CALIBRATION, CAPABILITY, SOURCE, TARGET, Row
from schemas import JsonObject


def kept(result: JsonObject, machine: str | None, minutes: float | None) -> JsonObject:
    """A result as it is committed; kept once, it is kept the same again.

    All figures stay but the comparisons of two interventions neither of which is zero-shot: there are hundreds, and
    `shifts eval --compare` gives any of them. Of the data folder only its own name stays.

    Args:
        result: A record of kind `result`.
        machine: The machine in words, which a result does not know; None leaves what the record says.
        minutes: How long the evaluation took; None leaves what the record says.
    """
    said = {"processor": machine, "minutes": minutes}
    return {
        **result,
        "data": Path(result["data"]).name,
        "environment": {
            **result["environment"],
            **{name: value for name, value in said.items() if value is not None},
        },
        "comparisons": [each for each in result["comparisons"] if BASELINE in (each["one"], each["other"])],
    }


def tables(published: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    """Published figures of the benchmark as tables that `eval.published` reads, by the paths of their files."""
    made = {}
    for name, rows in published.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([SOURCE, TARGET, ACCURACY, BASELINE_ACCURACY, CAPABILITY, CALIBRATION])
        writer.writerows([row.source, row.target, row.accuracy, row.baseline, row.capability, row.rms] for row in rows)
        made[f"published/{name}/{BENCHMARK}"] = text.getvalue().encode()
    return made
