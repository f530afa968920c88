"""Examples of other families told in other signs: numbers in words, letters for digits.

The items are those of the base distribution, in the same order, and every sign of a number is retold alike in prompt
and responses. The plain text stands in the meta; a prover first tells it again and compares with the print, then asks
the base's own prover.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution
from generators.core.builders import StreamBuilder
from generators.families.instructions.numerals import in_words
from generators.families.math.distributions import MathEasy
from generators.families.raven.symbolic import RavenMatrices

PLAIN = "plain"
#: The largest number that is spelled out.
MOST = 9999
_NUMBER = re.compile(r"(?<![\w.])\d+(?!\w|\.\d)")
_FIGURE = re.compile(r"\([0-9.,]+\)")
_LETTERS = str.maketrans("0123456789", "abcdefghij")
#: Says which letter stands for which digit.
LEGEND = "In the cells, letters stand for digits: a for 0, b for 1, and so on up to j for 9."
INPUT = "\n\n### Input:\n"


def spelled(text: str) -> str:
    """A text with its whole numbers in words.

    Raises:
        PassOver: A number is too large to be spelled, or no whole one.
    """
    words = _NUMBER.sub(lambda found: _word(int(found[0])), text)
    if any(sign.isdigit() for sign in words):
        raise PassOver("a number that has no plain words")
    return words


def _word(number: int) -> str:
    if number > MOST:
        raise PassOver("a number that is too long in words")
    return in_words(number, "en") if number else "zero"


def lettered(text: str) -> str:
    """A text with letters for the digits of all figures, and the legend above the input if there is one."""
    cells = _FIGURE.sub(lambda found: found[0].translate(_LETTERS), text)
    return cells.replace(INPUT, f" {LEGEND}{INPUT}")


class Retold:
    """Writes and proves the examples of a base distribution in other signs.

    Args:
        base: The base's builder.
        tell: Tells a text in other signs; two texts that differ in what they say differ still.
    """

    def __init__(self, base: StreamBuilder, tell: Callable[[str], str]) -> None:
        self._base, self._tell = base, tell

    def draw(self, rng: Stream) -> Item:
        """An item of the base."""
        return self._base.draw(rng)

    def write(self, data: object, rng: Stream) -> Draft:
        """The base's example, told in other signs."""
        plain = self._base.write(data, rng)
        right, *wrong = (self._tell(text) for text in (plain.right, *plain.wrong))
        texts = {self._tell(text): text for text in (plain.right, *plain.wrong)}
        if len(texts) <= len(plain.wrong):
            raise PassOver("two responses that cannot be told apart")
        meta = {**plain.meta, PLAIN: {"prompt": plain.prompt, "responses": [text for _, text in sorted(texts.items())]}}
        notes = {self._tell(text): note for text, note in plain.notes.items()}
        return Draft(self._tell(plain.prompt), right, wrong, meta, notes)

    def prove(self, question: Question) -> Verdict:
        """Tells the plain text again, compares it with the print, and asks the base's prover."""
        plain = question.meta[PLAIN]
        try:
            told = {self._tell(text): text for text in plain["responses"]}
            same = self._tell(plain["prompt"]) == question.prompt and set(question.texts) <= set(told)
        except PassOver:
            same = False
        if not same:
            raise Disproof("the print is not what its plain text is told as")
        meta = {key: value for key, value in question.meta.items() if key != PLAIN}
        texts = tuple(told[text] for text in question.texts)
        verdict = self._base.prove(Question(plain["prompt"], texts, meta))
        return replace(verdict, detail={**verdict.detail, "told_again": True})


@distribution("math_in_words", version=3, banks=("words/*",), pool="math_easy")
def math_in_words() -> Retold:
    """The word problems and worked solutions of math_easy with every number in words, in prompt and responses."""
    return Retold(MathEasy(), spelled)


@distribution("raven_in_letters", version=3, pool="raven_matrices")
def raven_in_letters() -> Retold:
    """The matrices of raven_matrices with letters for digits, a for 0 up to j for 9, as the prompt says."""
    return Retold(RavenMatrices(), lettered)
