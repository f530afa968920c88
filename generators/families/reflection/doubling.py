"""Something that doubles: when was there half as much, when will there be twice as much?

The lure halves, or doubles, the time. With a period p, asked for half of what is there after time t, the right answer
is t - p and the lure t / 2, too small; asked for twice as much, they are t + p and 2t, too large. In crt_3 the answers
a and b of either kind are the same numbers: something that doubles every p and has done so for 2a gives (2a - p, a),
something that doubles every p / 2 and has done so for a - p / 2 gives (a, 2a - p). Which it is goes by lot, so neither
number tells which is right. That the right one is but a period away from the printed time is what the lure overlooks.

The reference asks for a quarter, an eighth or a sixteenth, or for as many times as much; the wrong answer is the right
one to another of these questions, so that both are some periods away from the printed time.
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
#: Ways to tell an amount by how many doublings it is away from the first.
RATIOS = {
    -4: ("a sixteenth of that",),
    -3: ("an eighth of that",),
    -2: ("a quarter of that",),
    -1: ("half of that", "half as many {stuff}"),
    1: ("twice that", "twice as many {stuff}"),
    2: ("four times that", "four times as many {stuff}"),
    3: ("eight times that", "eight times as many {stuff}"),
    4: ("sixteen times that", "sixteen times as many {stuff}"),
}


@dataclass(frozen=True, slots=True)
class Spread:
    """One problem and its two answers.

    Attributes:
        growth: What doubles.
        unit: The unit of time.
        period: The period, in half units.
        time: The time that is told, in half units.
        amount: What is reached by then.
        doublings: How many doublings away the amount is that is asked for; below 0 for a part.
        right: The time asked for, in units.
        wrong: The other time.
    """

    growth: Growth
    unit: str
    period: int
    time: int
    amount: int
    doublings: int
    right: int
    wrong: int

    @property
    def asked(self) -> int:
        """The amount that is asked for."""
        return self.amount << self.doublings if self.doublings > 0 else self.amount >> -self.doublings

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
        group = f"doubling:{growth.name} {unit} {spread.period} {spread.time} {spread.amount} {spread.doublings}"
        return Item(group, group, spread)

    def write(self, spread: Spread, rng: Stream) -> Draft:
        """The story, and two times as answers."""
        units = f"{spread.unit}s"
        right, wrong = write_answers(f"{spread.right} {units}", f"{spread.wrong} {units}", rng)
        return Draft(instruction(_tell(spread, rng)), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Counts the doublings between the two amounts that are printed."""
        unit, answer, lure = solve(question.prompt)
        return judge(question, (unit, answer), lure, lured=self._lured)


def _lured(growth: Growth, unit: str, rng: Stream) -> Spread:
    """A problem with the answers a and 2a - p, one of them the lure."""
    while True:
        period, times, amount = rng.choice(PERIODS), rng.between(4, 40), 2 * rng.between(300, 4900)
        if period * times % 2:
            continue
        a, b = period * times // 2, period * (times - 1)
        back = Spread(growth, unit, 2 * period, 4 * a, amount, -1, b, a)
        onward = Spread(growth, unit, period, 2 * a - period, amount, 1, a, b)
        if back.sound and onward.sound:
            return rng.choice((back, onward))


def _near(growth: Growth, unit: str, rng: Stream) -> Spread:
    """A problem with two times as answers, some periods apart, neither of which can be had at a glance."""
    turn, onward = rng.below(2), rng.chance(1, 2)
    while True:
        period, times, amount = rng.choice(PERIODS), rng.between(6, 40), 16 * rng.between(40, 620)
        steps = [each if onward else -each for each in rng.sample((2, 3, 4), 2)]
        if any(period * (times + each) % 2 for each in steps):
            continue
        ends = [period * (times + each) // 2 for each in steps]
        problems = [
            Spread(growth, unit, period, period * times, amount, each, right, wrong)
            for each, right, wrong in zip(steps, ends, reversed(ends), strict=True)
        ]
        if all(each.sound and not _at_a_glance(each) for each in problems):
            return problems[turn]


def _at_a_glance(spread: Spread) -> bool:
    """Whether one step of arithmetic on the printed times, or time in proportion, gives the wrong answer."""
    lure = Fraction(spread.time * spread.asked, 2 * spread.amount)
    # The printed times are in half units, and shortcuts are doubled.
    return spread.wrong == lure or 4 * spread.wrong in shortcuts((spread.time, spread.period))


def _number(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def _tell(spread: Spread, rng: Stream) -> str:
    """A problem in words; what is asked for is told as a number or by its ratio."""
    growth, unit = spread.growth, spread.unit
    every = {1: f"every half {unit}", 2: f"every {unit}"}.get(spread.period, f"every {_number(spread.period)} {unit}s")
    ratio = rng.choice(RATIOS[spread.doublings]).format(stuff=growth.stuff)
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
_REACHED = re.compile(r"\b(?:reach|cover|fill) (\d+|half|twice|(?:an? )?[a-z]+ (?:times|of))\b")
_WORDS = {
    "half": Fraction(1, 2),
    "a quarter of": Fraction(1, 4),
    "an eighth of": Fraction(1, 8),
    "a sixteenth of": Fraction(1, 16),
    "twice": Fraction(2),
    "four times": Fraction(4),
    "eight times": Fraction(8),
    "sixteen times": Fraction(16),
}


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
    if unit != time_unit or not asked.startswith(f"{unit}s ") or not before[0].isdigit():
        raise Disproof("the prompt's times are not in one unit, or its amount is no number")
    period = Fraction(1, 2) if count == "half" else Fraction(count or 1)
    time, amount = Fraction(time_text), Fraction(before[0])
    if not after[0].isdigit() and after[0] not in _WORDS:
        raise Disproof(f"{after[0]!r} is no amount")
    wanted = Fraction(after[0]) if after[0].isdigit() else amount * _WORDS[after[0]]
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


@distribution(
    "crt_3",
    version=1,
    cues={
        "middle_of_prompt": "the right answer is one period away from the printed time; the lure, which is half of it "
        "or its double, is far from it"
    },
)
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
    """Something doubles again and again: when was there a quarter, or when will there be eight times as much?

    The wrong answer is another whole number of periods away from the printed time; it comes from no single step of
    arithmetic on the printed times, and either of the two numbers may be the right one.
    """

    def __init__(self) -> None:
        super().__init__(lured=False)
