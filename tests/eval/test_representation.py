"""Representation methods on synthetic activations: each recovers what theory says of a planted truth and a distractor.

A response's state is `strength x truth` along a known direction, plus a distractor along another, plus noise; only one
layer (or a few heads) holds any of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.config import CcsSettings, EvaluationConfig, LatGeniesSettings, MmsSettings
from eval.interventions import ccs, cra, lat, lat_genies, mms, probe
from eval.interventions._representation import Reading
from eval.models.activations import Activations
from eval.models.directions import Doubles, Linear, Pairs, accuracy
from schemas import ShiftworksError

LAYERS, WIDTH, HEADS, HEAD = 3, 24, 4, 8
#: Where truth and distractor are.
LAYER, TRUE_HEADS = 1, ((1, 2), (2, 0))
CONFIG = replace(
    EvaluationConfig(), mms=MmsSettings(heads=2), lat_genies=LatGeniesSettings(layers=1), ccs=CcsSettings(restarts=6)
)
Learn = Callable[[Pairs, EvaluationConfig, int], Reading]
SUPERVISED: dict[str, Learn] = {m.__name__.split(".")[-1]: m.learn for m in (probe, mms, lat_genies, cra)}
ALL: dict[str, Learn] = {**SUPERVISED, "lat": lat.learn, "ccs": ccs.learn}


def axis(number: int, width: int = WIDTH) -> Doubles:
    """A direction that is no axis; those of different numbers are orthogonal."""
    basis: Doubles = np.linalg.qr(np.random.default_rng(5).standard_normal((width, width)))[0]
    return basis[:, number]


def activations(rng: np.random.Generator, truth: Doubles, distractor: Doubles) -> Activations:
    """Activations of responses, given how true each is and how much of the distractor it has."""
    count = len(truth)

    def noise(*shape: int) -> Doubles:
        return 0.3 * rng.standard_normal((count, *shape))

    def signal(width: int) -> Doubles:
        return np.outer(truth, axis(0, width)) + np.outer(distractor, axis(1, width))

    text, good, bad, heads = (
        noise(LAYERS, WIDTH),
        noise(LAYERS, WIDTH),
        noise(LAYERS, WIDTH),
        noise(LAYERS, HEADS, HEAD),
    )
    text[:, LAYER] += signal(WIDTH)
    # What the statements' words say is far more than what is true of the response.
    good += 4 * axis(2)
    bad -= 4 * axis(2)
    good[:, LAYER] += signal(WIDTH)
    bad[:, LAYER] -= signal(WIDTH)
    for layer, head in TRUE_HEADS:
        heads[:, layer, head] += signal(HEAD)
    return Activations(*(part.astype(np.float32) for part in (text, good, bad, heads)))


def planted(strength: float, distractor: float, agreement: float, *, count: int = 300, seed: int = 0) -> Pairs:
    """Pairs of a right response and a wrong one.

    Args:
        strength: How far right and wrong responses lie from the middle, along the truth.
        distractor: How far they lie from the middle along the distractor, one to each side.
        agreement: Share of pairs in which the distractor points to the right response.
        count: Pairs.
        seed: Seed of all draws.
    """
    rng = np.random.default_rng(seed)
    points = np.where(rng.random(count) < agreement, distractor, -distractor)
    right = activations(rng, np.full(count, strength), points)
    wrong = activations(rng, np.full(count, -strength), -points)
    return Pairs(right, wrong, [f"g{i // 2}" for i in range(count)])


def share_right(reading: Reading, pairs: Pairs) -> float:
    return accuracy(reading.scores(pairs.right) - reading.scores(pairs.wrong))


def direction(reading: Reading) -> Doubles:
    """The unit vector that a reading has learned where the truth is planted."""
    if isinstance(reading, ccs.Consistent):
        assert reading.layer == LAYER
        # The two statements' spreads are alike, so either says what the direction is for states as they are.
        found = reading.sign * reading.direction / reading.spreads[0]
    else:
        assert isinstance(reading, Linear)
        if reading.part == "heads":
            assert {(int(a), int(b)) for a, b in np.argwhere(reading.weights.any(-1))} == set(TRUE_HEADS)
            found = reading.weights[TRUE_HEADS[0]]
        else:
            found = reading.weights[LAYER]
    return found / np.linalg.norm(found)  # type: ignore[no-any-return] # numpy types the quotient as Any


def cosines(reading: Reading) -> tuple[float, float]:
    """Cosine of what was learned with the truth and with the distractor."""
    found = direction(reading)
    return float(found @ axis(0, len(found))), float(found @ axis(1, len(found)))


@pytest.mark.parametrize("name", sorted(ALL))
def test_truth_alone_is_found_and_carries_over(name: str) -> None:
    reading = ALL[name](planted(1.0, 0.0, 0.5), CONFIG, 0)
    assert cosines(reading)[0] > 0.9
    # A distractor that only the target has does not matter to who has not learned it.
    assert share_right(reading, planted(1.0, 1.0, 0.0, seed=1)) > 0.95


@pytest.mark.parametrize("name", sorted(SUPERVISED))
def test_labels_see_through_a_stronger_distractor_that_is_balanced(name: str) -> None:
    # The balance of a sample is only nearly one; a mean difference keeps what is left of the distractor.
    reading = SUPERVISED[name](planted(1.0, 2.0, 0.5, count=2000), CONFIG, 0)
    assert cosines(reading)[0] > 0.9
    assert share_right(reading, planted(1.0, 2.0, 0.5, count=2000, seed=1)) > 0.9


@pytest.mark.parametrize("name", sorted(set(SUPERVISED) - {"probe"}))
@pytest.mark.parametrize(("strength", "distractor"), [(1.0, 0.5), (0.5, 1.0)])
def test_a_mean_difference_is_the_sum_of_truth_and_a_confounded_distractor(
    name: str, strength: float, distractor: float
) -> None:
    reading = SUPERVISED[name](planted(strength, distractor, 1.0), CONFIG, 0)
    size = np.hypot(strength, distractor)
    assert cosines(reading) == pytest.approx((strength / size, distractor / size), abs=0.05)
    # Where the distractor turns round, the margin is strength² - distractor²: the stronger decides.
    turned = planted(strength, distractor, 0.0, seed=1)
    assert share_right(reading, turned) == pytest.approx(float(strength > distractor), abs=0.1)


def test_a_probe_ranks_by_the_stronger_of_truth_and_a_confounded_distractor() -> None:
    for strength, distractor in ((1.0, 0.3), (0.3, 1.0)):
        reading = probe.learn(planted(strength, distractor, 1.0), CONFIG, 0)
        turned = share_right(reading, planted(strength, distractor, 0.0, seed=1))
        assert turned == pytest.approx(float(strength > distractor), abs=0.1)


def test_a_probe_beats_a_mean_difference_where_noise_lies_along_it() -> None:
    """Noise along (truth + distractor) hides the truth from a mean; a probe reads (truth - distractor) beside it."""

    def noisy(seed: int) -> Pairs:
        pairs, rng = planted(0.3, 0.0, 0.5, count=600, seed=seed), np.random.default_rng(seed + 100)
        for part in (pairs.right, pairs.wrong):
            along = np.outer(3 * rng.standard_normal(600), axis(0) + axis(1)).astype(np.float32)
            part.text[:, LAYER] += along
        return pairs

    by = {name: share_right(SUPERVISED[name](noisy(0), CONFIG, 0), noisy(1)) for name in ("probe", "lat_genies")}
    assert by["probe"] > by["lat_genies"] + 0.1
    assert by["probe"] > 0.7


@pytest.mark.parametrize("name", ["lat", "ccs"])
def test_without_labels_the_stronger_of_two_directions_is_found(name: str) -> None:
    """CCS's known failure, and that of a principal component: a feature that is as consistent as truth and stronger."""
    weaker = ALL[name](planted(1.5, 0.5, 0.5), CONFIG, 0)
    assert cosines(weaker)[0] > 0.9
    assert share_right(weaker, planted(1.5, 0.5, 0.5, seed=1)) > 0.95
    stronger = ALL[name](planted(0.5, 1.5, 0.5), CONFIG, 0)
    assert abs(cosines(stronger)[1]) > 0.9
    assert share_right(stronger, planted(0.5, 1.5, 0.5, seed=1)) == pytest.approx(0.5, abs=0.15)


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_sign_is_the_sources(name: str) -> None:
    pairs = planted(1.0, 0.0, 0.5)
    turned = Pairs(pairs.wrong, pairs.right, pairs.groups)
    assert cosines(ALL[name](turned, CONFIG, 0))[0] < -0.9


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_same_seed_gives_the_same_reading(name: str) -> None:
    pairs = planted(0.3, 0.3, 0.5, count=60)
    first, again = (ALL[name](pairs, CONFIG, 3).scores(pairs.right) for _ in range(2))
    assert first.tolist() == again.tolist()


def test_seeds_move_what_is_drawn() -> None:
    pairs = planted(0.2, 0.2, 0.5, count=60)
    for name in ("lat", "ccs"):
        scores = {tuple(ALL[name](pairs, CONFIG, seed).scores(pairs.right).round(9)) for seed in range(4)}
        assert len(scores) > 1


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=40).filter(lambda groups: len(set(groups)) > 1),
    st.floats(0.01, 0.99),
    st.integers(0, 5),
)
def test_groups_never_straddle_what_is_held_out(groups: list[int], share: float, seed: int) -> None:
    numbers = np.arange(len(groups), dtype=np.float32)[:, None, None]
    numbered = Activations(numbers, numbers, numbers, None)
    pairs = Pairs(numbered, numbered, [str(group) for group in groups])
    fitted, held = pairs.split(share, seed)
    assert fitted.groups
    assert held.groups
    assert not set(fitted.groups) & set(held.groups)
    rows = np.concatenate([fitted.right.text, held.right.text]).ravel().tolist()
    assert sorted(rows) == numbers.ravel().tolist()
    assert [pairs.groups[int(row)] for row in fitted.right.text.ravel()] == list(fitted.groups)
    assert fitted.groups == pairs.split(share, seed)[0].groups


def test_a_source_of_one_group_is_one_clear_line() -> None:
    pairs = replace(planted(1.0, 0.0, 0.5, count=6), groups=["only"] * 6)
    for learn in ALL.values():
        with pytest.raises(ShiftworksError, match=r"^all 6 training examples are of the group 'only'.*several groups$"):
            learn(pairs, CONFIG, 0)


def test_a_model_without_known_heads_is_one_clear_line() -> None:
    pairs = planted(1.0, 0.0, 0.5, count=20)
    headless = Pairs(replace(pairs.right, heads=None), replace(pairs.wrong, heads=None), pairs.groups)
    with pytest.raises(ShiftworksError, match=r"^this model's attention heads are not found.*leave out mms$"):
        mms.learn(headless, CONFIG, 0)
    assert share_right(probe.learn(headless, CONFIG, 0), headless) > 0.9


def test_states_that_never_differ_give_equal_scores() -> None:
    """Nothing to learn from: no division by a spread of zero."""
    same = np.ones((12, LAYERS, WIDTH), dtype=np.float32)
    alike = Activations(same, same, same, np.ones((12, LAYERS, HEADS, HEAD), dtype=np.float32))
    pairs = Pairs(alike, alike, [str(i) for i in range(12)])
    for learn in ALL.values():
        assert share_right(learn(pairs, CONFIG, 0), pairs) == 0.5
