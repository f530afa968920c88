"""Something that doubles: when was there half as much, when will there be twice as much?

The lure halves, or doubles, the time. With a period p, asked for half of what is there after time t, the right answer
is t - p and the lure t / 2, too small; asked for twice as much, they are t + p and 2t, too large. In crt_3 the answers
a and b of either kind are the same numbers: something that doubles every p and has done so for 2a gives (2a - p, a),
something that doubles every p / 2 and has done so for a - p / 2 gives (a, 2a - p). Which it is goes by lot, so neither
number tells which is right. In the reference the wrong answer is a time that is off by some periods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.prompts import instruction
from generators.families.reflection.answers import apart, judge, shortcuts, write_answers
from generators.families.reflection.stories import GROWTHS, Growth

#: Periods, in half units of time.
PERIODS = (1, 2, 3, 4, 6, 8)
ASKS = (
    "{doubles} It takes {time} to {reach} {first} {stuff}. How many {units} does it take to {reach} {second}?",
    "{doubles} To {reach} {first} {stuff} takes {time}. How many {units} does it take to {reach} {second}?",
    "{doubles} If it takes {time} to {reach} {first} {stuff}, how many {units} does it take to {reach} {second}?",
)
HALF, TWICE = ("half of that", "half as many {stuff}"), ("twice that", "twice as many {stuff}")


@dataclass(frozen=True, slots=True)
class Spread:
    """One problem and its two answers.

    Attributes:
        growth: What doubles.
        unit: The unit of time.
        period: The period, in half units.
        time: The time that is told, in half units.
        amount: What is reached by then.
        asked: The amount that is asked for, half or twice as much.
        right: The time asked for, in units.
        wrong: The other time.
    """

    growth: Growth
    unit: str
    period: int
    time: int
    amount: int
    asked: int
    right: int
    wrong: int

    @property
    def sound(self) -> bool:
        """Whether the figures of neither answer stand in the prompt."""
        answers = (str(self.right), str(self.wrong))
        return apart(answers, _number(self.time), _number(self.period), str(self.amount), str(self.asked))


class _Doubling:
    """Problems of doubling.

    Args:
        lured: Whether the wrong answer is the lure.
    """

    def __init__(self, *, lured: bool) -> None:
        self._lured = lured

    def draw(self, rng: Stream) -> Item:
        """Two times, either of which may be right; then the problem that it answers."""
        growth = rng.choice(GROWTHS)
        unit = rng.choice(growth.units)
        spread = (_lured if self._lured else _near)(growth, unit, rng)
        group = f"doubling:{growth.name} {unit} {spread.period} {spread.time} {spread.amount} {spread.asked}"
        return Item(group if self._lured else f"{group} or {spread.wrong}", group, spread)

    def write(self, spread: Spread, rng: Stream) -> Draft:
        """The story, and two times as answers."""
        units = f"{spread.unit}s"
        right, wrong = write_answers(f"{spread.right} {units}", f"{spread.wrong} {units}", rng)
        return Draft(instruction(_tell(spread, rng)), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Counts the doublings between the two amounts that are printed."""
        unit, answer, lure = solve(question.prompt)
        return judge(question, (unit, answer), lure, lured=self._lured)


def _amounts(rng: Stream) -> tuple[int, int]:
    """An amount and twice as much."""
    amount = rng.between(60, 4900)
    return amount, 2 * amount


def _lured(growth: Growth, unit: str, rng: Stream) -> Spread:
    """A problem with the answers a and 2a - p, one of them the lure."""
    while True:
        period, times = rng.choice(PERIODS), rng.between(4, 40)
        if period * times % 2:
            continue
        a, b = period * times // 2, period * (times - 1)
        low, high = _amounts(rng)
        back = Spread(growth, unit, 2 * period, 4 * a, high, low, b, a)
        onward = Spread(growth, unit, period, 2 * a - period, low, high, a, b)
        if back.sound and onward.sound:
            return rng.choice((back, onward))


def _near(growth: Growth, unit: str, rng: Stream) -> Spread:
    """A problem with two times as answers, some periods apart, neither of which can be had at a glance."""
    turn, onward = rng.below(2), rng.chance(1, 2)
    while True:
        period = rng.choice(PERIODS)
        step = period if period % 2 else period // 2
        x = step * rng.between(3, 40)
        y = x + step * rng.between(1, max(1, x // (2 * step)))
        low, high = _amounts(rng)
        problems = [
            Spread(growth, unit, period, 2 * right - period, low, high, right, wrong)
            if onward
            else Spread(growth, unit, period, 2 * right + period, high, low, right, wrong)
            for right, wrong in ((x, y), (y, x))
        ]
        if all(each.sound and each.time > 0 and not _at_a_glance(each) for each in problems):
            return problems[turn]


def _at_a_glance(spread: Spread) -> bool:
    """Whether one step of arithmetic on the printed times gives the wrong answer."""
    return spread.wrong in shortcuts((Fraction(spread.time, 2), Fraction(spread.period, 2)))


def _number(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def _tell(spread: Spread, rng: Stream) -> str:
    """A problem in words; what is asked for is told as a number or by its ratio."""
    growth, unit = spread.growth, spread.unit
    every = {1: f"every half {unit}", 2: f"every {unit}"}.get(spread.period, f"every {_number(spread.period)} {unit}s")
    ratio = rng.choice(HALF if spread.asked < spread.amount else TWICE).format(stuff=growth.stuff)
    return rng.choice(ASKS).format(
        doubles=growth.doubles.format(every=every),
        time=f"{_number(spread.time)} {unit}s",
        reach=growth.reach,
        first=spread.amount,
        stuff=growth.stuff,
        units=f"{unit}s",
        second=rng.choice((ratio, f"{spread.asked} {growth.stuff}")),
    )


_UNIT = "(second|minute|hour|day|week|month|year)"
_EVERY = re.compile(rf"\bevery (?:(half|\d+(?:\.5)?) )?{_UNIT}s?\b")
_TIME = re.compile(rf"\btakes (\d+(?:\.5)?) {_UNIT}s\b")
_REACHED = re.compile(r"\b(?:reach|cover|fill) (\d+|half|twice)\b")


def solve(prompt: str) -> tuple[str, Fraction, Fraction]:
    """The time that a printed problem asks for, by counting doublings, and the lure: time in proportion to the amount.

    Returns:
        The unit in the plural, the time, and the lure.

    Raises:
        Disproof: The print is no such problem.
    """
    told, _, asked = prompt.partition("### Instruction:\n")[2].partition("ow many ")
    every, times, before, after = (
        pattern.findall(part) for pattern, part in ((_EVERY, told), (_TIME, told), (_REACHED, told), (_REACHED, asked))
    )
    if [len(found) for found in (every, times, before, after)] != [1, 1, 1, 1] or "doubl" not in told:
        raise Disproof("the prompt does not tell of one doubling, one time, one amount and another that is asked for")
    (count, unit), (time_text, time_unit) = every[0], times[0]
    if unit != time_unit or not asked.startswith(f"{unit}s ") or before[0] in ("half", "twice"):
        raise Disproof("the prompt's times are not in one unit, or its amount is no number")
    period = Fraction(1, 2) if count == "half" else Fraction(count or 1)
    time, amount = Fraction(time_text), Fraction(before[0])
    wanted = amount * {"half": Fraction(1, 2), "twice": Fraction(2)}.get(after[0], Fraction(0)) or Fraction(after[0])
    return f"{unit}s", time + period * _doublings(wanted / amount), time * wanted / amount


def _doublings(ratio: Fraction) -> int:
    """How many doublings make this ratio; below 0 for a part.

    Raises:
        Disproof: No whole number of doublings does.
    """
    steps = 0
    while ratio > 1:
        ratio, steps = ratio / 2, steps + 1
    while 0 < ratio < 1:
        ratio, steps = ratio * 2, steps - 1
    if ratio != 1:
        raise Disproof("no whole number of doublings leads from one amount to the other")
    return steps


@distribution("crt_3", version=1)
class Crt3(_Doubling):
    """Something doubles again and again: when was there half as much, or when will there be twice as much?

    The wrong answer is the lure, half or twice the time for half or twice the amount. The right answer is one period
    earlier or later. Half of the problems ask for half as much, where the lure is too small, half for twice as much,
    where it is too large.
    """

    def __init__(self) -> None:
        super().__init__(lured=True)


@distribution("crt_3_reference", version=1)
class Crt3Reference(_Doubling):
    """The problems of crt_3, with another number for the lure.

    The wrong answer is a time some periods away, on either side, that comes from no single step of arithmetic on the
    printed times; either of the two numbers may be the right one.
    """

    def __init__(self) -> None:
        super().__init__(lured=False)
