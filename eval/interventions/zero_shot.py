"""The model as it is: how well a response goes with its prompt, without any tuning.

An encoder says so by the cosine of the two texts' embeddings, a causal language model by the mean log-likelihood of the
response's tokens after the prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.config import EvaluationConfig
from eval.interventions import Scorer
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> ZeroShot:
    """Zero-shot rewards."""
    return ZeroShot(config, backbone)


@dataclass(frozen=True, slots=True)
class ZeroShot:
    """Zero-shot rewards; see the file's docstring."""

    config: EvaluationConfig
    backbone: Callable[[], Backbone]

    @property
    def epochs(self) -> int:
        """Nothing is learned."""
        return 0

    @property
    def reads_model(self) -> bool:
        """It reads the model as it is."""
        return True

    @property
    def settings(self) -> dict[str, Any]:
        """How much the model reads, and how exactly."""
        return {"max_tokens": self.config.max_tokens, "precision": self.config.precision}

    def fit(self, train: Sequence[Example], seed: int) -> Scorer:  # noqa: ARG002 - there is nothing to learn
        """The model itself."""
        from eval.models.untuned import UntunedScorer

        return UntunedScorer(self.backbone())
