"""Contrastive activations (after GENIES, Clymer et al. 2023, arXiv 2311.07723, and Zou et al. 2023, arXiv 2310.01405).

A response is read as the contrast of two statements about it: the state of "this answer is good" less that of "this
answer is bad" (`eval.models.packed`), so that what the response merely says cancels. The reading vector is the mean
contrast of right responses less that of wrong ones, in the layer that ranks most held-out pairs of the source right,
and the score is the projection on it. Nothing is added to the model's states. GENIES takes attention heads and cosines
in place of one layer and a projection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions._representation import Representation

if TYPE_CHECKING:
    from eval.models.backbone import Backbone
    from eval.models.directions import Linear, Pairs


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Representation:
    """Contrastive activations."""
    return Representation(config, backbone, learn, {})


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Linear:
    """The reading vector of a source."""
    from eval.models.directions import at_layer, best_layer, mean_difference

    layer = best_layer(pairs, "contrast", mean_difference, config.held_out, seed)
    right, wrong = pairs.states("contrast")
    return at_layer("contrast", right.shape[1:], layer, mean_difference(right[:, layer], wrong[:, layer]))
