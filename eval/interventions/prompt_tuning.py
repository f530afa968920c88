"""Prompt tuning (Lester et al. 2021, arXiv 2104.08691): vectors before every text and a reward head, tuned to rank.

The model's own weights stay as they are. Encoders take such a prompt as causal models do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions._tuning import Tuning

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Tuning:
    """Prompt tuning."""
    return Tuning(config, backbone, config.prompt_tuning)
