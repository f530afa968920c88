"""Programs to judge: one right among programs with one bug each, and few bugs against many.

The programs of an example differ from each other in the same places only, so none of them is the odd one out, nor the
one that the others are most like. Everything that is printed is spelled as `ast.unparse` spells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.code.bugs import Site, edited, keeps_shape, slips
from generators.families.code.compare import Difference, all_count, differences
from generators.families.code.places import Place, dealt
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
#: Ways to ask for a program that may have faults.
FORMS_LOW = (
    "{statement} Use Python. The program need not be right; come as close to a right one as you can.",
    "Solve this in Python. {statement} A faulty program is acceptable, but it should need as few corrections as "
    "possible.",
    "Here is a small programming task for Python.\n\n{statement}\n\nNobody expects it to work at once: the fewer "
    "mistakes, the better.",
    "{statement} Write it in Python. It may contain bugs; what counts is how few of them there are.",
    "I need a first draft in Python that I will repair myself. {statement} The less there is to repair, the better.",
)
#: Slips of each place in `code`; and, in `code_low_quality`, places and slips of each.
SLIPS = 3
PLACES_LOW, SLIPS_LOW = 3, 2
#: Times that the places of a problem are dealt anew into examples of `code_low_quality`.
PASSES = 3
#: Shared bugs tried before an example of `code_low_quality` is passed over.
TRIES = 4


def place_items() -> Sequence[Item]:
    """All places with three slips as items (data: a `Place`), grouped by problem."""
    return [
        Item(f"{place.problem}:{place.site.start}:{' '.join(place.slips)}", place.problem, place)
        for place in dealt(SLIPS)
    ]


def programs(place: Place) -> tuple[str, list[str]]:
    """The right program, and one wrong program for each slip of a place."""
    solution = problem(place.problem).solution
    return solution, [edited(solution, {place.site: token}) for token in place.slips]


def asked(question: Question) -> Problem:
    """The problem that a question names, once its statement is found in the prompt.

    Raises:
        Disproof: There is no such problem, or the prompt does not hold its statement.
    """
    name = question.meta["problem"]
    if name not in records() or problem(name).statement not in question.prompt:
        raise Disproof(f"the prompt does not hold the statement of a problem {name!r}")
    return problem(name)


def planted(each: Problem, number: int, text: str) -> tuple[Report, list[Difference]]:
    """How a printed program fares, and the bugs in it as far as the text shows.

    Raises:
        Disproof: It is outside the subset, does not halt, or differs from the solution by more than single tokens.
    """
    try:
        report, found = each.run(text), differences(each.solution, text)
    except OutsideSubset as fault:
        raise Disproof(f"program {number} has {fault}") from None
    if report.endless:
        raise Disproof(f"program {number} does not halt on {report.endless} tests")
    if not all(difference.token for difference in found):
        raise Disproof(f"program {number} differs from a right one by more than single tokens")
    return report, found


def sole_solution(each: Problem, texts: Sequence[str]) -> Verdict:
    """Runs all programs: exactly one passes every test, each other halts and has one token unlike the solution.

    Raises:
        Disproof: That is not so.
    """
    right, crashing = [], 0
    for i, text in enumerate(texts):
        report, found = planted(each, i, text)
        crashing += report.crashed > 0
        if report.right:
            right.append(i)
        elif len(found) != 1:
            raise Disproof(f"program {i} differs from a right one in {len(found)} places, not one")
    detail = {"tests": len(each.expected), "crashing_programs": crashing}
    return Verdict(sole(right, "pass all tests"), "executed", detail=detail)


@distribution(
    "code",
    version=1,
    banks=("code/*",),
    pool="code_places",
    cues={
        "response_words": "a planted bug departs from what programs usually say at that place",
        "response_characters": "the same, read in runs of characters",
    },
)
class Code:
    """Small Python problems: a right program against three with one bug each, all at the same place.

    Problems, solutions and tests are this project's own. Each wrong program has another token at one place (an
    operator, a variable, a number), halts on every test and fails at least one. Some bugs can be seen without the
    statement, as a careful reader sees them; length and order of the responses say nothing, and single words little.
    """

    def items(self) -> Sequence[Item]:
        """All places with three slips."""
        return place_items()

    def write(self, place: Place, rng: Stream) -> Draft:
        """The problem's statement; the solution against the place's slips."""
        right, wrong = programs(place)
        prompt = instruction(rng.choice(FORMS).format(statement=problem(place.problem).statement))
        notes = {right: {"bugs": 0}, **{text: {"bugs": 1} for text in wrong}}
        return Draft(prompt, right, wrong, {"problem": place.problem, "kind": place.site.kind}, notes)

    def prove(self, question: Question) -> Verdict:
        """Runs every program against the results of the problem's oracle."""
        return sole_solution(asked(question), question.texts)


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one problem where the programs of one example of `code_low_quality` differ."""

    problem: str
    places: tuple[Place, ...]


def _groups(name: str, places: Sequence[Place], number: int) -> list[Group]:
    """A problem's places, dealt into groups of different sites by a shuffle of its own; few are left over."""
    left: dict[Site, list[Place]] = {}
    for place in Stream("groups", name, number).shuffled(places):
        left.setdefault(place.site, []).append(place)
    groups = []
    while len(left) >= PLACES_LOW:
        fullest = sorted(left, key=lambda site: -len(left[site]))[:PLACES_LOW]
        groups.append(Group(name, tuple(left[site].pop() for site in sorted(fullest))))
        left = {site: rest for site, rest in left.items() if rest}
    return groups


def _masked(each: Problem, edits: dict[Site, str]) -> bool:
    """Whether some of the edits make a right program; single edits are slips and do not."""
    sets = (chosen for size in range(2, len(edits) + 1) for chosen in combinations(edits.items(), size))
    return any(each.solved_by(edited(each.solution, dict(chosen))) for chosen in sets)


@distribution(
    "code_low_quality",
    version=1,
    banks=("code/*",),
    cues={
        "response_words": "a planted bug departs from what programs usually say at that place",
        "response_characters": "the same, read in runs of characters",
    },
)
class CodeLowQuality:
    """Small Python problems where no program is right: one bug against four, the closest to correct is preferred.

    All three programs share one bug. The two worse ones have three more each, at the same three places but with
    different tokens, so any two of the three programs differ in just these places.
    """

    def items(self) -> Sequence[Item]:
        """Groups of three places of each problem."""
        by_problem: dict[str, list[Place]] = {}
        for place in dealt(SLIPS_LOW):
            by_problem.setdefault(place.problem, []).append(place)
        groups = [
            (f"{name}:{number}:{i}", group)
            for name, places in by_problem.items()
            for number in range(PASSES)
            for i, group in enumerate(_groups(name, places, number))
        ]
        return [Item(key, group.problem, group) for key, group in groups]

    def write(self, group: Group, rng: Stream) -> Draft:
        """The statement with leave to err; programs with a shared bug, two of them with three more."""
        each = problem(group.problem)
        orders = [rng.shuffled(place.slips) for place in group.places]
        sites = [place.site for place in group.places]
        rest = [(site, token) for site, options in slips(group.problem).items() for token in options]
        rest = [(site, token) for site, token in rest if site not in sites]
        for shared in rng.shuffled(rest)[:TRIES]:
            many = [dict([shared, *zip(sites, tokens, strict=True)]) for tokens in zip(*orders, strict=True)]
            texts = [edited(each.solution, edits) for edits in (dict([shared]), *many)]
            if all(self._fits(each, text) for text in texts) and not any(_masked(each, edits) for edits in many):
                break
        else:
            raise PassOver("no four bugs that count as four")
        counts = [1] + [1 + PLACES_LOW] * SLIPS_LOW
        prompt = instruction(rng.choice(FORMS_LOW).format(statement=each.statement))
        notes = {text: {"bugs": bugs} for text, bugs in zip(texts, counts, strict=True)}
        return Draft(prompt, texts[0], texts[1:], {"problem": group.problem, "bugs": counts}, notes)

    @staticmethod
    def _fits(each: Problem, text: str) -> bool:
        """Whether an edited program keeps the solution's structure and halts."""
        return keeps_shape(each.solution, text) and not each.run(text).endless

    def prove(self, question: Question) -> Verdict:
        """Counts the bugs of every program from its text: its differences from the solution, each set of them run."""
        each = asked(question)
        counts = []
        for i, text in enumerate(question.texts):
            _, found = planted(each, i, text)
            if not found or not all_count(each, found):
                raise Disproof(f"some of the {len(found)} differences of program {i} are no bugs")
            counts.append(len(found))
        if sorted(counts) != sorted(question.meta["bugs"]):
            raise Disproof(f"the programs have {counts} bugs, the example says {question.meta['bugs']}")
        fewest = [i for i, count in enumerate(counts) if count == min(counts)]
        detail = {"tests": len(each.expected), "bugs": counts, "bug_sets_run": sum(2**count - 1 for count in counts)}
        return Verdict(sole(fewest, "have the fewest bugs"), "executed", detail=detail)
