"""A shift's cues side by side: source, target and target reference.

Two questions are asked of each cue. *Across*: does it hold from source to target, turn round, or stand in one alone?
And *control*: if the target has it, is the reference free of it, so that capability measured there is no cue?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from eval.audit.interval import CHANCE, intervals
from eval.audit.measure import has_token, off_chance
from eval.audit.probes import MOST, PROBES, Probe, transfer
from eval.audit.sampling import drawn
from eval.audit.table import Floats, Table
from schemas import Example, JsonObject

#: Tokens of each part that are followed through the others.
FOLLOWED = 5
#: Share of test examples whose group or prompt may stand in train before a figure suffers.
LEAK = 0.01
#: Share of a target's strength below which a cue counts as reduced in the reference.
REDUCED = 1 / 3
#: Share of the strongest cue's strength from which a cue counts for the verdict on a shift.
MAIN = 0.5
#: How often an interval of a probe's transfer may miss; it is off chance where that interval leaves out a half.
TRANSFER_ERROR = 0.01


@dataclass
class Part:
    """One part of a shift.

    Attributes:
        name: The distribution.
        train: Its training examples.
        test: Its test examples.
        record: Its record in the audit.
    """

    name: str
    train: Sequence[Example]
    test: Sequence[Example]
    record: JsonObject

    @cached_property
    def table(self) -> Table:
        """All of its examples, or as many as probes learn from."""
        return Table.of(drawn([*self.train, *self.test], MOST))

    @cached_property
    def cues(self) -> Mapping[str, JsonObject]:
        """Its rules and probes by name."""
        return {cue["cue"]: cue for cue in self.record["cues"] if cue["kind"] != "token"}


def matrix(
    source: Part, target: Part, reference: Part | None, transfer: Sequence[JsonObject], seed: int
) -> list[dict[str, Any]]:
    """Every cue in the parts of a shift, the target's strongest first.

    Args:
        source: What the reward model is tuned on.
        target: Where it is tested.
        reference: The target's skill without its cue; None where the target serves itself.
        transfer: What `transferred` found.
        seed: Seed of the resampling.
    """
    parts = [source, target, *([reference] if reference else [])]
    rows = [_row(target.cues[name], [_estimate(part.cues.get(name)) for part in parts]) for name in target.cues]
    carried = {row["probe"]: row for row in transfer}
    for row in rows:
        if row["cue"] in carried:
            row["across"] = probe_across(row["source"], row["target"], carried[row["cue"]]["target"])
            if row["reference"] is not None:
                way = carried[row["cue"]]["target_to_reference"]
                row["control"] = probe_control(row["target"], row["reference"], way)
    rows += _tokens(parts, seed)
    return sorted(rows, key=lambda row: (-row["target"]["off"], -_distance(row["target"]), row["cue"]))


def _tokens(parts: Sequence[Part], seed: int) -> list[dict[str, Any]]:
    """Tokens that are off chance in any part, followed through all parts."""
    followed: dict[tuple[str, str], None] = {}
    for part in parts:
        off = [token for token in part.record["tokens"] if token["off"]]
        followed.update({(token["kind"], token["text"]): None for token in off[:FOLLOWED]})
    if not followed:
        return []
    columns = [_token_estimates(part, list(followed), seed) for part in parts]
    rows = []
    for (kind, text), *estimates in zip(followed, *columns, strict=True):
        side = "with" if estimates[1]["accuracy"] >= CHANCE else "without"
        cue = {"cue": f"{kind} {text[:40]!r}", "kind": "token", "says": f"the response {side} {text[:40]!r}"}
        rows.append(_row(cue, estimates))
    return rows


def _token_estimates(part: Part, followed: Sequence[tuple[str, str]], seed: int) -> list[dict[str, Any]]:
    """The tokens' pair accuracies in one part."""
    outcomes = np.stack([part.table.outcomes(has_token(part.table, *token)) for token in followed], axis=1)
    low, high = intervals(outcomes, part.table.pair_groups, ("matrix", part.name, seed))
    listed = {(token["kind"], token["text"]): token for token in part.record["tokens"]}
    return [
        {
            "accuracy": round(float(outcomes[:, i].mean()), 4),
            "low": round(float(low[i]), 4),
            "high": round(float(high[i]), 4),
            "off": bool(listed.get(token, {}).get("off", False)),
        }
        for i, token in enumerate(followed)
    ]


def _row(cue: JsonObject, estimates: Sequence[dict[str, Any]]) -> dict[str, Any]:
    source, target, *rest = estimates
    reference = rest[0] if rest else None
    return {
        "cue": cue["cue"],
        "kind": cue["kind"],
        "says": cue["says"],
        "source": source,
        "target": target,
        "reference": reference,
        "across": across(source, target),
        "control": control(target, reference),
    }


def across(source: JsonObject, target: JsonObject) -> str:
    """What becomes of a cue from source to target."""
    if source["off"] and target["off"]:
        return "carries" if _side(source) == _side(target) else "conflict"
    if target["off"]:
        return "target_only"
    return "source_only" if source["off"] else "none"


def control(target: JsonObject, reference: JsonObject | None) -> str:
    """What a reference does about a cue of the target.

    A reference that is only *not found* to have the cue may be small; it controls the cue if its interval also lies
    nearer to chance than the target's. One that has a cue at less than `REDUCED` of the target's strength reduces it.
    """
    if not target["off"]:
        return "none"
    if reference is None:
        return "uncontrolled"
    up = target["accuracy"] >= CHANCE
    share = (reference["accuracy"] - CHANCE) / (target["accuracy"] - CHANCE)
    if reference["off"] and share >= REDUCED:
        return "contaminated"
    apart = reference["high"] < target["low"] if up else reference["low"] > target["high"]
    if not apart or share <= -REDUCED:
        return "unclear"
    return "reduced" if reference["off"] and share > 0 else "controls"


def probe_control(target: JsonObject, reference: JsonObject, carried: JsonObject | None) -> str:
    """What a reference does about a cue that a probe learned.

    That probes find something in both says little, since it may be two things; so the target's probe is tested on the
    reference.

    Args:
        target: The probe's accuracy within the target.
        reference: Its accuracy within the reference.
        carried: The accuracy on the reference of the probe that was fitted on the target; None if it was not tested.
    """
    if not target["off"]:
        return "none"
    if carried is None:
        return "unclear"
    judged = control(target, carried)
    strong = reference["off"] and _distance(reference) >= REDUCED * _distance(target)
    return "other_cue" if judged == "controls" and strong else judged


def probe_across(source: JsonObject, target: JsonObject, carried: JsonObject | None) -> str:
    """What becomes of a probe's cue from source to target, by the source's probe on the target.

    Args:
        source: The probe's accuracy within the source.
        target: Its accuracy within the target.
        carried: The accuracy on the target of the probe that was fitted on the source; None if it was not tested.
    """
    if not (source["off"] and target["off"]):
        return across(source, target)
    if carried is None or not carried["off"]:
        return "target_only"
    return "carries" if _side(carried) > 0 else "conflict"


def transferred(
    source: Part, target: Part, reference: Part | None, extra: Sequence[Probe], seed: int
) -> list[dict[str, Any]]:
    """Probes fitted on one part and tested on another: source on target and reference, target on reference."""
    ways = {"target": (source, target), "reference": (source, reference), "target_to_reference": (target, reference)}
    rows: dict[str, dict[str, Any]] = {}
    for name, (fitted, tested) in ways.items():
        found = _carried(fitted, tested, extra, seed) if tested is not None else {}
        for probe, estimate in found.items():
            rows.setdefault(probe, {"probe": probe, **dict.fromkeys(ways)})[name] = estimate
    return list(rows.values())


def _carried(fitted: Part, tested: Part, extra: Sequence[Probe], seed: int) -> dict[str, dict[str, Any]]:
    """Probes fitted on all of one part and tested on another's test split.

    Examples whose group or prompt stands in the first part are left out: a probe would know them. Where that is most of
    them, since both parts are made from the same items, probes are fitted on the first part's train split alone.
    """
    every = (*fitted.train, *fitted.test)
    half = len(tested.test) / 2
    seen, fresh = max(
        ((each, _unseen(tested.test, each)) for each in (every, fitted.train) if each),
        key=lambda option: min(len(option[1]), half),
    )
    if not fresh:
        return {}
    learned, table = fitted.table if seen is every else Table.of(drawn(seen, MOST)), Table.of(fresh)
    found = {}
    for probe in (*PROBES, *extra):
        if (reader := probe.reader(learned)) is not None:
            scores = transfer(learned, reader, table)
            found[probe.name] = _transfer_estimate(table, scores, (fitted.name, tested.name, probe.name, seed))
    return found


def _unseen(examples: Sequence[Example], seen: Sequence[Example]) -> list[Example]:
    """Examples of which neither group nor prompt stands among others."""
    groups, prompts = {example.group for example in seen}, {example.prompt for example in seen}
    return [example for example in examples if example.group not in groups and example.prompt not in prompts]


def _transfer_estimate(table: Table, scores: Floats, key: tuple[str | int, ...]) -> dict[str, Any]:
    outcomes = table.outcomes(scores)[:, None]
    low, high = intervals(outcomes, table.pair_groups, ("transfer", *key))
    strict_low, strict_high = intervals(outcomes, table.pair_groups, ("transfer", *key), TRANSFER_ERROR)
    accuracy = float(outcomes.mean())
    return {
        "accuracy": round(accuracy, 4),
        "low": round(float(low[0]), 4),
        "high": round(float(high[0]), 4),
        "off": off_chance(accuracy, not strict_low[0] <= CHANCE <= strict_high[0]),
    }


def verdict(rows: Sequence[JsonObject], overlap: JsonObject) -> str:
    """The verdict on a shift: a leak, else the worst that is said of a main cue of its target.

    The order of the file is no cue here, since a model that scores one response at a time never sees it.
    """
    if leaks(overlap):
        return "leak"
    said = {row["control"] for row in main_cues(rows)}
    for worst in ("contaminated", "uncontrolled", "unclear", "other_cue", "reduced"):
        if worst in said:
            return worst
    return "controlled" if said else "clean"


def main_cues(rows: Sequence[JsonObject]) -> list[JsonObject]:
    """The rows of a matrix that count: cues of the target at least half as strong as the strongest, order apart."""
    cues = [row for row in rows if row["control"] != "none" and row["kind"] != "order"]
    strongest = max((_distance(row["target"]) for row in cues), default=0.0)
    return [row for row in cues if _distance(row["target"]) >= MAIN * strongest]


def leaks(overlap: JsonObject) -> bool:
    """Whether so many test examples stand in train that figures suffer."""
    return bool(max(overlap["groups"], overlap["prompts"]) > LEAK * overlap["of"])


def _estimate(cue: JsonObject | None) -> dict[str, Any]:
    """A cue's figures in a part; a cue that finds nothing to read there is at chance."""
    if cue is None:
        return {"accuracy": CHANCE, "low": CHANCE, "high": CHANCE, "off": False}
    return {key: cue[key] for key in ("accuracy", "low", "high", "off")}


def _side(estimate: JsonObject) -> int:
    return 1 if estimate["accuracy"] >= CHANCE else -1


def _distance(estimate: JsonObject) -> float:
    return abs(float(estimate["accuracy"]) - CHANCE)
