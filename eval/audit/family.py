"""Many cues, one error rate: which of them are farther from chance than labels that say nothing would put any?

If a distribution's labels have nothing to do with a cue, calling the right response of each pair wrong and the wrong
one right leaves everything as likely as before. All pairs of a group are turned round together, since they are not
independent. Each turning gives every cue a value; the largest of them, over the whole family, is what chance can do.
A cue is off chance if it is farther out than all but a share `error` of those maxima (Westfall and Young 1993, the
single-step maxT). The share of *families* with a false alarm is then at most `error`, however the cues hang together,
and cues that are nearly the same cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from eval.audit.table import Floats
from schemas.files import canonical, sha256

#: Turnings; p-values are multiples of 1 / (TURNS + 1).
TURNS = 999
#: Groups turned at once, which bounds the memory of large splits.
AT_ONCE = 4096
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


def studentized(sums: Floats | sparse.csr_matrix, key: tuple[str | int, ...]) -> tuple[Floats, Signs]:
    """The z of each cue, and its z under every turning.

    The squared sums are the variance of a turning, and turning leaves them as they are.

    Args:
        sums: Sums of outcomes minus a half: one row a group, one column a cue.
        key: Names the random stream.

    Returns:
        z of shape (cues,), and turned z of shape (turns, cues).
    """
    norm = np.sqrt(np.asarray(sparse.csr_matrix(sums).power(2).sum(axis=0), dtype=np.float64).ravel())
    scale = np.divide(1.0, norm, out=np.zeros_like(norm), where=norm > 0)
    turned = np.zeros((TURNS, len(scale)), dtype=np.float32)
    for part, signs in turnings(sums.shape[0], key):
        turned += (sums[part].T.astype(np.float32) @ signs.T).T
    turned *= scale.astype(np.float32)
    return np.asarray(sums.sum(axis=0), dtype=np.float64).ravel() * scale, turned


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
