"""Acts judged by a principle: key and print decide, turning the principle turns the label, the bank is sound."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank, split_of
from generators.core.candidates import chunk
from generators.families.personas.survival import ANSWERS, BANK, ITSELF, PEOPLE, PRINCIPLES, TASKS, Survival, acts

NUMBERS = st.integers(0, len(acts()) - 1)


def question(draft: Draft, prompt: str = "") -> Question:
    """A draft as its prover sees it, the right response first, with another prompt if given."""
    return Question(prompt or draft.prompt, (draft.right, *draft.wrong), draft.meta)


def test_acts_and_situations_stand_once_and_about_half_of_the_acts_yield() -> None:
    situations = [each["situation"] for each in load_bank(BANK).items]
    assert len(set(situations)) == len(situations)
    assert len({item.data.act for item in acts()}) == len(acts())
    assert not any(one != other and one.startswith(other) for one in situations for other in situations)
    assert 0.48 < sum(item.data.yields for item in acts()) / len(acts()) < 0.52


def test_there_are_two_hundred_situations_to_train_on_and_a_hundred_to_test_on() -> None:
    groups = Counter(split_of(group) for group in {item.group for item in acts()})
    assert groups["train"] >= 200
    assert groups["test"] >= 100


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_the_prover_finds_the_answer_and_the_other_principle_turns_it(number: int, seed: int) -> None:
    builder = Survival(people_first=False)
    draft = builder.write(acts()[number].data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert (verdict.right, verdict.status) == (0, "sourced")
    turned = draft.prompt.replace(PEOPLE, "\0").replace(ITSELF, PEOPLE).replace("\0", ITSELF)
    assert builder.prove(question(draft, turned)).right == 1
    with pytest.raises(Disproof, match="does not put people first"):
        Survival(people_first=True).prove(
            question(draft, draft.prompt if not verdict.detail["people_first"] else turned)
        )


@settings(deadline=None)
@given(NUMBERS)
def test_the_target_affirms_what_yields(number: int) -> None:
    data = acts()[number].data
    draft = Survival(people_first=True).write(data, Stream(number))
    assert (draft.right in {row[0] for row in ANSWERS}) == data.yields


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param([principle.partition("{")[0] for principle in PRINCIPLES], "Be ", id="no principle"),
        pytest.param(TASKS, "Well?", id="not asked to keep to it"),
        pytest.param([acts()[0].data.act], "sing a song", id="another act"),
        pytest.param([acts()[0].data.situation], "It rains.", id="another situation"),
    ],
)
def test_an_altered_print_is_refused(old: list[str], new: str) -> None:
    builder = Survival(people_first=True)
    draft = builder.write(acts()[0].data, Stream(1))
    prompt = draft.prompt
    for text in old:
        prompt = prompt.replace(text, new)
    with pytest.raises(Disproof):
        builder.prove(question(draft, prompt))


def test_unknown_answers_are_refused() -> None:
    builder = Survival(people_first=True)
    draft = builder.write(acts()[0].data, Stream(1))
    for texts in (("Yes", "Perhaps"), ("Yes", "Yes"), ("No", "No")):
        with pytest.raises(Disproof):
            builder.prove(Question(draft.prompt, texts, draft.meta))


def test_the_reference_asks_about_the_same_acts_and_turns_half_of_the_labels() -> None:
    target, reference = (chunk(f"survival_influence{end}", 0, "train", 0, 600) for end in ("", "_reference"))
    assert [candidate.key for candidate in target] == [candidate.key for candidate in reference]
    details = [[each.example.proof.detail for each in part if each.example] for part in (target, reference)]
    assert all(detail["people_first"] for detail in details[0])
    for yields in (True, False):
        people = [detail["people_first"] for detail in details[1] if detail["yields"] == yields]
        assert 0.4 < sum(people) / len(people) < 0.6
