"""Linear artificial tomography as GENIES has it (Clymer et al. 2023, arXiv 2311.07723).

Its reading vectors are not principal components but mean differences of right and wrong responses, in the layers where
a probe tells both best on held-out pairs. The score of a response is the mean of its projections on them, in standard
deviations; GENIES averages the cosines with the difference of a pair instead, which gives pairs but not responses a
score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions._representation import Representation

if TYPE_CHECKING:
    from eval.models.backbone import Backbone
    from eval.models.directions import Linear, Pairs


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Representation:
    """Mean differences in the best layers."""
    return Representation(config, backbone, learn, asdict(config.lat_genies))


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Linear:
    """The reading vectors of a source's best layers."""
    import numpy as np

    from eval.models.directions import Linear, accuracy, logistic, mean_difference

    fitted, held = (some.states("text") for some in pairs.split(config.held_out, seed))
    found = []
    for layer in range(fitted[0].shape[1]):
        weights = logistic(fitted[0][:, layer], fitted[1][:, layer], config.lat_genies.penalty)
        found.append(accuracy((held[0][:, layer] - held[1][:, layer]) @ weights))
    best = sorted(range(len(found)), key=lambda layer: -found[layer])[: config.lat_genies.layers]
    right, wrong = pairs.states("text")
    weights = np.zeros(right.shape[1:])
    for layer in best:
        weights[layer] = mean_difference(right[:, layer], wrong[:, layer]) / len(best)
    return Linear("text", weights)
