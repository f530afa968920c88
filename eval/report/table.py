"""The last evaluation's figures as a table for terminals; it imports nothing that takes long."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.report.figures import decimals
from schemas import ShiftworksError
from schemas.files import read_json

COLUMNS = ("shift", "intervention", "generalization", "capability", "elicitation", "DE")
FIGURES = ("generalization", "capability", "elicitation", "differential_elicitation")
#: The one figure that is often below zero.
SIGNED = "differential_elicitation"


def terminal_table(out: Path) -> str:
    """One row for each shift and intervention: four figures, each with its 95 % interval.

    Args:
        out: Folder with `results.json`.

    Raises:
        ShiftworksError: There are no results yet, or the file breaks its schema.
    """
    path = out / "results.json"
    if not path.is_file():
        raise ShiftworksError(f"{path}: no results yet; `make run` (or `shifts eval`) measures them")
    shifts = read_json(path, "result")["shifts"]
    rows = [
        [row["shift"], row["intervention"], *(_estimate(row[name], signed=name == SIGNED) for name in FIGURES)]
        for row in sorted(shifts, key=lambda row: str(row["shift"]))
    ]
    if not rows:
        raise ShiftworksError(f"{path}: holds no shift; `shifts eval` without --shifts measures all")
    table = [list(COLUMNS), *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in table)


def _estimate(record: Mapping[str, Any], *, signed: bool) -> str:
    """`0.873 [0.841, 0.902]`; in a signed column there is room before the value, so that mixed signs stay in line."""
    value, low, high = (decimals(record[key]) for key in ("value", "low", "high"))
    return f"{value:>{6 if signed else 5}} [{low}, {high}]"
