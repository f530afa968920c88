"""Intervals for the accuracy of cues: pairs of one prompt are not independent, so whole groups are resampled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from eval.audit.table import Floats, Integers
from schemas.files import canonical, sha256

RESAMPLES = 4000
#: Groups above which the normal interval of the mean over groups is used: there both agree, and resampling is slow.
MANY = 4000
#: Numbers held at once while resampling; bounds the memory of large splits.
AT_ONCE = 4_000_000
CHANCE = 0.5


def intervals(outcomes: Floats, groups: Integers, key: Sequence[str | int], error: float = 0.05) -> Floats:
    """Expanded percentile intervals of mean outcomes by a bootstrap over groups.

    Plain percentile intervals are too narrow for few groups; the percentiles are therefore moved outwards as Student's
    t asks for (Hesterberg 2015, The American Statistician 69, 371-386).

    Two states of the data are beyond a bootstrap. Where every pair has the same outcome, 1 or 0, all resamples are
    equal; the bound is then the exact binomial one for that many groups. Where so few groups differ from a half that
    all of them would fall on one side by chance more often than `error` (fewer than 6 at .05), the interval is
    stretched to hold chance.

    Args:
        outcomes: One row a pair, one column a cue; each is 0, .5 or 1. At least one row.
        groups: The group of each pair.
        key: Names the random stream; the same key gives the same intervals.
        error: How often an interval may miss.

    Returns:
        An array of shape (2, cues): low and high.
    """
    _, codes = np.unique(groups, return_inverse=True)
    count = int(codes.max()) + 1
    sizes = np.bincount(codes, minlength=count).astype(np.float64)
    sums: Floats = np.stack(
        [np.bincount(codes, weights=column, minlength=count).astype(np.float64) for column in outcomes.T], axis=1
    )
    if count > MANY:
        mean = outcomes.mean(axis=0)
        wide = float(ndtri(1 - error / 2)) * np.sqrt(np.square(sums - sizes[:, None] * mean).sum(axis=0)) / sizes.sum()
        return np.stack([np.maximum(mean - wide, 0), np.minimum(mean + wide, 1)])
    means = _resampled(sums, sizes, np.random.default_rng(int(sha256(canonical(list(key))), 16)))
    tail = _tail(error, count)
    low, high = np.quantile(means, [tail, 1 - tail], axis=0)
    bound = (error / 2) ** (1 / count)
    low = np.where(np.all(outcomes == 1, axis=0), bound, low)
    high = np.where(np.all(outcomes == 0, axis=0), 1 - bound, high)
    few = 2 * 0.5 ** np.sum(sums != CHANCE * sizes[:, None], axis=0) > error
    return np.stack([np.where(few, np.minimum(low, CHANCE), low), np.where(few, np.maximum(high, CHANCE), high)])


def _tail(error: float, count: int) -> float:
    """The percentile at which an interval from `count` groups begins; `error` / 2 for very many."""
    degrees = max(count - 1, 1)
    return float(ndtr(stdtrit(degrees, error / 2) * np.sqrt((degrees + 1) / degrees)))


def _resampled(sums: Floats, sizes: Floats, rng: np.random.Generator) -> Floats:
    """Mean outcomes of `RESAMPLES` samples of groups: one row a sample, one column a cue."""
    count = len(sizes)
    step = max(1, AT_ONCE // count)
    parts = []
    for start in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - start)
        drawn = rng.integers(0, count, size=(rows, count)) + count * np.arange(rows)[:, None]
        times = np.bincount(drawn.ravel(), minlength=rows * count).reshape(rows, count).astype(np.float64)
        parts.append((times @ sums) / (times @ sizes)[:, None])
    return np.concatenate(parts)
