"""Keyed streams: equal keys, equal draws; everything else apart; draws in range and evenly spread."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Stream, split_of
from tests.project import ROOT

KEYS = st.lists(st.one_of(st.text(max_size=8), st.integers(-(2**60), 2**60)), min_size=1, max_size=4)


@given(KEYS, KEYS)
def test_streams_agree_exactly_when_their_keys_do(one: list[str | int], two: list[str | int]) -> None:
    draws = [[stream.below(2**64) for _ in range(3)] for stream in (Stream(*one), Stream(*one), Stream(*two))]
    assert draws[0] == draws[1]
    assert (draws[0] == draws[2]) == (one == two)


def test_a_text_and_a_number_are_different_keys() -> None:
    assert Stream("a", 1).below(2**64) != Stream("a", "1").below(2**64)


def test_draws_are_the_same_in_another_process() -> None:
    code = "from generators.core import Stream; s = Stream('x', 7); print([s.below(1000) for _ in range(5)])"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    stream = Stream("x", 7)
    assert str([stream.below(1000) for _ in range(5)]) == other.strip()


def test_draws_are_those_that_every_machine_gives() -> None:
    stream = Stream("golden", 1)
    assert [stream.below(100) for _ in range(6)] == [65, 24, 11, 38, 27, 56]


@given(st.lists(st.integers(), max_size=30), st.integers(0, 2**32))
def test_shuffling_keeps_the_values(values: list[int], seed: int) -> None:
    assert sorted(Stream(seed).shuffled(values)) == sorted(values)


@given(st.sets(st.integers(), max_size=20), st.data())
def test_a_sample_is_distinct_and_of_the_asked_size(values: set[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(0, len(values)))
    sample = Stream("sample").sample(sorted(values), k)
    assert len(sample) == len(set(sample)) == k
    assert set(sample) <= values


def test_draws_are_evenly_spread() -> None:
    stream = Stream("even")
    counts = [0] * 7
    for _ in range(7000):
        counts[stream.below(7)] += 1
    # Six standard deviations of Binomial(7000, 1/7) are 176.
    assert all(abs(count - 1000) < 176 for count in counts)


@pytest.mark.parametrize("bound", [0, -3])
def test_an_empty_range_is_refused(bound: int) -> None:
    with pytest.raises(ValueError, match="positive bound"):
        Stream("x").below(bound)


def test_a_third_of_all_groups_is_test() -> None:
    share = sum(split_of(f"group {i}") == "test" for i in range(6000)) / 6000
    assert 0.30 < share < 0.37
