"""Printed sums, reckoned and held against the label: `What is 52 + 6 * 2?`, equations in the right response, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

NUMBER = r"\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?"
SUM = rf"{NUMBER}(?: ?[-+*/] ?{NUMBER})+"
#: A result as worked solutions mark it.
BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
#: How signs are written in print and in LaTeX; a letter x counts between numbers.
SIGNS = (
    (re.compile(r"\\times\b|\\cdot\b|[×·]|(?<=\d) x (?=\d)"), "*"),
    (re.compile(r"\\div\b|÷"), "/"),
    # Mixed numbers, and what is divided by a fraction, are left alone.
    (re.compile(rf"(?<![\d/])(?<!/ )\\frac\{{({NUMBER})\}}\{{({NUMBER})\}}"), r"\1 / \2"),
    (BOXED, r"\1"),
    (re.compile(r"[−–](?= ?\d)"), "-"),
    (re.compile(r" ?([-+*/=]) ?"), r" \1 "),
)
ASKED = re.compile(
    rf"^(?:what is|calculate|compute|evaluate|solve)\b[a-z :]*({SUM})(?: =)?(?: \?)?[?. ]*$",
    re.IGNORECASE | re.MULTILINE,
)
#: A whole left side: nothing that belongs to it stands before, and nothing that belongs to the result behind it.
EQUATION = re.compile(rf"(?<![\w.,)}}^$%*/+-])(?<![-+*/^(\d] )({SUM}) = ({NUMBER})(?![\w%^.,/]*\d)(?! [-+*/(])(?!\\?%)")


#: What makes more of the number behind it than a number.
FUNCTION = re.compile(r"(?:\\[a-z]+|\b(?:of|sqrt|log|ln|sin|cos|tan)) *$", re.IGNORECASE)
#: `9/11` and `12-25` are names and dates more often than sums.
NAME = re.compile(r"\d[-/]\d")


@defect("wrong_sum", grave=True)
def wrong_sum(pool: Pool) -> Iterator[Seen]:
    """The right response to a printed sum does not have its result, or prints an equation that is false."""
    lacks: dict[int, bool] = {}
    false: dict[int, bool] = {}
    for place, right in enumerate(pool.rights):
        if len(right) > LONG:
            continue
        answered = _answered(pool.asked[place], right)
        if answered is not None:
            lacks[place] = not answered
        equations = [_equal(left, number) for left, number in _equations(right)]
        if equations:
            false[place] = not all(equations)
    yield pool.seen(
        "The right response lacks the result of the printed sum in {count} of {of} examples.",
        [place for place, hit in lacks.items() if hit],
        list(lacks),
    )
    yield pool.seen(
        "The right response prints a false equation in {count} of {of} that print one.",
        [place for place, hit in false.items() if hit],
        list(false),
    )


@defect("right_result_called_wrong", grave=False)
def right_result_called_wrong(pool: Pool) -> Iterator[Seen]:
    """A wrong response ends in the boxed result of the right one; its way there may be all that is wrong with it."""
    results = {place: result for place, right in enumerate(pool.rights) if (result := _boxed(right))}
    hits = [place for place, result in results.items() if result in map(_boxed, pool.wrongs[place])]
    yield pool.seen(
        "A wrong response boxes the result of the right one in {count} of {of} examples.", hits, list(results)
    )


def _boxed(text: str) -> str:
    """A text's last box with all that follows, such as a unit, without spacing; empty where it has none or is long."""
    found = list(BOXED.finditer(text)) if len(text) <= LONG else []
    return "".join(text[found[-1].start() :].split()) if found else ""


def _answered(asked: str, right: str) -> bool | None:
    """Whether a response has the result of the sum that is asked for; None where that cannot be told."""
    found = None if NAME.search(asked) else ASKED.search(_plain_signs(asked))
    given = re.findall(NUMBER, right)
    if not found or not given:
        return None
    try:
        value = abs(_reckoned(found[1]))
    except ZeroDivisionError:
        return None
    # A result that is no whole number may be written as a fraction or in per cent.
    if value.denominator != 1 and not any("." in number for number in given):
        return None
    return any(_rounds(value, number) for number in given)


def _equations(right: str) -> Iterator[tuple[str, str]]:
    """The equations of a response: a sum and its printed result."""
    if "=" in right and "mod" not in right:
        text = _plain_signs(right)
        for match in EQUATION.finditer(text):
            if not FUNCTION.search(text[max(0, match.start() - 20) : match.start()]):
                yield match[1], match[2]


def _plain_signs(text: str) -> str:
    for sign, plain in SIGNS:
        text = sign.sub(plain, text)
    return text


def _equal(left: str, right: str) -> bool:
    """Whether a sum has a result."""
    try:
        return _rounds(_reckoned(left), right)
    except ZeroDivisionError:
        return False


def _rounds(value: Fraction, number: str) -> bool:
    """Whether a value is a printed number, to as many digits as are printed."""
    unit = 10 ** len(number.partition(".")[2])
    rounded = (value * unit).denominator != 1
    return abs(value - _number(number)) <= Fraction(int(rounded), unit)


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
