"""Sentences with slots, which can be printed and read back.

A slot is `{name}`. `{Name}` is the same slot at the head of a sentence: printed with its first letter raised, read with
it lowered. Forms may differ by *turn*, the way a task is put (next day or previous day, say).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.core import Stream
from generators.families.instructions.grammar import capital, small
from generators.families.instructions.lexicon import Language

_SLOT = re.compile(r"\{(\w+)\}")


class Forms:
    """Several ways to say the same.

    Args:
        shared: Templates of every turn that has none of its own.
        turns: Templates by turn.
    """

    def __init__(self, *shared: str, **turns: tuple[str, ...]) -> None:
        self._shared, self._turns = shared, turns

    def of(self, turn: str) -> tuple[str, ...]:
        """The templates of a turn."""
        return self._turns.get(turn, self._shared)

    def pick(self, rng: Stream, turn: str = "") -> str:
        """One of a turn's templates."""
        return rng.choice(self.of(turn))

    def read(self, text: str, turn: str = "") -> list[dict[str, str]]:
        """The slots of a text, once for each template of the turn that it fits."""
        return [slots for template in self.of(turn) if (slots := read(template, text)) is not None]

    def read_any(self, text: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Turn and slots of a text whose turn is not known, for each template that it fits."""
        for turn in self._turns or ("",):
            yield from ((turn, slots) for slots in self.read(text, turn))


@dataclass(frozen=True, slots=True)
class Says:
    """The forms of an answer in both languages.

    Attributes:
        en: English.
        es: Spanish.
    """

    en: Forms
    es: Forms

    def of(self, language: Language) -> Forms:
        """The forms of one language."""
        return self.en if language == "en" else self.es


def fill(template: str, slots: Mapping[str, str]) -> str:
    """A template with its slots filled."""

    def put(found: re.Match[str]) -> str:
        name = found[1]
        return slots[name] if name[0].islower() else capital(slots[name.lower()])

    return _SLOT.sub(put, template)


@cache
def _pattern(template: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What a template fits, and the names of its slots in order; a name may come twice."""
    pieces = _SLOT.split(template)
    pattern = "".join("([^\n]+?)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
    return re.compile(pattern), tuple(pieces[1::2])


def read(template: str, text: str) -> dict[str, str] | None:
    """The slots of a text by a template; None where it does not fit or a slot has two values."""
    pattern, names = _pattern(template)
    found = pattern.fullmatch(text)
    if not found:
        return None
    slots: dict[str, str] = {}
    for name, value in zip(names, found.groups(), strict=True):
        plain = value if name[0].islower() else small(value)
        if slots.setdefault(name.lower(), plain) != plain:
            return None
    return slots
