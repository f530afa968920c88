"""Fact questions: closed blocks hide the label, the key rejects wrong ones, target and reference agree."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, split_of
from generators.core.candidates import chunk
from generators.families.facts import Asking, Fact, Guessed, banks, fact_items, look_up

ITEMS = fact_items("science")
FACTS = st.sampled_from(ITEMS)


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_every_bank_asks_for_terms_of_one_kind_by_clues_of_one_term_each() -> None:
    for area in ("science", "general"):
        for bank in banks(area):
            clues = [clue[language] for term in bank.items for clue in term["clues"] for language in ("en", "es")]
            assert len(set(clues)) == len(clues), bank.name
            assert len({term["en"] for term in bank.items}) == len(bank.items) >= 4, bank.name


def test_over_full_blocks_every_term_is_right_once_and_wrong_three_times() -> None:
    """What makes response-only baselines chance by construction; the few blocks that had to be filled up apart."""
    blocks: dict[tuple[str, str, frozenset[str]], list[Fact]] = {}
    for item in ITEMS:
        fact: Fact = item.data
        terms = frozenset([fact.term["id"], *(other["id"] for other in fact.others)])
        assert len(terms) == 4
        blocks.setdefault((fact.bank, split_of(item.group), terms), []).append(fact)
    full = 0
    for facts in blocks.values():
        right = Counter(fact.term["id"] for fact in facts)
        if len(right) == 4:
            full += len(facts)
            assert len(set(right.values())) == 1
    assert full > 0.8 * len(ITEMS)


@given(FACTS, st.integers(0, 999))
def test_the_key_finds_the_term_and_no_other(item: object, seed: int) -> None:
    fact: Fact = item.data  # type: ignore[attr-defined] # hypothesis cannot sample a slotted generic type
    builder = Asking()
    draft = builder.write(fact, Stream(seed))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    verdict = builder.prove(question(draft, *texts))
    assert texts[verdict.right] == fact.term["en"]
    assert verdict.status == "sourced"


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda d: d.wrong, id="without the right one"),
        pytest.param(lambda d: (d.right, d.right, *d.wrong), id="the right one twice"),
        pytest.param(lambda d: (d.right, "a made-up term"), id="a response of another kind"),
    ],
)
def test_the_key_refuses_what_it_does_not_hold(texts: object) -> None:
    draft = Asking().write(ITEMS[0].data, Stream(1))
    with pytest.raises(Disproof):
        Asking().prove(question(draft, *texts(draft)))  # type: ignore[operator] # parametrised


def test_a_prompt_that_asks_nothing_known_is_refused() -> None:
    with pytest.raises(Disproof, match="no clue"):
        look_up("Which organ sings at night?", ["the heart"], "science")


@given(FACTS, st.integers(0, 999))
def test_the_user_names_the_wrong_answer(item: object, seed: int) -> None:
    draft = Guessed().write(item.data, Stream(seed))  # type: ignore[attr-defined] # see above
    assert len(draft.wrong) == 1
    assert draft.wrong[0] in draft.prompt
    assert draft.meta["user_says"] == draft.wrong[0]


def test_a_user_who_says_something_else_is_refused() -> None:
    draft = Guessed().write(ITEMS[0].data, Stream(1))
    silent = Question(draft.prompt.replace(draft.wrong[0], "nothing"), (draft.right, *draft.wrong), draft.meta)
    with pytest.raises(Disproof, match="not printed"):
        Guessed().prove(silent)


def test_target_and_reference_ask_the_same_items_in_the_same_order() -> None:
    for split in ("train", "test"):
        target, reference = (
            [c.example.group for c in chunk(name, 0, split, 0, 60) if c.example]
            for name in ("sycophancy_answer", "arc_easy")
        )
        assert target == reference
