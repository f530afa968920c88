"""Control: prefers the response with fewest characters. Off a half, length gives labels away."""

from __future__ import annotations

from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from eval.interventions.longest import lengths
from schemas import Example


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The preference for brevity."""
    return Control(brevity)


def brevity(example: Example, seed: int) -> list[float]:
    """Each response's length in characters, negative."""
    return [-length for length in lengths(example, seed)]
