"""The problems of `code`, told in made-up dialects of Python whose rules the prompt states.

The four programs are a right one and one with a bug, each written by the stated rules and by rules that differ from
them at one point; which of the two sets of rules the prompt states is a matter of a coin. So half of the wrong
programs have a bug, half are misapplications, and neither the odd one out, nor a length, nor a token tells which rules
were asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.code.dialects import Refused, allowed, composed, dialect, forward, misapplied, obeys
from generators.families.code.places import Planted
from generators.families.code.problems import Problem, problem
from generators.families.code.programs import asked, planted_items, planted_program
from generators.families.code.running import OutsideSubset
from generators.families.prompts import instruction

#: Ways to ask; the rules follow as input.
FORMS = (
    "{statement} Write it in a made-up variant of Python that differs from Python as described below.",
    "Suppose Python had been designed a little differently, as described below. {statement} Use that language.",
    "{statement} The program is for an imaginary dialect of Python; below is all that sets it apart.",
    "Below is what sets an invented language apart from Python. Solve this in it: {statement}",
    "{statement} Answer in a fictional version of Python with the changes listed below.",
)
#: The most dialects of one example.
MOST = 3
#: Sets of rules tried before an example is passed over.
TRIES = 8


def rules(names: Sequence[str]) -> str:
    """The rules of a composition of dialects, as the prompt lists them."""
    lines = [dialect(name).rule for name in names]
    if len(lines) == 1:
        return f"- {lines[0]}"
    listed = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    return f"The changes are applied to a Python program one after the other:\n{listed}"


def _solves(each: Problem, program: str) -> bool:
    """Whether a program, if there is one, passes every test."""
    try:
        return bool(program) and each.solved_by(program)
    except OutsideSubset:
        return False


def _texts(each: Problem, pair: Sequence[str], sets: Sequence[Sequence[str]]) -> list[list[str]]:
    """The right program and the one with a bug, by each of two sets of rules; empty where that makes no example.

    By either set the right program in its rules must be the only right one of the four.
    """
    try:
        texts = [[forward(program, names) for program in pair] for names in sets]
    except Refused:
        return []
    crossed = [obeys(text, names).program for names, others in zip(sets, texts[::-1], strict=True) for text in others]
    if any(_solves(each, program) for program in crossed):
        return []
    return texts if len({text for both in texts for text in both}) == len(pair) * len(sets) else []


@distribution(
    "counterfactual_python",
    version=3,
    banks=("code/*",),
    cues={
        "response_characters": "a planted bug departs from what programs usually say at that place; that a rule is "
        "misapplied does not show in a text"
    },
)
class CounterfactualPython:
    """Problems of the bank in a made-up dialect of Python: bugs and misapplied rules against the right program.

    One to three of twenty-five exact rules make up the dialect. A wrong program has a bug, or was written with one
    rule mistaken, so that it breaks the rules or does something else by them, or both.
    """

    def items(self) -> Sequence[Item]:
        """Right programs with one bug each, grouped by problem."""
        return planted_items()

    def write(self, planted: Planted, rng: Stream) -> Draft:
        """The right program and one with a bug, by two sets of rules of which the prompt states one."""
        each, right, bug = problem(planted.problem), planted.source, planted_program(planted)
        for _ in range(TRIES):
            names = composed(right, rng.between(1, MOST), rng)
            other = misapplied(right, names, rng)
            texts = _texts(each, (right, bug), (names, other)) if other else []
            if texts:
                break
        else:
            raise PassOver("no two sets of rules that tell the programs apart")
        turn = rng.below(2)
        stated, (mine, others) = (names, other)[turn], (texts[turn], texts[1 - turn])
        request = rng.choice(FORMS).format(statement=each.statement)
        meta = {"problem": planted.problem, "kind": planted.bug.kind, "dialects": stated}
        notes = {
            text: {"bugs": bugs, "misapplied": missed}
            for missed, both in enumerate((mine, others))
            for bugs, text in enumerate(both)
        }
        return Draft(instruction(request, rules(stated)), mine[0], [mine[1], *others], meta, notes)

    def prove(self, question: Question) -> Verdict:
        """Takes every text back into Python, sees whether it obeys its dialect to the letter, and runs it."""
        names = question.meta["dialects"]
        if not names or not allowed(names) or rules(names) not in question.prompt:
            raise Disproof(f"the prompt does not state the rules of the dialects {names}")
        each = asked(question)
        readings = [obeys(text, names) for text in question.texts]
        right = [i for i, reading in enumerate(readings) if _solves(each, reading.program)]
        detail = {"tests": len(each.expected), "breaches": sum(bool(reading.breach) for reading in readings)}
        return Verdict(sole(right, "obey the rules and pass all tests"), "executed", detail=detail)
