"""What clues give away to a reader who counts words instead of putting things in order, and the lots that level it.

Such a reader scores every candidate. Puzzles as they come would let it win: things that must be compared are named
often, wins and losses tell a rough order. So a drawn puzzle is kept by lot, the less likely the more these scores speak
for the right candidate: by being ahead at all, and by how much. The weights were solved on 60,000 puzzles for each
number of things, such that every score alone ranks half of all pairs right and the mean lead of the right candidate is
nought, so that a weighted sum of the scores has nothing to start from either.

What is left takes a fit: on 3,000 puzzles of each size, a linear model of all scores ranks .51 to .53 of the pairs of
others right for six to eight things, .56 for five and .60 for four; boosted trees .56 to .59, .65 and .67. Within one
asked place a single score ranks .46 to .55.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

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


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts against a puzzle, in halvings of its chance to be kept, times `HALF`.

    Attributes:
        ahead: For each score, a wrong candidate below the right one (and against it, one above).
        lead: For each score, a point that the right candidate has over a wrong one.
        start: What every puzzle begins with.
    """

    ahead: Sequence[int]
    lead: Sequence[int]
    start: int


#: By the number of things. With three, only being named is levelled: the rest is what makes them easy.
WEIGHTS: Mapping[int, Weights] = {
    3: Weights((-8, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0), (-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 15),
    4: Weights(
        (-9, 17, 18, -14, 220, 795, -24, 151, 0, 414, -58, 76),
        (-82, 0, 0, -108, 238, -281, -24, 276, 0, -74, 202, 156),
        -210,
    ),
    5: Weights(
        (24, 11, 11, 0, 14, 137, -27, -84, 7, 90, -5, 7), (-37, 0, 0, 0, 9, -163, 143, 71, -16, -22, 22, 43), 27
    ),
    6: Weights((18, 7, 7, -4, 4, 49, 37, -44, 1, 59, 5, 7), (-16, 0, 0, 8, 12, -26, 2, 42, -10, -12, 5, 26), 46),
    7: Weights((17, 7, 7, 0, -2, 36, 26, -37, -7, 45, 8, 10), (-7, 0, 0, 4, 5, -46, 24, 28, 3, -10, -2, 16), 49),
    8: Weights((13, 7, 6, -8, -6, 17, 33, -34, -4, 38, 10, 9), (0, 0, 0, 6, 7, -17, -1, 26, 3, -7, -6, 15), 50),
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


def told(clues: Sequence[Clue], count: int, asked: int, wrong: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each score, the wrong candidates below the right one less those above it, and the sum of its leads.

    Args:
        clues: The clues in printed order.
        count: The number of things.
        asked: The asked place, and so the thing that is right.
        wrong: The other candidates.
    """
    ahead, lead = [], []
    for row in scores(clues, count, asked):
        own, below, total = row[asked], 0, 0
        for other in wrong:
            over = own - row[other]
            below += (over > 0) - (over < 0)
            total += over
        ahead.append(below)
        lead.append(total)
    return ahead, lead


def kept(clues: Sequence[Clue], count: int, asked: int, wrong: Sequence[int], rng: Stream) -> bool:
    """Whether the lot keeps a puzzle; see `told` for the arguments."""
    weights = WEIGHTS[count]
    ahead, lead = told(clues, count, asked, wrong)
    against = weights.start + sum(map(mul, weights.ahead, ahead)) + sum(map(mul, weights.lead, lead))
    halvings, rest = divmod(max(against, 0), HALF)
    return rng.chance(2 * HALF - rest, 2 * HALF << halvings)
