"""Verdicts in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from eval.audit.triple import main_cues
from eval.verdicts import direct, distance, ranked
from schemas import JsonObject

#: Cues that a sentence names before it only counts the rest.
NAMED = 2


def figure(estimate: JsonObject) -> str:
    """An accuracy with its interval."""
    return f"{estimate['accuracy']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


def claim(cue: JsonObject) -> str:
    """What a cue says of the labels, such as "the shorter response is right in 0.987 of pairs (longest)"."""
    right, low, high = direct(cue)
    name = cue["cue"] if cue["kind"] != "token" else "token"
    subject = f"{cue['says']} gives away" if cue["says"].startswith("what a probe") else f"{cue['says']} is right in"
    return f"{subject} {right:.3f} [{low:.3f}, {high:.3f}] of pairs ({name})"


def distribution_sentence(record: JsonObject) -> str:
    """The verdict on a distribution."""
    said = []
    overlap = record["overlap"]
    if overlap["groups"] or overlap["prompts"]:
        shared = max(("prompt", overlap["prompts"]), ("group", overlap["groups"]), key=lambda pair: pair[1])
        said.append(f"{shared[1]} of {overlap['of']} test examples have their {shared[0]} in train.")
    flagged = [cue for cue in ranked(record) if cue["flagged"]]
    if flagged:
        said.append(f"Labels can be had without the task, undeclared: {_list([claim(cue) for cue in flagged])}.")
    declared = [cue for cue in ranked(record) if cue["off"] and cue["declared"]]
    if declared:
        said.append(f"Declared: {_list([claim(cue) for cue in declared])}.")
    said += [defect["what"] for defect in record["defects"] if defect["grave"]]
    if not flagged and not declared:
        finds = record["power"]["finds"]
        said.append(
            f"None of {len(record['cues'])} cues is off chance; one that decides every pair would be found from "
            f"{finds:.2f} on."
            if finds is not None
            else f"Too few groups ({record['groups']}) to find any cue; it takes about "
            f"{max(record['power']['groups_for_65'], 250)} to find one that is right in 0.65 of pairs."
        )
    return " ".join(_capital(part) for part in said)


def shift_sentence(record: JsonObject) -> str:
    """The verdict on a shift."""
    said = []
    overlap = record["overlap"]
    if overlap["groups"] or overlap["prompts"]:
        shared = max(overlap["groups"], overlap["prompts"])
        said.append(f"{shared} of {overlap['of']} test examples of the target stand in the source's train.")
    crossed = record["target_overlap"]
    if crossed and (shared := max(crossed["groups"], crossed["prompts"])):
        said.append(
            f"{shared} of {crossed['of']} test examples of the target share an item with the reference's train."
        )
    by_control: dict[str, list[JsonObject]] = {}
    main = main_cues(record["matrix"])
    for row in main:
        by_control.setdefault(row["control"], []).append(row)
    reference = record["target_reference"]
    for kind, end in (
        ("contaminated", f"and in the reference {reference} as well: capability measured there is partly the cue"),
        ("uncontrolled", "and there is no reference to measure capability without it"),
        ("unclear", f"and whether the reference {reference} is free of it cannot be told"),
        ("other_cue", f"and the reference {reference}, free of this one, has a cue of the same kind of its own"),
        ("reduced", f"and in the reference {reference} at less than a third of that strength"),
        ("controls", f"and the reference {reference} is free of it: it does its work"),
    ):
        if rows := sorted(by_control.get(kind, []), key=lambda row: distance(row["target"]), reverse=True):
            named = _list([claim({**row, **row["target"]}) for row in rows])
            said.append(f"In the target {named}, {end}.")
    if conflicts := [row for row in main if row["across"] == "conflict"]:
        named = _list(
            [
                f"{row['cue']} (source {row['source']['accuracy']:.2f}, target {row['target']['accuracy']:.2f})"
                for row in conflicts
            ]
        )
        said.append(f"Reversed between source and target, a planted conflict: {named}.")
    if weaker := sum(row["target"]["off"] for row in record["matrix"] if row["kind"] != "order") - len(main):
        said.append(
            f"{weaker} weaker cue{'s' if weaker > 1 else ''} of the target stand{'' if weaker > 1 else 's'} below."
        )
    if not main:
        said.append("No cue of the target is off chance, the order of the file apart.")
    if record["skill"] is not None:
        said.append(record["skill"]["sentence"])
    return " ".join(_capital(part) for part in said)


def _list(parts: Sequence[str]) -> str:
    shown = "; ".join(parts[:NAMED])
    return f"{shown}; and {len(parts) - NAMED} more" if len(parts) > NAMED else shown


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
