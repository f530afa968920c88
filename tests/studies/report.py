"""The page of the study: tables of what was found and what was not, with exact binomial intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from eval.audit.defects.finding import bounds
from eval.audit.measure import ERROR, ERRORS
from tests.studies.flaws import FLAWS, LEAKS, SHARES
from tests.studies.kinds import KINDS
from tests.studies.learnable import LEARNERS
from tests.studies.records import Calibrated, Outcome, Trial

NONE = Fraction(1, 2)
#: What is asked of the audit: this share of the cues at these pair accuracies and sizes.
ASKED = 0.95
HARD = ((Fraction(65, 100), 250), (Fraction(58, 100), 850))
INTRODUCTION = """# How much the audit finds, and how often it is wrong

`make study` writes this page. It plants every kind of cue and defect that the audit looks for into preference data made
up for the purpose (`tests/studies/`), audits them, and counts. All streams are keyed, so the same code gives the same
figures. Intervals in brackets are exact binomial ones of 95 %.

**Pair accuracy.** A planted cue of pair accuracy p ranks a pair, the right response against one wrong one, right with
probability p, ties counting half; examples are drawn independently. The strengths of an example's responses are dealt
at random, but with probability 2p - 1 the right response gets the greatest. With one wrong response that is a coin of
probability p for each pair. The accuracy in the data at hand scatters about p as in any sample. Some cues are graded
(length, say); of the others one response of the example has the cue and no other. At p = .5 nothing is planted: those
are the clean data.

**A cue that must be learned** (list 2) has several such accuracies. One who *knows* it, say the twelve words of the
lexicon and what each of them means, ranks so many pairs right; a *learner* attains less on examples that it has not
seen, since it has to find the cue first. What labels give away is what can be learned, so the accuracy that is asked
about is the learner's. How strongly a cue must be planted for that is found by trying: scikit-learn's
`LogisticRegression` on the right response's features less the wrong one's (words, runs of three characters, words of
the prompt with the place or with the response; 0 or 1, no intercept) learns from four fifths of n examples, as
cross-validation in five folds does, and is tested on 400 others, in 20 data sets at each of six strengths; a parabola
through the means says where it attains the accuracy. But no one learner stands for all: with the penalty that
scikit-learn sets (`C=1`) it learns these cues badly, and with one a hundred times as strong (`C=0.01`) about as well as
can be. Both are shown, and beside them one who knows the cue.

**Hard cases.** Four of five data sets have the fewest wrong responses that a kind allows: one, or two where the cue
compares three candidates. Every fifth has one or two more. The texts are short (about 60 to 150 characters) and vary in
length, digits, marks, capitals, lines and layout by themselves; where it can be done, a cue is planted by choosing
which text is right, without touching any. The readers that decide how strong a text is are the study's own.

**Detected** means that a cue of the planted kind is flagged (*own*), under any of its names in the audit; *any* counts
every flagged cue.
"""
WHY = """## Why not more

A cue that decides the n pairs of n examples lies (2p - 1) √n standard errors from chance, give or take one: 4.7 in both
cases asked for. Some thirty rules may alarm together in 4 % of clean data sets, which puts the limit at about 3.0. So
96.6 % of the cues with .65 in 250 and 95.4 % of those with .58 in 850 can be found by a rule, and more only where an
example has several wrong responses, or where the family's error or the family itself is another.

A probe must learn from the same examples what it is tested on. What it learned in one fold hangs together with what it
learned in another, so that refits on labels that say nothing scatter a third wider than coins: what attains .65 in 250
lies only about 3.6 of such deviations from chance, and the limit of all probes together is about 2.9. The probes find
what `C=1` attains because they learn more from the same examples than it does (about .72 where it attains .65). Where a
learner attains no more than they do, some cues are missed; and of a cue that only who knows it could use at .65, more.
"""


def report(
    trials: Sequence[Trial], strengths: Sequence[Calibrated], outcomes: Sequence[Outcome], minutes: float
) -> str:
    """The page as Markdown.

    Args:
        trials: What became of the data sets with cues.
        strengths: How strongly cues were planted that a learner attains.
        outcomes: What became of the data sets with defects.
        minutes: Processor time that it took.
    """
    split = ", ".join(f"{name}s {error:.3g}" for name, error in ERRORS.items())
    known = [trial for trial in trials if trial.learner is None]
    parts = [
        INTRODUCTION,
        f"The family of all cues may raise a false alarm in {ERROR:.0%} of clean data sets; {split}.\n",
        _hard(trials),
        _learned(trials, strengths),
        WHY,
        _alarms(known),
        _curves(known),
        _kinds(known),
        _defects(outcomes),
        f"\nThe whole took {minutes:.0f} minutes of one core.\n",
    ]
    return "\n".join(parts)


def _share(found: Iterable[bool]) -> str:
    """A share of some trials with its interval."""
    hits = [float(each) for each in found]
    if not hits:
        return "-"
    low, high = bounds(hits, [1.0] * len(hits))
    return f"{sum(hits) / len(hits):.3f} [{low:.3f}, {high:.3f}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["-" * 3] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _at(trials: Iterable[Trial], accuracy: Fraction, size: int) -> list[Trial]:
    return [trial for trial in trials if (trial.accuracy, trial.size) == (accuracy, size)]


def _in(number: int) -> Callable[[Trial], bool]:
    return lambda trial: KINDS[trial.kind].list == number


LISTS: tuple[tuple[str, Callable[[Trial], bool]], ...] = (("list 1, own", _in(1)), ("list 2, own", _in(2)))


def _of(learner: str | None) -> Callable[[Trial], bool]:
    """Cues that must be learned, of a pair accuracy that is such a one's."""
    return lambda trial: KINDS[trial.kind].list == 2 and trial.learner == learner


#: What is asked for counts a cue that must be learned by what the learner of the first row attains.
GROUPS: tuple[tuple[str, Callable[[Trial], bool]], ...] = (
    ("all kinds, as the next two rows", lambda trial: _in(1)(trial) or _of("default")(trial)),
    ("cues that a rule reads (list 1)", _in(1)),
    ("cues that a probe learns (list 2): what `C=1` attains", _of("default")),
    ("the same: what `C=0.01` attains", _of("penalized")),
    ("the same: what one attains who knows the cue", _of(None)),
)


def _hard(trials: Sequence[Trial]) -> str:
    rows = []
    for accuracy, size in HARD:
        for name, member in GROUPS:
            some = [trial for trial in _at(trials, accuracy, size) if member(trial)]
            own, every = _share(trial.own for trial in some), _share(bool(trial.kinds) for trial in some)
            rows.append([f"{float(accuracy):.2f}", str(size), name, str(len(some)), own, every])
    asked = [trial for trial in trials if GROUPS[0][1](trial)]
    poor = {kind: _poor([trial for trial in asked if trial.kind == kind]) for kind in KINDS}
    missed = [f"{kind} ({', '.join(where)})" for kind, where in poor.items() if where]
    return (
        f"## Detection where {ASKED:.0%} is asked\n\n"
        + _table(["pair accuracy", "examples", "planted", "data sets", "own", "any"], rows)
        + f"\nKinds found (own) in less than {ASKED:.0%} of the sets of all kinds: {'; '.join(missed) or 'none'}.\n"
    )


def _poor(trials: Sequence[Trial]) -> list[str]:
    """Where one kind is found too rarely."""
    counts = [(at, [trial.own for trial in _at(trials, *at)]) for at in HARD]
    return [
        f"{sum(own)} of {len(own)} at {float(accuracy):.2f} with {size}"
        for (accuracy, size), own in counts
        if sum(own) < ASKED * len(own)
    ]


def _learned(trials: Sequence[Trial], strengths: Sequence[Calibrated]) -> str:
    rows = []
    for each in strengths:
        own = [
            trial.own
            for trial in _at(trials, each.accuracy, each.size)
            if (trial.kind, trial.learner) == (each.kind, each.learner)
        ]
        cells = (f"{float(each.strength):.3f}", f"{each.anew:.3f}", f"{sum(own)}/{len(own)}")
        penalty = f"`C={LEARNERS[each.learner]:g}`"
        rows.append([each.kind, f"{float(each.accuracy):.2f}", str(each.size), penalty, *cells])
    head = ["kind", "pair accuracy", "examples", "learner", "planted", "anew", "found"]
    return (
        "## Cues that must be learned\n\n*Planted* is the pair accuracy of one who knows the cue at which the learner "
        "attains the one asked for; *anew* is what it attains there in 20 data sets that had no part in finding that "
        "strength; *found* are the data sets in which the audit flags the cue (own).\n\n" + _table(head, rows)
    )


def _alarms(trials: Sequence[Trial]) -> str:
    clean = [trial for trial in trials if trial.accuracy == NONE]
    sizes = sorted({trial.size for trial in clean})
    rows = [
        [
            name,
            str(len(some)),
            _share(bool(trial.kinds) for trial in some),
            *(
                _share(bool(trial.kinds & family) for trial in some)
                for family in ({"rule", "order"}, {"token"}, {"probe"})
            ),
        ]
        for name, some in [
            *((f"{size} examples", [trial for trial in clean if trial.size == size]) for size in sizes),
            ("all", clean),
        ]
    ]
    return "## False alarms on clean data\n\n" + _table(
        ["", "data sets", "any cue", "rules and order", "tokens", "probes"], rows
    )


def _curves(trials: Sequence[Trial]) -> str:
    places = sorted({(trial.size, trial.accuracy) for trial in trials})
    rows = [
        [
            f"{float(accuracy):.2f}",
            str(size),
            *(_share(trial.own for trial in _at(trials, accuracy, size) if member(trial)) for _, member in LISTS),
            _share(bool(trial.kinds) for trial in _at(trials, accuracy, size)),
        ]
        for size, accuracy in places
    ]
    return "## From none to full\n\nAccuracies are those of one who knows the cue, here and below.\n\n" + _table(
        ["pair accuracy", "examples", *(name for name, _ in LISTS), "any"], rows
    )


def _kinds(trials: Sequence[Trial]) -> str:
    places = sorted({(trial.size, trial.accuracy) for trial in trials if trial.accuracy != NONE})
    rows = []
    for name, kind in KINDS.items():
        own = [trial for trial in trials if trial.kind == name]
        cells = []
        for size, accuracy in places:
            some = _at(own, accuracy, size)
            cells.append(f"{sum(trial.own for trial in some)}/{len(some)}")
        rows.append([name, str(kind.list), *cells])
    head = ["kind", "list", *(f"{float(accuracy):.2f}, {size}" for size, accuracy in places)]
    return "## Each kind\n\nFound (own) of planted, by pair accuracy and number of examples.\n\n" + _table(head, rows)


def _defects(outcomes: Sequence[Outcome]) -> str:
    clean = [outcome for outcome in outcomes if not outcome.share]
    planted = [outcome for outcome in outcomes if outcome.share]
    rows = [
        [
            f"{share} %",
            str(len(some)),
            _share(outcome.found for outcome in some),
            _share(outcome.counted for outcome in some if outcome.found),
        ]
        for share in sorted({outcome.share for outcome in planted})
        if (some := [outcome for outcome in planted if outcome.share == share])
    ]
    missed = sorted({f"{outcome.flaw} at {outcome.share} %" for outcome in planted if not outcome.found})
    alarms = _share(outcome.found or outcome.others > 0 for outcome in clean)
    beside = sum(outcome.others > 0 for outcome in planted)
    shares = ", ".join(f"{share} %" for share in SHARES)
    return (
        f"## Defects\n\n{len(FLAWS)} kinds of defect within a distribution and {len(LEAKS)} of what test takes over "
        f"from train, planted in {shares} of the examples, with 250 and with 850 examples; 90 % where the defect is "
        "one of the whole distribution, such as a constant answer. *Counted* means that the planted number lies within "
        "the reported interval.\n\n"
        + _table(["planted in", "data sets", "found", "counted, of those found"], rows)
        + f"\nNot found: {', '.join(missed) or 'none'}. What is told from a template, which 5 % of the prompts must "
        "share, is not told below that (5 % is planted in an even number, 12 of 250 or 42 of 850, just below).\n\n"
        f"False alarms: {alarms} of {len(clean)} data sets without a defect had any finding. {beside} of "
        f"{len(planted)} with one had a finding that does not come with it.\n"
    )
