"""Keyed random streams: the same key gives the same draws on any machine, in any order, with any number of workers.

A stream is seeded by the SHA-256 of its whole key, never by `seed + i`: neighbouring keys share nothing. Every draw
is built on `Random.getrandbits`, the one output of the Mersenne Twister that Python has never changed; `choice`,
`shuffle` and `sample` of the standard library have changed between versions and are therefore not used.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import MutableSequence, Sequence
from typing import TypeVar

import orjson

T = TypeVar("T")


def digest(*key: str | int) -> bytes:
    """SHA-256 of a key; keys that differ in any part or in a part's type differ."""
    return hashlib.sha256(orjson.dumps(key)).digest()


class Stream:
    """A random stream that belongs to its key.

    Args:
        key: Texts and integers, such as distribution, version, seed, split and index.
    """

    __slots__ = ("_bits",)

    def __init__(self, *key: str | int) -> None:
        seed = int.from_bytes(digest(*key))
        self._bits = random.Random(seed).getrandbits  # noqa: S311 - reproducible draws, no secrets

    def below(self, n: int) -> int:
        """A uniform integer of 0 to n - 1.

        Raises:
            ValueError: n is not positive.
        """
        if n <= 0:
            raise ValueError(f"below() needs a positive bound, got {n}")
        width = n.bit_length()
        while (value := self._bits(width)) >= n:
            pass
        return value

    def between(self, low: int, high: int) -> int:
        """A uniform integer of low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, numerator: int, denominator: int) -> bool:
        """True with probability numerator / denominator."""
        return self.below(denominator) < numerator

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[self.below(len(options))]

    def shuffle(self, values: MutableSequence[T]) -> None:
        """Puts the values into a uniformly random order, in place."""
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in a uniformly random order, as a new list."""
        result = list(values)
        self.shuffle(result)
        return result

    def sample(self, values: Sequence[T], k: int) -> list[T]:
        """Some k of the values, without replacement, in random order.

        Raises:
            ValueError: There are fewer than k values.
        """
        if k > len(values):
            raise ValueError(f"cannot sample {k} of {len(values)} values")
        pool = list(values)
        for i in range(k):
            j = i + self.below(len(pool) - i)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:k]
