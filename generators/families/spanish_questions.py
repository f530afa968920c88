"""Questions of general knowledge asked in Spanish, to be answered in English."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.facts import Fact, banks, fact_items
from generators.families.prompts import instruction

AREA = "general"
#: Ways to ask; `el` is the article of the noun, `un` the indefinite one.
FORMS = (
    "¿Cuál es {el} {noun} que {clue}?",
    "Nombra {el} {noun} que {clue}.",
    "Dime cómo se llama {el} {noun} que {clue}.",
    "Busco {un} {noun} que {clue}. ¿Cuál es?",
    "¿Sabes qué {noun} {clue}?",
)
#: The same of a person, where Spanish asks who.
PERSONS = (
    "¿Quién es {el} {noun} que {clue}?",
    "Nombra {al} {noun} que {clue}.",
    "Dime cómo se llama {el} {noun} que {clue}.",
    "Busco {a_un} {noun} que {clue}. ¿Quién es?",
    "¿Sabes qué {noun} {clue}?",
)
#: The wish for an answer in English.
WISHES = (
    "Contesta en inglés.",
    "Responde en inglés, por favor.",
    "La respuesta debe estar en inglés.",
    "Da la respuesta en inglés.",
)
ANSWERS = ("{term}", "It is {term}.", "The answer is {term}.", "I would say {term}.")
_ARTICLES = {
    "m": {"el": "el", "un": "un", "al": "al", "a_un": "a un"},
    "f": {"el": "la", "un": "una", "al": "a la", "a_un": "a una"},
}


def _asked(fact: Fact, number: int) -> str:
    noun = fact.header["noun"]
    form = (PERSONS if fact.header["person"] else FORMS)[number]
    return form.format(noun=noun["es"], clue=fact.clue["es"], **_ARTICLES[noun["gender"]])


@distribution("spanish_input", version=2, banks=("facts/general/*",), pool="general_facts")
class SpanishInput:
    """Questions of general knowledge in Spanish with the wish for an answer in English; four terms of one kind.

    The facts are the ones that alpaca_mmlu asks about in English; banks hold each fact in both languages.
    """

    def items(self) -> Sequence[Item]:
        """All clues of the general banks."""
        return fact_items(AREA)

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The question in Spanish, the four English answers in one form."""
        prompt = instruction(f"{_asked(fact, rng.below(len(FORMS)))} {rng.choice(WISHES)}")
        form = rng.choice(ANSWERS)
        right, *wrong = (form.format(term=term["en"]) for term in (fact.term, *fact.others))
        return Draft(prompt, right, wrong)

    def prove(self, question: Question) -> Verdict:
        """The bank's own key to the Spanish clue, in English."""
        if not any(wish in question.prompt for wish in WISHES):
            raise Disproof("the prompt does not ask for an answer in English")
        found = [
            (len(clue["es"]), term["en"])
            for bank in banks(AREA)
            if bank.header["noun"]["es"] in question.prompt
            for term in bank.items
            for clue in term["clues"]
            if f" {clue['es']}" in question.prompt
        ]
        if not found:
            raise Disproof("the prompt holds no clue of the banks")
        forms = {form.format(term=max(found)[1]) for form in ANSWERS}
        right = [i for i, text in enumerate(question.texts) if text in forms]
        return Verdict(sole(right, "give the bank's answer"), "source_key", "sourced")
