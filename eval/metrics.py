"""What accuracies mean: pairs, generalization, capability, elicitation, each with an interval.

The unit is a *pair*: the right response of an example against one of its wrong ones. Pairs of one example, and examples
of one group, are not independent, so intervals come from a bootstrap that resamples whole groups. Definitions follow
GENIES (Clymer et al. 2023, arXiv 2311.07723), except that a tie counts half here instead of as right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generators.core.streams import digest
from schemas import Example, ShiftworksError

Floats = NDArray[np.float64]
#: Limits of an interval, in percent of the resamples.
LIMITS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured figure with the limits of its 95 % interval."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        """The figure as it stands in a result, rounded to six decimals."""
        return {"value": round(self.value, 6), "low": round(self.low, 6), "high": round(self.high, 6)}


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs ranked right, counted by group.

    Attributes:
        groups: The groups, sorted.
        right: Pairs of each group that were ranked right; a tie counts half.
        pairs: Pairs of each group.
        prompts: Number of examples.
    """

    groups: tuple[str, ...]
    right: Floats
    pairs: Floats
    prompts: int

    @property
    def accuracy(self) -> float:
        """Share of pairs ranked right."""
        return float(self.right.sum() / self.pairs.sum())

    def resampled(self, resamples: int, seed: int) -> Floats:
        """The accuracy in each bootstrap sample of the groups.

        The sample depends on the groups and the seed alone, so tallies over the same groups are resampled alike
        (their differences and ratios are paired), and tallies over other groups independently.
        """
        times = _times(self.groups, resamples, seed)
        sampled: Floats = (times @ self.right) / (times @ self.pairs)
        return sampled


def tally(examples: Sequence[Example], scores: Sequence[Sequence[float]]) -> Tally:
    """Counts the pairs that scores rank right.

    Args:
        examples: At least one example.
        scores: For each example a score of each response, in their order.

    Raises:
        ValueError: Examples and scores do not match.
    """
    right: dict[str, float] = {}
    pairs: dict[str, int] = {}
    for example, values in zip(examples, scores, strict=True):
        if len(values) != len(example.responses):
            raise ValueError(f"{example.id}: {len(values)} scores for {len(example.responses)} responses")
        gold = values[example.gold]
        others = [value for i, value in enumerate(values) if i != example.gold]
        won = sum(1.0 if gold > other else 0.5 if gold == other else 0.0 for other in others)
        right[example.group] = right.get(example.group, 0.0) + won
        pairs[example.group] = pairs.get(example.group, 0) + len(others)
    groups = tuple(sorted(pairs))
    return Tally(
        groups,
        np.array([right[group] for group in groups]),
        np.array([pairs[group] for group in groups], dtype=np.float64),
        len(examples),
    )


def accuracy(counted: Tally, resamples: int, seed: int) -> Estimate:
    """Pair accuracy with its interval."""
    return _estimate(counted.accuracy, counted.resampled(resamples, seed))


def elicitation(target: Tally, capability: Tally, resamples: int, seed: int) -> Estimate:
    """Accuracy on the target / capability: of what the model can rank, the share that it does rank.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: The capability is 0, so that there is nothing to divide by.
    """
    return _ratio(target.accuracy, target.resampled(resamples, seed), capability, capability.resampled(resamples, seed))


def differential_elicitation(target: Tally, zero_shot: Tally, capability: Tally, resamples: int, seed: int) -> Estimate:
    """(Accuracy on the target - zero-shot accuracy on the target) / capability: what tuning on the source adds.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        zero_shot: The same pairs, ranked without tuning.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: The capability is 0, so that there is nothing to divide by.
    """
    gains = target.resampled(resamples, seed) - zero_shot.resampled(resamples, seed)
    gain = target.accuracy - zero_shot.accuracy
    return _ratio(gain, gains, capability, capability.resampled(resamples, seed))


def _ratio(over: float, overs: Floats, capability: Tally, under: Floats) -> Estimate:
    if capability.accuracy == 0:
        raise ShiftworksError("the capability on the reference is 0, so no elicitation can be measured; add examples")
    # A sample of a tiny reference may hold no pair ranked right; it says nothing about a ratio.
    sound = under > 0
    return _estimate(over / capability.accuracy, overs[sound] / under[sound])


def _estimate(value: float, sampled: Floats) -> Estimate:
    low, high = np.percentile(sampled, LIMITS)
    return Estimate(value, float(low), float(high))


def _times(groups: tuple[str, ...], resamples: int, seed: int) -> NDArray[np.float64]:
    """How often each bootstrap sample (a row) holds each group (a column)."""
    count = len(groups)
    key = int.from_bytes(digest("bootstrap", seed, *groups))
    rng = np.random.Generator(np.random.PCG64(key))
    drawn = rng.integers(0, count, size=(resamples, count)) + count * np.arange(resamples)[:, None]
    times: NDArray[Any] = np.bincount(drawn.ravel(), minlength=resamples * count).reshape(resamples, count)
    return times.astype(np.float64)
