"""A split as columns, so that cues are computed for all of its responses at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas import Example

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """All responses of a split, example after example, and the pairs that an example's responses make.

    Attributes:
        prompts: The prompt of each example.
        groups: The group of each example, as a number from 0.
        texts: The text of each response.
        example: The example that each response belongs to.
        position: The place of each response among those of its example, from 0.
        label: The label of each response.
        gold: For each pair, the response labelled 1.
        wrong: For each pair, the response labelled 0.
    """

    prompts: Sequence[str]
    groups: Integers
    texts: Sequence[str]
    example: Integers
    position: Integers
    label: Integers
    gold: Integers
    wrong: Integers

    @classmethod
    def of(cls, examples: Sequence[Example]) -> Table:
        """The table of a split's examples; every example gives one pair for each of its wrong responses."""
        sizes = np.array([len(example.responses) for example in examples], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        owner = np.repeat(np.arange(len(examples), dtype=np.int64), sizes)
        label = np.array([r.label for example in examples for r in example.responses], dtype=np.int64)
        # Every example has exactly one response labelled 1, so the n-th such response is the n-th example's.
        gold = np.flatnonzero(label == 1).astype(np.int64)
        wrong = np.flatnonzero(label == 0).astype(np.int64)
        _, groups = np.unique(np.array([example.group for example in examples], dtype=np.str_), return_inverse=True)
        return cls(
            prompts=[example.prompt for example in examples],
            groups=groups.astype(np.int64),
            texts=[r.text for example in examples for r in example.responses],
            example=owner,
            position=np.arange(len(label), dtype=np.int64) - np.repeat(starts, sizes),
            label=label,
            gold=gold[owner[wrong]],
            wrong=wrong,
        )

    @property
    def pair_groups(self) -> Integers:
        """The group of each pair."""
        return self.groups[self.example[self.gold]]

    def outcomes(self, scores: Floats) -> Floats:
        """For each pair 1 where the right response scores higher, 0 where it scores lower, a half for a tie."""
        return (np.sign(scores[self.gold] - scores[self.wrong]) + 1) / 2
