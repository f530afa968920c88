"""Probe: a logistic regression on how the states of a right and a wrong response differ.

The plainest supervised reading, and the baseline that the others must beat. Layer and penalty are those that rank most
held-out pairs of the source right; of equals the first.
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
    """The probe."""
    return Representation(config, backbone, learn, {"penalties": list(config.probe.penalties)})


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Linear:
    """The probe of a source."""
    from eval.models.directions import accuracy, at_layer, logistic

    fitted, held = (some.states("text") for some in pairs.split(config.held_out, seed))
    found = {}
    for layer in range(fitted[0].shape[1]):
        for penalty in config.probe.penalties:
            weights = logistic(fitted[0][:, layer], fitted[1][:, layer], penalty)
            found[layer, penalty] = accuracy((held[0][:, layer] - held[1][:, layer]) @ weights)
    layer, penalty = max(found, key=lambda choice: found[choice])
    right, wrong = pairs.states("text")
    return at_layer("text", right.shape[1:], layer, logistic(right[:, layer], wrong[:, layer], penalty))
