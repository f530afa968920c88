"""Excerpts from a textbook that end in an example to be solved; the solution is to be written.

An excerpt is put together from the section on the form of problem (a bank holds one for each form), a remark of the
author, and the example. The problems and their solutions are those of `math`, item by item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Stream, distribution
from generators.families.math.contexts.telling import RESULT, Frame, InContext, sections
from generators.families.math.writing import Problem
from generators.families.prompts import instruction

ASKED = (
    "Continue the textbook with a correct solution of the example.",
    "The excerpt breaks off after an example. Write its solution, every step of it correct.",
    "Complete the worked example in this textbook without errors.",
    "Write the solution that should stand below the example in this excerpt.",
    "This page of a textbook is torn off below the example. Restore the correct solution.",
    "Supply the missing solution of the example in the style of the textbook.",
    "What follows is from a textbook. Write its next paragraph, which solves the example correctly.",
    "Continue this passage from a mathematics book. Solve the example that it gives, and mind every word of it.",
)
REMARKS = (
    "This is best seen from an example.",
    "Readers in a hurry may skip the proof, but not the example.",
    "The following example shows all that is needed.",
    "Beginners often know the rule and still misread the question, so take your time.",
    "The exercises at the end of the chapter are of the same kind.",
    "Before reading on, cover the solution and try it for yourself.",
    "We shall meet this again in later chapters.",
    "Remarkably little more than careful reading is required.",
    "A worked example follows; a proof is given in the appendix.",
    "In examinations most points are lost by haste, not by ignorance.",
    "The numbers below are chosen so that a pencil is enough.",
    "Let us put this into practice.",
    "The idea is old; many a civilization found it anew.",
    "Nothing in this section requires a calculator.",
    "Compare the example with the one in the preceding section.",
    "The reader is invited to check each line.",
    "Try to say in your own words what is asked before you begin.",
    "What looks abstract here becomes plain as soon as numbers are put in.",
    "Teachers may wish to change the numbers and to set the example again.",
    "We write out every step once; later on, some of them may be left to the reader.",
)
OPENINGS = (
    "Solution.",
    "Solution. We proceed step by step.",
    "Solution. Let us take the parts in turn.",
    "Solution. One calculation follows another.",
    "Solution. All that is needed has been said above.",
    "Solution. We write down each step.",
    "Solution. The method of this section applies at once.",
    "Solution. There is no trick to it.",
)
FIRST = (
    "We begin with {name}: {sum}.",
    "First we find {name}: {sum}.",
    "To begin with, {name} is {sum}.",
    "First of all, {name} is {sum}.",
    "We start from {name}, which is {sum}.",
    "Our first step is {name}: {sum}.",
)
NEXT = (
    "Next, {name} is {sum}.",
    "Then {name} is {sum}.",
    "We obtain {name}: {sum}.",
    "We now turn to {name}: {sum}.",
    "Now {name} is {sum}.",
    "As for {name}, it is {sum}.",
    "The following step concerns {name}: {sum}.",
    "We also write down {name}: {sum}.",
    "After that, {name} is {sum}.",
    "Here {name} is {sum}.",
    "We go on to {name}, which is {sum}.",
    "It is easy to find {name}: {sum}.",
)
CLOSINGS = (
    "The answer is therefore {answer}.",
    "Hence the answer is {answer}.",
    "The result is {answer}.",
    "This is what was asked for, so that the answer is {answer}.",
    "The example has the answer {answer}.",
    "We have found the answer: {answer}.",
    "Thus we arrive at {answer}, and the example is solved.",
    "With that the example is solved, and its answer is {answer}.",
)


@dataclass(frozen=True, slots=True)
class Excerpt(Frame):
    """A page around an example.

    Attributes:
        section: The section's record.
        number: Numbers of chapter, section and example.
        asked: What is asked for.
        remark: The author's remark before the example.
        opening: How the solution begins.
        beats: How each step is told, the first one first.
        closing: How the solution ends.
    """

    section: Mapping[str, str]
    number: tuple[int, int, int]
    asked: str
    remark: str
    opening: str
    beats: Sequence[str]
    closing: str

    def prompt(self, statement: str) -> str:
        """The page down to the example."""
        chapter, section, example = self.number
        text = f"{chapter}.{section} {self.section['title']}\n\n{self.section['text']} {self.remark}"
        return instruction(self.asked, f"{text}\n\nExample {chapter}.{example}. {statement}")

    def told(self, steps: Sequence[tuple[str, str]], answer: str) -> str:
        """The solution below it."""
        sentences = [beat.format(name=name, sum=shown) for beat, (name, shown) in zip(self.beats, steps, strict=False)]
        return " ".join([self.opening, *sentences, self.closing.format(answer=answer)])


@cache
def _closing() -> re.Pattern[str]:
    """What reads the last sentence of a solution."""
    ends = "|".join(re.escape(closing).replace(r"\{answer\}", "@") for closing in CLOSINGS)
    # The groups of the alternatives have one name each; only one of them can be filled.
    return re.compile(f"(.*) (?:{ends.replace('@', f'({RESULT})')})", re.ASCII)


_EXAMPLE = re.compile(r"\n\nExample \d+\.\d+\. ([^\n]+)\n\n### Response:\n\Z", re.ASCII)


@distribution("math_textbook", version=2, banks=("math/sections",), pool="math")
class MathTextbook(InContext):
    """A textbook explains a method and sets an example; the right worked solution is told from three wrong ones.

    The problems and worked solutions of `math`, item by item. The four solutions are told in the same words; the
    calculations differ as those of `math` do: a wrong one has misread one turn of the problem or two, or slips in one
    sum, and carries that through.
    """

    def frame(self, problem: Problem, rng: Stream) -> Excerpt:
        """A page around a problem."""
        number = (rng.between(1, 12), rng.between(1, 6), rng.between(1, 19))
        beats = (rng.choice(FIRST), *rng.sample(NEXT, len(NEXT)))
        section = sections()[problem.form.name]
        remark, opening, closing = rng.choice(REMARKS), rng.choice(OPENINGS), rng.choice(CLOSINGS)
        return Excerpt(section, number, rng.choice(ASKED), remark, opening, beats, closing)

    def statement(self, prompt: str) -> str:
        """The example at the end of the excerpt.

        Raises:
            Disproof: There is none.
        """
        found = _EXAMPLE.search(prompt)
        if found is None:
            raise Disproof("the excerpt has no example")
        return found[1]

    def parted(self, text: str) -> tuple[str, str] | None:
        """The steps, and the result in the last sentence."""
        found = _closing().fullmatch(text)
        return (found[1], next(filter(None, found.groups()[1:]))) if found else None
