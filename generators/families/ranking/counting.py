"""Counting the orders that clues allow, subset by subset, without listing any order.

Every clue says of some thing which others must already stand above it, or which places it may take. Whether a thing
may come next then depends only on which things stand above, so orders are counted over subsets of things: at most 256
for eight things, where there are 40,320 orders. Pairs and chains alone give a partial order, whose linear extensions
are counted so; the other kinds fit the same recurrence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generators.families.ranking.clues import Clue


class Rules:
    """When each thing may come next, from the top.

    Args:
        clues: The clues.
        count: The number of things.
    """

    def __init__(self, clues: Sequence[Clue], count: int) -> None:
        self.count = count
        #: By thing: the things that must stand above it, and the places that it may take, as bits.
        self.above = [0] * count
        self.places = [(1 << count) - 1] * count
        #: By thing: two others, as bits, and whether exactly one of them must stand above it (else both or none).
        self.pairs: list[list[tuple[int, bool]]] = [[] for _ in range(count)]
        for clue in clues:
            things = clue.things
            if clue.kind == "places":
                self.places[things[0]] &= clue.places
            elif clue.kind in ("pair", "chain"):
                for upper, lower in pairwise(things):
                    self.above[lower] |= 1 << upper
            else:
                thing, one, other = things
                self.pairs[thing].append((1 << one | 1 << other, clue.kind == "between"))

    def next(self, taken: int, place: int) -> list[int]:
        """The things, as bits, that may stand in a place under the things that are taken."""
        result = []
        for thing in range(self.count):
            bit = 1 << thing
            if taken & bit or self.above[thing] & ~taken or not self.places[thing] >> place & 1:
                continue
            for pair, one in self.pairs[thing]:
                if (taken & pair not in (0, pair)) is not one:
                    break
            else:
                result.append(bit)
        return result


def count_orders(clues: Sequence[Clue], count: int, place: int) -> list[int]:
    """How many of the orders that clues allow have each thing in a place.

    Args:
        clues: The clues; things are numbers below `count`.
        count: The number of things.
        place: The place, from the top.
    """
    rules = Rules(clues, count)
    # Downwards: in how many ways each subset can fill the uppermost places, with the steps that lead on from it.
    ways, steps = {0: 1}, []
    for level in range(count):
        onward: dict[int, int] = {}
        step = []
        for taken, number in ways.items():
            for bit in rules.next(taken, level):
                onward[taken | bit] = onward.get(taken | bit, 0) + number
                step.append((taken, bit, number))
        steps.append(step)
        ways = onward
    # Upwards: in how many ways each subset can be completed.
    ends = {(1 << count) - 1: 1}
    for level in range(count - 1, place, -1):
        earlier: dict[int, int] = {}
        for taken, bit, _ in steps[level]:
            earlier[taken] = earlier.get(taken, 0) + ends.get(taken | bit, 0)
        ends = earlier
    result = [0] * count
    for taken, bit, number in steps[place]:
        result[bit.bit_length() - 1] += number * ends.get(taken | bit, 0)
    return result
