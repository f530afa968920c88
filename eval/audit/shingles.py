"""Texts as sets of shingles, without the template that they share, so that texts compare by what they say.

A shingle is five neighbouring characters of the normalised text. Characters, not words: answers of one word, code,
symbol puzzles and languages that write no spaces then compare like prose does.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

#: Hashes of shingles.
Hashes = NDArray[np.uint64]
Indices = NDArray[np.int64]

SIZE = 5
#: A line that stands in this share of the texts is template, and so is a shingle in `COMMON_SHINGLE` of them. A whole
#: line says it more surely than five characters do, which common words share.
COMMON_LINE = 0.1
COMMON_SHINGLE = 0.5
#: Nothing that fewer texts share is template.
FEWEST = 10
#: Texts that the template is read off; its shares are then known to about one part in a hundred.
SAMPLE = 4000
#: Characters hashed at once: the arrays stay in the processor's cache.
AT_ONCE = 100_000
#: The polynomial's base and the constants that mix its value (splitmix64, Steele, Lea and Flood 2014).
BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def normal(text: str) -> str:
    """A text without differences of case, spacing and Unicode composition."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Template:
    """What most texts of a list share, and what therefore says nothing about any of them.

    Attributes:
        lines: Whole lines, normalised.
        shingles: Hashes of shingles, sorted.
    """

    lines: frozenset[str]
    shingles: Hashes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Template:
        """The template of a list; equal texts count once, and the order of the list does not matter."""
        different = sorted(set(texts), key=digest)[:SAMPLE]
        held = [set(lines_of(text)) for text in different]
        counts = Counter(line for lines in held for line in lines)
        frame = _frequent(counts, _enough(len(held), COMMON_LINE))
        if sum(lines <= frame for lines in held) > COMMON_LINE * len(held):
            # Texts that are made of few lines in many ways differ by just these lines.
            frame = _frequent(counts, _enough(len(held), COMMON_SHINGLE))
        wholes = list(dict.fromkeys(map(normal, different)))
        sets = [unique_pairs(owners, hashes) for _, hashes, owners in hashed(wholes)]
        shingles, times = np.unique(np.concatenate([np.empty(0, np.uint64), *sets]), return_counts=True)
        return cls(frame, shingles[times >= _enough(len(wholes), COMMON_SHINGLE)])

    def __or__(self, other: Template) -> Template:
        """What is template in either of two lists."""
        return Template(self.lines | other.lines, np.union1d(self.shingles, other.shingles))

    def rest(self, text: str) -> str:
        """A text, normalised, without the lines of the template; whole where nothing else would be left."""
        return _without(text, self.lines)

    def own(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which of some shingles are not template."""
        if not len(self.shingles):
            return np.ones(len(hashes), dtype=np.bool_)
        place = np.minimum(np.searchsorted(self.shingles, hashes), len(self.shingles) - 1)
        return np.asarray(self.shingles[place] != hashes)

    def own_counts(self, texts: Sequence[str]) -> Indices:
        """How many shingles, repeats included, each of some texts has beside the template's."""
        counts = [np.bincount(owners, weights=self.own(hashes)) for _, hashes, owners in hashed(texts)]
        return np.concatenate([np.empty(0), *counts]).astype(np.int64)


def _enough(texts: int, share: float) -> float:
    """How many texts must share something that is to be template."""
    return max(FEWEST, share * texts)


def _frequent(counts: Counter[str], enough: float) -> frozenset[str]:
    return frozenset(line for line, count in counts.items() if count >= enough)


def lines_of(text: str) -> list[str]:
    """The lines of a text, normalised, without empty ones."""
    return [line for line in map(normal, text.splitlines()) if line]


def _without(text: str, frame: frozenset[str]) -> str:
    lines = lines_of(text)
    return " ".join([line for line in lines if line not in frame] or lines)


def digest(text: str) -> bytes:
    """A hash that orders texts by their content alone."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def hashed(texts: Sequence[str]) -> Iterator[tuple[int, Hashes, Indices]]:
    """The shingles of all texts, some texts at a time.

    A text shorter than a shingle has one, itself filled up with NUL; so has the empty text.

    Yields:
        The number of the first text of a part, hashes of the shingles of its texts one after the other with repeats,
        and for each the number of its text within the part, from 0.
    """
    start = 0
    while start < len(texts):
        end, characters = start, 0
        while end < len(texts) and (end == start or characters + len(texts[end]) + SIZE <= AT_ONCE):
            characters += len(texts[end]) + SIZE
            end += 1
        yield start, *_hashed(texts[start:end])
        start = end


def _hashed(texts: Sequence[str]) -> tuple[Hashes, Indices]:
    """Hashes and owners of one part; see `hashed`."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    gap = "\0" * SIZE
    codes = np.frombuffer((gap.join(texts) + gap).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    values = codes[: len(codes) - SIZE + 1].astype(np.uint64)
    for shift in range(1, SIZE):
        values *= BASE
        values += codes[shift : len(codes) - SIZE + 1 + shift]
    counts = np.maximum(lengths - SIZE + 1, 1)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), counts)
    # The n-th text begins where the texts and gaps before it end; its shingles are one part of all positions.
    places = np.arange(len(owners)) + np.repeat(
        np.cumsum(lengths + SIZE) - lengths - SIZE - np.cumsum(counts) + counts, counts
    )
    values = values[places]
    values ^= values >> np.uint64(30)
    values *= MIX[0]
    values ^= values >> np.uint64(27)
    values *= MIX[1]
    values ^= values >> np.uint64(31)
    return values, owners


def unique_pairs(owners: Indices, hashes: Hashes) -> Hashes:
    """Hashes of all texts, each once a text."""
    order = np.lexsort((hashes, owners))
    hashes, owners = hashes[order], owners[order]
    fresh = np.ones(len(hashes), dtype=np.bool_)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    return hashes[fresh]


def shingle_set(text: str, template: Template) -> Hashes:
    """The shingles of one text that are not template, sorted, each once; all of them where none would be left.

    Args:
        text: What `Template.rest` left.
        template: The template.
    """
    hashes = np.unique(_hashed([text])[0])
    own = template.own(hashes)
    return hashes[own] if own.any() else hashes


def jaccard(first: Hashes, second: Hashes) -> float:
    """Shingles that two sets share, of those that either has: exact but for equal hashes of 64 bits."""
    merged = np.concatenate((first, second))
    merged.sort()
    both = int(np.count_nonzero(merged[1:] == merged[:-1]))
    return both / (len(first) + len(second) - both)
