"""Printed sums, reckoned and held against the label: `What is 52 + 6 * 2?`, and equations in the right response."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

NUMBER = r"\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?"
SUM = rf"{NUMBER}(?: ?[-+*/] ?{NUMBER})+"
#: How signs are written in print and in LaTeX; a letter x counts between numbers.
SIGNS = (
    (re.compile(r"\\times\b|\\cdot\b|[×·]|(?<=\d) x (?=\d)"), "*"),
    (re.compile(r"\\div\b|÷"), "/"),
    (re.compile(r"\\boxed\{([^{}]*)\}"), r"\1"),
    (re.compile(r"[−–](?= ?\d)"), "-"),
    (re.compile(r" ?([-+*/=]) ?"), r" \1 "),
)
ASKED = re.compile(
    rf"^(?:what is|calculate|compute|evaluate|solve)\b[a-z :]*({SUM})(?: =)?(?: \?)?[?. ]*$",
    re.IGNORECASE | re.MULTILINE,
)
#: A whole left side: nothing that belongs to it stands before, and nothing that belongs to the result behind it.
EQUATION = re.compile(rf"(?<![\w.,)}}^$%*/+-])(?<![-+*/^(\d] )({SUM}) = ({NUMBER})(?![\w%^.,/]*\d)(?! [-+*/(])(?!\\?%)")


@defect("wrong_sum", grave=True)
def wrong_sum(pool: Pool) -> Iterator[Seen]:
    """The right response to a printed sum does not have its result, or prints an equation that is false."""
    of, hits = [], []
    told, false = [], []
    for place, right in enumerate(pool.rights):
        asked = ASKED.search(_plain_signs(pool.asked[place])) if len(pool.prompts[place]) < LONG else None
        given = re.findall(NUMBER, right[:LONG])
        if asked and given:
            of.append(place)
            if not any(_equal(asked[1], number) for number in given):
                hits.append(place)
        equations = EQUATION.findall(_plain_signs(right)) if "=" in right and len(right) < LONG else []
        if equations:
            told.append(place)
            if not all(_equal(left, number) for left, number in equations):
                false.append(place)
    yield pool.seen("The right response lacks the result of the printed sum in {count} of {of} examples.", hits, of)
    yield pool.seen("The right response prints a false equation in {count} of {of} that print one.", false, told)


def _plain_signs(text: str) -> str:
    for sign, plain in SIGNS:
        text = sign.sub(plain, text)
    return text


def _equal(left: str, right: str) -> bool:
    """Whether a sum has a result, to as many digits as the result is printed with."""
    unit = 10 ** len(right.partition(".")[2])
    try:
        value = _reckoned(left)
    except ZeroDivisionError:
        return False
    rounded = (value * unit).denominator != 1
    return abs(value - _number(right)) <= Fraction(int(rounded), unit)


def _reckoned(text: str) -> Fraction:
    """The value of numbers with signs between them, products before sums."""
    parts = re.findall(rf"{NUMBER}|[-+*/]", text)
    total, term, add = Fraction(0), _number(parts[0]), 1
    for sign, number in zip(parts[1::2], map(_number, parts[2::2]), strict=True):
        if sign == "*":
            term *= number
        elif sign == "/":
            term /= number
        else:
            total, term, add = total + add * term, number, 1 if sign == "+" else -1
    return total + add * term


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
