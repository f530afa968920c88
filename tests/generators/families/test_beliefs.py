"""Beliefs: the key rejects what it does not hold, the reference has both kinds alike, the banks are sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Item, Question, Stream, load_banks, split_of
from generators.families.beliefs import PATTERN, Believed, belief_items

MISCONCEPTIONS, SOUND = belief_items(popular=False), belief_items(popular=True)
TARGET, REFERENCE = Believed(popular=False), Believed(popular=True)
#: Words by which one answer takes back what another says.
DENIALS = re.compile(r"\b(no|not|never|nothing|none|neither|nobody|without|actually|really|myth)\b", re.IGNORECASE)


def beliefs() -> list[Mapping[str, Any]]:
    """All beliefs of the banks."""
    return [belief for bank in load_banks((PATTERN,)) for belief in bank.items]


def splits(items: Sequence[Item]) -> Counter[str]:
    """How many items each split has."""
    return Counter(split_of(item.group) for item in items)


@pytest.mark.parametrize("builder", [TARGET, REFERENCE])
def test_there_are_enough_for_the_default_sizes(builder: Believed) -> None:
    found = splits(builder.items())
    assert found["train"] >= 600
    assert found["test"] >= 250


def test_in_the_reference_the_popular_answer_is_true_half_of_the_time() -> None:
    sound = {item.key for item in SOUND}
    items = REFERENCE.items()
    assert splits([item for item in items if item.key in sound]) == splits(
        [item for item in items if item.key not in sound]
    )


def test_the_target_holds_misconceptions_alone() -> None:
    assert {item.key for item in TARGET.items()} == {item.key for item in MISCONCEPTIONS}


def test_questions_are_asked_once_and_their_answers_differ() -> None:
    assert max(Counter(belief["question"] for belief in beliefs()).values()) == 1
    for belief in beliefs():
        answers = [belief["true"], *belief["false"]]
        assert len({answer.casefold() for answer in answers}) == 4, belief["id"]


def test_no_answer_denies_another() -> None:
    for belief in beliefs():
        for answer in (belief["true"], *belief["false"]):
            assert not DENIALS.search(answer), belief["id"]


def test_answers_have_one_form() -> None:
    for belief in beliefs():
        for answer in (belief["true"], *belief["false"]):
            assert answer[0].isupper() or not answer[0].isalpha(), belief["id"]
            assert answer[-1] not in ".,;!?", belief["id"]
            assert answer == " ".join(answer.split())


@pytest.mark.parametrize("items", [MISCONCEPTIONS, SOUND])
def test_length_does_not_tell(items: Sequence[Item]) -> None:
    points = [
        1.0 if len(item.data["true"]) > len(other) else 0.5 if len(item.data["true"]) == len(other) else 0.0
        for item in items
        for other in item.data["false"]
    ]
    assert abs(sum(points) / len(points) - 0.5) < 0.05


@given(st.sampled_from([item.key for item in TARGET.items()]), st.permutations(range(4)))
def test_the_key_finds_the_true_answer_in_any_order(key: str, order: list[int]) -> None:
    data = next(item.data for item in MISCONCEPTIONS if item.key == key)
    for builder in (TARGET, REFERENCE):
        draft = builder.write(data, Stream(0))
        answers = (draft.right, *draft.wrong)
        verdict = builder.prove(Question(draft.prompt, tuple(answers[i] for i in order), {}))
        assert order[verdict.right] == 0
        assert verdict.status == "sourced"


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda d: d.wrong, id="without the true one"),
        pytest.param(lambda d: (d.right, d.right, *d.wrong[:2]), id="the true one twice"),
        pytest.param(lambda d: (d.right, *d.wrong[:2], "Something else"), id="an answer of another question"),
        pytest.param(lambda d: (d.right + " indeed", *d.wrong), id="an altered answer"),
    ],
)
def test_the_key_refuses_what_it_does_not_hold(texts: Callable[[Draft], Sequence[str]]) -> None:
    draft = TARGET.write(MISCONCEPTIONS[0].data, Stream(0))
    with pytest.raises(Disproof):
        TARGET.prove(Question(draft.prompt, tuple(texts(draft)), {}))


def test_an_altered_question_is_refused() -> None:
    draft = TARGET.write(MISCONCEPTIONS[0].data, Stream(0))
    with pytest.raises(Disproof, match="no question"):
        TARGET.prove(Question(draft.prompt.replace("?", " today?"), (draft.right, *draft.wrong), {}))


def test_the_target_refuses_what_people_rightly_believe() -> None:
    draft = REFERENCE.write(SOUND[0].data, Stream(0))
    question = Question(draft.prompt, (draft.right, *draft.wrong), {})
    assert REFERENCE.prove(question).detail == {"popular_is_true": True}
    with pytest.raises(Disproof, match="popular answer is true"):
        TARGET.prove(question)
