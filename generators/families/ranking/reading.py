"""Reading a printed puzzle back: its things, its clues and the place that it asks for.

Nothing but the prompt is read, and all of it is understood or none: a line that no form prints is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generators.core import Disproof
from generators.families.ranking.clues import Clue
from generators.families.ranking.wording import BLANK, COUNTS, Phrasebook, listed, phrasebook, split_line

BEFORE, AFTER = "### Input:\n", "\n\n### Response:"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a prompt says.

    Attributes:
        things: The things as listed; clues call them by their number in this list.
        clues: The clues.
        asked: The place asked for, from the top.
    """

    things: Sequence[str]
    clues: Sequence[Clue]
    asked: int


def read_puzzle(prompt: str) -> Printed:
    """The puzzle that a prompt prints.

    Raises:
        Disproof: A part of it is missing or not understood.
    """
    first, *lines = prompt.partition(BEFORE)[2].partition(AFTER)[0].split("\n")
    listing, colon, names = first.partition(": ")
    subject = listed().get(listing)
    things = names.removesuffix(".").split(", ")
    if subject is None or not colon or len(things) not in COUNTS or len(set(things)) < len(things) or not lines:
        raise Disproof("the prompt lists no things to be put in order")
    book = phrasebook(subject, len(things))
    asked = book.asked.get(lines[-1])
    if asked is None:
        raise Disproof(f"the prompt asks for no place, but {lines[-1][:80]!r}")
    number = {thing: i for i, thing in enumerate(things)}
    return Printed(things, [_clue(line, number, book) for line in lines[:-1]], asked)


def _clue(line: str, number: Mapping[str, int], book: Phrasebook) -> Clue:
    words = split_line(line)
    named = []
    for i, word in enumerate(words):
        if word in number:
            named.append(number[word])
            words[i] = BLANK
    meaning = book.meanings.get(" ".join(words))
    if meaning is None or len(named) != len(meaning.slots) or len(set(named)) < len(named):
        raise Disproof(f"a clue is not understood: {line[:80]!r}")
    things = [0] * len(named)
    for slot, thing in zip(meaning.slots, named, strict=True):
        things[slot] = thing
    return Clue(meaning.kind, tuple(things), meaning.places)
