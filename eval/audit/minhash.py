"""MinHash: short signatures of shingle sets that agree as often as the sets overlap, and pairs that are worth a look.

Broder 1997, On the resemblance and containment of documents; banding as in Leskovec, Rajaraman and Ullman, Mining of
Massive Datasets, chapter 3. A signature is never believed: it only names candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.audit.shingles import Hashes, Indices, Template, hashed
from schemas.files import canonical, sha256

#: Hash functions; a number with many divisors, so that bands of any width use nearly all of them.
HASHES = 252
#: The bands of a signature are as wide as finds so many of the pairs that lie right at the threshold.
RECALL = 0.999
#: A candidate is compared unless its signatures agree so many standard deviations less than the threshold asks.
DEVIATIONS = 4
#: Each text of a bucket is compared with so many that follow it there, and with the first, so that a bucket of n texts
#: costs n and not n^2.
NEIGHBOURS = 8
#: Pairs whose signatures are compared at once.
AT_ONCE = 50_000


@dataclass(frozen=True)
class Sketches:
    """Signatures of many texts.

    Attributes:
        bands: One row a band, one column a text: a hash of the signature's numbers in that band.
        marks: One row a text: 8 bits of every number of its signature.
    """

    bands: NDArray[np.uint32]
    marks: NDArray[np.uint8]

    @classmethod
    def of(cls, rests: Sequence[str], template: Template, threshold: float) -> Sketches:
        """Signatures of texts.

        Args:
            rests: What `Template.rest` left of each.
            template: Whose shingles are passed over.
            threshold: The Jaccard from which on pairs must be found.
        """
        rows = width(threshold)
        count = HASHES // rows
        bands = np.empty((count, len(rests)), dtype=np.uint32)
        marks = np.empty((len(rests), HASHES), dtype=np.uint8)
        for start, hashes, owners in hashed(rests):
            least = _least(*_own(hashes, owners, template))
            end = start + least.shape[1]
            # Multiplied before the cut, because the least of many numbers begin with the same bits.
            marks[start:end] = ((least * _factors("mark")[0]) >> np.uint32(24)).T
            bands[:, start:end] = _bands(least, rows, count)
        return cls(bands, marks)

    def alike(self, first: Indices, second: Indices, threshold: float) -> NDArray[np.bool_]:
        """Whether pairs may reach the threshold, by the share of their signatures' numbers that agree."""
        agree = np.empty(len(first), dtype=np.float64)
        for start in range(0, len(first), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            agree[part] = np.count_nonzero(self.marks[first[part]] == self.marks[second[part]], axis=1) / HASHES
        return np.asarray(agree >= threshold - DEVIATIONS * math.sqrt(threshold * (1 - threshold) / HASHES))


def width(threshold: float) -> int:
    """Numbers in a band: the most with which a pair at the threshold shares a whole band with chance `RECALL`."""
    enough = [rows for rows in range(1, HASHES) if 1 - (1 - threshold**rows) ** (HASHES // rows) >= RECALL]
    return max(enough, default=1)


def _factors(key: str, count: int = 1) -> NDArray[np.uint32]:
    """Odd random numbers, the same in every run; multiplying by one permutes the numbers of 32 bits."""
    rng = np.random.default_rng(int(sha256(canonical(["minhash", key])), 16))
    return rng.integers(0, 2**32, size=count, dtype=np.uint32) | np.uint32(1)


def _own(hashes: Hashes, owners: Indices, template: Template) -> tuple[Hashes, Indices]:
    """Shingles without the template's; a text that is nothing but template keeps its own."""
    own = template.own(hashes)
    empty = np.bincount(owners, weights=own) == 0
    own |= empty[owners]
    return hashes[own], owners[own]


def _least(hashes: Hashes, owners: Indices) -> NDArray[np.uint32]:
    """The least value of each hash function over the shingles of each text: shape (`HASHES`, texts)."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    result = np.empty((HASHES, len(starts)), dtype=np.uint32)
    product = np.empty_like(short)
    for row, factor in zip(result, _factors("values", HASHES), strict=True):
        np.multiply(short, factor, out=product)
        np.minimum.reduceat(product, starts, out=row)
    return result


def _bands(least: NDArray[np.uint32], rows: int, count: int) -> NDArray[np.uint32]:
    """Each band's numbers as one."""
    numbers = least[: rows * count].reshape(count, rows, -1)
    result = np.zeros((count, least.shape[1]), dtype=np.uint64)
    for row in range(rows):
        result = (result ^ numbers[:, row]) * np.uint64(0x9E3779B97F4A7C15)
        result ^= result >> np.uint64(29)
    return (result >> np.uint64(32)).astype(np.uint32)


def _buckets(bands: NDArray[np.uint32]) -> Iterator[tuple[Indices, NDArray[np.uint32]]]:
    """For each band, the texts that share a bucket with another, bucket after bucket, and their buckets.

    Within a bucket they are ordered by the next band, which puts the most alike side by side.
    """
    for number, band in enumerate(bands):
        keys = band.astype(np.uint64) << np.uint64(32) | bands[(number + 1) % len(bands)]
        order = np.argsort(keys, kind="stable")
        sorted_band = band[order]
        same = sorted_band[1:] == sorted_band[:-1]
        shared = np.zeros(len(band), dtype=np.bool_)
        shared[1:] |= same
        shared[:-1] |= same
        yield order[shared], sorted_band[shared]


def pairs_within(sketches: Sketches) -> Iterator[tuple[Indices, Indices]]:
    """Pairs of one list that share a bucket, a bounded number a text; they may come more than once."""
    for texts, bucket in _buckets(sketches.bands):
        begins = np.flatnonzero(np.diff(bucket, prepend=bucket[:1] + 1))
        leaders = np.repeat(begins, np.diff(begins, append=len(bucket)))
        others = np.flatnonzero(leaders != np.arange(len(bucket)))
        yield texts[leaders[others]], texts[others]
        for step in range(1, NEIGHBOURS + 1):
            places = np.flatnonzero(bucket[step:] == bucket[:-step])
            if not len(places):
                break
            yield texts[places], texts[places + step]


def pairs_across(sketches: Sketches, split: int) -> Iterator[tuple[Indices, Indices]]:
    """Pairs of two lists that share a bucket, a bounded number a text of the second; they may come more than once.

    Args:
        sketches: The texts of the first list, then those of the second.
        split: The length of the first list.

    Yields:
        Texts of the first list and, for each, one of the second.
    """
    for texts, bucket in _buckets(sketches.bands):
        is_first = texts < split
        first, second = np.flatnonzero(is_first), np.flatnonzero(~is_first)
        nearest = np.searchsorted(first, second)
        for step in range(-NEIGHBOURS, NEIGHBOURS):
            at = nearest + step
            inside = np.flatnonzero((at >= 0) & (at < len(first)))
            other, one = second[inside], first[at[inside]]
            same = bucket[one] == bucket[other]
            yield texts[one[same]], texts[other[same]]
