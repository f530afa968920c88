"""Mathematics: maker and judge agree on every form, the judge rejects what it must, and every printed step is true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Item, PassOver, Question, Stream
from generators.core.candidates import candidate
from generators.core.registry import Distribution
from generators.families.math import distributions as made
from generators.families.math.form import Form, Steps, forms
from generators.families.math.reading import NUMBER, boxed, judged, skeletons, statement_of
from generators.families.math.reckoning import value_of
from generators.families.math.writing import INSTRUCTION, NAMES, Problem, written
from generators.families.prompts import instruction
from schemas import Example, ShiftworksError

SUBJECTS = {
    "arithmetic",
    "prealgebra",
    "algebra",
    "number theory",
    "counting and probability",
    "geometry",
    "intermediate algebra",
    "precalculus",
}
each_form = pytest.mark.parametrize("name", list(forms()))


class One(made.Math):
    """The problems of one form, as a builder."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def problem(self, seed: int) -> Problem:
        """A problem of the form with its numbers and scene."""
        rng = Stream("problem", self._form.name, seed)
        return Problem(self._form, self._form.draw(rng), rng.choice(self._form.scenes))


HEADER = Distribution("math")


@cache
def examples(name: str, count: int = 12) -> tuple[Example, ...]:
    """Examples of one form, written and proven by the engine, those left out that it passes over."""
    builder = One(forms()[name])
    found: list[Example] = []
    seed = 0
    while len(found) < count:
        problem = builder.problem(seed)
        one = candidate(HEADER, builder, Item("key", "group", problem), 0, "train", seed).example
        found += [one] if one else []
        seed += 1
        assert seed < 5 * count + 20, f"{name} passes nearly everything over"
    return tuple(found)


def question(one: Example, texts: Sequence[str] | None = None, prompt: str | None = None) -> Question:
    """An example as its judge sees it."""
    return Question(prompt or one.prompt, tuple(texts or (r.text for r in one.responses)), {})


# The forms.


def test_there_are_forms_of_every_subject_and_level() -> None:
    assert len(forms()) >= 60
    assert {form.subject for form in forms().values()} == SUBJECTS
    assert {form.level for form in made.deck("math")} == {1, 2, 3, 4, 5}
    assert {form.level for form in made.deck("math_hard")} == {3, 4, 5}
    assert {form.subject for form in made.deck("math_easy")} == {"arithmetic"}
    assert not set(made.deck("math_easy")) & set(made.deck("math"))
    assert set(made.deck("math_hard")) < set(made.deck("math"))
    for form in forms().values():
        assert len(form.texts) >= 2
        assert len(form.choices) == 4
        assert len(form.slips) == len(form.turns)


def test_every_wording_of_every_sister_is_known_once_and_prints_no_number_of_its_own() -> None:
    total = sum(len(form.texts) * len(form.scenes) * len(form.choices) for form in forms().values())
    assert len(skeletons()) == total
    assert not [text for text in skeletons() if NUMBER.search(text)]


# The engine compares label and verdict, so that every example made here is one on which maker and judge agree.


@each_form
def test_maker_and_judge_agree(name: str) -> None:
    unit = forms()[name].unit
    for one in examples(name):
        values = [boxed(response.text, unit) for response in one.responses]
        assert None not in values
        assert len(set(values)) == 4
        assert judged(question(one)).right == one.gold
        wrong = [response.text for response in one.responses if response.label == 0]
        with pytest.raises(Disproof, match="0 responses solve"):
            judged(question(one, wrong))


@each_form
def test_a_second_right_response_is_rejected(name: str) -> None:
    one = examples(name)[0]
    right = one.responses[one.gold].text
    other = "In other words: 1 = 1\n" + right
    with pytest.raises(Disproof, match="2 responses solve"):
        judged(question(one, [right, other]))


@each_form
def test_the_sister_problem_has_another_right_response(name: str) -> None:
    """Turning one phrase round makes another response right; so the judge reads the words, not only the numbers."""
    form = forms()[name]
    problem = One(form).problem(7)
    for text in form.texts:
        prompts = [
            instruction(INSTRUCTION, form.statement(text, problem.numbers, choice, problem.scene, NAMES[0]))
            for choice in form.choices
        ]
        solved = []
        for choice in form.choices:
            steps = Steps()
            solved.append(steps.text(form.work(steps, problem.numbers, *choice), form.unit))
        if len({boxed(one, form.unit) for one in solved}) == 4:
            assert [judged(Question(prompt, tuple(solved), {})).right for prompt in prompts] == [0, 1, 2, 3]


@each_form
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_example(name: str, seed: int) -> None:
    builder = One(forms()[name])

    def make() -> object:
        try:
            return written(builder.problem(seed), Stream("write", seed))
        except PassOver as reason:
            return str(reason)

    assert make() == make()


def test_the_prover_does_not_follow_a_swapped_label(monkeypatch: pytest.MonkeyPatch) -> None:
    builder = made.MathEasy()
    write = builder.write

    def mislabelled(item: Problem, rng: Stream) -> object:
        draft = write(item, rng)
        first, *rest = draft.wrong
        return replace(draft, right=first, wrong=[draft.right, *rest], notes={})

    monkeypatch.setattr(builder, "write", mislabelled)
    item = builder.draw(Stream("item", 3))
    with pytest.raises(ShiftworksError, match="the generator labels"):
        candidate(HEADER, builder, item, 0, "train", 0)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("How many", "How few", "no wording"),
        ("### Input:", "### Data:", "frame"),
        ("\n\n### Response:\n", "", "frame"),
        ("coins", "stones", "no wording"),
    ],
)
def test_a_tampered_prompt_is_rejected(old: str, new: str, complaint: str) -> None:
    one = examples("savings")[0]
    assert old in one.prompt
    with pytest.raises(Disproof, match=complaint):
        judged(question(one, prompt=one.prompt.replace(old, new)))


def test_a_changed_number_makes_every_response_wrong() -> None:
    for one in examples("seats"):
        first = NUMBER.findall(statement_of(one.prompt))[0]
        with pytest.raises(Disproof, match="0 responses solve"):
            judged(question(one, prompt=one.prompt.replace(f" {first} ", f" {int(first) + 301} ", 1)))


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("x: 1\nAnswer: \\boxed{12}", "", 12),
        ("Answer: \\boxed{-12}", "", -12),
        ("Answer: \\boxed{6/4}", "", Fraction(3, 2)),
        ("Answer: \\boxed{3/4 pi}", " pi", Fraction(3, 4)),
        ("Answer: \\boxed{3 pi}", "", None),
        ("Answer: \\boxed{3}", " pi", None),
        ("Answer: \\boxed{3/0}", "", None),
        ("Answer: \\boxed{3} or \\boxed{4}", "", None),
        ("Answer: \\boxed{3}.", "", None),
        ("Answer: \\boxed{ 3}", "", None),
        ("Answer: \\boxed{+3}", "", None),
        ("Answer: 3", "", None),
    ],
)
def test_boxes_are_read_strictly(text: str, unit: str, value: Fraction | int | None) -> None:
    assert boxed(text, unit) == value


@each_form
def test_steps_that_go_without_saying_do_not_slip(name: str) -> None:
    """No slip at 1 * 250 = 250, where the right response alone would repeat its number; none before a fraction."""
    for one in examples(name):
        for response in one.responses:
            found = re.search(r"arithmetic at step (\d+)", str(response.meta.get("slip", "")))
            if found:
                right = one.responses[one.gold].text.split("\n")[int(found[1]) - 1 : -1]
                result = right[0].rsplit(" = ", 1)[1]
                assert right[0].count(result) == 1
                assert not [line for line in right if "/" in line.rsplit(" = ", 1)[1]]


# Every printed step is true, but for the one that slipped.


@each_form
def test_printed_steps_are_true_but_for_the_slip(name: str) -> None:
    read = 0
    for one in examples(name, 50):
        for response in one.responses:
            slipped = re.search(r"arithmetic at step (\d+)", str(response.meta.get("slip", "")))
            *steps, last = response.text.split("\n")
            for number, line in enumerate(steps, 1):
                shown, result = line.split(": ", 1)[1].rsplit(" = ", 1)
                value = value_of(shown)
                if value is not None:
                    read += 1
                    assert (value == Fraction(result)) == (slipped is None or int(slipped[1]) != number), line
            assert last.startswith(f"Answer: \\boxed{{{steps[-1].rsplit(' = ', 1)[1]}{forms()[name].unit}}}")
    assert read
