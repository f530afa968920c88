"""Questions of everyday life: answers of three points, of which some were meant for another question.

The bank holds sister questions (a cactus and a fern, a soft egg and a hard one), each with three points. A defect is a
point that stands where the sister's does: it is advice for her question. Since either sister is asked as often, every
point is right as often as wrong, and an answer says nothing without its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, load_bank, sole, split_of
from generators.core.streams import digest
from generators.families.instructions.grammar import capital
from generators.families.prompts import instruction
from schemas import Split

BANK = "prose/advice"
POINTS = 3
#: Pairs of a split with a place for a defect. Both sisters are asked, so a build of 600 and 250 takes all of them and
#: leaves no question without its sister, which keeps every point as often right as wrong.
KEPT: Mapping[Split, int] = {"train": 300, "test": 125}
#: How a question is put to a forum.
ASKS = (
    "{question}",
    "Hello everyone! {question} Thanks in advance.",
    "A question for those with some experience. {question}",
    "I could not find this in the older threads. {question}",
    "{question} I would be glad of any advice.",
    "Long-time reader, first post. {question}",
    "{question} Please keep it short, I am in a bit of a hurry.",
    "I hope this is the right place to ask. {question}",
)
#: How an answer puts three points; in small letters, or with a capital where a sentence begins.
ANSWERS = (
    "I would {one}. I would also {two}. And {three}.",
    "My advice is to {one}. Besides that, {two}. And do not forget to {three}.",
    "It pays to {one}. Apart from that, {two}. Last but not least, {three}.",
    "Three things, in my experience. {One}. {Two}. {Three}.",
    "{One}. {Two}. {Three}. That has always worked for me.",
    "We had the same question last year. What we were told is to {one}; to {two}; and, finally, to {three}.",
    "- {One}.\n- {Two}.\n- {Three}.",
    "You will want to {one}. Also, {two}. Beyond that, {three}. Good luck!",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One of two sister questions, and the point that sets its two answers apart.

    Attributes:
        pair: The bank's record of the two.
        asked: Which of the two is asked.
        odd: The place of the one defect of the answer with one.
    """

    pair: Mapping[str, Any]
    asked: int
    odd: int


@cache
def cases() -> tuple[Item, ...]:
    """Each question with each place for a defect, as far as a build takes them; sisters are one group."""
    pairs = load_bank(BANK).items
    items: list[Item] = []
    for split, many in KEPT.items():
        both = [(pair, odd) for pair in pairs for odd in range(POINTS) if split_of(_group(pair)) == split]
        both.sort(key=lambda each: digest("kept", BANK, each[0]["id"], each[1]))
        items += (
            Item(f"{pair['id']} {asked} {odd}", _group(pair), Case(pair, asked, odd))
            for pair, odd in both[:many]
            for asked in range(2)
        )
    return tuple(items)


def _group(pair: Mapping[str, Any]) -> str:
    return f"{BANK}:{pair['id']}"


def _told(pair: Mapping[str, Any], sides: Sequence[int], frame: str) -> str:
    """An answer whose points are those of either sister."""
    one, two, three = (pair["points"][side][place] for place, side in enumerate(sides))
    return frame.format(one=one, two=two, three=three, One=capital(one), Two=capital(two), Three=capital(three))


@cache
def _asked() -> Mapping[str, tuple[Mapping[str, Any], int]]:
    """The pair, and which of it is asked, by every prompt."""
    return {
        instruction(ask.format(question=question)): (pair, side)
        for pair in load_bank(BANK).items
        for side, question in enumerate(pair["questions"])
        for ask in ASKS
    }


def defects(prompt: str, text: str) -> list[int]:
    """The places at which a printed answer has a point of the sister question.

    Raises:
        Disproof: The prompt asks no question of the bank, or the answer is not three points on it or its sister.
    """
    if prompt not in _asked():
        raise Disproof("the prompt asks no question of the bank")
    pair, asked = _asked()[prompt]
    for sides in product(range(2), repeat=POINTS):
        if any(_told(pair, sides, frame) == text for frame in ANSWERS):
            return [place for place, side in enumerate(sides) if side != asked]
    raise Disproof(f"{text[:60]!r} does not make three points on {pair['id']}")


class _Advice:
    """Pairs of answers.

    Args:
        better: In how many points the better answer is defective: none, or one.
        worse: In how many the other is: one or, at the other places, two.
    """

    def __init__(self, better: int, worse: int) -> None:
        self._counts = [better, worse]

    def items(self) -> Sequence[Item]:
        """Every question of the bank with every place for a defect."""
        return cases()

    def write(self, case: Case, rng: Stream) -> Draft:
        """The question, and two answers in the same words around their points."""
        frame = rng.choice(ANSWERS)
        own, sister = case.asked, 1 - case.asked
        one = [sister if place == case.odd else own for place in range(POINTS)]
        two = [own if place == case.odd else sister for place in range(POINTS)]
        answers = {0: [own] * POINTS, 1: one, 2: two}
        right, wrong = (_told(case.pair, answers[count], frame) for count in self._counts)
        prompt = instruction(rng.choice(ASKS).format(question=case.pair["questions"][own]))
        return Draft(prompt, right, [wrong], meta={"topic": case.pair["topic"]})

    def prove(self, question: Question) -> Verdict:
        """Counts the printed points that the bank has for the sister question."""
        found = [len(defects(question.prompt, text)) for text in question.texts]
        if sorted(found) != self._counts:
            raise Disproof(f"the answers have {found} defects, not {self._counts}")
        right = sole([i for i, count in enumerate(found) if count == self._counts[0]], "have the fewest defects")
        return Verdict(right, "source_key", "sourced", {"defects": found})


@distribution("shp_low_quality", version=3, banks=("prose/advice",))
def shp_low_quality() -> _Advice:
    """Two answers to a question of everyday life, both of them bad: one point of three is wrong, or two are.

    A wrong point is one that answers another question of the same field (how to keep a fern, where a cactus is asked
    about): at best beside the matter, at worst harmful. Questions and points were composed for this project in place of
    posts and votes; what belongs to which is the bank's own key and is not derived. There are about 120 groups of two
    sister questions for training and 50 for testing; a question comes up to three times, with different points wrong.
    """
    return _Advice(1, 2)


@distribution("shp_high_quality", version=3, banks=("prose/advice",))
def shp_high_quality() -> _Advice:
    """Two answers to a question of everyday life: one is sound and complete, the other wrong in one point of three.

    Questions, points and defects are those of shp_low_quality, on other groups in train and test; the label is the
    bank's own key, in place of votes. There are about 120 groups of two sister questions for training and 50 for
    testing; a question comes up to three times, with different points wrong.
    """
    return _Advice(0, 1)
