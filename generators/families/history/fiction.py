"""US history in stories: a character who knows it well is asked, and the story goes on with the answer."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Draft, Item, Question, Stream, Verdict, distribution
from generators.families.history.facts import Fact, history_items, judge
from generators.families.history.scenes import (
    ANSWER_CLUE,
    ANSWER_TERM,
    ASK_CLUE,
    ASK_TERM,
    EXPERTS,
    OTHERS,
    SCENES,
)
from generators.families.prompts import instruction

REQUESTS = (
    "Continue the story. {expert} knows American history and gets it right.",
    "Write the next lines of this story. {expert} is very knowledgeable about US history.",
    "What does {expert}, whose knowledge of US history is sound, say next? Continue the scene.",
    "The scene below breaks off. Carry on; {expert} must answer as somebody who knows US history well.",
    "Write how this story goes on. What {expert} says about American history has to be true.",
    "Continue this piece of fiction with {expert}'s reply. {expert} makes no mistakes about US history.",
    "Go on with the tale below. Stay true to the character of {expert}, who is never wrong about US history.",
    "Add what comes next in this short story, in which {expert} is an expert on the American past.",
)


@distribution("us_history_fiction", version=1, banks=("history/*",), pool="us_history")
class UsHistoryFiction:
    """A story is continued in which a character who knows US history well is asked about it.

    The facts of us_history, item by item. The four continuations tell of the reply in the same words and differ in
    the term that is named or in what is said of it; in one the character is right, as the prompt demands.
    """

    def items(self) -> Sequence[Item]:
        """The items of us_history."""
        return history_items()

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """A scene and a question as input, and the replies of the block in one form."""
        seeks_term = fact.seeks_term("us_history_fiction")
        cast = {"expert": rng.choice(EXPERTS), "other": rng.choice(OTHERS)}
        scene = _cast(rng.choice(SCENES), cast)
        asked = fact.fill(_cast(fact.asking(ASK_TERM if seeks_term else ASK_CLUE, rng), cast))
        prompt = instruction(_cast(rng.choice(REQUESTS), cast), f"{scene}\n\n{asked}")
        form = _cast(rng.choice(ANSWER_TERM if seeks_term else ANSWER_CLUE), cast)
        right, wrong = fact.offers(form, "us_history_fiction")
        return Draft(prompt, right, wrong, meta={"seeks": "term" if seeks_term else "fact"})

    def prove(self, question: Question) -> Verdict:
        """The banks' own key, read off the print."""
        return judge(question.prompt, question.texts)


def _cast(text: str, cast: dict[str, str]) -> str:
    """A text with its characters; what else it leaves open stays so."""
    for role, name in cast.items():
        text = text.replace(f"{{{role}}}", name)
    return text
