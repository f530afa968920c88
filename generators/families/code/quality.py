"""Programs none of which is right: one bug against three and five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.core.streams import digest
from generators.families.code.bugs.edits import Edit, all_apart, edited
from generators.families.code.bugs.found import Bug, bugs
from generators.families.code.compare import all_count, shows
from generators.families.code.places import Place, Tier, all_dealt
from generators.families.code.problems import Problem, problem
from generators.families.code.programs import asked, counted, fared, faulty, model
from generators.families.code.running import OutsideSubset
from generators.families.prompts import instruction

#: Ways to ask for a program that may have faults.
FORMS = (
    "{statement} Use Python. The program need not be right; come as close to a right one as you can.",
    "Solve this in Python. {statement} A faulty program is acceptable, but it should need as few corrections as "
    "possible.",
    "Here is a small programming task for Python.\n\n{statement}\n\nNobody expects it to work at once: the fewer "
    "mistakes, the better.",
    "{statement} Write it in Python. It may contain bugs; what counts is how few of them there are.",
    "I need a first draft in Python that I will repair myself. {statement} The less there is to repair, the better.",
)
#: Bugs in the programs of an example.
BUGS = (1, 3, 3, 5)
#: Pairs that a place may be in.
USES = 3
#: Shared bugs tried before an example is passed over.
TRIES = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places of one right program, all their bugs at distinct places."""

    one: Place
    other: Place

    @property
    def edits(self) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
        """The edits of either place."""
        return tuple(bug.edit for bug in self.one.bugs), tuple(bug.edit for bug in self.other.bugs)


def _pairs(places: Sequence[Place]) -> Iterator[Pair]:
    """Places of one right program, two by two, each in as many pairs as may be, in an order of its own."""
    times: Counter[str] = Counter()
    ordered = sorted(places, key=lambda place: digest("pair", place.key))
    for one, other in combinations(ordered, 2):
        if max(times[one.key], times[other.key]) < USES and _fit(one, other):
            times.update((one.key, other.key))
            yield Pair(one, other)


def _fit(one: Place, other: Place) -> bool:
    return all_apart([bug.edit for bug in (*one.bugs, *other.bugs)])


class LowQuality:
    """Writes and proves programs with few and with many bugs.

    Args:
        tiers: Of which problems; of all where none is named.
    """

    def __init__(self, *tiers: Tier) -> None:
        self._tiers = tiers

    def items(self) -> Sequence[Item]:
        """Pairs of places of one right program."""
        by_program: dict[tuple[str, int], list[Place]] = {}
        for place in all_dealt(*self._tiers):
            by_program.setdefault((place.problem, place.number), []).append(place)
        pairs = [pair for places in by_program.values() for pair in _pairs(places)]
        return [Item(f"{pair.one.key} {pair.other.key}", pair.one.problem, pair) for pair in pairs]

    def write(self, pair: Pair, rng: Stream) -> Draft:
        """The statement with leave to err; programs with a shared bug, three of them with more."""
        each, number = problem(pair.one.problem), pair.one.number
        shared = rng.shuffled([bug for bug in bugs(each.id, number) if all_apart([bug.edit, *sum(pair.edits, ())])])
        texts = next(filter(None, (_texts(each, pair, bug) for bug in shared[:TRIES])), None)
        if texts is None:
            raise PassOver("no five bugs that count as five")
        prompt = instruction(rng.choice(FORMS).format(statement=each.statement))
        notes = {text: {"bugs": count} for text, count in zip(texts, BUGS, strict=True)}
        return Draft(prompt, texts[0], texts[1:], {"problem": each.id, "bugs": BUGS}, notes)

    def prove(self, question: Question) -> Verdict:
        """Counts the bugs of every program from its text: what it differs in from a right one, each set of them run.

        The right program is the solution that the printed ones are nearest to.
        """
        each = asked(question)
        reports = [fared(each, i, text) for i, text in enumerate(question.texts)]
        if any(report.right for report in reports):
            raise Disproof("a program passes all tests")
        solution = model(each, question.texts)
        counts = counted(each, solution, question.texts)
        if sorted(counts) != sorted(question.meta["bugs"]):
            raise Disproof(f"the programs have {counts} bugs, the example says {question.meta['bugs']}")
        fewest = [i for i, count in enumerate(counts) if count == min(counts)]
        detail = {"tests": len(each.expected), "bugs": counts, "bug_sets_run": sum(2**count - 1 for count in counts)}
        return Verdict(sole(fewest, "have the fewest bugs"), "executed", detail=detail)


def _texts(each: Problem, pair: Pair, shared: Bug) -> list[str] | None:
    """The four programs with a shared bug and those of a pair; None where they would not have as many bugs."""
    source, (one, other) = each.solutions[pair.one.number], pair.edits
    sets = [(shared.edit,), (shared.edit, *one), (shared.edit, *other), (shared.edit, *one, *other)]
    texts = [edited(source, chosen) for chosen in sets]
    try:
        # From the last, which is the least likely to do.
        for chosen, text in [*zip(sets, texts, strict=True)][::-1]:
            if not faulty(each.run(text)) or not shows(source, chosen, text):
                return None
        known = dict.fromkeys((*texts, *(bug.text for bug in (shared, *pair.one.bugs, *pair.other.bugs))), False)
        return texts if all_count(each, source, sets[-1], known) else None
    except OutsideSubset:
        return None


@distribution(
    "code_low_quality",
    version=3,
    banks=("code/*",),
    cues={
        "response_characters": "the more bugs a program has, the farther it is from what programs usually say",
        "most_capitals": "a bug may put something with fewer capitals for a text or a True; more bugs do so more often",
    },
)
def code_low_quality() -> LowQuality:
    """Small Python problems where no program is right: one bug against three, three and five; the first is preferred.

    All four programs share one bug. Four more come in two pairs: the worse programs have the first pair, the second or
    both, so that each place looks either way in two of the four.
    """
    return LowQuality()
