"""Parts of a large distribution: the same examples for whoever draws them."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from hashlib import blake2b

from schemas import Example


def drawn(examples: Sequence[Example], most: int) -> Sequence[Example]:
    """At most so many of some examples, chosen by the hash of their group and id, in their order."""
    if len(examples) <= most:
        return examples
    marks = [blake2b(f"{each.group}\0{each.id}".encode(), digest_size=8).digest() for each in examples]
    last = heapq.nsmallest(most, marks)[-1]
    return [each for each, mark in zip(examples, marks, strict=True) if mark <= last][:most]
