"""Pairs: the right response of an example against each of its wrong ones, as scores rank them, counted by group.

A tie counts half. Where a source was tuned with several seeds every figure is a mean over them, and a bootstrap sample
draws groups and tunings (`eval.resampling`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eval.resampling import Floats, group_draws, seed_draws
from schemas import Example

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Ranking:
    """How the tunings of one source by one intervention ranked the pairs of a test split.

    Attributes:
        tuning: Names what was tuned on what; what shares it is resampled with the same tunings.
        items: The group of each example, in the order of the file.
        example_of: For each pair the number of its example, ascending.
        margins: For each seed (a row) and pair the right response's score less the wrong one's.
    """

    tuning: tuple[str, ...]
    items: tuple[str, ...]
    example_of: Places
    margins: Floats

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups, sorted."""
        return tuple(sorted(set(self.items)))

    @cached_property
    def group_of_example(self) -> Places:
        """For each example the place of its group."""
        place = {group: i for i, group in enumerate(self.groups)}
        return np.array([place[item] for item in self.items])

    @property
    def group_of(self) -> Places:
        """For each pair the place of its group."""
        return self.group_of_example[self.example_of]

    @cached_property
    def tally(self) -> Tally:
        """Pairs ranked right, counted by group."""
        return self.counted(halves(self.margins))

    def counted(self, right: Floats) -> Tally:
        """Whatever is right of each pair (0, a half or 1; a row a seed), counted by group."""
        ones = np.ones((1, right.shape[1]))
        return Tally(
            self.groups, self.by_group(right, self.group_of), self.by_group(ones, self.group_of)[0], self.tuning
        )

    def by_group(self, values: Floats, places: Places) -> Floats:
        """Sums by group of the values of each row, given each value's place among the groups."""
        return np.stack([np.bincount(places, row, len(self.groups)) for row in values])

    @cached_property
    def won(self) -> Floats:
        """For each seed and example 1 where the right response has the top score; a shared top is its share of it."""
        starts = np.searchsorted(self.example_of, np.arange(len(self.items)))
        worst = np.minimum.reduceat(self.margins, starts, axis=1)
        ties = np.add.reduceat((self.margins == 0).astype(np.float64), starts, axis=1)
        won: Floats = np.where(worst < 0, 0.0, 1 / (1 + ties))
        return won


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs that are right, counted by group.

    Attributes:
        groups: The groups, sorted.
        right: For each seed (a row) the pairs of each group that were ranked right; a tie counts half.
        pairs: Pairs of each group.
        tuning: Names what was tuned on what.
    """

    groups: tuple[str, ...]
    right: Floats
    pairs: Floats
    tuning: tuple[str, ...] = ()

    @property
    def by_seed(self) -> list[float]:
        """Share of pairs ranked right by each seed's tuning."""
        return [float(row.sum() / self.pairs.sum()) for row in self.right]

    @property
    def accuracy(self) -> float:
        """Share of pairs ranked right, the mean over seeds."""
        return sum(self.by_seed) / len(self.right)

    def resampled(self, resamples: int, seed: int) -> Floats:
        """The accuracy in each bootstrap sample of groups and tunings."""
        times = group_draws(self.groups, resamples, seed)
        shares = seed_draws(self.tuning, len(self.right), resamples, seed)
        sampled: Floats = (times @ self.right.T * shares).sum(axis=1) / (times @ self.pairs)
        return sampled


def rank(
    examples: Sequence[Example], scores: Sequence[Sequence[Sequence[float]]], tuning: tuple[str, ...] = ()
) -> Ranking:
    """Sets every right response against each of the wrong ones.

    Args:
        examples: At least one example.
        scores: For each seed, for each example, a score of each response, in their order.
        tuning: Names what was tuned on what.

    Raises:
        ValueError: Examples and scores do not match.
    """
    margins: list[list[float]] = []
    example_of: list[int] = []
    for values_by_example in scores:
        row: list[float] = []
        example_of = []
        for number, (example, values) in enumerate(zip(examples, values_by_example, strict=True)):
            if len(values) != len(example.responses):
                raise ValueError(f"{example.id}: {len(values)} scores for {len(example.responses)} responses")
            gold = example.gold
            row += [values[gold] - other for i, other in enumerate(values) if i != gold]
            example_of += [number] * (len(values) - 1)
        margins.append(row)
    return Ranking(tuning, tuple(example.group for example in examples), np.array(example_of), np.array(margins))


def halves(margins: Floats) -> Floats:
    """1 where a margin is for the right response, 0 where it is against it, a half for a tie."""
    halved: Floats = (np.sign(margins) + 1) / 2
    return halved
