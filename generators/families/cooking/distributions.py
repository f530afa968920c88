"""cooking: the authentic recipe for a dish among three that go wrong in one thing, in another, and in both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.cooking.recipes import Dish, dishes
from generators.families.cooking.swaps import Plan, plans
from generators.families.prompts import instruction

#: Ways to ask; `title` is the dish's name and what it is.
FORMS = (
    "Write a recipe for {title}. Use at most seven steps.",
    "How do you make {title}? Give the recipe in seven steps or fewer.",
    "I would like to cook {title}. Which steps does it take? No more than seven, please.",
    "Give me a short recipe for {title}, with no more than seven steps.",
    "Please explain in at most seven steps how to prepare {title}.",
)
#: Ways to set the steps. None numbers them: a number would tell a linear model which step stands too early.
LAYOUTS = ("{}.\n", "- {}.\n", "{}. ")


def _laid_out(steps: Sequence[str], layout: str) -> str:
    return "".join(layout.format(step) for step in steps).rstrip()


def _read(text: str) -> list[str]:
    """The steps of a printed recipe."""
    return [step.removeprefix("- ") for step in re.split(r"\.(?:\s|$)", text)[:-1]]


@cache
def _titles() -> Mapping[str, Dish]:
    return {dish.title: dish for dish in dishes()}


@distribution("cooking", version=3, banks=("cooking/*", "cooking/dishes/*"))
class Cooking:
    """A recipe of at most seven steps for a dish: the authentic one against three with wrong ingredients or steps.

    Each wrong recipe is the right one with a stated defect: an ingredient that belongs to the dish is replaced by one
    of the same sort that has no place in it, or a step comes before the one that it needs. Two such defects are
    crossed: none, the first, the second, both. Dishes and steps are this project's own bank, written from common
    knowledge and not checked entry by entry; "authentic" means as the bank has it. What the bank says that cooks also
    take is never called wrong, but a cook may still dispute some ingredient.
    """

    def items(self) -> Sequence[Item]:
        """A dish with what may go wrong with it."""
        return [Item(plan.dish.id, plan.dish.id, plan) for plan in plans()]

    def write(self, plan: Plan, rng: Stream) -> Draft:
        """The dish as a request, and its recipe with none, one or both of its defects."""
        dish, layout = plan.dish, rng.choice(LAYOUTS)
        first = dict(plan.swaps[:1])
        second = dict(plan.swaps[1:])
        right, *wrong = (
            _laid_out(dish.printed({**a, **b}, exchanged=plan.exchange and turned), layout)
            for a, b, turned in (({}, {}, False), (first, {}, False), ({}, second, True), (first, second, True))
        )
        return Draft(instruction(rng.choice(FORMS).format(title=dish.title)), right, wrong)

    def prove(self, question: Question) -> Verdict:
        """Reads every recipe back, step by step, against the dish's own in the bank."""
        asked = [dish for title, dish in _titles().items() if title in question.prompt]
        if not asked:
            raise Disproof("the prompt names no dish of the banks")
        dish = max(asked, key=lambda dish: len(dish.title))
        faults = [dish.faults(_read(text)) for text in question.texts]
        right = sole([i for i, found in enumerate(faults) if not found], f"agree with the bank's {dish.name}")
        return Verdict(right, "source_key", "sourced", {"steps": len(dish.steps)})
