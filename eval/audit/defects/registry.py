"""The list of checks, gathered from the files of this folder, and their run over a distribution."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eval.audit.defects.finding import SHOWN, Finding, Seen, bounds
from eval.audit.defects.pool import Pool
from schemas import Example

Look = Callable[[Pool], Iterator[Seen]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: The name of what it finds.
        grave: Whether a gate fails on what it finds.
        look: Yields what it sees in a pool; what has no hit is not reported.
        cue: The cue that says the same of the pairs, if any: where a card declares it, this is the point, no defect.
    """

    name: str
    grave: bool
    look: Look
    cue: str | None = None


_CHECKS: dict[str, Check] = {}


def defect(name: str, *, grave: bool, cue: str | None = None) -> Callable[[Look], Look]:
    """Makes a function a check of every audit; see `Check` for the arguments."""

    def mark(look: Look) -> Look:
        _CHECKS[name] = Check(name, grave, look, cue)
        return look

    return mark


@cache
def checks() -> Mapping[str, Check]:
    """All checks by name, sorted."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], package + "."):
        importlib.import_module(module.name)
    return dict(sorted(_CHECKS.items()))


def defects(train: Sequence[Example], test: Sequence[Example], declared: Collection[str] = ()) -> list[Finding]:
    """What is broken in a distribution, over both splits together.

    Args:
        train: Its training examples; may be empty.
        test: Its test examples; may be empty.
        declared: Cues that its card declares.

    Returns:
        The findings, the largest share first; none where nothing is broken.
    """
    pool = Pool((*train, *test))
    wanted = [check for check in checks().values() if check.cue is None or check.cue not in declared]
    found = [_finding(check, seen, pool) for check in wanted for seen in check.look(pool) if seen.hits]
    return sorted(found, key=lambda finding: (-finding.count / finding.of, finding.defect, finding.what))


def _finding(check: Check, seen: Seen, pool: Pool) -> Finding:
    """A finding with its figures."""
    hits: defaultdict[str, float] = defaultdict(float)
    of: defaultdict[str, float] = defaultdict(float)
    for place, number in seen.of.items():
        of[pool.examples[place].group] += number
        hits[pool.examples[place].group] += seen.hits.get(place, 0)
    low, high = bounds((hits[group] for group in of), of.values())
    count, total = round(sum(seen.hits.values())), round(sum(seen.of.values()))
    return Finding(
        defect=check.name,
        what=seen.sentence.replace("{count}", f"{count:,}").replace("{of}", f"{total:,}"),
        count=count,
        of=total,
        unit=seen.unit,
        low=round(low, 4),
        high=round(high, 4),
        examples=tuple(pool.examples[place].id for place in sorted(seen.hits)[:SHOWN]),
        grave=check.grave,
    )
