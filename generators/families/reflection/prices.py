"""Two things and one difference: what they cost, or weigh, together and apart.

The lure takes "costs 5 more" for "costs 5". Asked for the cheaper of two things that cost t together, it is t - d, the
double of the right answer. The other half of the problems runs backwards: the price of one thing and the difference are
known and a sum is asked for, with numbers such that the same slip gives half the right answer. So in crt_1 the two
answers are always x and 2x, x of the same kind in both halves, and which is right goes by lot. In the reference the
wrong answer is another number, nearer to the right one, which no step of arithmetic on the printed numbers gives.

The printed numbers do not point to the right answer either. A sum of money that has nothing to do with it, or what the
scale carries, is the largest of them and so large that their mean lies beyond both answers; the difference is such that
the answer nearest to a printed number, or to the smallest of them, is the right one in one half and the lure in the
other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.prompts import instruction
from generators.families.reflection.answers import Amount, apart, judge, read_amount, shortcuts, write_answers
from generators.families.reflection.stories import SHELVES, Good

COUNTS = ("", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Measure:
    """How prices, or weights, are told.

    Attributes:
        unit: Its name, for the group.
        one: The verb for one thing.
        many: The verb for several, and after "does".
        form: How an amount is printed.
        scale: How many of the smallest steps make one unit, 1 or 100.
    """

    unit: str
    one: str
    many: str
    form: str
    scale: int = 1

    def show(self, steps: int) -> str:
        """An amount as it is printed."""
        return self.form.format(str(steps) if self.scale == 1 else f"{steps // 100}.{steps % 100:02}")


MEASURES = {
    measure.unit: measure
    for measure in (
        Measure("dollars", "costs", "cost", "${}"),
        Measure("pounds", "costs", "cost", "£{}"),
        Measure("euros", "costs", "cost", "{} euros"),
        Measure("dollars and cents", "costs", "cost", "${}", 100),
        Measure("pounds and pence", "costs", "cost", "£{}", 100),
        Measure("cents", "costs", "cost", "{} cents"),
        Measure("grams", "weighs", "weigh", "{} grams"),
        Measure("ounces", "weighs", "weigh", "{} ounces"),
    )
}

#: How many of the dearer and the cheaper thing are summed, and c and d in parts of x such that a(c + d) + kc = 2x and
#: ad + kc = x: (a, k), (parts of c, parts of d, parts of x).
SUMS = (
    ((2, 1), (2, 1, 4)),
    ((3, 1), (3, 2, 9)),
    ((3, 2), (3, 1, 9)),
    ((4, 1), (4, 3, 16)),
    ((4, 2), (2, 1, 8)),
    ((4, 3), (4, 1, 16)),
)
BUDGETS = ("A shopper has {} to spend.", "The purse holds {}.", "The budget is {}.")
SCALES = ("The scale carries up to {}.", "The limit is {}.", "Nothing above {} can be weighed.")
TOTALS = (
    "{A} and {b} {many} {sum} together.",
    "Together, {a} and {b} {many} {sum}.",
    "{A} and {b} {many} {sum} in all.",
)
DIFFERENCE = "The {dear} {one} {gap} more than the {cheap}."
ASKS = ("How much does the {cheap} {many}?", "What does the {cheap} {many}?")
KNOWN = (
    "{A_cheap} {one} {low}. {A_dear} {one} {gap} more than {a_cheap}.",
    "{A_dear} {one} {gap} more than {a_cheap}. {A_cheap} {one} {low}.",
)
ASKS_SUM = ("How much do {first} and {second} {many} together?", "What do {first} and {second} {many} in all?")


@dataclass(frozen=True, slots=True)
class Purchase:
    """One problem and its two answers, all amounts in the measure's smallest steps.

    Attributes:
        dear: The thing that costs more.
        cheap: The other.
        measure: How amounts are told.
        counts: How many of each are summed; (1, 1) where the cheaper one's price is asked for.
        known: The sum of both prices, or the cheaper one's price where the sum is asked for.
        gap: The difference.
        spare: An amount that has nothing to do with the question.
        right: The amount asked for.
        wrong: The other amount.
    """

    dear: Good
    cheap: Good
    measure: Measure
    counts: tuple[int, int]
    known: int
    gap: int
    spare: int
    right: int
    wrong: int

    @property
    def lure(self) -> int:
        """What takes the difference for the dearer one's price."""
        a, k = self.counts
        return a * self.gap + k * self.known if a > 1 else self.known - self.gap

    @property
    def sound(self) -> bool:
        """Whether the figures of neither answer stand in the prompt."""
        show = self.measure.show
        return apart((show(self.right), show(self.wrong)), show(self.known), show(self.gap), show(self.spare))


class _Prices:
    """Problems of two prices.

    Args:
        lured: Whether the wrong answer is the lure.
    """

    def __init__(self, *, lured: bool) -> None:
        self._lured = lured

    def draw(self, rng: Stream) -> Item:
        """Two amounts, either of which may be right; then the problem that it answers."""
        shelf = rng.choice(tuple(SHELVES))
        dear, cheap = rng.sample(SHELVES[shelf].goods, 2)
        measure = MEASURES[rng.choice(SHELVES[shelf].told_in)]
        purchase = (_double if self._lured else _near)(dear, cheap, measure, rng)
        told = f"{purchase.counts} {purchase.known} {purchase.gap} {purchase.spare} {measure.unit}"
        group = f"prices:{dear.one} {cheap.one} {told}"
        return Item(group, group, purchase)

    def write(self, purchase: Purchase, rng: Stream) -> Draft:
        """The story, and two amounts as answers."""
        show = purchase.measure.show
        right, wrong = write_answers(show(purchase.right), show(purchase.wrong), rng)
        return Draft(instruction(_tell(purchase, rng)), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Reads the printed sentences as two equations and solves them."""
        solution, lure = solve(question.prompt)
        return judge(question, solution, lure, lured=self._lured)


def _double(dear: Good, cheap: Good, measure: Measure, rng: Stream) -> Purchase:
    """A problem with the answers x and 2x, one of them the lure."""
    while True:
        counts, (low, gap, parts) = rng.choice(SUMS)
        part = rng.between(2, (1200 if measure.scale > 1 else 400) // parts)
        x = parts * part
        far, spare = rng.between(x // 2 + 1, 3 * x // 2 - 1), rng.between(5 * x, 9 * x)
        apiece = Purchase(dear, cheap, measure, (1, 1), 2 * x + far, far, spare, x, 2 * x)
        summed = Purchase(dear, cheap, measure, counts, low * part, gap * part, spare, 2 * x, x)
        if apiece.sound and summed.sound:
            return rng.choice((apiece, summed))


def _near(dear: Good, cheap: Good, measure: Measure, rng: Stream) -> Purchase:
    """A problem with two amounts as answers, neither of which can be had at a glance."""
    turn, backwards = rng.below(2), rng.chance(1, 2)
    while True:
        # The steps between the answers are such that either is a whole sum of the same things.
        (a, k), _ = rng.choice(SUMS)
        x = rng.between(20, 2400 if measure.scale > 1 else 800)
        y = x + (a + k) * rng.between(1, max(1, x // (2 * (a + k))))
        gap = rng.between(2, x // (2 * a)) if backwards else rng.between(x // 2 + 1, 3 * x // 2 - 1)
        spare = rng.between(5 * y, 9 * y)
        if backwards and (x - a * gap) % (a + k):
            continue
        pair = (x, y)
        problems = [
            Purchase(dear, cheap, measure, (a, k), (right - a * gap) // (a + k), gap, spare, right, wrong)
            if backwards
            else Purchase(dear, cheap, measure, (1, 1), 2 * right + gap, gap, spare, right, wrong)
            for right, wrong in (pair, pair[::-1])
        ]
        if all(each.sound and not _at_a_glance(each) for each in problems):
            return problems[turn]


def _at_a_glance(purchase: Purchase) -> bool:
    """Whether one step of arithmetic on the printed numbers, or the lure, gives the wrong answer."""
    near = shortcuts((purchase.known, purchase.gap, purchase.spare))
    return 2 * purchase.wrong in near or purchase.wrong == purchase.lure or purchase.known < 1


def _tell(purchase: Purchase, rng: Stream) -> str:
    """A problem in words."""
    show, measure = purchase.measure.show, purchase.measure
    dear, cheap = purchase.dear, purchase.cheap
    known, gap, verbs = show(purchase.known), show(purchase.gap), {"one": measure.one, "many": measure.many}
    lead = rng.choice(SCALES if measure.one == "weighs" else BUDGETS).format(show(purchase.spare))
    a, k = purchase.counts
    if a == 1:
        first, second = rng.shuffled((_a(dear.one), _a(cheap.one)))
        told = f"{lead} {rng.choice(TOTALS)} {DIFFERENCE} {rng.choice(ASKS)}"
        slots = {"a": first, "A": _capital(first), "b": second, "sum": known, "gap": gap}
        return told.format(dear=dear.one, cheap=cheap.one, **slots, **verbs)
    first, second = rng.shuffled((_some(a, dear), _some(k, cheap)))
    slots = {"a_cheap": _a(cheap.one), "A_cheap": _capital(_a(cheap.one)), "A_dear": _capital(_a(dear.one))}
    told = f"{lead} {rng.choice(KNOWN)} {rng.choice(ASKS_SUM)}"
    return told.format(first=first, second=second, low=known, gap=gap, **slots, **verbs)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _some(count: int, good: Good) -> str:
    return f"{COUNTS[count]} {good.one if count == 1 else good.many}"


_NOUN, _SUM = r"[a-z -]+?", r"[$£]?[\d.]*\d(?: [a-z]+)??"
_VERB = r"(?:costs?|weighs?)"
_TOTAL = re.compile(rf"an? ({_NOUN}) and an? ({_NOUN}) {_VERB} ({_SUM})(?: together| in all)?\.(?=\s)", re.IGNORECASE)
_PRICE = re.compile(rf"An? ({_NOUN}) (?:costs|weighs) ({_SUM})\.(?=\s)")
_GAP = re.compile(rf"(?:The|An?) ({_NOUN}) {_VERB} ({_SUM}) more than (?:the|an?) ({_NOUN})\.")
_ASK = re.compile(rf"(?:How much|What) does the ({_NOUN}) {_VERB}\?")
_SOME = rf"(one|two|three|four) ({_NOUN})"
_ASK_SUM = re.compile(rf"(?:How much|What) do {_SOME} and {_SOME} {_VERB} (?:together|in all)\?")
_MANY = {good.many: good.one for shelf in SHELVES.values() for good in shelf.goods}

#: So many of the first and of the second thing cost so much.
Equation = tuple[int, int, Fraction]


def solve(prompt: str) -> tuple[Amount, Fraction]:
    """The amount that a printed problem asks for, and its lure: the same with the difference as the dearer's price.

    Raises:
        Disproof: The print is no such problem.
    """
    text = prompt.partition("### Instruction:\n")[2]
    gaps = _GAP.findall(text)
    if len(gaps) != 1:
        raise Disproof(f"the prompt tells {len(gaps)} differences, not one")
    dear, gap_text, cheap = gaps[0]
    totals, prices = _TOTAL.findall(text), _PRICE.findall(text)
    single, summed = _ASK.findall(text), _ASK_SUM.findall(text)
    gap = read_amount(gap_text)
    if len(totals) + len(prices) != 1 or len(single) + len(summed) != 1 or gap is None:
        raise Disproof("the prompt does not tell just a difference, one more amount and a question")
    named = [*(totals[0][:2] if totals else [prices[0][0]])]
    known = read_amount((totals[0] if totals else prices[0])[-1])
    if known is None or known[0] != gap[0] or not {dear, cheap}.issuperset(named) or len(set(named)) != len(named):
        raise Disproof("the prompt's amounts are not in one unit or not of two things")
    first: Equation = (named.count(dear), named.count(cheap), known[1])
    if single:
        asked = (int(single[0] == dear), int(single[0] == cheap))
    else:
        counts = _counts(summed[0])
        if set(counts) != {dear, cheap}:
            raise Disproof("the question is about other things")
        asked = (counts[dear], counts[cheap])
    if not any(asked):
        raise Disproof("the question is about another thing")
    answer = _value(asked, first, (1, -1, gap[1]))
    return (gap[0], answer), _value(asked, first, (1, 0, gap[1]))


def _counts(found: tuple[str, str, str, str]) -> dict[str, int]:
    """How many of which thing, by its name in the singular."""
    pairs = ((found[0], found[1]), (found[2], found[3]))
    return {noun if count == "one" else _MANY.get(noun, ""): COUNTS.index(count) for count, noun in pairs}


def _value(asked: tuple[int, int], first: Equation, second: Equation) -> Fraction:
    """What the things asked for cost, by Cramer's rule."""
    (a, b, u), (c, d, v) = first, second
    scale = a * d - b * c
    if not scale:
        raise Disproof("the prompt's equations have no single solution")
    return (asked[0] * (u * d - b * v) + asked[1] * (a * v - u * c)) / scale


@distribution(
    "crt_1",
    version=2,
    cues={"middle_of_prompt": "the lure skips a step, so it stays nearer to the median of the prices that are told"},
)
class Crt1(_Prices):
    """Two things whose prices differ by d: what is one of them, or what are several together?

    The wrong answer is the lure, which takes "costs d more" for "costs d". Half of the problems tell what both cost
    together and ask for the cheaper one: the right answer is (t - d) / 2, the lure t - d. The other half tell the
    cheaper one's price and ask for a sum, in which the lure is half the right answer.
    """

    def __init__(self) -> None:
        super().__init__(lured=True)


@distribution("crt_1_reference", version=2)
class Crt1Reference(_Prices):
    """The problems of crt_1, with another number for the lure.

    The wrong answer lies within half of the right one, on either side, and comes from no single step of arithmetic on
    the printed numbers; either of the two numbers may be the right one.
    """

    def __init__(self) -> None:
        super().__init__(lured=False)
