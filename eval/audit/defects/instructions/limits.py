"""Printed limits, such as `7 steps or fewer` and `no more than 50 words`, against the right response."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

NUMBERS = {
    word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
}
NUMBER = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"
LIMIT = re.compile(
    rf"\b{NUMBER} (steps|words) or (?:fewer|less)\b|\b(?:no|not) more than {NUMBER} (steps|words)\b", re.I
)


@defect("right_breaks_limit", grave=False)
def right_breaks_limit(pool: Pool) -> Iterator[Seen]:
    """The right response has more steps (one a line) or words than its prompt allows."""
    of, hits = [], []
    for place, asked in enumerate(pool.asked):
        limits = LIMIT.findall(asked)
        if len(limits) != 1:
            continue
        number, unit = (part.casefold() for part in (limits[0][:2] if limits[0][0] else limits[0][2:]))
        right = pool.rights[place][:LONG]
        has = len(right.split()) if unit == "words" else sum(bool(line.strip()) for line in right.splitlines())
        of.append(place)
        if has > (NUMBERS.get(number) or int(number)):
            hits.append(place)
    yield pool.seen("The right response is longer than its prompt allows in {count} of {of} with a limit.", hits, of)
