"""The figures of a result: a row for each shift and intervention, and what sets two interventions apart.

Where a figure cannot be had the row holds null, and `missing` says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.special import expit

from eval.calibration import calibration_estimates, curve
from eval.metrics import (
    accuracy,
    agreement,
    chance_adjusted_elicitation,
    difference,
    differential_elicitation,
    elicitation,
    item_elicitation,
    mean_accuracy,
    mean_differential_elicitation,
    mean_elicitation,
)
from eval.published import Row, as_published
from eval.ranking import Ranking
from eval.resampling import Estimate, Floats, group_draws, seed_draws
from schemas import ShiftEntry

#: Decimals of a figure that has no interval.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Ranked:
    """All that the figures of one intervention on one shift are made of.

    Attributes:
        source: Pairs of the source, ranked after tuning on it.
        target: Pairs of the target, ranked after tuning on the source.
        zero_shot: Pairs of the target, ranked without tuning.
        able: Pairs of the reference, ranked by each intervention tuned there that counts for the capability.
        seeds: Seeds of the tunings, in the order of the target's margins.
        reads_model: Whether the intervention reads a model; a control does not.
        likelihood: Whether zero-shot scores are likelihoods.
    """

    source: Ranking
    target: Ranking
    zero_shot: Ranking
    able: Mapping[str, Ranking]
    seeds: Sequence[int]
    reads_model: bool
    likelihood: bool

    @property
    def best(self) -> str:
        """The intervention whose accuracy counts as the capability."""
        return max(self.able, key=lambda name: self.able[name].tally.accuracy)

    @property
    def capability(self) -> Ranking:
        """Pairs of the reference, ranked by that intervention."""
        return self.able[self.best]


def row(shift: ShiftEntry, intervention: str, ranked: Ranked, resamples: int, seed: int) -> dict[str, Any]:
    """The figures of one intervention on one shift.

    Args:
        shift: The shift.
        intervention: The intervention.
        ranked: How it ranked the pairs, and what else is needed.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: The capability is 0, so that there is nothing to divide by.
    """
    drawn = (resamples, seed)
    target, zero_shot, able = ranked.target.tally, ranked.zero_shot.tally, ranked.capability.tally
    maybe: dict[str, Estimate | dict[str, Any] | str] = {
        "chance_adjusted_elicitation": chance_adjusted_elicitation(target, able, *drawn),
        "item_elicitation": item_elicitation(ranked.target, ranked.capability, *drawn),
        "likelihood_agreement": (
            agreement(ranked.target, ranked.zero_shot, *drawn)
            if ranked.likelihood
            else "zero-shot scores of this model are no likelihoods"
        ),
        "calibration": (
            _calibration(ranked.target, *drawn) if ranked.reads_model else "a control's scores promise no probability"
        ),
    }
    return {
        "shift": shift.name,
        "label": shift.label,
        "category": shift.category,
        "source": shift.source,
        "target": shift.target,
        "intervention": intervention,
        "source_accuracy": accuracy(ranked.source.tally, *drawn).to_json(),
        "generalization": accuracy(target, *drawn).to_json(),
        "capability": accuracy(able, *drawn).to_json(),
        "capability_by": ranked.best,
        "zero_shot": accuracy(zero_shot, *drawn).to_json(),
        "elicitation": elicitation(target, able, *drawn).to_json(),
        "differential_elicitation": differential_elicitation(target, zero_shot, able, *drawn).to_json(),
        **{name: _json(figure) for name, figure in maybe.items()},
        "missing": {name: figure for name, figure in maybe.items() if isinstance(figure, str)},
        "spread": _spread(ranked.seeds, target.by_seed) if len(target.by_seed) > 1 else None,
        "published": _published(shift, ranked),
        "pairs": int(target.pairs.sum()),
        "prompts": len(ranked.target.items),
    }


def means(
    ranked: Mapping[tuple[ShiftEntry, str], Ranked], kind: str, resamples: int, seed: int
) -> list[dict[str, Any]]:
    """Plain means over the shifts of each label or category, for each intervention.

    The shifts stay the same in every bootstrap sample: they were chosen, and a category holds only a few.

    Args:
        ranked: By shift and intervention what the figures are made of.
        kind: `label` or `category`.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.

    Raises:
        ShiftworksError: A capability is 0, so that there is nothing to divide by.
    """
    together: dict[tuple[str, str], list[Ranked]] = {}
    for (shift, intervention), each in ranked.items():
        together.setdefault((getattr(shift, kind), intervention), []).append(each)
    drawn = (resamples, seed)
    made = []
    for (name, intervention), own in sorted(together.items(), key=lambda entry: entry[0][0]):
        parts = [(each.target.tally, each.zero_shot.tally, each.capability.tally) for each in own]
        made.append(
            {
                "over": kind,
                "name": name,
                "intervention": intervention,
                "shifts": len(own),
                "generalization": mean_accuracy([target for target, _, _ in parts], *drawn).to_json(),
                "elicitation": mean_elicitation([(target, able) for target, _, able in parts], *drawn).to_json(),
                "differential_elicitation": mean_differential_elicitation(parts, *drawn).to_json(),
            }
        )
    return made


def comparisons(shift: ShiftEntry, targets: Mapping[str, Ranking], resamples: int, seed: int) -> list[dict[str, Any]]:
    """Each two interventions on one target: the accuracy of the one less that of the other, resampled together.

    Args:
        shift: The shift.
        targets: Pairs of the target as each intervention ranks them.
        resamples: Number of bootstrap samples.
        seed: Seed of the evaluation.
    """
    return [
        {
            "shift": shift.name,
            "one": one,
            "other": other,
            "difference": difference(targets[one].tally, targets[other].tally, resamples, seed).to_json(),
        }
        for one, other in combinations(targets, 2)
    ]


def probabilities(ranking: Ranking) -> Floats:
    """For each seed and pair the probability of the right response: the sigmoid of the difference of the two scores.

    It is what a reward model tuned on pairs by their log-loss says (Bradley and Terry 1952). Scores that were never
    fitted to choices, such as a cosine, are read in the same way.
    """
    made: Floats = expit(ranking.margins)
    return made


def _json(figure: Estimate | dict[str, Any] | str) -> dict[str, Any] | None:
    if isinstance(figure, str):
        return None
    return figure.to_json() if isinstance(figure, Estimate) else figure


def _calibration(ranking: Ranking, resamples: int, seed: int) -> dict[str, Any]:
    p = probabilities(ranking)
    shares = seed_draws(ranking.tuning, len(p), resamples, seed)
    times = group_draws(ranking.groups, resamples, seed)
    found = calibration_estimates(p, ranking.group_of, times, shares)
    return {**{name: estimate.to_json() for name, estimate in found.items()}, "curve": curve(p)}


def _spread(seeds: Sequence[int], values: Sequence[float]) -> dict[str, Any]:
    """What the seeds' tunings make of the target, each by itself."""
    return {
        "seeds": list(seeds),
        "generalization": [round(value, DECIMALS) for value in values],
        "standard_deviation": round(float(np.std(values, ddof=1)), DECIMALS),
    }


def _published(shift: ShiftEntry, ranked: Ranked) -> dict[str, float | None]:
    """The figures by the published definitions, faults included; with several seeds the mean of each."""
    mine = _as_published(ranked.target)
    accuracy, brier, rms = (mine[name] for name in ("accuracy", "brier", "rms_calibration_error"))
    baseline = _as_published(ranked.zero_shot)["accuracy"]
    capability = max(_as_published(each)["accuracy"] for each in ranked.able.values())
    figures = Row(shift.source, shift.target, accuracy, baseline, capability, rms)
    found = {
        "generalization": accuracy,
        "zero_shot": baseline,
        "capability": capability,
        "elicitation": figures.elicitation,
        "differential_elicitation": figures.differential,
        "brier": brier,
        "rms_calibration_error": rms,
    }
    return {name: None if value is None else round(value, DECIMALS) for name, value in found.items()}


def _as_published(ranking: Ranking) -> dict[str, Any]:
    made = [as_published(each) for each in probabilities(ranking)]
    by_name = {name: [value for each in made if (value := each[name]) is not None] for name in made[0]}
    return {name: float(np.mean(values)) if values else None for name, values in by_name.items()}
