"""Linear artificial tomography (Zou et al. 2023, arXiv 2310.01405).

The reading vector is the first principal component of the differences of the two stimuli of a pair, each taken in a
random order, so that it is found without labels; these only decide its sign, by the majority of the source's pairs. The
layer is the one that ranks most held-out pairs of the source right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions._representation import Representation

if TYPE_CHECKING:
    from eval.models.backbone import Backbone
    from eval.models.directions import Doubles, Linear, Pairs


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Representation:
    """Linear artificial tomography."""
    return Representation(config, backbone, learn, {})


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Linear:
    """The reading vector of a source."""
    from eval.models.directions import at_layer, best_layer

    def find(right: Doubles, wrong: Doubles) -> Doubles:
        return reading_vector(right, wrong, seed)

    layer = best_layer(pairs, "text", find, config.held_out, seed)
    right, wrong = pairs.states("text")
    return at_layer("text", right.shape[1:], layer, find(right[:, layer], wrong[:, layer]))


def reading_vector(right: Doubles, wrong: Doubles, seed: int) -> Doubles:
    """The first principal component of differences in random order, pointing to most of the right responses."""
    import numpy as np

    from eval.models.directions import accuracy, scaled
    from generators.core.streams import Stream

    rng = Stream("lat", seed)
    signs = np.array([1.0 if rng.chance(1, 2) else -1.0 for _ in right])
    differences = (right - wrong) * signs[:, None]
    component = np.linalg.svd(differences - differences.mean(0), full_matrices=False)[2][0]
    if accuracy((right - wrong) @ component) < 0.5:
        component = -component
    return scaled(component, right, wrong)
