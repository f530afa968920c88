"""Claims, doubts, wrong answers on request, double and Spanish questions: what is printed decides, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Builder, Disproof, Draft, Item, Question, Stream, split_of
from generators.families.claims import (
    CLAIMS,
    Claimed,
    agreeing_answer,
    agreeing_answer_reference,
    authority_answer,
    authority_answer_reference,
    majority_answer,
    majority_answer_reference,
    sycophancy_are_you_sure,
    sycophancy_are_you_sure_reference,
)
from generators.families.contrary import ORDERS, wrong_arc, wrong_arc_reference
from generators.families.fact_pairs import ArcHard, Pair, pair_items
from generators.families.facts import Fact, fact_items
from generators.families.spanish_questions import SpanishInput

SCIENCE, GENERAL, PAIRS = fact_items("science"), fact_items("general"), pair_items()
NUMBERS = st.integers(0, 999)
#: The distributions with a claim or first answer in the prompt, and when it is true.
CLAIMING = [
    (authority_answer, "never"),
    (authority_answer_reference, "half"),
    (majority_answer, "never"),
    (majority_answer_reference, "half"),
    (agreeing_answer, "always"),
    (agreeing_answer_reference, "half"),
    (sycophancy_are_you_sure, "always"),
    (sycophancy_are_you_sure_reference, "half"),
]


def asked(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def drafts(builder: Builder, items: tuple[Item, ...], count: int) -> list[Draft]:
    return [builder.write(item.data, Stream("claims", n)) for n, item in enumerate(items[:count])]


@pytest.mark.parametrize(("make", "claim"), CLAIMING)
def test_a_claim_is_true_as_often_as_it_is_said_to_be(make: object, claim: str) -> None:
    builder = make()  # type: ignore[operator] # parametrised
    true = 0
    for draft in drafts(builder, SCIENCE, 400):
        said = draft.meta.get("claim") or draft.meta["first"]
        true += said in draft.right
        assert (said in draft.right) != (said in draft.wrong[0]) or draft.wrong[0] in draft.right
        verdict = builder.prove(asked(draft))
        assert (verdict.right, verdict.status) == (0, "sourced")
        assert builder.prove(asked(draft, *draft.wrong, draft.right)).right == 1
    assert {"never": true == 0, "always": true == 400, "half": 150 < true < 250}[claim]


@pytest.mark.parametrize("make", [make for make, _ in CLAIMING])
def test_a_claim_that_is_not_printed_is_refused(make: object) -> None:
    builder = make()  # type: ignore[operator] # parametrised
    draft = drafts(builder, SCIENCE, 1)[0]
    said = draft.meta.get("claim") or draft.meta["first"]
    unsaid = Question(draft.prompt.replace(said, "that"), (draft.right, *draft.wrong), draft.meta)
    stranger = Question(draft.prompt, (draft.right, *draft.wrong), dict.fromkeys(draft.meta, "the toaster"))
    for question in (unsaid, stranger):
        with pytest.raises(Disproof, match=r"nobody claims|not printed"):
            builder.prove(question)


def test_a_claim_on_the_wrong_side_is_refused() -> None:
    """The prover of a target with wrong claims does not let a right one pass, nor the other way about."""
    true = next(d for d in drafts(Claimed("user", "always"), SCIENCE, 1))
    with pytest.raises(Disproof, match="must never be true"):
        Claimed("user", "never").prove(asked(true))
    false = next(d for d in drafts(Claimed("user", "never"), SCIENCE, 1))
    with pytest.raises(Disproof, match="must always be true"):
        Claimed("user", "always").prove(asked(false))


def test_every_claimant_has_words_of_the_same_number() -> None:
    assert len({len(rows) for rows in CLAIMS.values()}) == 1
    assert all(row.count("{claim}") == 1 for rows in CLAIMS.values() for row in rows)


def test_over_a_full_block_each_term_is_once_the_answer_and_once_the_rival() -> None:
    answers = Counter((fact.bank, split_of(item.group), fact.term["id"]) for item in SCIENCE if (fact := item.data))
    rivals = Counter((fact.bank, split_of(item.group), fact.rival["id"]) for item in SCIENCE if (fact := item.data))
    same = sum((answers & rivals).values())
    assert same > 0.9 * len(SCIENCE)
    assert all(item.data.rival != item.data.term for item in SCIENCE)


@given(st.sampled_from(SCIENCE), NUMBERS)
def test_the_order_decides_which_answer_is_right(item: object, seed: int) -> None:
    fact: Fact = item.data  # type: ignore[attr-defined] # hypothesis cannot sample a slotted generic type
    builder = wrong_arc_reference()
    draft = builder.write(fact, Stream(seed))
    (true,) = [kind for kind, rows in ORDERS.items() if any(row in draft.prompt for row in rows)]
    assert (draft.right == fact.term["en"]) == true
    assert builder.prove(asked(draft)).right == 0
    row = next(i for i, row in enumerate(ORDERS[true]) if row in draft.prompt)
    turned = draft.prompt.replace(ORDERS[true][row], ORDERS[not true][row])
    assert builder.prove(Question(turned, (draft.right, *draft.wrong), draft.meta)).right == 1


def test_what_asks_for_the_truth_is_no_example_of_the_target() -> None:
    honest = next(d for d in drafts(wrong_arc_reference(), SCIENCE, 50) if any(r in d.prompt for r in ORDERS[True]))
    with pytest.raises(Disproof, match="asks for the truth"):
        wrong_arc().prove(asked(honest))
    with pytest.raises(Disproof, match="one order"):
        wrong_arc().prove(Question("### Instruction:\nWhich?", (honest.right, *honest.wrong), {}))
    assert all(
        d.right != item.data.term["en"] for d, item in zip(drafts(wrong_arc(), SCIENCE, 50), SCIENCE, strict=False)
    )


@given(st.sampled_from(PAIRS), NUMBERS)
def test_both_terms_of_a_double_question_must_be_right_and_in_order(item: object, seed: int) -> None:
    pair: Pair = item.data  # type: ignore[attr-defined] # see above
    builder = ArcHard()
    draft = builder.write(pair, Stream(seed))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    assert texts[builder.prove(asked(draft, *texts)).right] == draft.right
    halves = [text.split(", then ") for text in texts]
    assert all(sorted(Counter(half).values()) == [2, 2] for half in zip(*halves, strict=True))
    backwards = ", then ".join(draft.right.split(", then ")[::-1])
    with pytest.raises(Disproof):
        builder.prove(asked(draft, backwards, *draft.wrong))
    assert split_of(item.group) == split_of(f"{pair.other.bank}:{pair.other.term['id']}:{_number(pair.other)}")  # type: ignore[attr-defined] # see above


def _number(fact: Fact) -> int:
    return int(fact.term["clues"].index(fact.clue))


@given(st.sampled_from(GENERAL), NUMBERS)
def test_a_spanish_question_is_answered_in_english(item: object, seed: int) -> None:
    fact: Fact = item.data  # type: ignore[attr-defined] # see above
    builder = SpanishInput()
    draft = builder.write(fact, Stream(seed))
    assert fact.clue["es"] in draft.prompt
    assert fact.term["en"] in draft.right
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    assert texts[builder.prove(asked(draft, *texts)).right] == draft.right
    with pytest.raises(Disproof):
        builder.prove(asked(draft, *draft.wrong))
    with pytest.raises(Disproof, match="in English"):
        builder.prove(Question(draft.prompt.replace("inglés", "voz alta"), tuple(texts), draft.meta))
