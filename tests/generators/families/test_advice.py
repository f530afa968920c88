"""Advice: the prover counts wrong points, sisters turn labels round, altered text is refused, the bank is sound."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank, split_of
from generators.core.registry import find_distribution
from generators.families.advice import ANSWERS, ASKS, BANK, POINTS, cases, defects, shp_high_quality, shp_low_quality

ITEMS = cases()
NUMBERS = st.integers(0, len(ITEMS) - 1)
SEEDS = st.integers(0, 999)
NAMES = ("shp_low_quality", "shp_high_quality")


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_no_question_and_no_point_stands_twice() -> None:
    pairs = load_bank(BANK).items
    points = Counter(point for pair in pairs for side in pair["points"] for point in side)
    assert [point for point, many in points.items() if many > 1] == []
    assert len({asked for pair in pairs for asked in pair["questions"]}) == 2 * len(pairs) >= 300
    assert {item.group for item in ITEMS} == {f"{BANK}:{pair['id']}" for pair in pairs}


def test_every_question_comes_with_its_sister_and_as_often_as_a_build_asks() -> None:
    keys = {item.key for item in ITEMS}
    assert keys == {f"{item.data.pair['id']} {1 - item.data.asked} {item.data.odd}" for item in ITEMS}
    assert Counter(split_of(item.group) for item in ITEMS) == {"train": 600, "test": 250}


def test_points_fit_every_answer() -> None:
    """A point follows "I would", "to" and "also" alike, so it is an order that is not denied."""
    for pair in load_bank(BANK).items:
        for point in (point for side in pair["points"] for point in side):
            assert not point.startswith(("do not", "don't", "never", "to ", "you ", "it ")), point
            assert ";" not in point


@pytest.mark.parametrize("name", NAMES)
@given(NUMBERS, SEEDS)
def test_the_prover_finds_the_better_answer(name: str, number: int, seed: int) -> None:
    builder = find_distribution(name).builder()
    draft = builder.write(ITEMS[number].data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert verdict.right == 0
    assert verdict.detail["defects"] == ([1, 2] if name == "shp_low_quality" else [0, 1])


@given(NUMBERS, SEEDS)
def test_for_the_sister_question_the_other_bad_answer_is_the_better_one(number: int, seed: int) -> None:
    case = ITEMS[number].data
    builder = shp_low_quality()
    draft = builder.write(case, Stream(seed))
    asked, sister = case.pair["questions"][case.asked], case.pair["questions"][1 - case.asked]
    turned = Question(draft.prompt.replace(asked, sister), (draft.right, *draft.wrong), draft.meta)
    assert builder.prove(turned).right == 1


@given(NUMBERS, SEEDS)
def test_what_is_not_of_the_bank_is_refused(number: int, seed: int) -> None:
    builder = shp_high_quality()
    draft = builder.write(ITEMS[number].data, Stream(seed))
    other = builder.write(ITEMS[number - 2 * POINTS].data, Stream(seed))
    for texts in (
        (draft.right, draft.right[:-1]),
        (draft.right, draft.right),
        (draft.right, other.right),
        tuple(draft.wrong),
    ):
        with pytest.raises(Disproof):
            builder.prove(question(draft, *texts))
    with pytest.raises(Disproof):
        defects(draft.prompt.replace("### Instruction:\n", "### Instruction:\nNot "), draft.right)


def test_ways_to_ask_and_to_answer_have_their_slots_once() -> None:
    assert all(ask.count("{question}") == 1 for ask in ASKS)
    for answer in ANSWERS:
        assert [answer.lower().count(f"{{{slot}}}") for slot in ("one", "two", "three")] == [1, 1, 1]
