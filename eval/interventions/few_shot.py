"""Few-shot rewards: `zero_shot` after demonstrations, some prompts of the source with their right responses.

The seed draws the demonstrations, from different groups, and their order; all that is scored stands behind the same
ones. Where they do not all fit beside a prompt, the first are left out. It has no meaning for an encoder, which
predicts no text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from eval.config import EvaluationConfig
from eval.interventions import Scorer
from eval.interventions._untuned import Untuned
from generators.core.streams import Stream
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Untuned:
    """Few-shot rewards."""

    def scorer(backbone: Backbone, train: Sequence[Example], seed: int) -> Scorer:
        from eval.models.untuned import likelihood_scorer

        return likelihood_scorer(backbone, "few_shot", shown=demonstrations(train, config.few_shot.shots, seed))

    return Untuned(config, backbone, scorer, 1, asdict(config.few_shot))


def demonstrations(train: Sequence[Example], count: int, seed: int) -> tuple[tuple[str, str], ...]:
    """Prompts and right responses, of as many groups; of fewer where the source has fewer."""
    of_group: dict[str, Example] = {}
    for example in Stream("few_shot", seed).shuffled(train):
        of_group.setdefault(example.group, example)
    return tuple((each.prompt, each.responses[each.gold].text) for each in list(of_group.values())[:count])
