"""What a distribution is made of: items, drafts and verdicts, and the three functions that every builder has.

A builder says where its items come from (`items` of a bank, or `draw` from a stream), how an item becomes a prompt
with one right and several wrong responses (`write`), and how a judge who sees only what is printed finds the right
one (`prove`). The engine does the rest: streams, splits, order of responses, comparison of label and verdict, files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from generators.core.streams import Stream, digest
from schemas import Split

#: One group in three belongs to test. GENIES has 600 train and 250 test examples; a third leaves test some room.
TEST_SHARE = (1, 3)


def split_of(group: str) -> Split:
    """The split that a group belongs to, in every distribution and under every seed.

    Because it depends on the group alone, groups never straddle train and test, nor the source train and target
    test of any shift.
    """
    numerator, denominator = TEST_SHARE
    return "test" if int.from_bytes(digest("split", group)[:8]) % denominator < numerator else "train"


@dataclass(frozen=True, slots=True)
class Item:
    """The raw thing that one example is made from.

    Attributes:
        key: Unique in the distribution; two items of one key would give the same example twice.
        group: What must not straddle splits; often the key itself.
        data: Whatever `write` needs.
    """

    key: str
    group: str
    data: Any


@dataclass(frozen=True, slots=True)
class Draft:
    """An example before its responses are put in order.

    Attributes:
        prompt: All that the model sees before the response.
        right: The preferred response.
        wrong: The others, at least one, all different from each other and from `right`.
        meta: Facts of the example that its prover or an auditor may need; never the answer.
        notes: Facts of single responses, by their text.
    """

    prompt: str
    right: str
    wrong: Sequence[str]
    meta: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What a prover sees: the print, without labels.

    Attributes:
        prompt: The prompt.
        texts: The responses in their final order.
        meta: The example's facts, with its `group`.
    """

    prompt: str
    texts: tuple[str, ...]
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a prover found.

    Attributes:
        right: Position of the one right response.
        kind: The route: `executed`, `enumerated`, `recomputed`, `rule`, `source_key`, ...
        status: `proven`, or `sourced` where the route ends in a source's own key.
        detail: Evidence in figures, such as the number of tests run.
    """

    right: int
    kind: str
    status: Literal["proven", "sourced"] = "proven"
    detail: Mapping[str, Any] = field(default_factory=dict)


class PassOver(Exception):  # noqa: N818 - a signal to the engine, not an error
    """Raised by `write` or `prove`: this candidate makes no good example, take the next.

    The reason is counted on the card, so it is a short constant text such as `no bug fails a test`.
    """


class Disproof(Exception):  # noqa: N818 - a finding, which the engine turns into the error
    """Raised by `prove`: not exactly one response is right. Generator and prover disagree, so the build stops."""


def sole(right: Sequence[int], what: str) -> int:
    """The one right position of those that a prover found.

    Raises:
        Disproof: None or several are right.
    """
    if len(right) != 1:
        raise Disproof(f"{len(right)} responses {what}, not one")
    return right[0]


class Builder(Protocol):
    """Makes and proves the examples of one distribution."""

    def write(self, item: Any, rng: Stream) -> Draft:
        """An item's data as prompt and responses; raises `PassOver` where none can be had."""
        ...

    def prove(self, question: Question) -> Verdict:
        """The right response, found by a route that does not know how the example was made.

        Raises:
            Disproof: Not exactly one response is right.
            PassOver: The question is sound but outside what this prover decides.
        """
        ...


@runtime_checkable
class BankBuilder(Builder, Protocol):
    """A builder whose items are a finite list."""

    def items(self) -> Sequence[Item]:
        """All items, in any order; the engine orders them by its own keyed hash."""
        ...


@runtime_checkable
class StreamBuilder(Builder, Protocol):
    """A builder that draws its items."""

    def draw(self, rng: Stream) -> Item:
        """An item; may be drawn again by another stream, the engine keeps the first."""
        ...


@runtime_checkable
class Pictured(Protocol):
    """A builder whose questions can be drawn."""

    def picture(self, question: Question) -> str:
        """A question as a drawing in SVG."""
        ...
