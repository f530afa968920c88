"""What a check finds, and how sure its share is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.special import betaincinv

#: Intervals miss this often.
ERROR = 0.05
#: So many ids are given to read.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of a distribution.

    Attributes:
        defect: Name of the check.
        what: One plain sentence with the count.
        count: How many have it.
        of: How many could have it.
        unit: What is counted, such as `examples` or `wrong responses`.
        low: Lower bound of count / of, see `bounds`.
        high: Upper bound.
        examples: Up to three ids to read.
        grave: Whether a gate fails on it.
    """

    defect: str
    what: str
    count: int
    of: int
    unit: str
    low: float
    high: float
    examples: tuple[str, ...]
    grave: bool

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {**asdict(self), "examples": list(self.examples)}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check saw, by the place of the example in the pool.

    Attributes:
        sentence: The finding's sentence, with `{count}` and `{of}` where the figures belong.
        unit: What is counted.
        hits: How many of an example's units have the defect; examples without a hit are left out.
        of: How many of an example's units could have it.
    """

    sentence: str
    unit: str
    hits: Mapping[int, float]
    of: Mapping[int, float]


def bounds(hits: Iterable[float], of: Iterable[float]) -> tuple[float, float]:
    """The 95 % interval of a share over groups that are independent while units within a group are not.

    An exact binomial interval (Clopper and Pearson) for as many units as the spread between groups is worth, never for
    more than there are (Korn and Graubard 1998, Survey Methodology 24, 193-201). Where all units agree, a group is
    worth one unit.

    Args:
        hits: Units with the defect, one number a group.
        of: Units that could have it, in the same order; their sum is above 0.
    """
    have, could = np.array(list(hits), dtype=np.float64), np.array(list(of), dtype=np.float64)
    total, groups = could.sum(), len(could)
    share = have.sum() / total
    worth = float(groups)
    if 0 < share < 1 and groups > 1:
        variance = float(np.sum((have - share * could) ** 2)) / total**2
        worth = share * (1 - share) / max(variance, share * (1 - share) / total)
    yes, no = share * worth, (1 - share) * worth
    low = float(betaincinv(yes, no + 1, ERROR / 2)) if yes > 0 else 0.0
    high = float(betaincinv(yes + 1, no, 1 - ERROR / 2)) if no > 0 else 1.0
    return low, high
