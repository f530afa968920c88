"""Files of the shape that published datasets have under `raw/upstream/`, with made-up rows in our own words.

Beside sound rows there are some of every kind that a maker must leave out or see through: choices that speak of each
other, a second row of one text, solutions that are wrong, scores that decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from generators.core import Stream
from schemas.files import jsonl

ANIMALS = ("otter", "heron", "badger", "lynx", "falcon", "beaver", "marten", "ibis", "weasel", "stork")
PLACES = ("river", "orchard", "harbor", "quarry", "meadow", "cellar", "valley", "market", "island", "tower")
SIGHTS = ("a green lamp", "a stone wall", "an old wheel", "a tin roof", "a blue door", "a long rope", "a small boat")
HISTORY = "high_school_us_history"


def arc() -> Iterator[dict[str, Any]]:
    """Two levels; among them a question with three choices, one that speaks of others, one asked twice."""
    rng = Stream("arc")
    for number in range(280):
        animal, place = ANIMALS[number % 10], PLACES[number // 28]
        choices = rng.sample(SIGHTS, 5 if number % 9 == 0 else 4)
        if number % 11 == 0:
            choices = [*choices[:3], "all of the above"]
        if number % 13 == 0:
            choices = choices[:3]
        choices[0] += "." if number % 2 else ""
        question = f"An {animal} walks {number // 2 + 3} steps into the {place}. What does it meet there?"
        level = "easy" if number < 190 else "challenge"
        yield _choice(f"Made_Up_{number}", question, choices, number % len(choices), None, level)


def mmlu() -> Iterator[dict[str, Any]]:
    """Several subjects; those on history ask two questions on each passage."""
    rng = Stream("mmlu")
    for number in range(240):
        history = number % 3 == 0
        place = PLACES[number % 10]
        passage = (
            f"In letter {number // 6} a settler tells of the {place} where he built a mill, and what it cost him. "
        )
        question = f"{passage * 2 if history else ''}What did traveler {number} see first on the way to the {place}?"
        subject = HISTORY if history else "made_up_geography"
        yield _choice(f"{subject}_{number}", question, rng.sample(SIGHTS, 4), number % 4, subject, None)


def truthful_qa() -> Iterator[dict[str, Any]]:
    """Two to six choices, the first of them true."""
    rng = Stream("truthful_qa")
    for number in range(160):
        animal = ANIMALS[number % 10]
        choices = [f"It goes to see {sight}" for sight in rng.sample(SIGHTS, 2 + number % 5)]
        yield _choice(f"q{number}", f"What does an {animal} do after {number} days of rain?", choices, 0, None, None)


def _choice(key: str, question: str, choices: list[str], answer: int, subject: str | None, level: str | None) -> Any:
    fields = {"id": key, "question": question, "choices": choices, "answer": answer}
    return {"kind": "choice_question", **fields, "subject": subject, "level": level}


def alpaca_cleaned() -> Iterator[dict[str, Any]]:
    """Instructions on ten animals in ten places, some with an input; some outputs are too long to be used."""
    rng = Stream("alpaca_cleaned")
    for number in range(300):
        animal, place = ANIMALS[number % 10], PLACES[number // 10 % 10]
        sight, other = rng.sample(SIGHTS, 2)
        task = ("Tell me what happens when an {} reaches the {}.", "Why would an {} leave the {}?", "{}: {}?")
        many = 60 if number % 17 == 0 else 1
        yield {
            "kind": "instruction",
            "id": str(number),
            "instruction": task[number // 100].format(animal, place),
            "input": f"It has seen {sight} on day {number}." if number % 4 == 0 else None,
            "output": f"On day {number} it looks for {other}, as every {animal} does. " * many,
        }


def shp() -> Iterator[dict[str, Any]]:
    """Posts with four replies each; one post in three is of the forum whose authors ask to be contradicted."""
    rng = Stream("shp")
    for number in range(330):
        scale = 30 if number % 2 else 1
        replies = [
            {
                "text": f"Reply {n} on {rng.choice(SIGHTS)}" + rng.choice(SIGHTS) * rng.below(6),
                "score": rng.choice((1, 2, 7, 9, 12, 40)) * scale,
                "written": rng.between(1, 9) * 1000,
            }
            for n in range(4)
        ]
        if number % 10 == 0:
            replies[0]["text"] = "[removed]"
        yield {
            "kind": "rated_replies",
            "id": f"p{number}",
            "domain": "changemyview" if number % 3 == 0 else "askgardeners",
            "post": f"Post {number}: I keep an {ANIMALS[number % 10]} near the {PLACES[number % 7]}. Is that wise?",
            "replies": replies,
        }


def math() -> Iterator[dict[str, Any]]:
    """Sums of five levels; some results are too small, some problems have a drawing, some boxes hold something else."""
    rng = Stream("math")
    for number in range(260):
        a, b, c = rng.between(11, 60), rng.between(2, 9), rng.between(1, 99)
        result = a * b + c
        drawn = "[asy] draw((0,0)--(1,1)); [/asy] " if number % 23 == 0 else ""
        box = f"\\boxed{{{result}}}" if number % 3 else f"\\boxed{{\\frac{{{result}}}{{7}}}}"
        yield {
            "kind": "math_problem",
            "id": f"algebra_{number}",
            "problem": f"{drawn}Shelf {number} holds ${a}$ rows of ${b}$ jars and ${c}$ more. Count the jars.",
            "level": number % 5 + 1 if number % 31 else None,
            "type": "Algebra",
            "solution": f"The rows hold ${a} \\cdot {b} = {a * b}$ jars, so there are ${a * b} + {c} = {box}$.",
            "answer": box.removeprefix("\\boxed{").removesuffix("}") if number % 19 else "of another problem",
        }


def apps() -> Iterator[dict[str, Any]]:
    """Scripts, functions and methods, the first solution often wrong; some tasks have too few tests."""
    for number in range(18):
        script, difficulty = (
            number % 3 == 0,
            ("introductory", "interview", "competition")[number % 3 if number % 2 else 2],
        )
        limit, step = 3 + number % 7, 2 + number % 4
        words = f"numbers above {limit} whose place from 0 on is no multiple of {step}, less the first of all"
        right = _counting(limit, step)
        space: dict[str, Any] = {}
        exec(right, space)  # noqa: S102 - our own text, three lines up
        rng = Stream("apps", number)
        lists = [[rng.between(0, 12) for _ in range(rng.between(1, 9))] for _ in range(2 if number % 12 == 11 else 14)]
        results = [space["total"](each) for each in lists]
        wrong = right.replace("- row[0]", "+ row[0]")
        tests: dict[str, Any] = {"inputs": [[each] for each in lists], "outputs": results, "fn_name": "total"}
        solutions = [wrong, right]
        if script:
            read = "\nprint(total(list(map(int, input().split()))))\n"
            solutions = [text + read for text in solutions]
            tests = {
                "inputs": [" ".join(map(str, each)) + "\n" for each in lists],
                "outputs": [f"{r}\n" for r in results],
            }
            tests["fn_name"] = None
        elif number % 2:
            indented = "\n".join("    " + line for line in right.replace("total(row)", "total(self, row)").splitlines())
            solutions, tests["outputs"] = [f"class Solution:\n{indented}\n"], [[result] for result in results]
        yield {
            "kind": "programming_task",
            "id": f"train_{number}",
            "statement": f"Task {number}. Add up the {words}, over a row of numbers.",
            "solutions": solutions,
            "tests": tests,
            "difficulty": difficulty,
        }


def _counting(limit: int, step: int) -> str:
    return (
        "def total(row):\n"
        "    found = 0\n"
        "    for place, number in enumerate(row):\n"
        f"        if number > {limit} and place % {step} != 0:\n"
        "            found = found + number\n"
        "    return found - row[0]\n"
    )


SOURCES: dict[str, tuple[str, Callable[[], Iterator[dict[str, Any]]]]] = {
    "arc": ("choice_question", arc),
    "mmlu": ("choice_question", mmlu),
    "truthful_qa": ("choice_question", truthful_qa),
    "alpaca_cleaned": ("instruction", alpaca_cleaned),
    "shp": ("rated_replies", shp),
    "math": ("math_problem", math),
    "apps": ("programming_task", apps),
}


def write_sources(root: Path, names: Sequence[str] = tuple(SOURCES)) -> None:
    """Writes files of some sources below a project's folder, as `shifts raw fetch` does."""
    for name in names:
        item, make = SOURCES[name]
        header = {"kind": "bank", "bank": name, "item": item, "licence": "CC0-1.0", "source": f"made up for {name}"}
        file = root / "raw" / "upstream" / name / "items.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jsonl([{**header, "revision": "0" * 40}, *make()]))
