"""Every order of up to eight things as one bit of a long integer; a clue is the set of orders that hold to it.

The things are numbered by their true order, so that the order 0, 1, 2, ... is the one to be found, and every clue here
is true of it. Sets of orders make clues cheap to try: another clue is one AND. Only the generator uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

from generators.families.ranking.clues import Clue

#: How many things a puzzle can have.
FEWEST, MOST = 3, 8

#: Kinds of clue that can be asked for; `place` says where a thing stands, `limit` only where it may.
KINDS = ("pair", "chain", "between", "outside", "place", "limit")


@dataclass(frozen=True, slots=True)
class Known:
    """A true clue with what it leaves open.

    Attributes:
        kind: One of `KINDS`.
        clue: The clue.
        orders: The orders that hold to it.
        excluded: Pairs of thing and place, as bits `thing * count + place`, that it rules out by itself.
    """

    kind: str
    clue: Clue
    orders: int
    excluded: int


class Orders:
    """All orders of some things, and all clues that are true of the order 0, 1, 2, ...

    Args:
        count: The number of things.
    """

    def __init__(self, count: int) -> None:
        columns = [bytes(column) for column in zip(*permutations(range(count)), strict=True)]
        marks = [bytes(49 if value == thing else 48 for value in range(256)) for thing in range(count)]
        #: Orders with a thing in a place, by thing and place.
        self.at = [[int(column.translate(mark), 2) for column in columns] for mark in marks]
        self.count = count
        self.all = (1 << len(columns[0])) - 1
        things = range(count)
        self._above = [[self._earlier(a, b) if a != b else 0 for b in things] for a in things]
        self.clues: Mapping[str, Sequence[Known]] = {
            kind: [self._known(kind, clue, orders) for clue, orders in self._true(kind)] for kind in KINDS
        }

    def _earlier(self, one: int, other: int) -> int:
        orders = 0
        for place in range(self.count):
            for later in range(place + 1, self.count):
                orders |= self.at[one][place] & self.at[other][later]
        return orders

    def _within(self, thing: int, places: int) -> int:
        """Orders with a thing in one of some places."""
        orders = 0
        for place, at in enumerate(self.at[thing]):
            if places >> place & 1:
                orders |= at
        return orders

    def _middle(self, thing: int, one: int, other: int) -> int:
        """Orders with a thing between two others."""
        above = self._above
        return above[one][thing] & above[thing][other] | above[other][thing] & above[thing][one]

    def _true(self, kind: str) -> Iterator[tuple[Clue, int]]:
        """Clues of a kind that are true of the order 0, 1, 2, ..., with their orders."""
        things, above = range(self.count), self._above
        if kind == "pair":
            for a, b in combinations(things, 2):
                yield Clue("pair", (a, b)), above[a][b]
        elif kind == "chain":
            for a, b, c in combinations(things, 3):
                yield Clue("chain", (a, b, c)), above[a][b] & above[b][c]
        elif kind == "between":
            for a, b, c in combinations(things, 3):
                yield Clue("between", (b, a, c)), self._middle(b, a, c)
        elif kind == "outside":
            for a, b, c in combinations(things, 3):
                yield Clue("outside", (a, b, c)), self.all & ~self._middle(a, b, c)
                yield Clue("outside", (c, a, b)), self.all & ~self._middle(c, a, b)
        else:
            for thing in things:
                for places in self._placings(kind, thing):
                    yield Clue("places", (thing,), places), self._within(thing, places)

    def _placings(self, kind: str, thing: int) -> Iterator[int]:
        """Sets of places that a clue of place or limit names: the thing's own, all but one, or one end."""
        every = (1 << self.count) - 1
        if kind == "place":
            yield 1 << thing
            return
        for place in range(self.count):
            if place != thing:
                yield every & ~(1 << place)
        for size in range(2, self.count - 1):
            end = (1 << size) - 1
            yield end if thing < size else every & ~end

    def _known(self, kind: str, clue: Clue, orders: int) -> Known:
        excluded = 0
        for thing, row in enumerate(self.at):
            for place, at in enumerate(row):
                if not orders & at:
                    excluded |= 1 << thing * self.count + place
        return Known(kind, clue, orders, excluded)


@cache
def orders_of(count: int) -> Orders:
    """The orders of some things; made once a process."""
    return Orders(count)
