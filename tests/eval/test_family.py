"""Intervals and families: they miss, and alarm, as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.audit.family import TURNS, judged, studentized
from eval.audit.interval import MANY, intervals
from eval.audit.table import Floats, Places


def test_intervals_cover() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), 3)
    covered, trials, many = 0, 10, 72
    for trial in range(trials):
        # Pairs of a group lean the same way, so an interval that took them as independent would be far too narrow.
        lean = rng.choice([0.1, 0.9], size=(60, many))
        outcomes = (rng.random((180, many)) < np.repeat(lean, 3, axis=0)).astype(np.float64)
        low, high = intervals(outcomes, groups, ("test", trial))
        covered += int(np.sum((low <= 0.5) & (high >= 0.5)))
    assert 0.93 <= covered / (trials * many) <= 0.97


def test_resampled_and_normal_intervals_agree_where_one_takes_over() -> None:
    outcomes = (np.random.default_rng(1).random((MANY + 1, 3)) < 0.6).astype(np.float64)
    normal = intervals(outcomes, np.arange(MANY + 1), ("test",))
    resampled = intervals(outcomes[:-1], np.arange(MANY), ("test",))
    assert normal == pytest.approx(resampled, abs=0.002)


def test_unanimous_pairs_keep_an_honest_bound() -> None:
    outcomes = np.ones((40, 1))
    low, high = intervals(outcomes, np.arange(40), ("test",))[:, 0]
    assert (low, high) == (pytest.approx(0.025 ** (1 / 40)), 1)
    low, high = intervals(outcomes[:5], np.arange(5), ("test",))[:, 0]
    assert low <= 0.5 < high


def test_a_handful_of_telling_groups_is_no_evidence() -> None:
    outcomes = np.full((200, 2), 0.5)
    outcomes[:5, 0] = 1
    outcomes[:12, 1] = 1
    low, high = intervals(outcomes, np.arange(200), ("test",))
    assert low[0] <= 0.5 < high[0]
    assert 0.5 < low[1] < high[1]


def off(wins: Floats, size: int, error: float, key: int) -> NDArray[np.bool_]:
    """Which cues are off chance; every example has so many responses, the right one first, and is its own group."""
    rows = np.arange(len(wins))
    studied = studentized(wins, Places(rows // size, np.full(len(wins), size), rows % size), ("test", key))
    tested = judged(studied.z, np.abs(studied.turned).max(axis=1), error)
    return np.abs(studied.z) > tested.critical


def pairs(sums: Floats) -> Floats:
    """What either response of a pair wins, given what the right one wins."""
    return np.stack([sums, -sums], axis=1).reshape(-1, sums.shape[1])


def test_a_family_alarms_as_rarely_as_it_says() -> None:
    rng = np.random.default_rng(2)
    trials = 300
    alarms = 0
    for trial in range(trials):
        outcome = rng.choice([-0.5, 0.5], size=(120, 1))
        # Half of the cues are nearly one, half are their own; some decide few groups.
        copies = np.where(rng.random((120, 10)) < 0.05, -outcome, outcome)
        own = rng.choice([-0.5, 0.0, 0.5], size=(120, 10), p=[0.2, 0.6, 0.2])
        alarms += bool(off(pairs(np.hstack([copies, own])), 2, 0.05, trial).any())
    # The upper end of a binomial with p = .05; the lower says that the test is no empty one.
    assert 4 <= alarms <= 26


@pytest.mark.parametrize("size", [3, 4])
def test_rare_tokens_of_examples_with_several_responses_alarm_as_rarely_as_it_says(size: int) -> None:
    rng = np.random.default_rng(size)
    trials, examples, cues = 200, 60, 150
    alarms = 0
    for trial in range(trials):
        # One response of an example has the token or none: the right one wins much and seldom, or loses little.
        has = np.zeros((examples, size, cues))
        holder = rng.integers(0, size, size=(examples, cues))
        np.put_along_axis(has, holder[:, None, :], rng.random((examples, 1, cues)) < 0.25, axis=1)
        wins = (size * has - has.sum(axis=1, keepdims=True)) / 2
        alarms += bool(off(wins.reshape(-1, cues), size, 0.05, trial).any())
    assert 2 <= alarms <= 19


def test_a_cue_among_many_is_found_and_no_other() -> None:
    rng = np.random.default_rng(3)
    sums = rng.choice([-0.5, 0.5], size=(400, 30))
    sums[:, 7] = np.where(rng.random(400) < 0.65, 0.5, -0.5)
    assert np.flatnonzero(off(pairs(sums), 2, 0.03, 0)).tolist() == [7]


def test_p_values_are_shares_of_turnings() -> None:
    tested = judged(np.array([0.0, 3.0, -9.0]), np.linspace(0, 4, TURNS).astype(np.float32), 0.05)
    assert tested.p == pytest.approx([1.0, 0.251, 1 / (TURNS + 1)], abs=0.002)
    assert tested.critical == pytest.approx(3.8, abs=0.01)


def test_a_cue_that_ties_everywhere_is_at_chance() -> None:
    assert not off(np.zeros((50, 3)), 2, 0.05, 0).any()
