"""Worked solutions told in sentences, and the judge who reads them back.

A solution of `math` is a list of lines, `label: calculation = result`. Here each line becomes a sentence that names in
plain words what is computed; all four responses of an example are told in the same words, in the same order, so that
they differ in calculations alone. The judge finds the statement in the prompt and the result in each response, hands
both to the judge of mathematics, and computes every step of the response that is found right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, load_bank
from generators.families.math.distributions import deck
from generators.families.math.reading import judged, statement_of
from generators.families.math.reckoning import value_of
from generators.families.math.writing import INSTRUCTION, Problem, drawn, written
from generators.families.prompts import instruction

SECTIONS = "math/sections"
RESULT = r"-?\d+(?:/\d+)?(?: pi)?"
STEP = re.compile(r"([^=]*) = (-?\d+(?:/\d+)?)", re.ASCII)


class Frame(Protocol):
    """One context around one problem."""

    def prompt(self, statement: str) -> str:
        """What stands before the solution."""
        ...

    def told(self, steps: Sequence[tuple[str, str]], answer: str) -> str:
        """A solution: what each step is called with its calculation, and the result."""
        ...


class InContext:
    """Writes and proves the problems of `math` in another context."""

    def draw(self, rng: Stream) -> Item:
        """A problem of `math`."""
        return drawn(deck("math"), rng)

    def frame(self, problem: Problem, rng: Stream) -> Frame:
        """A context for a problem."""
        raise NotImplementedError

    def statement(self, prompt: str) -> str:
        """The statement in a printed context; raises `Disproof` where there is none."""
        raise NotImplementedError

    def parted(self, text: str) -> tuple[str, str] | None:
        """A response's steps and its result, which its last words give; None where they give none."""
        raise NotImplementedError

    def write(self, problem: Problem, rng: Stream) -> Draft:
        """A plain example, told in a context."""
        plain = written(problem, rng)
        frame = self.frame(problem, rng)
        texts = {text: _told(frame, problem.form.name, text) for text in (plain.right, *plain.wrong)}
        notes = {texts[text]: note for text, note in plain.notes.items()}
        prompt = frame.prompt(statement_of(plain.prompt))
        return Draft(prompt, texts[plain.right], [texts[text] for text in plain.wrong], plain.meta, notes)

    def prove(self, question: Question) -> Verdict:
        """The printed statement solved by another route; the response with that result, every step of it computed.

        Raises:
            Disproof: The print is not what it should be, or not exactly one response is right.
        """
        parts = [self.parted(text) or ("", "") for text in question.texts]
        boxes = tuple(f"\\boxed{{{answer}}}" for _, answer in parts)
        verdict = judged(Question(instruction(INSTRUCTION, self.statement(question.prompt)), boxes, {}))
        _check(*parts[verdict.right])
        return verdict


def _told(frame: Frame, form: str, text: str) -> str:
    *lines, last = text.split("\n")
    steps = []
    for line in lines:
        label, _, shown = line.partition(": ")
        plain = re.sub(r"\((\d+)\)", r"\1", shown)
        steps.append((named(form, label), re.sub(r"^(?=third of|sum of)", "the ", plain)))
    return frame.told(steps, last.removeprefix("Answer: \\boxed{").removesuffix("}"))


def _check(body: str, answer: str) -> None:
    """Computes the steps of a response; its last result must be the answer."""
    steps = STEP.findall(body)
    if not steps or steps[-1][1] != answer.removesuffix(" pi"):
        raise Disproof("the last step does not give the answer")
    for before, result in steps:
        shown = re.split(r" is |: ", before)[-1].removeprefix("the ")
        value = value_of(shown)
        if value is not None and value != value_of(result):
            raise Disproof(f"{shown} is not {result}")


@cache
def sections() -> Mapping[str, Mapping[str, Any]]:
    """The textbook's sections by the name of their form."""
    return {item["id"]: item for item in load_bank(SECTIONS).items}


def named(form: str, label: str) -> str:
    """What a step of a form is called in a sentence."""
    name: str = sections()[form]["steps"][re.sub(r"\d+", "#", label)]
    number = re.search(r"\d+", label)
    return name.replace("#", number[0]) if number else name
