"""The runner: every needed tuning once, every needed scoring once, then figures.

For each shift an intervention is tuned on the source and tested on the target; capability is the best of a stated set
of interventions, tuned and tested on the reference (on the target where there is none). What several shifts need is
done once, and what an earlier evaluation has already scored is not scored again. Each seed is a tuning of its own; what
learns nothing is scored once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.config import EvaluationConfig
from eval.dataset import load
from eval.interventions import Scores
from eval.interventions._faults import UnfinishedError
from eval.interventions._runs import Runs, environment
from eval.workers import work, workers_for
from schemas import SPLITS, ShiftEntry, ShiftworksError
from schemas.files import disk_errors, pretty, write_whole
from schemas.validation import validate

if TYPE_CHECKING:
    from eval.ranking import Ranking
    from eval.rows import Ranked

#: The intervention that differential elicitation is measured against.
BASELINE = "zero_shot"


@dataclass(frozen=True, slots=True)
class Job:
    """One scoring.

    Attributes:
        intervention: The intervention's name.
        source: Distribution that it is tuned on; None for an intervention that learns nothing.
        test: Distribution whose test examples it scores.
        seed: Seed of the tuning.
    """

    intervention: str
    source: str | None
    test: str
    seed: int

    @property
    def tuning(self) -> tuple[str, str | None, int]:
        """What it shares with the jobs that one tuning serves."""
        return self.intervention, self.source, self.seed


def reference(shift: ShiftEntry) -> str:
    """The distribution that a shift's capability is measured on."""
    return shift.target_reference or shift.target


class Evaluation:
    """What an evaluation will do and, once it is done, its figures.

    Args:
        data: The data folder.
        out: The folder for results.
        config: The settings.
        shifts: Names of shifts; all where none is named.
        save: Where tuned scorers are saved; None saves none.
        workers: Processes that tune and score; 0 takes as many as suit machine and model.

    Attributes:
        workers: Processes that tune and score.

    Raises:
        ShiftworksError: A name is not a shift of the folder, or not an intervention; or the model is unsound.
    """

    def __init__(
        self,
        data: Path,
        out: Path,
        config: EvaluationConfig,
        shifts: Sequence[str],
        save: Path | None = None,
        workers: int = 1,
    ) -> None:
        self.data, self.out, self.config, self.save = data, out, config, save
        self.dataset = load(data, list(shifts) or None)
        self.shifts = self.dataset.shifts
        if strangers := sorted(set(shifts) - {shift.name for shift in self.shifts}):
            raise ShiftworksError(f"{data}: {strangers[0]!r} is no shift; `shifts list` names all")
        if not self.shifts:
            raise ShiftworksError(f"{data}: no shift stands there whole; build one with `shifts build`")
        needed = dict.fromkeys([*config.interventions, *config.capability, BASELINE])
        self.runs = Runs(self.dataset, out / "cache", config, list(needed), save)
        self.workers = workers_for(workers, config, self.runs.model)

    @cached_property
    def jobs(self) -> list[Job]:
        """All scorings, each once; those of one tuning stand together."""
        config = self.config
        wanted: dict[Job, None] = {}
        for shift in self.shifts:
            for name in config.interventions:
                for source, test in ((shift.source, shift.source), (shift.source, shift.target)):
                    wanted.update(dict.fromkeys(self.jobs_of(name, source, test)))
            for name in dict.fromkeys([*config.interventions, *config.capability]):
                wanted.update(dict.fromkeys(self.jobs_of(name, reference(shift), reference(shift))))
            wanted.update(dict.fromkeys(self.jobs_of(BASELINE, shift.target, shift.target)))
        return sorted(wanted, key=lambda job: (job.intervention, job.source or "", job.seed, job.test))

    def jobs_of(self, name: str, source: str, test: str) -> list[Job]:
        """The scorings of a test split by an intervention tuned on a source, one a seed; one if nothing is learned."""
        first = self.config.seed
        if not self.runs.interventions[name].epochs:
            return [Job(name, None, test, first)]
        return [Job(name, source, test, seed) for seed in range(first, first + self.config.seeds)]

    def run(self) -> dict[str, Any]:
        """Does what is not done yet and returns the result.

        Raises:
            ShiftworksError: Data, model or disk are not as they must be; what is finished stays.
            UnfinishedError: Some tunings or scorings failed; all others are done.
        """
        from tqdm import tqdm

        self._work_ahead()
        scores: dict[Job, Scores] = {}
        with tqdm(total=len(self.jobs), desc="evaluate", unit="scoring", disable=None) as bar:
            for (name, source, seed), jobs in groupby(self.jobs, key=lambda job: job.tuning):
                bar.set_postfix_str(f"{name} {source or ''}")
                for test, made in self.runs.at(seed).score(name, source, [job.test for job in jobs]):
                    scores[Job(name, source, test, seed)] = made
                    bar.update()
        if self.runs.failures:
            raise UnfinishedError(self.runs.failures, len(self.jobs))
        result = self._result(scores)
        validate(result, "result", "the result of this evaluation")
        return result

    def _work_ahead(self) -> None:
        """Lets workers do what reads the model and is not done yet, where there is enough of it for two."""
        if self.workers < 2:
            return
        groups = []
        for (name, source, seed), jobs in groupby(self.jobs, key=lambda job: job.tuning):
            tests = tuple(job.test for job in jobs)
            runs = self.runs.at(seed)
            if runs.interventions[name].reads_model and not all(runs.known(name, source, test) for test in tests):
                groups.append((name, source, seed, tests))
        if len(groups) > 1:
            names = [shift.name for shift in self.shifts]
            work(groups, min(self.workers, len(groups)), self.data, self.out, self.config, names, self.save)

    def _result(self, scores: Mapping[Job, Scores]) -> dict[str, Any]:
        from eval.metrics import accuracy
        from eval.ranking import rank
        from eval.rows import comparisons, means, row

        config = self.config
        drawn = (config.resamples, config.seed)

        @cache
        def ranking(name: str, source: str, test: str) -> Ranking:
            jobs = self.jobs_of(name, source, test)
            values = [scores[job].values for job in jobs]
            return rank(self.dataset[test].test, values, (name, jobs[0].source or ""))

        ranked = {
            (shift, name): self._ranked(shift, name, ranking) for shift in self.shifts for name in config.interventions
        }
        within = sorted({name for shift in self.shifts for name in (shift.source, reference(shift))})
        cut: dict[str, dict[str, int]] = {}
        for job, made in scores.items():
            if made.cut:
                cut.setdefault(job.intervention, {})[job.test] = made.cut
        return {
            "model": self._model(),
            "data": str(self.data),
            "seed": config.seed,
            "settings": {**self._settings(), "cut_responses": cut},
            "environment": environment(self.runs),
            "distributions": [
                {
                    "distribution": name,
                    "intervention": intervention,
                    "accuracy": accuracy(ranking(intervention, name, name).tally, *drawn).to_json(),
                }
                for name in within
                for intervention in config.interventions
            ],
            "shifts": [row(shift, name, each, *drawn) for (shift, name), each in ranked.items()],
            "means": [each for kind in ("label", "category") for each in means(ranked, kind, *drawn)],
            "comparisons": [
                each
                for shift in self.shifts
                for each in comparisons(
                    shift,
                    {name: ranking(name, shift.source, shift.target) for name in config.interventions},
                    *drawn,
                )
            ],
        }

    def _ranked(self, shift: ShiftEntry, name: str, ranking: Callable[[str, str, str], Ranking]) -> Ranked:
        """What the figures of one intervention on one shift are made of."""
        from eval.rows import Ranked

        model, aim = self.runs.model, reference(shift)
        return Ranked(
            source=ranking(name, shift.source, shift.source),
            target=ranking(name, shift.source, shift.target),
            zero_shot=ranking(BASELINE, shift.target, shift.target),
            able={by: ranking(by, aim, aim) for by in self.config.capability},
            seeds=[job.seed for job in self.jobs_of(name, shift.source, shift.target)],
            reads_model=self.runs.interventions[name].reads_model,
            likelihood=model is not None and model.causal,
        )

    def _model(self) -> dict[str, Any]:
        model = self.runs.model
        return {"name": self.config.model, "sha256": model.sha256 if model else None}

    def _settings(self) -> dict[str, Any]:
        """The settings, less those that have a place of their own in result and receipt."""
        return {name: value for name, value in asdict(self.config).items() if name not in ("model", "seed")}

    def receipt(self) -> dict[str, Any]:
        """What was evaluated and how, in hashes and settings: no figure, no time, no place."""
        return {
            "shifts": [shift.name for shift in self.shifts],
            "data": {
                name: {f"{split}.jsonl": self.runs.digest(name, split) for split in SPLITS}
                for name in self.dataset.distributions
            },
            "model": self._model(),
            "seed": self.config.seed,
            "settings": self._settings(),
        }


def evaluate(
    data: Path,
    out: Path,
    config: EvaluationConfig,
    shifts: Sequence[str],
    save: Path | None = None,
    workers: int = 1,
) -> dict[str, Any]:
    """Evaluates shifts and writes results.json, metrics.json, elicitation.json and, last, evaluation.receipt.json.

    Args:
        data: The folder that `shifts build` or `shifts import` wrote.
        out: The folder for results; scores are kept in its folder `cache`.
        config: The settings.
        shifts: Names of shifts; all of the folder's where none is named.
        save: Where tuned scorers are saved (`eval.saved`); None saves none.
        workers: Processes that tune and score, which changes no figure; 0 takes as many as suit machine and model.

    Returns:
        The result, as `schemas/json/result.schema.json` describes it.

    Raises:
        ShiftworksError: Data, model or disk are not as they must be; what is finished stays.
        UnfinishedError: Some tunings or scorings failed; all others are done.
    """
    evaluation = Evaluation(data, out, config, shifts, save, workers)
    result = evaluation.run()
    receipt = out / "evaluation.receipt.json"
    with disk_errors(receipt):
        # An old receipt beside new figures would vouch for what it has not seen.
        receipt.unlink(missing_ok=True)
    write_whole(out / "results.json", pretty(result))
    write_whole(out / "metrics.json", pretty(_metrics(result)))
    write_whole(out / "elicitation.json", pretty(_plot(result)))
    write_whole(receipt, pretty(evaluation.receipt()))
    return result


def _metrics(result: Mapping[str, Any]) -> dict[str, Any]:
    """The figures that `dvc metrics` shows and compares."""
    metrics: dict[str, dict[str, Any]] = {}
    for row in result["shifts"]:
        metrics.setdefault(row["shift"], {})[row["intervention"]] = {
            "elicitation": row["elicitation"]["value"],
            "generalization": row["generalization"]["value"],
        }
    return metrics


def _plot(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that `dvc plots` draws."""
    return [
        {
            "shift": row["shift"],
            "intervention": row["intervention"],
            "elicitation": row["elicitation"]["value"],
            "low": row["elicitation"]["low"],
            "high": row["elicitation"]["high"],
        }
        for row in result["shifts"]
    ]


#: Columns of the table: heading and field of a result's row.
COLUMNS = (
    ("generalization", "generalization"),
    ("capability", "capability"),
    ("elicitation", "elicitation"),
    ("DE", "differential_elicitation"),
)


def table(result: Mapping[str, Any]) -> str:
    """A result for the terminal: one row a shift and intervention, each figure with its 95 % interval.

    What was too long for a model to read whole is said below.
    """
    rows = [["shift", "intervention", *(heading for heading, _ in COLUMNS)]]
    for row in result["shifts"]:
        figures = (row[field] for _, field in COLUMNS)
        shown = (f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]" for figure in figures)
        rows.append([row["shift"], row["intervention"], *shown])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    cut: dict[str, list[str]] = {}
    for name, tests in sorted(result["settings"]["cut_responses"].items()):
        for test, count in tests.items():
            cut.setdefault(test, []).append(f"{name} {count}")
    most = result["settings"]["max_tokens"]
    for test, counts in sorted(cut.items()):
        lines.append(f"{test}: responses read only in part (evaluate.max_tokens: {most}): {', '.join(counts)}")
    return "\n".join(lines)
