"""Bootstrap samples: whole groups are drawn, and where a source was tuned several times, whole tunings too.

Pairs of one prompt and prompts of one group are not independent, so groups are what is drawn with replacement. Where
there are several tunings they are drawn with replacement as well, so that an interval holds both what other test
examples and what other seeds would change. Each tuning meets each group, so the two draws are crossed (the pigeonhole
bootstrap of Owen 2007), which errs on the side of wide intervals where seeds differ little. A draw depends on what is
drawn and on the seed alone: figures over the same groups, or of the same tunings, are resampled alike, so their
differences and ratios are paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generators.core.streams import digest

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


def percentile(value: float, sampled: Floats) -> Estimate:
    """A figure with the percentiles of its bootstrap samples as limits."""
    low, high = np.percentile(sampled, LIMITS)
    return Estimate(value, float(low), float(high))


def reflected(value: float, sampled: Floats) -> Estimate:
    """A figure between 0 and 1 with the percentiles of its bootstrap samples, turned round about it, as limits.

    For figures such as a calibration error, which chance moves up more than down: a bootstrap sample lies as far above
    the sample as this lies above the truth, so the truth is looked for below (the basic bootstrap of Davison and
    Hinkley 1997).
    """
    low, high = np.percentile(sampled, LIMITS)
    return Estimate(value, max(0.0, 2 * value - float(high)), min(1.0, 2 * value - float(low)))


# Tables of one shift ask for the same two or three draws again and again; a draw may take some megabytes.
@lru_cache(maxsize=4)
def group_draws(groups: tuple[str, ...], resamples: int, seed: int) -> Floats:
    """How often each bootstrap sample (a row) holds each group (a column)."""
    drawn = _draws(("bootstrap", seed, *groups), len(groups), resamples)
    drawn.flags.writeable = False
    return drawn


def seed_draws(tuning: Sequence[str], seeds: int, resamples: int, seed: int) -> Floats:
    """The share that each bootstrap sample (a row) gives to each tuning (a column); they sum to 1.

    Args:
        tuning: What was tuned on what; the same for all figures of the same tunings.
        seeds: Number of tunings.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.
    """
    if seeds == 1:
        return np.ones((resamples, 1))
    return _draws(("tunings", seed, *tuning), seeds, resamples) / seeds


def _draws(key: tuple[str | int, ...], count: int, resamples: int) -> Floats:
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest(*key))))
    drawn = rng.integers(0, count, size=(resamples, count)) + count * np.arange(resamples)[:, None]
    times: NDArray[Any] = np.bincount(drawn.ravel(), minlength=resamples * count).reshape(resamples, count)
    return times.astype(np.float64)
