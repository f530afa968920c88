"""What of a program can be seen without reading it: its words, its runs of letters, its measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

_WORD = re.compile(r"\w+|[^\w\s]")
_NUMBER = re.compile(r"\d+")
#: Letters that make a run.
RUN = 3


def marks(text: str) -> frozenset[str]:
    """The words and signs of a program, and all its runs of letters."""
    runs = (text[i : i + RUN] for i in range(len(text) - RUN + 1))
    return frozenset(chain((f"word {word}" for word in _WORD.findall(text)), runs))


def measures(text: str) -> Mapping[str, int]:
    """The measures of a program: lengths, and shares in millionths."""
    words = _WORD.findall(text)
    numbers = _NUMBER.findall(text)
    return {
        "characters": len(text),
        "lines": text.count("\n"),
        "words": len(words),
        "digits": sum(map(str.isdigit, text)),
        "length of words": 10**6 * sum(map(len, words)) // len(words),
        "space": 10**6 * sum(map(str.isspace, text)) // len(text),
        "signs": 10**6 * sum(not letter.isalnum() and not letter.isspace() for letter in text) // len(text),
        "last number": int(numbers[-1]) if numbers else -1,
    }


def leaning(right: str, wrong: str) -> Mapping[str, int]:
    """What two programs differ in at sight: 1 where the first has it or has more of it, -1 where the second."""
    one, other = marks(right), marks(wrong)
    found = {**dict.fromkeys(sorted(one - other), 1), **dict.fromkeys(sorted(other - one), -1)}
    ours, theirs = measures(right), measures(wrong)
    signs = {f"more {name}": (ours[name] > theirs[name]) - (ours[name] < theirs[name]) for name in ours}
    return found | {name: sign for name, sign in signs.items() if sign}
