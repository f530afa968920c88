"""Finds the bugs that each program of the bank could have: every kind's edits, run on the tests.

An edit is a *bug* if the program with it still halts on every test, fails some and passes some, so that nobody notices
it at once, crashes on at most half of them and never for want of a variable's value; and if it reads like what a person
would write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Stream, split_of
from generators.families.code.bugs.edits import Edit, edited
from generators.families.code.bugs.kinds import KINDS, Program, edits
from generators.families.code.bugs.oddities import oddities
from generators.families.code.problems import Problem, problem
from generators.families.code.running import OutsideSubset, compiled, outcome, types_seen
from schemas import Split

#: Edits of one kind that are tried in a program, and bugs after which no more are looked for. Finding them is a great
#: part of a build; programs of train, more than twice as many as those of test, need fewer each.
TRIED: Mapping[Split, int] = {"train": 2, "test": 4}
ENOUGH: Mapping[Split, int] = {"train": 10, "test": 32}


@dataclass(frozen=True, slots=True)
class Bug:
    """One bug of a program.

    Attributes:
        kind: Its kind.
        edit: What it does to the tree.
        text: The program with it.
    """

    kind: str
    edit: Edit
    text: str


@cache
def bugs(name: str, number: int) -> tuple[Bug, ...]:
    """Bugs that a solution of a problem could have, of as many kinds as can be, the same in every run.

    Args:
        name: The problem's id.
        number: Which of its solutions.
    """
    each = problem(name)
    source = each.solutions[number]
    seen = types_seen(source, each.arguments)
    program = Program(source, seen, frozenset(map(type, each.expected)))
    found: dict[str, Bug] = {}
    for kind in Stream("kinds", name, number).shuffled(list(KINDS)):
        tried = Stream("bugs", name, number, kind).shuffled(list(edits(program, kind)))
        for edit in tried[: TRIED[split_of(name)]]:
            text = edited(source, [edit])
            if text not in found and text != source and is_bug(each, source, text):
                found[text] = Bug(kind, edit, text)
        if len(found) >= ENOUGH[split_of(name)]:
            break
    return tuple(found.values())


def is_bug(each: Problem, source: str, text: str) -> bool:
    """Whether a program differs from a right one by one natural bug."""
    try:
        function = compiled(text)
    except OutsideSubset:
        return False
    return fares_as_a_bug(each, function) and oddities(text) <= oddities(source)


def fares_as_a_bug(each: Problem, function: Callable[..., Any]) -> bool:
    """Whether a program fares on the tests as one with a bug does; stops at the first test that decides."""
    times = {"passed": 0, "wrong": 0, "crashed": 0}
    for packed, expected in zip(each.arguments, each.expected, strict=True):
        found = outcome(function, packed, expected)
        if found in ("endless", "unbound"):
            return False
        times[found] += 1
        if 2 * times["crashed"] > len(each.arguments):
            return False
    return 0 < times["passed"] < len(each.arguments)
