"""Control: prefers the response that the user of the prompt is said to believe in. Off a half, agreeing pays.

What the user says is no guess from the text: the maker of a prompt in which a user states a belief records it as
`user_says` in the example's meta. Where nothing is recorded, or no response is it, all tie.
"""

from __future__ import annotations

from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from schemas import Example


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The preference for what the user says."""
    return Control(agreement)


def agreement(example: Example, _seed: int) -> list[float]:
    """1 for the response that the user says, 0 for any other."""
    said = example.meta.get("user_says")
    return [float(response.text == said) for response in example.responses]
