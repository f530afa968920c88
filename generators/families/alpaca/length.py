"""alpaca_short, alpaca_long and their reference: the same requests, with answers that are brief or told at length.

An answer at length is the brief one with a lead, a close or both around it, which say how it was found and change
nothing in it. In alpaca_short the right answer is brief and the wrong one at length, in alpaca_long it is the other way
round, and in the reference both are told in the very same frame.
"""

from __future__ import annotations

from typing import Any, Literal

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.instructions.distributions import AlpacaMmlu

#: What may stand before an answer that is told at length.
LEADS = (
    "Thank you for the clear request, which I have read from the first word to the last.",
    "Let me go through this in order, so that everything you mention gets its due.",
    "I have taken the request apart, looked at each piece and put the pieces together again.",
    "First I made sure that I understood what is wanted, and then I worked through it with care.",
    "This is the kind of request where it pays to be patient, so I took my time over it.",
    "Before answering I went back to your wording, since everything hangs on the details.",
    "There are several ways to go about this, and I chose the one that leads there most directly.",
    "I started from what you say, kept to it closely, and arrived at a single answer.",
    "Here is what I came to after reading the request slowly and weighing each part of it.",
    "To be thorough, I have gone over all that is given here and compared it with what is asked.",
    "I am glad to help with this one; it is short to state and rewarding to think through.",
    "With the request in front of me, I looked for what it turns on and followed that to the end.",
    "Step by step, this is less of a puzzle than it looks, and it leads to the following.",
    "I wrote the main points down, checked how they hang together, and drew the conclusion from them.",
)
#: What may stand after it.
CLOSES = (
    "I went over the whole of it a second time and arrived at the same place again.",
    "Should you want me to explain how I got there, I will gladly set out each of the steps.",
    "You can verify this by reading your own request once more with the answer beside it.",
    "I hope this is what you were after; please tell me if you had something else in mind.",
    "Everything that the request mentions has been taken into account in reaching this.",
    "I have kept to the wording of the request, so that the answer can be used as it stands.",
    "If you have further requests of the same kind, send them along and I will treat them likewise.",
    "That settles the matter as far as I can see, and it fits with all that is given.",
    "Feel free to copy this, pass it on, or come back to me with a follow-up at any time.",
    "The other possibilities that came to mind fell away one after another when I compared them.",
    "I say how I went about it because a bare answer is easily mistrusted.",
    "It took a moment to work out, and the result is one that I am happy to stand behind.",
    "As always, a fresh pair of eyes is welcome, and I am ready to go through it together with you.",
)
Style = Literal["brief_wins", "long_wins", "same"]


#: How an answer ends that is a sentence.
_STOPS = (".", "?")


def at_length(answer: str, rng: Stream) -> str:
    """An answer with a lead, a close or both."""
    lead, close = rng.choice(((True, False), (False, True), (True, True), (True, True)))
    return " ".join([rng.choice(LEADS)] * lead + [answer] + [rng.choice(CLOSES)] * close)


def brief(text: str) -> str:
    """An answer without what stands around it."""
    lead = next((f"{lead} " for lead in LEADS if text.startswith(f"{lead} ")), "")
    close = next((f" {close}" for close in CLOSES if text.endswith(f" {close}")), "")
    return text.removeprefix(lead).removesuffix(close)


class _Lengths:
    """Requests with two answers.

    Args:
        style: Which of the two answers is told at length.
    """

    def __init__(self, style: Style) -> None:
        self._style = style
        self._plain = AlpacaMmlu()

    def draw(self, rng: Stream) -> Item:
        """A question about a fact or a task, each as likely."""
        return self._plain.draw(rng)

    def write(self, data: Any, rng: Stream) -> Draft:
        """The request; the right answer and one wrong one, told as the style has it."""
        draft = self._plain.write(data, rng)
        while not draft.right.endswith(_STOPS):
            draft = self._plain.write(data, rng)
        right, wrong = draft.right, rng.choice(draft.wrong)
        if self._style == "brief_wins":
            wrong = at_length(wrong, rng)
        elif self._style == "long_wins":
            right = at_length(right, rng)
        elif rng.chance(1, 2):
            frame = rng.below(1 << 30)
            right, wrong = (at_length(text, Stream("frame", frame)) for text in (right, wrong))
        return Draft(draft.prompt, right, [wrong], draft.meta)

    def prove(self, question: Question) -> Verdict:
        """The answers without what stands around them, by the task's rule or the bank's key; and their lengths."""
        bare = tuple(map(brief, question.texts))
        long = [text != short for text, short in zip(question.texts, bare, strict=True)]
        verdict = self._plain.prove(Question(question.prompt, bare, question.meta))
        others = long[: verdict.right] + long[verdict.right + 1 :]
        own = long[verdict.right]
        wanted = {"brief_wins": not own and all(others), "long_wins": own and not any(others), "same": [own] == others}
        if not wanted[self._style]:
            raise Disproof(f"the lengths of the answers are not those of {self._style!r}")
        return verdict


@distribution(
    "alpaca_short",
    version=2,
    banks=("facts/general/*", "words/*"),
    pool="length_tasks",
    cues={
        "longest": "the point of the shift: the right answer is brief, the wrong one is told at length",
        "least_repetition": "comes with length: longer texts repeat more of their words",
        "longest_words": "comes with length: leads and closes have their own words",
        "most_capitals": "comes with length: a smaller share of a longer text is capitals",
        "most_punctuation": "comes with length: a smaller share of a longer text is marks",
        "most_spaces": "comes with length: a larger share of a longer text is spaces",
        "prompt_overlap": "comes with length: what stands around an answer is not in the prompt",
        "word": "comes with length: the words of the leads and closes",
        "first_word": "comes with length: a lead begins as no brief answer does",
        "response_words": "comes with length: the words of the leads and closes",
        "response_characters": "comes with length: the ends of the leads and closes",
    },
)
def alpaca_short() -> _Lengths:
    """General requests where the right answer is brief and the wrong one is told at length.

    The tasks and questions of alpaca_mmlu with one right and one wrong answer of the same form; a lead, a close or both
    stand around the wrong one.
    """
    return _Lengths("brief_wins")


@distribution(
    "alpaca_long",
    version=2,
    banks=("facts/general/*", "words/*"),
    pool="length_tasks",
    cues={
        "longest": "the point of the shift: the right answer is told at length, the wrong one is brief",
        "least_repetition": "comes with length: longer texts repeat more of their words",
        "longest_words": "comes with length: leads and closes have their own words",
        "most_capitals": "comes with length: a smaller share of a longer text is capitals",
        "most_punctuation": "comes with length: a smaller share of a longer text is marks",
        "most_spaces": "comes with length: a larger share of a longer text is spaces",
        "prompt_overlap": "comes with length: what stands around an answer is not in the prompt",
        "word": "comes with length: the words of the leads and closes",
        "first_word": "comes with length: a lead begins as no brief answer does",
        "response_words": "comes with length: the words of the leads and closes",
        "response_characters": "comes with length: the ends of the leads and closes",
    },
)
def alpaca_long() -> _Lengths:
    """General requests where the right answer is told at length and the wrong one is brief.

    The mirror image of alpaca_short, item by item; the same leads and closes stand around the right answer.
    """
    return _Lengths("long_wins")


@distribution("alpaca_long_reference", version=2, banks=("facts/general/*", "words/*"), pool="length_tasks")
def alpaca_long_reference() -> _Lengths:
    """The requests of alpaca_long, item by item, with two answers of one length.

    Half of the time both are brief, half of the time the same lead and close stand around both.
    """
    return _Lengths("same")
