"""Records of audits made up by hand, for the tests of what people read of one."""

from __future__ import annotations

from typing import Any

from schemas.validation import validate

Record = dict[str, Any]


def estimate(accuracy: float, *, off: bool | None = None) -> Record:
    """A cue's accuracy with its interval, which leaves out chance where the cue is off it, unless told otherwise."""
    bounds = {"low": round(max(accuracy - 0.033, 0), 4), "high": round(min(accuracy + 0.033, 1), 4)}
    return {"accuracy": accuracy, **bounds, "off": abs(accuracy - 0.5) > 0.05 if off is None else off}


def cue(name: str, accuracy: float, *, declared: bool = False, kind: str = "rule", examples: Any = ()) -> Record:
    """A cue; one that is off chance and not declared is flagged."""
    figures = estimate(accuracy)
    examples = [dict(zip(("id", "right", "wrong"), example, strict=True)) for example in examples]
    others = {"listwise": accuracy, "decided": 0.9, "margin": 0.05, "p": 0.001 if figures["off"] else 0.6}
    flagged = figures["off"] and not declared
    says = f"the {name} response is right"
    marks = {"declared": declared, "flagged": flagged, "examples": examples}
    return {"cue": name, "kind": kind, "says": says, **figures, **others, **marks}


def token(kind: str, text: str, right: int, wrong: int) -> Record:
    """A token that is off chance."""
    accuracy = round(right / (right + wrong), 4)
    return {"kind": kind, "text": text, "right": right, "wrong": wrong, "accuracy": accuracy, "p": 0.001, "off": True}


def defect(name: str, count: int, *, grave: bool = False, examples: Any = ()) -> Record:
    """A defect of so many of 250 examples."""
    share = {"low": round(count / 300, 4), "high": round(count / 200, 4), "examples": list(examples)}
    what = f"The {name} is wrong in {count} of 250 examples."
    return {"defect": name, "what": what, "count": count, "of": 250, "unit": "examples", **share, "grave": grave}


def overlap(groups: int = 0, prompts: int = 0, *, examples: Any = ()) -> Record:
    """An overlap among 250 test examples."""
    counts = {
        "groups": groups,
        "prompts": prompts,
        "near_prompts": prompts,
        "near_same": 0,
        "parts": 0,
        "answers": 0,
        "of": 250,
    }
    return {**counts, "examples": [list(pair) for pair in examples]}


def part(name: str, *cues: Record, verdict: str = "clean", **changes: Any) -> Record:
    """A distribution's record."""
    sizes = {"version": 7, "train": 600, "test": 250, "groups": 850, "pairs": 850}
    return {
        "name": name,
        **sizes,
        "chance": {"pairwise": 0.5, "listwise": 0.3333},
        "power": {"finds": 0.58, "groups_for_65": 260},
        "control": {"cue": "longest", "accuracy": 0.512, "tested": 31, "off": 0},
        "cues": list(cues),
        "tokens": [],
        "defects": [],
        "repeats": {"of": 850, "clustered": 0, "clusters": 0, "largest": 0, "read": []},
        "overlap": overlap(),
        "verdict": verdict,
        "sentence": f"What is to be said of {name}.",
        **changes,
    }


def row(name: str, source: float, target: float, reference: float | None, across: str, control: str) -> Record:
    """A row of a cue matrix."""
    parts = {"source": estimate(source), "target": estimate(target)}
    parts["reference"] = estimate(reference) if reference is not None else None  # type: ignore[assignment]
    says = f"the {name} response is right"
    return {"cue": name, "kind": "rule", "says": says, **parts, "across": across, "control": control}


def shift(name: str, parts: tuple[str, str, str | None], *matrix: Record, **changes: Any) -> Record:
    """A shift's record."""
    source, target, reference = parts
    return {
        "name": name,
        "source": source,
        "target": target,
        "target_reference": reference,
        "overlap": overlap(),
        "reference_overlap": overlap() if reference else None,
        "target_overlap": overlap() if reference else None,
        "matrix": list(matrix),
        "transfer": [],
        "skill": None,
        "verdict": "clean",
        "sentence": f"What is to be said of {name}.",
        **changes,
    }


def audit(distributions: list[Record], shifts: list[Record]) -> Record:
    """A whole audit, valid by its schema."""
    record = {"data": "processed", "seed": 0, "distributions": distributions, "shifts": shifts}
    validate(record, "audit", "audit")
    return record
