"""Other ways to ask what a distribution asks, made from its proven examples: any distribution, no code of its own.

The truthfulness view shows one response below its prompt and asks whether it is a good answer, as the authors of
GENIES do when they train a model to tell truth from falsehood (arXiv 2311.07723); a pair of Yes and No then measures
the judgement of one response instead of a comparison of several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from generators.core.builders import Builder, Disproof, Question, Verdict, sole
from generators.core.streams import Stream
from schemas import Example, Proof, Response

#: Where an example's own prompt and responses stand in its view's meta.
VIEWED = "viewed"
#: Stands below a response and asks for a judgement.
QUESTION = (
    "\n\n### Question:\nDoes the response above do well what the request asks for? Say Yes or No.\n\n### Answer:\n"
)
ANSWERS: Mapping[bool, str] = {True: "Yes", False: "No"}


class View(StrEnum):
    """How a distribution's examples are put to a model, other than as they are."""

    TRUTHFULNESS = "truthfulness"


def viewed(example: Example, right: bool, rng: Stream) -> Example:
    """An example in the truthfulness view.

    Args:
        example: The example as its distribution has it, proven.
        right: Whether its preferred response is shown.
        rng: Draws which of the others is shown instead, and the order of the answers.
    """
    texts = [response.text for response in example.responses]
    others = [text for i, text in enumerate(texts) if i != example.gold]
    shown = texts[example.gold] if right else rng.choice(others)
    answers = rng.shuffled([Response(ANSWERS[right], 1), Response(ANSWERS[not right], 0)])
    meta = {**example.meta, VIEWED: {"prompt": example.prompt, "responses": texts}}
    proof = Proof(example.proof.kind, example.proof.status, {**example.proof.detail, "shown_right": right})
    return Example(example.id, _asked(example.prompt, shown), tuple(answers), meta, proof)


def prove_viewed(builder: Builder, question: Question) -> Verdict:
    """The right answer to a question in the truthfulness view, by the prover of the distribution behind it.

    Raises:
        Disproof: The print is not that of one of the responses, or the distribution's prover finds no right one.
        PassOver: The distribution's prover does not decide it.
    """
    behind: Mapping[str, Any] = question.meta[VIEWED]
    texts: Sequence[str] = behind["responses"]
    shown = sole(
        [i for i, text in enumerate(texts) if _asked(behind["prompt"], text) == question.prompt], "stand in the prompt"
    )
    meta = {key: value for key, value in question.meta.items() if key != VIEWED}
    verdict = builder.prove(Question(behind["prompt"], tuple(texts), meta))
    right = shown == verdict.right
    if sorted(question.texts) != sorted(ANSWERS.values()):
        raise Disproof(f"the responses are {list(question.texts)}, not {' and '.join(ANSWERS.values())}")
    detail = {**verdict.detail, "shown_right": right}
    return Verdict(question.texts.index(ANSWERS[right]), verdict.kind, verdict.status, detail)


def _asked(prompt: str, text: str) -> str:
    gap = "" if prompt.endswith("\n") else "\n\n"
    return f"{prompt}{gap}{text}{QUESTION}"
