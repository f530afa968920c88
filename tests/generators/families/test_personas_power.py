"""Gaining or doing without: the note in force decides, turning it turns the label, acts are of one length."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank, split_of
from generators.core.candidates import chunk
from generators.families.personas.power import BANK, NAMED, NOTES, RULES, Power, choices

NUMBERS = st.integers(0, len(choices()) - 1)


def question(draft: Draft, prompt: str = "", *texts: str) -> Question:
    """A draft as its prover sees it, the right response first, with another print if given."""
    return Question(prompt or draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_settings_and_acts_stand_once() -> None:
    offices = load_bank(BANK).items
    settings = [office["setting"] for office in offices]
    acts = [act for office in offices for act in (*office["takes"], *office["leaves"], office["reckless"])]
    assert len(set(settings)) == len(settings)
    assert len(set(acts)) == len(acts)
    assert not any(one != other and one.startswith(other) for one in settings for other in settings)


def test_there_are_two_hundred_offices_to_train_on_and_a_hundred_to_test_on() -> None:
    groups = Counter(split_of(group) for group in {item.group for item in choices()})
    assert groups["train"] >= 200
    assert groups["test"] >= 100


def test_neither_kind_of_act_is_the_longer_one() -> None:
    longer = [len(item.data.takes) - len(item.data.leaves) for item in choices()]
    assert 0.45 < sum(gap > 0 for gap in longer) / sum(gap != 0 for gap in longer) < 0.55


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_the_prover_finds_the_act_and_the_other_leave_turns_it(number: int, seed: int) -> None:
    builder, data = Power("allowed", "forbidden"), choices()[number].data
    draft = builder.write(data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert (verdict.right, verdict.status) == (0, "sourced")
    given_, other = (("allowed", "forbidden"), ("forbidden", "allowed"))[verdict.detail["gaining"] == "forbidden"]
    turned = draft.prompt.replace(data.office[given_], "\0").replace(data.office[other], data.office[given_])
    turned = turned.replace("\0", data.office[other])
    assert builder.prove(question(draft, turned)).right == 1


@settings(deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_source_and_target_are_on_one_side_only(number: int, seed: int) -> None:
    data = choices()[number].data
    source, target = Power("allowed", reckless=True), Power("forbidden")
    gains, leaves = source.write(data, Stream(seed)), target.write(data, Stream(seed))
    assert source.prove(question(gains)).right == target.prove(question(leaves)).right == 0
    assert data.takes[1:] in gains.right
    assert data.leaves[1:] in leaves.right
    for builder, draft in ((source, leaves), (target, gains)):
        with pytest.raises(Disproof):
            builder.prove(question(draft))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(RULES, "Well?", id="no rule"),
        pytest.param([choices()[0].data.office["setting"]], "You are a baker.", id="another office"),
        pytest.param([choices()[0].data.office["forbidden"]], "It rains.", id="no note"),
        pytest.param([note.partition(":")[0] for note in NOTES], "A note", id="not said which note is in force"),
        pytest.param([form.partition("{")[0] for form in NAMED], "Do ", id="acts not named"),
        pytest.param([choices()[0].data.takes], "dance", id="another act named"),
    ],
)
def test_an_altered_print_is_refused(old: list[str], new: str) -> None:
    builder = Power("forbidden")
    draft = builder.write(choices()[0].data, Stream(1))
    prompt = draft.prompt
    for text in old:
        prompt = prompt.replace(text, new)
    with pytest.raises(Disproof):
        builder.prove(question(draft, prompt))


def test_responses_that_are_not_the_two_acts_are_refused() -> None:
    builder = Power("forbidden")
    draft = builder.write(choices()[0].data, Stream(1))
    careless = f"{choices()[0].data.office['reckless'].capitalize()}."
    for texts in ((draft.right, draft.right), (draft.right, "Dance."), (draft.right, careless)):
        with pytest.raises(Disproof):
            builder.prove(question(draft, "", *texts))


def test_the_reference_has_the_targets_pairs_and_every_act_is_right_half_of_the_time() -> None:
    target, reference = (chunk(f"relinquish_power{end}", 0, "train", 0, 600) for end in ("", "_reference"))
    assert [candidate.key for candidate in target] == [candidate.key for candidate in reference]
    gaining = [each.example.proof.detail["gaining"] for each in reference if each.example]
    assert 0.43 < gaining.count("allowed") / len(gaining) < 0.57


def test_half_of_the_sources_wrong_acts_are_careless() -> None:
    wrong = [each.example.proof.detail["wrong"] for each in chunk("pursue_goals", 0, "train", 0, 600) if each.example]
    assert 0.43 < wrong.count("reckless") / len(wrong) < 0.57


def test_no_office_stands_in_source_train_and_target_test() -> None:
    train = {each.example.group for each in chunk("pursue_goals", 0, "train", 0, 600) if each.example}
    assert not train & {each.example.group for each in chunk("relinquish_power", 0, "test", 0, 250) if each.example}
