"""Deals out the places where questions about programs ask, so that no token, and no length, tells right from wrong.

A *place* is a site with some of its slips; a question made from it shows the right token and those slips. Places come
in *closed blocks*: the tokens of all places of a block fall into the same classes, and each place has another of them
right. An operator or a number is a class of its own, apart where it stands nowhere else in its program; names of one
length are a class. Over a block nothing that can be said of the classes tells right from wrong, and the dealer sees to
it that no single name is right much more often than its share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from generators.core import split_of
from generators.core.streams import digest
from generators.families.code.bugs import Site, slips
from generators.families.code.problems import problem, records
from schemas import SPLITS, Split

#: How far the times that a name was right may stray from its share: times right, each counted once for every slip
#: against it, less times wrong.
LEEWAY = 4
#: Times that one site may be asked about, each time with other slips.
USES = 3
#: Times after which no block asks about a problem any more.
SHARE = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A site of a problem's solution with some of its slips.

    Attributes:
        problem: The problem's id.
        site: The site.
        slips: The wrong tokens, sorted.
    """

    problem: str
    site: Site
    slips: tuple[str, ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        """The right token and the wrong ones."""
        return (self.site.token, *self.slips)


_WORD = re.compile(r"\w+|[-+*/%<>=!]+")


@cache
def _around(name: str, site: Site) -> Counter[str]:
    """All words and operators of a solution but the one at a site, counted."""
    solution = problem(name).solution
    return Counter(_WORD.findall(f"{solution[: site.start]} {solution[site.end :]}"))


def _class(place: Place, token: str) -> str:
    """What a token counts as in a block: any name of its length; or itself, and whether it stands nowhere else."""
    if token.isidentifier():
        return f"name of {len(token)}"
    around = _around(place.problem, place.site)
    return token if all(word in around for word in _WORD.findall(token)) else f"{token} alone"


#: Places by class of their right token, for one multiset of classes.
_Supply = dict[str, list[Place]]


@cache
def dealt(wrong: int) -> tuple[Place, ...]:
    """All places of all problems that closed blocks can be made of, the same in every run.

    Args:
        wrong: How many slips each place has.
    """
    return tuple(place for split in SPLITS for place in _Dealer(_supplies(wrong, split)).deal())


def _supplies(wrong: int, split: Split) -> dict[tuple[str, ...], _Supply]:
    """All places of a split, by the classes of their tokens; only where every class is right somewhere."""
    found: dict[tuple[str, ...], _Supply] = defaultdict(lambda: defaultdict(list))
    for name in records():
        if split_of(name) != split:
            continue
        for site, options in slips(name).items():
            for chosen in combinations(options, wrong):
                place = Place(name, site, chosen)
                classes = [_class(place, token) for token in place.tokens]
                found[tuple(sorted(classes))][classes[0]].append(place)
    return {classes: supply for classes, supply in found.items() if len(supply) == len(set(classes))}


class _Dealer:
    """Takes closed blocks from a supply, and keeps what has been dealt so far even.

    Classes are even by construction. Among places that would do, the dealer takes those that also even out what
    classes leave open: how often each single name was right, and whether the right token is one that the rest of the
    program has more often than the slips.
    """

    def __init__(self, supplies: dict[tuple[str, ...], _Supply]) -> None:
        self._supplies = supplies
        self._sites: Counter[tuple[str, int]] = Counter()
        self._problems: Counter[str] = Counter()
        self._balance: Counter[str] = Counter()
        for supply in supplies.values():
            for places in supply.values():
                places.sort(key=lambda place: digest("deal", place.problem, place.site.start, *place.slips))

    def deal(self) -> Iterator[Place]:
        """Blocks in rounds, one of every multiset of classes, until none is left; those with most supply first."""
        left = sorted(self._supplies, key=lambda c: (-min(map(len, self._supplies[c].values())), c))
        while left:
            going = []
            for classes in left:
                block = self._block(classes)
                if block:
                    going.append(classes)
                    yield from block
            left = going

    def _block(self, classes: tuple[str, ...]) -> list[Place]:
        """One place for every class, counted as used; empty if one lacks."""
        supply = self._supplies[classes]
        block: list[Place] = []
        for each in sorted(set(classes)):
            liked = sorted(filter(self._open, supply[each]), key=self._burden)
            for _ in range(classes.count(each)):
                taken = {(place.problem, place.site) for place in block}
                place = next((p for p in liked if (p.problem, p.site) not in taken), None)
                if place is None:
                    return []
                block.append(place)
        for place in block:
            supply[_class(place, place.site.token)].remove(place)
            self._sites[place.problem, place.site.start] += 1
            self._problems[place.problem] += 1
            self._balance.update(_weights(place))
        return block

    def _open(self, place: Place) -> bool:
        """Whether a place's site and problem may be asked about once more, and no name falls out of balance."""
        return (
            self._sites[place.problem, place.site.start] < USES
            and self._problems[place.problem] < SHARE
            and all(
                abs(self._balance[key] + weight) <= max(LEEWAY, abs(self._balance[key]))
                for key, weight in _weights(place).items()
                if key.isidentifier()
            )
        )

    def _burden(self, place: Place) -> tuple[int, int, int]:
        """How little a place is wanted: its site was used, it leans where the balance leans, its problem was used."""
        lean = sum(self._balance[key] * weight for key, weight in _weights(place).items())
        return self._sites[place.problem, place.site.start], lean, self._problems[place.problem]


@cache
def _weights(place: Place) -> Mapping[str, int]:
    """What a place adds to the balance, right token against slips: names, and how often the rest has either."""
    around = _around(place.problem, place.site)
    weights = dict.fromkeys(place.slips, -1) | {place.site.token: len(place.slips)}
    repeats = sum(around[token] * weight for token, weight in weights.items())
    return {
        **{token: weight for token, weight in weights.items() if token.isidentifier()},
        "in the rest": max(-len(place.slips), min(len(place.slips), repeats)),
    }
