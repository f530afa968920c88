"""The cues that a rule can read: ways to score a response without doing the task.

One decorator, one function a cue: `@cue(name, more, less)` on a function that gives every response of a table a
number. A cue is tested two-sided, so it has no mirror: where the *shorter* response wins, `longest` stands below a
half. To test another cue, add a function to the file of its idea, or a file to this folder; nothing else is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.audit.table import Floats, Table

Score = Callable[[Table], Floats]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue.

    Attributes:
        name: Its name, as cards declare it.
        more: What a response is that the cue scores higher, as in "the ... response is right".
        less: What a response is that the cue scores lower.
        score: A number for every response; NaN where the cue cannot be read, which ties with everything.
        kin: Cues that are hardly another thing: who declares one of them declares this one too.
        kind: `rule`; or `order`, if it reads the order of the file, which a model that scores one response at a time
            never sees.
    """

    name: str
    more: str
    less: str
    score: Score
    kin: tuple[str, ...]
    kind: str


_CUES: dict[str, Cue] = {}


def cue(name: str, more: str, less: str, *, kin: tuple[str, ...] = (), kind: str = "rule") -> Callable[[Score], Score]:
    """Makes a function a cue of every audit; see `Cue` for the arguments."""

    def mark(score: Score) -> Score:
        _CUES[name] = Cue(name, more, less, score, kin, kind)
        return score

    return mark


def cues() -> Mapping[str, Cue]:
    """All cues by name, sorted."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_CUES.items()))
