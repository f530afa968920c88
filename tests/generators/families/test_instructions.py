"""General tasks in two languages: what is printed is right once, well-formed, and the same in both languages."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, Verdict, split_of
from generators.core.candidates import candidate
from generators.families.facts import FORMS, Fact, fact_items, look_up
from generators.families.instructions import tasks
from generators.families.instructions.choices import CHANGES, corners, crossed, flipped, grid
from generators.families.instructions.distributions import ANSWERS, AREA, AlpacaMmlu, SpanishOutput, _answer
from generators.families.instructions.forms import fill, read
from generators.families.instructions.grammar import (
    contract,
)
from generators.families.instructions.lexicon import Language

LANGUAGES: tuple[Language, ...] = ("en", "es")
BUILDERS = {"en": AlpacaMmlu, "es": SpanishOutput}
KINDS = sorted(tasks.TASKS)
seeds = st.integers(0, 10**9)


def case_of(kind: str, seed: int) -> tasks.Case:
    return tasks.TASKS[kind].draw(Stream("case", kind, seed))


def write(kind: str, case: tasks.Case, language: Language, seed: int) -> Draft:
    return tasks.write(kind, case, language, Stream("write", kind, seed))


def prove(draft: Draft, texts: list[str], language: Language) -> Verdict:
    return tasks.prove(Question(draft.prompt, tuple(texts), draft.meta), language)


def other_right(kind: str, case: tasks.Case, draft: Draft, language: Language) -> str:
    """The right answer in other words than the draft's, but in words that the kind knows."""
    task = tasks.TASKS[kind]
    answers = [fill(form, task.words(case, case.options[0], language)) for form in task.says.of(language).of(case.turn)]
    return next(text for text in map(contract, answers) if text != draft.right)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=12, deadline=None)
@given(seed=seeds)
def test_the_prover_finds_the_right_answer_wherever_it_stands(kind: str, language: Language, seed: int) -> None:
    draft = write(kind, case_of(kind, seed), language, seed)
    texts = [draft.right, *draft.wrong]
    assert len(set(texts)) == 4
    place = seed % 4
    texts[0], texts[place] = texts[place], texts[0]
    assert prove(draft, texts, language).right == place


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prover_rejects_a_second_right_answer_and_none(kind: str, language: Language) -> None:
    for seed in range(4):
        case = case_of(kind, seed)
        draft = write(kind, case, language, seed)
        second = other_right(kind, case, draft, language)
        with pytest.raises(Disproof, match="2 responses"):
            prove(draft, [draft.right, second, *draft.wrong[:2]], language)
        with pytest.raises(Disproof, match="0 responses"):
            prove(draft, [draft.wrong[0], *draft.wrong], language)


@pytest.mark.parametrize("kind", KINDS)
def test_a_prompt_or_an_answer_that_cannot_be_read_is_no_proof(kind: str) -> None:
    draft = write(kind, case_of(kind, 1), "es", 1)
    texts = [draft.right, *draft.wrong]
    with pytest.raises(Disproof, match="another language"):
        prove(draft, texts, "en")
    with pytest.raises(Disproof, match=r"no form|0 responses|cannot be held"):
        prove(draft, ["?", *draft.wrong], "es")
    for prompt in (tasks.request("Sing a song.", "", "es", Stream("song")), "Sing a song."):
        with pytest.raises(Disproof, match=r"0 readings|no instruction"):
            tasks.prove(Question(prompt, tuple(texts), draft.meta), "es")


@pytest.mark.parametrize(
    ("kind", "figure", "instead"),
    [
        ("share", r"\d+", "some"),
        ("weekday", r"[A-Z]\w+day", "Someday"),
        ("discount", r"\d+ euros", "no euros"),
    ],
)
def test_print_that_makes_no_sense_is_no_proof(kind: str, figure: str, instead: str) -> None:
    for seed in range(3):
        draft = write(kind, case_of(kind, seed), "en", seed)
        text, given = tasks.parts(draft.prompt, "en")
        prompt = tasks.request(re.sub(figure, instead, text), given, "en", Stream("none"))
        with pytest.raises(Disproof):
            tasks.prove(Question(prompt, (draft.right, *draft.wrong), draft.meta), "en")
    with pytest.raises(Disproof, match="no kind"):
        tasks.prove(Question(draft.prompt, (draft.right, *draft.wrong), {"task": "no such"}), "en")


@pytest.mark.parametrize("kind", KINDS)
def test_any_of_the_four_answers_may_be_right(kind: str) -> None:
    """By length and alphabet the right answer holds every place about as often: 300 draws, 5 standard deviations."""
    for language in LANGUAGES:
        places: Counter[int] = Counter()
        for seed in range(300):
            draft = write(kind, case_of(kind, seed), language, seed)
            ranked = sorted([draft.right, *draft.wrong], key=lambda text: (len(text), text))
            places[ranked.index(draft.right)] += 1
        assert all(37 <= places[place] <= 113 for place in range(4)), places


@pytest.mark.parametrize("kind", KINDS)
def test_forms_are_several_and_groups_are_named(kind: str) -> None:
    task = tasks.TASKS[kind]
    for seed in range(30):
        case = case_of(kind, seed)
        assert len(task.asks.of(case.turn)) >= 3
        assert min(len(task.says.of(language).of(case.turn)) for language in LANGUAGES) >= 2
        assert len(case.options) == 4
        assert case.group


def test_there_are_many_groups() -> None:
    items = [tasks.draw(Stream("groups", number)) for number in range(4000)]
    assert len({item.data[0] for item in items}) == len(KINDS) >= 16
    small = {"antonym"}
    assert len({item.group for item in items if item.data[0] not in small}) > 3500


def test_opposites_stay_in_their_split() -> None:
    for seed in range(50):
        case = case_of("antonym", seed)
        pairs = ["/".join(sorted((word.id, word.more["opposite"]))) for word in case.options]
        assert len({split_of(f"antonym:{pair}") for pair in pairs}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_engine_takes_every_candidate(language: Language) -> None:
    builder: Any = BUILDERS[language]()
    header = getattr(BUILDERS[language], "__distribution__")  # noqa: B009 - the decorator sets it
    statuses = set()
    for number in range(150):
        item = builder.draw(Stream("item", number))
        made = candidate(header, builder, item, 0, split_of(item.group), number).example
        assert made is not None
        assert made.meta["task"] in (*KINDS, "fact")
        statuses.add((made.proof.kind, made.proof.status))
    assert statuses == {("rule", "proven"), ("source_key", "sourced")}


def test_both_distributions_draw_the_same_items() -> None:
    english, spanish = AlpacaMmlu(), SpanishOutput()
    keys = [[builder.draw(Stream("item", number)).key for number in range(60)] for builder in (english, spanish)]
    assert keys[0] == keys[1]
    pools = {getattr(builder, "__distribution__").pool for builder in BUILDERS.values()}  # noqa: B009 - set by decorator
    assert pools == {"general_tasks"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_confirmed_by_its_bank_in_every_form(language: Language) -> None:
    builder = BUILDERS[language]()
    for number, item in enumerate(fact_items(AREA)):
        fact: Fact = item.data
        form = number % len(ANSWERS[language])
        prompt = tasks.request(fact.asked(FORMS[number % len(FORMS)]), "", language, Stream("fact", number))
        terms = [term[language] for term in (*fact.others, fact.term)]
        texts = tuple(_answer(form, fact.header, fact.clue, term, language) for term in terms)
        assert builder.prove(Question(prompt, texts, {"task": "fact"})) == Verdict(3, "source_key", "sourced")


def _differs(fact: Fact) -> bool:
    """Whether the term is another word in Spanish."""
    return bool(fact.term["en"] != fact.term["es"])


def test_a_fact_with_two_right_answers_or_another_clue_is_rejected() -> None:
    one, two = (item.data for item in (next(i for i in fact_items(AREA) if _differs(i.data)), fact_items(AREA)[-1]))
    prompt = tasks.request(one.asked(FORMS[0]), "", "es", Stream("fact"))
    right, wrong = one.term["es"], [other["es"] for other in one.others]
    other_clue = [_answer(1, two.header, two.clue, term, "es") for term in (right, *wrong)]
    for texts in ([right, f"Es {right}.", *wrong[:2]], wrong, other_clue, [one.term["en"], *wrong]):
        with pytest.raises(Disproof):
            SpanishOutput().prove(Question(prompt, tuple(texts), {"task": "fact"}))


def test_the_key_of_facts_answers_in_the_language_asked_for() -> None:
    fact: Fact = next(item.data for item in fact_items(AREA) if _differs(item.data))
    for language in LANGUAGES:
        texts = [fact.others[0][language], fact.term[language]]
        assert look_up(fact.asked(FORMS[0]), texts, AREA, language) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_spanish_answers_are_well_formed(kind: str) -> None:
    for seed in range(40):
        draft = write(kind, case_of(kind, seed), "es", seed)
        for text in (draft.right, *draft.wrong):
            assert not re.search(r"\b(de|a) el\b|  |[{}]| [,.;:?!»]|« |\by (i|hi(?!e))", text), text
            assert text.count("¿") == text.count("?")
            assert text.count("«") == text.count("»")
            assert not re.search(r"\b(the|is|and|of|euros? and)\b", text), text
            if text.endswith((".", "?")):
                assert re.match(r"¿?[A-ZÁÉÍÓÚ0-9]", text), text


# Forms and choices


def test_forms_are_read_back() -> None:
    assert fill("{Thing} es {thing}.", {"thing": "el oso"}) == "El oso es el oso."
    assert read("{Thing} es {thing}.", "El oso es el oso.") == {"thing": "el oso"}
    assert read("{Thing} es {thing}.", "El oso es el pato.") is None


@given(seed=seeds)
def test_choices_are_as_wide_as_they_are_meant(seed: int) -> None:
    rng = Stream("choices", seed)
    numbers = sorted(grid(rng, 10, 20, (10,), (1, 2)))
    assert len(set(numbers)) == 4
    assert numbers[1] - numbers[0] == numbers[3] - numbers[2]
    pairs = crossed(rng, lambda: (2, 3, 5, 7), lambda one, two: one * two)
    assert {one * two for one, two in pairs} == {10, 14, 15, 21}
    bits, changes = corners(rng)
    results = [flipped(bits, change) for change in changes]
    assert sorted(changes) == sorted(CHANGES)
    assert all(sum(a != b for a, b in zip(x, y, strict=True)) in (0, 2) for x in results for y in results)
