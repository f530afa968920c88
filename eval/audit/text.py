"""An audit in words: a summary for the terminal, and the lines of a gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BAR = 10


def summary(audit: dict[str, Any]) -> str:
    """An audit for the terminal: one line a distribution with its worst cue, then one line a shift with its overlap.

    The worst cue is the flagged one, else any, that is farthest from chance; the bar shows how far.
    """
    rows = [["distribution", "pairs", "worst cue", "accuracy", "95 % interval", "", "verdict"]]
    for record in audit["distributions"]:
        cue = max(record["cues"], key=lambda cue: (cue["flagged"], _distance(cue), cue["accuracy"]))
        rows.append(
            [
                record["name"],
                str(cue["pairs"]),
                cue["cue"] + (" (declared)" if cue["declared"] else ""),
                f"{cue['accuracy']:.3f}",
                _interval(cue),
                _bar(_distance(cue)),
                _verdict(record),
            ]
        )
    lines = _aligned(rows)
    tested = max((len(record["cues"]) for record in audit["distributions"]), default=0)
    lines += ["", f"Up to {tested} cues a distribution; chance is 0.5, and the verdict allows for that many tests."]
    if audit["shifts"]:
        overlaps = [["shift", "groups", "prompts", "of"]]
        for record in audit["shifts"]:
            overlap = record["overlap"]
            overlaps.append([record["name"], *(str(overlap[key]) for key in ("groups", "prompts", "of"))])
        lines += ["", "Test examples of the target whose group or prompt stands in the source's train:"]
        lines += _aligned(overlaps)
    return "\n".join(lines)


def violations(audit: dict[str, Any]) -> list[str]:
    """One readable line for each flagged cue and each leak; empty where the audit is passed."""
    found = []
    for record in audit["distributions"]:
        overlap = record["overlap"]
        if overlap["groups"]:
            found.append(
                f"{record['name']}: {overlap['groups']} of {overlap['of']} test examples share a group with train"
            )
        found += [
            f"{record['name']}: undeclared cue {cue['cue']!r} ranks {cue['accuracy']:.3f} {_interval(cue)} "
            f"of {cue['pairs']} test pairs right (chance {cue['chance']})"
            for cue in record["cues"]
            if cue["flagged"]
        ]
    for record in audit["shifts"]:
        overlap = record["overlap"]
        if overlap["groups"]:
            found.append(
                f"{record['name']}: {overlap['groups']} of {overlap['of']} target test examples share a group with "
                "the source's train"
            )
    return found


def _distance(cue: dict[str, Any]) -> float:
    """How far a cue is from chance, from 0 to 1."""
    return float(abs(cue["accuracy"] - cue["chance"]) / max(cue["chance"], 1 - cue["chance"]))


def _interval(cue: dict[str, Any]) -> str:
    return f"[{cue['low']:.3f}, {cue['high']:.3f}]"


def _bar(share: float) -> str:
    filled = round(share * BAR)
    return "█" * filled + "·" * (BAR - filled)


def _verdict(record: dict[str, Any]) -> str:
    overlap = record["overlap"]
    if record["verdict"] == "leak":
        return f"leak: {overlap['groups']} of {overlap['of']} test examples in train"
    return str(record["verdict"])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, columns two spaces apart."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
