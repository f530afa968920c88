"""Terms with clues: a clue is true of its term and of no other of the bank, which a judge must find by the clue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from filling.grow.kinds import Beside, Choice, Kind, Record
from filling.grow.wording import language, lost, normal
from generators.core import Bank, Stream

#: Terms that a judge sees beside the right one.
OTHERS = 3
#: Clues that a term of US history has at most, as its builder deals them.
MOST = 3
#: Words that would fit a clue to terms of one sex, and verbs that would fit it to one number or tense.
FITTING = re.compile(
    r"\b(?:s?he|his|hers?|him(?:self)?|herself|woman|wife|husband|widow|maiden)\b|^(?:were|are|have|is born)\b"
)


def _bare(term: str) -> str:
    return term.removeprefix("the ")


def _history_fault(item: Record, bank: Bank) -> str | None:
    """The form that the banks of US history keep, so that a clue fits every term of a closed block."""
    person = bank.header["person"]
    if (item["pronoun"] == "it") == person:
        return f"the pronoun {item['pronoun']!r} does not fit the bank"
    if len(item["clues"]) > MOST or len(set(item["clues"])) < len(item["clues"]):
        return f"not one to {MOST} different clues"
    for clue in item["clues"]:
        if found := FITTING.search(clue):
            return f"a clue fits only some of the terms: {found[0]}"
        if language(clue) not in {"en", None}:
            return f"a clue is not in English: {clue}"
        if normal(item["term"]) in normal(clue):
            return f"a clue names its own term: {clue}"
    return None


class _Told(Beside):
    """All clues told so far: none may hold another, which the key would read instead, or turn another round."""

    def __init__(self) -> None:
        self._starting: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._holding: dict[str, list[str]] = defaultdict(list)

    def add(self, item: Record) -> None:
        """Takes a term and its clues in."""
        term = _bare(item["term"])
        for clue in item["clues"]:
            for word in set(clue.split()):
                self._holding[word].append(clue)
            for start in {clue.split()[0], term.split()[0]}:
                self._starting[start].append((term, clue))

    def fault(self, item: Record) -> str | None:
        """What is wrong with the clues of a term beside those of others."""
        own = _bare(item["term"])
        for clue in item["clues"]:
            # Only the first and the last word may be parts of longer ones, so that any other finds all that hold it.
            inner = clue.split()[1:-1] or clue.split()
            if any(clue in other for other in min((self._holding.get(word, []) for word in inner), key=len)):
                return f"a clue is part of another: {clue}"
            for word in clue.split():
                for term, other in self._starting.get(word, ()):
                    if other in clue:
                        return f"a clue holds another: {other}"
                    if term in clue and own in other:
                        return f"a clue is that of {term!r} told the other way round"
        return None


def _fact_fault(item: Record, _bank: Bank) -> str | None:
    """Both languages are what they are called and give the same numbers; no clue names its own term."""
    for clue in item["clues"]:
        for tongue in ("en", "es"):
            if language(clue[tongue]) not in {tongue, None}:
                return f"not in the language {tongue!r}: {clue[tongue]}"
            if normal(item[tongue]) in normal(clue[tongue]):
                return f"a clue names its own term: {clue[tongue]}"
        if gone := lost(clue["en"], clue["es"]):
            return f"the two languages differ: {gone}"
    return None


def _choices(item: Record, bank: Bank, rng: Stream, name: str, noun: str, clues: Sequence[str]) -> list[Choice]:
    others = [other[name] for other in bank.items if other[name] != item[name]]
    return [
        Choice(f"Which {noun} {clue}?", [item[name], *rng.sample(others, min(OTHERS, len(others)))]) for clue in clues
    ]


HISTORY = Kind(
    labels=lambda item: [item["term"], *item["clues"]],
    fault=_history_fault,
    beside=_Told,
    choices=lambda item, bank, rng: _choices(item, bank, rng, "term", bank.header["noun"], item["clues"]),
    advice=(
        "A clue is a predicate in the past tense, without its subject and without a full stop at the end, that reads on"
        " from the noun. It is true of its term and of no other term of this kind, can be checked in standard works,"
        " does not name its term, and fits every term of the bank by its grammar."
    ),
)
FACT = Kind(
    labels=lambda item: [item["en"], *(clue["en"] for clue in item["clues"])],
    fault=_fact_fault,
    choices=lambda item, bank, rng: _choices(
        item, bank, rng, "en", bank.header["noun"]["en"], [clue["en"] for clue in item["clues"]]
    ),
    advice=(
        "Every clue stands in English and in Spanish, says the same in both, reads on from the noun, is true of its"
        " term and of no other term of this kind, and does not name it."
    ),
)
