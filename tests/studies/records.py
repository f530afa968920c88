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
    """

    kind: str
    accuracy: Fraction
    size: int
    wrong: int
    own: bool
    kinds: frozenset[str]


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
