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
#: What the test examples that an overlap counts share with train.
OVERLAPS: Mapping[str, str] = {
    "groups": "group",
    "prompts": "prompt",
    "near_prompts": "near-duplicate prompt",
    "near_same": "near-duplicate prompt and answer",
    "parts": "part of a prompt",
    "answers": "answer",
}


def distance(estimate: JsonObject) -> float:
    """How far an accuracy is from chance, in either direction; rounded, so that equal ones compare equal.

    Args:
        estimate: Anything with an `accuracy`.
    """
    return round(abs(float(estimate["accuracy"]) - CHANCE), 6)


def direct(estimate: JsonObject) -> tuple[float, float, float]:
    """Accuracy, low and high of a cue that is used in the direction that the labels have, so that it is never below.

    Args:
        estimate: Anything with an `accuracy` and its interval, `low` and `high`.
    """
    value, low, high = (float(estimate[key]) for key in ("accuracy", "low", "high"))
    return (value, low, high) if value >= CHANCE else (1 - value, 1 - high, 1 - low)


def strongest(record: JsonObject) -> JsonObject | None:
    """The cue of a distribution that says most, the first of `ranked`; None where no cue was tested."""
    return next(iter(ranked(record)), None)


def ranked(record: JsonObject) -> list[JsonObject]:
    """The cues of a distribution, flagged ones first, then those off chance, then the others, each by distance.

    The order of the file comes last, since a model that scores one response at a time never sees it, and so does a
    probe below chance, which has learned what nobody can use.

    Args:
        record: An audit's record of a distribution.
    """
    return sorted(record["cues"], key=_weight, reverse=True)


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
