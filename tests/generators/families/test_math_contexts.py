"""Mathematics in stories and textbooks: the judge reads the print, and the four responses differ in calculations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Question, Stream, load_bank, split_of
from generators.core.candidates import chunk
from generators.families.math.contexts.fiction import ASKED, FIRST, GIFTS, MEN, NEXT, SCENES, TURNS, WOMEN, MathFiction
from generators.families.math.contexts.telling import InContext, named, sections
from generators.families.math.contexts.textbook import MathTextbook
from generators.families.math.distributions import Math, deck
from generators.families.math.form import Steps
from generators.families.math.reckoning import value_of
from generators.families.math.writing import NAMES
from schemas import Example

BUILDERS: dict[str, InContext] = {"math_fiction": MathFiction(), "math_textbook": MathTextbook()}
each = pytest.mark.parametrize("name", BUILDERS)


@cache
def sample(name: str) -> tuple[Example, ...]:
    """Some hundred examples, written and proven by the engine."""
    return tuple(one.example for one in chunk(name, 0, "train", 0, 400) if one.example)


def question(one: Example, texts: Sequence[str] | None = None, prompt: str | None = None) -> Question:
    """An example as its judge sees it."""
    return Question(prompt or one.prompt, tuple(texts or (r.text for r in one.responses)), one.meta)


# The banks.


def test_every_form_has_its_section_and_every_step_its_name() -> None:
    used = set()
    for form in dict.fromkeys(deck("math")):
        for seed in range(20):
            numbers = form.draw(Stream("numbers", form.name, seed))
            for choice in form.choices:
                steps = Steps()
                form.work(steps, numbers, *choice)
                for line in steps.lines:
                    label = line.split(": ")[0]
                    used.add((form.name, re.sub(r"\d+", "#", label)))
                    assert "#" not in named(form.name, label)
    assert used == {(name, label) for name, section in sections().items() for label in section["steps"]}


def test_sections_and_scenes_are_told_apart() -> None:
    for texts in ([s["text"] for s in sections().values()], [s["title"] for s in sections().values()]):
        assert len(set(texts)) == len(texts)
    scenes = load_bank(SCENES).items
    assert len(scenes) >= 40
    for part in ("open", "ask", "start", "end"):
        assert len({scene[part] for scene in scenes}) == len(scenes)
        assert all(set(re.findall(r"\{(\w+)\}", scene[part])) <= {"c", "she", "She", "answer"} for scene in scenes)
    assert all(scene["end"].count("{answer}") == 1 for scene in scenes)


def test_characters_are_nobody_in_a_statement() -> None:
    assert not {*WOMEN, *MEN} & set(NAMES)
    assert not set(WOMEN) & set(MEN)


def test_there_is_a_beat_for_every_step() -> None:
    most = max(
        text.count("\n") for one in chunk("math", 0, "train", 0, 2000) if one.example for text in texts(one.example)
    )
    assert most <= len(NEXT) + 1
    for texts_ in (ASKED, GIFTS, TURNS, FIRST, NEXT):
        assert len(set(texts_)) == len(texts_)


def texts(one: Example) -> list[str]:
    """The responses of an example."""
    return [response.text for response in one.responses]


# Maker and judge.


@each
def test_the_problems_are_those_of_math(name: str) -> None:
    plain = {one.key: one.example for one in chunk("math", 0, "test", 0, 50)}
    for one in chunk(name, 0, "test", 0, 50):
        assert one.key in plain
        assert one.example is None or split_of(one.example.group) == "test"


@each
def test_the_four_begin_and_end_in_the_same_words(name: str) -> None:
    for one in sample(name):
        ways = set()
        for text in texts(one):
            body, answer = BUILDERS[name].parted(text) or ("", "")
            assert answer
            ways.add((text.split(". ")[0], text[len(body) :].replace(answer, "#")))
        assert len(ways) == 1


@each
def test_what_is_printed_is_true_in_the_right_response(name: str) -> None:
    builder = BUILDERS[name]
    for one in sample(name):
        right = one.responses[one.gold].text
        parts = builder.parted(right)
        assert parts is not None
        last = re.findall(r" = (-?\d+(?:/\d+)?)", parts[0])[-1]
        assert parts[1].removesuffix(" pi") == last
        other = right.replace(f" = {last}", f" = {last}1")
        with pytest.raises(Disproof):
            builder.prove(question(one, [text if text != right else other for text in texts(one)]))


@each
def test_a_wrong_step_is_found_even_where_the_result_is_right(name: str) -> None:
    builder, found = BUILDERS[name], 0
    for one in sample(name)[:120]:
        right = one.responses[one.gold].text
        results = re.findall(r" = (-?\d+)(?![\d/])", right)
        if len(results) < 2 or results[0] in results[1:] or value_of(results[0]) is None:
            continue
        other = right.replace(f" = {results[0]}", f" = {results[0]}7", 1)
        if re.search(r"third|sum of|1 / \d+ mod", right):
            continue
        found += 1
        with pytest.raises(Disproof, match="is not"):
            builder.prove(question(one, [text if text != right else other for text in texts(one)]))
    assert found > 40


@each
def test_swapped_and_missing_responses_are_rejected(name: str) -> None:
    builder = BUILDERS[name]
    for one in sample(name)[:60]:
        right = one.responses[one.gold].text
        assert builder.prove(question(one, texts(one)[::-1])).right == 3 - one.gold
        wrong = [text for text in texts(one) if text != right]
        with pytest.raises(Disproof, match="0 responses"):
            builder.prove(question(one, wrong))
        with pytest.raises(Disproof, match="0 responses"):
            builder.prove(question(one, [*wrong, right[:-9]]))


@each
def test_another_statement_is_not_solved_by_the_same_response(name: str) -> None:
    builder, rejected = BUILDERS[name], 0
    both = list(sample(name)[:60])
    for one, other in pairwise(both):
        prompt = one.prompt.replace(builder.statement(one.prompt), builder.statement(other.prompt))
        try:
            assert builder.prove(question(one, prompt=prompt)).right != one.gold
        except Disproof:
            rejected += 1
    assert rejected > 50


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("math_fiction", ':\n\n"', ":\n\n"),
        ("math_fiction", "### Response:", "### Answer:"),
        ("math_textbook", "Example ", "Exercise "),
        ("math_textbook", "### Response:", "### Answer:"),
    ],
)
def test_a_tampered_prompt_is_rejected(name: str, old: str, new: str) -> None:
    one = sample(name)[0]
    assert old in one.prompt
    with pytest.raises(Disproof, match=r"no problem|no example"):
        BUILDERS[name].prove(question(one, prompt=one.prompt.replace(old, new)))


@each
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_statement_is_printed_whole(name: str, seed: int) -> None:
    item = Math().draw(Stream("item", seed))
    problem = item.data
    choice = problem.form.choices[seed % 4]
    statement = problem.form.statement(problem.form.texts[seed % 2], problem.numbers, choice, problem.scene, NAMES[0])
    frame = BUILDERS[name].frame(problem, Stream("frame", seed))
    assert BUILDERS[name].statement(frame.prompt(statement)) == statement


# The language.


@each
def test_no_seams(name: str) -> None:
    for one in sample(name):
        for text in (one.prompt, *texts(one)):
            assert not re.search(r"[{}]|\.\.|  |\bNone\b|:\.| ,| \.|@|#(?!##|\s)", text.replace("### ", "")), text
        for sentence in re.split(r"(?<=[.?]) ", one.responses[0].text):
            assert sentence[0].isupper() or sentence[0] in '"*-0123456789', sentence


@each
def test_prompts_do_not_repeat(name: str) -> None:
    prompts = {one.prompt for one in sample(name)}
    assert len(prompts) == len(sample(name))
