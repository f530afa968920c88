"""code and code_hard from the problems of APPS (Hendrycks et al. 2021, arXiv 2105.09938), every program run.

A right program is a solution of the source that passes the source's tests in the sandbox; wrong ones are the same with
one bug, with another, and with both, so that neither the majority nor the likeness of the four tells which is right.
Nothing that the source says of a solution is believed, but its tests are: what they let pass counts as right.

The sandbox counts the steps of programs and ends them there, long before its clock would, so that the same programs are
found right on a slow machine as on a fast one. Making an example takes some seconds, since dozens of programs are run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.code.bugs.edits import Edit, apart, edited
from generators.families.code.bugs.kinds import KINDS, Program, edits
from generators.families.code.bugs.oddities import oddities
from generators.families.code.foreign import Foreign, readings
from generators.families.code.programs import faulty
from generators.families.code.running import OutsideSubset, Report, parsed
from generators.families.code.sandbox.box import Sandbox
from generators.families.code.sandbox.limits import Limits
from generators.families.prompts import instruction
from generators.families.upstream.reading import Row, given, plain, rows

SOURCE = "apps"
#: Tests that a program is run on, those without which a task is left out, and solutions that are looked at.
TESTS, ENOUGH, SOLUTIONS = 10, 3, 5
#: Longest statement and program, in characters.
STATEMENT, PROGRAM = 2000, 1200
#: Edits of one kind that are tried in a program, and bugs after which no more are looked for.
TRIED, BUGS = 2, 12
#: The steps end a program, in less than a second; the rest is far beyond what they take.
LIMITS = Limits(wall=20.0, cpu=60, steps=1_000_000)
SCRIPTS = (
    "Write a Python program for the problem below. It reads standard input and prints the answer.",
    "Solve this problem in Python 3; read from standard input and print to standard output.",
    "Answer with Python code only: a script that solves the following problem for every valid input.",
)
FUNCTIONS = (
    "Write Python code for the problem below. It must define what the problem asks for.",
    "Solve this problem in Python 3.",
    "Answer with Python code only: it must solve the following problem for every valid input.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A bug of a program: what it does to the tree, and the program with it."""

    kind: str
    edit: Edit
    text: str


@cache
def _box() -> Sandbox:
    """The sandbox of this process; it ends with the process."""
    box = Sandbox(LIMITS)
    return box.__enter__()


@cache
def _tasks() -> Mapping[str, Row]:
    """The tasks that are short enough and have enough tests, by their statements."""
    return {
        plain(row.record["statement"]): row
        for row in rows(SOURCE, "statement")
        if len(row.record["statement"]) <= STATEMENT and len(_readings(row.record)[-1].expected) >= ENOUGH
    }


def _readings(record: Mapping[str, Any]) -> Sequence[Foreign]:
    return tuple(readings(record["tests"], TESTS))


class Solutions:
    """Writes and proves programs for the tasks of the source.

    Args:
        difficulty: Of which difficulty; of all where none is named.
    """

    def __init__(self, difficulty: str | None = None) -> None:
        self._difficulty = difficulty

    def items(self) -> Sequence[Item]:
        """The tasks."""
        return [
            Item(row.key, row.group, row.record)
            for row in _tasks().values()
            if self._difficulty in (None, row.record["difficulty"])
        ]

    def write(self, record: Mapping[str, Any], rng: Stream) -> Draft:
        """The statement; a right program against those with either of two bugs and with both."""
        task, source = _solved(record, rng)
        bugs: list[Found] = []
        for bug in _bugs(task, source, rng):
            for other in bugs:
                if _even(source, bug, other) and apart(bug.edit, other.edit):
                    both = edited(source, [other.edit, bug.edit])
                    if both not in (bug.text, other.text) and _is_faulty(task, both):
                        return _draft(record, source, (other, bug), both, rng)
            bugs.append(bug)
            if len(bugs) == BUGS:
                break
        raise PassOver("no two bugs that fail some tests and pass some")

    def prove(self, question: Question) -> Verdict:
        """Runs every program on the source's tests: one passes all, the others some."""
        tasks = FUNCTIONS + SCRIPTS
        row = _tasks().get(plain(given(question.prompt, tasks) or ""))
        if row is None:
            raise Disproof(f"the prompt states no task of {SOURCE}")
        for task in _readings(row.record):
            reports = [_run(task, text) for text in question.texts]
            right = [place for place, report in enumerate(reports) if report and report.right]
            if right:
                break
        if not all(place in right or (report and faulty(report)) for place, report in enumerate(reports)):
            raise Disproof("a program fares neither like a right one nor like one with bugs")
        crashing = sum(bool(report and report.crashed) for report in reports)
        detail = {"tests": len(task.expected), "crashing_programs": crashing}
        return Verdict(sole(right, "pass all tests"), "executed", detail=detail)


def _draft(record: Mapping[str, Any], source: str, bugs: tuple[Found, Found], both: str, rng: Stream) -> Draft:
    ways = SCRIPTS if record["tests"]["fn_name"] is None else FUNCTIONS
    prompt = instruction(rng.choice(ways), record["statement"].strip())
    one, other = bugs
    notes = {source: {"bugs": 0}, one.text: {"bugs": 1}, other.text: {"bugs": 1}, both: {"bugs": 2}}
    meta = {"difficulty": record["difficulty"], "kinds": [one.kind, other.kind]}
    return Draft(prompt, source, [one.text, other.text, both], meta, notes)


def _solved(record: Mapping[str, Any], rng: Stream) -> tuple[Foreign, str]:
    """A right program, as `ast.unparse` prints it, and the reading of the tests under which it is right.

    Raises:
        PassOver: None of those that are looked at passes.
    """
    for program in rng.shuffled(record["solutions"])[:SOLUTIONS]:
        try:
            source = ast.unparse(parsed(program))
        except (OutsideSubset, RecursionError):
            continue
        if source and len(source) <= PROGRAM:
            for task in _readings(record):
                report = _run(task, source)
                if report and report.right:
                    return task, source
    raise PassOver("no short solution that passes the tests")


def _bugs(task: Foreign, source: str, rng: Stream) -> Iterator[Found]:
    """Edits of a program that make it fail some tests and pass some, of many kinds."""
    program, odd = Program(source, {}, frozenset()), oddities(source)
    seen = {source}
    for kind in rng.shuffled(list(KINDS)):
        for edit in rng.shuffled(list(edits(program, kind)))[:TRIED]:
            text = edited(source, [edit])
            if text not in seen and oddities(text) <= odd and _is_faulty(task, text):
                yield Found(kind, edit, text)
            seen.add(text)


def _even(source: str, one: Found, other: Found) -> bool:
    """Whether of two bugs one makes the program longer and the other shorter, or neither does."""
    grows = [len(bug.text) - len(source) for bug in (one, other)]
    return min(grows) < 0 < max(grows) or not any(grows)


def _is_faulty(task: Foreign, text: str) -> bool:
    report = _run(task, text)
    return report is not None and faulty(report)


def _run(task: Foreign, text: str) -> Report | None:
    """How a program fares; None where it does not halt, or does not parse."""
    try:
        parsed(text)
    except OutsideSubset:
        return None
    return task.run(text, _box())


@distribution(
    "code",
    version=1,
    banks=("upstream/apps",),
    cues={
        "longest_words": "bugs are not dealt out evenly: they put in less usual words than were there",
        "response_words": "bugs are not dealt out evenly: they put in less usual words than were there",
        "response_characters": "bugs are not dealt out evenly: they put in less usual words than were there",
    },
    profile="upstream",
)
def code() -> Solutions:
    """Programming problems of APPS: a right program against two with one bug each and one with both.

    Statements and programs beyond some length are left out, as are problems with fewer than three tests. One bug makes
    the program longer and the other shorter, or neither does. Unlike those of the embedded distribution of this name,
    bugs are not dealt out so that their words even each other out: runs of letters alone told 64 of 100 pairs (540 of
    them, from our own problems in the form of APPS, before the rule on length).
    """
    return Solutions()


@distribution(
    "code_hard",
    version=1,
    banks=("upstream/apps",),
    cues={
        "longest_words": "bugs are not dealt out evenly: they put in less usual words than were there",
        "response_words": "bugs are not dealt out evenly: they put in less usual words than were there",
        "response_characters": "bugs are not dealt out evenly: they put in less usual words than were there",
    },
    profile="upstream",
)
def code_hard() -> Solutions:
    """The problems of `code` that come from competitions."""
    return Solutions("competition")
