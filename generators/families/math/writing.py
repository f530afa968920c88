"""Examples from forms: a statement of one of four sisters, and the worked solutions of all of them.

Where the numbers allow it, every third example has an arithmetic slip instead: one step of the right solution, the same
in all three wrong responses, comes out wrong by other amounts, and the later steps carry that on. The four results of
the step are the corners of a square (c, c + d, c + e, c + d + e) of which the right one is drawn by lot, so that again
neither size nor shared digits say anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.core import Draft, Item, PassOver, Stream
from generators.families.math.form import Choice, Form, Numbers, Steps, Value
from generators.families.prompts import instruction

INSTRUCTION = "Solve the problem step by step with the signs + - * / ^ ( ) : = and put the result in \\boxed{}."
NAMES = (
    "Ada", "Bruno", "Carla", "Dilan", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Leon", "Mina", "Nils",
    "Olga", "Pavel", "Rosa", "Samir", "Tilda", "Yusuf",
)  # fmt: skip

#: Chance that an arithmetic slip is tried; not every problem has a step that is fit for it.
SLIPS = (1, 3)

#: Least result that slips: smaller ones are few enough to be known as right or wrong by themselves.
LEAST = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """A form with its numbers and its scene; its four sisters are yet to be told apart."""

    form: Form
    numbers: Numbers
    scene: Sequence[str]


def drawn(deck: Sequence[Form], rng: Stream) -> Item:
    """A problem of one of some forms."""
    form = rng.choice(deck)
    numbers = form.draw(rng)
    scene = rng.choice(form.scenes)
    group = f"{form.name} {' '.join(map(str, numbers))}{' ' if scene else ''}{'/'.join(scene)}"
    return Item(group, group, Problem(form, numbers, scene))


def written(problem: Problem, rng: Stream) -> Draft:
    """A problem's statement, its solution and three wrong ones.

    Raises:
        PassOver: Two sisters have the same result.
    """
    form, numbers = problem.form, problem.numbers
    choice = rng.choice(form.choices)
    made = _slipped(form, numbers, choice, rng) if rng.chance(*SLIPS) else None
    if made is None:
        # Drawn anew: small results do not slip, and keeping this sister would make the small ones right more often.
        choice = rng.choice(form.choices)
        made = _sisters(form, numbers, choice)
    right, wrong = made
    statement = form.statement(rng.choice(form.texts), numbers, choice, problem.scene, rng.choice(NAMES))
    meta = {"subject": form.subject, "level": form.level, "form": form.name}
    return Draft(instruction(INSTRUCTION, statement), right, list(wrong), meta, wrong)


Responses = tuple[str, dict[str, dict[str, str]]]


def _sisters(form: Form, numbers: Numbers, choice: Choice) -> Responses:
    """The right solution, and those of the sisters with what each of them misread."""
    values: list[Value] = []
    wrong: dict[str, dict[str, str]] = {}
    right = ""
    for other in form.choices:
        steps = Steps()
        value = form.work(steps, numbers, *other)
        values.append(value)
        text = steps.text(value, form.unit)
        if other == choice:
            right = text
        else:
            slips = [name for name, own, said in zip(form.slips, other, choice, strict=True) if own != said]
            wrong[text] = {"slip": " and ".join(dict.fromkeys(slips))}
    if len(set(values)) < len(values):
        raise PassOver("two readings of the statement have one result")
    return right, wrong


def _slipped(form: Form, numbers: Numbers, choice: Choice, rng: Stream) -> Responses | None:
    """The right solution, and three with a slip at one step; None where no step or no amount is fit for it."""
    steps = Steps()
    value = form.work(steps, numbers, *choice)
    # A step such as 1 * 250 = 250 does not slip: nobody slips there, and its right result would be the repeated one.
    # Nor does one with a fraction to come, since right fractions cancel more often than chance ones.
    whole = next((i for i in reversed(range(len(steps.values))) if type(steps.values[i]) is not int), -1) + 1
    fit = [
        i
        for i in range(whole, len(steps.values))
        if steps.values[i] >= LEAST and steps.lines[i].count(str(steps.values[i])) == 1
    ]
    if not fit:
        return None
    at = rng.choice(fit)
    result = int(steps.values[at])
    # Slips by a power of ten near a tenth of the result look like a carry gone wrong. Whichever corner the result is,
    # no slip may change its number of digits: amounts that go with the size of the right result would tell it.
    ten = 10 ** (len(str(result)) - 2)
    one, two = rng.choice(((1, 2), (1, 3)))
    corners = (0, one * ten, two * ten, (one + two) * ten)
    if len({len(str(each)) for each in (result - corners[-1], result, result + corners[-1])}) > 1:
        return None
    own = rng.choice(corners)
    kinds = list(map(_kind, steps.values))
    values, wrong = [value], {}
    for corner in corners:
        if corner != own:
            slip = Steps(at, corner - own)
            values.append(form.work(slip, numbers, *choice))
            if list(map(_kind, slip.values)) != kinds:
                return None
            wrong[slip.text(values[-1], form.unit)] = {"slip": f"arithmetic at step {at + 1}"}
    return (steps.text(value, form.unit), wrong) if len(set(values)) == len(corners) else None


def _kind(value: Value) -> tuple[bool, bool]:
    """Whether a result is whole and whether it is negative; a slip that changes either would look odd."""
    return type(value) is int, value < 0
