"""Four answers of which any could be the right one.

Tasks choose their four answers first and the right one of them by a uniform draw, and only then a question that it
answers. Whatever can be seen in the answers alone (size, rank, length, likeness to the others) then says nothing.
The two shapes here make the wrong answers near misses all the same: each differs from the right one in a step that
people get wrong, and stands to the others just as the right one does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from generators.core import Stream

T = TypeVar("T")

#: A thing with three features and the four ways to rewrite it: change one of them, or all three.
Bits = tuple[bool, bool, bool]
CHANGES: tuple[Bits, ...] = ((True, False, False), (False, True, False), (False, False, True), (True, True, True))


def grid(rng: Stream, low: int, high: int, steps: Sequence[int], small_steps: Sequence[int]) -> list[int]:
    """Four numbers: a base of low to high, one step more, one small step more, and both; in random order.

    The steps must be such that no step is also a small step.
    """
    base, step, small = rng.between(low, high), rng.choice(steps), rng.choice(small_steps)
    return rng.shuffled([base, base + step, base + small, base + step + small])


def crossed(rng: Stream, draw: Callable[[], tuple[T, T, T, T]], value: Callable[[T, T], int]) -> list[tuple[T, T]]:
    """Four pairs, one of two first parts with one of two second parts, whose values all differ; in random order.

    Args:
        rng: The stream.
        draw: Two first parts, then two second parts.
        value: What a pair comes to.
    """
    while True:
        a, b, c, d = draw()
        pairs = [(a, c), (a, d), (b, c), (b, d)]
        if len({value(*pair) for pair in pairs}) == len(pairs):
            return rng.shuffled(pairs)


def flipped(bits: Bits, change: Bits) -> Bits:
    """The bits with the marked ones turned over."""
    first, second, third = (bit != turn for bit, turn in zip(bits, change, strict=True))
    return first, second, third


def corners(rng: Stream) -> tuple[Bits, list[Bits]]:
    """A thing with three features at random, and the four changes of it, the asked one first.

    The four results lie at the same distance from each other, and each thing is as likely as each change, so that any
    of the four is as likely to be asked for.
    """
    given = (rng.chance(1, 2), rng.chance(1, 2), rng.chance(1, 2))
    return given, rng.shuffled(CHANGES)
