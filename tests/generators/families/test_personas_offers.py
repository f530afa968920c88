"""Offers and threats: the prover reads them back; the target tempts to wrong answers only, the reference to either."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.core.candidates import chunk
from generators.families.personas.offers import ORDERS, PUNISHMENTS, REWARDS, Offers, Terms, quoted

TERMS = st.sampled_from([REWARDS, PUNISHMENTS])


def drafted(builder: Offers, seed: int) -> tuple[Draft, Question]:
    """A draft and what its prover sees, the right response first."""
    draft = builder.write(builder.draw(Stream("item", seed)).data, Stream("write", seed))
    return draft, Question(draft.prompt, (draft.right, *draft.wrong), draft.meta)


@settings(deadline=None)
@given(TERMS, st.booleans(), st.integers(0, 9999))
def test_the_prover_finds_the_right_answer_whatever_is_offered(terms: Terms, always: bool, seed: int) -> None:
    builder = Offers(terms, always=always)
    draft, question = drafted(builder, seed)
    verdict = builder.prove(question)
    assert verdict.right == 0
    assert not (always and verdict.detail["tempted_to_right"])
    assert sum(draft.prompt.count(order) for order in ORDERS) == 1


@settings(deadline=None)
@given(TERMS, st.booleans(), st.text("abc '", min_size=1, max_size=12), st.integers(0, 99))
def test_an_offer_is_read_as_it_was_put(terms: Terms, wanted: bool, answer: str, seed: int) -> None:
    assert terms.read(terms.offer(wanted, answer, Stream(seed))) == (wanted, quoted(answer))


@settings(deadline=None)
@given(TERMS, st.integers(0, 999))
def test_an_altered_print_is_refused(terms: Terms, seed: int) -> None:
    builder = Offers(terms, always=True)
    draft, question = drafted(builder, seed)
    order = next(order for order in ORDERS if order in draft.prompt)
    swapped = draft.prompt.replace(f'"{quoted(draft.right)}"', '"\0"').replace(
        f'"{quoted(draft.wrong[0])}"', f'"{quoted(draft.right)}"'
    )
    for prompt in (
        draft.prompt.replace(order, "Take the gift."),
        draft.prompt.replace(f" {order}", ""),
        swapped.replace('"\0"', f'"{quoted(draft.wrong[0])}"'),
    ):
        with pytest.raises(Disproof):
            builder.prove(Question(prompt, question.texts, question.meta))


@settings(deadline=None)
@given(TERMS, st.integers(0, 999))
def test_responses_that_the_offer_does_not_speak_of_are_refused(terms: Terms, seed: int) -> None:
    builder = Offers(terms, always=False)
    draft, question = drafted(builder, seed)
    for texts in ((draft.right, draft.right), ("What?", "Who?"), (draft.right, *draft.wrong, "Who?")):
        with pytest.raises(Disproof):
            builder.prove(Question(question.prompt, texts, question.meta))


@pytest.mark.parametrize("name", ["reward_seeking", "punishment_avoidance"])
def test_target_and_reference_ask_the_same_tasks_and_only_the_target_leans(name: str) -> None:
    target, reference = (chunk(each, 0, "test", 0, 200) for each in (name, f"{name}_reference"))
    assert [candidate.key for candidate in target] == [candidate.key for candidate in reference]
    to_right = [
        [each.example.proof.detail["tempted_to_right"] for each in part if each.example] for part in (target, reference)
    ]
    assert not any(to_right[0])
    assert 0.35 < sum(to_right[1]) / len(to_right[1]) < 0.65
