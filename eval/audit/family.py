"""Many cues, one error rate: which of them are farther from chance than labels that say nothing would put any?

If a distribution's labels have nothing to do with a cue, any of an example's responses may as well be the right one.
With two responses, calling the right one wrong and the wrong one right leaves everything as likely as before; with
more, the label moves on by some places. The labels of a group move together, since its pairs are not independent.
Each such turning gives every cue a value; the largest of them, over the whole family, is what chance can do. A cue is
off chance if it is farther out than all but a share `error` of those maxima (Westfall and Young 1993, the
single-step maxT). The share of *families* with a false alarm is then at most `error`, however the cues hang together,
and cues that are nearly the same cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from eval.audit.table import Floats, Places
from schemas.files import canonical, sha256

#: Turnings; p-values are multiples of 1 / (TURNS + 1).
TURNS = 999
#: Groups turned at once, which bounds the memory of large splits.
AT_ONCE = 2048
Signs = NDArray[np.float32]


def turnings(groups: int, key: tuple[str | int, ...]) -> Iterator[tuple[slice, Signs]]:
    """Random signs for every group, some groups at a time: (which groups, signs of shape (turns, groups)).

    Args:
        groups: The number of groups.
        key: Names the random stream; the same key gives the same signs.
    """
    rng = np.random.default_rng(int(sha256(canonical(list(key))), 16))
    for start in range(0, groups, AT_ONCE):
        part = slice(start, min(start + AT_ONCE, groups))
        signs = rng.integers(0, 2, size=(TURNS, part.stop - part.start), dtype=np.int8)
        yield part, (2 * signs - 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tested:
    """What a family's test found.

    Attributes:
        z: How far each cue is from chance, in standard errors, upwards positive.
        p: For each cue, the share of turnings with a cue as far out anywhere in the family.
        critical: The |z| above which a cue is off chance.
    """

    z: Floats
    p: Floats
    critical: float


@dataclass(frozen=True, slots=True)
class Turned:
    """Cues under the labels and under every turning of them.

    Attributes:
        z: How far each cue is from chance, in standard deviations of its turnings.
        turned: The same under every turning: one row a turning.
        deviation: The standard deviation of each cue's wins.
    """

    z: Floats
    turned: Signs
    deviation: Floats


def studentized(wins: Floats | sparse.csr_matrix, places: Places, key: tuple[str | int, ...]) -> Turned:
    """Cues under the labels and under turnings of them.

    Args:
        wins: One row a response, one column a cue: what the response wins if it is the right one, in pairs beyond a
            half, up to a number that all responses of its example share.
        places: Where the responses stand.
        key: Names the random stream.
    """
    rng = np.random.default_rng(int(sha256(canonical(list(key))), 16))
    count = int(places.group.max()) + 1
    expected = np.asarray(wins.T @ (1 / places.size), dtype=np.float64).ravel()
    turned = np.zeros((TURNS, wins.shape[1]), dtype=np.float32)
    for start in range(0, count, AT_ONCE):
        rows = np.flatnonzero((places.group >= start) & (places.group < start + AT_ONCE))
        moved = rng.random((TURNS, min(AT_ONCE, count - start)), dtype=np.float32)[:, places.group[rows] - start]
        right = ((moved * places.size[rows]).astype(np.int64) == places.after[rows]).astype(np.float32)
        turned += (wins[rows].T.astype(np.float32) @ right.T).T
    turned -= expected.astype(np.float32)
    deviation = np.sqrt(np.square(turned, dtype=np.float64).mean(axis=0))
    # What never differs but for rounding never tells.
    scale = np.divide(1.0, deviation, out=np.zeros_like(deviation), where=deviation > 1e-3)
    own = np.asarray(wins[places.after == 0].sum(axis=0), dtype=np.float64).ravel() - expected
    return Turned(own * scale, turned * scale.astype(np.float32), deviation)


def judged(z: Floats, worst: NDArray[np.float32], error: float) -> Tested:
    """Every cue's p-value over its family.

    Args:
        z: The z of each cue.
        worst: For each turning, the largest |z| of the family.
        error: The share of families that may have a false alarm.
    """
    ordered = np.sort(worst)
    beyond = len(ordered) - np.searchsorted(ordered, np.abs(z).astype(np.float32) - 1e-4, side="left")
    # The k-th largest of n maxima is passed with probability k / (n + 1).
    rank = int(error * (len(ordered) + 1))
    return Tested(z, (1 + beyond) / (len(ordered) + 1), float(ordered[-rank]) + 1e-4 if rank else float("inf"))
