"""The model as it is: how well a response goes with its prompt, without any tuning.

An encoder says so by the cosine of the two texts' embeddings, a causal language model by the log-likelihood of the
whole response after the prompt: how ready it is to say just this. A long response is less likely than a short one;
`perplexity` takes the mean over its tokens instead.
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
    """Zero-shot rewards."""
    return Untuned(config, backbone, scorer, 0, {})


def scorer(backbone: Backbone, _train: Sequence[Example], _seed: int) -> Scorer:
    """The model itself."""
    from eval.models.untuned import UntunedScorer

    return UntunedScorer(backbone)
