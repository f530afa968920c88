"""Where is it? A note tells who put what where; the one line that matters stands near or far.

Four lines cross two people with two things, so that neither the person nor the thing alone tells the place; each of
the four could be asked about. A long note buries them in lines about others, all of the same form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.instructions.lexicon import OBJECTS, words
from generators.families.prompts import instruction

#: Where something may be, by a piece of furniture.
PLACES = ("behind the {}", "beside the {}", "in front of the {}", "near the {}", "under the {}")
#: A line of a note.
LINES = (
    "{name} put the {thing} {place}.",
    "{name} left the {thing} {place}.",
    "{name}'s {thing} lies {place}.",
    "{place}, {name} set down the {thing}.",
)
#: What is asked, with what stands above the note.
ASKED = (
    "Read the note. Where is {name}'s {thing}?",
    "According to the note, where does one find {name}'s {thing}?",
    "Use the note below to say where {name}'s {thing} is.",
    "{name} is looking for the {thing}. The note tells where it is; give the place.",
    "Where should {name} look for the {thing}? The note below has the answer.",
)
ANSWERS = ("{}", "It is {}.", "Look {}.", "You will find it {}.", "The note says {}.")
#: Lines about others in a long note; each person and each thing of those stands in two of them.
OTHERS = 36
#: A long note's lines that matter stand among the first of it.
EARLY = 12


@cache
def _things() -> tuple[str, ...]:
    return tuple(word.en["one"] for word in words(*OBJECTS))


@cache
def _names() -> tuple[str, ...]:
    return tuple(word.en["one"] for word in words("names"))


@cache
def _places() -> tuple[str, ...]:
    return tuple(place.format(word.en["one"]) for word in words("furniture") for place in PLACES)


@dataclass(frozen=True, slots=True)
class Line:
    """Who put what where."""

    name: str
    thing: str
    place: str


@dataclass(frozen=True, slots=True)
class Note:
    """What one example is made from.

    Attributes:
        lines: The four crossed lines; the first is asked about.
        others: The others' lines, if any.
    """

    lines: tuple[Line, ...]
    others: tuple[Line, ...]


class Notes:
    """Writes and proves questions about a note.

    Args:
        others: Lines about others.
    """

    def __init__(self, others: int) -> None:
        self._others = others

    def draw(self, rng: Stream) -> Item:
        """Two people crossed with two things, and pairs of others crossed likewise; no place twice."""
        crosses = 1 + self._others // 4
        names, things = rng.sample(_names(), 2 * crosses), rng.sample(_things(), 2 * crosses)
        places = rng.sample(_places(), 4 * crosses)
        lines = [
            Line(names[2 * i + a], things[2 * i + b], places[4 * i + 2 * a + b])
            for i in range(crosses)
            for a in (0, 1)
            for b in (0, 1)
        ]
        own = tuple(rng.shuffled(lines[:4]))
        group = " ".join([*sorted(names[:2]), *sorted(things[:2])])
        return Item(f"{group}: {own[0].name} {own[0].thing} {own[0].place}", group, Note(own, tuple(lines[4:])))

    def write(self, note: Note, rng: Stream) -> Draft:
        """The note's lines in random order, those that matter early in a long one; the four places."""
        asked = note.lines[0]
        early = rng.shuffled([*note.lines, *note.others[: EARLY - 4]])
        # In a short note all lines matter, so that there is nothing to put behind them.
        lines = [*early, *rng.shuffled(note.others[EARLY - 4 :])]
        text = "\n".join(_printed(line, rng.choice(LINES)) for line in lines)
        prompt = instruction(rng.choice(ASKED).format(name=asked.name, thing=asked.thing), text)
        form = rng.choice(ANSWERS)
        right, *wrong = (_capital(form.format(line.place)) for line in note.lines)
        return Draft(prompt, right, wrong, meta={"name": asked.name, "thing": asked.thing})

    def prove(self, question: Question) -> Verdict:
        """Reads every line of the note back, and looks up the one of the person and the thing that are asked about."""
        name, thing = question.meta["name"], question.meta["thing"]
        head, _, note = question.prompt.partition("\n\n### Input:\n")
        if not any(head.endswith(form.format(name=name, thing=thing)) for form in ASKED):
            raise Disproof(f"the prompt does not ask for the {thing} of {name}")
        lines = [_read(text) for text in note.removesuffix("\n\n### Response:\n").split("\n")]
        places = [line.place for line in lines if (line.name, line.thing) == (name, thing)]
        if len(places) != 1:
            raise Disproof(f"the note tells {len(places)} places of the {thing} of {name}, not one")
        known = {_capital(form.format(places[0])) for form in ANSWERS}
        right = [i for i, text in enumerate(question.texts) if text in known]
        return Verdict(sole(right, "give that place"), "rule", detail={"lines": len(lines)})


def _printed(line: Line, form: str) -> str:
    return _capital(form.format(name=line.name, thing=line.thing, place=line.place))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


@cache
def _patterns() -> Sequence[re.Pattern[str]]:
    """What reads a line back, for each of its forms."""
    names, things = ("|".join(map(re.escape, known)) for known in (_names(), _things()))
    places = "|".join(re.escape(place) for place in _places())
    slots = {"name": f"(?P<name>{names})", "thing": f"(?P<thing>{things})", "place": f"(?P<place>(?i:{places}))"}
    return [re.compile(re.escape(form).replace(r"\{", "{").replace(r"\}", "}").format(**slots)) for form in LINES]


def _read(text: str) -> Line:
    """A printed line.

    Raises:
        Disproof: It is none.
    """
    found = next((match for pattern in _patterns() if (match := pattern.fullmatch(text))), None)
    if found is None:
        raise Disproof(f"{text[:60]!r} is no line of a note")
    place = found["place"]
    return Line(found["name"], found["thing"], place[0].lower() + place[1:])


@distribution("short_note", version=1, banks=("words/*",))
def short_note() -> Notes:
    """Four lines say who put what where, two people crossed with two things; one of them answers the question."""
    return Notes(0)


@distribution("long_note", version=1, banks=("words/*",))
def long_note() -> Notes:
    """Forty lines say who put what where; the line that answers stands among the first twelve, far from the question.

    The wrong places are those of the same person's other thing, of the same thing of another person, and of both
    others, all among the first twelve lines as well.
    """
    return Notes(OTHERS)
