"""Orders that clues tell, such as `A is denser than B`: solved from the printed text and held against the label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import Pool
from eval.audit.defects.registry import defect

#: No puzzle is longer, and none has more things to put in order.
LONGEST, MOST = 2_000, 9
RANKS = {word: n for n, word in enumerate(("", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh "))}
RANK = "(?P<rank>" + "|".join(word for word in RANKS if word) + ")?"
#: Things are single words or signs.
THING = r"[^\s,.:]+"
LISTED = re.compile(rf"[^:\n]*: ?(?P<things>{THING}(?:, {THING})+)\.? ")
MORE = re.compile(rf"^(?P<one>{THING}) is (?P<less>less )?(?P<word>\w+) than (?P<two>{THING}?)\.?$", re.MULTILINE)
PLACED = re.compile(rf"^(?P<one>{THING}) is the {RANK}(?P<end>most|least) (?P<word>\w+)\.$", re.MULTILINE)
ASKED = re.compile(rf"^Which is the {RANK}(?P<end>most|least) (?P<word>\w+)[^?\n]*\?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Puzzle:
    """Things, pairs (greater, less), places from the top of some things, and the place asked for."""

    things: Sequence[str]
    pairs: frozenset[tuple[str, str]]
    places: dict[int, str]
    asked: int


@defect("wrong_order_answer", grave=True)
def wrong_order_answer(pool: Pool) -> Iterator[Seen]:
    """The right response is not the thing that the clues put in the place asked for."""
    of, hits = [], []
    for place, prompt in enumerate(pool.prompts):
        puzzle = _read(prompt) if len(prompt) <= LONGEST and "Which is the" in prompt else None
        right = pool.rights[place].strip().rstrip(".")
        if puzzle and right in puzzle.things:
            of.append(place)
            if {order[puzzle.asked] for order in _orders(puzzle, [])} != {right}:
                hits.append(place)
    yield pool.seen("The clues do not give the right response in {count} of {of} puzzles of order.", hits, of)


def _read(prompt: str) -> _Puzzle | None:
    """The puzzle of a prompt; None where it is none or has parts that are not understood."""
    listed, asked = LISTED.search(prompt), ASKED.search(prompt)
    if not listed or not asked:
        return None
    things = listed["things"].split(", ")
    clues = prompt[listed.end() : asked.start()]
    lines = [line.strip() for line in clues.partition("\n")[2].splitlines() if line.strip()]
    pairs: set[tuple[str, str]] = set()
    places: dict[int, str] = {}
    for line in lines:
        more, placed = MORE.match(line), PLACED.match(line)
        clue = more or placed
        # `denser` and `less dense` begin alike; a clue about something else is not understood.
        if not clue or clue["word"][:4] != asked["word"][:4] or clue["one"] not in things:
            return None
        if more and more["two"] in things:
            pairs.add((more["two"], more["one"]) if more["less"] else (more["one"], more["two"]))
        elif placed:
            places[_place(placed, len(things))] = placed["one"]
        else:
            return None
    known = len(set(things)) == len(things) <= MOST
    return _Puzzle(things, frozenset(pairs), places, _place(asked, len(things))) if known else None


def _place(found: re.Match[str], count: int) -> int:
    """The place from the top that `second most` or `least` names."""
    rank = RANKS[found["rank"] or ""]
    return rank if found["end"] == "most" else count - 1 - rank


def _orders(puzzle: _Puzzle, begun: list[str]) -> Iterator[list[str]]:
    """All orders, greatest first, that the clues allow."""
    if len(begun) == len(puzzle.things):
        yield begun
        return
    for thing in puzzle.things:
        first = thing not in begun and all(a in begun for a, b in puzzle.pairs if b == thing)
        settled = puzzle.places.get(len(begun), thing) == thing
        if first and settled and all(thing != other or n == len(begun) for n, other in puzzle.places.items()):
            yield from _orders(puzzle, [*begun, thing])
