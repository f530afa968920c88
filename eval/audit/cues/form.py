"""What a response looks like, whatever it says: place, digits, marks, capitals, layout."""

from __future__ import annotations

import re

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table

#: Marks of Markdown and of lists: emphasis, headings, code, bullets, numbered points, links.
FORMATTING = re.compile(r"\*\*|__|`+|^\s*(?:#{1,6}\s|[-*•]\s|\d+[.)]\s)|\]\(", re.MULTILINE)
PUNCTUATION = re.compile(r"[^\w\s]")
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
STOP = (".", "!", "?", "。", '."', ".)")


@cue("first", "earlier", "later", kind="order")
def first(table: Table) -> Floats:
    """Stands before the other in the file."""
    return -table.position.astype(np.float64)


@cue("most_digits", "more digit-rich", "less digit-rich")
def most_digits(table: Table) -> Floats:
    """Number of digits."""
    return np.array([sum(map(str.isdigit, text)) for text in table.texts], dtype=np.float64)


@cue("most_punctuation", "more punctuated", "less punctuated")
def most_punctuation(table: Table) -> Floats:
    """Share of signs that are neither letters, digits nor spaces."""
    return _share(table, PUNCTUATION)


@cue("most_capitals", "more capitalized", "less capitalized")
def most_capitals(table: Table) -> Floats:
    """Share of capital letters."""
    return _share(table, CAPITAL)


@cue("capital_start", "capital-starting", "lower-case-starting")
def capital_start(table: Table) -> Floats:
    """Whether the first sign is a capital."""
    return np.array([float(text.lstrip()[:1].isupper()) for text in table.texts])


@cue("most_formatting", "more formatted", "less formatted")
def most_formatting(table: Table) -> Floats:
    """Number of Markdown marks and list points."""
    return np.array([len(FORMATTING.findall(text)) for text in table.texts], dtype=np.float64)


@cue("full_stop", "stop-ended", "open-ended")
def full_stop(table: Table) -> Floats:
    """Whether it ends like a sentence."""
    return np.array([float(text.rstrip().endswith(STOP)) for text in table.texts])


@cue("foreign_signs", "less ASCII", "more ASCII")
def foreign_signs(table: Table) -> Floats:
    """Share of signs beyond ASCII: accents, other scripts, typographic quotes."""
    return np.array(
        [0.0 if text.isascii() else sum(sign > "\x7f" for sign in text) / len(text) for text in table.texts]
    )


@cue("most_spaces", "more spaced", "less spaced")
def most_spaces(table: Table) -> Floats:
    """Share of white space: indentation, blank lines, short words."""
    return np.array([sum(map(str.isspace, text)) / max(len(text), 1) for text in table.texts])


@cue("edge_spaces", "space-edged", "trimmed")
def edge_spaces(table: Table) -> Floats:
    """White space before or after the text."""
    return np.array([len(text) - len(text.strip()) for text in table.texts], dtype=np.float64)


def _share(table: Table, pattern: re.Pattern[str]) -> Floats:
    return np.array([len(pattern.findall(text)) / max(len(text), 1) for text in table.texts])
