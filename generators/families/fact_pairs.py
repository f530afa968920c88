"""Two questions of science in one: both terms must be known, and which is which.

Facts come in full blocks of four terms; a question asks for two of them in a row. Its wrong answers give one of the
two wrongly or both, always with the block's other terms, so that every term stands right as often as wrong in either
place, and no answer is the odd one out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, split_of
from generators.families.facts import BLOCK, Fact, fact_items, look_up
from generators.families.prompts import instruction

AREA = "science"
#: Ways to ask two things about one kind; `who` is "who" or "that".
FORMS = (
    "Which {noun} {one}, and which one {other}?",
    "Name first the {noun} {who} {one}, then the one {who} {other}.",
    "Tell me which {noun} {one} and which {other}, in this order.",
    "Two things to name, both of one kind: the {noun} {who} {one}; and the {noun} {who} {other}.",
    "I am looking for the {noun} {who} {one}, and also for the one {who} {other}. Which two are they?",
)
JOINT = ", then "


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts of one block that are asked for together, and the block's other two."""

    one: Fact
    other: Fact
    rest: tuple[Fact, Fact]


@cache
def pair_items() -> tuple[Item, ...]:
    """Each fact of a full block with the next in its round; key and group are the first fact's."""
    blocks: dict[tuple[str, str, frozenset[str]], list[Item]] = defaultdict(list)
    for item in fact_items(AREA):
        fact: Fact = item.data
        terms = frozenset(term["id"] for term in fact.ring)
        blocks[fact.bank, split_of(item.group), terms].append(item)
    return tuple(
        Item(item.key, item.group, pair)
        for items in blocks.values()
        for item in items
        if (pair := _pair(item.data, [other.data for other in items])) is not None
    )


def _pair(fact: Fact, facts: Sequence[Fact]) -> Pair | None:
    """A fact with the next of its round; None where the block is not full."""
    by_term = {other.term["id"]: other for other in facts}
    if len(by_term) < BLOCK:
        return None
    other, third, fourth = (by_term[term["id"]] for term in fact.ring[1:])
    return Pair(fact, other, (third, fourth))


@distribution("arc_hard", version=2, banks=("facts/science/*",), pool="science_pairs")
class ArcHard:
    """Science questions that ask for two terms of one kind by a fact each; both must be right, and in order.

    The facts are those of arc_easy; the wrong answers have the first, the second or both terms wrong.
    """

    def items(self) -> Sequence[Item]:
        """Pairs of facts of one block."""
        return pair_items()

    def write(self, pair: Pair, rng: Stream) -> Draft:
        """The double question; right and wrong first terms crossed with right and wrong second ones."""
        asked = [pair.one, pair.other]
        rest = rng.shuffled(pair.rest)
        if rng.chance(1, 2):
            asked, rest = asked[::-1], rest[::-1]
        noun = pair.one.header["noun"]["en"]
        who = "who" if pair.one.header["person"] else "that"
        clues = {"one": asked[0].clue["en"], "other": asked[1].clue["en"]}
        prompt = instruction(rng.choice(FORMS).format(noun=noun, who=who, **clues))
        right, *wrong = (
            JOINT.join((first.term["en"], second.term["en"]))
            for first in (asked[0], rest[0])
            for second in (asked[1], rest[1])
        )
        return Draft(prompt, right, wrong, meta=clues)

    def prove(self, question: Question) -> Verdict:
        """The bank's own key to either clue, which must stand in the prompt in this order."""
        clues = question.meta["one"], question.meta["other"]
        places = [question.prompt.find(clue) for clue in clues]
        if not 0 <= places[0] < places[1]:
            raise Disproof("the two clues do not stand in the prompt in their order")
        parts = [text.split(JOINT) for text in question.texts]
        if any(len(part) != 2 for part in parts):
            raise Disproof("a response does not give two terms")
        head = question.prompt[: places[0]]
        right = []
        for number, clue in enumerate(clues):
            # The kind stands before the first clue; a key holds only answers of one kind.
            terms = sorted({part[number] for part in parts})
            right.append(terms[look_up(head + clue, terms, AREA)])
        found = [i for i, part in enumerate(parts) if part == right]
        if len(found) != 1:
            raise Disproof(f"{len(found)} responses give {JOINT.join(right)!r}")
        return Verdict(found[0], "source_key", "sourced")
