"""Brief and long answers: the frame can be taken off, and each distribution insists on its own lengths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.core.candidates import chunk
from generators.families.alpaca import length
from generators.families.alpaca.length import CLOSES, LEADS, at_length, brief

MAKERS = {
    "alpaca_short": length.alpaca_short,
    "alpaca_long": length.alpaca_long,
    "alpaca_long_reference": length.alpaca_long_reference,
}


def made(name: str, seed: int) -> Draft:
    builder = MAKERS[name]()
    return builder.write(builder.draw(Stream("item", seed)).data, Stream("write", seed))


@given(st.integers(0, 10**9), st.sampled_from(["It is Abuja.", "There are 12 seats.", "Could you not sing?"]))
def test_what_is_told_at_length_is_read_back_as_it_was(seed: int, answer: str) -> None:
    told = at_length(answer, Stream(seed))
    assert told.count(answer) == 1
    assert len(told) > len(answer) + 40
    assert brief(told) == answer == brief(answer)


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_lengths_are_those_of_the_distribution(name: str, seed: int) -> None:
    draft = made(name, seed)
    (wrong,) = draft.wrong
    if name == "alpaca_long_reference":
        assert abs(len(draft.right) - len(wrong)) < 40
        assert (brief(draft.right) == draft.right) == (brief(wrong) == wrong)
    else:
        short, long = (draft.right, wrong) if name == "alpaca_short" else (wrong, draft.right)
        assert len(short) < len(long)
        assert brief(short) == short
    question = Question(draft.prompt, (wrong, draft.right), draft.meta)
    assert MAKERS[name]().prove(question).right == 1
    with pytest.raises(Disproof):
        MAKERS[name]().prove(Question(draft.prompt, (wrong, wrong), draft.meta))


@pytest.mark.parametrize(("name", "other"), [("alpaca_short", "alpaca_long"), ("alpaca_long", "alpaca_short")])
def test_a_pair_of_the_other_lengths_is_refused(name: str, other: str) -> None:
    for seed in range(10):
        draft = made(other, seed)
        for wanted in (name, "alpaca_long_reference"):
            with pytest.raises(Disproof, match="lengths"):
                MAKERS[wanted]().prove(Question(draft.prompt, (draft.right, *draft.wrong), draft.meta))


def test_all_three_ask_the_same_items_in_the_same_order() -> None:
    for split in ("train", "test"):
        groups = [[c.example.group for c in chunk(name, 0, split, 0, 40) if c.example] for name in MAKERS]
        assert groups[0] == groups[1] == groups[2]


def test_leads_and_closes_are_sentences_of_their_own() -> None:
    parts = (*LEADS, *CLOSES)
    assert len(set(parts)) == len(parts)
    assert all(part[0].isupper() and part.endswith(".") and "  " not in part for part in parts)
    assert not [(a, b) for a in parts for b in parts if a != b and (a.startswith(b) or a.endswith(b))]
