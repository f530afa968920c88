"""What goes wrong in a recipe, dealt so that neither word nor length tells.

Every dish has two things that may go wrong: an ingredient that another takes the place of, and either a second such
ingredient or two steps the wrong way round. Ingredients are exchanged in pairs: where a Hungarian dish gets the spice
of a Thai one, that Thai dish gets the Hungarian one's. So over a split a word is right as often as it is wrong, and
texts of either kind are equally long. (Not quite: a dish that finds only one partner, and whose order no one could call
wrong, is left out.) Exchanged steps change no word at all; they are never the first or the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from generators.core import split_of
from generators.core.streams import digest
from generators.families.cooking.recipes import Dish, dishes, foreign, likes, stems

#: Endings that look like a plural and are none, as of "octopus" and "pomegranate molasses".
SINGULAR = ("ss", "us", "molasses")


@dataclass(frozen=True, slots=True)
class Plan:
    """What may go wrong with a dish.

    Attributes:
        dish: The dish.
        swaps: Places with what is put there instead; two, or one where the order of two steps is the second thing.
    """

    dish: Dish
    swaps: tuple[tuple[int, str], ...]

    @property
    def exchange(self) -> bool:
        """Whether the second thing is the order of two steps."""
        return len(self.swaps) == 1


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of one dish."""

    dish: Dish
    number: int

    @property
    def value(self) -> str:
        return self.dish.ingredients[self.number].value

    @property
    def sort(self) -> str:
        return self.dish.ingredients[self.number].sort

    def takes(self, value: str) -> bool:
        """Whether a value would be a clear mistake here and still read well."""
        ingredient = self.dish.ingredients[self.number]
        used = {likes().get((other.sort, other.value)) for other in self.dish.ingredients}
        return (
            foreign(ingredient, value)
            and likes()[ingredient.sort, value] not in used
            and plural(value) == plural(ingredient.value)
            and not stems(value) & self.dish.words
        )


def plural(value: str) -> bool:
    """Whether an ingredient is named in the plural."""
    return value.endswith("s") and not value.endswith(SINGULAR)


@cache
def plans() -> tuple[Plan, ...]:
    """The plan of every dish for which there is one."""
    by_split: dict[str, list[Dish]] = defaultdict(list)
    for dish in dishes():
        by_split[split_of(dish.id)].append(dish)
    return tuple(plan for split in sorted(by_split) for plan in _dealt(by_split[split]))


def _dealt(among: Sequence[Dish]) -> Iterable[Plan]:
    """Plans for the dishes of one split."""
    swaps: dict[str, dict[int, str]] = {dish.id: {} for dish in among}
    everybody = frozenset(swaps)
    must = frozenset(dish.id for dish in among if dish.after is None)
    meant = frozenset(dish.id for dish in among if digest("order", dish.id)[0] % 3 > 0)
    # Two dishes without a swap first, then those left over with any that has one. A second swap goes to all whose order
    # no one could call wrong, and to two thirds of the others.
    for few, more, takers in ((0, 0, everybody), (0, 1, everybody), (1, 1, must), (1, 1, meant)):
        for one, other in _couples(among):
            counts = sorted((len(swaps[one.dish.id]), len(swaps[other.dish.id])))
            if (
                counts == [few, more]
                and not takers.isdisjoint((one.dish.id, other.dish.id))
                and _fit(one, other, swaps)
            ):
                swaps[one.dish.id][one.number] = other.value
                swaps[other.dish.id][other.number] = one.value
    for dish in among:
        if len(swaps[dish.id]) == 2 or (swaps[dish.id] and dish.after is not None):
            yield Plan(dish, tuple(swaps[dish.id].items()))


def _couples(among: Sequence[Dish]) -> Iterable[tuple[_Place, _Place]]:
    """Places of one sort, two by two; scarce sorts first, since common ones pair with ease."""
    by_sort: dict[str, list[_Place]] = defaultdict(list)
    for place in (_Place(dish, number) for dish in among for number in range(len(dish.ingredients))):
        by_sort[place.sort].append(place)
    for _, sort in sorted((len(places), sort) for sort, places in by_sort.items()):
        yield from combinations(sorted(by_sort[sort], key=lambda p: digest("pair", p.dish.id, p.number)), 2)


def _fit(one: _Place, other: _Place, swaps: dict[str, dict[int, str]]) -> bool:
    """Whether two places may take each other's ingredient beside what already goes wrong in their dishes."""
    return (
        one.dish.region != other.dish.region
        and one.number not in swaps[one.dish.id]
        and other.number not in swaps[other.dish.id]
        and one.takes(other.value)
        and other.takes(one.value)
        and not stems(other.value) & stems(" ".join(swaps[one.dish.id].values()))
        and not stems(one.value) & stems(" ".join(swaps[other.dish.id].values()))
    )
