"""How far probabilities keep what they promise: Brier score with its parts, binned errors, and GENIES's own figure.

The unit is a pair, and its probability that with which a model prefers the right response. A pair has no label of its
own: read the other way round, a probability p of the right response is one of 1 - p of the wrong. So what is
calibrated is the *confidence* max(p, 1 - p) that the model has in the response it prefers, against how often that is
the right one; a tie is right half of the time.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eval.resampling import Estimate, Floats, percentile, reflected

#: Share of the pairs, and what they add to mean confidence and to accuracy.
Sums = tuple[Floats, Floats, Floats]
#: Bins of the confidence between a half and 1.
BINS = 10
#: Figures that chance moves up, since they are made of distances.
RAISED = frozenset({"reliability", "resolution", "ece", "adaptive_ece", "rms"})
#: Pairs times bootstrap samples that are worked on at once.
CELLS = 1_000_000
#: GENIES's figure: bins between 0 and 1, the fewest probabilities of a bin that counts, and the seed of its labels.
PUBLISHED_BINS, PUBLISHED_FEWEST, PUBLISHED_SEED = 5, 20, 42


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration of some pairs; all figures lie between 0 and 1.

    Attributes:
        brier: Mean squared distance of the probability of the right response from 1.
        reliability: Part of the Brier score of the binned confidences that calibration could mend (Murphy 1973).
        resolution: What the bins' own accuracies take away from it.
        uncertainty: What the Brier score would be if every confidence were the accuracy.
        ece: Mean distance of confidence and accuracy over bins of equal width, weighted by their pairs (Naeini et al.
            2015).
        adaptive_ece: The same over bins of as many pairs each (Nguyen and O'Connor 2015).
        rms: Root of the mean square over the latter bins (Hendrycks et al. 2019).
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    ece: float
    adaptive_ece: float
    rms: float


def calibration(probabilities: Sequence[float] | Floats) -> Calibration:
    """The calibration of pairs.

    Args:
        probabilities: For each pair the probability of the right response; at least one, each between 0 and 1.

    Raises:
        ValueError: There is none, or one is no probability.
    """
    p = _checked(probabilities)
    return Calibration(*map(float, _Bins.of(p).figures(np.ones((1, len(p))))[0]))


def calibration_estimates(
    probabilities: Floats, group_of: NDArray[np.intp], times: Floats, shares: Floats
) -> dict[str, Estimate]:
    """The calibration of pairs with 95 % intervals, by the names of `Calibration`; with several seeds the mean of each.

    Args:
        probabilities: For each seed (a row) and pair the probability of the right response.
        group_of: For each pair the place of its group.
        times: How often each bootstrap sample (a row) holds each group.
        shares: The share that each bootstrap sample gives to each seed.

    Raises:
        ValueError: There is no pair, or a probability is none.
    """
    bins = [_Bins.of(_checked(row)) for row in probabilities]
    names = [field.name for field in fields(Calibration)]
    ones = np.ones((1, len(group_of)))
    point = np.mean([each.figures(ones)[0] for each in bins], axis=0)
    sampled = np.empty((len(times), len(names)))
    step = max(1, CELLS // len(group_of))
    for start in range(0, len(times), step):
        chunk = slice(start, start + step)
        weights = times[chunk][:, group_of]
        made = np.stack([each.figures(weights) for each in bins])
        sampled[chunk] = np.einsum("srf,rs->rf", made, shares[chunk])
    return {name: _estimate(name, float(point[i]), sampled[:, i]) for i, name in enumerate(names)}


def curve(probabilities: Floats) -> list[dict[str, float]]:
    """The bins of equal width that hold any pair: mean confidence, share of right pairs, and share of all pairs.

    Args:
        probabilities: Of each pair the probability of the right response; where there are several seeds, of all.

    Raises:
        ValueError: There is no pair, or a probability is none.
    """
    p = _checked(probabilities.ravel())
    bins = _Bins.of(p)
    share, said, found = (row[0] for row in bins.wide(bins.sums(np.ones((1, len(p))))))
    return [
        {"confidence": round(float(s / n), 6), "accuracy": round(float(f / n), 6), "share": round(float(n), 6)}
        for n, s, f in zip(share, said, found, strict=True)
        if n > 0
    ]


def _estimate(name: str, value: float, sampled: Floats) -> Estimate:
    made = reflected(value, sampled) if name in RAISED else percentile(value, sampled)
    # With few pairs a figure may be as large as it can be, and no sample as large.
    return Estimate(value, min(made.low, value), max(made.high, value))


def _checked(probabilities: Sequence[float] | Floats) -> Floats:
    p = np.asarray(probabilities, dtype=np.float64)
    if not len(p) or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("calibration needs at least one probability, each between 0 and 1")
    return p


@dataclass(frozen=True, slots=True)
class _Bins:
    """Pairs in the order of their confidence, so that every bin is a stretch of them.

    Attributes:
        order: The pairs, by confidence.
        confidence: Of each pair in this order.
        right: Whether each is right; a half for a tie.
        square: Squared distance of the right response's probability from 1.
        ends: Where pairs of equal confidence end; they are told apart by nothing, so a bin's border shares them out.
        borders: Where each bin of equal width ends.
    """

    order: NDArray[np.intp]
    confidence: Floats
    right: Floats
    square: Floats
    ends: NDArray[np.intp]
    borders: NDArray[np.intp]

    @classmethod
    def of(cls, p: Floats) -> _Bins:
        confidence = np.maximum(p, 1 - p)
        order = np.argsort(confidence, kind="stable")
        confidence = confidence[order]
        width = np.clip(((confidence - 0.5) * 2 * BINS).astype(np.int64), 0, BINS - 1)
        return cls(
            order,
            confidence,
            ((np.sign(p - 0.5) + 1) / 2)[order],
            np.square(1 - p)[order],
            np.append(np.flatnonzero(np.diff(confidence)) + 1, len(p)),
            np.searchsorted(width, np.arange(BINS), side="right"),
        )

    def sums(self, weights: Floats) -> Sums:
        """For each row of weights the running sums, from 0, of share, confidence and right pairs."""
        weighed = weights[:, self.order] / weights.sum(axis=1, keepdims=True)
        share, said, found = (
            np.pad(np.cumsum(weighed * values, axis=1), ((0, 0), (1, 0)))
            for values in (np.ones_like(self.right), self.confidence, self.right)
        )
        return share, said, found

    def wide(self, sums: Sums) -> Sums:
        """For each row of sums and bin of equal width its share, and its parts of mean confidence and accuracy."""
        edges = np.concatenate([[0], self.borders])
        # An empty bin is exactly 0: it is the difference of one sum with itself.
        share, said, found = (np.diff(each[:, edges], axis=1) for each in sums)
        return share, said, found

    def filled(self, sums: Sums) -> Floats:
        """For each row of sums and bin of as many pairs the part of mean confidence less that of accuracy."""
        edges = np.concatenate([[0], self.ends])
        share, said, found = (each[:, edges] for each in sums)
        over = said - found
        rows = np.arange(len(share))[:, None]
        cuts = np.arange(1, BINS) / BINS
        # One search for all rows: each stands apart from the next, since a share is at most 1.
        after = np.searchsorted((share + 2 * rows).ravel(), (cuts + 2 * rows).ravel()).reshape(len(share), -1)
        after = np.clip(after - rows * share.shape[1], 1, share.shape[1] - 1)
        low, high = share[rows, after - 1], share[rows, after]
        part = np.clip((cuts - low) / np.where(high > low, high - low, 1), 0, 1)
        at = over[rows, after - 1] + part * (over[rows, after] - over[rows, after - 1])
        return np.diff(np.concatenate([np.zeros((len(share), 1)), at, over[:, -1:]], axis=1), axis=1)

    def figures(self, weights: Floats) -> Floats:
        """For each row of weights the figures of `Calibration`, in their order."""
        sums = self.sums(weights)
        share, said, found = self.wide(sums)
        base = found.sum(axis=1)
        whole = np.where(share > 0, share, 1)
        filled = self.filled(sums)
        made = np.stack(
            [
                weights[:, self.order] @ self.square / weights.sum(axis=1),
                (np.square(said - found) / whole).sum(axis=1),
                (np.square(found - share * base[:, None]) / whole).sum(axis=1),
                base * (1 - base),
                np.abs(said - found).sum(axis=1),
                np.abs(filled).sum(axis=1),
                np.sqrt(np.square(filled).sum(axis=1) * BINS),
            ],
            axis=1,
        )
        # Sums of shares may miss 0 or 1 by the last digit.
        clipped: Floats = np.clip(made, 0, 1)
        return clipped


def published_rms(probabilities: Sequence[float] | Floats) -> float | None:
    """GENIES's "RMS calibration error", faults included, to compare with what was published.

    A coin decides which of a pair's responses the probability is told of. Each of five bins is then compared with the
    share of right responses among *all* pairs, not among its own; bins count alike whatever they hold, those of under
    20 pairs not at all, and a probability of 1 falls into none.

    Args:
        probabilities: For each pair, in the order of the file, the probability of the right response.

    Returns:
        The figure; None where no bin counts.
    """
    coin = random.Random(PUBLISHED_SEED)  # noqa: S311 - the coin that was published
    labels = np.array([coin.randint(0, 1) for _ in probabilities])
    told = np.where(labels == 1, probabilities, 1 - np.asarray(probabilities, dtype=np.float64))
    edges = np.linspace(0, 1, PUBLISHED_BINS + 1)
    errors = []
    for low, high in pairwise(edges):
        inside = (told >= low) & (told < high)
        if inside.sum() >= PUBLISHED_FEWEST:
            errors.append((float(told[inside].mean()) - float(labels.mean())) ** 2)
    return float(np.sqrt(np.mean(errors))) if errors else None
