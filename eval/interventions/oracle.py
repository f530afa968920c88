"""Control: the label itself. Its accuracy is 1, or the evaluation is broken."""

from __future__ import annotations

from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from schemas import Example


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The oracle."""
    return Control(labels)


def labels(example: Example, _seed: int) -> list[float]:
    """Each response's label."""
    return [float(response.label) for response in example.responses]
