"""Dishes of the banks: how a recipe is printed, and how a printed one is read back against the bank."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from generators.core import Disproof, load_bank, load_banks

#: Words of fewer letters say nothing about an ingredient; longer ones are compared by their beginning.
WORD = re.compile(r"[a-z'-]{4,}")
STEM = 5


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's longer words, so that "tomato" and "tomatoes" are one."""
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What belongs in one place of a recipe.

    Attributes:
        sort: What may stand there grammatically and in kind, such as `cheese`.
        value: What belongs there.
        also: What cooks also take.
    """

    sort: str
    value: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dish:
    """A dish.

    Attributes:
        id: Its identity in the banks.
        name: Its name.
        about: What it is and where it is at home; stands behind the name.
        region: The bank it stands in.
        steps: The steps in order, with numbered places for the ingredients.
        ingredients: What belongs in those places.
        after: Number of a step that cannot come before the one that it follows; None where no case is clear.
    """

    id: str
    name: str
    about: str
    region: str
    steps: tuple[str, ...]
    ingredients: tuple[Ingredient, ...]
    after: int | None

    @property
    def title(self) -> str:
        """Name and description, as every prompt prints them."""
        return f"{self.name}, {self.about}"

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of all that is printed about the dish, its recipe included."""
        return stems(" ".join([self.title, *self.printed({}, exchanged=False)]))

    def printed(self, swaps: Mapping[int, str], *, exchanged: bool) -> tuple[str, ...]:
        """The steps as sentences without their stop.

        Args:
            swaps: What stands in some places instead of what belongs there.
            exchanged: Whether step `after` comes before the one that it should follow.
        """
        values = [swaps.get(place, ingredient.value) for place, ingredient in enumerate(self.ingredients)]
        steps = [step.format(*values) for step in self.steps]
        if exchanged and self.after is not None:
            steps[self.after - 1 : self.after + 1] = steps[self.after], steps[self.after - 1]
        return tuple(steps)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        """What each step may look like with any ingredient of the right sort in its places."""
        patterns = []
        for step in self.steps:
            pattern = re.escape(step)
            for place, ingredient in enumerate(self.ingredients):
                options = "|".join(map(re.escape, values_of(ingredient.sort)))
                pattern = pattern.replace(re.escape(f"{{{place}}}"), f"(?P<place{place}>{options})")
            patterns.append(re.compile(pattern))
        return tuple(patterns)

    def faults(self, steps: Sequence[str]) -> list[str]:
        """What is wrong with a recipe, found by reading its steps against the bank.

        Raises:
            Disproof: A step is none of this dish, or a place holds what is neither right nor surely wrong.
        """
        order, found = [], []
        for text in steps:
            number, match = self._recognized(text)
            order.append(number)
            for name, value in match.groupdict().items():
                ingredient = self.ingredients[int(name.removeprefix("place"))]
                if value == ingredient.value:
                    continue
                if not foreign(ingredient, value):
                    raise Disproof(f"{value!r} for {ingredient.value!r} in {self.name} is no clear mistake")
                found.append(f"{value} for {ingredient.value}")
        if sorted(order) != list(range(len(self.steps))):
            raise Disproof(f"a recipe for {self.name} has other steps than the bank")
        if order != sorted(order):
            if self.after is None or order.index(self.after) > order.index(self.after - 1):
                raise Disproof(f"a recipe for {self.name} has an order that the bank does not call wrong")
            found.append(f"step {self.after + 1} before step {self.after}")
        return found

    def _recognized(self, text: str) -> tuple[int, re.Match[str]]:
        for number, pattern in enumerate(self._patterns):
            if match := pattern.fullmatch(text):
                return number, match
        raise Disproof(f"no step of {self.name}: {text!r}")


@cache
def dishes() -> tuple[Dish, ...]:
    """All dishes of all regions."""
    return tuple(
        Dish(
            record["id"],
            record["name"],
            record["about"],
            bank.name,
            tuple(record["steps"]),
            tuple(Ingredient(i["sort"], i["value"], tuple(i.get("also", ()))) for i in record["ingredients"]),
            record.get("after"),
        )
        for bank in load_banks(("cooking/dishes/*",))
        for record in bank.items
    )


@cache
def likes() -> Mapping[tuple[str, str], str]:
    """(sort, ingredient) to what it passes for."""
    return {(item["sort"], item["value"]): item["like"] for item in load_bank("cooking/ingredients").items}


@cache
def values_of(sort: str) -> tuple[str, ...]:
    """The ingredients of a sort, longer names first so that a pattern prefers them."""
    return tuple(sorted((value for kind, value in likes() if kind == sort), key=lambda value: (-len(value), value)))


def foreign(ingredient: Ingredient, value: str) -> bool:
    """Whether a value of the same sort is surely wrong in an ingredient's place: it passes for nothing used there."""
    if (ingredient.sort, value) not in likes() or value in ingredient.also:
        return False
    taken = {likes().get((ingredient.sort, used)) for used in (ingredient.value, *ingredient.also)}
    return likes()[ingredient.sort, value] not in taken
