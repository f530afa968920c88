"""The figures of a study that no result holds: what sets labels apart, and what sets two data sets apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.resampling import Estimate, Floats, percentile
from eval.verdicts import CHANCE
from generators.core.streams import digest
from schemas import JsonObject

#: Bootstrap samples of the shifts.
RESAMPLES = 2000
#: Shifts of a label that a bootstrap over shifts needs at least; of two it would know three means.
FEWEST = 3
EXTREME, PROBING = "extreme", "probing"


@dataclass(frozen=True, slots=True)
class Gap:
    """The mean of a figure over extreme shifts less its mean over probing ones.

    Attributes:
        extreme: Values of the extreme shifts.
        probing: Values of the probing shifts.
        difference: Difference of the means; its interval resamples shifts. None where a label has too few of them.
    """

    extreme: Sequence[float]
    probing: Sequence[float]
    difference: Estimate | None


def gap(rows: Iterable[tuple[str, float]], *key: str) -> Gap:
    """What sets the labels apart.

    Args:
        rows: The label and the figure of each shift.
        key: What the draw of the bootstrap depends on: the figure's name.
    """
    found: dict[str, list[float]] = {EXTREME: [], PROBING: []}
    for label, value in rows:
        found[label].append(value)
    if min(map(len, found.values())) < FEWEST:
        return Gap(found[EXTREME], found[PROBING], None)
    rng = _rng(*key)
    means = [_drawn(rng, found[label]) for label in (EXTREME, PROBING)]
    value = mean(found[EXTREME]) - mean(found[PROBING])
    return Gap(found[EXTREME], found[PROBING], percentile(value, means[0] - means[1]))


def over_shifts(values: Sequence[float], *key: str) -> Estimate | None:
    """The plain mean of a figure; its interval resamples shifts. None where there are too few of them."""
    return percentile(mean(values), _drawn(_rng(*key), values)) if len(values) >= FEWEST else None


def _rng(*key: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest("study", *key))))


def _drawn(rng: np.random.Generator, values: Sequence[float]) -> Floats:
    """Means of bootstrap samples of the shifts."""
    means: Floats = np.asarray(values)[rng.integers(0, len(values), size=(RESAMPLES, len(values)))].mean(axis=1)
    return means


def elicitation_gap(rows: Sequence[JsonObject], name: str) -> Gap:
    """What sets the elicitations of the labels apart, over a result's rows of one intervention."""
    return gap(((row["label"], row["elicitation"]["value"]) for row in rows), "gap", name)


def apart(one: JsonObject, other: JsonObject) -> Estimate:
    """The difference of two figures that were measured on different data.

    Its interval follows from the two, since they are independent (MOVER; Zou and Donner 2008).

    Args:
        one: A figure with its interval, as it stands in a result.
        other: The figure that is taken from it.
    """
    value = one["value"] - other["value"]
    low = value - math.hypot(one["value"] - one["low"], other["high"] - other["value"])
    high = value + math.hypot(one["high"] - one["value"], other["value"] - other["low"])
    return Estimate(value, low, high)


def sign(low: float, high: float) -> int:
    """1 where an interval lies above 0, -1 where below, 0 where it holds it."""
    return (low > 0) - (high < 0)


def beside_chance(estimate: JsonObject) -> int:
    """The same of an accuracy, beside that of guessing."""
    return sign(estimate["low"] - CHANCE, estimate["high"] - CHANCE)


def learned(row: JsonObject) -> bool:
    """Whether both the source and the reference can be learned: neither interval reaches down to guessing."""
    return beside_chance(row["source_accuracy"]) > 0 and beside_chance(row["capability"]) > 0


def mean(values: Sequence[float]) -> float:
    """The plain mean."""
    return math.fsum(values) / len(values)


def by_sign(signs: Iterable[tuple[str, int]]) -> tuple[list[str], list[str], list[str]]:
    """The names whose sign is 1, those whose sign is -1, and the others."""
    found: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for name, each in signs:
        found[each].append(name)
    return found[1], found[-1], found[0]
