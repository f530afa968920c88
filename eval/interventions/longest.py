"""Control: prefers the response with most characters. Off a half, length gives labels away."""

from __future__ import annotations

from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from schemas import Example


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The preference for length."""
    return Control(lengths)


def lengths(example: Example, _seed: int) -> list[float]:
    """Each response's length in characters."""
    return [float(len(response.text)) for response in example.responses]
