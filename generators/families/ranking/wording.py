"""How clues, questions and listings are printed, and what each printed form means.

A phrasebook holds every form for one subject and one number of things. The writer picks a form for a meaning; the
reader looks up the meaning of a line whose things are blanked out. Forms are such that the thing named first is as
often the upper one as the lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.families.ranking.clues import Kind
from generators.families.ranking.orders import FEWEST, MOST
from generators.families.ranking.subjects import SUBJECTS, Subject

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
NTH = ("", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ")

#: Numbers of things that there are phrasebooks for.
COUNTS = range(FEWEST, MOST + 1)

#: Stands for a thing in a line that is looked up.
BLANK = "_"

PAIR = (
    "{0} {is} {more} than {1}.",
    "{1} {is} {less} than {0}.",
    "{1} {is} not {more} than {0}.",
    "{0} {is} not {less} than {1}.",
    "Compared with {1}, {0} {is} {more}.",
    "Compared with {0}, {1} {is} {less}.",
)
CHAIN = (
    "{1} {is} {less} than {0} but {more} than {2}.",
    "{1} {is} {more} than {2} but {less} than {0}.",
    "Going from {more} to {less}: {0}, {1}, {2}.",
    "Going from {less} to {more}: {2}, {1}, {0}.",
)
BETWEEN = (
    "{0} {is} between {1} and {2} in {measure}.",
    "In {measure}, {1} and {2} {are} on either side of {0}.",
)
OUTSIDE = (
    "{0} {is} not between {1} and {2} in {measure}.",
    "{0} {is} either {more} or {less} than both {1} and {2}.",
    "In {measure}, {1} and {2} {are} on the same side of {0}.",
    "{1} and {2} {are} both {more} than {0}, or both {less}.",
)
LISTINGS = (
    "These {noun} all {differ} in {measure}",
    "No two of these {noun} {are} alike in {measure}",
    "Here are some {noun} that all {differ} in {measure}",
)
QUESTIONS = (
    "Which of them {is} {place}?",
    "Which of these {noun} {is} {place}?",
    "Of all these {noun}, which {is} {place}?",
    "Find out which one {is} {place}.",
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line says.

    Attributes:
        kind: The kind of clue.
        places: For `places`, the allowed places as bits.
        slots: The clue's things in the order in which the line names them.
    """

    kind: Kind
    places: int
    slots: tuple[int, ...]


class Phrasebook:
    """All forms for one subject and one number of things.

    Args:
        subject: The subject.
        count: The number of things.

    Attributes:
        clues: Forms with numbered slots, by kind and places.
        questions: Forms of the question, by asked place.
        meanings: What a line with its things blanked out says.
        asked: The place that a printed question asks for.
    """

    def __init__(self, subject: Subject, count: int) -> None:
        words = _words(subject)
        self.clues: dict[tuple[Kind, int], list[str]] = {}
        self.meanings: dict[str, Meaning] = {}
        by_kind: dict[Kind, Sequence[str]] = {
            "pair": PAIR,
            "chain": CHAIN,
            "between": _either_way(BETWEEN),
            "outside": _either_way(OUTSIDE),
        }
        for kind, forms in by_kind.items():
            self._add(kind, 0, forms, words)
        for places, forms in _placings(count):
            self._add("places", places, forms, words)
        self.questions: list[list[str]] = []
        self.asked: dict[str, int] = {}
        for place in range(count):
            named = [phrase.format_map(words) for phrase in _named(place, count)]
            lines = [form.format_map({**words, "place": phrase}) for form in QUESTIONS for phrase in named]
            self.questions.append(lines)
            self.asked.update(dict.fromkeys(lines, place))

    def _add(self, kind: Kind, places: int, forms: Sequence[str], words: Mapping[str, str]) -> None:
        filled = [form.format_map({**words, "0": "{0}", "1": "{1}", "2": "{2}"}) for form in map(_escaped, forms)]
        self.clues[kind, places] = filled
        for form in filled:
            slots = tuple(int(form[i + 1]) for i, sign in enumerate(form) if sign == "{")
            blank = " ".join(split_line(form.format(BLANK, BLANK, BLANK)))
            # Forms that differ in two interchangeable things read alike and mean the same.
            self.meanings.setdefault(blank, Meaning(kind, places, slots))


def _either_way(forms: Sequence[str]) -> Sequence[str]:
    """Forms, and the same with the last two things in the other order."""
    return [*forms, *(form.replace("{1}", "{x}").replace("{2}", "{1}").replace("{x}", "{2}") for form in forms)]


def split_line(line: str) -> list[str]:
    """A line's words and signs, so that things stand by themselves."""
    return line.replace(",", " ,").replace(".", " .").split(" ")


def _escaped(form: str) -> str:
    """A form whose numbered slots are looked up by name, so that filling in words leaves them."""
    for slot in "012":
        form = form.replace(f"{{{slot}}}", f"{{slot{slot}}}")
    return form


def _words(subject: Subject) -> dict[str, str]:
    verbs = ("was", "were", "differed") if subject.past else ("is", "are", "differ")
    return {
        **dict(zip(("is", "are", "differ"), verbs, strict=True)),
        "noun": subject.noun,
        "measure": subject.measure,
        "more": subject.more,
        "less": subject.less,
        "top": subject.top,
        "bottom": subject.bottom,
        **{f"slot{slot}": f"{{{slot}}}" for slot in "012"},
    }


def _named(place: int, count: int) -> list[str]:
    """A place, counted from the top and from the bottom; the last from one end is the first from the other."""
    ends = ((place, "{top}"), (count - 1 - place, "{bottom}"))
    return [f"the {NTH[before]}{end}" for before, end in ends if before < count - 1]


def _placings(count: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Sets of places that a clue can allow one thing, with their forms."""
    every = (1 << count) - 1
    for place in range(count):
        named = _named(place, count)
        exact = [f"{{0}} {{is}} {phrase}." for phrase in named]
        for others, word in ((place, "more"), (count - 1 - place, "less")):
            if others > 1:
                exact.append(f"Exactly {NUMBERS[others]} of the others {{are}} {{{word}}} than {{0}}.")
        yield 1 << place, exact
        yield every & ~(1 << place), [f"{{0}} {{is}} not {phrase}." for phrase in named]
    for size in range(2, count - 1):
        rest = count - size
        for places, end, other, more, less in (
            ((1 << size) - 1, "top", "bottom", "more", "less"),
            (every & ~((1 << rest) - 1), "bottom", "top", "less", "more"),
        ):
            forms = [
                f"{{0}} {{is}} one of the {NUMBERS[size]} {{{end}}}.",
                f"{{0}} {{is}} not one of the {NUMBERS[rest]} {{{other}}}.",
                f"At least {NUMBERS[rest]} of the others {{are}} {{{less}}} than {{0}}.",
            ]
            if size > 2:
                forms.append(f"At most {NUMBERS[size - 1]} of the others {{are}} {{{more}}} than {{0}}.")
            yield places, forms


@cache
def phrasebook(subject: int, count: int) -> Phrasebook:
    """The phrasebook of a subject, by its number, and a number of things; made once a process."""
    return Phrasebook(SUBJECTS[subject], count)


@cache
def listings(subject: int) -> Sequence[str]:
    """What can stand before a list of things."""
    words = _words(SUBJECTS[subject])
    return [form.format_map(words) for form in LISTINGS]


@cache
def listed() -> Mapping[str, int]:
    """The subject, by its number, that a listing speaks of."""
    return {line: subject for subject in range(len(SUBJECTS)) for line in listings(subject)}
