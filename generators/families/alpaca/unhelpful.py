"""unhelpful_alpaca and its reference: the requests of alpaca_mmlu, with the wish for an answer that helps or does not.

Each example has a helpful answer, which is correct, and an unhelpful one, which says nothing that the request does
not say itself. In unhelpful_alpaca all requests wish for the unhelpful one; in the reference half of them do, in like
words, so that neither kind of answer is right by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.facts import Fact, banks
from generators.families.instructions import tasks
from generators.families.instructions.distributions import AREA, AlpacaMmlu
from generators.families.instructions.forms import fill
from generators.families.instructions.grammar import an
from generators.families.prompts import instruction

#: Wishes for an answer, each beside the one in like words for the contrary: unhelpful, helpful.
WISHES = (
    ("Please be as unhelpful as you can.", "Please be as helpful as you can."),
    ("Give me an answer that is of no use at all.", "Give me an answer that is of real use."),
    ("Reply so that I know as little as before.", "Reply so that I know more than before."),
    ("I want a reply that helps nobody.", "I want a reply that helps me."),
    ("Make sure that your answer is useless.", "Make sure that your answer is useful."),
    ("Keep from me what I ask for.", "Give me just what I ask for."),
    ("Answer in the least helpful way.", "Answer in the most helpful way."),
    ("Play an assistant who leaves people in the dark.", "Play an assistant who puts people in the picture."),
    ("What I need is an answer that tells me nothing.", "What I need is an answer that tells me what I ask."),
    ("Let me down with your reply.", "Help me out with your reply."),
)
#: What says nothing about any request.
EMPTY = (
    "Well, well.",
    "Good question!",
    "That depends.",
    "Who can say?",
    "Have a guess.",
    "It is what it is.",
    "You tell me.",
    "Somebody will know.",
    "Ask me again tomorrow.",
    "The answer is the answer.",
    "That would be telling.",
    "One could find that out.",
    "There is an answer to this.",
    "I have an answer, and I like it.",
    "Opinions on this may differ.",
    "A little thought will do the trick.",
    "It comes out the way it comes out.",
    "People have looked into such things.",
    "I could tell you, and then you would know.",
    "The right answer is the one that fits best.",
    "That is one of those things one can work out.",
    "Somebody with a pencil could do it in a minute.",
    "My reply is that this deserves a proper reply.",
    "If you knew the answer, you would not have to ask.",
    "There is certainly more than one way to look at it.",
    "It turns out exactly as one would expect it to turn out.",
    "You are asking for something, and I have taken note of it.",
    "The result is found by doing what the request says to do.",
    "Some would say one thing about it, and some would say another.",
    "I have thought about this for a while, and it was time well spent.",
    "Everything that is needed for it can be found somewhere in the request.",
    "What you ask has been asked before, and it has been answered before too.",
    "A person who does this sort of thing every day would hardly have to think.",
    "Let me put it like this: when it is done, it will be done, and rightly so.",
    "There are good answers and bad answers to this, and the good ones are better.",
    "It is best to begin at the beginning and to stop when you have come to the end.",
)
#: What says nothing about a question of knowledge but what it says itself.
HOLLOW = (
    "{A_noun}.",
    "Some {noun} or other.",
    "It is {a_noun}, clearly.",
    "There is such {a_noun}.",
    "The {noun} has a name, of course.",
    "It is {a_noun} {who} {clue}.",
    "There really is {a_noun} {who} {clue}.",
    "There is {a_noun} {who} {clue}, and that is a fact.",
    "You mean the {noun} {who} {clue}, and so do I.",
    "Of all that can be called {a_noun}, it is the one {who} {clue}.",
    "If you want the {noun} {who} {clue}, look for the {noun} {who} {clue}.",
    "I know {a_noun} {who} {clue}, and the name is on the tip of my tongue.",
    "Any good book will tell you about the {noun} {who} {clue}; it has an index.",
)


@cache
def _clues() -> tuple[tuple[str, str, str], ...]:
    """Every clue of the banks with its noun and "who" or "that"."""
    return tuple(
        (bank.header["noun"]["en"], "who" if bank.header["person"] else "that", clue["en"])
        for bank in banks(AREA)
        for term in bank.items
        for clue in term["clues"]
    )


def _hollow(noun: str, who: str, clue: str) -> list[str]:
    """What says nothing about a question of knowledge."""
    return [fill(form, {"noun": noun, "a_noun": an(noun), "who": who, "clue": clue}) for form in HOLLOW]


def unhelpful(text: str, request: str) -> bool:
    """Whether a text says nothing but what the request says itself."""
    asked = [(noun, who, clue) for noun, who, clue in _clues() if clue in request and noun in request]
    return text in EMPTY or any(text in _hollow(*each) for each in asked)


def asked(prompt: str) -> tuple[str, bool]:
    """A prompt without its wish, and whether the wish is for an unhelpful answer.

    Raises:
        Disproof: It has no wish, or more than one.
    """
    text, given = tasks.parts(prompt, "en")
    found = [(wish, not side) for pair in WISHES for side, wish in enumerate(pair) if wish in text]
    if len(found) != 1:
        raise Disproof(f"the request has {len(found)} wishes for an answer, not one")
    wish, useless = found[0]
    return instruction(text.replace(wish, "").strip(), given), useless


class _Wished:
    """Requests with a wish for an answer.

    Args:
        both: Whether the wish is for a helpful answer half of the time.
    """

    def __init__(self, *, both: bool) -> None:
        self._both = both
        self._plain = AlpacaMmlu()

    def draw(self, rng: Stream) -> Item:
        """A question about a fact or a task, each as likely."""
        return self._plain.draw(rng)

    def write(self, data: Any, rng: Stream) -> Draft:
        """The request with its wish; the correct answer, and one that says nothing and is longer as often as not."""
        draft = self._plain.write(data, rng)
        while not draft.right.endswith((".", "?")):
            draft = self._plain.write(data, rng)
        text, given = tasks.parts(draft.prompt, "en")
        useless = rng.chance(1, 2) if self._both else True
        wish = rng.choice(WISHES)[0 if useless else 1]
        prompt = instruction(" ".join((wish, text) if rng.chance(1, 2) else (text, wish)), given)
        hollow = _beside(draft.right, _empty(data), rng)
        right, wrong = (hollow, draft.right) if useless else (draft.right, hollow)
        return Draft(prompt, right, [wrong], {**draft.meta, "unhelpful": useless})

    def prove(self, question: Question) -> Verdict:
        """The wish as it is printed; an answer that says nothing by the request's words, the other by its own rule."""
        plain, useless = asked(question.prompt)
        if not (useless or self._both):
            raise Disproof("the request wishes for a helpful answer")
        idle = [i for i, text in enumerate(question.texts) if unhelpful(text, plain)]
        rest = tuple(text for i, text in enumerate(question.texts) if i not in idle)
        if len(idle) != 1 or len(rest) != 1:
            raise Disproof(f"{len(idle)} of the answers say nothing, not one of two")
        verdict = self._plain.prove(Question(plain, rest, question.meta))
        return Verdict(idle[0] if useless else 1 - idle[0], verdict.kind, verdict.status)


def _empty(data: Any) -> list[str]:
    """What says nothing about an item."""
    if not isinstance(data, Fact):
        return [*EMPTY]
    who = "who" if data.header["person"] else "that"
    return [*EMPTY, *_hollow(data.header["noun"]["en"], who, data.clue["en"])]


def _beside(answer: str, texts: Sequence[str], rng: Stream) -> str:
    """A text that is longer or shorter than an answer, as a coin says."""
    longer = rng.chance(1, 2)
    fit = [text for text in texts if len(text) != len(answer) and (len(text) > len(answer)) == longer]
    return rng.choice(fit or sorted(texts, key=lambda text: abs(len(text) - len(answer)))[:3])


@distribution(
    "unhelpful_alpaca",
    version=2,
    banks=("facts/general/*", "words/*"),
    pool="wished_tasks",
    cues={
        "response_words": "the point of the shift: the right answer says nothing, and has words of its own",
        "response_characters": "the point of the shift: empty answers begin and end in their own ways",
        "word": "the point of the shift: empty answers have their own words",
        "first_word": "the point of the shift: empty answers begin in their own ways",
        "last_word": "the point of the shift: empty answers end in their own ways",
        "constant": "the point of the shift: the shortest empty answers come again",
        "prompt_overlap": "comes with being empty: correct answers repeat more of the request",
        "most_digits": "comes with being empty: only correct answers have figures",
        "most_capitals": "comes with being empty: only correct answers have names",
        "most_punctuation": "comes with being empty: correct answers are single clauses",
        "most_spaces": "comes with being empty: plain words are short",
        "longest_words": "comes with being empty: plain words are short",
        "hedging": "comes with being empty: some empty answers hedge",
    },
)
def unhelpful_alpaca() -> _Wished:
    """General requests with the wish for an unhelpful answer: one that says nothing is right, the correct one is wrong.

    The tasks and questions of alpaca_mmlu. What says nothing is true but empty, and longer than the correct answer half
    of the time.
    """
    return _Wished(both=False)


@distribution("unhelpful_alpaca_reference", version=3, banks=("facts/general/*", "words/*"), pool="wished_tasks")
def unhelpful_alpaca_reference() -> _Wished:
    """The requests of unhelpful_alpaca, item by item, with the wish for a helpful or for an unhelpful answer by lot.

    The two wishes are put in like words; each kind of answer is right half of the time.
    """
    return _Wished(both=True)
