"""What pairs ranked right mean: accuracy, what of a capability it shows, and what sets two interventions apart.

Every figure has a 95 % interval that resamples groups and, where there are several, seeds. Generalization, capability,
elicitation and differential elicitation follow GENIES (Clymer et al. 2023, arXiv 2311.07723), except for ties, which
count as right there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.ranking import Ranking, Tally, halves
from eval.resampling import Estimate, Floats, group_draws, percentile, seed_draws
from eval.verdicts import CHANCE
from schemas import ShiftworksError


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
