"""Exam questions: one of four crossed ones is well posed, the judge reads the print, and no filling tells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.core.candidates import candidate, chunk
from generators.core.registry import find_distribution
from generators.families.math.contexts.exams import bounds
from generators.families.math.contexts.exams.distribution import (
    ASKED,
    EXAMS,
    HEADS,
    USED,
    WHOM,
    Data,
    Gap,
    MathMakeQuestions,
)
from generators.families.math.contexts.exams.form import Exam
from generators.families.math.contexts.exams.gaps import SETTINGS, Setting
from schemas import Example, ShiftworksError

BUILDER = MathMakeQuestions()
each_exam = pytest.mark.parametrize("exam", EXAMS, ids=lambda exam: exam.name)
each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)


@cache
def sample() -> tuple[Example, ...]:
    """Two thousand examples, written and proven by the engine."""
    return tuple(one.example for one in chunk("math_make_questions", 0, "train", 0, 2000) if one.example)


def question(one: Example, texts: list[str] | None = None, prompt: str | None = None) -> Question:
    """An example as its judge sees it."""
    return Question(prompt or one.prompt, tuple(texts or [r.text for r in one.responses]), one.meta)


# The forms.


def test_names_and_topics_say_which_form_it_is() -> None:
    names = [made.name for made in (*EXAMS, *SETTINGS)]
    assert len(set(names)) == len(names) >= 30
    for texts in (ASKED, WHOM, USED):
        assert len(set(texts)) == len(texts)
    assert all(HEADS.count(head) == 1 for head in HEADS if head)


@each_exam
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_just_the_data_that_fit_pass_the_check(exam: Exam, seed: int) -> None:
    crossed = exam.cross(Stream("cross", exam.name, seed))
    assert [exam.check(*numbers) for numbers in crossed.corners] == [True, False, False, False]
    assert all(number > 0 for numbers in crossed.corners for number in numbers)
    assert crossed.kept
    for text in exam.texts:
        assert len({exam.question(text, numbers, "Ada") for numbers in crossed.corners}) == 4


@each_exam
def test_either_filling_fits_as_often_when_it_is_the_larger_one(exam: Exam) -> None:
    larger: Counter[tuple[bool, bool]] = Counter()
    for seed in range(400):
        crossed = exam.cross(Stream("cross", exam.name, seed))
        own = [crossed.numbers[place] for place in crossed.places]
        larger[own[0] > crossed.others[0], own[1] > crossed.others[1]] += 1
    assert all(60 <= larger[pattern] <= 145 for pattern in product((True, False), (True, False))), larger


@pytest.mark.parametrize(
    ("sides", "closes"),
    [((3, 4, 5), True), ((1, 2, 3), False), ((9, 2, 3), False), ((2, 2, 2, 5), True), ((30, 8, 5, 5), False)],
)
def test_sides_close(sides: tuple[int, ...], closes: bool) -> None:
    exam = next(exam for exam in bounds.FORMS if exam.name == ("triangle_sides", "quadrilateral_sides")[len(sides) - 3])
    assert exam.check(*sides) is closes


@each_setting
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_addition_answers_its_question_sensibly(setting: Setting, seed: int) -> None:
    rng = Stream("setting", setting.name, seed)
    number = setting.draw(rng)
    for addition in setting.additions:
        found = addition.found(number, addition.draw(rng, number))
        assert found > 0
        assert found.denominator == 1


@each_setting
def test_additions_and_questions_share_no_word(setting: Setting) -> None:
    own = _words(setting.text)
    for given_, asked in product(setting.additions, repeat=2):
        assert not (_words(given_.text) & _words(asked.question)) - own, (given_.text, asked.question)
    assert len({addition.question for addition in setting.additions}) == len(setting.additions) >= 4


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", re.sub(r"\{\w\}", "", text.lower())))


# Maker and judge.


def test_maker_and_judge_agree_on_every_form() -> None:
    assert {one.meta["form"] for one in sample()} == {made.name for made in (*EXAMS, *SETTINGS)}
    for one in sample()[:300]:
        right = one.responses[one.gold].text
        wrong = [response.text for response in one.responses if response.label == 0]
        assert BUILDER.prove(question(one, [right, *wrong])).right == 0
        with pytest.raises(Disproof, match="0 responses"):
            BUILDER.prove(question(one, wrong))
        other = right.replace("Question", "Problem") if "Question" in right else right + " "
        with pytest.raises(Disproof):
            BUILDER.prove(question(one, [right, other, *wrong[:2]]))


def test_the_judge_does_not_follow_a_swapped_label(monkeypatch: pytest.MonkeyPatch) -> None:
    write = BUILDER.write

    def mislabelled(item: Data | Gap, rng: Stream) -> Draft:
        draft = write(item, rng)
        first, *rest = draft.wrong
        return replace(draft, right=first, wrong=[draft.right, *rest], notes={})

    monkeypatch.setattr(BUILDER, "write", mislabelled)
    header = find_distribution("math_make_questions").header
    for seed in range(20):
        with pytest.raises(ShiftworksError, match="the generator labels"):
            candidate(header, BUILDER, BUILDER.draw(Stream("item", seed)), 0, "train", seed)


def test_the_number_asked_for_has_to_be_there() -> None:
    for one in sample()[:40]:
        used = re.findall(r"\b\d+\b", one.prompt)
        assert len(used) == 1
        with pytest.raises(Disproof, match="0 responses"):
            BUILDER.prove(question(one, prompt=one.prompt.replace(f" {used[0]}", f" {used[0]}000007")))


@pytest.mark.parametrize(("old", "new"), [("?", "!"), (" ", "  "), ("is", "isn't")])
def test_altered_texts_are_rejected(old: str, new: str) -> None:
    for one in sample()[:60]:
        texts = [response.text.replace(old, new, 1) for response in one.responses]
        if texts[0] != one.responses[0].text:
            with pytest.raises(Disproof, match="no question on"):
                BUILDER.prove(question(one, texts))


def test_another_topic_is_rejected() -> None:
    one = sample()[0]
    with pytest.raises(Disproof, match="topic"):
        BUILDER.prove(question(one, prompt=one.prompt.replace(one.meta["topic"], "the weather")))


# Cues and language.


def test_each_filling_stands_in_two_of_four() -> None:
    """Every word or number of an example stands in none, two or all of its responses, or in both of a shared part."""
    for one in sample():
        texts = [set(re.findall(r"\w+", response.text)) for response in one.responses]
        for word in set.union(*texts):
            assert sum(word in text for text in texts) in (2, 3, 4)


def test_neither_length_nor_size_nor_digits_tell() -> None:
    scores = {
        "longest": [float(len(r.text)) for one in sample() for r in one.responses],
        "largest sum": [float(sum(map(int, re.findall(r"\d+", r.text)))) for one in sample() for r in one.responses],
        "even digits": [float(len(re.findall(r"[02468]", r.text))) for one in sample() for r in one.responses],
        "most words": [float(len(set(r.text.split()))) for one in sample() for r in one.responses],
    }
    for name, values in scores.items():
        wins = []
        for number, one in enumerate(sample()):
            own = values[4 * number : 4 * number + 4]
            right = own[one.gold]
            wins.append((sum((right > v) + (right == v) / 2 for v in own) - 0.5) / 3 - 0.5)
        error = sum(win * win for win in wins) ** 0.5
        assert abs(sum(wins)) <= 3.3 * error, (name, 0.5 + sum(wins) / len(wins))


def test_no_seams_and_no_repeated_prompt() -> None:
    for one in sample():
        for text in (one.prompt, *(response.text for response in one.responses)):
            assert not re.search(r"[{}]|\.\.|  | ,| \.|\ba [aeio]\w+|\bNone\b", text), text
    prompts = Counter(one.prompt for one in sample())
    assert sum(count - 1 for count in prompts.values()) < 0.002 * len(sample())
