"""An audit in words: a summary for the terminal, and the lines of a gate."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from eval.audit.sentences import claim, figure
from eval.verdicts import distance, ranked
from schemas import JsonObject

BAR = 10
#: Width of a text that the gate shows.
SHOWN = 100


def summary(audit: JsonObject) -> str:
    """An audit for the terminal: one line a distribution with its strongest cue and a bar, then one line a shift.

    The strongest cue is a flagged one, else a declared one that is off chance, else any; the bar shows how far from
    chance it is.
    """
    rows = [["distribution", "pairs", "strongest cue", "accuracy", "95 % interval", "", "defects", "verdict"]]
    for record in audit["distributions"]:
        cue = ranked(record)[0]
        grave = sum(defect["grave"] for defect in record["defects"])
        rows.append(
            [
                record["name"],
                str(record["pairs"]),
                cue["cue"] + (" (declared)" if cue["declared"] and cue["off"] else ""),
                f"{cue['accuracy']:.3f}",
                f"[{cue['low']:.3f}, {cue['high']:.3f}]",
                bar(2 * distance(cue)),
                str(grave or "-"),
                str(record["verdict"]),
            ]
        )
    lines = _aligned(rows)
    tested = max((len(record["cues"]) for record in audit["distributions"]), default=0)
    off = sum(record["control"]["off"] > 0 for record in audit["distributions"])
    lines += [
        "",
        f"Up to {tested} cues a distribution; at most 5 % of clean distributions get any off chance (0.5). On labels "
        f"drawn anew {off} of {len(audit['distributions'])} did.",
    ]
    if audit["shifts"]:
        shifts = [["shift", "verdict", "cues: target", "reference", "overlap"]]
        for record in audit["shifts"]:
            in_target = [row for row in record["matrix"] if row["target"]["off"]]
            left = [row for row in in_target if row["control"] == "contaminated"]
            shifts.append(
                [
                    record["name"],
                    record["verdict"],
                    str(len(in_target)),
                    str(len(left)) if record["target_reference"] else "none",
                    f"{max(record['overlap']['groups'], record['overlap']['prompts'])}/{record['overlap']['of']}",
                ]
            )
        lines += ["", *_aligned(shifts)]
    return "\n".join(lines)


def violations(audit: JsonObject) -> list[str]:
    """What a gate fails on, a readable entry each; empty where the audit is passed.

    Undeclared cues with examples to read, grave defects, leaks, and references that carry their target's cue.
    """
    found = []
    for record in audit["distributions"]:
        name, overlap = record["name"], record["overlap"]
        found += [
            f"{name}: {overlap[kind]} of {overlap['of']} test examples have their {kind[:-1]} in train"
            for kind in ("groups", "prompts")
            if overlap[kind]
        ]
        found += [
            f"{name}: {defect['what']} (see {', '.join(defect['examples'])})"
            for defect in record["defects"]
            if defect["grave"]
        ]
        for cue in (cue for cue in ranked(record) if cue["flagged"]):
            found.append(
                "\n".join([f"{name}: undeclared cue: {claim(cue)}, margin {cue['margin']:.3f}", *_examples(cue)])
            )
    for record in audit["shifts"]:
        overlap = record["overlap"]
        found += [
            f"{record['name']}: {overlap[kind]} of {overlap['of']} target test examples have their {kind[:-1]} in the "
            "source's train"
            for kind in ("groups", "prompts")
            if overlap[kind]
        ]
        found += [
            f"{record['name']}: the reference {record['target_reference']} carries the target's cue {row['cue']} "
            f"(target {figure(row['target'])}, reference {figure(row['reference'])})"
            for row in record["matrix"]
            if row["control"] == "contaminated"
        ]
    return found


def _examples(cue: JsonObject) -> list[str]:
    return [
        f"  {example['id']}\n    right: {_one_line(example['right'])}\n    wrong: {_one_line(example['wrong'])}"
        for example in cue["examples"]
    ]


def _one_line(text: str) -> str:
    return shorten(text, SHOWN, placeholder=" …") or "(empty)"


def bar(share: float) -> str:
    """A bar of ten signs."""
    filled = round(share * BAR)
    return "█" * filled + "·" * (BAR - filled)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, columns two spaces apart."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
