"""Recipes: defects are dealt so that no word tells, and reading a print back finds every one of them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, split_of
from generators.families.cooking.distributions import LAYOUTS, Cooking
from generators.families.cooking.recipes import Dish, dishes, foreign, likes, stems
from generators.families.cooking.swaps import Plan, plans, plural

PLANS = st.sampled_from(plans())
#: The one dish that the examples by hand are about.
CARBONARA = next(dish for dish in dishes() if dish.id == "spaghetti_alla_carbonara")


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def test_the_banks_are_sound() -> None:
    everything = dishes()
    assert len({dish.id for dish in everything}) == len({dish.title for dish in everything}) == len(everything)
    for dish in everything:
        marks = [f"{{{place}}}" for place in range(len(dish.ingredients))]
        assert all("".join(dish.steps).count(mark) == 1 for mark in marks), dish.id
        assert all((one.sort, one.value) in likes() for one in dish.ingredients), dish.id
        assert len(set(dish.steps)) == len(dish.steps), dish.id
        # The first and the last step stay in their place, so that neither tells.
        assert dish.after is None or 2 <= dish.after <= len(dish.steps) - 2, dish.id


def test_no_ingredient_that_may_go_wrong_is_named_elsewhere() -> None:
    for plan in plans():
        rest = " ".join((plan.dish.title, *plan.dish.steps))
        for place, value in plan.swaps:
            assert not stems(value) & stems(rest), (plan.dish.id, value)
            assert not stems(plan.dish.ingredients[place].value) & stems(plan.dish.title), plan.dish.id


def test_there_are_enough_dishes_in_both_splits() -> None:
    sizes = Counter(split_of(item.group) for item in Cooking().items())
    assert sizes["train"] >= 600
    assert sizes["test"] >= 250


@pytest.mark.parametrize("split", ["train", "test"])
def test_an_ingredient_is_right_about_as_often_as_wrong(split: str) -> None:
    among = [plan for plan in plans() if split_of(plan.dish.id) == split]
    right = Counter(plan.dish.ingredients[place].value for plan in among for place, _ in plan.swaps)
    wrong = Counter(value for plan in among for _, value in plan.swaps)
    apart = sum(abs(right[value] - wrong[value]) for value in {*right, *wrong})
    assert apart < 0.06 * sum(right.values())


@given(PLANS)
def test_what_goes_wrong_is_wrong_and_reads_well(plan: Plan) -> None:
    assert len(plan.swaps) == 2 or plan.dish.after is not None
    for place, value in plan.swaps:
        ingredient = plan.dish.ingredients[place]
        assert foreign(ingredient, value)
        assert plural(value) == plural(ingredient.value)
        assert value not in ingredient.also


@given(PLANS, st.integers(0, 999))
def test_reading_back_finds_the_authentic_recipe(plan: Plan, seed: int) -> None:
    builder = Cooking()
    draft = builder.write(plan, Stream(seed))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    verdict = builder.prove(question(draft, *texts))
    assert texts[verdict.right] == draft.right
    assert verdict.status == "sourced"
    assert len(plan.dish.steps) <= 7


@given(PLANS)
def test_each_defect_is_found_by_itself(plan: Plan) -> None:
    dish = plan.dish
    first = dict(plan.swaps[:1])
    assert dish.faults(dish.printed({}, exchanged=False)) == []
    assert len(dish.faults(dish.printed(first, exchanged=False))) == 1
    assert len(dish.faults(dish.printed(dict(plan.swaps), exchanged=plan.exchange))) == 2


def test_every_layout_is_read_back() -> None:
    for seed in range(40):
        draft = Cooking().write(plans()[seed], Stream(seed))
        assert Cooking().prove(question(draft)).right == 0
    assert len(LAYOUTS) == 3


def test_what_cooks_also_take_is_no_mistake() -> None:
    meat = next(one for one in CARBONARA.ingredients if one.value == "guanciale")
    assert "pancetta" in meat.also
    assert not foreign(meat, "bacon")
    assert foreign(meat, "chorizo")


def _bacon(dish: Dish) -> list[str]:
    return [step.replace("guanciale", "bacon") for step in dish.printed({}, exchanged=False)]


@pytest.mark.parametrize(
    ("steps", "match"),
    [
        pytest.param(_bacon, "no clear mistake", id="an accepted variant"),
        pytest.param(lambda d: d.printed({}, exchanged=False)[:-1], "other steps", id="a step left out"),
        pytest.param(lambda d: (*d.printed({}, exchanged=False)[:-1], "Add cream"), "no step of", id="a step added"),
    ],
)
def test_recipes_that_the_bank_cannot_judge_are_refused(steps: object, match: str) -> None:
    with pytest.raises(Disproof, match=match):
        CARBONARA.faults(steps(CARBONARA))  # type: ignore[operator] # parametrised


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda d: d.wrong, id="without the right one"),
        pytest.param(lambda d: (d.right, d.right, *d.wrong), id="the right one twice"),
        pytest.param(lambda d: (d.right, d.wrong[0].upper()), id="altered text"),
    ],
)
def test_responses_without_exactly_one_authentic_recipe_are_refused(texts: object) -> None:
    draft = Cooking().write(plans()[0], Stream(1))
    with pytest.raises(Disproof):
        Cooking().prove(question(draft, *texts(draft)))  # type: ignore[operator] # parametrised


def test_a_prompt_without_a_dish_is_refused() -> None:
    draft = Cooking().write(plans()[0], Stream(1))
    with pytest.raises(Disproof, match="names no dish"):
        Cooking().prove(Question("Write a recipe for boiled boots.", (draft.right, *draft.wrong), {}))
