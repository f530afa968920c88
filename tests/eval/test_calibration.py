"""Calibration is what one counts by hand, and the parts of the Brier score add up to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.calibration import calibration, published_rms

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


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_the_order_of_the_pairs_does_not_matter_but_for_ties_of_confidence(values: list[float]) -> None:
    turned = calibration(values[::-1])
    made = calibration(values)
    assert (turned.brier, turned.ece) == pytest.approx((made.brier, made.ece))
    assert 0 <= made.ece <= 1
    assert made.rms >= made.adaptive_ece - 1e-12


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
