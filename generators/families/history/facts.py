"""Facts of US history, what is offered instead of them, and how the print is read back.

A fact is a term (a battle, a president, a year) and a clue that is true of it alone in its bank. An example either asks
for the term by its clue or for a clue by its term, and what it offers is a *closed block*: four facts of one bank with
four terms, near each other in the bank, where what is of one time or subject stands together. All examples of a block
ask in the same direction, so that over a block every term or clue is right once and wrong three times: what can be read
off a response alone says nothing about its label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Bank, Disproof, Item, Stream, Verdict, load_banks, sole, split_of
from generators.core.streams import digest
from generators.families.instructions.grammar import an, capital
from schemas import SPLITS

BLOCK = 4
#: Clues that a term has at most.
CLUES = 3


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that is true of a term.

    Attributes:
        term: The term's record.
        text: What it did, as a predicate in the past tense.
        group: Names the fact.
        number: Its place among the clues of its term.
    """

    term: Mapping[str, Any]
    text: str
    group: str
    number: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to be asked for, and the three others of its block.

    Attributes:
        header: Its bank's header: noun, whether its terms are persons, subject, textbook openings.
        own: The fact itself.
        others: The rest of the block.
        block: Names the block.
    """

    header: Mapping[str, Any]
    own: Clue
    others: tuple[Clue, ...]
    block: str

    def seeks_term(self, context: str) -> bool:
        """Whether a context asks for the term by its clue, rather than for a clue by its term."""
        return digest("direction", context, self.block)[0] % 2 == 0

    def asking(self, forms: Sequence[str], rng: Stream) -> str:
        """One of the forms; no two clues of a term can get the same, which could make of them the same prompt."""
        first = digest("form", self.own.term["id"])[0] + self.own.number
        return rng.choice(forms[first % CLUES :: CLUES])

    def fill(self, form: str) -> str:
        """A form with what is true."""
        return self._told(form, self.own.term, self.own.text)

    def offers(self, form: str, context: str) -> tuple[str, list[str]]:
        """A form with the right term or clue, and with those of the rest of the block."""
        if self.seeks_term(context):
            wrong = [self._told(form, other.term, self.own.text) for other in self.others]
        else:
            wrong = [self._told(form, self.own.term, other.text) for other in self.others]
        return self.fill(form), wrong

    def _told(self, form: str, term: Mapping[str, Any], clue: str) -> str:
        person = self.header["person"]
        return form.format(
            term=term["term"],
            Term=capital(term["term"]),
            clue=clue,
            they=term["pronoun"],
            They=capital(term["pronoun"]),
            noun=self.header["noun"],
            a_noun=an(self.header["noun"]),
            who="who" if person else "that",
            which="who" if person else "which",
            about=self.header["about"],
        )


@cache
def banks() -> tuple[Bank, ...]:
    """The banks of US history."""
    return tuple(load_banks(("history/*",)))


@cache
def history_items() -> tuple[Item, ...]:
    """Every fact as an item (data: a `Fact`), its key and group the fact itself.

    The one to three clues of a bank that fill no block of a split are left out.
    """
    items = []
    for bank in banks():
        clues = [
            Clue(term, text, f"{bank.name}:{term['id']}:{number}", number)
            for term in bank.items
            for number, text in enumerate(term["clues"])
        ]
        for split in SPLITS:
            for block in deal([clue for clue in clues if split_of(clue.group) == split]):
                name = block[0].group
                for own in block:
                    others = tuple(clue for clue in block if clue is not own)
                    items.append(Item(own.group, own.group, Fact(bank.header, own, others, name)))
    return tuple(items)


def deal(clues: Sequence[Clue]) -> list[list[Clue]]:
    """Blocks of four clues of four terms: first one clue of every term in the bank's order, then the next of each."""
    times: dict[str, int] = {}
    rounds: list[tuple[int, Clue]] = []
    for clue in clues:
        times[clue.term["id"]] = times.get(clue.term["id"], -1) + 1
        rounds.append((times[clue.term["id"]], clue))
    waiting = [clue for _, clue in sorted(rounds, key=lambda pair: pair[0])]
    blocks = []
    while waiting:
        block: dict[str, Clue] = {}
        for clue in waiting:
            if len(block) < BLOCK:
                block.setdefault(clue.term["id"], clue)
        if len(block) < BLOCK:
            break
        blocks.append(list(block.values()))
        waiting = [clue for clue in waiting if clue is not block.get(clue.term["id"])]
    return blocks


@dataclass(frozen=True, slots=True)
class _Key:
    """The banks as a reader knows them: whose each clue is, and the terms of its bank.

    Attributes:
        owner: The term of a clue.
        terms: A pattern for the terms of a clue's bank, the longest first.
    """

    owner: Mapping[str, str]
    terms: Mapping[str, re.Pattern[str]]


@cache
def _key() -> _Key:
    owner: dict[str, str] = {}
    terms: dict[str, re.Pattern[str]] = {}
    for bank in banks():
        names = sorted((re.escape(form) for t in bank.items for form in {t["term"], capital(t["term"])}), key=len)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(reversed(names))})(?!\w)")
        for term in bank.items:
            for clue in term["clues"]:
                owner[clue], terms[clue] = term["term"], pattern
    return _Key(owner, terms)


def judge(prompt: str, texts: Sequence[str]) -> Verdict:
    """The one response that, with its prompt, says of a term what the banks say of it.

    What a response leaves unsaid, the term or the clue, is taken from the prompt.

    Raises:
        Disproof: A response and its prompt name no clue, or not one term; or not exactly one response is right.
    """
    asked = _clue(prompt)
    right = []
    for place, text in enumerate(texts):
        clue = _clue(text) or asked
        if clue is None:
            raise Disproof(f"neither the prompt nor {text!r} holds a clue of the banks")
        said = _terms(clue, text) or _terms(clue, prompt)
        if len(said) != 1:
            raise Disproof(f"{text!r} and its prompt name {sorted(said)}, not one term, with {clue!r}")
        if said == {_key().owner[clue]}:
            right.append(place)
    return Verdict(sole(right, "agree with the banks"), "source_key", "sourced")


def _clue(text: str) -> str | None:
    """The longest clue of the banks that stands in a text."""
    return max((clue for clue in _key().owner if clue in text), key=len, default=None)


def _terms(clue: str, text: str) -> set[str]:
    """The terms of a clue's bank that stand in a text, outside the clue itself and as they are written in the bank."""
    names = set(_key().terms[clue].findall(text.replace(clue, "")))
    known = {term["term"] for bank in banks() for term in bank.items}
    return {name if name in known else name[:1].lower() + name[1:] for name in names}
