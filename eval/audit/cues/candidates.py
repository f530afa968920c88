"""How a response stands among the other candidates of its example: extreme, middling, alike, odd one out.

All of these tie where an example has two responses, apart from the numeric ones.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
#: Tokens of a response that are compared place by place.
PLACES = 200


@cue("largest_number", "larger-numbered", "smaller-numbered")
def largest_number(table: Table) -> Floats:
    """Its last number."""
    return last_numbers(table)


@cue("middle_number", "middle-numbered", "extreme-numbered")
def middle_number(table: Table) -> Floats:
    """Nearness of its last number to the median of the candidates' last numbers."""
    numbers = last_numbers(table)
    result = np.full(len(numbers), np.nan)
    for start, stop in table.spans:
        own = numbers[start:stop]
        if np.isfinite(own).sum() > 2:
            result[start:stop] = -np.abs(own - np.nanmedian(own))
    return result


@cue("most_similar", "more typical", "odder")
def most_similar(table: Table) -> Floats:
    """Mean share of tokens that it has in common with each other candidate (Jaccard)."""
    result = np.full(len(table.texts), np.nan)
    for start, stop in table.spans:
        if stop - start < 3:
            continue
        sets = [frozenset(words) for words in table.words[start:stop]]
        for i, own in enumerate(sets):
            result[start + i] = sum(_jaccard(own, other) for j, other in enumerate(sets) if j != i)
    return result


@cue("majority_attributes", "majority-sharing", "minority-sharing", kin=("most_similar",))
def majority_attributes(table: Table) -> Floats:
    """Over the places of the tokens, how many candidates have the same token at the same place."""
    result = np.full(len(table.texts), np.nan)
    for start, stop in table.spans:
        if stop - start < 3:
            continue
        counts = [0] * (stop - start)
        for column in zip_longest(*(words[:PLACES] for words in table.words[start:stop])):
            times = Counter(column)
            for i, token in enumerate(column):
                counts[i] += times[token] if token is not None else 0
        lengths = [max(len(words[:PLACES]), 1) for words in table.words[start:stop]]
        result[start:stop] = [count / length for count, length in zip(counts, lengths, strict=True)]
    return result


def last_numbers(table: Table) -> Floats:
    """The last number of each response; NaN where it has none, or one that is no finite number."""
    result = np.full(len(table.texts), np.nan)
    for i, text in enumerate(table.texts):
        if (found := NUMBER.findall(text)) and (value := value_of(found[-1])) is not None:
            result[i] = value
    return result


def value_of(number: str) -> float | None:
    """What a printed number is worth; None where that is no finite number."""
    try:
        value = float(number.replace(",", ""))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 1.0
