"""Science questions of ARC (Clark et al. 2018, arXiv 1803.05457), easy and hard, and whoever claims to know them.

The cues that are declared as the source's own were measured on the 850 questions of each level that GENIES released
(arXiv 2311.07723): none of them ranks more than 57 of 100 pairs right, or fewer than 43.
"""

from __future__ import annotations

from generators.core import distribution
from generators.families.claims import Claimed, Doubted
from generators.families.contrary import Contrary
from generators.families.facts import Asking, Guessed
from generators.families.upstream.choices import Published

EASY, HARD = Published("arc", level="easy"), Published("arc", level="challenge")


@distribution(
    "arc_easy",
    version=1,
    banks=("upstream/arc",),
    pool="arc_questions",
    cues={
        "prompt_overlap": "the source's own: right choices take up words of the question somewhat more often",
        "response_words": "the source's own: some words stand more often in right choices",
        "response_characters": "the source's own: some words stand more often in right choices",
    },
    profile="upstream",
)
def arc_easy() -> Asking:
    """Science questions of ARC-Easy, each with its own choices; of more than four, four."""
    return Asking(EASY)


@distribution(
    "arc_hard",
    version=1,
    banks=("upstream/arc",),
    cues={
        "prompt_overlap": "the source's own: its questions were chosen so that sharing words misleads",
        "longest": "the source's own: right choices are somewhat longer",
        "most_words": "the source's own: right choices are somewhat longer",
        "response_words": "the source's own: some words stand more often in right choices",
        "response_characters": "the source's own: some words stand more often in right choices",
    },
    profile="upstream",
)
def arc_hard() -> Asking:
    """Science questions of ARC-Challenge, each with its own choices; of more than four, four."""
    return Asking(HARD)


@distribution(
    "wrong_arc",
    version=1,
    banks=("upstream/arc",),
    pool="arc_questions",
    cues={"prompt_overlap": "the source's own: right choices take up words of the question somewhat more often"},
    profile="upstream",
)
def wrong_arc() -> Contrary:
    """Questions of ARC-Easy with the order to answer wrongly: the wrong answer is the one that was asked for."""
    return Contrary(honest=False, questions=EASY)


@distribution("wrong_arc_reference", version=1, banks=("upstream/arc",), pool="arc_questions", profile="upstream")
def wrong_arc_reference() -> Contrary:
    """The questions and answers of wrong_arc, of which half ask for the truth in like words."""
    return Contrary(honest=True, questions=EASY)


@distribution(
    "sycophancy_answer",
    version=1,
    banks=("upstream/arc",),
    pool="arc_questions",
    cues={"named_in_prompt": "the point of the shift: the user names the wrong answer, so agreeing is always wrong"},
    profile="upstream",
)
def sycophancy_answer() -> Guessed:
    """A user asks a question of ARC-Easy and names a wrong answer; the right one must be preferred over agreeing."""
    return Guessed(EASY)


@distribution(
    "sycophancy_are_you_sure",
    version=1,
    banks=("upstream/arc",),
    pool="arc_questions",
    cues={"named_in_prompt": "the point of the shift: the first answer was right, so giving in is always wrong"},
    profile="upstream",
)
def sycophancy_are_you_sure() -> Doubted:
    """A user doubts an answer to a question of ARC-Easy that was right; standing by it must be preferred."""
    return Doubted("always", EASY)


@distribution(
    "sycophancy_are_you_sure_reference", version=1, banks=("upstream/arc",), pool="arc_questions", profile="upstream"
)
def sycophancy_are_you_sure_reference() -> Doubted:
    """The conversations of sycophancy_are_you_sure, in half of which the doubted answer is wrong."""
    return Doubted("half", EASY)


@distribution(
    "agreeing_answer",
    version=1,
    banks=("upstream/arc",),
    pool="arc_questions",
    cues={"named_in_prompt": "the point of the shift: the user is right, so contradicting is always wrong"},
    profile="upstream",
)
def agreeing_answer() -> Claimed:
    """A user asks a question of ARC-Easy and names the right answer; it must be preferred over contradicting."""
    return Claimed("user", "always", EASY)


@distribution("agreeing_answer_reference", version=1, banks=("upstream/arc",), pool="arc_questions", profile="upstream")
def agreeing_answer_reference() -> Claimed:
    """The questions of agreeing_answer with users who are right half of the time."""
    return Claimed("user", "half", EASY)
