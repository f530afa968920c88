"""`python -m tests.bench_ranking`: puzzles of order made and proven, one process, by the number of things.

The peer proves the same printed puzzles by going through all orders.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise, permutations

from cli.text import table
from generators.core import Question, Stream
from generators.core.candidates import candidate
from generators.core.registry import find_distribution
from generators.families.ranking.clues import Clue
from generators.families.ranking.distributions import DrawnRanking
from generators.families.ranking.puzzles import Form
from generators.families.ranking.reading import read_puzzle
from schemas import Example
from tests.seconds import seconds

SIZES = (5, 7)
EXAMPLES, PEER = 600, 60
COLUMNS = ("things", "examples/s", "proofs/s", "by all orders", "gain")


def ranking() -> list[list[object]]:
    """Examples a second with their proof, and proofs alone beside the peer's."""
    header = find_distribution("ranking_logic").header
    rows: list[list[object]] = []
    for count in SIZES:
        builder = DrawnRanking(Form((count, count)))

        def made(start: int, stop: int, builder: DrawnRanking = builder, count: int = count) -> list[Example]:
            items = ((i, builder.draw(Stream("bench", count, i))) for i in range(start, stop))
            found = [candidate(header, builder, item, 0, "train", i).example for i, item in items]
            return [example for example in found if example]

        made(0, EXAMPLES // 2)  # fills what is made once a process
        start = time.perf_counter()
        examples = made(EXAMPLES, 2 * EXAMPLES)
        spent = time.perf_counter() - start
        questions = [Question(e.prompt, tuple(r.text for r in e.responses), e.meta) for e in examples]
        own = len(questions) / seconds(lambda asked=questions, by=builder: [by.prove(each) for each in asked])  # type: ignore[misc] # bound defaults
        peer = PEER / seconds(lambda asked=questions: [by_all_orders(each) for each in asked[:PEER]])  # type: ignore[misc] # bound default
        rows.append([count, round(len(examples) / spent), round(own), round(peer), f"{own / peer:.1f}x"])
    return rows


def by_all_orders(question: Question) -> str:
    """The right response, found by trying every order of the printed things."""
    printed = read_puzzle(question.prompt)
    found = {
        order[printed.asked]
        for order in permutations(range(len(printed.things)))
        if all(holds(clue, order) for clue in printed.clues)
    }
    (thing,) = found
    return printed.things[thing]


def holds(clue: Clue, order: Sequence[int]) -> bool:
    """Whether a clue is true of an order, which lists the things from the top."""
    places = [order.index(thing) for thing in clue.things]
    if clue.kind == "places":
        return bool(clue.places >> places[0] & 1)
    if clue.kind in ("pair", "chain"):
        return all(upper < lower for upper, lower in pairwise(places))
    thing, one, other = places
    return (min(one, other) < thing < max(one, other)) is (clue.kind == "between")


if __name__ == "__main__":
    print(table(COLUMNS, ranking()))
