"""The two languages of the general tasks: agreement, amounts, numbers in words, sentences read back."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.families.instructions.grammar import (
    agreeing,
    an,
    clock,
    conjunction,
    contract,
    counted,
    date,
    find_the,
    listing,
    money,
    read_clock,
    read_counted,
    read_date,
    read_money,
    the,
    unlist,
)
from generators.families.instructions.lexicon import CATEGORIES, Language, by_id, words
from generators.families.instructions.numerals import from_words, in_words
from generators.families.instructions.phrases import _features
from generators.families.instructions.sentences import Clause, read_clause
from schemas import RecordError
from schemas.validation import validate

LANGUAGES: tuple[Language, ...] = ("en", "es")


@pytest.mark.parametrize(
    ("word", "many", "text"),
    [
        (by_id("body")["hand"], False, "la mano"),
        (by_id("vehicles")["tram"], True, "los tranvías"),
        (by_id("tools")["wrench"], True, "las llaves inglesas"),
        (by_id("kitchen")["frying_pan"], False, "la sartén"),
        (by_id("stationery")["pencil"], True, "los lápices"),
        (by_id("vehicles")["truck"], True, "los camiones"),
    ],
)
def test_articles_agree(word: Any, many: bool, text: str) -> None:
    assert the(word, "es", many) == text
    assert find_the("es", text, *CATEGORIES, many=many) == word
    wrong = {"la": "el", "el": "la", "los": "las", "las": "los"}[text.split(" ")[0]]
    assert find_the("es", f"{wrong} {text.split(' ', 1)[1]}", *CATEGORIES, many=many) is None


@pytest.mark.parametrize(
    ("adjective", "gender", "many", "text"),
    [
        ("hard_working", "f", True, "trabajadoras"),
        ("young", "m", True, "jóvenes"),
        ("strong", "f", False, "fuerte"),
        ("common", "f", True, "comunes"),
        ("optimistic", "m", False, "optimista"),
    ],
)
def test_adjectives_agree(adjective: str, gender: str, many: bool, text: str) -> None:
    assert agreeing(by_id("adjectives")[adjective], "es", gender, many) == text


def test_no_noun_would_need_el_though_it_is_feminine() -> None:
    """Such as "agua": a word of two syllables that begins with a stressed a."""
    for word in words(*CATEGORIES, "events", "units"):
        first = word.es["one"].split(" ")[0]
        syllables = re.findall(r"[aeiouáéíóú]+", first)
        stressed = first.startswith(("á", "há")) or (len(syllables) == 2 and first[-1] in "aeions")
        assert not (word.gender == "f" and first.startswith(("a", "á", "ha", "há")) and stressed), first


def test_words_are_told_apart_by_their_text() -> None:
    for language in LANGUAGES:
        for form in ("one", "many"):
            texts = Counter(word.form(language, form) for word in words(*CATEGORIES))
            assert max(texts.values()) == 1
    adjectives = by_id("adjectives")
    assert all(adjectives[word.more["opposite"]].more["opposite"] == word.id for word in words("adjectives"))


@pytest.mark.parametrize(
    "phrase", ["las niña altas", "el niña alta", "los niñas altas", "las niñas altos", "las niñas"]
)
def test_phrases_that_do_not_agree_are_not_read(phrase: str) -> None:
    assert _features("las niñas altas", "es") is not None
    assert _features(phrase, "es") is None


@pytest.mark.parametrize(
    "text",
    ["Las niños pintan la pared.", "Los niños pinta la pared.", "¿Pintan los niños la pared.", "Los niños pintan."],
)
def test_sentences_that_do_not_agree_are_not_read(text: str) -> None:
    right = read_clause("Los niños no pintaron la pared.", "los niños", True, "es")
    assert right == Clause(by_id("predicates")["paint"], past=True, negative=True, many=True)
    assert read_clause(text, "los niños", True, "es") is None


@given(
    predicate=st.sampled_from(words("predicates")),
    bits=st.tuples(*[st.booleans()] * 4),
    language=st.sampled_from(LANGUAGES),
)
def test_sentences_are_read_as_they_were_meant(predicate: Any, bits: Any, language: Language) -> None:
    clause = Clause(predicate, *bits)
    subject = {"en": ("the boy", "the boys"), "es": ("el niño", "los niños")}[language][clause.many]
    assert read_clause(clause.text(subject, language), subject, clause.many, language) == clause


def test_small_words() -> None:
    assert contract("Es la casa de el rey y va a el mar de El Cairo.") == "Es la casa del rey y va al mar de El Cairo."
    assert [conjunction(text, "es") for text in ("Irene", "hilo", "hielo", "Yago", "ídolo")] == [
        "e",
        "e",
        "y",
        "y",
        "e",
    ]
    assert listing(["Ana", "Luis", "Ignacio"], "es") == "Ana, Luis e Ignacio"
    assert unlist("Ana, Luis y Ignacio", "es") == []
    assert [an(text) for text in ("orange", "house", "hour", "unit")] == ["an orange", "a house", "an hour", "a unit"]


# Figures


@given(parts=st.lists(st.sampled_from(["Ana", "Irene", "la casa", "el hielo"]), min_size=2, max_size=5))
def test_lists_are_read_back(parts: list[str]) -> None:
    for language in LANGUAGES:
        assert unlist(listing(parts, language), language) == parts


def test_amounts_are_read_back() -> None:
    for language in LANGUAGES:
        assert all(read_money(money(cents, language), language) == cents for cents in range(100, 3000, 7))
        assert all(read_counted(counted(n, "month", language), language) == (n, "month") for n in (1, 2, 30))
        assert all(read_date(date(m, 9, language), language) == (m, 9) for m in range(1, 13))
    assert money(1205, "es") == "12,05 euros"
    assert read_money("12.05 euros", "es") is None
    assert read_counted("1 horas", "es") is None
    assert all(read_clock(clock(minutes)) == minutes for minutes in range(120, 1440))


@pytest.mark.parametrize(
    ("number", "english", "spanish"),
    [
        (100, "one hundred", "cien"),
        (101, "one hundred one", "ciento uno"),
        (726, "seven hundred twenty-six", "setecientos veintiséis"),
        (931, "nine hundred thirty-one", "novecientos treinta y uno"),
        (1000, "one thousand", "mil"),
        (5516, "five thousand five hundred sixteen", "cinco mil quinientos dieciséis"),
    ],
)
def test_numbers_in_words(number: int, english: str, spanish: str) -> None:
    assert (in_words(number, "en"), in_words(number, "es")) == (english, spanish)


def test_all_numbers_are_read_back() -> None:
    for language in LANGUAGES:
        assert all(from_words(in_words(number, language), language) == number for number in range(1, 10000))
    assert from_words("cien cosas", "es") is None


def test_the_lexicon_asks_for_all_forms_of_a_word() -> None:
    word = {"kind": "word", "id": "sun", "class": "noun", "en": {"one": "sun", "many": "suns"}}
    validate({**word, "es": {"one": "sol", "many": "soles", "gender": "m"}}, "word", "words")
    for es in ({"one": "sol", "many": "soles"}, {"one": "sol", "many": "soles", "gender": "n"}):
        with pytest.raises(RecordError):
            validate({**word, "es": es}, "word", "words")
