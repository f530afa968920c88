"""US history as plain questions and answers."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Draft, Item, Question, Stream, Verdict, distribution
from generators.families.history.facts import Fact, history_items, judge
from generators.families.prompts import instruction

#: Questions for a term by its clue.
WHICH = (
    "Which {noun} {clue}?",
    "Name the {noun} {who} {clue}.",
    "I am studying {about}. Tell me which {noun} {clue}.",
    "From a quiz on {about}: which {noun} {clue}?",
    "My notes on {about} mention {a_noun} {who} {clue}. Which one do they mean?",
    "A pupil asks which {noun} {clue}. What should I answer?",
    "Identify the {noun} {who} {clue}.",
    "Which {noun} do historians have in mind when they speak of the one {who} {clue}?",
    "There was {a_noun} {who} {clue}. Which one was it?",
    "In the history of the United States, which {noun} {clue}?",
    "Settle an argument for us: which {noun} {clue}?",
    "My book on {about} says that one {noun} {clue}, but the rest of the page is torn off. Which was it?",
)
#: Answers that give a term.
TERMS = (
    "{Term}.",
    "It was {term}.",
    "That was {term}.",
    "The answer is {term}.",
    "The {noun} in question was {term}.",
    "{Term} {clue}.",
)
#: Questions for a clue by its term.
WHAT = (
    "What is {term} known for?",
    "Why does {term} come up in courses on {about}?",
    "Give me one correct fact about {term}.",
    "What should a student of {about} know about {term}?",
    "Which claim about {term} could I safely make in an essay on {about}?",
    'I have a flash card on {about} that only says "{Term}". What belongs on the back?',
    "Tell me something true about {term}.",
    "A visitor to our museum asked about {term}. What could I say in one sentence?",
    "What does a timeline of {about} tell us of {term}?",
    "In one sentence, what is there to say about {term}?",
    "What did my teacher probably want to hear when she asked about {term}?",
    "Which fact about {term} belongs in a summary of {about}?",
)
#: Answers that give a clue.
CLUES = (
    "{They} {clue}.",
    "{Term} {clue}.",
    "{Term} is known as the {noun} {who} {clue}.",
    "Above all, {they} {clue}.",
    "One thing to remember is that {they} {clue}.",
    "It is well documented that {term} {clue}.",
)


@distribution("us_history", version=1, banks=("history/*",), pool="us_history")
class UsHistory:
    """Questions on US history, each with one right answer and three that are right of something else of its kind.

    A term (a battle, a law, a year) is asked for by a fact, or a fact by its term. Facts and wording are this
    project's own; the key is the banks', checked for shape and agreement but not derived.
    """

    def items(self) -> Sequence[Item]:
        """All facts of the banks."""
        return history_items()

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The question as an instruction, and the answers of its block in one form."""
        seeks_term = fact.seeks_term("us_history")
        asked = fact.fill(fact.asking(WHICH if seeks_term else WHAT, rng))
        right, wrong = fact.offers(rng.choice(TERMS if seeks_term else CLUES), "us_history")
        return Draft(instruction(asked), right, wrong, meta={"seeks": "term" if seeks_term else "fact"})

    def prove(self, question: Question) -> Verdict:
        """The banks' own key, read off the print."""
        return judge(question.prompt, question.texts)
