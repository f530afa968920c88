"""Puzzles of the cognitive reflection test, solved from their printed text alone and held against the label.

The three forms (a bat and a ball, machines and widgets, a lake with lilies that double) are those of Frederick (2005),
Journal of Economic Perspectives 19, 25-42. A puzzle that says more, or less, than its form is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import Pool
from eval.audit.defects.registry import defect

#: No puzzle is longer.
LONGEST = 2_000
NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
UNITS = r"(second|minute|hour|day|week|month|quarter|year|decade)s?"
#: How many of the smaller unit make one of the larger; days and months have no fixed ratio and are in two families.
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}

#: A noun phrase within one sentence.
THING = r"[^.?!:\n]+?"
TOGETHER = re.compile(
    rf"(?:^|[.?!:])\s*(?:The |An? )?(?P<one>{THING}) and (?:the |an? )?(?P<two>{THING}) (?:together )?costs? "
    rf"\$?{NUMBER}(?: in total| together| altogether)?\. (?:The |An? )?(?P<dearer>{THING}) costs? "
    rf"\$?{NUMBER} more than (?:the |an? )?(?P<cheaper>{THING})\. How much (?:do|does) "
    rf"(?:the |an? )?(?P<asked>{THING}) cost\?",
    re.IGNORECASE,
)
MACHINES = re.compile(
    rf"\btakes? {NUMBER} [a-z ]+? {NUMBER} {UNITS} to [a-z]+ {NUMBER}\b[^?]*?"
    r"\b(?:how long|how many (?P<asked>[a-z]+?)s?) (?:would|will|does) it take "
    rf"{NUMBER} [a-z ]+? to [a-z]+ {NUMBER}\b",
    re.IGNORECASE,
)
EVERY = rf"\b(?:every|each) (?:{NUMBER} )?{UNITS}"
#: Four groups, of which either the first two or the last two may be filled.
DOUBLES = re.compile(
    rf"\bdoubl(?:es|e|ed|ing)\b[^.?!,]*?{EVERY}\b|{EVERY},[^.?!]*?\bdoubl(?:es|e|ed|ing)\b", re.IGNORECASE
)
TAKES = re.compile(rf"\b(?:takes|took) (?:about )?{NUMBER} {UNITS} ", re.IGNORECASE)
HALF = re.compile(
    r"\bhow (?:long|many (?P<unit>[a-z]+?)s?) (?:would|will|does|did|do) it (?:take|require)\b(?P<rest>[^?]*)\?", re.I
)
#: Half as much more, or half the time, is another question.
OTHER_HALF = re.compile(
    r"\bby half\b|\bhalf as\b|\bdoubl|\bhalf the time\b|\bhalf more\b|\banother half\b", re.IGNORECASE
)
#: A response that is a number or a time and nothing else; a stray last line is no part of it.
ANSWER = re.compile(rf"\$?{NUMBER} ?(?:{UNITS})?(?: and {NUMBER} {UNITS})?(?:\n\d+)?", re.IGNORECASE)


@defect("wrong_puzzle_answer", grave=True)
def wrong_puzzle_answer(pool: Pool) -> Iterator[Seen]:
    """The right response to a puzzle of which the answer can be reckoned is not that answer."""
    for name, word, solve in (
        ("two prices", "more than", _two_prices),
        ("machines at work", "it take", _machines),
        ("doubling", "doubl", _doubling),
    ):
        of, hits = [], []
        for place, prompt in enumerate(pool.prompts):
            solved = solve(" ".join(prompt.split())) if len(prompt) <= LONGEST and word in prompt else None
            given = _given(pool.rights[place], solved[1]) if solved else None
            if solved and given is not None:
                of.append(place)
                if given != solved[0]:
                    hits.append(place)
        yield pool.seen(
            f"The right response is not the answer in {{count}} of {{of}} puzzles of {name} that a rule can solve.",
            hits,
            of,
        )


def _given(text: str, unit: str) -> Fraction | None:
    """The number that a response is, in seconds or months where a unit is given; None where it is anything else."""
    match = ANSWER.fullmatch(text.strip().rstrip("."))
    if not match:
        return None
    amount, rest = _amount(match[1], match[2] or unit), _amount(match[3] or "0", match[4] or "second")
    return None if amount is None or rest is None else amount + rest


def _amount(number: str, unit: str) -> Fraction | None:
    """A number of units in the smallest unit of its family; a plain number where there is no unit."""
    unit = unit.casefold()
    if not unit:
        return Fraction(number)
    size = SECONDS.get(unit) or MONTHS.get(unit)
    return Fraction(number) * size if size else None


def _family(unit: str) -> bool:
    return unit.casefold() in SECONDS


def _two_prices(text: str) -> tuple[Fraction, str] | None:
    """The price asked for and no unit."""
    match = TOGETHER.search(text)
    if not match:
        return None
    one, two, dearer, cheaper, asked = (
        match[name].casefold().strip() for name in ("one", "two", "dearer", "cheaper", "asked")
    )
    both, more = Fraction(match[3]), Fraction(match[5])
    if {one, two} != {dearer, cheaper} or asked not in (dearer, cheaper):
        return None
    return (both - more if asked == cheaper else both + more) / 2, ""


def _machines(text: str) -> tuple[Fraction, str] | None:
    """The time asked for and its unit: as many machines make as much in the same time, in proportion."""
    match = MACHINES.search(text)
    if not match:
        return None
    first, time, unit, made, asked, then, wanted = match.groups()
    work = Fraction(first) * Fraction(time) / Fraction(made)
    amount = _amount(str(time), unit)
    if not amount or not Fraction(then):
        return None
    return work * Fraction(wanted) / Fraction(then) * (amount / Fraction(time)), asked or unit


def _doubling(text: str) -> tuple[Fraction, str] | None:
    """The time asked for and its unit: one doubling before the whole is reached, half of it is."""
    doubles = DOUBLES.findall(text)
    takes = list(TAKES.finditer(text))
    asks = list(HALF.finditer(text))
    if len(doubles) != 1 or len(takes) != 1 or len(asks) != 1:
        return None
    count, unit, count2, unit2 = doubles[0]
    between, rest = text[takes[0].end() : asks[0].start()], asks[0]["rest"]
    if not re.search(r"\bhalf\b", rest) or OTHER_HALF.search(rest) or re.search(r"\bdoubl", between):
        return None
    unit, whole_unit = unit or unit2, takes[0][2]
    asked = asks[0]["unit"] or whole_unit
    if not _family(unit) == _family(whole_unit) == _family(asked):
        return None
    period, whole = _amount(count or count2 or "1", unit), _amount(takes[0][1], whole_unit)
    if period is None or whole is None or whole <= period:
        return None
    return whole - period, asked
