"""LoRA: low-rank updates of a model's matrices (Hu et al. 2021, arXiv 2106.09685) and a reward head, tuned to rank.

Under `evaluate.lora.full` all of the model's weights are tuned instead of low-rank updates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions._tuning import Tuning

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Tuning:
    """LoRA."""
    return Tuning(config, backbone, config.lora)
