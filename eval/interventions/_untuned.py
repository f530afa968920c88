"""What interventions that read the model as it is share: nothing is tuned; what differs is how a reward is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.config import EvaluationConfig
from eval.interventions import Kept, Scorer
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone

#: Makes a scorer of the model, the training examples (none if nothing is learned) and the seed.
Make = Callable[["Backbone", Sequence[Example], int], Scorer]


@dataclass(frozen=True, slots=True)
class Untuned:
    """An intervention that reads the model as it is.

    Attributes:
        config: The evaluation's settings.
        backbone: Loads the model.
        scorer: Makes the scorer.
        epochs: 1 if training examples are shown to the model, so that sources differ; 0 if not.
        own: Its own settings.
    """

    config: EvaluationConfig
    backbone: Callable[[], Backbone]
    scorer: Make
    epochs: int
    own: dict[str, Any]

    @property
    def reads_model(self) -> bool:
        """It reads the model as it is."""
        return True

    @property
    def settings(self) -> dict[str, Any]:
        """How much the model reads, how exactly, and its own settings."""
        return {"max_tokens": self.config.max_tokens, "precision": self.config.precision, **self.own}

    def tuning_tokens(self, train: Sequence[Example], seed: int) -> int:  # noqa: ARG002 - nothing is tuned
        """Nothing is tuned; what is shown is a part of what is scored."""
        return 0

    def fit(self, train: Sequence[Example], seed: int) -> Scorer:
        """The model as it is.

        Raises:
            ShiftworksError: The intervention means nothing for this kind of model.
        """
        return self.scorer(self.backbone(), train, seed)

    def restore(self, kept: Kept) -> Scorer:
        """The model as it is, with what it was shown."""
        from eval.models.untuned import UntunedScorer

        shown = tuple((prompt, response) for prompt, response in kept.facts["shown"])
        return UntunedScorer(self.backbone(), kept.facts["per_token"], shown)
