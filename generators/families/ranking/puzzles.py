"""Drawing a puzzle: an order, an asked place, candidates and clues that settle who stands there.

Clues are drawn until every order that holds to them has the same thing in the asked place; clues that are then not
needed are dropped, and a few redundant ones are put in. With four things or more no single clue rules out any
candidate, so the first and the last place are not asked for, and what is left to read off is levelled in `tells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Stream
from generators.families.ranking.clues import Clue
from generators.families.ranking.orders import FEWEST, KINDS, MOST, Known, Orders, orders_of
from generators.families.ranking.tells import kept
from schemas import ShiftworksError

#: How often each kind of clue is drawn.
SHARES: Mapping[str, int] = {"pair": 6, "chain": 2, "between": 3, "outside": 2, "place": 1, "limit": 3}
#: Candidates of a puzzle, the right one included; all things where there are fewer.
OFFERED = 4
#: Redundant clues that a puzzle can have at most.
REDUNDANT = 6
#: Clues drawn in vain after which a puzzle is begun anew.
TRIES = 80
#: Chance that a redundant clue on the right thing is let pass, by the number of things: among many, clues that are
#: needed name it often enough; among few, not many clues do without it.
NAMES_RIGHT = {3: (1, 1), 4: (1, 2)}
MOSTLY_NOT = (1, 10)


@dataclass(frozen=True, slots=True)
class Form:
    """What the puzzles of a distribution are like.

    Attributes:
        things: The fewest and the most things of a puzzle.
        redundant: The fewest and the most clues that a puzzle has beyond those needed; it has fewer where there are no
            more. The scores in `tells` are level for the default, and for the default kinds.
        kinds: Kinds of clue.

    Raises:
        ShiftworksError: A value is out of range.
    """

    things: tuple[int, int]
    redundant: tuple[int, int] = (1, 3)
    kinds: Sequence[str] = KINDS

    def __post_init__(self) -> None:
        _in_range("things", self.things, FEWEST, MOST)
        _in_range("redundant clues", self.redundant, 0, REDUNDANT)
        if not self.kinds or "pair" not in self.kinds or not set(self.kinds) <= set(KINDS):
            raise ShiftworksError(
                f"a ranking puzzle's kinds of clue must be pair and any of {', '.join(KINDS[1:])}, "
                f"got {', '.join(self.kinds) or 'none'}"
            )


#: Kinds of clue about three things; a chain would settle all of them.
EASY_KINDS = ("pair", "place", "limit")


def graded(difficulty: int) -> Form:
    """The form of a difficulty from 1 (three things) to 6 (eight things).

    Raises:
        ShiftworksError: The difficulty is out of range.
    """
    hardest = MOST - FEWEST + 1
    if not 1 <= difficulty <= hardest:
        raise ShiftworksError(f"a ranking puzzle's difficulty must be 1 to {hardest}, got {difficulty}")
    count = FEWEST + difficulty - 1
    return Form((count, count), kinds=EASY_KINDS if count == FEWEST else KINDS)


def _in_range(what: str, values: tuple[int, int], lowest: int, highest: int) -> None:
    low, high = values
    if not lowest <= low <= high <= highest:
        raise ShiftworksError(
            f"a ranking puzzle's {what} must be {lowest} to {highest}, fewest first, got {low} to {high}"
        )


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle in numbers: things are called by their true place.

    Attributes:
        count: The number of things.
        asked: The asked place, and so the thing that is right.
        wrong: The other candidates.
        clues: The clues in printed order.
    """

    count: int
    asked: int
    wrong: tuple[int, ...]
    clues: tuple[Clue, ...]


def draw_puzzle(count: int, form: Form, rng: Stream) -> Puzzle:
    """A puzzle of some things, drawn until the lot of `tells` keeps one."""
    orders = orders_of(count)
    while True:
        # Place and candidates are drawn anew with the clues: the weights in `tells` were solved for the three together.
        asked = rng.below(count) if count == FEWEST else rng.between(1, count - 2)
        wrong = tuple(rng.sample([thing for thing in range(count) if thing != asked], min(OFFERED, count) - 1))
        deck = _deck(count, asked, sum(1 << thing for thing in (asked, *wrong)), tuple(form.kinds))
        needed = _needed(orders, asked, deck, rng)
        known = _with_redundant(needed, rng.between(*form.redundant), asked, count, deck, rng)
        clues = tuple(each.clue for each in known)
        if kept(clues, count, asked, wrong, rng):
            return Puzzle(count, asked, wrong, clues)


@cache
def _deck(count: int, asked: int, offered: int, kinds: tuple[str, ...]) -> Sequence[Sequence[Known]]:
    """The clues that a puzzle may use, kind by kind, each kind as many times as its share."""
    orders = orders_of(count)
    answers = orders.all & ~orders.at[asked][asked]
    barred = 0
    if count > FEWEST:
        barred = sum(1 << thing * count + asked for thing in range(count) if offered >> thing & 1)
    deck: list[Sequence[Known]] = []
    for kind in kinds:
        usable = [
            known
            for known in orders.clues[kind]
            if known.orders & answers  # it does not give the answer by itself
            and not known.excluded & barred
            and not (kind == "place" and count > FEWEST and offered >> known.clue.things[0] & 1)
        ]
        if usable:
            deck += [usable] * SHARES[kind]
    return deck


def _needed(orders: Orders, asked: int, deck: Sequence[Sequence[Known]], rng: Stream) -> list[Known]:
    """Clues that settle the asked place and of which none can be left out."""
    other = orders.all & ~orders.at[asked][asked]
    while True:
        left, chosen = orders.all, []
        for _ in range(TRIES):
            known = rng.choice(rng.choice(deck))
            if left & known.orders != left:
                left &= known.orders
                chosen.append(known)
                if not left & other:
                    return _pruned(chosen, other)


def _pruned(chosen: list[Known], other: int) -> list[Known]:
    """Without the clues, earliest first, that are not needed to rule out the orders with another answer."""
    # rest[i]: what the clues from i on leave of those orders.
    rest = [other]
    for known in reversed(chosen):
        rest.append(rest[-1] & known.orders)
    rest.reverse()
    kept, before = [], other
    for number, known in enumerate(chosen):
        if before & rest[number + 1]:
            kept.append(known)
            before &= known.orders
    return kept


def _with_redundant(
    needed: list[Known], more: int, asked: int, count: int, deck: Sequence[Sequence[Known]], rng: Stream
) -> list[Known]:
    """The needed clues and some more, in random order."""
    clues = list(needed)
    passing = NAMES_RIGHT.get(count, MOSTLY_NOT)
    for _ in range(TRIES):
        if len(clues) == len(needed) + more:
            break
        known = rng.choice(rng.choice(deck))
        if known not in clues and (asked not in known.clue.things or rng.chance(*passing)):
            clues.append(known)
    rng.shuffle(clues)
    return clues
