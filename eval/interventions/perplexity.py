"""Perplexity: the mean log-likelihood of a response's tokens after its prompt, by the model as it is.

It is the negative logarithm of the response's perplexity, so that a response does not lose for being long;
`zero_shot` takes the sum. It has no meaning for an encoder, which predicts no text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions import Scorer
from eval.interventions._untuned import Untuned
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Untuned:
    """Perplexity."""
    return Untuned(config, backbone, scorer, 0, {})


def scorer(backbone: Backbone, _train: Sequence[Example], _seed: int) -> Scorer:
    """The model itself."""
    from eval.models.untuned import likelihood_scorer

    return likelihood_scorer(backbone, "perplexity", per_token=True)
