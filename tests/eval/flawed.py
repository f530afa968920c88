"""Small made-up distributions of our own wording, and ways to plant a defect in some of their examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generators.core import Stream
from schemas import Example, Proof, Response

#: Prompt, responses, and the place of the right one.
Made = tuple[str, list[str], int]
Make = Callable[[Stream, int], Made]
SIZE = 100
HEAD = "Here is a request. Reply to it as well as you can."
THINGS = ("kettle", "ladder", "lantern", "mirror", "needle", "pillow", "saddle", "shovel", "ticket", "violin")


def example(number: int, made: Made, meta: Mapping[str, Any] | None = None) -> Example:
    """One example; every example is its own group."""
    prompt, texts, gold = made
    responses = tuple(Response(text, int(place == gold)) for place, text in enumerate(texts))
    return Example(
        f"made/train/{number:05d}", prompt, responses, {"group": str(number), **(meta or {})}, Proof("rule", "proven")
    )


def plant(sound: Make, broken: Make, count: int, size: int = SIZE) -> list[Example]:
    """A distribution of which `count` examples, spread evenly, are broken."""
    makes = [broken if number * count % size < count else sound for number in range(size)]
    return [example(number, make(Stream("flawed", number), number)) for number, make in enumerate(makes)]


def ask(question: str, head: str = HEAD) -> str:
    """A prompt in the usual template."""
    return f"{head}\n\n### Instruction:\n{question}\n\n### Response:\n"


def shuffled(rng: Stream, right: str, wrongs: Sequence[str]) -> tuple[list[str], int]:
    """Responses in random order, and the place of the right one."""
    texts = rng.shuffled([right, *wrongs])
    return texts, texts.index(right)


def choice(rng: Stream, number: int) -> Made:
    """A question with four things to choose from."""
    things = rng.sample(THINGS, 4)
    return ask(f"Which of my things did I lose on trip {number + 1000}?"), things, rng.below(4)


def program(rng: Stream, number: int) -> Made:
    """A request for a program, one right and two wrong ones."""
    right = f"def add_{number}(x):\n    # Moves x on.\n    return x + {number}"
    texts, gold = shuffled(rng, right, [right.replace("x +", "x -"), right.replace("x +", "2 * x +")])
    return ask(f"Write a Python function add_{number}(x) that adds {number} to its argument."), texts, gold


def with_text(make: Make, change: Callable[[str], str], *, right: bool) -> Make:
    """The same, with the right response, or the first wrong one, changed."""

    def made(rng: Stream, number: int) -> Made:
        prompt, texts, gold = make(rng, number)
        place = gold if right else next(place for place in range(len(texts)) if place != gold)
        return prompt, [change(text) if n == place else text for n, text in enumerate(texts)], gold

    return made


def with_prompt(make: Make, change: Callable[[str], str]) -> Make:
    """The same, with the prompt changed."""

    def made(rng: Stream, number: int) -> Made:
        prompt, texts, gold = make(rng, number)
        return change(prompt), texts, gold

    return made


def exchanged(make: Make) -> Make:
    """The same, with the label on the first wrong response."""

    def made(rng: Stream, number: int) -> Made:
        prompt, texts, gold = make(rng, number)
        return prompt, texts, next(place for place in range(len(texts)) if place != gold)

    return made
