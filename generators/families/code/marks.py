"""What of a program can be seen without reading it: its words, its runs of letters, its measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sized
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"\w+|[^\w\s]")
_NUMBER = re.compile(r"\d+")
#: Letters that make a run.
RUN = 3


@lru_cache(maxsize=1000)
def marks(text: str) -> frozenset[str]:
    """The words and signs of a program, and all its runs of letters."""
    runs = (text[i : i + RUN] for i in range(len(text) - RUN + 1))
    return frozenset(chain((f"word {word}" for word in _WORD.findall(text)), runs))


def measures(text: str, statement: str) -> Mapping[str, int]:
    """The measures of a program: lengths, and shares in millionths.

    Args:
        text: The program.
        statement: What it should do.
    """
    words, numbers = _WORD.findall(text), _NUMBER.findall(text)
    different, asked = set(words), set(_WORD.findall(statement))
    named = {word for word in different if word[0].isalnum()}
    return {
        "characters": len(text),
        "lines": text.count("\n"),
        "words": len(words),
        "digits": sum(map(str.isdigit, text)),
        "length of words": _share(sum(map(len, words)), words),
        "space": _share(sum(map(str.isspace, text)), text),
        "signs": _share(sum(not sign.isalnum() and not sign.isspace() for sign in text), text),
        "capitals": _share(sum(map(str.isupper, text)), text),
        "variety": _share(len(different), words),
        "words of the statement": _share(len(named & asked), named),
        "last number": int(numbers[-1]) if numbers else -1,
    }


def _share(part: int, whole: Sized) -> int:
    return 10**6 * part // len(whole)


def leaning(right: str, wrong: str, statement: str) -> Mapping[str, int]:
    """What two programs differ in at sight: 1 where the first has it or has more of it, -1 where the second.

    Args:
        right: The first program.
        wrong: The second.
        statement: What both should do.
    """
    one, other = marks(right), marks(wrong)
    found = {**dict.fromkeys(sorted(one - other), 1), **dict.fromkeys(sorted(other - one), -1)}
    ours, theirs = measures(right, statement), measures(wrong, statement)
    signs = {f"more {name}": (ours[name] > theirs[name]) - (ours[name] < theirs[name]) for name in ours}
    return found | {name: sign for name, sign in signs.items() if sign}
