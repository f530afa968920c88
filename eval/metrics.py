"""What scores mean: pairs ranked right, and what of a capability they show, each figure with an interval.

The unit is a *pair*: the right response of an example against one of its wrong ones. A tie counts half. Where a source
was tuned with several seeds a figure is the mean over them. Intervals resample groups and seeds (`eval.resampling`).
Generalization, capability, elicitation and differential elicitation follow GENIES (Clymer et al. 2023,
arXiv 2311.07723), except for ties, which count as right there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eval.resampling import Estimate, Floats, group_draws, percentile, seed_draws
from eval.verdicts import CHANCE
from schemas import Example, ShiftworksError

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


def accuracy(counted: Tally, resamples: int, seed: int) -> Estimate:
    """Pair accuracy with its interval."""
    return percentile(counted.accuracy, counted.resampled(resamples, seed))


def elicitation(target: Tally, capability: Tally, resamples: int, seed: int) -> Estimate:
    """Accuracy on the target / capability: of what the model can rank, the share that it does rank.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: The capability is 0, so that there is nothing to divide by.
    """
    return mean_elicitation([(target, capability)], resamples, seed)


def differential_elicitation(target: Tally, zero_shot: Tally, capability: Tally, resamples: int, seed: int) -> Estimate:
    """(Accuracy on the target - zero-shot accuracy on the target) / capability: what tuning on the source adds.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        zero_shot: The same pairs, ranked without tuning.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: The capability is 0, so that there is nothing to divide by.
    """
    return mean_differential_elicitation([(target, zero_shot, capability)], resamples, seed)


def mean_accuracy(tallies: Sequence[Tally], resamples: int, seed: int) -> Estimate:
    """The plain mean of accuracies; its interval resamples what each is made of, not the shifts."""
    return _mean([(each.accuracy, each.resampled(resamples, seed)) for each in tallies])


def mean_elicitation(shifts: Sequence[tuple[Tally, Tally]], resamples: int, seed: int) -> Estimate:
    """The plain mean of the elicitations of some shifts; its interval resamples groups and seeds, not the shifts.

    Args:
        shifts: Target and capability of each, as `elicitation` takes them.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: A capability is 0, so that there is nothing to divide by.
    """
    return _mean(
        [
            _ratio(target.accuracy, target.resampled(resamples, seed), able, able.resampled(resamples, seed))
            for target, able in shifts
        ]
    )


def mean_differential_elicitation(shifts: Sequence[tuple[Tally, Tally, Tally]], resamples: int, seed: int) -> Estimate:
    """The plain mean of the differential elicitations of some shifts, as `mean_elicitation` is of elicitations.

    Args:
        shifts: Target, zero-shot and capability of each, as `differential_elicitation` takes them.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: A capability is 0, so that there is nothing to divide by.
    """
    return _mean(
        [
            _ratio(
                target.accuracy - untuned.accuracy,
                target.resampled(resamples, seed) - untuned.resampled(resamples, seed),
                able,
                able.resampled(resamples, seed),
            )
            for target, untuned, able in shifts
        ]
    )


def chance_adjusted_elicitation(target: Tally, capability: Tally, resamples: int, seed: int) -> Estimate | str:
    """(Accuracy on the target - a half) / (capability - a half): 0 is guessing, below it is worse than guessing.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Returns:
        The figure, or why there is none.
    """
    under = capability.resampled(resamples, seed)
    if percentile(capability.accuracy, under).low <= CHANCE:
        return "the capability's interval reaches down to chance"
    over = target.resampled(resamples, seed) - CHANCE
    # As in `_ratio`: the few samples in which nothing could be done say nothing about what was done of it.
    sound = under > CHANCE
    return percentile(
        (target.accuracy - CHANCE) / (capability.accuracy - CHANCE), over[sound] / (under[sound] - CHANCE)
    )


def item_elicitation(target: Ranking, capability: Ranking, resamples: int, seed: int) -> Estimate | str:
    """Of the items that the reference-tuned model gets right, the share that the source-tuned one gets right as target.

    An item is right where the right response has the top score of its prompt; a top shared by k counts 1 / k. With
    several seeds every source tuning is held against every reference tuning.

    Args:
        target: Pairs of the target, ranked after tuning on the source.
        capability: Pairs of the reference, ranked by the best intervention tuned there.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Returns:
        The figure, or why there is none: items coincide where both splits hold the same groups at the same places.
    """
    if target.items != capability.items:
        return "target and reference do not hold the same items"
    able = capability.won
    if not able.any():
        return "the reference-tuned model gets no item right"
    both = (target.won[:, None, :] * able).reshape(-1, len(target.items))
    over = target.by_group(both, target.group_of_example)
    under = capability.by_group(able, capability.group_of_example)
    times = group_draws(target.groups, resamples, seed)
    mine = seed_draws(target.tuning, len(target.won), resamples, seed)
    theirs = seed_draws(capability.tuning, len(able), resamples, seed)
    crossed = (mine[:, :, None] * theirs[:, None, :]).reshape(resamples, -1)
    overs = (times @ over.T * crossed).sum(axis=1)
    unders = (times @ under.T * theirs).sum(axis=1)
    sound = unders > 0
    return percentile(float(over.sum() / under.sum()) / len(target.won), overs[sound] / unders[sound])


def agreement(ranking: Ranking, likelihood: Ranking, resamples: int, seed: int) -> Estimate:
    """Share of the pairs that are ranked as the likelihood of their responses ranks them; a tie in either counts half.

    Args:
        ranking: The pairs as an intervention ranks them.
        likelihood: The same pairs as the untuned model's likelihood ranks them.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.
    """
    return accuracy(ranking.counted(halves(ranking.margins * np.sign(likelihood.margins))), resamples, seed)


def difference(one: Tally, other: Tally, resamples: int, seed: int) -> Estimate:
    """Accuracy of one intervention less that of another over the same pairs, resampled together."""
    return percentile(one.accuracy - other.accuracy, one.resampled(resamples, seed) - other.resampled(resamples, seed))


def _ratio(over: float, overs: Floats, capability: Tally, under: Floats) -> tuple[float, Floats]:
    if capability.accuracy == 0:
        raise ShiftworksError("the capability on the reference is 0, so no elicitation can be measured; add examples")
    # A sample of a tiny reference may hold no pair ranked right; it says nothing about a ratio.
    return over / capability.accuracy, overs / np.where(under > 0, under, np.nan)


def _mean(figures: Sequence[tuple[float, Floats]]) -> Estimate:
    """The mean of figures, each with its bootstrap samples; samples that lack one are left out."""
    sampled = np.mean([samples for _, samples in figures], axis=0)
    return percentile(sum(value for value, _ in figures) / len(figures), sampled[~np.isnan(sampled)])
