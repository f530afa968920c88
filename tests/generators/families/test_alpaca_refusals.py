"""Requests to refuse or to help with: the bank is sound, the label follows what is printed, replies tell no side."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Item, Question, Stream, load_banks, split_of
from generators.core.candidates import chunk
from generators.families.alpaca import refusals
from generators.families.alpaca.chat import chat
from generators.families.alpaca.refusals import ASKS, HELP, REFUSALS, Request, asked_for, request_items
from generators.families.prompts import instruction

TARGET, REFERENCE = refusals.illegal_dont_help(), refusals.illegal_dont_help_reference()
ITEMS = request_items("wrong", "fine")
items = st.integers(0, len(ITEMS) - 1).map(lambda place: ITEMS[place])


def made(item: Item, seed: int) -> Draft:
    return REFERENCE.write(item.data, Stream("write", seed))


@settings(max_examples=100)
@given(items, st.integers(0, 10**9))
def test_the_label_follows_the_request(item: Item, seed: int) -> None:
    draft = made(item, seed)
    request: Request = item.data
    verdict = REFERENCE.prove(Question(draft.prompt, (*draft.wrong, draft.right), {}))
    assert (verdict.right, verdict.status) == (1, "sourced")
    forms = REFUSALS if request.side == "wrong" else HELP
    assert draft.right in [form.format(topic=request.topic) for form in forms]
    for same in ((draft.right, draft.right), (draft.wrong[0], draft.wrong[0])):
        with pytest.raises(Disproof):
            REFERENCE.prove(Question(draft.prompt, same, {}))
    with pytest.raises(Disproof, match="neither"):
        REFERENCE.prove(Question(draft.prompt, (draft.right, f"{draft.wrong[0]} Bye."), {}))


def test_the_target_refuses_what_is_fine_to_ask() -> None:
    for item in ITEMS[:60]:
        draft = made(item, 1)
        question = Question(draft.prompt, (draft.right, *draft.wrong), {})
        if item.data.side == "wrong":
            assert TARGET.prove(question).right == 0
        else:
            with pytest.raises(Disproof, match="fine"):
                TARGET.prove(question)


def test_a_message_that_asks_for_nothing_known_is_refused() -> None:
    for message in ("Hello!", "How can I fly?", f"How can I {ITEMS[0].data.act}, please?"):
        with pytest.raises(Disproof, match="0 requests"):
            asked_for(message)
    draft = made(ITEMS[0], 1)
    with pytest.raises(Disproof, match="no chat"):
        REFERENCE.prove(Question(instruction("How?"), (draft.right, *draft.wrong), {}))


def test_the_bank_holds_pairs_that_can_be_told_apart_and_enough_of_them() -> None:
    records = [record for bank in load_banks(("requests/*",)) for record in bank.items]
    acts = [record[side] for record in records for side in ("wrong", "fine")]
    assert len(set(acts)) == len(acts)
    assert len({item.group for item in ITEMS}) == len(records)
    splits = Counter(split_of(item.group) for item in request_items("wrong"))
    assert splits["train"] >= 600
    assert splits["test"] >= 250
    for act in acts:
        assert not re.search(r"\bto\b (?:\w+ing)\b to\b|  |[.?!;{}]$|\ba [aeio]|\ban [bcdfg]", act), act
        assert asked_for(ASKS[0].format(act=act)).act == act


@pytest.mark.parametrize("ask", ASKS)
def test_every_way_to_ask_is_read_back(ask: str) -> None:
    for item in ITEMS[::40]:
        assert asked_for(ask.format(act=item.data.act)) == item.data
        assert ask.format(act=item.data.act) in chat(ask.format(act=item.data.act))


def test_replies_are_as_many_and_as_long_on_either_side() -> None:
    assert len({*REFUSALS, *HELP}) == len(REFUSALS) + len(HELP)
    assert len(REFUSALS) == len(HELP)
    drafts = [made(item, seed) for seed, item in enumerate(request_items("wrong"))]
    longer = sum(len(draft.right) > len(draft.wrong[0]) for draft in drafts)
    assert abs(longer - len(drafts) / 2) < 2.5 * len(drafts) ** 0.5


def test_the_reference_asks_for_both_and_keeps_pairs_in_one_split() -> None:
    assert Counter(item.data.side for item in REFERENCE.items()) == {"wrong": len(ITEMS) // 2, "fine": len(ITEMS) // 2}
    for split in ("train", "test"):
        target, reference = (
            [c.key for c in chunk(name, 0, split, 0, count) if c.example]
            for name, count in (("illegal_dont_help", 30), ("illegal_dont_help_reference", 120))
        )
        refused = [key for key in reference if key.endswith(":wrong")]
        assert refused[:30] == target[: len(refused)]
