"""Examples as columns, so that cues are computed for all responses at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from schemas import Example

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
#: Words, and every other sign by itself, so that punctuation and code count too.
WORD = re.compile(r"\w+|[^\w\s]")
#: Characters of a text that are read as words; more would make one huge prompt cost as much as all others.
READ = 20_000


@dataclass(frozen=True, slots=True)
class Places:
    """Where the label may move: one entry a response.

    Attributes:
        group: Its group, from 0.
        size: Responses of its example.
        after: How many places it stands after the right response, beginning anew behind the last; 0 for the right one.
    """

    group: Integers
    size: Integers
    after: Integers


@dataclass(frozen=True)
class Table:
    """All responses of some examples, example after example, and the pairs that an example's responses make.

    Attributes:
        ids: The id of each example.
        prompts: The prompt of each example.
        groups: The group of each example, as a number from 0.
        texts: The text of each response.
        example: The example that each response belongs to.
        position: The place of each response among those of its example, from 0.
        label: The label of each response.
        gold: For each pair, the response labelled 1.
        wrong: For each pair, the response labelled 0.
    """

    ids: Sequence[str]
    prompts: Sequence[str]
    groups: Integers
    texts: Sequence[str]
    example: Integers
    position: Integers
    label: Integers
    gold: Integers
    wrong: Integers

    @classmethod
    def of(cls, examples: Sequence[Example]) -> Table:
        """The table of some examples; each gives one pair for each of its wrong responses."""
        sizes = np.array([len(example.responses) for example in examples], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        owner = np.repeat(np.arange(len(examples), dtype=np.int64), sizes)
        label = np.array([r.label for example in examples for r in example.responses], dtype=np.int64)
        # Every example has exactly one response labelled 1, so the n-th such response is the n-th example's.
        gold = np.flatnonzero(label == 1).astype(np.int64)
        wrong = np.flatnonzero(label == 0).astype(np.int64)
        _, groups = np.unique(np.array([example.group for example in examples], dtype=np.str_), return_inverse=True)
        return cls(
            ids=[example.id for example in examples],
            prompts=[example.prompt for example in examples],
            groups=groups.astype(np.int64),
            texts=[r.text for example in examples for r in example.responses],
            example=owner,
            position=np.arange(len(label), dtype=np.int64) - np.repeat(starts, sizes),
            label=label,
            gold=gold[owner[wrong]],
            wrong=wrong,
        )

    def redrawn(self, rng: np.random.Generator) -> Table:
        """The same responses with labels that say nothing: any of an example's responses may be the right one."""
        first = np.array([start for start, _ in self.spans], dtype=np.int64)
        sizes = np.array([stop - start for start, stop in self.spans], dtype=np.int64)
        gold = first + rng.integers(0, sizes)
        label = np.zeros_like(self.label)
        label[gold] = 1
        wrong = np.flatnonzero(label == 0).astype(np.int64)
        redrawn = replace(self, label=label, gold=gold[self.example[wrong]], wrong=wrong)
        # The texts are the same, so their words need not be found again.
        for name in ("words", "prompt_words", "spans"):
            redrawn.__dict__[name] = getattr(self, name)
        return redrawn

    @cached_property
    def words(self) -> list[list[str]]:
        """The tokens of each response, in small letters."""
        return [WORD.findall(text[:READ].lower()) for text in self.texts]

    @cached_property
    def prompt_words(self) -> list[list[str]]:
        """The tokens of each example's prompt, in small letters."""
        return [WORD.findall(prompt[:READ].lower()) for prompt in self.prompts]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the responses of each example start and stop."""
        starts = np.searchsorted(self.example, np.arange(len(self.prompts) + 1)).tolist()
        return list(pairwise(starts))

    @cached_property
    def pair_groups(self) -> Integers:
        """The group of each pair."""
        return self.groups[self.example[self.gold]]

    @property
    def count(self) -> int:
        """The number of groups."""
        return int(self.groups.max()) + 1 if len(self.groups) else 0

    def outcomes(self, scores: Floats) -> Floats:
        """For each pair 1 where the right response scores higher, 0 where it scores lower, a half for a tie or NaN."""
        difference = np.nan_to_num(scores[self.gold] - scores[self.wrong], nan=0.0)
        return (np.sign(difference) + 1) / 2

    def listwise(self, scores: Floats) -> float:
        """Share of examples whose right response scores highest; several at the top share the point."""
        known = np.where(np.isnan(scores), -np.inf, scores)
        points = 0.0
        for start, stop in self.spans:
            own = known[start:stop]
            top = own == own.max()
            points += float(top[self.label[start:stop] == 1].sum() / top.sum())
        return points / len(self.spans)

    def wins(self, scores: Floats) -> Floats:
        """For each response the pairs that it wins by some scores, less those that it loses, halved; NaN ties."""
        one, other = self.rivals
        signs = np.sign(np.nan_to_num(scores[one] - scores[other], nan=0.0))
        return np.bincount(one, weights=signs / 2, minlength=len(self.texts)).astype(np.float64)

    @cached_property
    def rivals(self) -> tuple[Integers, Integers]:
        """Every response with each other one of its example."""
        others = self.sizes - 1
        one = np.repeat(np.arange(len(self.texts)), others)
        ahead = np.arange(len(one)) - np.repeat(np.cumsum(others) - others, others)
        first = one - self.position[one]
        return one, first + (self.position[one] + 1 + ahead) % self.sizes[one]

    @cached_property
    def sizes(self) -> Integers:
        """For each response the number of responses of its example."""
        return np.bincount(self.example)[self.example]

    @property
    def places(self) -> Places:
        """Where each response stands after the right one."""
        right = self.position[self.label == 1][self.example]
        return Places(self.groups[self.example], self.sizes, (self.position - right) % self.sizes)
