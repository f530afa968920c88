"""What the study keeps of every data set that it made and audited."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one data set.

    Attributes:
        kind: What was planted.
        accuracy: The pair accuracy of the planted cue; a half plants nothing.
        size: Examples.
        wrong: Wrong responses an example.
        own: Whether the audit flagged the planted cue, under any of its names.
        kinds: The kinds of cue that it flagged: `rule`, `order`, `token` or `probe`.
        learner: Who attains the pair accuracy: a learner, by its name, that has to learn the cue from four fifths of
            the examples; or, if None, one who knows it.
    """

    kind: str
    accuracy: Fraction
    size: int
    wrong: int
    own: bool
    kinds: frozenset[str]
    learner: str | None = None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How strongly a cue is planted so that a learner attains a pair accuracy.

    Attributes:
        kind: What is planted.
        accuracy: The pair accuracy that the learner shall attain.
        size: Examples, of which it sees four fifths.
        learner: The learner's name.
        strength: The pair accuracy for one who knows the cue.
        anew: What the learner attains in data that had no part in finding the strength.
    """

    kind: str
    accuracy: Fraction
    size: int
    learner: str
    strength: Fraction
    anew: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planting.

    Attributes:
        flaw: The flaw's name.
        share: Percent of the examples that it was planted in.
        size: Examples.
        found: Whether it is reported.
        counted: Whether the planted count lies within the reported interval.
        others: Other findings that the flaw does not bring with it.
    """

    flaw: str
    share: int
    size: int
    found: bool
    counted: bool
    others: int
