"""Marks of code, read only where the responses of an example look like programs."""

from __future__ import annotations

import ast
import re
import warnings

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table

#: A statement of Python at the start of a line; a response without any is no program.
PROGRAM = re.compile(
    r"^\s*(?:def \w+\s*\(|class \w+|import \w+|from \w+ import |for \w+.* in .*:|while .*:|print\()", re.M
)
COMMENT = re.compile(r"(?:^|\s)#\s*\S", re.MULTILINE)
#: Longer programs are not parsed: the parser's cost and recursion grow with them.
LONGEST = 20_000


@cue("most_comments", "more commented", "less commented")
def most_comments(table: Table) -> Floats:
    """Number of Python comments."""
    return np.array([float(len(COMMENT.findall(text))) if program(text) else np.nan for text in table.texts])


@cue("parses", "parsing", "unparsable")
def parses(table: Table) -> Floats:
    """Whether it parses as Python."""
    return np.array([float(sound(text)) if program(text) else np.nan for text in table.texts])


def program(text: str) -> bool:
    """Whether a text looks like a Python program."""
    return "\n" in text and len(text) < LONGEST and PROGRAM.search(text) is not None


def sound(text: str) -> bool:
    """Whether a program parses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
