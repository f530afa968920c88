"""How far probabilities keep what they promise: Brier score with its parts, binned errors, and GENIES's own figure.

The unit is a pair, and its probability that with which a model prefers the right response. A pair has no label of its
own: read the other way round, a probability p of the right response is one of 1 - p of the wrong. So what is
calibrated is the *confidence* max(p, 1 - p) that the model has in the response it prefers, against how often that is
the right one; a tie is right half of the time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Bins of the confidence between a half and 1.
BINS = 10
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
    p = np.asarray(probabilities, dtype=np.float64)
    if not len(p) or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("calibration needs at least one probability, each between 0 and 1")
    confidence = np.maximum(p, 1 - p)
    right = np.where(p == 0.5, 0.5, (p > 0.5).astype(np.float64))
    width = np.clip(((confidence - 0.5) * 2 * BINS).astype(np.int64), 0, BINS - 1)
    order = np.argsort(confidence, kind="stable")
    equal = np.empty(len(p), dtype=np.int64)
    equal[order] = np.arange(len(p)) * BINS // len(p)
    wide, filled = list(_bins(confidence, right, width)), list(_bins(confidence, right, equal))
    base = float(right.mean())
    return Calibration(
        brier=float(np.square(1 - p).mean()),
        reliability=sum(share * (said - found) ** 2 for share, said, found in wide),
        resolution=sum(share * (found - base) ** 2 for share, _, found in wide),
        uncertainty=base * (1 - base),
        ece=sum(share * abs(said - found) for share, said, found in wide),
        adaptive_ece=sum(share * abs(said - found) for share, said, found in filled),
        rms=float(np.sqrt(sum(share * (said - found) ** 2 for share, said, found in filled))),
    )


def _bins(confidence: Floats, right: Floats, place: NDArray[np.int64]) -> Iterator[tuple[float, float, float]]:
    """Each bin's share of the pairs, mean confidence and accuracy; empty bins are left out."""
    for each in range(BINS):
        inside = place == each
        if inside.any():
            yield float(inside.mean()), float(confidence[inside].mean()), float(right[inside].mean())


def published_rms(probabilities: Sequence[float]) -> float | None:
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
