"""Near duplicates: texts that say nearly the same once the template that all share is taken off.

MinHash names candidates, the exact Jaccard of their shingles decides. Cost grows as n log n: equal texts are one text,
and a bucket of many texts costs no more than so many single ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.audit.minhash import Sketches, pairs_across, pairs_within
from eval.audit.shingles import Hashes, Indices, Template, digest, jaccard, shingle_set
from schemas import ShiftworksError

#: Shingles kept at hand while pairs are confirmed: 160 MB.
KEPT = 20_000_000
#: Refused pairs kept in mind.
REFUSED = 1_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are near duplicates.

    Attributes:
        first: Number of the one in its list, from 0.
        second: Number of the other in its list.
        jaccard: Share of their shingles that both have; 1 where they differ in the template, case or spacing alone.
    """

    first: int
    second: int
    jaccard: float


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The near duplicates of a list.

    Attributes:
        of: Texts in the list.
        clusters: Numbers of the texts that near duplicates join, largest first; a text without one is in none. Two
            texts of a cluster may be joined through others and be less alike than the threshold.
        pairs: For each cluster the confirmed pairs that join it, one fewer than its texts.
    """

    of: int
    clusters: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[Pair, ...], ...]

    @property
    def clustered(self) -> int:
        """Texts that have a near duplicate."""
        return sum(map(len, self.clusters))


def near_duplicates(texts: Sequence[str], *, threshold: float = 0.8) -> Duplicates:
    """The near duplicates of a list of texts.

    Every reported pair is confirmed; of the pairs that lie right at the threshold about one in a thousand is missed,
    of more similar ones fewer. Which texts are found does not depend on the order of the list. What more than half of
    ten or more texts repeat is their template, however much of them it is: they then compare by the rest.

    Args:
        texts: The texts.
        threshold: The least Jaccard of their shingles, above 0, up to 1.

    Raises:
        ShiftworksError: The threshold is out of range.
    """
    _check(threshold)
    template = Template.of(texts)
    rests, numbers = _different(texts, template)
    sketches = Sketches.of(rests, template, threshold)
    judge = _Judge(rests, template, threshold)
    joined = _Joined(len(rests))
    links: list[tuple[int, int, float]] = []
    for first, second in pairs_within(sketches):
        roots = joined.roots()
        apart = roots[first] != roots[second]
        for one, other in _likely(sketches, first[apart], second[apart], threshold):
            if joined.root(one) != joined.root(other) and (found := judge.jaccard(one, other)) >= threshold:
                joined.join(one, other)
                links.append((one, other, found))
    return _clusters(len(texts), numbers, joined, links)


def matches(a: Sequence[str], b: Sequence[str], *, threshold: float = 0.8) -> tuple[Pair | None, ...]:
    """For each text of `b` one near duplicate among `a`, None where there is none.

    The template is what either list shares. A text that stands in both lists is matched with itself.

    Args:
        a: The texts to look in.
        b: The texts to look for.
        threshold: The least Jaccard of their shingles, above 0, up to 1.

    Returns:
        One entry a text of `b`; in it `first` counts in `a` and `second` in `b`.

    Raises:
        ShiftworksError: The threshold is out of range.
    """
    _check(threshold)
    template = Template.of(a) | Template.of(b)
    known, numbers_a = _different(a, template)
    asked, numbers_b = _different(b, template)
    places = {rest: place for place, rest in enumerate(known)}
    best = {place: (places[rest], 1.0) for place, rest in enumerate(asked) if rest in places}
    rests = [*known, *asked]
    sketches = Sketches.of(rests, template, threshold)
    judge = _Judge(rests, template, threshold)
    missing = np.ones(len(rests), dtype=np.bool_)
    missing[[len(known) + place for place in best]] = False
    for first, second in pairs_across(sketches, len(known)):
        left = missing[second]
        for one, other in _likely(sketches, first[left], second[left], threshold):
            if missing[other] and (found := judge.jaccard(one, other)) >= threshold:
                missing[other] = False
                best[other - len(known)] = (one, found)
    result: list[Pair | None] = [None] * len(b)
    for place, (one, found) in best.items():
        for number in numbers_b[place]:
            result[number] = Pair(numbers_a[one][0], number, found)
    return tuple(result)


def _check(threshold: float) -> None:
    if not 0 < threshold <= 1:
        raise ShiftworksError(f"a threshold of {threshold} for near duplicates: give one above 0 and up to 1")


def _different(texts: Sequence[str], template: Template) -> tuple[list[str], list[list[int]]]:
    """What the template leaves of the texts, each once and ordered by content, and the numbers of those that say it."""
    found: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        found.setdefault(template.rest(text), []).append(number)
    rests = sorted(found, key=digest)
    return rests, [found[rest] for rest in rests]


def _likely(sketches: Sketches, first: Indices, second: Indices, threshold: float) -> Iterator[tuple[int, int]]:
    """Those of some pairs whose signatures are alike."""
    alike = sketches.alike(first, second, threshold)
    return zip(first[alike].tolist(), second[alike].tolist(), strict=True)


class _Judge:
    """Compares texts exactly; sets and refusals of late are kept, since bands name the same pairs again.

    Args:
        rests: What the template left of each text.
        template: Whose shingles are passed over.
        threshold: Where a pair is refused.
    """

    def __init__(self, rests: Sequence[str], template: Template, threshold: float) -> None:
        self._rests, self._template, self._threshold = rests, template, threshold
        self._sets: dict[int, Hashes] = {}
        self._kept = 0
        self._refused: dict[tuple[int, int], float] = {}

    def jaccard(self, one: int, other: int) -> float:
        """The Jaccard of two texts by their places in `rests`."""
        pair = (one, other) if one < other else (other, one)
        if pair in self._refused:
            return self._refused[pair]
        found = jaccard(self._set(one), self._set(other))
        if found < self._threshold:
            if len(self._refused) >= REFUSED:
                self._refused.clear()
            self._refused[pair] = found
        return found

    def _set(self, place: int) -> Hashes:
        if place in self._sets:
            return self._sets[place]
        found = shingle_set(self._rests[place], self._template)
        if self._kept + len(found) > KEPT:
            self._sets.clear()
            self._kept = 0
        self._sets[place] = found
        self._kept += len(found)
        return found


class _Joined:
    """Which texts are joined so far: a forest in which each text points to one before it, or to itself."""

    def __init__(self, count: int) -> None:
        self._up = np.arange(count)

    def root(self, place: int) -> int:
        """The first text of those that are joined with one."""
        while (up := int(self._up[place])) != place:
            place = up
        return place

    def roots(self) -> Indices:
        """The root of every text; also shortens all ways to it."""
        while np.any((up := self._up[self._up]) != self._up):
            self._up = up
        return self._up

    def join(self, one: int, other: int) -> None:
        """Joins two texts and all that are joined with either."""
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low


def _clusters(
    of: int, numbers: Sequence[Sequence[int]], joined: _Joined, links: Sequence[tuple[int, int, float]]
) -> Duplicates:
    """Clusters and pairs in terms of the list that was given; equal texts are pairs with the first of them."""
    roots = joined.roots().tolist()
    members: dict[int, list[int]] = {}
    pairs: dict[int, list[Pair]] = {}
    for place, same in enumerate(numbers):
        members.setdefault(roots[place], []).extend(same)
        pairs.setdefault(roots[place], []).extend(Pair(same[0], number, 1.0) for number in same[1:])
    for one, other, found in links:
        first, second = sorted((numbers[one][0], numbers[other][0]))
        pairs[roots[one]].append(Pair(first, second, found))
    order = sorted(
        (root for root, texts in members.items() if len(texts) > 1),
        key=lambda root: (-len(members[root]), min(members[root])),
    )
    return Duplicates(
        of,
        tuple(tuple(sorted(members[root])) for root in order),
        tuple(tuple(sorted(pairs[root], key=lambda pair: (pair.first, pair.second))) for root in order),
    )
