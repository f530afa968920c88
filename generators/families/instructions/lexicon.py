"""The bilingual lexicon: words of `raw/banks/words/`, found by identity for printing and by text for reading back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from generators.core import load_bank

Language = Literal["en", "es"]

#: Banks of nouns, each of one category that its header names.
CATEGORIES = (
    "animals",
    "body",
    "buildings",
    "clothes",
    "flowers",
    "fruits",
    "furniture",
    "instruments",
    "kitchen",
    "stationery",
    "tools",
    "vegetables",
    "vehicles",
)
#: Things that shops sell by the piece.
GOODS = ("clothes", "fruits", "kitchen", "stationery", "tools")
#: Things that a person may lose, find, repair or paint.
OBJECTS = ("clothes", "instruments", "kitchen", "stationery", "tools")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in both languages.

    Attributes:
        id: Unique in its bank.
        bank: Name of the bank, without its folder.
        en: English forms by name, such as `one` and `many`.
        es: Spanish forms by name, and `gender` (m or f) where it is a noun.
        more: Further fields of the record, such as an adjective's `opposite`.
    """

    id: str
    bank: str
    en: Mapping[str, str]
    es: Mapping[str, str]
    more: Mapping[str, Any] = field(default_factory=dict)

    def form(self, language: Language, name: str) -> str:
        """One of its forms in a language."""
        return (self.en if language == "en" else self.es)[name]

    @property
    def gender(self) -> str:
        """Spanish gender of a noun or a name, m or f."""
        return self.es["gender"]


def _word(record: Mapping[str, Any], bank: str) -> Word:
    more = {key: value for key, value in record.items() if key not in ("kind", "id", "en", "es")}
    return Word(record["id"], bank, record["en"], record["es"], more)


@cache
def words(*banks: str) -> tuple[Word, ...]:
    """All words of some banks, in the order of the banks and their lines."""
    return tuple(_word(record, bank) for bank in banks for record in load_bank(f"words/{bank}").items)


@cache
def by_id(bank: str) -> Mapping[str, Word]:
    """The words of a bank by their identity."""
    return {word.id: word for word in words(bank)}


@cache
def category(bank: str) -> Word:
    """The noun that names a bank's category, such as "fruit"."""
    noun = load_bank(f"words/{bank}").header["category"]
    return Word(bank, "categories", noun["en"], noun["es"])


@cache
def _index(banks: tuple[str, ...], language: Language) -> Mapping[str, tuple[tuple[Word, str], ...]]:
    found: dict[str, list[tuple[Word, str]]] = defaultdict(list)
    for word in words(*banks):
        for name, text in (word.en if language == "en" else word.es).items():
            found[text].append((word, name))
    return {text: tuple(pairs) for text, pairs in found.items()}


def find(language: Language, text: str, *banks: str) -> tuple[tuple[Word, str], ...]:
    """Words of some banks that have a form of just this text, each with that form's name; empty where none has."""
    return _index(banks, language).get(text, ())


def find_one(language: Language, text: str, form: str, *banks: str) -> Word | None:
    """The one word of some banks whose named form is this text; None where none or several have it."""
    found = [word for word, name in find(language, text, *banks) if name == form]
    return found[0] if len(found) == 1 else None
