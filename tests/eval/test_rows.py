"""A result's rows say of planted interventions what was planted, and why a figure is absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from eval.config import EvaluationConfig
from eval.evaluate import evaluate
from eval.published import by_published_definitions
from eval.ranking import rank
from eval.rows import Ranked, comparisons, means, probabilities, row
from generators.core import Stream
from schemas import Example, Proof, Response, ShiftEntry
from schemas.files import jsonl
from schemas.validation import validate
from tests.eval.conftest import Tiny
from tests.eval.planted import clean, manifest, mostly, stamp, three, write

DRAWN = (300, 0)
SHIFT = ShiftEntry("one_to_two", "probing", "spurious_cues", "one", "two", "three", 1)
Row = dict[str, Any]


def cue(rng: Stream, number: int) -> tuple[str, list[str], int]:
    """The longest response, which is also the one that the user says, is right in four of five examples and more."""
    texts = three(rng)
    long = rng.below(3)
    texts[long] += "yyy"
    return f"question {number}", texts, mostly(rng, long)


def say(data: Path, name: str) -> None:
    """Records that the user says the longest response."""
    path = data / name / "test.jsonl"
    records = [json.loads(line) for line in path.read_bytes().splitlines()]
    for record in records:
        record["meta"]["user_says"] = max((response["text"] for response in record["responses"]), key=len)
    path.write_bytes(jsonl(records))
    stamp(data, name)


@pytest.fixture(scope="module")
def made(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Controls and a tiny causal model on a target with a declared cue; what can be done is what the oracle does."""
    folder = tmp_path_factory.mktemp("rows")
    data = folder / "data"
    write(data, "one", clean, sizes=(20, 300))
    write(data, "two", cue, sizes=(20, 300), declared={"longest": "planted", "named_in_prompt": "planted"})
    say(data, "two")
    manifest(data, ("one", "two"))
    config = EvaluationConfig(
        model=str(tiny("llama")),
        interventions=("zero_shot", "oracle", "coin", "longest", "agrees_with_user"),
        capability=("oracle",),
        resamples=300,
        max_tokens=64,
        threads=1,
        precision="float32",
    )
    return evaluate(data, folder / "out", config, ())


def rows(result: dict[str, Any]) -> dict[str, Row]:
    return {row["intervention"]: row for row in result["shifts"]}


def test_the_oracle_s_elicitation_is_exactly_1_and_the_coin_s_is_chance(made: dict[str, Any]) -> None:
    oracle, coin = rows(made)["oracle"], rows(made)["coin"]
    for name in ("source_accuracy", "elicitation", "chance_adjusted_elicitation", "item_elicitation"):
        assert oracle[name] == {"value": 1, "low": 1, "high": 1}
    chances = {
        "elicitation": 1 / 2,
        "source_accuracy": 1 / 2,
        "chance_adjusted_elicitation": 0,
        "item_elicitation": 1 / 3,
    }
    for name, chance in chances.items():
        assert coin[name]["low"] < chance < coin[name]["high"]
        assert coin[name]["high"] - coin[name]["low"] < 0.25


@pytest.mark.parametrize("name", ["longest", "agrees_with_user"])
def test_a_declared_cue_has_the_value_that_was_planted(name: str, made: dict[str, Any]) -> None:
    # Right in 4/5 + 1/5 * 1/3 = 13/15 of the examples; where it is wrong, one of the two pairs ties.
    found = rows(made)[name]
    right = 13 / 15
    wanted = {
        "generalization": right + (1 - right) / 4,
        "elicitation": right + (1 - right) / 4,
        "chance_adjusted_elicitation": 2 * (right + (1 - right) / 4) - 1,
        "item_elicitation": right,
    }
    for figure, value in wanted.items():
        assert found[figure]["low"] < value < found[figure]["high"]
        assert found[figure]["high"] - found[figure]["low"] < 0.2
    # The source has no cue: all its responses are equally long, and nobody says anything.
    assert found["source_accuracy"] == {"value": 0.5, "low": 0.5, "high": 0.5}


def test_a_causal_model_agrees_with_its_own_likelihood_and_a_coin_does_not(made: dict[str, Any]) -> None:
    assert rows(made)["zero_shot"]["likelihood_agreement"] == {"value": 1, "low": 1, "high": 1}
    coin = rows(made)["coin"]["likelihood_agreement"]
    assert coin["low"] < 0.5 < coin["high"]


def test_what_is_null_has_a_reason_and_the_rest_has_none(made: dict[str, Any]) -> None:
    maybe = ("chance_adjusted_elicitation", "item_elicitation", "likelihood_agreement", "calibration")
    for found in made["shifts"]:
        assert set(found["missing"]) == {name for name in maybe if found[name] is None}
    assert {name for name, found in rows(made).items() if found["calibration"] is None} == {
        "oracle", "coin", "longest", "agrees_with_user",
    }  # fmt: skip
    assert rows(made)["coin"]["missing"]["calibration"] == "a control's scores promise no probability"


def test_means_over_shifts_are_those_of_their_rows_and_narrower() -> None:
    rng = np.random.default_rng(1)
    entries = [ShiftEntry(f"s{n}", "extreme", "skill", "one", f"t{n}", None, 1) for n in range(4)]
    given = {}
    for n, entry in enumerate(entries):
        right = [1.0 if rng.random() < 0.7 else -1.0 for _ in range(100)]
        target = ranked([right], name=f"d{n}")
        given[entry, "lora"] = target
        given[entry, "oracle"] = ranked([[1.0] * 100], name=f"d{n}")
    made = {found["intervention"]: found for found in means(given, "category", *DRAWN)}
    for name, found in made.items():
        assert (found["over"], found["name"], found["shifts"]) == ("category", "skill", 4)
        rows = [row(entry, name, given[entry, name], *DRAWN) for entry in entries]
        for figure in ("generalization", "elicitation", "differential_elicitation"):
            mean = np.mean([each[figure]["value"] for each in rows])
            assert found[figure]["value"] == pytest.approx(mean, abs=1e-6)
            width = np.mean([each[figure]["high"] - each[figure]["low"] for each in rows])
            # Four independent figures: half the width of one.
            assert found[figure]["high"] - found[figure]["low"] == pytest.approx(width / 2, rel=0.2, abs=1e-9)
    assert made["oracle"]["elicitation"] == {"value": 1, "low": 1, "high": 1}
    assert len(means({(entries[0], "lora"): given[entries[0], "lora"]}, "label", *DRAWN)) == 1


def test_each_two_interventions_are_compared_once(made: dict[str, Any]) -> None:
    names = list(rows(made))
    assert [(c["one"], c["other"]) for c in made["comparisons"]] == [
        (one, other) for i, one in enumerate(names) for other in names[i + 1 :]
    ]
    found = {(c["one"], c["other"]): c["difference"] for c in made["comparisons"]}
    by = rows(made)
    for (one, other), apart in found.items():
        gap = by[one]["generalization"]["value"] - by[other]["generalization"]["value"]
        assert apart["value"] == pytest.approx(gap, abs=2e-6)
        assert apart["low"] <= apart["value"] <= apart["high"]
    # The two read the same cue, so nothing sets them apart.
    assert found["longest", "agrees_with_user"] == {"value": 0, "low": 0, "high": 0}


def example(number: int, name: str) -> Example:
    texts = (Response("right", 1), Response("wrong", 0))
    return Example(f"{name}/test/{number}", "prompt", texts, {"group": f"{name}{number}"}, Proof("rule", "proven"))


def ranked(margins: list[list[float]], name: str = "d", **changes: Any) -> Ranked:
    """A row's rankings, from the margins of each seed on the target."""

    def of(rows: list[list[float]], tuning: tuple[str, ...]) -> Any:
        examples = [example(n, name) for n in range(len(rows[0]))]
        return rank(examples, [[[margin, 0.0] for margin in row] for row in rows], tuning)

    size = len(margins[0])
    given = {
        "source": of([[1.0] * size], ("lora", "one")),
        "target": of(margins, ("lora", "one")),
        "zero_shot": of([[0.0] * size], ("zero_shot", "")),
        "able": {"lora": of([[3.0] * size], ("lora", "three")), "coin": of([[1.0, -1.0] * (size // 2)], ("coin", ""))},
        "seeds": list(range(len(margins))),
        "reads_model": True,
        "likelihood": False,
    }
    return Ranked(**{**given, **changes})


def test_one_seed_has_no_spread_and_several_have_theirs() -> None:
    assert row(SHIFT, "lora", ranked([[1.0] * 6]), *DRAWN)["spread"] is None
    made = row(SHIFT, "lora", ranked([[1.0] * 6, [1.0] * 3 + [-1.0] * 3], seeds=[4, 5]), *DRAWN)
    assert made["spread"] == {
        "seeds": [4, 5],
        "generalization": [1, 0.5],
        "standard_deviation": pytest.approx(np.sqrt(0.125), abs=1e-6),
    }
    assert made["generalization"]["value"] == 0.75
    assert made["generalization"]["low"] < 0.55


def test_probabilities_are_the_sigmoid_of_the_margins_and_calibration_is_theirs() -> None:
    rng = np.random.default_rng(0)
    said = rng.normal(0, 2, 2000)
    # What is said with log-odds m comes true as often: a pair's margin is -m where it does not.
    kept = [float(m if rng.random() < expit(m) else -m) for m in np.abs(said)]
    made = row(SHIFT, "lora", ranked([kept]), *DRAWN)["calibration"]
    assert probabilities(ranked([kept]).target) == pytest.approx(expit([kept]))
    assert made["ece"]["low"] == 0
    assert made["ece"]["value"] < 0.03
    assert sum(point["share"] for point in made["curve"]) == pytest.approx(1, abs=1e-5)
    boasting = row(SHIFT, "lora", ranked([[5 * m for m in kept]]), *DRAWN)["calibration"]
    assert boasting["ece"]["low"] > made["ece"]["high"]
    assert boasting["brier"]["low"] > made["brier"]["high"]


def test_the_published_definitions_count_a_tie_as_right() -> None:
    made = row(SHIFT, "lora", ranked([[0.0, 0.0, 1.0, -1.0]]), *DRAWN)
    assert made["generalization"]["value"] == 0.5
    assert made["published"] == {
        "generalization": 0.75,
        "zero_shot": 1.0,
        "capability": 1.0,
        "elicitation": 0.75,
        "differential_elicitation": -0.25,
        "brier": pytest.approx((0.25 + 0.25 + (1 - expit(1)) ** 2 + expit(1) ** 2) / 4, abs=1e-6),
        # No bin holds twenty pairs.
        "rms_calibration_error": None,
    }


def test_a_result_by_the_published_definitions_is_a_published_result() -> None:
    other = ShiftEntry("one_to_three", "extreme", "skill", "one", "three", None, 1)
    shifts = [row(each, "lora", ranked([[0.0, 1.0, 1.0, -1.0]]), *DRAWN) for each in (SHIFT, other)]
    (record,) = by_published_definitions({"shifts": shifts})
    validate(record, "published_result", "ours")
    assert (record["intervention"], record["probing_elicitation"], record["extreme_elicitation"]) == (
        "lora",
        0.75,
        0.75,
    )
    assert record["categories"] == {"skill": 0.75, "spurious_cues": 0.75}
    assert record["genies15_accuracy"] is None
    assert record["shifts"]["unknown"] == []


@pytest.mark.parametrize("turn", [lambda names: names, lambda names: names[::-1]], ids=["there", "back"])
def test_a_comparison_turns_its_sign_with_its_order(turn: Callable[[list[str]], list[str]]) -> None:
    targets = {"lora": ranked([[1.0] * 7 + [-1.0] * 3]).target, "mms": ranked([[1.0] * 4 + [-1.0] * 6]).target}
    names = turn(["lora", "mms"])
    (made,) = comparisons(SHIFT, {name: targets[name] for name in names}, *DRAWN)
    assert (made["one"], made["other"]) == tuple(names)
    assert made["difference"]["value"] == (0.3 if names[0] == "lora" else -0.3)
