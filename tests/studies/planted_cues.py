"""`python -m tests.studies.planted_cues`: how often does the audit find what was planted, and how often what was not?

Writes docs/audit_study.md. It takes about twenty minutes on one core, and the same code writes the same figures.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from eval.audit.measure import measure
from tests.project import ROOT
from tests.studies.flaws import FLAWS, LEAKS, SHARES, leaked, tried
from tests.studies.kinds import KINDS
from tests.studies.learnable import READS, calibrated
from tests.studies.plantings import planted
from tests.studies.records import Calibrated, Outcome, Trial
from tests.studies.report import HARD, report

NONE = Fraction(1, 2)
#: Data sets of each kind by pair accuracy and number of examples. Most measured is what is asked of the audit (.65 with
#: 250 examples, .58 with 850) and what must not happen (.5).
PLAN = {
    (NONE, 250): 11,
    (Fraction(55, 100), 250): 3,
    (Fraction(58, 100), 250): 3,
    (Fraction(65, 100), 250): 10,
    (Fraction(80, 100), 250): 2,
    (Fraction(1), 250): 1,
    (NONE, 850): 4,
    (Fraction(58, 100), 850): 8,
}
#: The same for cues that must be learned, where most is asked: data sets of each kind, for each way to state accuracy.
LEARNED = 20
#: Of so many data sets of a kind one has more wrong responses than the kind needs; one wrong response is hardest.
EASIER = 5
#: Sizes of the data sets with defects.
SIZES = (250, 850)


def trials() -> Iterator[Trial]:
    """All data sets with cues whose accuracy is that of one who knows the cue."""
    for at, count in PLAN.items():
        for kind in KINDS.values():
            for number in range(LEARNED if kind.list == 2 and at in HARD else count):
                yield trial(kind.name, *at, number)


def learned(found: Calibrated) -> Iterator[Trial]:
    """Data sets with a cue whose accuracy is what a learner attains."""
    for number in range(LEARNED):
        made = trial(found.kind, found.strength, found.size, number)
        yield replace(made, accuracy=found.accuracy, learner=found.learner)


def trial(name: str, accuracy: Fraction, size: int, number: int) -> Trial:
    """Makes and measures one data set.

    Args:
        name: The kind.
        accuracy: The pair accuracy of the cue for one who knows it.
        size: See `Trial`.
        number: Tells the data sets of a kind apart; every fifth has more wrong responses than the kind needs.
    """
    kind = KINDS[name]
    more = number % EASIER == EASIER - 1
    wrong = kind.fewest + (1 + number // EASIER % 2 if more else 0)
    wrong = min(wrong, kind.most)
    examples = planted(kind, accuracy, size, wrong, number)
    flagged = [cue for cue in measure(examples, f"{name} {accuracy} {size} {number}", 0).cues if cue["flagged"]]
    return Trial(
        name,
        accuracy,
        size,
        wrong,
        any(cue["cue"] in kind.finds for cue in flagged),
        frozenset(cue["kind"] for cue in flagged),
    )


def outcomes() -> Iterator[Outcome]:
    """All data sets with defects."""
    for size in SIZES:
        for name, flaw in FLAWS.items():
            for share in flaw.shares:
                yield tried(name, share, size)
        for name in LEAKS:
            for share in SHARES:
                yield leaked(name, share, size)


def main() -> None:
    """Runs the study and writes its page."""
    start = time.process_time()
    with threadpool_limits(1):
        strengths = [found for at in HARD for name in READS for found in calibrated(name, *at)]
        every = chain(trials(), *map(learned, strengths))
        done = list(tqdm(every, unit="set", disable=None))
        broken = list(outcomes())
    minutes = (time.process_time() - start) / 60
    path = ROOT / "docs" / "audit_study.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(report(done, strengths, broken, minutes), encoding="utf-8")
    print(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
