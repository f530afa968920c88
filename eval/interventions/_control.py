"""What controls share: they neither tune nor read a model, and their expected accuracy is known beforehand.

A result in which the oracle is not at 1, or the coin far from a half, says that the evaluation is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.interventions import Kept, Scores
from schemas import Example

Rule = Callable[[Example, int], list[float]]


@dataclass(frozen=True, slots=True)
class Control:
    """A control that scores the responses of an example by a rule.

    Attributes:
        rule: Scores of an example's responses, given the evaluation's seed.
    """

    rule: Rule

    @property
    def epochs(self) -> int:
        """Controls learn nothing."""
        return 0

    @property
    def reads_model(self) -> bool:
        """Controls need no model."""
        return False

    @property
    def settings(self) -> dict[str, Any]:
        """Controls have no settings."""
        return {}

    def tuning_tokens(self, train: Sequence[Example], seed: int) -> int:  # noqa: ARG002 - there is nothing to learn
        """Controls learn nothing."""
        return 0

    def fit(self, train: Sequence[Example], seed: int) -> ControlScorer:  # noqa: ARG002 - there is nothing to learn
        """The rule under a seed."""
        return ControlScorer(self.rule, seed)

    def restore(self, kept: Kept) -> ControlScorer:
        """The rule under the seed that it had."""
        return ControlScorer(self.rule, kept.facts["seed"])


@dataclass(frozen=True, slots=True)
class ControlScorer:
    """A rule under a seed."""

    rule: Rule
    seed: int

    def score(self, examples: Sequence[Example]) -> Scores:
        """The rule's scores."""
        return Scores([self.rule(example, self.seed) for example in examples])

    def kept(self) -> Kept:
        """The seed."""
        return Kept({"seed": self.seed}, {})
