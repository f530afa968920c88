"""Tasks about order and rank among people, by comparison or by figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import agreeing, first_names, listing, unlist
from generators.families.instructions.lexicon import Language, Word, by_id
from generators.families.instructions.people import people, person, the_one
from generators.families.instructions.tasks import Case, Seen, Task, task

#: Qualities by which people are ranked, each with its opposite.
_RANKED = (("tall", "short"), ("strong", "weak"), ("fast", "slow"), ("rich", "poor"), ("happy", "sad"))
_PLACES = ("", "second ", "third ")
_PLACES_ES: Mapping[str, tuple[str, ...]] = {"m": ("", "segundo ", "tercero "), "f": ("", "segunda ", "tercera ")}


@task("ranking")
class Ranking(Task):
    """Who holds a certain place among four people, from three comparisons."""

    asks = Forms(
        "Read the statements. Who is the {rank} of the four?",
        "From what is said below, which person is the {rank}?",
        "Work out who the {rank} person is.",
    )
    says = Says(
        en=Forms("{name} is the {rank}.", "The {rank} of the four is {name}."),
        es=Forms("{name} es {rank}.", "De las cuatro personas, {name} es {rank}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four people in an order; one of them is asked for by place, from either end."""
        order = people(rng, 4)
        pair = [by_id("adjectives")[quality] for quality in rng.choice(_RANKED)]
        right = rng.below(4)
        ways = [(place, by) for place, by in ((right, pair[0]), (3 - right, pair[1])) if place < len(_PLACES)]
        place, by = rng.choice(ways)
        options = [order[right], *(who for who in order if who != order[right])]
        key = f"{pair[0].id}:{','.join(who.id for who in order)}"
        return Case(key, f"{place} {by.id}", options, facts={"order": order, "pair": pair, "place": place, "by": by})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The place asked for."""
        return {"rank": _PLACES[case.facts["place"]] + case.facts["by"].en["most"]}

    def given(self, case: Case, rng: Stream) -> str:
        """Each person compared with the next in the order, put either way round."""
        more, less = case.facts["pair"]
        names = first_names(case.facts["order"])
        statements = [
            f"{one} is {more.en['more']} than {two}." if rng.chance(1, 2) else f"{two} is {less.en['more']} than {one}."
            for one, two in pairwise(names)
        ]
        return " ".join(rng.shuffled(statements))

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A person; in Spanish the rank agrees with that person."""
        rank = self.slots(case)["rank"] if language == "en" else _rank(option, case.facts["place"], case.facts["by"])
        return {"name": option.en["one"], "rank": rank}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The person stands at that place in every order of the four that agrees with all statements."""
        place, by = next(
            (place, word)
            for pair in _RANKED
            for word in (by_id("adjectives")[quality] for quality in pair)
            for place, name in enumerate(_PLACES)
            if name + word.en["most"] == seen.slots["rank"]
        )
        claims = re.findall(r"(\w+) is (\w+) than (\w+)\.", seen.given)
        first = [(one, two) if word == by.en["more"] else (two, one) for one, word, two in claims]
        names = sorted({name for claim in first for name in claim})
        orders = [row for row in permutations(names) if all(row.index(one) < row.index(two) for one, two in first)]
        who = person(said["name"])
        if who is None or any(row[place] != said["name"] for row in orders):
            return False
        return said["rank"] == (seen.slots["rank"] if language == "en" else _rank(who, place, by))


def _rank(who: Word, place: int, by: Word) -> str:
    """A rank in Spanish: "la segunda más alta"."""
    return f"{the_one(who)} {_PLACES_ES[who.gender][place]}más {agreeing(by, 'es', who.gender)}"


@dataclass(frozen=True, slots=True)
class _Scale:
    """A figure by which people are put in order.

    Attributes:
        says: What is known of each, with a place for the figure.
        low: Smallest figure.
        high: Largest figure.
        en: The rising and the falling direction in English.
        es: The same in Spanish.
    """

    says: str
    low: int
    high: int
    en: tuple[str, str]
    es: tuple[str, str]

    def way(self, language: Language, down: int) -> str:
        """What a direction is called."""
        return (self.en if language == "en" else self.es)[down]


_SCALES: Mapping[str, _Scale] = {
    "age": _Scale(
        "is {} years old",
        8,
        70,
        ("from the youngest to the oldest", "from the oldest to the youngest"),
        ("de menor a mayor edad", "de mayor a menor edad"),
    ),
    "height": _Scale(
        "is {} centimeters tall",
        120,
        195,
        ("from the shortest to the tallest", "from the tallest to the shortest"),
        ("de menor a mayor estatura", "de mayor a menor estatura"),
    ),
    "points": _Scale(
        "has {} points",
        10,
        99,
        ("from the fewest points to the most", "from the most points to the fewest"),
        ("de menos a más puntos", "de más a menos puntos"),
    ),
    "distance": _Scale(
        "lives {} kilometers from the school",
        2,
        60,
        ("from the nearest to the farthest", "from the farthest to the nearest"),
        ("de más cerca a más lejos", "de más lejos a más cerca"),
    ),
}


@task("order")
class Order(Task):
    """Four people put in order by a figure that is given for each."""

    asks = Forms(
        "Put these people in order, {way}.",
        "List the four names {way}.",
        "In what order do these people come, {way}?",
    )
    says = Says(
        en=Forms("{Way}: {names}.", "The order {way} is {names}."),
        es=Forms("{Way}: {names}.", "El orden {way} es {names}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four orders of four people, and figures that make the first one right."""
        options = rng.sample(list(permutations(people(rng, 4))), 4)
        name = rng.choice(sorted(_SCALES))
        scale = _SCALES[name]
        values = sorted(rng.sample(range(scale.low, scale.high + 1), 4))
        down = rng.below(2)
        figures = dict(zip(first_names(options[0]), values[::-1] if down else values, strict=True))
        key = f"{name}:{','.join(f'{who}{figures[who]}' for who in sorted(figures))}"
        return Case(key, str(down), options, facts={"scale": scale, "down": down, "figures": figures})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The direction."""
        scale: _Scale = case.facts["scale"]
        return {"way": scale.way("en", case.facts["down"])}

    def given(self, case: Case, rng: Stream) -> str:
        """Each person's figure."""
        scale: _Scale = case.facts["scale"]
        lines = [f"{name} {scale.says.format(value)}." for name, value in sorted(case.facts["figures"].items())]
        return " ".join(rng.shuffled(lines))

    def words(self, case: Case, option: Sequence[Word], language: Language) -> Mapping[str, str]:
        """The names in an order, and the direction."""
        scale: _Scale = case.facts["scale"]
        return {"names": listing(first_names(option), language), "way": scale.way(language, case.facts["down"])}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The figures of the listed names rise, or fall, as asked, and no name is left out."""
        figures = {name: int(value) for name, value in re.findall(r"(\w+) (?:is|has|lives) (\d+)", seen.given)}
        names = unlist(said["names"], language)
        asked = [(scale, down) for scale in _SCALES.values() for down in (0, 1) if scale.en[down] == seen.slots["way"]]
        scale, down = asked[0]
        in_order = sorted(figures, key=lambda name: figures[name], reverse=bool(down))
        return said["way"] == scale.way(language, down) and names == in_order
