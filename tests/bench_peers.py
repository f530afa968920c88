"""`python -m tests.bench_peers`: matrices and arithmetic made and proven, one process, beside what others make.

The peers of arithmetic are two data sets of reasoning-gym (Stojanovski et al. 2025, arXiv 2505.24760), measured in
turns with ours. Their examples are less: a question with its answer, without wrong answers and without a second route
to it. The peer of matrices is a figure that was stated, not measured: about 18 a second by a port of the generator of
I-RAVEN (Hu et al. 2021, arXiv 2002.06838).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from cli.text import table
from generators.core.candidates import chunk
from tests.seconds import seconds

#: Examples of a round, and rounds, of which the fastest counts: other work on the machine only ever slows one down.
EXAMPLES, ROUNDS = 500, 7
MATRICES = ("raven_easy", "raven_matrices")
I_RAVEN = 18
ARITHMETIC = "math_easy"
GYM = ("gsm_symbolic", "chain_sum")
COLUMNS = ("made and proven", "examples/s", "peer", "peer's examples/s", "ratio")

Make = Callable[[], object]


def peers() -> list[list[object]]:
    """Examples a second of ours and of their peers."""
    rows: list[list[object]] = []
    for name in MATRICES:
        (own,) = rates(proven(name))
        rows.append([name, round(own), "I-RAVEN, as stated", I_RAVEN, f"{own / I_RAVEN:.0f}x"])
    others = gym()
    own, *theirs = rates(proven(ARITHMETIC), *others.values())
    if not others:
        print("reasoning-gym is not installed, so arithmetic has no peer here; the extra `bench` brings it")
        rows.append([ARITHMETIC, round(own), "", "", ""])
    for peer, rate in zip(others, theirs, strict=True):
        rows.append([ARITHMETIC, round(own), peer, round(rate), f"{own / rate:.2f}x"])
    return rows


def rates(*makes: Make) -> list[float]:
    """Examples a second of each, measured in turns after a round that fills what is made once a process."""
    for make in makes:
        make()
    rounds = [[seconds(make) for make in makes] for _ in range(ROUNDS)]
    return [EXAMPLES / min(times) for times in zip(*rounds, strict=True)]


def proven(name: str) -> Make:
    """Makes and proves the next examples of a distribution at each call."""
    starts = count(0, EXAMPLES)
    return lambda: chunk(name, 1, "train", next(starts), EXAMPLES)


def gym() -> dict[str, Make]:
    """Makes the next examples of each peer of arithmetic at each call; none where reasoning-gym is not installed."""
    try:
        import reasoning_gym  # an extra that takes a second to import
    except ImportError:
        return {}

    def make(name: str) -> Make:
        data: Any = reasoning_gym.create_dataset(name, size=EXAMPLES * (ROUNDS + 1), seed=0)
        starts = count(0, EXAMPLES)

        def following() -> list[object]:
            start = next(starts)
            return [data[number] for number in range(start, start + EXAMPLES)]

        return following

    return {name: make(name) for name in GYM}


if __name__ == "__main__":
    print(table(COLUMNS, peers()))
