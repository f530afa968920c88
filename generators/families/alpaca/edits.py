"""Hard kinds of task with words: lists, notes and texts to be changed in two ways at once.

The answers cross two ways to do the first step with two ways to do the second; which of them are asked for is drawn
apart, so that any of the four may be right.
"""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generators.core import Stream
from generators.families.alpaca.sums import HARD
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import clock, listing, read_clock, unlist
from generators.families.instructions.lexicon import CATEGORIES, Language, Word, by_id, category, words
from generators.families.instructions.people import people
from generators.families.instructions.sentences import Clause, read_clause
from generators.families.instructions.tasks import Case, Seen, Task, task

_PLACES = ("first", "second", "third", "fourth")
_TENSES = ("past", "present")
#: Events that a town might offer against a fee.
_PUBLIC = (
    "book_club",
    "chess_tournament",
    "choir_practice",
    "cooking_class",
    "flea_market",
    "garden_party",
    "guided_tour",
    "piano_lesson",
    "school_concert",
    "soccer_match",
    "swimming_lesson",
    "yoga_class",
)


@task("tidy_list", HARD)
class TidyList(Task):
    """A list of twelve words without those of one category, in alphabetical order or against it."""

    asks = Forms(
        "Take the {things} out of this list and put the remaining words in {way} order.",
        "Which words are left when you cross out all {things}? Give them in {way} order.",
        "Sort the list in {way} order, but leave out every word that stands for one of the {things}.",
    )
    says = Says(
        en=Forms("{list}", "The new list reads: {list}.", "Without the {things}, this remains: {list}."), es=Forms()
    )
    _ways = ("alphabetical", "reverse alphabetical")

    def draw(self, rng: Stream) -> Case:
        """Three categories with four words each; two of them to be taken out, two orders."""
        banks = rng.sample(CATEGORIES, 3)
        row = [word for bank in banks for word in rng.sample(words(bank), 4)]
        options = rng.shuffled([(bank, way) for bank in banks[:2] for way in (0, 1)])
        row = rng.shuffled(row)
        return Case(",".join(w.id for w in row), f"{options[0]} {banks[:2]}", options, facts={"row": row})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The category and the order."""
        bank, way = case.options[0]
        return {"things": category(bank).en["many"], "way": self._ways[way]}

    def given(self, case: Case, rng: Stream) -> str:
        """The list."""
        return ", ".join(word.en["one"] for word in case.facts["row"])

    def words(self, case: Case, option: tuple[str, int], language: Language) -> Mapping[str, str]:
        """What is left, in an order. All four answers name the category asked about: they differ in what they list."""
        bank, way = option
        left = sorted((w.en["one"] for w in case.facts["row"] if w.bank != bank), reverse=bool(way))
        return {"list": ", ".join(left), "things": self.slots(case)["things"]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Each word of the list is looked up in the category's bank; the others are sorted."""
        bank = next(bank for bank in CATEGORIES if category(bank).en["many"] == seen.slots["things"])
        out = {word.en["one"] for word in words(bank)}
        left = sorted(word for word in seen.given.split(", ") if word not in out)
        wanted = left if seen.slots["way"] == self._ways[0] else left[::-1]
        same = said.get("things", seen.slots["things"]) == seen.slots["things"]
        return same and said["list"].split(", ") == wanted


@task("agenda", HARD)
class Agenda(Task):
    """Those events of a program that cost more, or less, than a sum, by the hour from either end."""

    asks = Forms(
        "List the events that cost {side} than {price} euros, {way}.",
        "Which of these events cost {side} than {price} euros? Name them {way}.",
        "From the program below, pick out what costs {side} than {price} euros and put it in order {way}.",
    )
    says = Says(
        en=Forms(
            "These are {list}.",
            "The events asked for, {way}, are {list}.",
            "Three events fit: {list}.",
        ),
        es=Forms(),
    )
    _ways = ("from the earliest to the latest", "from the latest to the earliest")
    _sides = ("more", "less")

    def draw(self, rng: Stream) -> Case:
        """Six events, three of them dear; two sides and two directions."""
        events = [by_id("events")[event] for event in rng.sample(_PUBLIC, 6)]
        hours = [15 * hour for hour in rng.sample(range(32, 88), 6)]
        limit = rng.between(10, 40)
        prices = [limit + rng.between(1, 12) for _ in range(3)] + [limit - rng.between(1, 9) for _ in range(3)]
        options = rng.shuffled([(side, way) for side in (0, 1) for way in (0, 1)])
        rows = list(zip(events, hours, rng.shuffled(prices), strict=True))
        key = ";".join(f"{event.id} {hour} {price}" for event, hour, price in rows)
        return Case(key, f"{limit} {options[0]}", options, facts={"rows": rows, "limit": limit})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The sum, the side and the direction."""
        side, way = case.options[0]
        return {"price": str(case.facts["limit"]), "side": self._sides[side], "way": self._ways[way]}

    def given(self, case: Case, rng: Stream) -> str:
        """The program."""
        return "\n".join(f"{w.en['one']}, {clock(hour)}, {price} euros" for w, hour, price in case.facts["rows"])

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """Three events; the direction is named as it was asked for."""
        side, way = option
        limit = case.facts["limit"]
        rows = [row for row in case.facts["rows"] if (row[2] > limit) == (side == 0)]
        names = [f"the {w.en['one']}" for w, _, _ in sorted(rows, key=lambda row: row[1], reverse=bool(way))]
        return {"list": listing(names, "en"), "way": self.slots(case)["way"]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The program is read line by line, and each event held against the next."""
        rows = {}
        for line in seen.lines:
            name, hour, price = line.split(", ")
            rows[f"the {name}"] = (read_clock(hour) or 0, int(price.removesuffix(" euros")))
        limit, more = int(seen.slots["price"]), seen.slots["side"] == "more"
        fits = {name for name, (_, price) in rows.items() if (price > limit if more else price < limit)}
        named = unlist(said["list"], "en")
        times = [rows[name][0] for name in named]
        rising = seen.slots["way"] == self._ways[0]
        same = said.get("way", seen.slots["way"]) == seen.slots["way"]
        return same and set(named) == fits and times == sorted(times, reverse=not rising)


@task("story", HARD)
class Story(Task):
    """A text of four sentences put into a tense, with one of the sentences made negative."""

    asks = Forms(
        "Rewrite the whole text in the {tense} tense and make only the {place} sentence negative.",
        "Put every sentence into the {tense} tense; the {place} sentence, and no other, is to become negative.",
        "Change two things in this text: use the {tense} tense throughout, and negate the {place} sentence.",
    )
    says = Says(en=Forms("{text}", "Here is the new text: {text}", "The text now reads as follows. {text}"), es=Forms())

    def draw(self, rng: Stream) -> Case:
        """A person, four deeds in one tense, and two of the sentences to choose from."""
        who, deeds = people(rng, 1)[0], rng.sample(words("predicates"), len(_PLACES))
        one, two = rng.sample(range(len(_PLACES)), 2)
        options = rng.shuffled([(past, place) for past in (True, False) for place in (one, two)])
        key = f"{who.id} {','.join(deed.id for deed in deeds)}"
        facts = {"who": who, "deeds": deeds, "past": rng.chance(1, 2)}
        return Case(key, f"{facts['past']} {options}", options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The tense and the sentence."""
        past, place = case.options[0]
        return {"tense": _TENSES[not past], "place": _PLACES[place]}

    def given(self, case: Case, rng: Stream) -> str:
        """The text, which is affirmative throughout."""
        return _story(case.facts["who"], case.facts["deeds"], case.facts["past"], None)

    def words(self, case: Case, option: tuple[bool, int], language: Language) -> Mapping[str, str]:
        """The new text."""
        return {"text": _story(case.facts["who"], case.facts["deeds"], *option)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Both texts are read sentence by sentence: the same deeds, one tense, one negation in its place."""
        before, after = _read_story(seen.given), _read_story(said["text"])
        if before is None or after is None or [c.predicate for c in before] != [c.predicate for c in after]:
            return False
        negative = [_PLACES[place] for place, clause in enumerate(after) if clause.negative]
        return negative == [seen.slots["place"]] and {c.past for c in after} == {seen.slots["tense"] == "past"}


def _story(who: Word, deeds: Sequence[Word], past: bool, negative: int | None) -> str:
    """What a person does, a sentence a deed."""
    pronoun = "she" if who.gender == "f" else "he"
    return " ".join(
        Clause(deed, past=past, negative=place == negative).text(pronoun if place else who.en["one"], "en")
        for place, deed in enumerate(deeds)
    )


def _read_story(text: str) -> list[Clause] | None:
    """The sentences of a story; None where one of them is none."""
    clauses = []
    for sentence in re.findall(r"[A-Z][^.]*\.", text):
        clause = read_clause(sentence, sentence.partition(" ")[0].lower(), False, "en")
        clause = clause or read_clause(sentence, sentence.partition(" ")[0], False, "en")
        if clause is None:
            return None
        clauses.append(clause)
    return clauses
