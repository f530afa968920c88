"""LoRA with the settings of the GENIES release (Clymer et al. 2023, arXiv 2311.07723), whatever `evaluate.lora` says.

As it states them: rank 64 and alpha 16 on the matrices that peft names for the architecture, a dropout of .1, a
constant rate of 2e-5 for adapters and head alike, 16 pairs a step, gradients of norm .3 at most, and 150 steps, to
which four passes over 600 pairs come. Otherwise than there, the model is held in four bits only if
`evaluate.precision` says so, and each pass draws the wrong responses anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig, LoraSettings
from eval.interventions._tuning import Tuning

if TYPE_CHECKING:
    from eval.models.backbone import Backbone

PUBLISHED = LoraSettings(
    epochs=4,
    # Of any length: it is the steps that are set.
    tokens=2**40,
    batch_size=16,
    learning_rate=2e-5,
    head_learning_rate=2e-5,
    warm_up=0.0,
    decay=False,
    gradient_norm=0.3,
    rank=64,
    alpha=16,
    dropout=0.1,
    matrices="default",
    reading="joint",
)


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Tuning:
    """LoRA as published."""
    return Tuning(config, backbone, PUBLISHED)
