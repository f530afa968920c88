"""Data sets with a cue planted at a stated pair accuracy, and data sets without any."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generators.core import Stream
from schemas import Example, Proof, Response
from tests.studies.kinds import Kind


def planted(kind: Kind, accuracy: Fraction, size: int, wrong: int, key: str | int) -> list[Example]:
    """A data set in which a cue ranks each pair right with the stated probability p, ties counting half.

    The strengths of an example's responses are dealt at random, but with probability 2 p - 1 the right response gets
    the greatest. So at p = .5 labels say nothing at all, however many wrong responses there are.

    Args:
        kind: What is planted.
        accuracy: The probability.
        size: Examples.
        wrong: Wrong responses an example; at least 1, and within what the kind can have.
        key: Names the random stream; the same key gives the same data set.
    """
    return [_example(kind, accuracy, wrong, number, str(key)) for number in range(size)]


def _example(kind: Kind, accuracy: Fraction, wrong: int, number: int, key: str) -> Example:
    rng = Stream("planted", kind.name, str(accuracy), wrong, key, number)
    levels = _levels(rng, kind, accuracy, wrong)
    # Equally likely orders say nothing; an ordered kind says by the order what it has to say.
    order = (
        sorted(range(wrong + 1), key=lambda i: -levels[i])
        if kind.graded and kind.ordered
        else rng.shuffled(range(wrong + 1))
    )
    prompt, texts = kind.write(rng, [levels[i] for i in order])
    responses = tuple(Response(said, int(i == 0)) for said, i in zip(texts, order, strict=True))
    return Example(f"planted/train/{number:05d}", prompt, responses, {"group": str(number)}, Proof("rule", "proven"))


def _levels(rng: Stream, kind: Kind, accuracy: Fraction, wrong: int) -> list[int]:
    """The strength of the right response, then of each wrong one; of those that are not graded one has the cue."""
    levels = rng.shuffled(range(wrong + 1) if kind.graded else [1] + [0] * wrong)
    if rng.chance(*(2 * accuracy - 1).as_integer_ratio()):
        best = levels.index(max(levels))
        levels[0], levels[best] = levels[best], levels[0]
    return levels


def pair_accuracy(examples: Sequence[Example], strength: Sequence[Sequence[float]]) -> float:
    """Share of pairs in which the right response is the stronger one, ties counting half."""
    outcomes = [
        (float(own[example.gold] > each) + float(own[example.gold] >= each)) / 2
        for example, own in zip(examples, strength, strict=True)
        for i, each in enumerate(own)
        if i != example.gold
    ]
    return sum(outcomes) / len(outcomes)
