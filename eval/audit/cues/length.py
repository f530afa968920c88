"""How long a response is, in several units."""

from __future__ import annotations

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table


@cue("longest", "longer", "shorter")
def longest(table: Table) -> Floats:
    """Number of characters."""
    return np.array([len(text) for text in table.texts], dtype=np.float64)


@cue("most_words", "wordier", "less wordy", kin=("longest",))
def most_words(table: Table) -> Floats:
    """Number of tokens: words, and every other sign by itself."""
    return np.array([len(words) for words in table.words], dtype=np.float64)


@cue("most_lines", "more-lined", "fewer-lined", kin=("longest",))
def most_lines(table: Table) -> Floats:
    """Number of line ends."""
    return np.array([text.count("\n") for text in table.texts], dtype=np.float64)


@cue("longest_words", "longer-worded", "shorter-worded")
def longest_words(table: Table) -> Floats:
    """Mean length of its tokens."""
    return np.array([sum(map(len, words)) / len(words) if words else np.nan for words in table.words])
