"""Interventions: ways to get a reward out of a model, and controls that need none.

One file each. A file `<name>.py` in this folder is the intervention `<name>`; it defines `make(config, backbone)`,
which returns an `Intervention`. Nothing else is edited when one is added. These files are light: what needs torch
stands in `eval.models` and is imported when something is tuned or scored.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.config import EvaluationConfig
from schemas import Example, ShiftworksError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from eval.models.backbone import Backbone

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Scores:
    """What a scorer made of some examples.

    Attributes:
        values: For each example a score of each response, in their order; higher is better.
        cut: Responses of which, or of whose prompt, the model could not read all.
    """

    values: list[list[float]]
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a scorer must be kept to have it again, beside model and settings.

    Attributes:
        facts: What JSON can hold.
        arrays: What was learned, in numbers.
    """

    facts: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


class Scorer(Protocol):
    """Scores responses, after tuning if the intervention tunes."""

    def kept(self) -> Kept:
        """What must be kept to have it again."""
        ...

    def score(self, examples: Sequence[Example]) -> Scores:
        """A score of every response of every example; reads prompts and texts, never labels (the oracle apart)."""
        ...


class Intervention(Protocol):
    """A way to score responses."""

    @property
    def epochs(self) -> int:
        """Passes over a source that tuning makes; 0 if nothing is learned, so that all sources are one."""
        ...

    @property
    def reads_model(self) -> bool:
        """Whether it needs a model."""
        ...

    @property
    def settings(self) -> dict[str, Any]:
        """All settings that its scores depend on, beside model, data and seed."""
        ...

    def tuning_tokens(self, train: Sequence[Example], seed: int) -> int:
        """Tokens of the pairs that `fit` tunes on, prompts included; 0 if nothing is learned."""
        ...

    def fit(self, train: Sequence[Example], seed: int) -> Scorer:
        """A scorer, tuned on the training examples of a source; they are empty if nothing is learned.

        Raises:
            ShiftworksError: The tuning failed.
        """
        ...

    def restore(self, kept: Kept) -> Scorer:
        """A scorer as it was, from what was kept of it under the same settings.

        Raises:
            ShiftworksError: What was kept does not fit the model.
        """
        ...


def names() -> tuple[str, ...]:
    """All interventions, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")))


def controls() -> frozenset[str]:
    """Those that read no model: they bound a figure, or show what guessing gives."""

    def no_model() -> Backbone:
        raise ShiftworksError("an intervention may load its model only when it tunes or scores")

    return frozenset(name for name in names() if not find(name, EvaluationConfig(), no_model).reads_model)


def find(name: str, config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Intervention:
    """An intervention by name.

    Args:
        name: One of `names()`.
        config: The evaluation's settings.
        backbone: Loads the model; called only when something is tuned or scored.

    Raises:
        ShiftworksError: There is no such intervention.
    """
    if name not in names():
        raise ShiftworksError(f"no intervention named {name!r}; there are: {', '.join(names())}")
    made: Intervention = importlib.import_module(f"{__name__}.{name}").make(config, backbone)
    return made
