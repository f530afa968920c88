"""Calibration is what one counts by hand, and the parts of the Brier score add up to it."""

from __future__ import annotations

from dataclasses import asdict, astuple
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from eval.calibration import RAISED, calibration, calibration_estimates, curve, published_rms
from eval.resampling import group_draws, seed_draws

#: Probabilities in the middle of a bin of the confidence, so that a bin's pairs all say the same.
MIDDLES = st.sampled_from([0.025, 0.175, 0.275, 0.475, 0.525, 0.725, 0.825, 0.975])


def test_who_is_right_as_often_as_said_is_calibrated() -> None:
    made = calibration([0.75] * 75 + [0.25] * 25)
    assert made.ece == pytest.approx(0)
    assert made.reliability == pytest.approx(0)
    assert made.brier == pytest.approx(0.75 * 0.25)


def test_who_is_always_sure_and_half_of_the_time_right_is_not() -> None:
    made = calibration([1.0] * 50 + [0.0] * 50)
    assert (made.brier, made.ece, made.uncertainty) == pytest.approx((0.5, 0.5, 0.25))


def test_a_tie_is_right_half_of_the_time() -> None:
    made = calibration([0.5] * 7)
    assert (made.brier, made.ece, made.adaptive_ece, made.rms) == pytest.approx((0.25, 0, 0, 0))


@given(st.lists(MIDDLES, min_size=1, max_size=60))
def test_the_parts_of_the_brier_score_add_up(values: list[float]) -> None:
    made = calibration(values)
    assert made.reliability - made.resolution + made.uncertainty == pytest.approx(made.brier)


def test_errors_are_those_of_bins_made_by_hand() -> None:
    rng = np.random.default_rng(0)
    p = rng.permutation(np.linspace(0.01, 0.99, 300))
    confidence, right = np.maximum(p, 1 - p), (p > 0.5).astype(float)

    def error(bins: list[NDArray[np.intp]]) -> list[float]:
        return [abs(confidence[own].mean() - right[own].mean()) for own in bins]

    edges = np.linspace(0.5, 1, 11)
    wide = [np.flatnonzero((low <= confidence) & (confidence < high)) for low, high in pairwise(edges)]
    # Thirty pairs a bin; 300 values stand symmetrically about a half, so each confidence is there twice.
    filled = np.split(np.argsort(confidence, kind="stable"), 10)
    made = calibration(p)
    assert made.ece == pytest.approx(sum(len(own) * each for own, each in zip(wide, error(wide), strict=True)) / 300)
    assert made.adaptive_ece == pytest.approx(np.mean(error(filled)))
    assert made.rms == pytest.approx(np.sqrt(np.mean(np.square(error(filled)))))
    base = right.mean()
    assert made.resolution == pytest.approx(sum(len(own) * (right[own].mean() - base) ** 2 for own in wide) / 300)


def test_a_border_shares_out_pairs_of_equal_confidence() -> None:
    # Fifteen pairs, one and a half a bin. The eight that say .8 are half of them right, whichever of them a bin takes;
    # the sixth bin holds a half of the last of these and one of the seven that say .9.
    wanted = (7.5 * 0.3 + abs(0.5 * 0.3 - 1 * 0.1) + 6 * 0.1) / 15
    assert calibration([0.8] * 4 + [0.2] * 4 + [0.9] * 7).adaptive_ece == pytest.approx(wanted)
    assert calibration([0.9] * 7 + [0.2] * 4 + [0.8] * 4).adaptive_ece == pytest.approx(wanted)


#: Some confidences are shared by pairs that are right and pairs that are not, at the borders of bins too.
MIXED = st.one_of(st.floats(0, 1), st.sampled_from([0.2, 0.5, 0.7, 0.8, 1.0]))


@given(st.lists(MIXED, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_figures_keep_their_bounds_and_the_order_of_the_pairs_does_not_matter(values: list[float], random: Any) -> None:
    made = calibration(values)
    random.shuffle(values)
    assert astuple(calibration(values)) == pytest.approx(astuple(made), abs=1e-9)
    assert all(0 <= figure <= 1 for figure in astuple(made))
    assert made.rms >= made.adaptive_ece - 1e-9


@given(
    st.lists(st.tuples(MIXED, st.integers(0, 3)), min_size=1, max_size=40).filter(lambda rows: any(t for _, t in rows))
)
def test_a_bootstrap_sample_is_calibrated_as_if_its_pairs_stood_in_a_file(rows: list[tuple[float, int]]) -> None:
    values, times = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    # One sample, twice: its interval is its own figure, or for the distances that figure turned round about the other.
    found = calibration_estimates(values[None], np.arange(len(rows)), np.stack([times] * 2), np.ones((2, 1)))
    sampled = asdict(calibration(np.repeat(values, times.astype(int))))
    for name, value in asdict(calibration(values)).items():
        estimate = found[name]
        turned = 2 * value - sampled[name] if name in RAISED else sampled[name]
        assert estimate.value == pytest.approx(value, abs=1e-9)
        assert estimate.low == pytest.approx(min(max(turned, 0), value), abs=1e-9)
        assert estimate.high == pytest.approx(max(min(turned, 1), value), abs=1e-9)


def drawn(sharp: float, groups: int, seed: int) -> tuple[NDArray[np.float64], float]:
    """Two pairs a group that share their fate, and the calibration error that their making has.

    What is said with confidence .6, .75 and .9 comes true as often as the log-odds times `sharp` promise.
    """
    rng = np.random.default_rng(seed)
    said = np.array([0.6, 0.75, 0.9])
    true = 1 / (1 + np.exp(-sharp * np.log(said / (1 - said))))
    kind = rng.integers(0, 3, groups)
    confidence = said[kind]
    return np.repeat(np.where(rng.random(groups) < true[kind], confidence, 1 - confidence), 2), float(
        np.abs(said - true).mean()
    )


def test_the_intervals_of_calibration_cover() -> None:
    trials, groups = 200, 150
    names = tuple(f"g{i:03d}" for i in range(groups))
    place = np.repeat(np.arange(groups), 2)
    covered = {"ece": 0, "adaptive_ece": 0}
    for trial in range(trials):
        p, truth = drawn(0.3, groups, trial)
        found = calibration_estimates(p[None], place, group_draws(names, 300, trial), np.ones((300, 1)))
        for name in covered:
            covered[name] += found[name].low <= truth <= found[name].high
    assert all(0.88 <= times / trials <= 0.98 for times in covered.values()), covered


def test_several_seeds_are_calibrated_each_by_itself() -> None:
    # One seed is sure and right, the other sure and wrong: together they would look like a coin that boasts.
    p = np.array([[0.9] * 40, [0.1] * 40])
    times = group_draws(tuple(f"g{i:02d}" for i in range(40)), 100, 0)
    shares = seed_draws(("lora", "one"), 2, 100, 0)
    found = calibration_estimates(p, np.arange(40), times, shares)
    assert found["ece"].value == pytest.approx((0.1 + 0.9) / 2)
    assert found["brier"].value == pytest.approx((0.01 + 0.81) / 2)
    # The pairs are all alike, so what varies is which seeds a sample draws.
    assert (found["brier"].low, found["brier"].high) == pytest.approx((0.01, 0.81))


def test_a_curve_holds_the_bins_that_hold_a_pair() -> None:
    made = curve(np.array([[0.72, 0.28, 0.74, 0.97], [0.5, 0.5, 0.97, 0.97]]))
    assert made == [
        {"confidence": 0.5, "accuracy": 0.5, "share": 0.25},
        {
            "confidence": pytest.approx((0.72 + 0.72 + 0.74) / 3),
            "accuracy": pytest.approx(2 / 3, abs=1e-6),
            "share": 0.375,
        },
        {"confidence": 0.97, "accuracy": 1, "share": 0.375},
    ]


@pytest.mark.parametrize("values", [[], [1.5], [-0.1], [float("nan")]])
def test_what_is_no_probability_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one probability"):
        calibration(values)


def test_the_published_figure_drops_small_bins_and_certainty() -> None:
    assert published_rms([0.5] * 19) is None
    # Whichever response the coin tells of, a half stays a half; it is compared with the coin's own share of heads.
    heads = 1 - published_shares(100)
    assert published_rms([0.5] * 100) == pytest.approx(abs(0.5 - heads))
    # Told of the right response p is 1 and in no bin; told of the wrong one it is 0 and counts.
    assert published_rms([1.0] * 100) == pytest.approx(heads)


def published_shares(number: int) -> float:
    """Share of the published coin's tosses that tell of the wrong response."""
    import random

    coin = random.Random(42)  # noqa: S311 - the published coin
    return float(np.mean([1 - coin.randint(0, 1) for _ in range(number)]))
