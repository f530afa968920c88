"""Stories in which somebody good at numbers solves a problem; the story is to be continued.

A story is put together from a scene of the bank, a character, what is said of the character's gift, and how the
character takes the problem up. The problems and their solutions are those of `math`, item by item.
"""

# ruff: noqa: ARG002 - all contexts share the signatures of `InContext`, and a story fits any problem

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Stream, distribution, load_bank
from generators.families.math.contexts.telling import RESULT, Frame, InContext
from generators.families.math.writing import Problem
from generators.families.prompts import instruction

SCENES = "math/scenes"

#: None of them stands in a statement.
WOMEN = (
    "Amara", "Beatrix", "Chiara", "Delphine", "Eleni", "Freya", "Hedda", "Imogen", "Jovana", "Katya", "Leila", "Mirela",
    "Noor", "Paloma", "Ruth", "Sunniva", "Tamsin", "Wanda", "Xenia", "Zora",
)  # fmt: skip
MEN = (
    "Alaric", "Benedikt", "Cosmo", "Darius", "Emeka", "Florian", "Gideon", "Henrik", "Idris", "Jakub", "Kenji",
    "Lorenz", "Matteo", "Nikolai", "Oskar", "Piet", "Rafael", "Stellan", "Tobias", "Viktor",
)  # fmt: skip

ASKED = (
    "Continue the story. The mathematics in it has to be right.",
    "Write what happens next in this story. The calculation that follows must be correct.",
    "Go on with the story and let {c} solve the problem without a mistake.",
    "Carry the story on to the point where {c} has found the correct result.",
    "Please continue this story. {c} does not make mistakes.",
    "Write the next paragraphs. Make sure that {c} reads the problem carefully and reckons correctly.",
    "This story breaks off where {c} is about to solve a problem. Write the solution as part of the story, without "
    "errors.",
    "Finish the scene with {c} working the problem out, each step of it correct.",
)
GIFTS = (
    "{c} had been able to multiply before {she} could tie a shoelace.",
    "{c} had counted everything since childhood: stairs, stars, peas on a plate.",
    "Numbers had always come to {c} when {she} called them, like well-trained dogs.",
    "Other people hummed tunes; {c} factored the numbers of houses.",
    "At school {c} had been bored for years, until somebody left a book on algebra on the windowsill.",
    "{c} could not sing, cook or swim, but no sum had ever got the better of {c}.",
    "For {c} every number had a colour and a temper.",
    "What others called homework, {c} called dessert.",
    "{c} had won the regional olympiad twice and told nobody about it.",
    "It was said of {c} that {she} read tables of logarithms in bed.",
    "{c} had a memory like a sieve for faces and like a vault for proofs.",
    "Ever since the fever {c} had seen patterns where others saw wallpaper.",
    "{c}'s mother had been an accountant and {c}'s father a bell-ringer, and between them {she} had learned to count.",
    "There was not much that frightened {c}, and a page of figures least of all.",
    "{c} never carried a calculator, for the same reason that birds carry no ladder.",
    "As a child {c} had corrected the prices in the shop, to the shopkeeper's despair.",
    "In {c}'s pockets there was always a pencil, and the pencil was always short.",
    "{c} thought of mathematics as the only language in which nobody had ever lied successfully.",
    "The others knew little about {c}, except that {she} did sums for fun.",
    "Nobody had ever taught {c} how to give up on a problem.",
)
TURNS = (
    "{c} read it twice and began to smile.",
    "For a while there was no sound at all. Then {c} nodded.",
    "{c} felt a familiar tingle.",
    "It was not the kind of question that one guesses at, and {c} did not mean to guess.",
    "{c} had never seen this one before, and yet it looked like an old friend.",
    "{c}'s fingers were already moving.",
    "It took {c} less than a minute to see how it could be done.",
    "\"That can be worked out,\" thought {c}.",
    "Most people would have turned away. {c} leaned closer.",
    "It was simple enough if one did not hurry, and {c} never hurried.",
    "{c} let the words settle, as one lets tea leaves sink.",
    "Something in {c} woke up.",
    "{c} forgot about everything else.",
    "This was what {c} was good at.",
    "{c} could see the whole path at once, with all its turns.",
    "There was a catch in it somewhere, thought {c}; there always was.",
)  # fmt: skip
FIRST = (
    "The first step was easy: {step}.",
    "It began simply enough: {step}.",
    "First things first: {step}.",
    "There was one thing to settle before all others: {step}.",
    "{She} started with what was plain: {step}.",
    "The beginning took only a moment: {step}.",
    "{c} knew where to begin: {step}.",
    "One had to start somewhere: {step}.",
)
NEXT = (
    "Then came the next step: {step}.",
    "{c} went on: {step}.",
    "After that it was clear how to proceed: {step}.",
    "{She} hardly paused: {step}.",
    "Things began to fall into place: {step}.",
    "{She} looked it over and continued: {step}.",
    "One thing led to another: {step}.",
    "Without looking up {she} added: {step}.",
    "{c} frowned for a moment, then saw it: {step}.",
    "Another step, and not a hard one: {step}.",
    "{She} had been waiting for this part: {step}.",
    "Now it was a matter of care: {step}.",
    "{c} took a breath and continued: {step}.",
    "That could be put to use at once: {step}.",
    "{She} smiled and carried on: {step}.",
    "It was like walking downstairs: {step}.",
    "{She} was quicker now: {step}.",
)


@dataclass(frozen=True, slots=True)
class Story(Frame):
    """A scene with its character and the words that tell the solution.

    Attributes:
        scene: The scene's record.
        words: The character's name and pronoun, by their placeholders.
        asked: What is asked for.
        gift: What is said of the character.
        turn: How the character takes the problem up.
        beats: How each step is told, the first one first.
    """

    scene: Mapping[str, str]
    words: Mapping[str, str]
    asked: str
    gift: str
    turn: str
    beats: Sequence[str]

    def prompt(self, statement: str) -> str:
        """The story up to the solution."""
        before = f"{self.scene['open']} {self.gift} {self.scene['ask']}".format(**self.words)
        story = f'{before}\n\n"{statement}"\n\n{self.turn.format(**self.words)}'
        return instruction(self.asked.format(**self.words), story)

    def told(self, steps: Sequence[tuple[str, str]], answer: str) -> str:
        """The story from there on."""
        sentences = [
            beat.format(step=f"{name} is {shown}", **self.words)
            for beat, (name, shown) in zip(self.beats, steps, strict=False)
        ]
        body = " ".join([self.scene["start"].format(**self.words), *sentences])
        return f"{body}\n\n{self.scene['end'].format(answer=answer, **self.words)}"


@cache
def _endings() -> Sequence[re.Pattern[str]]:
    """What reads the last paragraph of each scene."""
    signs = {"c": "|".join(WOMEN + MEN), "she": "she|he", "She": "She|He", "answer": RESULT}
    found = []
    for scene in load_bank(SCENES).items:
        text = re.sub(r"\\{(\w+)\\}", lambda field: f"(?:{signs[field[1]]})", re.escape(scene["end"]))
        text = text.replace(f"(?:{RESULT})", f"({RESULT})")
        found.append(re.compile(f"(.*)\n\n{text}", re.ASCII))
    return found


_INSIDE = re.compile(r':\n\n"([^"\n]+)"\n\n[^\n]+\n\n### Response:\n\Z')


@distribution("math_fiction", version=2, banks=("math/*",), pool="math")
class MathFiction(InContext):
    """A story breaks off where somebody good at numbers meets a problem; it is continued with the solution.

    The problems and worked solutions of `math`, item by item, told within a story. The four continuations tell the
    same story in the same words; the calculations differ as those of `math` do: a wrong one has misread one turn of
    the problem or two, or slips in one sum, and carries that through.
    """

    def frame(self, problem: Problem, rng: Stream) -> Story:
        """A story around a problem."""
        she, names = rng.choice((("she", WOMEN), ("he", MEN)))
        words = {"c": rng.choice(names), "she": she, "She": she.capitalize()}
        beats = (rng.choice(FIRST), *rng.sample(NEXT, len(NEXT)))
        scene = rng.choice(load_bank(SCENES).items)
        return Story(scene, words, rng.choice(ASKED), rng.choice(GIFTS), rng.choice(TURNS), beats)

    def statement(self, prompt: str) -> str:
        """The problem that the story quotes in a line of its own.

        Raises:
            Disproof: It quotes none.
        """
        found = _INSIDE.search(prompt)
        if found is None:
            raise Disproof("the story quotes no problem")
        return found[1]

    def parted(self, text: str) -> tuple[str, str] | None:
        """The first paragraph, and the result in a scene's last one."""
        found = next((match for ending in _endings() if (match := ending.fullmatch(text))), None)
        return (found[1], found[2]) if found else None
