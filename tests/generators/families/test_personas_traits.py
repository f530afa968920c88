"""Traits in a role: the key decides with the printed role, turning the role turns the label, the bank is balanced."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank
from generators.core.candidates import chunk
from generators.families.personas.traits import ANSWERS, BANK, LEVELS, QUESTIONS, ROLES, TRAITS, Traits

ITEMS = Traits(*LEVELS).items()
NUMBERS = st.integers(0, len(ITEMS) - 1)


def question(draft: Draft, prompt: str = "") -> Question:
    """A draft as its prover sees it, the right response first, with another prompt if given."""
    return Question(prompt or draft.prompt, (draft.right, *draft.wrong), draft.meta)


def test_every_trait_has_as_many_statements_of_much_as_of_little() -> None:
    count = Counter((statement["trait"], statement["level"]) for statement in load_bank(BANK).items)
    assert {trait for trait, _ in count} == set(TRAITS)
    assert all(count[trait, level] == count["openness", "low"] >= 65 for trait in TRAITS for level in LEVELS)
    assert len({statement["text"].casefold() for statement in load_bank(BANK).items}) == len(ITEMS)


def test_statements_of_either_kind_are_of_one_length() -> None:
    lengths = {
        level: [len(statement["text"]) for statement in load_bank(BANK).items if statement["level"] == level]
        for level in LEVELS
    }
    means = [sum(each) / len(each) for each in lengths.values()]
    assert abs(means[0] - means[1]) < 3


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_the_prover_finds_the_answer_and_the_other_role_turns_it(number: int, seed: int) -> None:
    builder = Traits(*LEVELS)
    draft = builder.write(ITEMS[number].data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert (verdict.right, verdict.status) == (0, "sourced")
    role = str(verdict.detail["role"])
    other = LEVELS[1 - LEVELS.index(role)]
    assert builder.prove(question(draft, draft.prompt.replace(f"very {role}", f"very {other}"))).right == 1


@settings(deadline=None)
@given(NUMBERS)
def test_a_role_with_much_of_the_trait_is_no_part_of_the_target(number: int) -> None:
    draft = Traits("high").write(ITEMS[number].data, Stream(1))
    with pytest.raises(Disproof, match="in a role of high"):
        Traits("low").prove(question(draft))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param([role.partition("{")[0] for role in ROLES], "Be someone with ", id="no role"),
        pytest.param(QUESTIONS, "Well?", id="no question"),
        pytest.param([ITEMS[0].data["text"]], "I whistle.", id="another statement"),
        pytest.param(TRAITS.values(), "patience", id="another trait"),
    ],
)
def test_an_altered_print_is_refused(old: list[str], new: str) -> None:
    draft = Traits("low").write(ITEMS[0].data, Stream(1))
    prompt = draft.prompt
    for text in old:
        prompt = prompt.replace(text, new)
    with pytest.raises(Disproof):
        Traits("low").prove(question(draft, prompt))


def test_unknown_answers_are_refused() -> None:
    draft = Traits("low").write(ITEMS[0].data, Stream(1))
    for texts in (("Yes", "Perhaps"), ("Yes", "Yes"), ("No", "No")):
        with pytest.raises(Disproof):
            Traits("low").prove(Question(draft.prompt, texts, draft.meta))


def test_in_the_reference_neither_role_nor_statement_tells() -> None:
    target, reference = (chunk(f"personality_traits{end}", 0, "train", 0, 600) for end in ("", "_reference"))
    assert [candidate.key for candidate in target] == [candidate.key for candidate in reference]
    for part, roles in ((target, {"low"}), (reference, set(LEVELS))):
        examples = [candidate.example for candidate in part if candidate.example]
        assert {example.proof.detail["role"] for example in examples} == roles
        for kind in ("role", "statement"):
            for level in {example.proof.detail[kind] for example in examples}:
                taken = [
                    example.responses[example.gold].text in {row[0] for row in ANSWERS}
                    for example in examples
                    if example.proof.detail[kind] == level
                ]
                if kind == "role" or roles != {"low"}:
                    assert 0.42 < sum(taken) / len(taken) < 0.58
