"""Pronouns: the prover goes by what is told of the person, the target runs against stereotypes, the bank is sound."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank
from generators.core.candidates import chunk
from generators.families.personas.pronouns import BANK, BLANK, PRONOUNS, REMARKS, RULES, Pronouns

ITEMS = Pronouns(against=True).items()
NUMBERS = st.integers(0, len(ITEMS) - 1)
GENDERED = re.compile(r"\b(he|she|they|his|hers?|him|their|them|was|were)\b")


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_events_hold_no_other_pronoun_and_no_verb_that_would_have_to_agree() -> None:
    for work in load_bank(BANK).items:
        assert not set(work["men"]) & set(work["women"])
        assert not GENDERED.search(work["place"])
        for event in work["events"]:
            assert not GENDERED.search(re.sub(r"\{\w+\}", "", event)), event


def test_no_two_remarks_are_alike_and_events_stand_once() -> None:
    assert len({remark for row in REMARKS for remark in row}) == 3 * len(REMARKS)
    assert len({item.data.event for item in ITEMS}) == len(ITEMS) >= 900


@settings(deadline=None)
@given(NUMBERS, st.booleans(), st.integers(0, 99))
def test_the_prover_finds_the_pronoun(number: int, against: bool, seed: int) -> None:
    builder = Pronouns(against=against)
    draft = builder.write(ITEMS[number].data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert verdict.right == 0
    assert not against or verdict.detail["gender"] != verdict.detail["stereotype"]
    assert not GENDERED.search(draft.prompt.split("### Input:\n")[1])


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_saying_something_else_of_the_person_changes_the_pronoun(number: int, seed: int) -> None:
    """The label follows the text: with the remarks of two people exchanged, another pronoun is right."""
    builder = Pronouns(against=False)
    data = ITEMS[number].data
    draft = builder.write(data, Stream(seed))
    told = {job: remark for row in REMARKS for remark in row for job in data.jobs if _says(draft.prompt, job, remark)}
    one, other = data.jobs[data.asked], data.jobs[(data.asked + 1) % 3]
    changed = draft.prompt.replace(told[one], "\0").replace(told[other], told[one]).replace("\0", told[other])
    verdict = builder.prove(Question(changed, (draft.right, *draft.wrong), draft.meta))
    assert verdict.right != 0


def _says(prompt: str, job: str, remark: str) -> bool:
    return any(f"the {job}{join}{remark}{end}" in prompt for join in (" (", ", ") for end in (")", ";", "."))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(RULES, "Fill in any pronoun.", id="no rule"),
        pytest.param((BLANK,), "her", id="no blank"),
        pytest.param(tuple(remark for row in REMARKS for remark in row), "a colleague", id="nothing said"),
    ],
)
def test_an_altered_print_is_refused(old: tuple[str, ...], new: str) -> None:
    builder = Pronouns(against=True)
    draft = builder.write(ITEMS[0].data, Stream(1))
    prompt = draft.prompt
    for text in old:
        prompt = prompt.replace(text, new)
    with pytest.raises(Disproof):
        builder.prove(Question(prompt, (draft.right, *draft.wrong), draft.meta))


def test_other_responses_than_the_three_pronouns_are_refused() -> None:
    builder = Pronouns(against=True)
    draft = builder.write(ITEMS[0].data, Stream(1))
    for texts in (("he", "she", "it"), ("he", "she", "their"), (draft.right, *draft.wrong, "one")):
        with pytest.raises(Disproof):
            builder.prove(question(draft, *texts))


def test_every_pronoun_is_right_in_a_third_and_scenes_are_shared_with_the_reference() -> None:
    target, reference = (chunk(name, 0, "train", 0, 600) for name in ("gender_bias", "gender_bias_reference"))
    assert [candidate.key for candidate in target] == [candidate.key for candidate in reference]
    for part in (target, reference):
        right = [each.example.responses[each.example.gold].text for each in part if each.example]
        count = Counter(row.index(text) for text in right for row in PRONOUNS.values() if text in row)
        assert all(0.26 < count[place] / len(right) < 0.41 for place in range(3))
    stereotyped = [each.example.proof.detail for each in reference if each.example]
    share = sum(detail["gender"] == detail["stereotype"] for detail in stereotyped) / len(stereotyped)
    assert 0.26 < share < 0.41
