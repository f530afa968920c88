"""Numbers in words, letters for digits, answers in bold: what is printed is what was meant, and is read back."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, PassOver, Question, Stream
from generators.core.candidates import chunk
from generators.core.registry import find_distribution
from generators.families.emphasis import BOLD, LINE, bold_is_either, bold_is_right, bold_is_wrong
from generators.families.facts import fact_items
from generators.families.retold import LEGEND, PLAIN, lettered, spelled
from schemas import Example

RETOLD = {"math_in_words": "math_easy", "raven_in_letters": "raven_matrices"}
SCIENCE = fact_items("science")


@cache
def examples(name: str) -> tuple[Example, ...]:
    return tuple(each.example for each in chunk(name, 0, "train", 0, 60) if each.example)


def question(made: Example, *texts: str, prompt: str = "") -> Question:
    return Question(prompt or made.prompt, texts or tuple(r.text for r in made.responses), made.meta)


@pytest.mark.parametrize(("name", "base"), RETOLD.items())
def test_the_items_are_those_of_the_base(name: str, base: str) -> None:
    plain = {each.key: each for each in chunk(base, 0, "train", 0, 60)}
    for each in chunk(name, 0, "train", 0, 60):
        assert each.key in plain
        if each.example:
            assert each.example.meta["group"] == plain[each.key].example.meta["group"]  # type: ignore[union-attr] # made


@pytest.mark.parametrize("name", RETOLD)
def test_the_print_must_be_what_the_plain_text_is_told_as(name: str) -> None:
    builder = find_distribution(name).builder()
    for made in examples(name)[:20]:
        assert builder.prove(question(made)).right == made.gold
        plain = made.meta[PLAIN]
        for prompt in (made.prompt + " ", plain["prompt"]):
            with pytest.raises(Disproof, match="told"):
                builder.prove(question(made, prompt=prompt))
        with pytest.raises(Disproof, match="told"):
            builder.prove(question(made, *plain["responses"]))
        other = dict(plain, responses=[text + "0" for text in plain["responses"]])
        with pytest.raises(Disproof, match="told"):
            builder.prove(Question(made.prompt, question(made).texts, {**made.meta, PLAIN: other}))


def test_no_figure_is_left() -> None:
    for made in examples("math_in_words"):
        assert not any(sign.isdigit() for text in (made.prompt, *question(made).texts) for sign in text)
    for made in examples("raven_in_letters"):
        assert made.prompt.count(LEGEND) == 1
        assert not any(sign.isdigit() for text in question(made).texts for sign in text)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_different_numbers_have_different_words(one: int, other: int) -> None:
    assert (spelled(f"{one} = 3") == spelled(f"{other} = 3")) == (one == other)


@pytest.mark.parametrize("text", ["10000 sheep", "2.5 litres", "the 3rd day"])
def test_a_number_without_plain_words_is_passed_over(text: str) -> None:
    with pytest.raises(PassOver):
        spelled(text)


@given(st.text(alphabet="0123456789,.", min_size=1), st.text(alphabet="0123456789,.", min_size=1))
def test_different_figures_have_different_letters(one: str, other: str) -> None:
    assert (lettered(f"A ({one}) / B") == lettered(f"A ({other}) / B")) == (one == other)


@given(st.sampled_from(SCIENCE), st.integers(0, 999))
def test_bold_type_says_what_it_is_said_to_say(item: object, seed: int) -> None:
    fact = item.data  # type: ignore[attr-defined] # hypothesis cannot sample a slotted generic type
    either = bold_is_either().write(fact, Stream(seed))
    is_right = either.right == BOLD.format(fact.term["en"])
    asked = Question(either.prompt, (either.right, *either.wrong), {})
    assert bold_is_either().prove(asked).detail == {"bold_right": is_right}
    keeps, refuses = (bold_is_right(), bold_is_wrong())[:: 1 if is_right else -1]
    assert keeps.prove(asked).right == 0
    with pytest.raises(Disproof, match="what is in bold"):
        refuses.prove(asked)


def test_answers_that_are_not_marked_are_refused() -> None:
    draft = bold_is_right().write(SCIENCE[0].data, Stream(0))
    plain = draft.right[3:-4]
    for text, match in {plain: "neither", LINE.format(plain): "not one in bold"}.items():
        with pytest.raises(Disproof, match=match):
            bold_is_right().prove(Question(draft.prompt, (text, *draft.wrong), {}))
