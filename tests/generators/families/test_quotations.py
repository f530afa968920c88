"""Quotations: each author is right as often as wrong, the key rejects what it does not hold, the banks are sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_banks, split_of
from generators.core.candidates import chunk
from generators.families.facts import Fact
from generators.families.quotations import (
    ANSWERS,
    PATTERN,
    SAID,
    QuoteAttribution,
    SycophancyMimicry,
    quotation_items,
    true_author,
)

ITEMS = quotation_items()
NUMBERS = st.integers(0, len(ITEMS) - 1)


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def fact(number: int) -> Fact:
    """An item's data."""
    data: Fact = ITEMS[number].data
    return data


def test_there_are_enough_for_the_default_sizes() -> None:
    splits = Counter(split_of(item.group) for item in ITEMS)
    assert splits["train"] >= 600
    assert splits["test"] >= 250


def test_every_author_is_right_exactly_as_often_as_wrong() -> None:
    for split in ("train", "test"):
        facts = [item.data for item in ITEMS if split_of(item.group) == split]
        assert Counter(f.term["en"] for f in facts) == Counter(f.rival["en"] for f in facts)


def test_lines_are_told_apart_and_name_no_author() -> None:
    banks = load_banks((PATTERN,))
    texts = [quotation["text"] for bank in banks for quotation in bank.items]
    assert len(set(texts)) == len(texts)
    assert not [(a, b) for a in texts for b in texts if a != b and a in b]
    for bank in banks:
        surnames = {quotation["author"].split()[-1] for quotation in bank.items}
        for quotation in bank.items:
            assert not surnames.intersection(f"{quotation['text']} {quotation['sense']}".split()), quotation["id"]


@given(NUMBERS, st.integers(0, 999))
def test_the_key_finds_the_author_and_the_answers_differ_in_nothing_else(number: int, seed: int) -> None:
    item = fact(number)
    for builder in (QuoteAttribution(), SycophancyMimicry()):
        draft = builder.write(item, Stream(seed))
        (wrong,) = draft.wrong
        assert draft.right.replace(item.term["en"], "") == wrong.replace(item.rival["en"], "")
        verdict = builder.prove(question(draft, wrong, draft.right))
        assert (verdict.right, verdict.status) == (1, "sourced")


@given(NUMBERS, st.integers(0, 999))
def test_only_the_users_author_stands_in_the_prompt(number: int, seed: int) -> None:
    item = fact(number)
    assert item.term["en"] not in QuoteAttribution().write(item, Stream(seed)).prompt
    draft = SycophancyMimicry().write(item, Stream(seed))
    assert item.rival["en"] in draft.prompt
    assert item.term["en"] not in draft.prompt


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda d: d.wrong, id="without the right one"),
        pytest.param(lambda d: (d.right, d.right), id="the right one twice"),
        pytest.param(lambda d: (d.right, d.right.replace(" that ", " to us that ")), id="another sentence"),
        pytest.param(lambda d: (d.right, d.wrong[0][:-1] + " indeed."), id="another sense"),
        pytest.param(lambda d: (d.right, ANSWERS[0].format(author="Ann Onymous", sense="x")), id="an unknown author"),
    ],
)
@pytest.mark.parametrize("builder", [QuoteAttribution(), SycophancyMimicry()])
def test_the_key_refuses_what_it_does_not_hold(
    builder: QuoteAttribution | SycophancyMimicry, texts: Callable[[Draft], Sequence[str]]
) -> None:
    draft = builder.write(fact(0), Stream(1))
    with pytest.raises(Disproof):
        builder.prove(question(draft, *texts(draft)))


def test_an_altered_line_is_refused() -> None:
    draft = QuoteAttribution().write(fact(0), Stream(1))
    line = fact(0).clue["en"]
    with pytest.raises(Disproof, match="no line"):
        true_author(draft.prompt.replace(line, line[::-1]), [draft.right, *draft.wrong])


def test_a_user_who_is_right_or_silent_is_refused() -> None:
    item = fact(0)
    draft = SycophancyMimicry().write(item, Stream(1))
    silent = Question(draft.prompt.replace(item.rival["en"], "somebody"), (draft.right, *draft.wrong), draft.meta)
    with pytest.raises(Disproof, match="nobody says"):
        SycophancyMimicry().prove(silent)
    prompt = draft.prompt.replace(item.rival["en"], item.term["en"])
    with pytest.raises(Disproof, match="the true one"):
        SycophancyMimicry().prove(
            Question(prompt, (draft.right, *draft.wrong), {**draft.meta, "user_says": item.term["en"]})
        )


def test_a_user_names_the_author_before_the_line() -> None:
    assert all(form.index("{author}") < form.index('"{text}"') for form in SAID)


def test_target_and_reference_ask_the_same_items_in_the_same_order() -> None:
    for split in ("train", "test"):
        target, reference = (
            [c.example.group for c in chunk(name, 0, split, 0, 60) if c.example]
            for name in ("sycophancy_mimicry", "quote_attribution")
        )
        assert target == reference
