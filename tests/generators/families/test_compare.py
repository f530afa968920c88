"""The prover's own count of bugs: differences of two programs are found whatever they are, and counted rightly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.families.code.bugs.edits import apart, edited
from generators.families.code.bugs.found import bugs
from generators.families.code.compare import all_count, differences, nearest, shows
from generators.families.code.problems import as_problem, problem, records
from generators.families.code.running import OutsideSubset

SOME = [name for name in list(records())[::15] if problem(name).level == 1] or list(records())[:5]

PROGRAM = """def f(a, b):
    total = 0
    while a < b and a != 0:
        total += a
        a += 1
    if total > 9:
        b = total
        a = 2
    elif a:
        b = 1
    return [a - b, -1]"""


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ([], 0),
        ([("<", "<=")], 1),
        ([("<", "<="), ("-1", "b")], 2),
        ([("and", "or"), ("total += a", "total -= a")], 2),
        ([("0\n    while", "1\n    while"), ("!= 0", "!= 3"), ("9", "8"), ("b = 1", "b = 0")], 4),
        ([("!= 0", "!= False")], 1),
        ([("a - b", "b - a")], 1),
        ([("[a - b, -1]", "[-1, a - b]")], 1),
        ([("a - b", "abs(a - b)")], 1),
        ([("        a += 1\n", "        a += 1\n        b = 1\n")], 1),
        ([("        total += a\n", "")], 1),
        ([("    total = 0\n", ""), ("        b = total\n        a = 2\n", "        a = 2\n        b = total\n")], 2),
        ([("        a += 1\n    if", "    a += 1\n    if")], 1),
        ([("    return [a - b, -1]", "        return [a - b, -1]")], 1),
        ([("elif", "if")], 1),
        ([("elif a", "if not a")], 2),
        ([("a += 1", "a = 1")], 1),
        ([("while", "if")], 1),
    ],
)
def test_differences_are_counted_wherever_they_are(changed: Sequence[tuple[str, str]], count: int) -> None:
    source = PROGRAM
    for old, new in changed:
        assert source.count(old) == 1
        source = source.replace(old, new)
    found = differences(PROGRAM, source)
    assert edited(PROGRAM, found) == source
    assert len(found) == count


@pytest.mark.parametrize("other", ["def g(a, b):\n    return 1", "def f(a, b)\n    return 1", "f = 1"])
def test_what_is_not_the_same_function_is_refused(other: str) -> None:
    with pytest.raises(OutsideSubset):
        differences(PROGRAM, other)


@given(st.data())
@settings(deadline=None, max_examples=80)
def test_the_differences_make_one_program_of_another(data: st.DataObject) -> None:
    """Any two programs for one problem, however far apart."""
    each = problem(data.draw(st.sampled_from(SOME)))
    texts = [*each.solutions, *(bug.text for number in range(len(each.solutions)) for bug in bugs(each.id, number))]
    one, other = data.draw(st.sampled_from(texts)), data.draw(st.sampled_from(texts))
    found = differences(one, other)
    assert edited(one, found) == other
    assert (not found) == (one == other)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_two_planted_bugs_are_mostly_seen_as_two(data: st.DataObject) -> None:
    each = problem(data.draw(st.sampled_from(SOME)))
    found = bugs(each.id, 0)
    one, other = data.draw(st.sampled_from(found)), data.draw(st.sampled_from(found))
    if len(differences(each.solution, one.text)) != 1:
        assert not shows(each.solution, [one.edit], one.text)
    if one is not other and apart(one.edit, other.edit):
        both = edited(each.solution, [one.edit, other.edit])
        assert differences(each.solution, both)
        assert not shows(each.solution, [one.edit], both)
        if len(differences(each.solution, both)) != 2:
            assert not shows(each.solution, [one.edit, other.edit], both)


def test_two_edits_that_look_like_a_move_are_not_one_of_them() -> None:
    moved = PROGRAM.replace("        a += 1\n    if", "    a += 1\n    if")
    move = differences(PROGRAM, moved)
    (gone,) = differences(PROGRAM, PROGRAM.replace("        a += 1\n", ""))
    assert len(move) == 1
    assert shows(PROGRAM, move, moved)
    assert not shows(PROGRAM, [gone], moved)


def test_a_program_with_its_branches_exchanged_is_nearest_to_the_one_it_was_made_of() -> None:
    branches = ["        a = max(a, b) + min(a, b) + 1\n        b = a * a\n", "        b = max(a, b) - min(a, b) - 1\n"]
    program = "def f(a, b):\n    if a < b:\n{}    else:\n{}    return b"
    own, exchanged = program.format(*branches), program.format(*branches[::-1])
    other = "def f(a, b):\n    if a <= b + 1 and b:\n        b = 1\n    else:\n        a = 2\n    return a - b"
    assert len(differences(own, exchanged)) == 1
    assert nearest([other, own], [exchanged]) == own


def test_nearly_every_bug_is_seen_as_one() -> None:
    seen = [shows(problem(name).solution, [bug.edit], bug.text) for name in SOME for bug in bugs(name, 0)]
    assert sum(seen) >= 0.9 * len(seen)


def test_a_set_of_differences_that_makes_a_right_program_does_not_count() -> None:
    solution = "def count_peaks(values):\n    a = 1\n    return len(values) - 1 + a"
    oracle = "def oracle(values):\n    return len(values)"
    each = as_problem({**records()["count_peaks"], "oracle": oracle, "solutions": [solution]})
    for right, wrong in {"a = 1": "a = 2", "- 1": "- 2"}.items():
        source = solution.replace(right, wrong)
        assert all_count(each, solution, differences(solution, source), {})
    both = solution.replace("a = 1", "a = 2").replace("- 1", "- 2")
    assert not all_count(each, solution, differences(solution, both), {})
