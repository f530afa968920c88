"""What an evaluation would do: each tuning once with its tests, what is kept from before, how much is read, how long.

Counts and tokens are exact; the time is an estimate, from tuning and scoring a few examples with the real model.
Tokens are those of the texts: of every pair that is tuned on, as tuning reads it, and of every response that is
scored, with its prompt, as the model's tokenizer counts them and cut as the model is given them. What sharing saves
(activations that several methods read, a text that stands in many places) is not taken off the tokens; the time has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from time import perf_counter

from eval.evaluate import Evaluation
from eval.timing import BUDGET, Timing, joint_tokens, timing
from schemas import ShiftworksError


@dataclass(frozen=True, slots=True)
class Task:
    """One tuning, or one intervention that learns nothing, with all that it scores.

    Attributes:
        intervention: The intervention.
        source: What it is tuned on; None if it learns nothing.
        seed: Seed of the tuning.
        tests: What is still to be scored.
        kept: What was scored before.
        tuning_tokens: Tokens that it tunes on.
        scoring_tokens: Tokens that it scores.
    """

    intervention: str
    source: str | None
    seed: int
    tests: tuple[str, ...]
    kept: tuple[str, ...]
    tuning_tokens: int
    scoring_tokens: int

    @property
    def tokens(self) -> int:
        """Tokens in all."""
        return self.tuning_tokens + self.scoring_tokens


@dataclass(frozen=True, slots=True)
class Plan:
    """What an evaluation would do.

    Attributes:
        tasks: Every tuning, in the order in which they run; those that are all kept too.
        timings: What was timed, by intervention; empty if no model has to be read.
        untimed: Why an intervention could not be timed.
        spent: Seconds that timing took.
        seconds: Estimate of the whole.
    """

    tasks: tuple[Task, ...]
    timings: dict[str, Timing]
    untimed: dict[str, str]
    spent: float
    seconds: float

    @property
    def tunings(self) -> int:
        """Tunings that are still to be done."""
        return sum(1 for task in self.tasks if task.source and task.tests)

    @property
    def scorings(self) -> int:
        """Scorings that are still to be done."""
        return sum(len(task.tests) for task in self.tasks)


def plan(evaluation: Evaluation) -> Plan:
    """What an evaluation would do; nothing is written.

    Raises:
        ShiftworksError: Data or model are not as they must be.
    """
    scoring_tokens = cache(lambda test: joint_tokens(evaluation.runs.backbone, evaluation.dataset[test].test))
    tasks = tuple(_tasks(evaluation, scoring_tokens))
    todo = [task for task in tasks if task.tests and evaluation.runs.interventions[task.intervention].reads_model]
    if not todo:
        return Plan(tasks, {}, {}, 0.0, 0.0)
    start = perf_counter()
    timings: dict[str, Timing] = {}
    untimed: dict[str, str] = {}
    names = list(dict.fromkeys(task.intervention for task in todo))
    for position, name in enumerate(names):
        share = max(0.0, BUDGET - (perf_counter() - start)) / (len(names) - position)
        same = sorted((task for task in todo if task.intervention == name), key=lambda task: task.tokens)
        middle = same[len(same) // 2]
        try:
            timings[name] = timing(evaluation.runs, name, middle.source, middle.tests[0], share)
        except ShiftworksError as error:
            untimed[name] = str(error)
    seconds = _seconds(todo, timings, scoring_tokens) / min(evaluation.workers, len(todo))
    return Plan(tasks, timings, untimed, perf_counter() - start, seconds)


def _tasks(evaluation: Evaluation, scoring_tokens: Callable[[str], int]) -> Iterable[Task]:
    """All tunings, with the tokens of what is not kept."""
    data = evaluation.dataset
    for (name, source, seed), group in groupby(evaluation.jobs, key=lambda job: job.tuning):
        tests, runs = [job.test for job in group], evaluation.runs.at(seed)
        kept = tuple(test for test in tests if runs.known(name, source, test))
        todo = tuple(test for test in tests if test not in kept)
        intervention = runs.interventions[name]
        tuned = intervention.tuning_tokens(data[source].train, seed) if source and todo else 0
        scored = sum(map(scoring_tokens, todo)) if intervention.reads_model else 0
        yield Task(name, source, seed, todo, kept, tuned, scored)


def _seconds(tasks: Sequence[Task], timings: Mapping[str, Timing], scoring_tokens: Callable[[str], int]) -> float:
    """What tasks would take, where activations that several methods read are read once."""
    total = 0.0
    read: set[tuple[str, str]] = set()
    for task in tasks:
        if task.intervention not in timings:
            continue
        cost = timings[task.intervention]
        if task.source:
            total += cost.learning.of(task.tuning_tokens)
            if ("train", task.source) not in read:
                total += cost.reading.of(task.tuning_tokens)
        fresh = [test for test in task.tests if not (cost.shares and ("test", test) in read)]
        total += sum(cost.scoring.of(scoring_tokens(test)) for test in fresh)
        if cost.shares:
            read |= {("test", test) for test in task.tests} | ({("train", task.source)} if task.source else set())
    return total


def text(evaluation: Evaluation, planned: Plan, out: Path) -> str:
    """A plan for the terminal: a line for each tuning, then the sums and what the estimate rests on."""
    several = evaluation.config.seeds > 1
    return "\n".join([*(_line(task, several) for task in planned.tasks), *_sums(evaluation, planned, out)])


def _line(task: Task, several: bool) -> str:
    """A task in words; with its seed where there are several."""
    seed = f" with seed {task.seed}" if several else ""
    first = f"{task.intervention}, tuned on {task.source}{seed}" if task.source else task.intervention
    if not task.tests:
        return f"{first}: all kept from before ({', '.join(task.kept)})"
    kept = f" ({', '.join(task.kept)} kept from before)" if task.kept else ""
    tokens = [f"{task.tuning_tokens:,} to tune"] if task.tuning_tokens else []
    tokens += [f"{task.scoring_tokens:,} to score"] if task.scoring_tokens else []
    read = f"; tokens: {', '.join(tokens)}" if tokens else ""
    return f"{first}: scores {', '.join(task.tests)}{kept}{read}"


def _sums(evaluation: Evaluation, planned: Plan, out: Path) -> Iterable[str]:
    config, tasks = evaluation.config, planned.tasks
    kept = sum(len(task.kept) for task in tasks)
    tuned, scored = sum(task.tuning_tokens for task in tasks), sum(task.scoring_tokens for task in tasks)
    yield (
        f"shifts {len(evaluation.shifts)}, tunings to do {planned.tunings}, scorings to do {planned.scorings} (kept "
        f"from before {kept}); tokens: {tuned:,} to tune, {scored:,} to score"
    )
    if planned.timings:
        sizes = ", ".join(f"{name} {cost.examples}" for name, cost in planned.timings.items())
        threads = f"{_counted(evaluation.workers, 'worker')} of {_counted(config.threads, 'thread')}"
        yield (
            f"about {duration(planned.seconds)}: an estimate, from {planned.spent:.0f} s of tuning and scoring on this "
            f"machine with {threads} (examples: {sizes})"
        )
    for name, reason in planned.untimed.items():
        yield f"the estimate is without {name}, which could not be timed: {reason}"
    seeds = f"seed {config.seed}" if config.seeds == 1 else f"seeds {config.seed} to {config.seed + config.seeds - 1}"
    yield f"model {config.model}, {seeds}; results go to {out}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"


def duration(seconds: float) -> str:
    """A time that is not known exactly, in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
