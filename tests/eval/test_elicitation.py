"""Figures beside accuracy are what one counts by hand, keep their bounds and pairing, and hold what seeds change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    accuracy,
    agreement,
    chance_adjusted_elicitation,
    difference,
    elicitation,
    item_elicitation,
)
from eval.ranking import Ranking, Tally, rank
from eval.resampling import Estimate
from schemas import Example, Proof, Response

DRAWN = (500, 0)
#: Scores of one example's three responses, the right one first.
ROWS = st.lists(st.tuples(*[st.integers(-2, 2)] * 3), min_size=1, max_size=12)


def examples(items: Sequence[str], responses: int = 3) -> list[Example]:
    """Examples of these groups; the right response comes first."""
    texts = tuple(Response(f"text {i}", int(i == 0)) for i in range(responses))
    return [
        Example(f"d/test/{n:05d}", f"prompt {n}", texts, {"group": item}, Proof("rule", "proven"))
        for n, item in enumerate(items)
    ]


def ranked(
    rows: Sequence[Sequence[float]], items: Sequence[str] | None = None, name: str = "", more: Sequence[Any] = ()
) -> Ranking:
    """A ranking of as many examples, of one seed or of more."""
    made = examples(items or [f"g{n % 3}" for n in range(len(rows))], len(rows[0]))
    return rank(made, [rows, *more], (name,))


def pairs(right: Sequence[float], prefix: str = "g") -> Tally:
    """One pair of each of as many groups."""
    groups = tuple(f"{prefix}{i:04d}" for i in range(len(right)))
    return Tally(groups, np.array([right], dtype=float), np.ones(len(right)), (prefix,))


def known(figure: Estimate | str) -> Estimate:
    assert isinstance(figure, Estimate)
    return figure


def test_chance_adjusted_elicitation_is_counted_by_hand_and_zero_for_guessing() -> None:
    able = pairs([1] * 45 + [0] * 5, "reference")
    worse, guessing = pairs([1] * 30 + [0] * 70), pairs([0.5] * 100)
    assert known(chance_adjusted_elicitation(worse, able, *DRAWN)).value == pytest.approx((0.3 - 0.5) / (0.9 - 0.5))
    assert known(chance_adjusted_elicitation(guessing, able, *DRAWN)) == Estimate(0, 0, 0)
    assert known(chance_adjusted_elicitation(able, able, *DRAWN)) == Estimate(1, 1, 1)
    wide = known(chance_adjusted_elicitation(worse, able, *DRAWN))
    assert wide.low < wide.value < wide.high < 0


@pytest.mark.parametrize("right", [0.5, 0.55, 0.2])
def test_a_capability_that_may_be_chance_adjusts_nothing(right: float) -> None:
    able = pairs([1] * round(40 * right) + [0] * round(40 * (1 - right)), "reference")
    said = chance_adjusted_elicitation(pairs([1] * 9), able, *DRAWN)
    assert said == "the capability's interval reaches down to chance"


def test_item_elicitation_is_counted_by_hand() -> None:
    items = ("a", "b", "b", "c", "d")
    # The reference-tuned model is right on the first, second and, with one other on top, fourth; the source-tuned one
    # on the first and, with both others, the fourth.
    able = ranked([(2, 1, 0), (3, 1, 2), (0, 1, 0), (1, 1, 0), (0, 0, 5)], items)
    target = ranked([(1, 0, 0), (0, 1, 0), (9, 0, 0), (4, 4, 4), (9, 0, 0)], items)
    assert able.won.tolist() == [[1, 1, 0, 0.5, 0]]
    assert target.won[0].tolist() == pytest.approx([1, 0, 1, 1 / 3, 1])
    assert known(item_elicitation(target, able, *DRAWN)).value == pytest.approx((1 + 0.5 / 3) / 2.5)


def test_items_may_have_other_responses_in_the_reference() -> None:
    able = ranked([(3, 0, 1, 2), (0, 1, 0, 0), (3, 0, 1, 2)], ("a", "b", "c"))
    target = ranked([(1, 0), (1, 0), (0, 1)], ("a", "b", "c"))
    assert known(item_elicitation(target, able, *DRAWN)).value == 0.5


def test_items_count_where_the_ratio_of_accuracies_sees_nothing() -> None:
    # Each model is right on three quarters of the pairs, but only half of these are the same.
    items = [f"g{n:03d}" for n in range(80)]
    able, target = ([(n % 4 != wrong, 0.5) for n in range(80)] for wrong in (0, 1))
    mine, theirs = ranked(target, items), ranked(able, items)
    assert elicitation(mine.tally, theirs.tally, *DRAWN).value == 1
    found = known(item_elicitation(mine, theirs, *DRAWN))
    assert found.value == pytest.approx(2 / 3)
    assert 0.5 < found.low < 0.6 < 0.72 < found.high < 0.82


def test_other_items_or_a_model_that_can_nothing_have_no_item_elicitation() -> None:
    target = ranked([(1, 0), (1, 0)], ("a", "b"))
    for other in (("a", "c"), ("b", "a"), ("a", "b", "b")):
        said = item_elicitation(target, ranked([(1, 0)] * len(other), other), *DRAWN)
        assert said == "target and reference do not hold the same items"
    assert item_elicitation(target, ranked([(0, 1)] * 2, ("a", "b")), *DRAWN) == (
        "the reference-tuned model gets no item right"
    )


@given(ROWS, st.randoms(use_true_random=False))
def test_figures_keep_their_bounds_and_no_order_matters(rows: list[tuple[int, ...]], random: Any) -> None:
    able = [[sum(row) % 3, 1, row[0]] for row in rows]
    items = [f"g{n % 3}" for n in range(len(rows))]
    turned = list(range(len(rows)))
    random.shuffle(turned)
    figures = []
    for order in (range(len(rows)), turned):
        mine, theirs = (ranked([scores[i] for i in order], [items[i] for i in order]) for scores in (rows, able))
        found = [
            accuracy(mine.tally, *DRAWN),
            agreement(mine, theirs, *DRAWN),
            difference(mine.tally, theirs.tally, *DRAWN),
        ]
        share = item_elicitation(mine, theirs, *DRAWN)
        assert isinstance(share, str) == (not theirs.won.any())
        found += [] if isinstance(share, str) else [share]
        lowest = [0, 0, -1, 0]
        for estimate, low in zip(found, lowest, strict=False):
            assert low - 1e-9 <= estimate.low <= estimate.high <= 1 + 1e-9
            assert low <= estimate.value <= 1
        figures.append([value for estimate in found for value in (estimate.value, estimate.low, estimate.high)])
    assert figures[0] == pytest.approx(figures[1])


def test_agreement_is_1_with_itself_0_with_its_opposite_and_a_half_with_ties() -> None:
    rows = [(0.1, 0.5, 0.2), (3.0, -1.0, 2.0)]
    there = ranked(rows)
    assert agreement(there, ranked([[9 * x for x in row] for row in rows]), *DRAWN) == Estimate(1, 1, 1)
    assert agreement(there, ranked([[-x for x in row] for row in rows]), *DRAWN) == Estimate(0, 0, 0)
    assert agreement(there, ranked([(0, 0, 0)] * 2), *DRAWN) == Estimate(0.5, 0.5, 0.5)
    # Of four pairs one is turned and one tied.
    assert agreement(there, ranked([(0.1, 0.5, 0.1), (3.0, 4.0, 2.0)]), *DRAWN).value == pytest.approx(2.5 / 4)


def test_two_interventions_are_compared_over_the_same_draws() -> None:
    rng = np.random.default_rng(3)
    trials, groups = 300, 100
    covered, widths, apart = 0, [], []
    for trial in range(trials):
        before = (rng.random(groups) < 0.5).astype(float)
        # On a third of the examples the one goes its own way and is right on .8 of them: .6 against .5.
        after = np.where(rng.random(groups) < 1 / 3, rng.random(groups) < 0.8, before).astype(float)
        found = difference(pairs(after.tolist()), pairs(before.tolist()), 400, trial)
        covered += found.low <= 0.1 <= found.high
        widths.append(found.high - found.low)
        other = difference(pairs(after.tolist()), pairs(before.tolist(), "other"), 400, trial)
        apart.append(other.high - other.low)
    assert 0.91 <= covered / trials <= 0.985
    assert np.mean(widths) < 0.7 * np.mean(apart)
    same = pairs([1, 0, 1])
    assert difference(same, same, *DRAWN) == Estimate(0, 0, 0)


def test_one_seed_draws_no_tunings_and_equal_seeds_change_nothing() -> None:
    rows = [(1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.5, 0.5)]
    alone = ranked(rows, ("a", "b", "c", "d"))
    fivefold = ranked(rows, ("a", "b", "c", "d"), more=[rows] * 4)
    assert accuracy(alone.tally, *DRAWN) == accuracy(fivefold.tally, *DRAWN)
    assert known(item_elicitation(alone, alone, *DRAWN)).value == known(item_elicitation(fivefold, alone, *DRAWN)).value
    assert fivefold.tally.by_seed == [0.625] * 5


def test_several_seeds_are_a_mean_and_each_is_held_against_each() -> None:
    right, wrong = [(1.0, 0.0)] * 4, [(0.0, 1.0)] * 4
    mixed, able = ranked(right, more=[wrong]), ranked(right, name="reference")
    found = accuracy(mixed.tally, *DRAWN)
    # The examples are all alike: what varies is which of the two tunings a sample draws.
    assert found == Estimate(0.5, 0, 1)
    assert mixed.tally.by_seed == [1, 0]
    assert known(item_elicitation(mixed, able, *DRAWN)) == Estimate(0.5, 0, 1)
    twice = ranked(right, name="reference", more=[wrong])
    assert known(item_elicitation(mixed, twice, *DRAWN)).value == 0.5
    # What shares its tunings is drawn alike, whatever it is tested on.
    assert difference(mixed.tally, mixed.tally, *DRAWN) == Estimate(0, 0, 0)
    assert difference(mixed.tally, twice.tally, *DRAWN) == Estimate(0, -1, 1)


def test_the_interval_over_seeds_covers_what_one_seed_s_does_not() -> None:
    rng = np.random.default_rng(5)
    trials, seeds, groups = 300, 8, 120
    over_all = over_one = 0
    for trial in range(trials):
        # Tunings of one source differ: .7 on average, .08 apart.
        made = np.stack([rng.random(groups) < rate for rate in rng.normal(0.7, 0.08, seeds)]).astype(float)
        whole = Tally(tuple(f"g{i:04d}" for i in range(groups)), made, np.ones(groups), ("lora",))
        all_seeds = accuracy(whole, 300, trial)
        one_seed = accuracy(pairs(made[0].tolist()), 300, trial)
        over_all += all_seeds.low <= 0.7 <= all_seeds.high
        over_one += one_seed.low <= 0.7 <= one_seed.high
    assert 0.92 <= over_all / trials <= 0.99
    assert over_one / trials < 0.8
