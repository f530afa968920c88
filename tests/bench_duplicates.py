"""`python -m tests.bench_duplicates [SIZES]`: speed and memory of the search for near duplicates, on generated text.

`make bench` runs it with ten and a hundred thousand texts; `1000000` as an argument takes minutes. The peers only make
the features that a search would still have to compare.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer

from cli.text import table
from eval.audit.duplicates import near_duplicates
from eval.audit.shingles import SIZE
from tests.seconds import seconds

SIZES = (10_000, 100_000)
#: Texts that the peers get; their cost is linear.
PEER = 5000
WORDS, LENGTH, AT_ONCE = 20_000, 77, 10_000
#: One text in so many is an earlier one with two words changed.
PLANTED = 20


def texts(count: int) -> Iterator[str]:
    """Texts of about 500 characters in words of Zipf's frequencies, the same in every run."""
    rng = np.random.default_rng(0)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = np.array(["".join(rng.choice(letters, size=size)) for size in rng.integers(2, 10, size=WORDS)])
    frequencies = np.cumsum(1 / np.arange(1, WORDS + 1))
    for start in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - start)
        rows = np.searchsorted(frequencies, rng.random((size, LENGTH)) * frequencies[-1])
        copies = np.arange(PLANTED - 1, size, PLANTED)
        rows[copies] = rows[copies - 1]
        rows[copies[:, None], rng.integers(0, LENGTH, size=(len(copies), 2))] = rng.integers(0, WORDS)
        for row in words[rows]:
            yield "### Instruction:\n" + " ".join(row) + "\n\n### Response:\n"


def duplicates(sizes: Sequence[int] = SIZES) -> list[list[object]]:
    """Texts a second, against two peers on some of the same texts, and the most memory held so far."""
    rows: list[list[object]] = []
    for size in sizes:
        some = list(texts(size))
        features = HashingVectorizer(analyzer="char", ngram_range=(SIZE, SIZE), binary=True)
        peers = {
            "HashingVectorizer": seconds(lambda some=some, features=features: features.transform(some[:PEER])),  # type: ignore[misc] # bound defaults
            "Python sets": seconds(lambda some=some: [_shingles(text) for text in some[:PEER]]),  # type: ignore[misc] # bound default
        }
        spent = seconds(lambda some=some: near_duplicates(some))  # type: ignore[misc] # bound default
        speed = size / spent
        ratios = [f"{speed * each / min(PEER, size):.1f}x" for each in peers.values()]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append([size, f"{spent:.1f} s", round(speed), *ratios, f"{peak} MB"])
    return rows


def _shingles(text: str) -> int:
    return len({text[place : place + SIZE] for place in range(len(text) - SIZE + 1)})


COLUMNS = ("texts", "time", "texts/s", "of HashingVectorizer", "of Python sets", "peak memory")

if __name__ == "__main__":
    print(table(COLUMNS, duplicates([int(size) for size in sys.argv[1:]] or SIZES)))
