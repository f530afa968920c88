"""From candidate numbers to proven examples, in chunks that any process can compute.

Candidate c of a split is a pure function of (distribution, version, seed, split, c). Candidates are looked at in order
and the first of every item key is kept, so the examples depend neither on chunk sizes nor on the number of workers,
and asking for more keeps the earlier ones.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Any

from generators.core.builders import (
    BankBuilder,
    Builder,
    Disproof,
    Draft,
    Item,
    PassOver,
    Question,
    StreamBuilder,
    split_of,
)
from generators.core.profiles import Profile
from generators.core.registry import Distribution, FoundDistribution, find_distribution
from generators.core.streams import Stream, digest
from generators.core.views import View, viewed
from schemas import Example, Proof, Response, ShiftworksError, Split

#: Draws after which a stream that never gives the wanted split is taken to be at fault.
MAX_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """What became of one candidate.

    Attributes:
        key: Its item's key.
        example: The proven example, its id still empty; None where it was passed over.
        reason: Why it was passed over.
    """

    key: str
    example: Example | None
    reason: str = ""


@cache
def _builder(name: str, profile: Profile) -> tuple[FoundDistribution, Builder]:
    found = find_distribution(name, profile)
    return found, found.builder()


@cache
def _items(name: str, profile: Profile, seed: int, split: Split) -> Callable[[int], Item | None]:
    """What gives a split's items by their number, and None past the end of a bank.

    Asking what kind of builder it is takes as long as some examples do, so it is done once.
    """
    found, builder = _builder(name, profile)
    pool = found.header.pool or name
    if isinstance(builder, BankBuilder):
        items = [item for item in builder.items() if split_of(item.group) == split]
        order = sorted(items, key=lambda item: digest("order", pool, seed, item.key))
        return lambda number: order[number] if number < len(order) else None
    if isinstance(builder, StreamBuilder):
        return partial(_drawn, found, builder.draw, pool, seed, split)
    raise ShiftworksError(f"{found.path}: {name} needs a method `items()` or `draw(rng)`; it has neither")


def _drawn(
    found: FoundDistribution, draw: Callable[[Stream], Item], pool: str, seed: int, split: Split, number: int
) -> Item:
    """Candidate `number`'s item of a stream: the first that belongs to the split."""
    rng = Stream("item", pool, seed, split, number)
    for _ in range(MAX_DRAWS):
        item = draw(rng)
        if split_of(item.group) == split:
            return item
    raise ShiftworksError(
        f"{found.path}: {found.header.name} drew no {split} item in {MAX_DRAWS} tries; widen its groups"
    )


def chunk(
    name: str,
    seed: int,
    split: Split,
    start: int,
    count: int,
    view: View | None = None,
    profile: Profile = Profile.EMBEDDED,
) -> list[Candidate]:
    """Candidates start to start + count - 1 of a split, written and proven; shorter past the end of a bank.

    Args:
        name: The distribution.
        seed: The build's seed.
        split: The split.
        start: Number of the first candidate.
        count: How many.
        view: How they are put to a model; as they are where none is named.
        profile: What their items are taken from.

    Raises:
        ShiftworksError: A draft is malformed, or generator and prover disagree.
    """
    found, builder = _builder(name, profile)
    candidates = []
    for number in range(start, start + count):
        try:
            item = _items(name, profile, seed, split)(number)
            if item is None:
                break
            made = candidate(found.header, builder, item, seed, split, number)
            candidates.append(_viewed(made, found.header, seed, split, number) if view else made)
        except ShiftworksError:
            raise
        except Exception as fault:
            raise ShiftworksError(f"{name} {split} candidate {number}: {_fault(fault)}; nothing was written") from fault
    return candidates


def _fault(fault: Exception) -> str:
    """What went wrong in a builder's own code, and on which line."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{last.filename}:{last.lineno} in {last.name}: {type(fault).__name__}: {fault}"


def candidate(header: Distribution, builder: Builder, item: Item, seed: int, split: Split, number: int) -> Candidate:
    """One item written, put in order and proven; see `chunk`."""
    key = (header.name, header.version, seed, split, number)
    try:
        draft = builder.write(item.data, Stream("write", *key))
        place = f"{header.name} {split} candidate {number} (item {item.key!r})"
        texts = _in_order(draft, header, seed, split, number)
        _check(draft, texts, place)
        meta = {**draft.meta, "group": item.group}
        try:
            verdict = builder.prove(Question(draft.prompt, tuple(texts), meta))
        except Disproof as error:
            raise ShiftworksError(f"{place}: the prover rejects it: {error}; nothing was written") from None
    except PassOver as reason:
        return Candidate(item.key, None, str(reason))
    gold = texts.index(draft.right)
    if verdict.right != gold:
        raise ShiftworksError(
            f"{place}: the generator labels {texts[gold]!r} right, the prover finds {texts[verdict.right]!r}; "
            "nothing was written"
        )
    responses = tuple(Response(text, int(i == gold), draft.notes.get(text, {})) for i, text in enumerate(texts))
    proof = Proof(verdict.kind, verdict.status, verdict.detail)
    return Candidate(item.key, Example("", draft.prompt, responses, meta, proof))


def _viewed(made: Candidate, header: Distribution, seed: int, split: Split, number: int) -> Candidate:
    """A candidate in the truthfulness view; of two neighbours one shows its right response, in either order."""
    if made.example is None:
        return made
    key = (header.name, header.version, seed, split)
    block, turn = divmod(number, 2)
    right = Stream("viewed", *key, block).chance(1, 2) == bool(turn)
    return replace(made, example=viewed(made.example, right, Stream("view", *key, number)))


def _in_order(draft: Draft, header: Distribution, seed: int, split: Split, number: int) -> list[str]:
    """The responses in random order; among as many neighbouring candidates as there are places, each is right once."""
    key = (header.name, header.version, seed, split)
    texts = Stream("order", *key, number).shuffled(draft.wrong)
    block, turn = divmod(number, len(texts) + 1)
    texts.insert(_places(key, block, len(texts) + 1)[turn], draft.right)
    return texts


@lru_cache(8)
def _places(key: tuple[str | int, ...], block: int, many: int) -> Sequence[int]:
    """The places of the right responses of a block of neighbours."""
    return Stream("places", *key, block).shuffled(range(many))


def _check(draft: Draft, texts: Sequence[str], place: str) -> None:
    """Refuses a draft that no prover should have to judge."""
    fault = ""
    if not draft.prompt.strip():
        fault = "an empty prompt"
    elif len(texts) < 2:
        fault = "no wrong response"
    elif not all(text.strip() for text in texts):
        fault = "an empty response"
    elif len(set(texts)) < len(texts):
        fault = f"the response {max(texts, key=list(texts).count)!r} twice"
    if fault:
        raise ShiftworksError(f"{place}: write() gave {fault}; raise PassOver where an item allows no example")


def example_json(example: Example, name: str, split: Split, position: int) -> dict[str, Any]:
    """A kept example as its record, with its id."""
    return {**example.to_json(), "id": f"{name}/{split}/{position:05d}"}
