"""Literary and plain style: provers read it back, the reference is even, lengths say nothing, the bank is sound."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, load_bank, split_of
from generators.core.candidates import chunk
from generators.families.style.biology import LITERARY, PLAIN, Styled
from generators.families.style.scenes import BANK, FLAT_CLOSES, VIVID_CLOSES, CreativeWriting

SCENES = CreativeWriting().items()
FACTS = Styled(always=True).items()
SEEDS = st.integers(0, 999)
#: What only a figure of speech would need.
FIGURE = re.compile(r"\blike an?\b|\bas if\b|\bas though\b")


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_flat_descriptions_hold_no_figure_of_speech_and_none_stands_twice() -> None:
    scenes = load_bank(BANK).items
    for style in ("vivid", "flat", "subject"):
        assert len({scene[style] for scene in scenes}) == len(scenes)
    assert not [scene["id"] for scene in scenes if FIGURE.search(scene["flat"])]
    assert len({item.group for item in SCENES}) == len(scenes) >= 300


def test_a_close_makes_any_description_the_longer_one() -> None:
    shortest = [min(len(close) for close in closes) for closes in (VIVID_CLOSES, FLAT_CLOSES)]
    for item in SCENES:
        vivid, flat = (sum(len(scene[style]) for scene in item.data) for style in ("vivid", "flat"))
        assert -shortest[0] <= vivid - flat <= shortest[1], item.key


def test_both_scenes_of_a_request_belong_to_its_split() -> None:
    for item in SCENES:
        assert len({split_of(f"{BANK}:{scene['id']}") for scene in item.data}) == 1


@given(st.integers(0, len(SCENES) - 1), SEEDS)
def test_the_prover_finds_the_vivid_description(number: int, seed: int) -> None:
    draft = CreativeWriting().write(SCENES[number].data, Stream(seed))
    assert CreativeWriting().prove(question(draft)).right == 0


@given(st.integers(0, len(SCENES) - 1), SEEDS)
def test_altered_descriptions_and_requests_are_refused(number: int, seed: int) -> None:
    builder = CreativeWriting()
    draft = builder.write(SCENES[number].data, Stream(seed))
    other = builder.write(SCENES[number - 4].data, Stream(seed))
    for texts in ((draft.right, draft.right[:-1]), (draft.right, other.right), tuple(draft.wrong), (draft.right,) * 2):
        with pytest.raises(Disproof):
            builder.prove(question(draft, *texts))
    with pytest.raises(Disproof):
        builder.prove(
            Question(draft.prompt.replace("### Instruction:\n", "### Instruction:\nNot "), (draft.right,), {})
        )


@pytest.mark.parametrize("number", range(len(PLAIN)))
def test_sentences_of_the_two_styles_are_alike_in_length_and_marks(number: int) -> None:
    one, other = LITERARY[number], PLAIN[number]
    assert abs(len(one) - len(other)) <= 6
    assert abs(len(one.split()) - len(other.split())) <= 3
    for mark in (",", ":", "."):
        assert one.count(mark) == other.count(mark)


@given(st.integers(0, len(FACTS) - 1), st.booleans(), SEEDS)
def test_the_prover_finds_the_true_answer_in_either_style(number: int, always: bool, seed: int) -> None:
    builder = Styled(always=always)
    draft = builder.write(FACTS[number].data, Stream(seed))
    verdict = builder.prove(question(draft))
    assert verdict.right == 0
    assert not (always and verdict.detail["right_is_literary"])


@given(st.integers(0, len(FACTS) - 1), SEEDS)
def test_another_term_sentence_or_clue_is_refused(number: int, seed: int) -> None:
    builder = Styled(always=True)
    draft = builder.write(FACTS[number].data, Stream(seed))
    wrong = draft.wrong
    clue = draft.meta["clue"]
    with pytest.raises(Disproof):
        builder.prove(question(draft, f"{draft.right} Really.", *wrong))
    with pytest.raises(Disproof):
        builder.prove(question(draft, draft.right, draft.right, *wrong[1:]))
    with pytest.raises(Disproof):
        builder.prove(Question(draft.prompt.replace(clue, "is another one"), (draft.right, *wrong), draft.meta))


def test_the_target_never_has_a_literary_right_answer_and_the_reference_half_of_the_time() -> None:
    target, reference = (chunk(f"biology_with_literary_style{end}", 0, "test", 0, 200) for end in ("", "_reference"))
    assert [each.key for each in target] == [each.key for each in reference]
    shares = [
        [each.example.proof.detail["right_is_literary"] for each in part if each.example]
        for part in (target, reference)
    ]
    assert not any(shares[0])
    assert 0.35 < sum(shares[1]) / len(shares[1]) < 0.65
