"""Mass mean shift (Li et al. 2023, arXiv 2306.03341), read rather than written.

They shift attention heads' outputs from the mean of false texts towards the mean of true ones, in the heads where a
probe tells both best, in units of the standard deviation along that direction. Here nothing is shifted: the score of a
response is the sum of its heads' projections on these directions, in the same units. Heads are ranked by a logistic
probe's accuracy on held-out pairs of the source; of equals the first. GENIES averages the cosines of directions and
differences of a pair instead, which gives pairs but not responses a score.
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
    """Mass mean shift."""
    return Representation(config, backbone, learn, asdict(config.mms))


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Linear:
    """The directions of a source's best heads.

    Raises:
        ShiftworksError: The model's heads are not found.
    """
    import numpy as np

    from eval.models.directions import Linear, accuracy, logistic, mean_difference

    fitted, held = (some.states("heads") for some in pairs.split(config.held_out, seed))
    places = list(np.ndindex(fitted[0].shape[1:3]))
    found = []
    for layer, head in places:
        weights = logistic(fitted[0][:, layer, head], fitted[1][:, layer, head], config.mms.penalty)
        found.append(accuracy((held[0][:, layer, head] - held[1][:, layer, head]) @ weights))
    best = sorted(range(len(places)), key=lambda i: -found[i])[: config.mms.heads]
    right, wrong = pairs.states("heads")
    weights = np.zeros(right.shape[1:])
    for layer, head in (places[i] for i in best):
        weights[layer, head] = mean_difference(right[:, layer, head], wrong[:, layer, head])
    return Linear("heads", weights)
