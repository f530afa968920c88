"""Notices written to order: every way to fail is seen from print, and the banks of sentences keep it that way."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, split_of
from generators.families.alpaca import quality
from generators.families.alpaca.notices import OCCASIONS
from generators.families.alpaca.quality import WAYS, Order, failures
from generators.families.prompts import instruction

MAKERS = {"low": quality.alpaca_low_quality, "high": quality.alpaca_high_quality}
seeds = st.integers(0, 10**9)


def order_of(seed: int) -> Order:
    order = quality.alpaca_high_quality().draw(Stream("order", seed)).data
    assert isinstance(order, Order)
    return order


def made(name: str, seed: int) -> Draft:
    return MAKERS[name]().write(order_of(seed), Stream("write", seed))


@settings(max_examples=100, deadline=None)
@given(seeds, st.sets(st.integers(0, WAYS - 1)))
def test_a_notice_fails_in_as_many_ways_as_it_was_made_to(seed: int, ways: set[int]) -> None:
    order = order_of(seed)
    prompt = instruction(*quality._asked(order, Stream("asked", seed)))
    assert len(failures(prompt, quality._failing(order, ways, Stream("told", seed)))) == len(ways)


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=50, deadline=None)
@given(seed=seeds)
def test_the_prover_finds_the_better_notice(name: str, seed: int) -> None:
    draft = made(name, seed)
    texts = (*draft.wrong, draft.right)
    verdict = MAKERS[name]().prove(Question(draft.prompt, texts, draft.meta))
    assert verdict.right == 1
    worse, better = verdict.detail["failures"]
    assert (better, worse) in {"low": {(1, 4), (2, 5)}, "high": {(0, 1)}}[name]
    other = MAKERS["high" if name == "low" else "low"]()
    with pytest.raises(Disproof, match="ways"):
        other.prove(Question(draft.prompt, texts, draft.meta))


@pytest.mark.parametrize("name", MAKERS)
def test_altered_print_is_no_proof(name: str) -> None:
    for seed in range(20):
        draft = made(name, seed)
        texts = (draft.right, *draft.wrong)
        builder = MAKERS[name]()
        for prompt in (
            draft.prompt.replace("### Input:", "### Inputs:"),
            draft.prompt.replace(" about ", " against "),
            re.sub(r"question|exclamation", "song", draft.prompt),
        ):
            with pytest.raises(Disproof):
                builder.prove(Question(prompt, texts, draft.meta))
        cut = tuple(text.split(". ", 2)[2] for text in texts)
        with pytest.raises(Disproof):
            builder.prove(Question(draft.prompt, cut, draft.meta))


def test_the_same_notice_is_right_under_one_request_and_wrong_under_another() -> None:
    """By its length and by how it ends, the better notice of 400 is the upper one about half of the time."""
    longer = asks = decided = ends = 0
    for seed in range(400):
        draft = made("high", seed)
        one, two = draft.right, draft.wrong[0]
        decided += len(one) != len(two)
        longer += len(one) > len(two)
        ends += one.endswith("?") != two.endswith("?")
        asks += one.endswith("?") > two.endswith("?")
    assert abs(longer - decided / 2) < 2.5 * decided**0.5
    assert abs(asks - ends / 2) < 2.5 * ends**0.5


@pytest.mark.parametrize("key", OCCASIONS)
def test_what_a_notice_tells_can_be_told_apart(key: str) -> None:
    kind = OCCASIONS[key]
    assert len({fact.label for fact in kind.facts}) == 6
    assert len(set(kind.names)) == len(kind.names) >= 8
    says = [say for fact in kind.facts for say in fact.says]
    sentences = " ".join([*kind.questions, *kind.calls, *kind.names, *says])
    for fact in kind.facts:
        assert len(set(fact.values)) == len(fact.values) >= 4
        assert all("{v}" in say and not re.search(r"\b(?:us|our|we)\b", say) for say in fact.says)
        assert not [(a, b) for a, b in combinations(fact.values, 2) if a in b or b in a]
        assert not [value for value in fact.values if re.search(rf"\b{re.escape(value)}\b", sentences)]
    for fact, other in combinations(kind.facts, 2):
        assert not [value for value in fact.values if any(re.search(rf"\b{value}\b", text) for text in other.values)]
    assert sum("{We}" in say for fact in kind.facts for say in fact.says) == 2
    assert all("{It}" in say for fact in kind.core[:2] for say in fact.says)


def test_groups_do_not_depend_on_which_of_the_two_things_is_meant() -> None:
    for seed in range(30):
        item = quality.alpaca_low_quality().draw(Stream("item", seed))
        order: Order = item.data
        assert split_of(item.group) in ("train", "test")
        assert item.key.startswith(item.group)
        assert order.names[0] in item.key
