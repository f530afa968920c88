"""Tasks that ask something of a short text, a list or a table."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import an, capital, find_the, listing, the, unlist
from generators.families.instructions.lexicon import (
    CATEGORIES,
    OBJECTS,
    Language,
    Word,
    category,
    find_one,
    words,
)
from generators.families.instructions.numerals import from_words, in_words
from generators.families.instructions.people import people
from generators.families.instructions.tasks import Case, Seen, Task, task
from generators.families.instructions.words import noun

#: What people did with things: English, Spanish.
DEEDS: Mapping[str, str] = {
    "bought": "compró",
    "found": "encontró",
    "lost": "perdió",
    "sold": "vendió",
    "repaired": "reparó",
    "chose": "eligió",
    "received": "recibió",
    "cleaned": "limpió",
}
#: Participles that differ from the past tense.
_DONE: Mapping[str, str] = {"chose": "chosen"}


@task("deed")
class Deed(Task):
    """Who did something with a thing, or with which thing, from four sentences."""

    asks = Forms(
        who=(
            "Who {deed} {thing}?",
            "According to the text, which person {deed} {thing}?",
            "Read the text and say who {deed} {thing}.",
        ),
        what=(
            "Which thing is it that {name} {deed}?",
            "According to the text, which was the thing that {name} {deed}?",
            "Read the text and say what {name} {deed}.",
        ),
    )
    says = Says(
        en=Forms("{name} {deed} {thing}.", "It says that {name} {deed} {thing}."),
        es=Forms("{name} {deed} {thing}.", "Según el texto, {name} {deed} {thing}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four people with four things; either side of one pair is asked for."""
        things = [rng.choice(words(bank)) for bank in rng.sample(OBJECTS, 4)]
        pairs = list(zip(people(rng, 4), things, strict=True))
        deed = rng.choice(sorted(DEEDS))
        turn = rng.choice(("who", "what"))
        asked = pairs[0]
        options = [(who, asked[1]) if turn == "who" else (asked[0], thing) for who, thing in pairs]
        key = f"{deed}:{','.join(sorted(f'{who.id} {thing.id}' for who, thing in pairs))}"
        return Case(key, f"{turn} {asked[0].id}", options, turn, {"pairs": pairs, "deed": deed})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The known side."""
        return self.words(case, case.options[0], "en")

    def given(self, case: Case, rng: Stream) -> str:
        """What was done by whom, in any order; put so that no answer stands there word by word."""
        deed = _DONE.get(case.facts["deed"], case.facts["deed"])
        told = [f"The {thing.en['one']} was {deed} by {who.en['one']}." for who, thing in case.facts["pairs"]]
        return " ".join(rng.shuffled(told))

    def words(self, case: Case, option: tuple[Word, Word], language: Language) -> Mapping[str, str]:
        """A person, the deed and a thing."""
        deed = case.facts["deed"]
        name, thing = option[0].en["one"], the(option[1], language)
        return {"name": name, "deed": deed if language == "en" else DEEDS[deed], "thing": thing}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The answer, put into English and the passive, stands in the text and keeps to what was asked."""
        thing = find_the(language, said["thing"], *OBJECTS)
        if thing is None:
            return False
        english = {"name": said["name"], "thing": the(thing, "en"), "deed": seen.slots["deed"]}
        deed = seen.slots["deed"] if language == "en" else DEEDS[seen.slots["deed"]]
        known = "thing" if seen.turn == "who" else "name"
        done = _DONE.get(seen.slots["deed"], seen.slots["deed"])
        sentence = f"{capital(english['thing'])} was {done} by {english['name']}."
        sentences = re.findall(r"[A-Z][^.]*\.", seen.given)
        return sentence in sentences and said["deed"] == deed and english[known] == seen.slots[known]


@task("sales")
class Sales(Task):
    """Who sold the most or the fewest of something on a day or in all, from a table."""

    asks = Forms(
        day_most=(
            "Who sold the most {things} on {day}?",
            "Look at the sales table: who sold the largest number of {things} on {day}?",
            "Use the table of {things} sold to tell who was the best seller on {day}.",
        ),
        day_least=(
            "Who sold the fewest {things} on {day}?",
            "Look at the sales table: who sold the smallest number of {things} on {day}?",
            "Use the table of {things} sold to tell who sold least on {day}.",
        ),
        all_most=(
            "Who sold the most {things} over the three days?",
            "Add up the rows of the table: who sold the largest number of {things} in total?",
            "Use the table of {things} sold to tell who was the best seller overall.",
        ),
        all_least=(
            "Who sold the fewest {things} over the three days?",
            "Add up the rows of the table: who sold the smallest number of {things} in total?",
            "Use the table of {things} sold to tell who sold least overall.",
        ),
    )
    says = Says(
        en=Forms(
            day_most=("{name} sold the most {things} on {day}.", "On {day}, {name} sold the most."),
            day_least=("{name} sold the fewest {things} on {day}.", "On {day}, {name} sold the fewest."),
            all_most=("{name} sold the most {things} in total.", "In total, {name} sold the most."),
            all_least=("{name} sold the fewest {things} in total.", "In total, {name} sold the fewest."),
        ),
        es=Forms(
            day_most=("{name} fue quien más {things} vendió el {day}.", "El {day}, quien más vendió fue {name}."),
            day_least=("{name} fue quien menos {things} vendió el {day}.", "El {day}, quien menos vendió fue {name}."),
            all_most=("{name} fue quien más {things} vendió en total.", "En total, quien más vendió fue {name}."),
            all_least=("{name} fue quien menos {things} vendió en total.", "En total, quien menos vendió fue {name}."),
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """A table of four people and three days without ties; the people are named last, so anyone may be right."""
        days = rng.sample(words("days"), 3)
        turn = rng.choice(("day_most", "day_least", "all_most", "all_least"))
        while True:
            rows = [[rng.between(3, 39) for _ in days] for _ in range(4)]
            columns = [*zip(*rows, strict=True), [sum(row) for row in rows]]
            if all(len(set(column)) == 4 for column in columns):
                break
        asked = rng.below(3)
        column = list(columns[asked if turn.startswith("day") else 3])
        best = column.index(max(column) if turn.endswith("most") else min(column))
        who = people(rng, 4)
        options = [who[best], *(one for one in who if one != who[best])]
        table = {one.en["one"]: row for one, row in zip(who, rows, strict=True)}
        key = f"{','.join(day.id for day in days)};{';'.join(f'{name} {table[name]}' for name in sorted(table))}"
        facts = {"days": days, "day": days[asked], "table": table, "things": rng.choice(words("fruits", "flowers"))}
        return Case(key, f"{turn} {asked}", options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The things and the day."""
        return {"things": case.facts["things"].en["many"], "day": case.facts["day"].en["one"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The table, a row a line."""
        rows = [["Name", *(day.en["one"] for day in case.facts["days"])]]
        rows += [[name, *map(str, row)] for name, row in rng.shuffled(sorted(case.facts["table"].items()))]
        return "\n".join(" | ".join(row) for row in rows)

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A person, the things and the day."""
        things, day = case.facts["things"].form(language, "many"), case.facts["day"].form(language, "one")
        return {"name": option.en["one"], "things": things, "day": day}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The person's figure is the largest, or smallest, of the column asked for, or of the rows' sums."""
        head, *rows = [line.split(" | ") for line in seen.lines]
        if seen.turn.startswith("day"):
            column = head.index(seen.slots["day"])
            figures = {row[0]: int(row[column]) for row in rows}
            day = find_one("en", seen.slots["day"], "one", "days")
            if day is None or said["day"] != day.form(language, "one"):
                return False
        else:
            figures = {row[0]: sum(map(int, row[1:])) for row in rows}
        things = find_one("en", seen.slots["things"], "many", "fruits", "flowers")
        if things is None or said.get("things", things.form(language, "many")) != things.form(language, "many"):
            return False
        best = max(figures.values()) if seen.turn.endswith("most") else min(figures.values())
        return figures.get(said["name"]) == best


@task("count")
class Count(Task):
    """How many words of a list belong to a category."""

    asks = Forms(
        "How many {things} are there in this list?",
        "Count the {things} in the list.",
        "How many words of the list stand for {things}?",
    )
    says = Says(
        en=Forms("There are {number} {things} in the list.", "The list has {number} {things}."),
        es=Forms("En la lista hay {number} {things}.", "La lista tiene {number} {things}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four numbers in a row, the right one any of them, and a list that has just so many."""
        low = rng.between(2, 5)
        options = rng.shuffled(range(low, low + 4))
        bank, other, third = rng.sample(CATEGORIES, 3)
        right = rng.sample(words(bank), options[0])
        rest = rng.sample(words(other, third), rng.between(10, 13) - options[0])
        row = rng.shuffled([*right, *rest])
        facts = {"bank": bank, "row": row}
        return Case(",".join(word.id for word in row), f"{bank} {sorted(options)}", options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The category."""
        return {"things": category(case.facts["bank"]).en["many"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The list."""
        return ", ".join(word.en["one"] for word in case.facts["row"])

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A number in words and the category."""
        things = category(case.facts["bank"]).form(language, "many")
        return {"number": in_words(option, language), "things": things}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The words of the list are looked up and counted."""
        bank = next(bank for bank in CATEGORIES if category(bank).en["many"] == seen.slots["things"])
        found = [word for text in seen.given.split(", ") if (word := noun(text)) and word.bank == bank]
        same = said["things"] == category(bank).form(language, "many")
        return same and from_words(said["number"], language) == len(found)


@task("color")
class Color(Task):
    """Which two of six things have a color."""

    asks = Forms(
        "Which two of these things are {color}?",
        "Name the two {color} things.",
        "Two of the things below are {color}. Which ones?",
        "Pick out the two things whose color is {color}.",
    )
    says = Says(
        en=Forms("The {color} things are {both}.", "It is {both} that are {color}."),
        es=Forms("Las cosas {color} son {both}.", "De todas las cosas, las {color} son {both}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four pairs, one of two things with one of two others; the first pair gets the color."""
        things = [rng.choice(words(bank)) for bank in rng.sample((*OBJECTS, "furniture", "vehicles"), 6)]
        one, two, three, four, *rest = things
        options = rng.shuffled([(one, three), (one, four), (two, three), (two, four)])
        colors = rng.sample(words("colors"), 5)
        others = [thing for thing in things if thing not in options[0]]
        painted = {thing.id: color for thing, color in zip(others, colors[1:], strict=True)}
        painted |= {thing.id: colors[0] for thing in options[0]}
        key = ",".join(sorted(f"{painted[thing.id].id} {thing.id}" for thing in things))
        row = rng.shuffled([*things])
        return Case(
            key,
            ",".join(sorted(w.id for w in rest)),
            options,
            facts={"row": row, "colors": painted, "color": colors[0]},
        )

    def slots(self, case: Case) -> Mapping[str, str]:
        """The color."""
        return {"color": case.facts["color"].en["one"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The things with their colors."""
        return ", ".join(f"{an(case.facts['colors'][w.id].en['one'] + ' ' + w.en['one'])}" for w in case.facts["row"])

    def words(self, case: Case, option: Sequence[Word], language: Language) -> Mapping[str, str]:
        """Two things and the color, which agrees with "cosas" in Spanish."""
        color = case.facts["color"].form(language, "one" if language == "en" else "f_many")
        return {"both": listing([the(thing, language) for thing in option], language), "color": color}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The two things are those that stand beside the color in the list."""
        asked = seen.slots["color"]
        wanted = {part.partition(f" {asked} ")[2] for part in seen.given.split(", ")} - {""}
        named = [find_the(language, text, *CATEGORIES) for text in unlist(said["both"], language)]
        color = find_one("en", asked, "one", "colors")
        if color is None or said["color"] != color.form(language, "one" if language == "en" else "f_many"):
            return False
        return {thing.en["one"] for thing in named if thing} == wanted and len(wanted) == 2
