"""Questions that lack a datum: they say something, only not what is needed for what they ask.

A setting has several additions, and several questions; each addition answers one of the questions and leaves the
others open. The four responses cross two additions with two questions, of which one pair goes together. No word of an
addition stands in a question as well, unless the setting has it anyway, or those that repeat a word would be right more
often. The judge works out what can be found from a printed addition, and looks whether that is what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generators.core import Stream


@dataclass(frozen=True, slots=True)
class Addition:
    """A datum beside the one that a setting has anyway.

    Attributes:
        text: Its sentence, with the number {b}.
        draw: A number that fits the setting's {a}.
        found: What then follows from both numbers; a sensible question has a whole and positive answer.
        question: The question that asks for it.
    """

    text: str
    draw: Callable[[Stream, int], int]
    found: Callable[[int, int], Fraction]
    question: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A situation with one number, and what may be added and asked.

    Attributes:
        name: Its name.
        topic: What an exam says that it is about.
        text: Its sentence, with the number {a}.
        draw: The number, with many divisors.
        additions: What may be added and asked.
    """

    name: str
    topic: str
    text: str
    draw: Callable[[Stream], int]
    additions: Sequence[Addition]


def _round(rng: Stream) -> int:
    """A number that many others divide."""
    return 12 * rng.between(10, 50)


def _divisor(rng: Stream, a: int) -> int:
    return rng.choice([b for b in range(3, 31) if a % b == 0])


def _less(rng: Stream, a: int) -> int:
    return rng.between(11, a - 11)


def _half(rng: Stream, a: int) -> int:
    """About half of it."""
    return rng.between(2 * a // 5, 3 * a // 5)


def _part(rng: Stream, a: int) -> int:
    """A smaller part of it."""
    return rng.between(11, a // 4)


def _nearly(rng: Stream, a: int) -> int:
    """Somewhat less than it."""
    return a - rng.between(11, 40)


def _more(rng: Stream, a: int) -> int:
    return a + rng.between(11, 90)


def _few(rng: Stream, _: int) -> int:
    return rng.between(3, 30)


def _dozens(rng: Stream, _: int) -> int:
    return rng.between(22, 48)


def _over(a: int, b: int) -> Fraction:
    return Fraction(a, b)


def _left(a: int, b: int) -> Fraction:
    return Fraction(a - b)


def _beyond(a: int, b: int) -> Fraction:
    return Fraction(b - a)


def _sum(a: int, b: int) -> Fraction:
    return Fraction(a + b)


def _times(a: int, b: int) -> Fraction:
    return Fraction(a * b)


SETTINGS = (
    Setting(
        "pens",
        "shopping and prices",
        "{N} buys some of the pens on the shelf for {a} coins.",
        _round,
        (
            Addition("A pen costs {b} coins.", _divisor, _over, "How many are bought?"),
            Addition("{N} pays with a note of {b} coins.", _more, _beyond, "How much change is due?"),
            Addition("A year ago their price was {b} coins.", _nearly, _left, "How much more is it today?"),
            Addition("{b} friends pay equal parts.", _divisor, _over, "How much must each one contribute?"),
        ),
    ),
    Setting(
        "cyclist",
        "distances and journeys",
        "On the map a cyclist has a route of {a} km before her.",
        _round,
        (
            Addition("Per day {b} km are usual for her.", _divisor, _over, "How long will it take?"),
            Addition("A rest is planned after {b} km.", _less, _left, "How far must she go from that point?"),
            Addition("Another woman's route exceeds hers by {b} km.", _few, _sum, "How far does the rival have to go?"),
            Addition("A sponsor pays {b} euros a km.", _few, _times, "How much money will she collect?"),
        ),
    ),
    Setting(
        "school",
        "numbers in a school",
        "In the town there is a school with {a} pupils.",
        _round,
        (
            Addition("Of these, {b} are girls.", _half, _left, "How many boys does it have?"),
            Addition(
                "They are taught as {b} groups of equal size.", _divisor, _over, "How many children does a class have?"
            ),
            Addition("Last year there were {b}.", _nearly, _left, "By how much has it increased?"),
            Addition("Everyone plants {b} tulip bulbs.", _few, _times, "How many blossoms may open in spring?"),
        ),
    ),
    Setting(
        "tank",
        "volumes and flows",
        "A tank in the yard holds {a} litres when it is full.",
        _round,
        (
            Addition("Every minute a pipe adds {b} litres.", _divisor, _over, "How long does filling it take?"),
            Addition("At present {b} litres are kept there.", _less, _left, "How much would still fit in?"),
            Addition("A second tank exceeds it by {b} litres.", _few, _sum, "How much can the bigger vessel hold?"),
            Addition("A litre of oil costs {b} coins.", _few, _times, "What is the full load worth?"),
        ),
    ),
    Setting(
        "book",
        "pages and reading",
        "{N} has borrowed a novel of {a} pages from the library.",
        _round,
        (
            Addition("Every evening {N} reads {b} pages.", _divisor, _over, "How many days will that take?"),
            Addition("Pictures are printed on {b} pages.", _part, _left, "How many pages have no illustration?"),
            Addition("Its sequel has {b} pages more.", _few, _sum, "How many pages form volume two?"),
            Addition("Each page holds {b} lines.", _dozens, _times, "How many rows of text does that make?"),
        ),
    ),
    Setting(
        "orchard",
        "weights and harvests",
        "In an orchard {a} kg of apples were picked.",
        _round,
        (
            Addition("A crate holds {b} kg.", _divisor, _over, "How many boxes are needed?"),
            Addition("{b} kg turned out to be rotten.", _part, _left, "How many kg were sound?"),
            Addition("A year earlier it was {b} kg.", _more, _beyond, "By how much is this harvest smaller?"),
            Addition("One kilogram earns {b} cents.", _dozens, _times, "How much money comes in?"),
        ),
    ),
    Setting(
        "theatre",
        "seats and tickets",
        "In the centre of the city is a theatre with {a} seats.",
        _round,
        (
            Addition("There are {b} rows of equal length.", _divisor, _over, "How many people can sit side by side?"),
            Addition("Tonight {b} are not sold.", _part, _left, "How large is the audience?"),
            Addition("A picture palace next door has {b} more.", _few, _sum, "How many visitors can the cinema take?"),
            Addition("Every ticket costs {b} euros.", _dozens, _times, "What amount is earned by a full house?"),
        ),
    ),
    Setting(
        "rope",
        "lengths and parts",
        "In the shed there is a rope of {a} cm.",
        _round,
        (
            Addition("Pieces of {b} cm are cut.", _divisor, _over, "How many parts does it give?"),
            Addition("A knot takes up {b} cm.", _few, _left, "How long is it once tied?"),
            Addition("Damp weather adds {b} cm.", _few, _sum, "How long is it in the rain?"),
            Addition("Every cm weighs {b} grams.", _few, _times, "How heavy is the whole rope?"),
        ),
    ),
)
