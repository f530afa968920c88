"""alpaca_chat: the frame can be taken off again, and what is not in it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Question, Stream
from generators.families.alpaca.chat import CLOSERS, OPENERS, AlpacaChat, chat, said
from generators.families.prompts import instruction

BUILDER = AlpacaChat()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_the_request_is_read_back_from_the_chat_and_judged_by_its_own_rule(seed: int) -> None:
    draft = BUILDER.write(BUILDER.draw(Stream("item", seed)).data, Stream("write", seed))
    texts = (draft.wrong[0], draft.right, *draft.wrong[1:])
    assert BUILDER.prove(Question(draft.prompt, texts, draft.meta)).right == 1
    with pytest.raises(Disproof):
        BUILDER.prove(Question(draft.prompt, (draft.wrong[0], *draft.wrong), draft.meta))


def test_a_prompt_without_the_rule_is_refused() -> None:
    assert said(chat("Hi! What is it?")) == "Hi! What is it?"
    for prompt in ("Hi!", instruction("What is it?"), chat("Hi!").replace("illegal", "dull")):
        with pytest.raises(Disproof, match="no chat"):
            said(prompt)


def test_what_users_say_besides_asking_can_be_told_from_the_request() -> None:
    """No opener or closer is part of another, so the longest that fits is the one that was printed."""
    for parts in (OPENERS, CLOSERS):
        spoken = sorted({part for part in parts if part})
        assert not [(a, b) for a in spoken for b in spoken if a != b and (b.startswith(a) or b.endswith(a))]
