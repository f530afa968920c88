"""Evaluations whose tunings run side by side: the same figures, and nothing lost when a worker dies or a user stops."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
import torch

from eval import workers
from eval.config import EvaluationConfig
from eval.evaluate import Evaluation, evaluate
from eval.interventions._faults import UnfinishedError
from eval.models.files import find_model
from eval.workers import workers_for
from tests.eval.conftest import Tiny
from tests.eval.test_evaluate import build, settings

Futures = Iterable[Future[None]]


@pytest.fixture(scope="module")
def model(tiny: Tiny) -> str:
    """The folder of a tiny encoder."""
    return str(tiny("bert"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two distributions and the shifts between them."""
    return build(tmp_path / "data")


def config_of(model: str) -> EvaluationConfig:
    """Two tunings, and methods that read the same activations."""
    made = settings(model, "lora", "mms", "cra", "coin", capability=("lora",))
    return replace(made, lora=replace(made.lora, epochs=1))


def kept(out: Path) -> dict[str, bytes]:
    """All scores that were kept, by their files."""
    return {path.name: path.read_bytes() for path in (out / "cache").glob("*.json")}


def watched(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Has something happen when workers have been given their work."""

    def waiting(futures: Futures) -> Iterator[Future[None]]:
        act()
        return as_completed(futures)

    monkeypatch.setattr(workers, "as_completed", waiting)


def test_figures_do_not_depend_on_the_number_of_workers(model: str, data: Path, tmp_path: Path) -> None:
    config = config_of(model)
    alone = evaluate(data, tmp_path / "alone", config, ())
    assert evaluate(data, tmp_path / "two", config, (), workers=2) == alone
    assert kept(tmp_path / "two") == kept(tmp_path / "alone") != {}


def test_workers_do_all_that_reads_the_model(
    model: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation = Evaluation(data, tmp_path / "out", config_of(model), (), workers=2)
    evaluation._work_ahead()
    made = len(kept(tmp_path / "out"))
    assert made == len([job for job in evaluation.jobs if job.intervention != "coin"])
    # A second time there is nothing for them to do.
    watched(monkeypatch, lambda: pytest.fail("work was given out again"))
    evaluation._work_ahead()
    assert len(kept(tmp_path / "out")) == made


def test_a_worker_that_dies_takes_nothing_with_it(
    model: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # Those of an evaluation before may still be ending.
    before = active_children()
    watched(monkeypatch, lambda: next(each for each in active_children() if each not in before).kill())
    result = evaluate(data, tmp_path / "out", config_of(model), (), workers=2)
    assert "a worker process died (out of memory?); going on without workers" in capfd.readouterr().err
    assert result == evaluate(data, tmp_path / "alone", config_of(model), ())


def test_an_interrupt_stops_the_whole(model: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched(monkeypatch, lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        evaluate(data, tmp_path / "out", config_of(model), (), workers=2)
    assert not (tmp_path / "out" / "results.json").exists()


def test_what_fails_in_a_worker_is_told_by_the_process_that_started_it(model: str, data: Path, tmp_path: Path) -> None:
    path = data / "two" / "train.jsonl"
    path.write_bytes(path.read_bytes() + b"\n")
    lines = []
    for number in (1, 2):
        with pytest.raises(UnfinishedError) as error:
            evaluate(data, tmp_path / str(number), config_of(model), (), workers=number)
        lines.append(error.value.lines)
    assert lines[0] == lines[1] != []
    assert kept(tmp_path / "1") == kept(tmp_path / "2") != {}


def test_a_model_is_held_more_than_once_only_where_that_suits_it(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    config, files = EvaluationConfig(), find_model(model)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(16)))
    assert workers_for(0, config, None) == 1
    assert workers_for(3, config, files) == 3
    assert workers_for(0, config, files) == (1 if torch.cuda.is_available() else workers.MOST)
    assert workers_for(0, replace(config, threads=8), files) == (1 if torch.cuda.is_available() else 2)
    monkeypatch.setattr(workers, "LARGE", 1)
    assert workers_for(0, config, files) == 1
