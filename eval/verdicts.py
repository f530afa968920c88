"""What an audit's record says in the fewest words; its pages, its tables and its comparisons share them."""

from __future__ import annotations

from collections.abc import Mapping

from schemas import JsonObject

#: Accuracy of guessing: the unit is a pair, the right response against one wrong one.
CHANCE = 0.5
#: Verdicts on distributions in words, and how grave each is.
VERDICTS: Mapping[str, tuple[str, str]] = {
    "clean": ("clean", "good"),
    "declared": ("declared cue only", "known"),
    "cue": ("undeclared cue", "bad"),
    "defect": ("defect", "bad"),
    "leak": ("leak", "bad"),
}
#: Verdicts on shifts in words, and how grave each is.
SHIFT_VERDICTS: Mapping[str, tuple[str, str]] = {
    "clean": ("no cue in the target", "good"),
    "controlled": ("cue gone in the reference", "good"),
    "reduced": ("cue reduced in the reference", "known"),
    "other_cue": ("reference has a cue of its own", "known"),
    "uncontrolled": ("cue without a control", "bad"),
    "unclear": ("unclear", "known"),
    "contaminated": ("reference contaminated", "bad"),
    "leak": ("leak", "bad"),
}
#: What overlaps count, in the order of their fields.
OVERLAPS: Mapping[str, str] = {
    "groups": "groups",
    "prompts": "prompts",
    "near_prompts": "near-duplicate prompts",
    "near_same": "of those with the same answer",
    "parts": "parts of prompts",
    "answers": "answers",
}


def distance(estimate: JsonObject) -> float:
    """How far an accuracy is from chance, in either direction; rounded, so that equal ones compare equal.

    Args:
        estimate: Anything with an `accuracy`.
    """
    return round(abs(float(estimate["accuracy"]) - CHANCE), 6)


def strongest(record: JsonObject) -> JsonObject | None:
    """The cue of a distribution that says most: a flagged one, else one that is off chance, else any.

    The order of the file comes last, since a model that scores one response at a time never sees it, and so does a
    probe below chance, which has learned what nobody can use.

    Args:
        record: An audit's record of a distribution.

    Returns:
        None where no cue was tested.
    """
    return max(record["cues"], key=_weight, default=None)


def _weight(cue: JsonObject) -> tuple[bool, bool, bool, bool, float]:
    learned = cue["kind"] == "probe" and cue["accuracy"] < CHANCE
    return not learned, cue["kind"] != "order", cue["flagged"], cue["off"], distance(cue)


def counted(record: JsonObject, mark: str) -> int:
    """The number of a distribution's cues that have a mark: `off`, `declared` or `flagged`.

    Declared cues count only where they are off chance, since a declaration by itself is not a finding.
    """
    return sum(cue["off"] and cue[mark] for cue in record["cues"])


def shared(overlap: JsonObject) -> list[tuple[str, int]]:
    """What an overlap names, and how often; kinds that do not occur are left out."""
    return [(words, overlap[key]) for key, words in OVERLAPS.items() if overlap[key]]
