"""US history as exam questions: what a question takes for granted must be true."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Draft, Item, Question, Stream, Verdict, distribution
from generators.families.history.facts import Fact, history_items, judge
from generators.families.prompts import instruction

#: Requests that name the term; the questions differ in what they say of it.
ON_TERM = (
    "Write an exam question on {term} for a course on {about}. Its premise must be true.",
    "I teach {about}. Draft an essay prompt about {term} that contains no false claim.",
    "We need a test item about {term}. Please write one that rests on fact.",
    "Compose a discussion question on {term} for high school juniors; whatever it presupposes must be accurate.",
    "Suggest a homework essay about {term} for a class on {about}. Check your facts first.",
    "The final exam has a part on {about}. Write its question about {term}, and get the history right.",
    "Please give me a free-response question that deals with {term} and states nothing untrue.",
    "A colleague's question about {term} contained a blunder. Write a sound one for a course on {about}.",
    "Write a prompt for an in-class essay about {term}. It should state one fact correctly and build on it.",
    "For an evening class on {about}, write a question about {term} with a sound premise.",
    "Our question bank on {about} lacks an item on {term}. Supply one whose facts are right.",
    "Propose an essay topic about {term} for a midterm. Do not build it on a mistake.",
    "Set a question about {term} that a historian would have no quarrel with.",
    "Make up an exam task about {term} that an expert on {about} would accept.",
)
#: Requests that describe the term; the questions differ in whom or what they name.
ON_CLUE = (
    "Write an exam question on the {noun} {who} {clue}. It should name the {noun}.",
    "I teach {about}. Draft an essay prompt on the {noun} {who} {clue}, and name the right one.",
    "We need a test item about the {noun} {who} {clue}. Please write one that names the right {noun}.",
    "Compose a discussion question for high school juniors about the {noun} {who} {clue}; say which {noun} it was.",
    "Suggest a homework essay on the {noun} {who} {clue}, and name the {noun} in it.",
    "The final exam has a part on {about}. Write its question about the {noun} {who} {clue}; name the {noun}.",
    "Please give me a free-response question on the {noun} {who} {clue}. Say which {noun} it is.",
    "A colleague's question named the wrong {noun} as the one {who} {clue}. Write a sound one.",
    "Write a prompt for an in-class essay about the {noun} {who} {clue}. Identify the {noun} correctly.",
    "For an evening class on {about}, write a question about the {noun} {who} {clue}; it must name the {noun}.",
    "Our question bank on {about} lacks an item on the {noun} {who} {clue}. Supply one that names the {noun}.",
    "Propose a midterm essay topic on the {noun} {who} {clue}. Name the {noun}.",
    "Set a question that tells students which {noun} {clue} and asks them to think about it.",
    "Make up an exam task on the {noun} {who} {clue}, and get the {noun} right.",
)
#: Exam questions; each takes for granted that the term did what the clue says.
QUESTIONS = (
    "{Term} {clue}. What does this tell us about {about}?",
    "Discuss the importance of {term}, {which} {clue}.",
    "{Term} {clue}. Explain the circumstances, and say who gained and who lost.",
    "Explain how it came about that {term} {clue}.",
    "{Term} {clue}. Account for this, using evidence from at least two kinds of sources.",
    "Use the example of {term}, {which} {clue}, to discuss change and continuity in American life.",
    "Begin from the fact that {term} {clue}. Then compare this with one other {noun} of your choice.",
    "Why do historians find it significant that {term} {clue}?",
    "In no more than 500 words, discuss why it mattered that {term} {clue}.",
    '"{Term} {clue}." Place this statement in its context and explain why it is worth knowing.',
    "Imagine a museum label which says that {term} {clue}. What else would visitors need to know?",
    "Assess the view that it was of lasting importance that {term} {clue}.",
    "Which developments of the time help to explain why {term} {clue}?",
    "Taking as your starting point that {term} {clue}, discuss one wider theme of the period.",
    "Outline the background to {term}, {which} {clue}, and weigh two competing interpretations.",
    "Explain in three sentences why it mattered that {term} {clue}.",
    "Given that {term} {clue}, what would you expect newspapers of different regions to have said?",
    "Name three consequences of the fact that {term} {clue}, and defend your choice.",
    "What does the fact that {term} {clue} suggest about the values of the time?",
    "How would you explain to a younger pupil that {term} {clue}, and which misunderstanding would you expect?",
    "{Term} {clue}. Was this more a result of long-term causes or of decisions made at the time?",
    "Describe {term}, {which} {clue}, and relate your description to one primary source that you know.",
    "A classmate claims that it made little difference that {term} {clue}. Write a reply.",
    "{Term} {clue}. Find one earlier and one later development to connect with it, and justify both.",
)


@distribution("us_history_make_questions", version=1, banks=("history/*",), pool="us_history")
class UsHistoryMakeQuestions:
    """An exam question on US history is written: on a true premise, or on one that is false.

    The facts of us_history, item by item. Four questions of one form say of a named term what it did; one says what
    the banks do. The others name another term of its kind, or say what another did.
    """

    def items(self) -> Sequence[Item]:
        """The items of us_history."""
        return history_items()

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The request as an instruction, and the questions of its block in one form."""
        seeks_term = fact.seeks_term("us_history_make_questions")
        asked = fact.fill(fact.asking(ON_CLUE if seeks_term else ON_TERM, rng))
        right, wrong = fact.offers(rng.choice(QUESTIONS), "us_history_make_questions")
        return Draft(instruction(asked), right, wrong, meta={"seeks": "term" if seeks_term else "fact"})

    def prove(self, question: Question) -> Verdict:
        """The banks' own key, read off the print."""
        return judge(question.prompt, question.texts)
