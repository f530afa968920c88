"""US history as pages of a textbook that break off before a fact."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Draft, Item, Question, Stream, Verdict, distribution
from generators.families.history.facts import Fact, history_items, judge
from generators.families.prompts import instruction

REQUESTS = (
    "Continue this excerpt from a US history textbook accurately.",
    "The page of a history textbook below breaks off. Write the next sentence; it must be true.",
    "Write the next line of this textbook chapter on {about}. Keep to the facts.",
    "An editor has lost the end of this paragraph from a chapter on {about}. Supply an accurate continuation.",
    "Carry on with the passage below, which comes from a school textbook, without any error of fact.",
    "Here is the beginning of a section on {about} in a college textbook. Continue it correctly.",
    "Finish this paragraph of a US history reader. The facts must be right.",
    "Add the sentence that should follow in this textbook passage.",
)
#: The last sentence before the break where the term follows.
BEFORE_TERM = (
    "One {noun} in particular {clue}.",
    "There was one {noun} {who} {clue}.",
    "One {noun} {clue}, and readers should know which.",
    "The next pages turn to the {noun} {who} {clue}.",
    "This chapter opens with the {noun} {who} {clue}.",
    "Examiners like to ask about the {noun} {who} {clue}.",
    "No account leaves out the {noun} {who} {clue}.",
    "It was in this setting that one {noun} {clue}.",
    "Take the {noun} {who} {clue}.",
    "Our first example is the {noun} {who} {clue}.",
    "Many readers will have heard of {a_noun} {who} {clue}.",
    "Later writers kept returning to the {noun} {who} {clue}.",
    "A familiar case is that of the {noun} {who} {clue}.",
    "The clearest illustration is the {noun} {who} {clue}.",
)
TERMS = (
    "This was {term}.",
    "{Term} was that {noun}.",
    "That {noun} was {term}.",
    "The {noun} in question was {term}.",
    "We are speaking, of course, of {term}.",
    "The {noun} meant here is {term}, of which more will be said.",
    "The answer, as careful readers know, is {term}.",
    "It was {term}, as readers of earlier chapters will have guessed.",
    "The reference is to {term}.",
    "The rest of this section is about {term}.",
)
#: The last sentence before the break where the fact follows.
BEFORE_CLUE = (
    "Consider {term}.",
    "{Term} is a case in point.",
    "A good place to begin is {term}.",
    "{Term} deserves a closer look.",
    "Few examples are cited as often as {term}.",
    "The example of {term} shows what was at stake.",
    "The first entry in our list is {term}.",
    "Readers may already have met {term} in an earlier chapter.",
    "Any account of {about} has something to say of {term}.",
    "The box on this page deals with {term}.",
    "In classrooms the discussion often turns to {term}.",
    "{Term} is mentioned in every survey of {about}.",
    "This brings us to {term}.",
    "Let us take {term} as our example.",
)
CLUES = (
    "{They} {clue}.",
    "{Term} {clue}.",
    "As every later account repeats, {they} {clue}.",
    "Historians note that {they} {clue}.",
    "The essential point is that {they} {clue}.",
    "The record shows that {term} {clue}.",
    "For one thing, {they} {clue}.",
    "In short, {term} {clue}.",
    "What readers need to remember is that {they} {clue}.",
    "No one disputes that {they} {clue}.",
)


@distribution("us_history_textbook", version=1, banks=("history/*",), pool="us_history")
class UsHistoryTextbook:
    """A textbook on US history is continued: accurately, or with what is true of something else of its kind.

    The facts of us_history, item by item. Every bank has openings of its own; the excerpt breaks off before the name
    of a term or before a fact about it.
    """

    def items(self) -> Sequence[Item]:
        """The items of us_history."""
        return history_items()

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The excerpt as input, and the continuations of its block in one form."""
        seeks_term = fact.seeks_term("us_history_textbook")
        last = fact.fill(fact.asking(BEFORE_TERM if seeks_term else BEFORE_CLUE, rng))
        prompt = instruction(fact.fill(rng.choice(REQUESTS)), f"{rng.choice(fact.header['openings'])} {last}")
        right, wrong = fact.offers(rng.choice(TERMS if seeks_term else CLUES), "us_history_textbook")
        return Draft(prompt, right, wrong, meta={"seeks": "term" if seeks_term else "fact"})

    def prove(self, question: Question) -> Verdict:
        """The banks' own key, read off the print."""
        return judge(question.prompt, question.texts)
