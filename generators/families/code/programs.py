"""Programs to judge: one right against three with bugs, of all problems, of easy and of hard ones.

The programs of an example differ at two places, and each looks either way in two of the four, so none of them is the
odd one out, nor the one that the others are most like. All of them are spelled as `ast.unparse` spells them.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.code.bugs.edits import edited
from generators.families.code.compare import all_count, differences, nearest, shows
from generators.families.code.places import Place, Planted, Tier, all_dealt
from generators.families.code.problems import Problem, problem, records
from generators.families.code.running import OutsideSubset, Report
from generators.families.prompts import instruction

#: Ways to ask for a right program.
FORMS = (
    "{statement} Use Python.",
    "Solve this in Python. {statement}",
    "{statement} Answer with Python code only.",
    "Here is a small programming task for Python.\n\n{statement}",
    "I need a bit of Python. {statement}",
    "{statement} The function must be correct for every input described.",
)

#: The most bugs that one program may have, where one is right.
MOST = 2


def place_items(*tiers: Tier) -> Sequence[Item]:
    """All places of some tiers, of all where none is named, as items (data: a `Place`), grouped by problem."""
    return [Item(place.key, place.problem, place) for place in all_dealt(*tiers)]


def planted_items(*tiers: Tier) -> Sequence[Item]:
    """The bugs of all places of some tiers, one by one, as items (data: a `Planted`), grouped by problem."""
    return [
        Item(f"{place.key}:{i}", place.problem, planted)
        for place in all_dealt(*tiers)
        for i, planted in enumerate(place.planted)
    ]


def programs(place: Place) -> tuple[str, list[str]]:
    """The right program, and the wrong ones: with either bug of a place, and with both.

    Raises:
        PassOver: Both bugs together are not two bugs, or do not look like two.
    """
    source, edits = place.source, [bug.edit for bug in place.bugs]
    wrong = [planted_program(planted) for planted in place.planted]
    both = edited(source, edits)
    if not faulty(problem(place.problem).run(both)):
        raise PassOver("two bugs that make no program with two bugs")
    if not shows(source, edits, both):
        raise PassOver("two bugs that look like others")
    return source, [*wrong, both]


def planted_program(planted: Planted) -> str:
    """A program with one bug.

    Raises:
        PassOver: It does not look like one.
    """
    if not shows(planted.source, [planted.bug.edit], planted.bug.text):
        raise PassOver("a bug that looks like others")
    return planted.bug.text


def faulty(report: Report) -> bool:
    """Whether a program fares as one with bugs should: it halts, fails some tests, passes some, and seldom crashes."""
    return not report.endless and 0 < report.passed < report.tests and 2 * report.crashed <= report.tests


def asked(question: Question) -> Problem:
    """The problem that a question names, once its statement is found in the prompt.

    Raises:
        Disproof: There is no such problem, or the prompt does not hold its statement.
    """
    name = question.meta["problem"]
    if name not in records() or problem(name).statement not in question.prompt:
        raise Disproof(f"the prompt does not hold the statement of a problem {name!r}")
    return problem(name)


def fared(each: Problem, number: int, text: str) -> Report:
    """How a printed program fares on the tests.

    Raises:
        Disproof: It is outside the subset, or neither right nor faulty in the way of a program with bugs.
    """
    try:
        report = each.run(text)
    except OutsideSubset as fault:
        raise Disproof(f"program {number} has {fault}") from None
    if not report.right and not faulty(report):
        raise Disproof(f"program {number} does not fare like one with bugs: {report}")
    return report


def model(each: Problem, texts: Sequence[str]) -> str:
    """The solution that some printed programs are nearest to.

    Raises:
        Disproof: One of them is another function.
    """
    try:
        return nearest(each.solutions, texts)
    except OutsideSubset as fault:
        raise Disproof(f"a program has {fault}") from None


def counted(each: Problem, solution: str, texts: Sequence[str]) -> list[int]:
    """The bugs in printed programs: their differences from a right one, each set of which must fail a test.

    Args:
        each: The problem.
        solution: The right program.
        texts: Programs that fail a test, but for the right one itself.

    Raises:
        Disproof: Some of the differences are no bugs.
    """
    known = dict.fromkeys((text for text in texts if text != solution), False)
    counts = []
    for i, text in enumerate(texts):
        try:
            found = differences(solution, text)
            real = all_count(each, solution, found, known)
        except OutsideSubset as fault:
            raise Disproof(f"program {i} has {fault}") from None
        if not real:
            raise Disproof(f"some of the {len(found)} differences of program {i} are no bugs")
        counts.append(len(found))
    return counts


def sole_solution(each: Problem, texts: Sequence[str]) -> Verdict:
    """Runs all programs: exactly one passes every test; what the others differ in from it are bugs, one or two each.

    Raises:
        Disproof: That is not so.
    """
    reports = [fared(each, i, text) for i, text in enumerate(texts)]
    right = sole([i for i, report in enumerate(reports) if report.right], "pass all tests")
    bugs = counted(each, texts[right], texts)
    if max(bugs) > MOST:
        raise Disproof(f"the programs have {bugs} bugs, more than {MOST}")
    crashing = sum(report.crashed > 0 for report in reports)
    detail = {"tests": len(each.expected), "crashing_programs": crashing, "bugs": bugs}
    return Verdict(right, "executed", detail=detail)


class Programs:
    """Small Python problems: a right program against three with bugs.

    Args:
        tiers: Which problems; all where none is named.
    """

    def __init__(self, *tiers: Tier) -> None:
        self._tiers = tiers

    def items(self) -> Sequence[Item]:
        """The places of the tiers."""
        return place_items(*self._tiers)

    def write(self, place: Place, rng: Stream) -> Draft:
        """The problem's statement; the solution against the programs with either bug and with both."""
        right, wrong = programs(place)
        prompt = instruction(rng.choice(FORMS).format(statement=problem(place.problem).statement))
        kinds = [bug.kind for bug in place.bugs]
        notes = {right: {"bugs": 0}, **dict(zip(wrong, ({"bugs": 1}, {"bugs": 1}, {"bugs": 2}), strict=True))}
        return Draft(prompt, right, wrong, {"problem": place.problem, "kinds": kinds}, notes)

    def prove(self, question: Question) -> Verdict:
        """Runs every program against the results of the problem's oracle, and counts the bugs."""
        return sole_solution(asked(question), question.texts)


@distribution("code", version=3, banks=("code/*",), pool="code_places")
def code() -> Programs:
    """Small Python problems: a right program against two with one bug each and one with both.

    Problems, solutions and tests are this project's own. A bug is what one of two dozen kinds of mistake makes of a
    program: a wrong comparison or variable, a bound one off, a statement forgotten or at the wrong depth. Every wrong
    program halts on every test, fails some and passes some.

    Of 100 bugs (2,000 test examples), 22 are wrong comparisons, boundaries and negated conditions, 8 wrong variables,
    11 wrong depths and early returns, 17 wrong constants, texts, starts and bounds one off, 11 wrong operators and
    updates, 14 statements forgotten, needless or unneeded special cases, 3 in the wrong order, and the rest wrong
    functions, methods, argument orders, branches, ways out and copies.
    """
    return Programs()


@distribution("code_easy", version=2, banks=("code/*",))
def code_easy() -> Programs:
    """The programs of `code` that are easy: short solutions of the first level, very short ones of the second."""
    return Programs("easy")


@distribution("code_hard", version=2, banks=("code/*",))
def code_hard() -> Programs:
    """The programs of `code` that are hard: long solutions of the third level."""
    return Programs("hard")
