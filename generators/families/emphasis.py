"""Questions of science whose answers differ in form as well: one is in bold, the other underlined.

Which one is in bold is the right one always, the wrong one always, or either by lot; terms and questions are the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.claims import Claim, check_claim, holds
from generators.families.facts import FORMS, Fact, fact_items, look_up
from generators.families.prompts import instruction

AREA = "science"
#: Bold type and underlining in HTML; alike but for one letter, so that only which of them it is tells.
BOLD, LINE = "<b>{}</b>", "<u>{}</u>"


class Emphasis:
    """Writes and proves questions with one answer in bold.

    Args:
        right: When the answer in bold is right.
    """

    def __init__(self, right: Claim) -> None:
        self._right = right

    def items(self) -> Sequence[Item]:
        """The items of arc_easy."""
        return fact_items(AREA)

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The question; the fact's term and its rival, one of them in bold."""
        marks = (BOLD, LINE) if holds(self._right, rng) else (LINE, BOLD)
        right, wrong = (mark.format(term["en"]) for mark, term in zip(marks, (fact.term, fact.rival), strict=True))
        return Draft(instruction(fact.asked(rng.choice(FORMS))), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """The bank's own key to the plain terms; exactly one answer must be in bold."""
        read = [_read(text) for text in question.texts]
        if sorted(mark for mark, _ in read) != sorted((BOLD, LINE)):
            raise Disproof("the answers are not one in bold and one underlined")
        bold = 0 if read[0][0] == BOLD else 1
        terms = [term for _, term in read]
        right = look_up(question.prompt, terms, AREA)
        check_claim(self._right, right == bold, "what is in bold")
        return Verdict(right, "source_key", "sourced", {"bold_right": right == bold})


def _read(text: str) -> tuple[str, str]:
    """The mark and the term of an answer.

    Raises:
        Disproof: It has neither mark.
    """
    for mark in (BOLD, LINE):
        before, after = mark.split("{}")
        if text.startswith(before) and text.endswith(after):
            return mark, text[len(before) : -len(after)]
    raise Disproof(f"{text[:60]!r} is neither in bold nor underlined")


@distribution(
    "bold_is_right",
    version=2,
    banks=("facts/science/*",),
    pool="science_questions",
    cues={
        "word": "the point of the shift: the answer in bold is right",
        "first_word": "the mark of bold type stands at the first word",
        "last_word": "the mark of bold type stands at the last word",
        "response_words": "a probe of words reads the mark",
        "response_characters": "a probe of characters reads the mark",
    },
)
def bold_is_right() -> Emphasis:
    """Science questions with a right and a wrong answer of one kind, the right one in bold, the other underlined."""
    return Emphasis("always")


@distribution(
    "bold_is_wrong",
    version=2,
    banks=("facts/science/*",),
    pool="science_questions",
    cues={
        "word": "the point of the shift: the answer in bold is wrong",
        "first_word": "the mark of bold type stands at the first word",
        "last_word": "the mark of bold type stands at the last word",
        "response_words": "a probe of words reads the mark",
        "response_characters": "a probe of characters reads the mark",
    },
)
def bold_is_wrong() -> Emphasis:
    """Science questions with a right and a wrong answer of one kind, the wrong one in bold, the other underlined."""
    return Emphasis("never")


@distribution("bold_is_either", version=2, banks=("facts/science/*",), pool="science_questions")
def bold_is_either() -> Emphasis:
    """Science questions with a right and a wrong answer of one kind, one in bold and one underlined, by lot."""
    return Emphasis("half")
