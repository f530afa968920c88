"""Two audits side by side: what a released version carries, and what a regenerated one still does.

Distributions, shifts and cues are matched by name. That the intervals of a cue are apart is a plain sign of a change;
that they touch says little, since two intervals may touch and the difference be real.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.verdicts import CHANCE, OVERLAPS, counted, distance, strongest
from schemas import JsonObject
from schemas.validation import validate

#: Changes that a reader is told of, and how.
CHANGES = {
    "gone": "no longer off chance",
    "new": "newly off chance",
    "reversed": "turned round",
    "weaker": "weaker",
    "stronger": "stronger",
}
#: What only one of the audits has.
MISSING = "-"


def compare(a: JsonObject, b: JsonObject) -> dict[str, Any]:
    """Sets two audits side by side.

    Args:
        a: A record of kind `audit`, the earlier one.
        b: Another, the later one.

    Returns:
        A record of kind `comparison`; names are sorted.
    """
    record = {
        "a": {"data": a["data"], "seed": a["seed"]},
        "b": {"data": b["data"], "seed": b["seed"]},
        "distributions": [
            {
                "name": name,
                "a": _side(one) if one else None,
                "b": _side(other) if other else None,
                "cues": _cues(one, other) if one and other else [],
            }
            for name, one, other in _matched(a["distributions"], b["distributions"], "name")
        ],
        "shifts": [
            {"name": name, "a": _verdict(one) if one else None, "b": _verdict(other) if other else None}
            for name, one, other in _matched(a["shifts"], b["shifts"], "name")
        ],
    }
    validate(record, "comparison", "comparison")
    return record


def _matched(
    one: Sequence[JsonObject], other: Sequence[JsonObject], key: str
) -> list[tuple[str, JsonObject | None, JsonObject | None]]:
    """Records of either side by name."""
    left, right = ({record[key]: record for record in side} for side in (one, other))
    return [(name, left.get(name), right.get(name)) for name in sorted({*left, *right})]


def _verdict(record: JsonObject) -> dict[str, str]:
    return {"verdict": record["verdict"], "sentence": record["sentence"]}


def _side(record: JsonObject) -> dict[str, Any]:
    cue = strongest(record)
    return {
        **{key: record[key] for key in ("version", "train", "test", "verdict", "sentence")},
        "strongest": cue["cue"] if cue else None,
        "tested": len(record["cues"]),
        "off": counted(record, "off"),
        "flagged": counted(record, "flagged"),
        "defects": [
            {key: defect[key] for key in ("defect", "count", "of", "unit", "grave")} for defect in record["defects"]
        ],
        "overlap": {key: record["overlap"][key] for key in (*OVERLAPS, "of")},
    }


def _cues(a: JsonObject, b: JsonObject) -> list[dict[str, Any]]:
    """Every cue of either side, those whose intervals are apart first, then by how far they moved."""
    rows = [_cue(name, one, other) for name, one, other in _matched(a["cues"], b["cues"], "cue")]
    return sorted(rows, key=lambda row: (not row["apart"], -abs(row["difference"] or 0), row["cue"]))


def _cue(name: str, a: JsonObject | None, b: JsonObject | None) -> dict[str, Any]:
    both = a is not None and b is not None
    known = a or b or {}
    return {
        "cue": name,
        "kind": known["kind"],
        "a": _estimate(a) if a else None,
        "b": _estimate(b) if b else None,
        "difference": round(b["accuracy"] - a["accuracy"], 4) if a and b else None,
        "apart": both and _apart(a, b),
        "change": _change(a, b),
    }


def _estimate(cue: JsonObject) -> dict[str, Any]:
    return {key: cue[key] for key in ("says", "accuracy", "low", "high", "off")}


def _apart(a: JsonObject | None, b: JsonObject | None) -> bool:
    return bool(a and b and (a["high"] < b["low"] or b["high"] < a["low"]))


def _change(a: JsonObject | None, b: JsonObject | None) -> str:
    if a is None or b is None:
        return "only_b" if a is None else "only_a"
    if a["off"] != b["off"]:
        return "gone" if a["off"] else "new"
    if not a["off"]:
        return "none"
    if (a["accuracy"] >= CHANCE) != (b["accuracy"] >= CHANCE):
        return "reversed"
    if not _apart(a, b):
        return "same"
    return "weaker" if distance(b) < distance(a) else "stronger"


def comparison_text(comparison: JsonObject) -> str:
    """A comparison for the terminal: one line a distribution and a shift, then what only one side has, then the cues.

    Args:
        comparison: The result of `compare`.
    """
    lines = [f"a: {comparison['a']['data']}", f"b: {comparison['b']['data']}", ""]
    rows = [
        [
            "distribution",
            "verdict a",
            "b",
            "strongest cue a",
            "b",
            "off chance a",
            "b",
            "defects a",
            "b",
            "shared a",
            "b",
        ]
    ]
    for record in comparison["distributions"]:
        cells = [_cells(record, side) for side in ("a", "b")]
        rows.append([record["name"], *(cell for pair in zip(*cells, strict=True) for cell in pair)])
    lines += _aligned(rows)
    if comparison["shifts"]:
        shifts = [["shift", "verdict a", "b"]]
        for record in comparison["shifts"]:
            sides = [record[side]["verdict"] if record[side] else MISSING for side in ("a", "b")]
            shifts.append([record["name"], *sides])
        lines += ["", *_aligned(shifts)]
    for side, words in (("b", "Only in a"), ("a", "Only in b")):
        if names := [record["name"] for record in comparison["distributions"] if record[side] is None]:
            lines += ["", f"{words}: {', '.join(names)}"]
    for record in comparison["distributions"]:
        if changed := [cue for cue in record["cues"] if cue["change"] in CHANGES]:
            told = [[f"  {cue['cue']}", _figures(cue["a"]), _figures(cue["b"]), _told(cue)] for cue in changed]
            lines += ["", f"{record['name']}: cues that changed from a to b", *_aligned(told)]
    return "\n".join(lines)


def _cells(record: JsonObject, side: str) -> list[str]:
    """What the table says of one side of a distribution."""
    found = record[side]
    if found is None:
        return [MISSING] * 5
    cue = next((cue[side] for cue in record["cues"] if cue["cue"] == found["strongest"]), None)
    figures = f" {cue['accuracy']:.3f}" if cue else ""
    overlap = found["overlap"]
    return [
        found["verdict"],
        f"{found['strongest'] or 'none'}{figures}",
        f"{found['off']} of {found['tested']}",
        str(len(found["defects"])),
        f"{max(overlap['groups'], overlap['prompts'])}/{overlap['of']}",
    ]


def _figures(estimate: JsonObject) -> str:
    return f"{estimate['accuracy']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


def _told(cue: JsonObject) -> str:
    return CHANGES[cue["change"]] + ("" if cue["apart"] else ", but the intervals touch")


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, columns two spaces apart."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
