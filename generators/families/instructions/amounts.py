"""Tasks about numbers and amounts: in words, in other units, in proportion, in products and in rows."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from generators.core import Stream
from generators.families.instructions.choices import crossed, grid
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import counted, read_counted
from generators.families.instructions.lexicon import GOODS, Language, find_one, words
from generators.families.instructions.numerals import from_words, in_words
from generators.families.instructions.people import people
from generators.families.instructions.tasks import Case, Seen, Task, task


@task("number_words")
class NumberWords(Task):
    """A number of three or four digits in words."""

    asks = Forms(
        "Write the number {number} in words.",
        "How do you write {number} out in words?",
        "Spell out {number} as one would say it.",
    )
    says = Says(
        en=Forms("{words}", 'The number is read "{words}".', "{Words}."),
        es=Forms("{words}", "El número se lee «{words}».", "{Words}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four numbers that differ in two of their digits."""
        steps = ((1, 2, 3, 5), (10, 20, 30, 50), (100, 200, 300))
        small, large = rng.sample(steps, 2)
        options = grid(rng, 101, 699, large, small)
        if rng.chance(1, 2):
            thousands = 1000 * rng.between(1, 8)
            options = [option + thousands for option in options]
        return Case(str(options[0]), str(sorted(options)), options)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The number in digits."""
        return {"number": str(case.options[0])}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A number in words."""
        return {"words": in_words(option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The words are added up, and are what one writes for that sum."""
        number = int(seen.slots["number"])
        return from_words(said["words"], language) == number and in_words(number, language) == said["words"]


#: Units, larger and smaller, how many of one make the other, and the most of the larger one that a task has.
_UNITS: tuple[tuple[str, str, int, int], ...] = (
    ("hour", "minute", 60, 9),
    ("minute", "second", 60, 20),
    ("day", "hour", 24, 20),
    ("week", "day", 7, 40),
    ("year", "month", 12, 30),
    ("meter", "centimeter", 100, 20),
    ("kilogram", "gram", 1000, 8),
    ("kilometer", "meter", 1000, 8),
    ("liter", "milliliter", 1000, 6),
)


@task("convert")
class Convert(Task):
    """An amount in two units brought to the smaller one, or taken apart into both."""

    asks = Forms(
        down=(
            "How many {smalls} are there in {amount}?",
            "Express {amount} in {smalls} alone.",
            "Convert {amount} to {smalls}.",
        ),
        up=(
            "Express {amount} in {larges} and {smalls}.",
            "Split {amount} into {larges} and {smalls}.",
            "How many {larges} and {smalls} make {amount}?",
        ),
    )
    says = Says(
        en=Forms("{amount}", "That is {amount}.", "In total, {amount}."),
        es=Forms("{amount}", "Equivale a {amount}.", "En total, {amount}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four amounts, one larger unit and some smaller ones apart."""
        large, small, factor, most = rng.choice(_UNITS)
        slip = rng.choice([s for s in (1, 2, 5, 10, 50, 100) if 20 * s >= factor // 4 and s < factor // 2])
        # Two and more smaller units remain in all four.
        rest = rng.between(2, factor - 1 - slip)
        base = factor * rng.between(1, most - 1) + rest
        options = rng.shuffled([base, base + factor, base + slip, base + factor + slip])
        turn = rng.choice(("down", "up"))
        facts = {"units": (large, small), "factor": factor, "turn": turn}
        return Case(f"{turn} {options[0]} {small}", str(sorted(options)), options, turn, facts)

    def _both(self, case: Case, amount: int, language: Language) -> str:
        large, small = case.facts["units"]
        number, rest = divmod(amount, case.facts["factor"])
        both = (counted(number, large, language), counted(rest, small, language))
        return (" and " if language == "en" else " y ").join(both)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The amount and the units wanted."""
        large, small = case.facts["units"]
        total = case.options[0]
        amount = self._both(case, total, "en") if case.turn == "down" else counted(total, small, "en")
        return {"amount": amount, "larges": f"{large}s", "smalls": f"{small}s"}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """An amount in the units wanted."""
        small = case.facts["units"][1]
        down = counted(option, small, language)
        return {"amount": down if case.turn == "down" else self._both(case, option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Both amounts come to the same, and the answer keeps to the units wanted, the smaller one not in excess."""
        large, small, factor, _ = next(row for row in _UNITS if f"{row[1]}s" == seen.slots["smalls"])
        wanted = [small] if seen.turn == "down" else [large, small]
        given = [read_counted(part, "en") for part in seen.slots["amount"].split(" and ")]
        answer = [read_counted(part, language) for part in re.split(" and | y ", said["amount"])]
        if None in given or [part[1] for part in answer if part] != wanted:
            return False
        if seen.turn == "up" and answer[1] is not None and answer[1][0] >= factor:
            return False
        sums = [sum(n * (factor if unit == large else 1) for n, unit in filter(None, one)) for one in (given, answer)]
        return sums[0] == sums[1]


@task("product")
class Product(Task):
    """So many times so much, in a little story."""

    asks = Forms(
        distance=(
            "A bus travels at {a} kilometers an hour. How far does it get in {b} hours?",
            "How many kilometers does a train cover in {b} hours at {a} kilometers an hour?",
            "A truck drives {b} hours at a steady {a} kilometers an hour. How far does it go?",
        ),
        seats=(
            "A theater has {a} rows of {b} seats each. How many seats are there?",
            "How many seats does a hall have that holds {a} rows with {b} seats in each?",
            "There are {b} seats in each of the {a} rows of a cinema. How many seats are there in all?",
        ),
        pages=(
            "{name} reads {a} pages a day. How many pages does {name} read in {b} days?",
            "How many pages does {name} get through in {b} days, reading {a} pages every day?",
            "For {b} days {name} has read {a} pages a day. How many pages is that?",
        ),
        pieces=(
            "There are {a} boxes with {b} {things} in each. How many {things} are there?",
            "A shop receives {a} boxes of {b} {things} each. How many {things} does it get?",
            "How many {things} are in {a} boxes if each of them holds {b}?",
        ),
    )
    says = Says(
        en=Forms(
            distance=("It covers {total} kilometers.", "{total} kilometers"),
            seats=("There are {total} seats.", "{total} seats"),
            pages=("That is {total} pages.", "{total} pages"),
            pieces=("There are {total} {things}.", "{total} {things}"),
        ),
        es=Forms(
            distance=("Recorre {total} kilómetros.", "{total} kilómetros"),
            seats=("Hay {total} asientos.", "{total} asientos"),
            pages=("Son {total} páginas.", "{total} páginas"),
            pieces=("Hay {total} {things}.", "{total} {things}"),
        ),
    )
    #: Range of the smaller first factor and of the smaller second factor, and the steps of the first.
    _ranges: Mapping[str, tuple[int, int, int, int, int]] = {
        "distance": (40, 110, 2, 9, 5),
        "seats": (8, 30, 9, 24, 1),
        "pages": (12, 60, 3, 20, 1),
        "pieces": (3, 20, 6, 40, 1),
    }

    def draw(self, rng: Stream) -> Case:
        """Two first and two second factors; the first pair is asked for."""
        turn = rng.choice(sorted(self._ranges))
        low, high, least, most, step = self._ranges[turn]

        def factors() -> tuple[int, int, int, int]:
            first, second = rng.choice(range(low, high + 1, step)), rng.between(least, most)
            return first, first + step * rng.between(1, 4), second, second + rng.between(1, 2)

        pairs = crossed(rng, factors, lambda one, two: one * two)
        options = [one * two for one, two in pairs]
        facts = {"pair": pairs[0], "who": people(rng, 1)[0], "thing": rng.choice(words(*GOODS))}
        return Case(f"{turn} {pairs[0]}", str(sorted(options)), options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The two factors."""
        one, two = case.facts["pair"]
        name, things = case.facts["who"].en["one"], case.facts["thing"].en["many"]
        return {"a": str(one), "b": str(two), "name": name, "things": things}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A product."""
        return {"total": str(option), "things": case.facts["thing"].form(language, "many")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """One factor is added up as often as the other says."""
        if "things" in said:
            thing = find_one("en", seen.slots["things"], "many", *GOODS)
            if thing is None or said["things"] != thing.form(language, "many"):
                return False
        return int(said["total"]) == sum([int(seen.slots["a"])] * int(seen.slots["b"]))


@task("recipe")
class Recipe(Task):
    """How much of an ingredient a recipe takes for another number of people."""

    asks = Forms(
        "A recipe for {few} people takes {base} grams of {food}. How much {food} do you need for {many} people?",
        "For {few} people one uses {base} grams of {food}. How many grams of {food} are needed for {many}?",
        "My recipe, with {base} grams of {food}, is for {few}. How much {food} should I take to cook for {many}?",
    )
    says = Says(
        en=Forms("You need {total} grams of {food}.", "{total} grams of {food}", "It takes {total} grams of {food}."),
        es=Forms(
            "Necesitas {total} gramos de {food}.", "{total} gramos de {food}", "Hacen falta {total} gramos de {food}."
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four amounts in sixties of grams, and a recipe that comes to the first."""
        options = [60 * number for number in grid(rng, 2, 12, (1,), (2, 3))]
        ratios = [(p, q) for p in range(2, 11) for q in range(2, 11) if p != q]
        fits = [(p, q) for p, q in ratios if options[0] * p % q == 0 and options[0] * p // q not in options]
        few, many = rng.choice(fits)
        base, food = options[0] * few // many, rng.choice(words("ingredients"))
        facts = {"few": few, "many": many, "base": base, "food": food}
        return Case(f"{few} {many} {base} {food.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The recipe and the people."""
        few, many = (in_words(case.facts[key], "en") for key in ("few", "many"))
        return {"few": few, "many": many, "base": str(case.facts["base"]), "food": case.facts["food"].en["one"]}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """An amount of the ingredient."""
        return {"total": str(option), "food": case.facts["food"].form(language, "one")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Each person gets as much as before."""
        food = find_one("en", seen.slots["food"], "one", "ingredients")
        few, many = from_words(seen.slots["few"], "en"), from_words(seen.slots["many"], "en")
        if food is None or few is None or many is None or said["food"] != food.form(language, "one"):
            return False
        return Fraction(int(said["total"]), many) == Fraction(int(seen.slots["base"]), few)
