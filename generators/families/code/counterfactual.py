"""The questions of `code`, told in made-up dialects of Python whose rules the prompt states."""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.code.dialects import DIALECTS, back, forward
from generators.families.code.places import Place
from generators.families.code.problems import problem
from generators.families.code.programs import asked, place_items, programs, sole_solution
from generators.families.prompts import instruction

#: Ways to ask; the rules follow as input.
FORMS = (
    "{statement} Write it in a made-up variant of Python that differs from Python as described below.",
    "Suppose Python had been designed a little differently, as described below. {statement} Use that language.",
    "{statement} The program is for an imaginary dialect of Python; below is all that sets it apart.",
    "Below is what sets an invented language apart from Python. Solve this in it: {statement}",
    "{statement} Answer in a fictional version of Python with the changes listed below.",
)


def rules(names: Sequence[str]) -> str:
    """The rules of a composition of dialects, as the prompt lists them."""
    lines = [DIALECTS[name].rule for name in names]
    if len(lines) == 1:
        return f"- {lines[0]}"
    listed = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    return f"The changes are applied to a Python program one after the other:\n{listed}"


@distribution(
    "counterfactual_python",
    version=1,
    banks=("code/*",),
    pool="code_places",
    cues={
        "response_words": "a planted bug departs from what programs usually say at that place",
        "response_characters": "the same, read in runs of characters",
    },
)
class CounterfactualPython:
    """The problems and programs of `code` in a made-up dialect of Python: one right program against three with a bug.

    One or two of eleven exact rules change the spelling of all four programs alike, so the dialect says nothing about
    the label; one has to read through it.
    """

    def items(self) -> Sequence[Item]:
        """The items of `code`."""
        return place_items()

    def write(self, place: Place, rng: Stream) -> Draft:
        """The programs of `code`, each taken into the same one or two dialects."""
        right, wrong = programs(place)
        telling = [name for name in DIALECTS if forward(right, [name]) != right]
        chosen = rng.sample(telling, rng.between(1, 2))
        names = [name for name in telling if name in chosen]
        request = rng.choice(FORMS).format(statement=problem(place.problem).statement)
        meta = {"problem": place.problem, "kind": place.site.kind, "dialects": names}
        texts = [forward(text, names) for text in (right, *wrong)]
        notes = {text: {"bugs": int(i > 0)} for i, text in enumerate(texts)}
        return Draft(instruction(request, rules(names)), texts[0], texts[1:], meta, notes)

    def prove(self, question: Question) -> Verdict:
        """Takes every text back into Python, sees that it obeyed its dialect, and runs it."""
        names = question.meta["dialects"]
        if not names or not set(names) <= set(DIALECTS) or rules(names) not in question.prompt:
            raise Disproof(f"the prompt does not state the rules of the dialects {names}")
        python = [back(text, names) for text in question.texts]
        for i, (text, program) in enumerate(zip(question.texts, python, strict=True)):
            if forward(program, names) != text:
                raise Disproof(f"text {i} breaks the rules of its dialect")
        return sole_solution(asked(question), python)
