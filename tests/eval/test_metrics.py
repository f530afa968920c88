"""Metrics are what one counts by hand, their intervals cover, and settings without meaning are refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from eval.config import EvaluationConfig, LoraSettings, load_config
from eval.metrics import (
    accuracy,
    differential_elicitation,
    elicitation,
)
from eval.ranking import Tally, rank
from eval.resampling import Estimate
from schemas import Example, Proof, Response, ShiftworksError

DRAWN = (500, 0)


def example(number: int, gold: int, responses: int, group: str | None = None) -> Example:
    return Example(
        f"d/test/{number:05d}",
        f"prompt {number}",
        tuple(Response(f"text {i}", int(i == gold)) for i in range(responses)),
        {"group": group or f"g{number}"},
        Proof("rule", "proven"),
    )


def counted(right: ArrayLike, pairs: Sequence[float], prefix: str = "g") -> Tally:
    groups = tuple(f"{prefix}{i:04d}" for i in range(len(pairs)))
    return Tally(groups, np.array(right, dtype=np.float64, ndmin=2), np.array(pairs, dtype=np.float64), (prefix,))


def tally(examples: Sequence[Example], scores: Sequence[Sequence[float]]) -> Tally:
    return rank(examples, [scores]).tally


def test_pairs_are_counted_by_hand_and_ties_count_half() -> None:
    examples = [example(0, 1, 3, "b"), example(1, 0, 2, "a"), example(2, 0, 2, "b"), example(3, 2, 4, "c")]
    made = tally(examples, [[0.1, 0.5, 0.5], [1, 2], [-1, -2], [3, 0, 3, 4]])
    assert made.groups == ("a", "b", "c")
    # a: lost; b: won + tie, won; c: tie, won, lost.
    assert made.right.tolist() == [[0, 2.5, 1.5]]
    assert made.pairs.tolist() == [1, 3, 3]
    assert made.accuracy == pytest.approx(4 / 7)
    assert accuracy(made, *DRAWN).value == pytest.approx(4 / 7)


def test_all_ties_are_a_half_without_width() -> None:
    made = tally([example(n, n % 3, 3) for n in range(9)], [[0.0] * 3] * 9)
    assert accuracy(made, *DRAWN) == Estimate(0.5, 0.5, 0.5)


@pytest.mark.parametrize("scores", [[[1.0]], [[1.0, 2.0, 3.0]], [], [[1.0, 2.0]] * 2])
def test_scores_that_do_not_fit_the_examples_are_refused(scores: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"scores for 2 responses|zip\(\)"):
        tally([example(0, 0, 2)], scores)


@given(st.lists(st.tuples(st.integers(0, 2), st.lists(st.integers(-3, 3), min_size=3, max_size=3)), min_size=1))
def test_turning_all_scores_round_turns_the_accuracy_round(rows: list[tuple[int, list[int]]]) -> None:
    examples = [example(n, gold, 3, f"g{n % 4}") for n, (gold, _) in enumerate(rows)]
    there = tally(examples, [values for _, values in rows])
    back = tally(examples, [[-value for value in values] for _, values in rows])
    assert there.accuracy + back.accuracy == pytest.approx(1)
    assert there.accuracy == tally(examples[::-1], [values for _, values in rows[::-1]]).accuracy


def test_elicitation_and_its_difference_are_counted_by_hand() -> None:
    target, zero_shot = counted([1, 1, 1, 0], [1, 1, 1, 1]), counted([1, 0, 0.5, 0.5], [1, 1, 1, 1])
    capability = counted([2, 2, 0.5], [2, 2, 1], "reference")
    assert elicitation(target, capability, *DRAWN).value == pytest.approx(0.75 / 0.9)
    assert differential_elicitation(target, zero_shot, capability, *DRAWN).value == pytest.approx((0.75 - 0.5) / 0.9)


def test_a_model_that_can_nothing_has_no_elicitation() -> None:
    some, none = counted([1, 0], [1, 1]), counted([0, 0], [1, 1], "reference")
    with pytest.raises(ShiftworksError, match="capability on the reference is 0"):
        elicitation(some, none, *DRAWN)
    with pytest.raises(ShiftworksError, match="capability on the reference is 0"):
        differential_elicitation(some, some, none, *DRAWN)


def test_a_resample_without_a_right_pair_does_not_break_the_ratio() -> None:
    estimate = elicitation(counted([1, 1], [1, 1]), counted([1, 0], [1, 1], "reference"), *DRAWN)
    assert estimate.value == 2
    assert np.isfinite([estimate.low, estimate.high]).all()


def test_equal_groups_are_paired_and_other_groups_are_not() -> None:
    rng = np.random.default_rng(1)
    right = rng.integers(0, 2, 80)
    target, same, other = counted(right, [1] * 80), counted(right, [1] * 80), counted(right, [1] * 80, "reference")
    assert elicitation(target, same, *DRAWN) == Estimate(1, 1, 1)
    assert differential_elicitation(target, same, other, *DRAWN) == Estimate(0, 0, 0)
    apart = elicitation(target, other, *DRAWN)
    assert apart.value == 1
    assert apart.high - apart.low > 0.2


def test_intervals_depend_on_the_seed_and_are_the_same_again() -> None:
    made = counted([0.5, 1, 0, 1, 1, 0, 1], [1, 1, 1, 2, 3, 1, 1])
    assert accuracy(made, 500, 3) == accuracy(made, 500, 3)
    assert not np.array_equal(made.resampled(500, 3), made.resampled(500, 4))
    assert np.isclose(made.resampled(20_000, 0).mean(), made.accuracy, atol=0.01)


def test_the_interval_of_an_accuracy_covers_though_pairs_of_a_group_are_alike() -> None:
    rng = np.random.default_rng(0)
    trials, truth, groups, each = 500, 0.7, 80, 3
    grouped = single = 0
    for trial in range(trials):
        # All pairs of a group share their outcome: three pairs say no more than one.
        wins = (rng.random(groups) < truth).astype(float)
        estimate = accuracy(counted(wins * each, [each] * groups), 400, trial)
        grouped += estimate.low <= truth <= estimate.high
        alone = accuracy(counted(np.repeat(wins, each).tolist(), [1] * groups * each), 400, trial)
        single += alone.low <= truth <= alone.high
    assert 0.91 <= grouped / trials <= 0.98
    # The check would see intervals that took pairs for independent.
    assert single / trials < 0.85


def test_the_intervals_of_ratio_and_difference_cover() -> None:
    rng = np.random.default_rng(2)
    trials, groups = 500, 100
    ratios = gains = 0
    widths = []
    for trial in range(trials):
        before = (rng.random(groups) < 0.5).astype(float)
        # Tuning repairs three wrong ones in ten: .65 after .5.
        after = np.maximum(before, rng.random(groups) < 0.3)
        able = (rng.random(groups) < 0.8).astype(float)
        target, zero_shot = counted(after, [1] * groups), counted(before, [1] * groups)
        capability = counted(able, [1] * groups, "reference")
        ratio = elicitation(target, capability, 400, trial)
        gain = differential_elicitation(target, zero_shot, capability, 400, trial)
        ratios += ratio.low <= 0.65 / 0.8 <= ratio.high
        gains += gain.low <= 0.15 / 0.8 <= gain.high
        widths.append(gain.high - gain.low)
    assert 0.91 <= ratios / trials <= 0.98
    assert 0.91 <= gains / trials <= 0.98
    # Unpaired, the difference of two accuracies over 100 groups would be 2 * 1.96 * sqrt(.48 / 100) / .8 = .34 wide.
    assert np.mean(widths) < 0.22


def test_an_estimate_is_rounded_in_a_result() -> None:
    assert Estimate(1 / 3, 0.1, 2 / 3).to_json() == {"value": 0.333333, "low": 0.1, "high": 0.666667}


def settings(folder: Path, text: str) -> Path:
    path = folder / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_settings_and_overrides(tmp_path: Path) -> None:
    assert load_config(settings(tmp_path, "build: {seed: 3}")) == EvaluationConfig()
    path = settings(tmp_path, "evaluate: {seed: 3, capability: [lora], lora: {rank: 2, learning_rate: 1}}")
    stated = EvaluationConfig(seed=3, capability=("lora",), lora=LoraSettings(rank=2, learning_rate=1.0))
    assert load_config(path) == stated
    assert isinstance(load_config(path).lora.learning_rate, float)
    config = load_config(path, model="somewhere", interventions=["coin"], seed=0, seeds=5)
    assert (config.model, config.interventions, config.seed, config.seeds, config.capability) == (
        "somewhere",
        ("coin",),
        0,
        5,
        ("lora",),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("evaluate: {sead: 1}", "evaluate: no setting 'sead' (known: capability, ccs, few_shot, held_out"),
        ("evaluate: {lora: {rnk: 1}}", "evaluate.lora: no setting 'rnk' (known: alpha"),
        ("evaluate: {1: 2}", "evaluate: no setting '1'"),
        ("evaluate: {seed: one}", "evaluate.seed: expected a value of type int, found"),
        ("evaluate: {seed: true}", "evaluate.seed: expected a value of type int, found"),
        ("evaluate: {seed: 1.5}", "evaluate.seed: expected a value of type int, found 1.5"),
        ("evaluate: {model: 5}", "evaluate.model: expected a value of type str, found 5"),
        ("evaluate: {model: null}", "evaluate.model: expected a value of type str, found"),
        ("evaluate: {lora: {learning_rate: 1e-3x}}", "evaluate.lora.learning_rate: expected a value of type float"),
        ("evaluate: {lora: 8}", "evaluate.lora: expected settings by name, found 8"),
        ("evaluate: [seed]", "evaluate: expected settings by name, found"),
        ("evaluate: {interventions: lora}", "evaluate.interventions: expected a list, found"),
        ("evaluate: {interventions: [lora, 2]}", "evaluate.interventions[1]: expected a value of type str, found 2"),
        ("evaluate: {interventions: []}", "evaluate.interventions: expected at least one intervention"),
        ("evaluate: {capability: []}", "evaluate.capability: expected at least one intervention"),
        ("evaluate: {seed: -1}", "evaluate.seed: expected a positive number, found -1"),
        ("evaluate: {seeds: 0}", "evaluate.seeds: expected a positive number, found 0"),
        ("evaluate: {seeds: [0, 1]}", "evaluate.seeds: expected a value of type int, found [0,1]"),
        ("evaluate: {resamples: 0}", "evaluate.resamples: expected a positive number, found 0"),
        (f"evaluate: {{seed: {2**63}}}", "evaluate.seed: expected less than 2**63, found 9223372036854775808"),
        ("evaluate: {lora: {epochs: 0}}", "evaluate.lora.epochs: expected a positive number, found 0"),
        ("evaluate: {lora: {learning_rate: .nan}}", "evaluate.lora.learning_rate: expected a positive number"),
        ("evaluate: {lora: {learning_rate: .inf}}", "evaluate.lora.learning_rate: expected a positive number"),
        ("evaluate: {lora: {head_learning_rate: 7}}", "evaluate.lora.head_learning_rate: expected a rate of at most 1"),
        ("evaluate: {interventions: [lora, coin, lora]}", "evaluate.interventions: 'lora' stands there twice"),
        ("evaluate: {lora: {warm_up: 1}}", "evaluate.lora.warm_up: expected less than 1, found 1.0"),
        (
            "evaluate: {precision: float16}",
            "evaluate.precision: expected one of auto, float32, bfloat16, int8, nf4, found 'float16'",
        ),
        ("- evaluate", "expected sections such as `evaluate:`, found"),
        ("", "expected sections such as `evaluate:`, found"),
        ("evaluate: {seed: [", "not valid YAML: while parsing"),
    ],
)
def test_a_setting_without_meaning_is_one_clear_line(text: str, message: str, tmp_path: Path) -> None:
    path = settings(tmp_path, text)
    with pytest.raises(ShiftworksError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


def test_an_override_is_checked_too_and_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    path = settings(tmp_path, "evaluate: {}")
    with pytest.raises(ShiftworksError, match=r"evaluate\.seed: expected a positive number, found -4"):
        load_config(path, seed=-4)
    with pytest.raises(ShiftworksError, match=r"evaluate\.interventions: expected at least one intervention"):
        load_config(path, interventions=[])
    with pytest.raises(ShiftworksError, match=r"gone\.yaml: no such file"):
        load_config(tmp_path / "gone.yaml")
