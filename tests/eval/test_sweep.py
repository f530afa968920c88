"""A sweep: it chooses on a part of the source's training examples alone, is seeded, and goes on where it was."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cli.main import main
from eval.config import EvaluationConfig, load_choices, load_config
from eval.dataset import HeldOut, held_out, load
from eval.models import tuning
from eval.sweep import Sweep, line_of, sweep, table
from schemas import SPLITS, ShiftworksError
from tests.eval.conftest import Tiny
from tests.eval.test_evaluate import build, settings

#: One value that learns the cue of `one` in a few steps, and one that learns nothing.
LEARNS, IDLE = 1e-2, 1e-7


@pytest.fixture(scope="module")
def model(tiny: Tiny) -> str:
    """The folder of a tiny encoder."""
    return str(tiny("bert"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose distribution `one` has a cue that is learned."""
    return build(tmp_path / "data")


@pytest.fixture
def tunings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of training examples of each tuning, which runs as ever."""
    seen: list[int] = []
    tuned = tuning.tuned

    def watched(backbone: Any, train: Sequence[Any], *given: Any) -> tuning.TunedScorer:
        seen.append(len(train))
        return tuned(backbone, train, *given)

    monkeypatch.setattr(tuning, "tuned", watched)
    return seen


def stated(path: Path, sweeps: Any, **evaluate: Any) -> Path:
    path.write_text(yaml.safe_dump({"evaluate": evaluate, "sweep": sweeps}), encoding="utf-8")
    return path


def idle(model: str) -> EvaluationConfig:
    """Present settings that learn nothing."""
    plain = settings(model)
    return replace(plain, lora=replace(plain.lora, learning_rate=IDLE, head_learning_rate=IDLE, epochs=8))


def run(data: Path, out: Path, config: EvaluationConfig, choices: dict[str, list[Any]], limit: int = 9) -> Sweep:
    params = stated(out.parent / "params.yaml", {"lora": choices})
    return sweep(data, out, config, load_choices(params, config, "lora"), "lora", ["one_to_two"], limit)


def test_the_setting_that_learns_is_found_and_can_be_written_down(model: str, data: Path, tmp_path: Path) -> None:
    config = idle(model)
    choices: dict[str, list[Any]] = {"learning_rate": [IDLE, LEARNS], "rank": [2, 4]}
    found = run(data, tmp_path / "out", config, choices)
    # The present settings are one of the four combinations, and are tried once.
    assert (found.possible, len(found.trials), found.sources) == (3, 4, ("one",))
    best, present = found.trials[0], next(trial for trial in found.trials if not trial.changes)
    assert best.changes["learning_rate"] == LEARNS
    assert best.accuracy is not None
    assert present.accuracy is not None
    assert best.gain is not None
    assert best.gain.value == pytest.approx(best.accuracy.value - present.accuracy.value)
    assert best.gain.low <= best.gain.value <= best.gain.high
    lines = table(found).splitlines()
    assert lines[0].startswith("learning_rate  rank  held-out accuracy")
    assert len([line for line in lines if "[" in line]) >= 4
    assert lines[-1] == line_of("lora", best.config)
    (tmp_path / "new.yaml").write_text(f"evaluate:\n{lines[-1]}\n", encoding="utf-8")
    assert load_config(tmp_path / "new.yaml").lora == best.config.lora


def test_no_test_split_is_opened(model: str, data: Path, tmp_path: Path, tunings: list[int]) -> None:
    first = run(data, tmp_path / "out", idle(model), {"rank": [2]})
    # Of 24 groups a quarter is held out.
    assert tunings == [18, 18]
    assert first.pairs == 6 * 2
    for path in data.glob("*/test.jsonl"):
        path.unlink()
    assert run(data, tmp_path / "again", idle(model), {"rank": [2]}) == first


def test_a_sweep_is_seeded_and_goes_on_where_it_was(model: str, data: Path, tmp_path: Path, tunings: list[int]) -> None:
    config, choices = idle(model), {"rank": [1, 2, 3, 5, 6, 7], "alpha": [2, 4, 8]}
    found = run(data, tmp_path / "out", config, choices, limit=2)
    assert (found.possible, len(found.trials), len(tunings)) == (18, 3, 3)
    assert run(data, tmp_path / "out", config, choices, limit=2) == found
    assert len(tunings) == 3
    # More trials of the same seed add to those that were made; another seed draws and holds out others.
    other = run(data, tmp_path / "out", replace(config, seed=1), choices, limit=2)
    assert len(tunings) == 6
    assert [trial.changes for trial in other.trials] != [trial.changes for trial in found.trials]


def test_a_setting_that_fails_is_listed_and_stops_no_other(model: str, data: Path, tmp_path: Path) -> None:
    found = run(data, tmp_path / "out", settings(model), {"alpha": [10**18, 8]})
    worst = found.trials[-1]
    assert worst.changes == {"alpha": 10**18}
    assert worst.accuracy is None
    assert worst.failures[0].startswith("tuned on one: the loss became nan at step ")
    lines = table(found).splitlines()
    assert any(line.split() == [str(10**18), "failed"] for line in lines)
    assert any(line.startswith("failed: {'alpha': 1000") and "the loss became nan" in line for line in lines)
    broken = replace(settings(model), lora=replace(settings(model).lora, alpha=10**18))
    with pytest.raises(ShiftworksError, match="no setting of lora could be tried: tuned on one: the loss became nan"):
        run(data, tmp_path / "out", broken, {"rank": [2]})


@given(
    groups=st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=30).filter(lambda found: len(set(found)) > 1),
    share=st.floats(0.01, 0.99),
    seed=st.integers(0, 9),
)
def test_some_groups_are_held_out_and_some_are_not(groups: list[str], share: float, seed: int) -> None:
    held = held_out(groups, share, "sweep", seed)
    assert 0 < len(held) < len(set(groups))
    assert held <= set(groups)
    assert held == held_out(groups[::-1], share, "sweep", seed)


def test_what_is_held_out_is_the_rest_of_the_training_examples(data: Path) -> None:
    whole = load(data)["one"]
    part = HeldOut(whole, 0.25, 0)
    assert sorted([*part.train, *part.test], key=lambda example: example.id) == list(whole.train)
    assert not {example.group for example in part.train} & {example.group for example in part.test}
    # Nothing that is kept for one split, seed, share or file serves another.
    others = [HeldOut(whole, 0.25, 1), HeldOut(whole, 0.5, 0), HeldOut(load(data)["two"], 0.25, 0)]
    digests = [each.digest(split) for each in (part, *others) for split in SPLITS]
    assert len({*digests, whole.digest("train"), whole.digest("test")}) == 10


MISTAKES: dict[str, tuple[Any, str, str]] = {
    "nothing": ({}, "lora", "sweep.lora: nothing to try; state values, such as `sweep: {lora: {rank: [4, 8, 16]}}`"),
    "no mapping": ([1], "lora", "sweep: expected settings by name, found [1]"),
    "no list": ({"lora": {"rank": 4}}, "lora", "sweep.lora.rank: expected a list of values, found 4"),
    "unknown": ({"lora": {"rnk": [4]}}, "lora", "sweep.lora: no setting 'rnk' (known: alpha, "),
    "type": ({"lora": {"rank": ["x"]}}, "lora", 'sweep.lora.rank: expected a value of type int, found "x"'),
    "range": (
        {"lora": {"learning_rate": [2.0]}},
        "lora",
        "lora.learning_rate: expected a rate of at most 1, found 2.0",
    ),
    "no settings": ({}, "coin", "'coin' has no settings of its own in 'evaluate', so there is nothing to sweep"),
}


@pytest.mark.parametrize("what", sorted(MISTAKES))
def test_a_mistake_in_what_to_try_is_one_line(what: str, tmp_path: Path) -> None:
    sweeps, name, says = MISTAKES[what]
    params = stated(tmp_path / "params.yaml", sweeps)
    with pytest.raises(ShiftworksError) as caught:
        load_choices(params, EvaluationConfig(), name)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_command_prints_the_table(
    model: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = {"model": model, "max_tokens": 64, "threads": 1, "precision": "float32", "resamples": 50}
    params = stated(tmp_path / "params.yaml", {"mms": {"heads": [1, 2]}}, **shared, mms={"heads": 4})
    options = [f"--data={data}", f"--params={params}", f"--out={tmp_path / 'out'}"]
    monkeypatch.setattr(sys, "argv", ["shifts", "eval", "sweep", "mms", "one", "two", *options])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("heads  held-out accuracy")
    assert "2 of 2 settings beside the present, tuned on a part of one, two and ranked by 24 held-out pairs" in shown[4]
