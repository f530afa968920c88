"""The plan: what it counts is exactly what then runs, and nothing is written by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from eval.evaluate import Evaluation, evaluate
from eval.interventions import Scorer, names
from eval.interventions._representation import Representation
from eval.interventions._tuning import Tuning
from eval.models import activations
from eval.models.reward import RewardModel
from eval.models.texts import Pair, encode
from eval.plan import duration, plan, text
from eval.timing import Cost
from schemas import Example
from tests.eval.conftest import Tiny
from tests.eval.planted import clean, manifest, write
from tests.eval.test_evaluate import build, settings


@pytest.fixture(scope="module")
def model(tiny: Tiny) -> str:
    """The folder of a tiny encoder."""
    return str(tiny("bert"))


class Seen:
    """What a real evaluation tunes and reads."""

    def __init__(self) -> None:
        self.tunings = 0
        self.tuned = self.scored = 0


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Counts tunings, and the tokens that reward models and activations are given, which run as ever."""
    counted = Seen()
    forward, read = RewardModel.forward, activations._read

    def watched_forward(self: RewardModel, pairs: Sequence[Pair]) -> torch.Tensor:
        tokens = sum(len(pair.joint) for pair in pairs)
        if torch.is_grad_enabled():
            counted.tuned += tokens
        else:
            counted.scored += tokens
        return forward(self, pairs)

    def watched_read(backbone: Any, pairs: Sequence[Pair]) -> dict[str, Any]:
        counted.scored += sum(len(pair.joint) for pair in pairs)
        return read(backbone, pairs)

    def watch(kind: type[Tuning] | type[Representation]) -> None:
        fit = kind.fit

        def watched_fit(self: Any, train: Sequence[Example], seed: int) -> Scorer:
            counted.tunings += 1
            return fit(self, train, seed)

        monkeypatch.setattr(kind, "fit", watched_fit)

    watch(Tuning)
    watch(Representation)
    monkeypatch.setattr(RewardModel, "forward", watched_forward)
    monkeypatch.setattr(activations, "_read", watched_read)
    return counted


def kept(out: Path) -> int:
    """How many scorings are kept."""
    return len(list((out / "cache").glob("*.json")))


def test_what_a_plan_counts_is_exactly_what_runs(model: str, tmp_path: Path, seen: Seen) -> None:
    """First from nothing, then with a part kept, then with all: lora's passes end early, in the middle of one."""
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(model, "lora", "coin", capability=("lora",))
    config = replace(config, lora=replace(config.lora, tokens=700))
    for shifts in (["one_to_two"], [], []):
        evaluation = Evaluation(data, out, config, shifts)
        before = kept(out)
        planned = plan(evaluation)
        assert kept(out) == before
        seen.tunings = seen.tuned = seen.scored = 0
        evaluate(data, out, config, shifts)
        lora = [task for task in planned.tasks if task.intervention == "lora"]
        assert planned.tunings == seen.tunings
        assert planned.scorings == kept(out) - before
        assert sum(task.tuning_tokens for task in lora) == seen.tuned
        assert sum(task.scoring_tokens for task in lora) == seen.scored
        assert sum(len(task.tests) + len(task.kept) for task in planned.tasks) == len(evaluation.jobs)
    assert (planned.tunings, planned.scorings, planned.seconds) == (0, 0, 0)


def test_activations_are_planned_as_they_are_read(model: str, tmp_path: Path, seen: Seen) -> None:
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(model, "probe", capability=("probe",))
    planned = plan(Evaluation(data, out, config, ["one_to_two"]))
    seen.tunings = seen.scored = 0
    evaluate(data, out, config, ["one_to_two"])
    [one, two] = [task for task in planned.tasks if task.intervention == "probe"]
    assert (one.source, one.tests, two.source, two.tests) == ("one", ("one", "two"), "two", ("two",))
    assert seen.tunings == planned.tunings == 2
    # The test of `two` is scored twice and read once.
    assert seen.scored == one.tuning_tokens + two.tuning_tokens + one.scoring_tokens
    assert planned.timings["probe"].shares


def test_a_plan_writes_nothing_and_says_what_the_estimate_rests_on(model: str, tmp_path: Path) -> None:
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(model)
    evaluation = Evaluation(data, out, config, ())
    planned = plan(evaluation)
    assert not out.exists()
    assert set(planned.timings) == {"lora", "zero_shot"}
    assert planned.seconds > 0
    *tasks, sums, estimate, last = text(evaluation, planned, out).splitlines()
    assert any(line.startswith("lora, tuned on one: scores one, two; tokens: ") for line in tasks)
    assert "coin: scores one, two" in tasks
    assert sums.startswith("shifts 2, tunings to do 2, scorings to do 12 (kept from before 0); tokens: ")
    assert estimate.startswith(f"about {duration(planned.seconds)}: an estimate, from ")
    assert "on this machine with 1 worker of 1 thread (examples: lora " in estimate
    assert last.endswith(f"seed 0; results go to {out}")


def test_what_is_kept_costs_nothing_and_loads_no_model(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(model, "lora", "coin")
    evaluate(data, out, config, ())
    monkeypatch.setattr("eval.models.backbone.load_backbone", None)
    evaluation = Evaluation(data, out, config, ())
    lines = text(evaluation, plan(evaluation), out).splitlines()
    assert "lora, tuned on one: all kept from before (one, two)" in lines
    assert "shifts 2, tunings to do 0, scorings to do 0 (kept from before 8); tokens: 0 to tune, 0 to score" in lines
    assert not any(line.startswith("about") for line in lines)


def test_what_cannot_be_timed_is_said(model: str, tmp_path: Path) -> None:
    """All training examples are of one group, of which a probe can hold out nothing."""
    data, out = tmp_path / "data", tmp_path / "out"
    for name in ("one", "two"):
        write(data, name, lambda rng, _: clean(rng, 0), sizes=(24, 24))
    manifest(data, ("one", "two"))
    evaluation = Evaluation(data, out, settings(model, "probe", capability=("probe",)), ())
    lines = text(evaluation, plan(evaluation), out).splitlines()
    assert any(line.startswith("the estimate is without probe, which could not be timed: all ") for line in lines)


@pytest.mark.parametrize("name", names())
def test_every_intervention_counts_what_it_tunes_on(name: str, model: str, tmp_path: Path) -> None:
    data = build(tmp_path / "data")
    runs = Evaluation(data, tmp_path / "out", settings(model, name, capability=(name,)), ()).runs
    train = runs.dataset["one"].train
    intervention = runs.interventions[name]
    tokens = intervention.tuning_tokens(train, 0)
    assert (tokens > 0) == isinstance(intervention, Representation | Tuning)
    if isinstance(intervention, Representation):
        assert tokens < sum(len(pair.joint) for pairs in encode(runs.backbone, train) for pair in pairs)


@given(fixed=st.floats(0, 10), each=st.floats(1e-6, 1), fewer=st.integers(1, 1000), more=st.integers(1, 1000))
def test_a_cost_goes_through_its_samples(fixed: float, each: float, fewer: int, more: int) -> None:
    few, many = sorted((fewer, fewer + more))
    cost = Cost.through((few, fixed + each * few), (many, fixed + each * many))
    assert cost.of(many) == pytest.approx(fixed + each * many)
    assert cost.of(2 * many) == pytest.approx(fixed + 2 * each * many, rel=1e-3)


@given(sooner=st.floats(0, 10), later=st.floats(0, 10), many=st.integers(0, 1000))
def test_a_cost_is_never_negative_however_noisy_its_samples(sooner: float, later: float, many: int) -> None:
    cost = Cost.through((10, sooner), (many, later))
    assert cost.fixed >= 0
    assert cost.each >= 0


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (75, "75 s"), (100, "2 min"), (3600, "60 min"), (9000, "2 h 30 min")]
)
def test_durations_are_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said
