"""What clues give away to a reader who counts words instead of putting things in order, and the lots that level it.

Such a reader scores every candidate. Puzzles as they come would let it win: things that must be compared are named
often, wins and losses tell a rough order. So a drawn puzzle is kept by lot, the less likely the more these scores speak
for the right candidate. The weights were solved, for each number of things, such that every score alone ranks half of
all pairs right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from generators.core import Stream
from generators.families.ranking.clues import Clue

#: The scores: how often a thing is named at all; the first and the last clue that names it; how near its place by wins
#: less losses is to the asked one; wins less losses towards the asked end; losses on the way there; the smaller of wins
#: and losses; how near they are to each other; how often it stands in the middle of a chain; between two things; as one
#: of two that another does not stand between; and in a clue on its place alone.
SCORES = (
    "named",
    "first",
    "last",
    "place",
    "net",
    "losses",
    "both",
    "even",
    "chained",
    "between",
    "beside",
    "placed",
)

#: Weights of the scores and what is added to their sum, by the number of things. 64 more halve the chance to be kept.
WEIGHTS: Mapping[int, tuple[Sequence[int], int]] = {
    3: ((-9, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0), 14),
    4: ((-76, 6, 5, -17, 192, 178, 100, 95, 0, 208, 120, 158), -65),
    5: ((-26, 7, 7, 19, 15, -36, 103, -2, -6, 58, 16, 44), 37),
    6: ((-8, 6, 5, 18, 27, 11, 43, 11, -10, 43, 11, 32), 48),
    7: ((3, 6, 6, 13, 11, -19, 56, -1, -6, 34, 6, 27), 50),
    8: ((10, 7, 5, 15, 12, -6, 37, 1, -4, 30, 4, 26), 50),
}
HALF = 64


def scores(clues: Sequence[Clue], count: int, asked: int) -> list[list[int]]:
    """Every thing's scores, a list for each of `SCORES`."""
    named, chained, between, beside, placed, wins, losses = ([0] * count for _ in range(7))
    first, last = [-len(clues)] * count, [-1] * count
    for number, clue in enumerate(clues):
        things = clue.things
        for thing in things:
            named[thing] += 1
            last[thing] = number
            if first[thing] == -len(clues):
                first[thing] = -number
        if clue.kind == "pair":
            wins[things[0]] += 1
            losses[things[1]] += 1
        elif clue.kind == "chain":
            one, two, three = things
            wins[one] += 1
            wins[two] += 1
            losses[two] += 1
            losses[three] += 1
            chained[two] += 1
        elif clue.kind == "between":
            between[things[0]] += 1
        elif clue.kind == "outside":
            beside[things[1]] += 1
            beside[things[2]] += 1
        else:
            placed[things[0]] += 1
    net = [won - lost for won, lost in zip(wins, losses, strict=True)]
    ladder = sorted(net)
    aim = 2 * (count - asked) - 1
    place = [-abs(bisect_left(ladder, value) + bisect_right(ladder, value) - aim) for value in net]
    even = [-abs(value) for value in net]
    both = [min(won, lost) for won, lost in zip(wins, losses, strict=True)]
    if 2 * asked < count - 1:
        towards, against = net, losses
    elif 2 * asked > count - 1:
        towards, against = [-value for value in net], wins
    else:
        towards, against = even, both
    return [named, first, last, place, towards, against, both, even, chained, between, beside, placed]


def outcomes(clues: Sequence[Clue], count: int, asked: int, wrong: Sequence[int]) -> list[int]:
    """For each score, wrong candidates below the right one less those above it; the right one is the thing `asked`."""
    result = []
    for row in scores(clues, count, asked):
        own, total = row[asked], 0
        for other in wrong:
            value = row[other]
            total += (own > value) - (own < value)
        result.append(total)
    return result


def kept(clues: Sequence[Clue], count: int, asked: int, wrong: Sequence[int], rng: Stream) -> bool:
    """Whether the lot keeps a puzzle."""
    weights, shift = WEIGHTS[count]
    told = shift
    for weight, outcome in zip(weights, outcomes(clues, count, asked, wrong), strict=True):
        told += weight * outcome
    halvings, rest = divmod(max(told, 0), HALF)
    return rng.chance(2 * HALF - rest, 2 * HALF << halvings)
