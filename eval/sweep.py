"""A sweep: which settings of an intervention do best on a part of the source's training examples.

Some groups of each source's train split are held out; with each setting the intervention is tuned on the others and
ranks these. No test split is opened, neither the source's nor a target's, so that what is chosen here may be measured
there. Scores are kept as those of an evaluation are, so an interrupted sweep goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from eval.config import SECTION, EvaluationConfig
from eval.dataset import Dataset, HeldOut, load
from eval.interventions._runs import Runs
from generators.core.streams import Stream
from schemas import ShiftworksError

if TYPE_CHECKING:
    from eval.ranking import Tally
    from eval.resampling import Estimate

#: A combination of settings: what it changes, and the settings with that changed.
Choice = tuple[dict[str, Any], EvaluationConfig]


@dataclass(frozen=True, slots=True)
class Trial:
    """One combination of settings.

    Attributes:
        changes: What it changes; nothing if it is the present settings.
        config: The settings.
        accuracy: Share of held-out pairs ranked right, the mean of the sources; None if a tuning failed.
        gain: The same less that of the present settings, over the same pairs; None where one of the two is.
        failures: Why tunings failed.
    """

    changes: dict[str, Any]
    config: EvaluationConfig
    accuracy: Estimate | None
    gain: Estimate | None
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found.

    Attributes:
        intervention: The intervention.
        sources: The distributions that it was tuned on.
        pairs: Pairs that were held out of them.
        possible: Combinations that there are, the present settings apart.
        trials: Those that were tried, best first; those that failed last.
    """

    intervention: str
    sources: tuple[str, ...]
    pairs: int
    possible: int
    trials: tuple[Trial, ...]


def sweep(
    data: Path,
    out: Path,
    config: EvaluationConfig,
    choices: Sequence[Choice],
    intervention: str,
    names: Sequence[str],
    limit: int,
) -> Sweep:
    """Tries settings of an intervention on parts of sources' training examples; the present settings are always tried.

    Args:
        data: The data folder.
        out: The folder for results; scores are kept in its folder `cache`.
        config: The present settings.
        choices: What may be tried, as `load_choices` gives it.
        intervention: The intervention.
        names: Distributions, or shifts, of which the source counts; at least one.
        limit: How many are tried beside the present settings, drawn by the seed where there are more.

    Raises:
        ShiftworksError: Data, model or disk are not as they must be, or no setting could be tried.
    """
    from tqdm import tqdm

    dataset = load(data, names)
    of_shift = {shift.name: shift.source for shift in dataset.shifts}
    sources = tuple(dict.fromkeys(of_shift.get(name, name) for name in names))
    parts = {name: HeldOut(dataset[name], config.held_out, config.seed) for name in sources}
    runs = Runs(Dataset(data, (), parts), out / "cache", config, [intervention])
    if not runs.interventions[intervention].epochs:
        raise ShiftworksError(f"{intervention} learns nothing, so there is nothing to sweep")
    others = [(changes, other) for changes, other in choices if other != config]
    rng = Stream("sweep", config.seed, intervention)
    drawn = [*others] if len(others) <= limit else rng.sample(others, limit)
    tried = []
    with tqdm(total=(1 + len(drawn)) * len(sources), desc="sweep", unit="tuning", disable=None) as bar:
        for changes, other in [({}, config), *drawn]:
            runs.configure(other)
            tried.append((changes, other, *_tried(runs, intervention, sources)))
            bar.update(len(sources))
    present = tried[0][2]
    trials = [_trial(*each, present) for each in tried]
    if all(trial.accuracy is None for trial in trials):
        raise ShiftworksError(f"no setting of {intervention} could be tried: {trials[0].failures[0]}")
    trials.sort(key=lambda trial: -trial.accuracy.value if trial.accuracy else 0.0)
    pairs = sum(len(example.responses) - 1 for part in parts.values() for example in part.test)
    return Sweep(intervention, sources, pairs, len(others), tuple(trials))


def _tried(runs: Runs, name: str, sources: Sequence[str]) -> tuple[list[Tally], list[str]]:
    """What an intervention ranks right of each source's held-out pairs, and why some tunings failed."""
    from eval.ranking import rank

    earlier = len(runs.failures)
    tallies = [
        rank(runs.dataset[source].test, [scores.values], (name, source)).tally
        for source in sources
        for _, scores in runs.score(name, source, [source])
    ]
    return tallies, [f"tuned on {failure.source}: {failure.reason}" for failure in runs.failures[earlier:]]


def _trial(
    changes: dict[str, Any],
    config: EvaluationConfig,
    tallies: Sequence[Tally],
    failures: list[str],
    present: Sequence[Tally],
) -> Trial:
    """The figures of a combination; resampled over groups, those of one source alike for all combinations."""
    import numpy as np

    from eval.resampling import percentile

    def estimate(pairs: Sequence[tuple[Tally, Tally | None]]) -> Estimate:
        drawn = (config.resamples, config.seed)
        value = np.mean([one.accuracy - (other.accuracy if other else 0.0) for one, other in pairs])
        samples = [one.resampled(*drawn) - (other.resampled(*drawn) if other else 0.0) for one, other in pairs]
        return percentile(float(value), np.mean(samples, axis=0))

    if failures:
        return Trial(changes, config, None, None, failures)
    compared = list(zip(tallies, present, strict=True)) if len(present) == len(tallies) else []
    return Trial(
        changes,
        config,
        estimate([(one, None) for one in tallies]),
        estimate([*compared]) if changes and compared else None,
    )


def table(found: Sweep) -> str:
    """A sweep for the terminal: a row for each setting, the best first, and the line for `params.yaml`."""
    settings = list(dict.fromkeys(name for trial in found.trials for name in trial.changes))
    rows = [[*settings, "held-out accuracy", "against the present"]]
    for trial in found.trials:
        section = asdict(getattr(trial.config, found.intervention))
        rows.append([*(_shown(section[name]) for name in settings), *_figures(trial)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += [f"failed: {trial.changes}: {line}" for trial in found.trials for line in trial.failures]
    best = found.trials[0]
    lines.append(
        f"{len(found.trials) - 1} of {found.possible} settings beside the present, tuned on a part of "
        f"{', '.join(found.sources)} and ranked by {found.pairs} held-out pairs of its training examples; the best of "
        "many looks better than it is: measure it anew with `shifts eval`"
    )
    if best.changes and best.gain and best.gain.low <= 0:
        lines.append("none is surely better than the present settings: the interval of the best one's gain holds 0")
    if best.changes:
        lines.append(f"in params.yaml, under `{SECTION}:`, the best is")
        lines.append(line_of(found.intervention, best.config))
    else:
        lines.append("the present settings are the best: nothing to change")
    return "\n".join(lines)


def line_of(intervention: str, config: EvaluationConfig) -> str:
    """An intervention's settings as the line that states them in `params.yaml`."""
    section = asdict(getattr(config, intervention))
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in section.items()}
    stated = yaml.safe_dump(plain, default_flow_style=True, sort_keys=False, width=10**6).strip()
    return f"  {intervention}: {stated}"


def _figures(trial: Trial) -> list[str]:
    """A trial's accuracy and gain, with their intervals."""
    if trial.accuracy is None:
        return ["failed", ""]
    accuracy, gain = trial.accuracy, trial.gain
    shown = f"{accuracy.value:.3f} [{accuracy.low:.3f}, {accuracy.high:.3f}]"
    if not trial.changes:
        return [shown, "the present"]
    return [shown, f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]" if gain else ""]


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
