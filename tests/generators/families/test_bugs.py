"""The kinds of bug: what each makes of a program, and that what is kept of it is a bug."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.families.code.bugs.edits import all_apart, apart, edited
from generators.families.code.bugs.found import Bug, bugs, is_bug
from generators.families.code.bugs.kinds import KINDS, Program, edits
from generators.families.code.bugs.oddities import oddities
from generators.families.code.problems import problem, records
from tests.project import ROOT

SOME = list(records())[::25]

#: For each kind a body of `f(a, b, rows)`, and what it may become; lines are indented below the head.
MADE: Sequence[tuple[str, str, str]] = [
    ("boundary", "return a < b", "return a <= b"),
    ("negation", "return a == b", "return a != b"),
    ("negation", "if a:\n    return 1", "if not a:\n    return 1"),
    ("negation", "return [x for x in rows if not x]", "return [x for x in rows if x]"),
    ("comparison", "return a < b", "return a > b"),
    ("arithmetic", "return a // b", "return a % b"),
    ("connective", "return a and b", "return a or b"),
    ("update", "a += b\nreturn a", "a -= b\nreturn a"),
    ("update", "a += b\nreturn a", "a = b\nreturn a"),
    ("update", "a = b\nreturn a", "a += b\nreturn a"),
    ("off_by_one", "return rows[a]", "return rows[a - 1]"),
    ("off_by_one", "return rows[a + 1]", "return rows[a]"),
    ("off_by_one", "return rows[1:]", "return rows[:]"),
    ("off_by_one", "return list(range(a))", "return list(range(1, a))"),
    ("initial_value", "n = 0\nfor x in rows:\n    n += 1\nreturn n", "n = 1\nfor x in rows:\n    n += 1\nreturn n"),
    ("constant", "return a + 3", "return a + 4"),
    ("constant", "return True", "return False"),
    ("text", "return ' '.join(rows)", "return ''.join(rows)"),
    ("variable", "return rows[a]", "return rows[b]"),
    ("function", "return min(rows)", "return max(rows)"),
    ("function", "return abs(a)", "return a"),
    ("method", "rows.append(a)\nreturn rows", "rows.insert(0, a)\nreturn rows"),
    ("method", "return rows.pop()", "return rows.pop(0)"),
    ("argument_order", "return divmod(a, b)", "return divmod(b, a)"),
    ("argument_order", "return a - b", "return b - a"),
    ("alias", "c = rows[:]\nreturn c", "c = rows\nreturn c"),
    ("alias", "c = rows\nreturn c", "c = rows[:]\nreturn c"),
    ("alias", "return [[0] * a for x in range(b)]", "return [[0] * a] * b"),
    ("early_return", "for x in rows:\n    a += x\nreturn a", "for x in rows:\n    a += x\n    return a"),
    ("indentation", "for x in rows:\n    a += x\n    b += 1\nreturn b", "for x in rows:\n    a += x\nb += 1\nreturn b"),
    ("indentation", "b = 0\nfor x in rows:\n    b += x\nreturn b", "for x in rows:\n    b = 0\n    b += x\nreturn b"),
    ("elif_or_if", "if a:\n    b = 1\nelif b:\n    b = 2\nreturn b", "if a:\n    b = 1\nif b:\n    b = 2\nreturn b"),
    ("elif_or_if", "if a:\n    b = 1\nif b:\n    b = 2\nreturn b", "if a:\n    b = 1\nelif b:\n    b = 2\nreturn b"),
    ("branches", "if a:\n    b = 1\nelse:\n    b = 2\nreturn b", "if a:\n    b = 2\nelse:\n    b = 1\nreturn b"),
    ("order", "a = b\nb = 1\nreturn a", "b = 1\na = b\nreturn a"),
    ("leaving", "for x in rows:\n    break\nreturn a", "for x in rows:\n    continue\nreturn a"),
    ("edge_case", "if a < 1:\n    return 0\nreturn b // a", "return b // a"),
    ("edge_case", "return a + 5", "if a == 1:\n    return 0\nreturn a + 5"),
    ("forgotten", "a += 1\nreturn a", "return a"),
    ("needless", "for x in rows:\n    a += x\nreturn a", "for x in rows:\n    a += x\na += x\nreturn a"),
    (
        "needless",
        "for x in rows:\n    if x:\n        a += x\nreturn a",
        "for x in rows:\n    if x:\n        a += x\n        break\nreturn a",
    ),
]


def function(body: str) -> str:
    """A program of a body."""
    indented = "".join(f"\n    {line}" for line in body.splitlines())
    return f"def f(a, b, rows):{indented}"


@pytest.mark.parametrize(("kind", "before", "after"), MADE)
def test_each_kind_makes_its_mistake(kind: str, before: str, after: str) -> None:
    source = function(before)
    program = Program(source, {"a": {int}, "b": {int}, "x": {int}, "rows": {list}}, frozenset({int}))
    made = [edited(source, [edit]) for edit in edits(program, kind)]
    assert function(after) in made
    assert all(ast.unparse(ast.parse(text)) == text for text in made)


def test_every_kind_is_tried_above() -> None:
    assert {kind for kind, _, _ in MADE} == set(KINDS)
    assert len(KINDS) >= 15


def solutions() -> Sequence[tuple[str, int]]:
    """All solutions of some problems."""
    return [(name, number) for name in SOME for number in range(len(problem(name).solutions))]


@pytest.mark.parametrize(("name", "number"), solutions())
def test_every_bug_fares_as_one(name: str, number: int) -> None:
    each = problem(name)
    source = each.solutions[number]
    found = bugs(name, number)
    assert len(found) >= 2
    assert len({bug.text for bug in found} | {source}) == len(found) + 1
    for bug in found:
        assert bug.kind in KINDS
        assert edited(source, [bug.edit]) == bug.text == ast.unparse(ast.parse(bug.text))
        report = each.run(bug.text)
        assert 0 < report.passed < report.tests
        assert not report.endless
        assert 2 * report.crashed <= report.tests
        assert oddities(bug.text) <= oddities(source)


def test_most_kinds_find_bugs_in_the_bank() -> None:
    found = {bug.kind for name, number in solutions() for bug in bugs(name, number)}
    assert len(found) >= 15


def test_the_right_program_and_one_that_never_passes_are_no_bugs() -> None:
    each = problem("count_peaks")
    assert not is_bug(each, each.solution, each.solution)
    assert not is_bug(each, each.solution, "def count_peaks(values):\n    return -1")
    assert not is_bug(each, each.solution, "def count_peaks(values):\n    while True:\n        pass")
    assert is_bug(each, each.solution, each.solution.replace("peaks += 1", "peaks += 2"))


@pytest.mark.parametrize(
    "odd",
    [
        "return a < a",
        "return a + 0",
        "return 1 * a",
        "return 2 - 1",
        "a = a",
        "a += 0",
        "return a and a",
        "return min(a, a)",
        "return rows[a:a]",
        "return a\nreturn b",
        "a += 1\na += 1",
        "return 'a' < b",
    ],
)
def test_what_nobody_writes_is_odd(odd: str) -> None:
    assert oddities(function(odd)) == 1


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_edits_at_distinct_places_go_together_in_any_order(data: st.DataObject) -> None:
    name, number = data.draw(st.sampled_from(solutions()))
    source = problem(name).solutions[number]
    chosen: list[Bug] = []
    for bug in data.draw(st.permutations(bugs(name, number))):
        if all(apart(bug.edit, other.edit) for other in chosen):
            chosen.append(bug)
    chosen = chosen[:4]
    assert all_apart([bug.edit for bug in chosen])
    text = edited(source, [bug.edit for bug in chosen])
    assert text == edited(source, [bug.edit for bug in chosen[::-1]])
    assert ast.unparse(ast.parse(text)) == text
    assert text not in (source, chosen[0].text) or len(chosen) == 1


def test_bugs_do_not_hang_on_the_order_of_sets() -> None:
    code = (
        "from generators.families.code.bugs.found import bugs\n"
        f"print([bug.text for name in {SOME[:3]!r} for bug in bugs(name, 0)])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{[bug.text for name in SOME[:3] for bug in bugs(name, 0)]}\n".encode()}
