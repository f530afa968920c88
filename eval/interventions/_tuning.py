"""What interventions that tune a reward model share; their files say what of the model is tuned.

What a reward is read from is decided in `eval.models.reward`, how it is tuned in `eval.models.tuning`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from eval.config import EvaluationConfig, TuningSettings
from eval.interventions import Kept, Scorer
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


@dataclass(frozen=True, slots=True)
class Tuning:
    """An intervention that tunes a reward model.

    Attributes:
        config: The evaluation's settings.
        backbone: Loads the model.
        how: What of the model is tuned, and how.
    """

    config: EvaluationConfig
    backbone: Callable[[], Backbone]
    how: TuningSettings

    @property
    def epochs(self) -> int:
        """Passes over the source."""
        return self.how.epochs

    @property
    def reads_model(self) -> bool:
        """It reads and adapts the model."""
        return True

    @property
    def settings(self) -> dict[str, Any]:
        """How much the model reads, how exactly, and how it is tuned."""
        return {"max_tokens": self.config.max_tokens, "precision": self.config.precision, **asdict(self.how)}

    def tuning_tokens(self, train: Sequence[Example], seed: int) -> int:
        """Tokens of all pairs over all passes, as far as `tokens` allows."""
        from eval.models.tuning import tuning_tokens

        return tuning_tokens(self.backbone(), train, self.how, seed)

    def fit(self, train: Sequence[Example], seed: int) -> Scorer:
        """A reward model tuned on the source.

        Raises:
            ShiftworksError: The loss became infinite or no number, or the model has no matrix to adapt.
        """
        from eval.models.tuning import tuned

        return tuned(self.backbone(), train, self.how, seed)

    def restore(self, kept: Kept) -> Scorer:
        """The reward model as it was tuned.

        Raises:
            ShiftworksError: What was kept is not of this model.
        """
        from eval.models.tuning import restored

        return restored(self.backbone(), self.how, kept)
