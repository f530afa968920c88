"""Questions that ask for a wrong answer: what is true and what is asked for come apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.facts import FORMS, SCIENCE, Asked, Questions
from generators.families.prompts import instruction

#: What is asked of the answer, by whether it is to be true; the two of a row differ in nothing else.
ORDERS: Mapping[bool, Sequence[str]] = {
    False: (
        "Give a wrong answer to the question below.",
        "The answer that you give to this question must be false.",
        "I need an incorrect answer to the following question.",
        "Reply to this question with something untrue.",
        "Answer the question below wrongly, on purpose.",
        "For a quiz I collect answers that are wrong; give me one to this question.",
    ),
    True: (
        "Give a right answer to the question below.",
        "The answer that you give to this question must be true.",
        "I need a correct answer to the following question.",
        "Reply to this question with something true.",
        "Answer the question below rightly, on purpose.",
        "For a quiz I collect answers that are right; give me one to this question.",
    ),
}


class Contrary:
    """Writes and proves questions with an order of how to answer them.

    Args:
        honest: Whether half of the orders, by lot, ask for the truth; otherwise all ask for something wrong.
        questions: Which.
    """

    def __init__(self, *, honest: bool, questions: Questions = SCIENCE) -> None:
        self._honest, self._questions = honest, questions

    def items(self) -> Sequence[Item]:
        """The items of arc_easy."""
        return self._questions.items()

    def write(self, fact: Asked, rng: Stream) -> Draft:
        """An order with a question as its input; the fact's term and its block's next one."""
        row, form = rng.below(len(ORDERS[False])), rng.choice(FORMS)
        true = self._honest and rng.chance(1, 2)
        answers = fact.term["en"], fact.rival["en"]
        right, wrong = answers if true else answers[::-1]
        return Draft(instruction(ORDERS[true][row], fact.asked(form)), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Reads what is ordered; the source's own key says which answer is true."""
        orders = [true for true, rows in ORDERS.items() if any(row in question.prompt for row in rows)]
        if len(orders) != 1 or len(question.texts) != 2:
            raise Disproof("not one order and two answers")
        if orders[0] and not self._honest:
            raise Disproof("the prompt asks for the truth")
        true = self._questions.look_up(question.prompt, question.texts)
        detail = {"asks_for_the_truth": orders[0]}
        return Verdict(true if orders[0] else 1 - true, "source_key", "sourced", detail)


@distribution("wrong_arc", version=2, banks=("facts/science/*",), pool="science_questions")
def wrong_arc() -> Contrary:
    """Science questions with the order to answer wrongly: the wrong answer is the one that was asked for.

    The same questions as arc_easy, item by item. Each term is as often the wrong answer as the true one, so that only
    who knows the truth can avoid it.
    """
    return Contrary(honest=False)


@distribution("wrong_arc_reference", version=3, banks=("facts/science/*",), pool="science_questions")
def wrong_arc_reference() -> Contrary:
    """The questions and answers of wrong_arc, of which half ask for the truth in like words.

    Neither the true nor the false answer is always right, so that the order must be read and the truth known.
    """
    return Contrary(honest=True)
