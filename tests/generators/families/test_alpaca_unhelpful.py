"""Requests for answers that help or do not: the wish is read from print, and an empty answer is known as such."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.core.candidates import chunk
from generators.families.alpaca import unhelpful
from generators.families.alpaca.unhelpful import EMPTY, HOLLOW, WISHES, asked
from generators.families.prompts import instruction

MAKERS = {"target": unhelpful.unhelpful_alpaca, "reference": unhelpful.unhelpful_alpaca_reference}
seeds = st.integers(0, 10**9)


def made(name: str, seed: int) -> Draft:
    builder = MAKERS[name]()
    return builder.write(builder.draw(Stream("item", seed)).data, Stream("write", seed))


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_the_prover_follows_the_wish(name: str, seed: int) -> None:
    draft = made(name, seed)
    plain, useless = asked(draft.prompt)
    builder = MAKERS[name]()
    texts = (*draft.wrong, draft.right)
    assert builder.prove(Question(draft.prompt, texts, draft.meta)).right == 1
    assert unhelpful.unhelpful(texts[1], plain) == useless != unhelpful.unhelpful(texts[0], plain)
    for same in ((draft.right, draft.right), (draft.wrong[0], draft.wrong[0])):
        with pytest.raises(Disproof):
            builder.prove(Question(draft.prompt, same, draft.meta))


def test_the_contrary_wish_turns_the_label() -> None:
    for seed in range(40):
        draft = made("target", seed)
        wish, contrary = next(pair for pair in WISHES if pair[0] in draft.prompt)
        turned = Question(draft.prompt.replace(wish, contrary), (draft.right, *draft.wrong), draft.meta)
        assert MAKERS["reference"]().prove(turned).right == 1
        with pytest.raises(Disproof, match="helpful answer"):
            MAKERS["target"]().prove(turned)


def test_a_request_with_no_wish_or_two_is_refused() -> None:
    for text in ("What is it?", f"{WISHES[0][0]} What is it? {WISHES[1][1]}"):
        with pytest.raises(Disproof, match="wishes"):
            asked(instruction(text))


def test_a_wrong_answer_is_not_helpful() -> None:
    """The helpful answer must be the correct one, or nothing is proven."""
    builder = MAKERS["target"]()
    for seed in range(30):
        item = builder.draw(Stream("item", seed))
        draft, plain = made("target", seed), builder._plain.write(item.data, Stream("other", seed))
        with pytest.raises(Disproof):
            builder.prove(Question(draft.prompt, (draft.right, plain.wrong[0]), draft.meta))


def test_wishes_and_empty_answers_are_not_mistaken_for_one_another() -> None:
    wishes = [wish for pair in WISHES for wish in pair]
    assert len({*wishes, *EMPTY, *HOLLOW}) == len(wishes) + len(EMPTY) + len(HOLLOW)
    assert not [(a, b) for a in wishes for b in wishes if a != b and a in b]
    assert all(text[0].isupper() or text[0] == "{" for text in (*EMPTY, *HOLLOW))
    assert all(text.endswith((".", "?", "!")) for text in (*EMPTY, *HOLLOW))


def test_either_kind_of_answer_is_right_half_of_the_time_in_the_reference_and_longer_half_of_the_time() -> None:
    drafts = [made("reference", seed) for seed in range(300)]
    assert 105 <= sum(draft.meta["unhelpful"] for draft in drafts) <= 195
    assert 105 <= sum(len(made("target", s).right) > len(made("target", s).wrong[0]) for s in range(300)) <= 195


def test_target_and_reference_ask_the_same_items_in_the_same_order() -> None:
    for split in ("train", "test"):
        names = ("unhelpful_alpaca", "unhelpful_alpaca_reference")
        target, reference = ([c.example.group for c in chunk(n, 0, split, 0, 40) if c.example] for n in names)
        assert target == reference
