"""Control: a coin tossed for every response, keyed by the example. Its accuracy is a half within its interval."""

from __future__ import annotations

from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from generators.core.streams import Stream
from schemas import Example

#: Sides of the coin; so many that ties do not matter.
SIDES = 2**32


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The coin."""
    return Control(toss)


def toss(example: Example, seed: int) -> list[float]:
    """A uniform draw for each response, the same in any order of examples."""
    rng = Stream("coin", seed, example.id)
    return [rng.below(SIDES) / SIDES for _ in example.responses]
