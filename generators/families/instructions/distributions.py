"""alpaca_mmlu and spanish_output: the same general tasks and questions, answered in English or in Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from generators.core import Bank, Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.facts import FORMS, Fact, banks, fact_items, look_up

# Each of these registers its kinds of task; named one by one because a build's fingerprint follows imports.
from generators.families.instructions import (  # noqa: F401
    amounts,
    figures,
    money,
    orders,
    people,
    phrases,
    reading,
    requests,
    reviews,
    sentences,
    shares,
    tasks,
    texts,
    times,
    words,
)
from generators.families.instructions.forms import fill
from generators.families.instructions.grammar import THE
from generators.families.instructions.lexicon import Language

AREA = "general"

#: Ways to answer a question about a fact; `the` is the article of the noun, `who` is "who" or "that".
ANSWERS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "{term}",
        "The {noun} is {term}.",
        "{Term} is the {noun} {who} {clue}.",
        "It is {term}.",
        "The answer is {term}.",
    ),
    "es": (
        "{term}",
        "{The} {noun} es {term}.",
        "{Term} es {the} {noun} que {clue}.",
        "Es {term}.",
        "La respuesta es {term}.",
    ),
}


def _answer(form: int, header: Mapping[str, Any], clue: Mapping[str, str], term: str, language: Language) -> str:
    """A term as the answer to a question, in one of the forms."""
    noun = header["noun"]
    slots = {
        "noun": noun[language],
        "clue": clue[language],
        "the": THE[noun["gender"], False],
        "who": "who" if header["person"] else "that",
        "term": term,
    }
    return fill(ANSWERS[language][form], slots)


@cache
def _clues() -> tuple[tuple[Bank, Mapping[str, str]], ...]:
    """Every clue with its bank."""
    return tuple((bank, clue) for bank in banks(AREA) for term in bank.items for clue in term["clues"])


def _terms(question: Question, language: Language) -> list[str]:
    """The terms that the answers to a question name; an answer that names none is given back as it is.

    Raises:
        Disproof: The prompt holds no clue.
    """
    asked = [(bank, clue) for bank, clue in _clues() if clue["en"] in question.prompt]
    asked = [(bank, clue) for bank, clue in asked if bank.header["noun"]["en"] in question.prompt]
    if not asked:
        raise Disproof("the prompt holds no clue of the banks")
    bank, clue = max(asked, key=lambda pair: len(pair[1]["en"]))
    named = {
        _answer(form, bank.header, clue, term[language], language): term[language]
        for term in bank.items
        for form in range(len(ANSWERS[language]))
    }
    return [named.get(text, text) for text in question.texts]


class _Instructions:
    """General tasks and questions with answers in one language.

    Args:
        language: The language of the answers.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def draw(self, rng: Stream) -> Item:
        """A question about a fact or a task, each as likely."""
        return rng.choice(fact_items(AREA)) if rng.chance(1, 2) else tasks.draw(rng)

    def write(self, data: Fact | tuple[str, tasks.Case], rng: Stream) -> Draft:
        """The prompt in English, the four answers in one form in the builder's language."""
        if not isinstance(data, Fact):
            name, case = data
            return tasks.write(name, case, self._language, rng)
        prompt = tasks.request(data.asked(rng.choice(FORMS)), "", self._language, rng)
        form = rng.below(len(ANSWERS[self._language]))
        right, *wrong = (
            _answer(form, data.header, data.clue, term[self._language], self._language)
            for term in (data.term, *data.others)
        )
        return Draft(prompt, right, wrong, meta={"task": "fact"})

    def prove(self, question: Question) -> Verdict:
        """A task by its rule, a fact by the key of its bank."""
        if question.meta["task"] != "fact":
            return tasks.prove(question, self._language)
        text, _ = tasks.parts(question.prompt, self._language)
        terms = _terms(question, self._language)
        return Verdict(look_up(text, terms, AREA, self._language), "source_key", "sourced")


@distribution("alpaca_mmlu", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class AlpacaMmlu(_Instructions):
    """General requests to an assistant: one half short tasks of many kinds, one half questions of knowledge.

    The tasks pick, rewrite, compute, compare, look up and sum up; each has one right response and three wrong ones
    of the same form that come from likely slips. The questions ask for a term by a fact about it. Nearly every shift
    starts from here: this is what "being correct" looks like in the source.
    """

    def __init__(self) -> None:
        super().__init__("en")


@distribution("spanish_output", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class SpanishOutput(_Instructions):
    """The tasks and questions of alpaca_mmlu, item by item, asked in English with the wish for an answer in Spanish.

    All four responses are in correct Spanish, written from a bilingual lexicon and from banks that hold each fact in
    both languages, so that only the content tells right from wrong.
    """

    def __init__(self) -> None:
        super().__init__("es")
