"""What makers do with rows: which choices stand alone, which results change, which instructions share a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import PassOver, Stream
from generators.families.prompts import instruction
from generators.families.upstream.assistant import BLOCK, Order, deal
from generators.families.upstream.choices import bare, can_be_asked
from generators.families.upstream.mathematics import FLOOR, LEAST, boxed, changed, corners
from generators.families.upstream.reading import given as given_in
from generators.families.upstream.replies import CHALLENGES, TASKS, Level, Rated
from tests.generators.upstream.sources import ANIMALS, PLACES

PLAIN = ["an otter", "a heron", "a badger"]
RATED = Rated(TASKS, Level((0, 50)), challenged=False)


@pytest.mark.parametrize(
    ("choice", "alone"),
    [
        ("a lynx", True),
        ("the animals above", False),
        ("All of the above.", False),
        ("none of these", False),
        ("Neither", False),
        ("both A and C", False),
        ("B and D only", False),
        ("both sides of a coin, or one", False),
        ("a band and a choir", True),
        ("vitamins A or B complex", False),
        ("a place and a time", True),
    ],
)
def test_choices_that_speak_of_others_are_left_out(choice: str, alone: bool) -> None:
    assert can_be_asked([*PLAIN, choice]) == alone


def test_a_question_needs_four_different_choices() -> None:
    assert not can_be_asked(PLAIN)
    assert not can_be_asked([*PLAIN, "an otter."])
    assert not can_be_asked([*PLAIN, "."])


@pytest.mark.parametrize(
    ("choice", "printed"),
    [
        (" It rains. ", "It rains"),
        ("3.5", "3.5"),
        ("the U.S.", "the U.S."),
        ("It rains. It pours.", "It rains. It pours."),
    ],
)
def test_a_single_full_stop_is_not_printed(choice: str, printed: str) -> None:
    assert bare(choice) == printed


@pytest.mark.parametrize(
    ("solution", "result"),
    [
        ("so $x = \\boxed{42}$.", "42"),
        ("first \\boxed{1}, then \\boxed{\\frac{1}{20}}.", "\\frac{1}{20}"),
        ("no box", None),
        ("\\boxed{never ends", None),
    ],
)
def test_the_last_box_is_read(solution: str, result: str | None) -> None:
    assert boxed(solution) == result


def test_a_number_changes_wherever_it_stands_by_itself() -> None:
    solution = "42 + 142 = 42x, 4.42 and 42.5 and 42, but 1,42 or 42{,}000: \\boxed{42}"
    assert changed(solution, 42, 47) == "47 + 142 = 47x, 4.42 and 42.5 and 47, but 1,42 or 42{,}000: \\boxed{47}"


@given(st.integers(LEAST, 10**6), st.integers(0, 999))
def test_results_are_corners_of_a_square(number: int, seed: int) -> None:
    try:
        others = corners(number, Stream(seed))
    except PassOver:
        assert number % 5 == 0
        assert number < FLOOR + 30
        return
    low, one, other, high = sorted([number, *others])
    assert low >= FLOOR
    assert high - other == one - low
    assert len({low, one, other, high}) == 4


def test_neither_size_nor_distance_tells_the_result() -> None:
    places = Counter(sorted([250, *(others := corners(250, Stream(seed)))]).index(250) for seed in range(2000))
    assert len(others) == 3
    assert all(abs(times - 500) < 100 for times in places.values())


@given(st.sampled_from(TASKS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_stands_in_a_prompt_is_read_back(task: str, text: str) -> None:
    assert given_in(instruction(task, text), TASKS) == text
    assert given_in(instruction(task, text), CHALLENGES) is None


def order(number: int, output: str, *matter: str) -> Order:
    return Order(f"k{number}", f"k{number}", f"p{number}", output, frozenset(matter))


@given(st.lists(st.tuples(st.sampled_from(ANIMALS), st.sampled_from(PLACES), st.integers(1, 200)), max_size=80))
def test_blocks_are_closed_and_of_like_length(rows: list[tuple[str, str, int]]) -> None:
    orders = [order(n, f"{n} {'x' * size}", one, other) for n, (one, other, size) in enumerate(rows)]
    blocks = list(deal(orders))
    dealt = [each.key for block in blocks for each in block]
    assert len(set(dealt)) == len(dealt)
    for block in blocks:
        assert len(block) == BLOCK
        assert all(one.goes_with(other) for one in block for other in block if one is not other)


def test_orders_that_one_output_could_serve_do_not_share_a_block() -> None:
    assert order(1, "an otter", "otter", "river").goes_with(order(2, "a heron", "heron", "river"))
    assert not order(1, "an otter", "otter", "river").goes_with(order(2, "a heron", "river"))
    assert not order(1, "an otter", "otter").goes_with(order(2, "An  Otter", "heron"))
    assert not order(1, "an otter", "otter").goes_with(order(2, "a heron that " * 20, "heron"))


def reply(score: int, written: int | None = None) -> Mapping[str, Any]:
    return {"text": f"text {score}", "score": score, "written": written}


@pytest.mark.parametrize(
    ("better", "worse", "fits"),
    [
        pytest.param(reply(30), reply(10), True, id="three times"),
        pytest.param(reply(29), reply(10), False, id="less than three times"),
        pytest.param(reply(51), reply(1), False, id="too high"),
        pytest.param(reply(9), reply(0), False, id="nobody voted for the worse"),
        pytest.param(reply(30, 2), reply(10, 1), True, id="later"),
        pytest.param(reply(30, 1), reply(10, 2), False, id="earlier, so more have seen it"),
    ],
)
def test_scores_decide_only_where_they_say_something(better: Any, worse: Any, fits: bool) -> None:
    assert RATED.decides(better, worse) == fits
    assert not RATED.decides(worse, better)
