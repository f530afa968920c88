"""The runner: controls are where they must be, nothing is done twice, and nothing old passes for new."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from eval.config import EvaluationConfig, LoraSettings
from eval.evaluate import Evaluation, Job, evaluate, table
from eval.interventions import Scores
from eval.interventions._faults import UnfinishedError
from eval.models import tuning
from eval.plan import plan, text
from generators.core import Stream
from schemas import ShiftworksError
from schemas.files import jsonl, pretty
from schemas.validation import validate
from tests.eval.conftest import Tiny
from tests.eval.planted import WORDS, clean, manifest, stamp, write

FILES = ("results.json", "metrics.json", "elicitation.json", "evaluation.receipt.json")
SIZES = (24, 60)


def amber(rng: Stream, number: int) -> tuple[str, list[str], int]:
    """The right response is the only one with `amber`."""
    texts = [" ".join(rng.sample(WORDS[1:], 3)) for _ in range(3)]
    gold = rng.below(3)
    texts[gold] = f"amber {texts[gold]}"
    return f"question {number}", texts, gold


@pytest.fixture(scope="module")
def model(tiny: Tiny) -> str:
    """The folder of a tiny encoder."""
    return str(tiny("bert"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two distributions and the shifts between them."""
    return build(tmp_path / "data")


def build(folder: Path) -> Path:
    write(folder, "one", amber, sizes=SIZES)
    write(folder, "two", clean, sizes=SIZES)
    manifest(folder, ("one", "two"), ("two", "one"))
    return folder


def settings(model: str, *interventions: str, **changes: Any) -> EvaluationConfig:
    lora = LoraSettings(rank=4, epochs=3, batch_size=8, learning_rate=1e-2, head_learning_rate=5e-2, reading="joint")
    named = interventions or ("lora", "zero_shot", "oracle", "coin", "longest")
    plain = EvaluationConfig(
        model=model, interventions=named, resamples=200, max_tokens=64, threads=1, precision="float32", lora=lora
    )
    return replace(plain, **changes)


def controls(**changes: Any) -> EvaluationConfig:
    """An evaluation that reads no model but for its baseline, which is a control here."""
    return settings("embedded", "oracle", "coin", "longest", capability=("oracle",), **changes)


@dataclass
class Watch:
    """What was tuned and scored, and when to interrupt."""

    tunings: int = 0
    scorings: int = 0
    stop_at: int | None = None


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Counts tunings and scorings of tuned models, which run as ever; may press the interrupt key."""
    seen = Watch()
    tuned, score = tuning.tuned, tuning.TunedScorer.score

    def watched_tuning(*given: Any) -> tuning.TunedScorer:
        seen.tunings += 1
        return tuned(*given)

    def watched_scoring(self: tuning.TunedScorer, examples: Sequence[Any]) -> Scores:
        seen.scorings += 1
        if seen.scorings == seen.stop_at:
            raise KeyboardInterrupt
        return score(self, examples)

    monkeypatch.setattr(tuning, "tuned", watched_tuning)
    monkeypatch.setattr(tuning.TunedScorer, "score", watched_scoring)
    return seen


def row(result: dict[str, Any], shift: str, intervention: str) -> dict[str, Any]:
    [found] = [r for r in result["shifts"] if (r["shift"], r["intervention"]) == (shift, intervention)]
    return found  # type: ignore[no-any-return] # JSON


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


@dataclass(frozen=True)
class Done:
    """A finished evaluation."""

    data: Path
    out: Path
    config: EvaluationConfig
    result: dict[str, Any]


@pytest.fixture(scope="module")
def done(model: str, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """An evaluation of all interventions, run once; nobody changes its folders."""
    folder = tmp_path_factory.mktemp("done")
    data, config = build(folder / "data"), settings(model)
    return Done(data, folder / "out", config, evaluate(data, folder / "out", config, ()))


def test_a_result_is_whole_and_passes_its_schema(done: Done) -> None:
    stored = json.loads((done.out / "results.json").read_bytes())
    validate(stored, "result", "results.json")
    assert stored == json.loads(json.dumps(done.result))
    assert len(stored["shifts"]) == 2 * 5
    assert len(stored["distributions"]) == 2 * 5
    for figures in stored["shifts"]:
        assert (figures["pairs"], figures["prompts"]) == (120, 60)
        for name in ("generalization", "capability", "zero_shot", "elicitation", "differential_elicitation"):
            assert figures[name]["low"] <= figures[name]["value"] <= figures[name]["high"]
    metrics = json.loads((done.out / "metrics.json").read_bytes())
    lora = row(stored, "one_to_two", "lora")
    assert metrics["one_to_two"]["lora"] == {
        "elicitation": lora["elicitation"]["value"],
        "generalization": lora["generalization"]["value"],
    }
    drawn = json.loads((done.out / "elicitation.json").read_bytes())
    assert len(drawn) == 10
    assert {"shift", "intervention", "elicitation", "low", "high"} == set(drawn[0])


def test_controls_are_where_they_must_be(done: Done) -> None:
    for shift in ("one_to_two", "two_to_one"):
        oracle, coin = (row(done.result, shift, name)["generalization"] for name in ("oracle", "coin"))
        assert oracle == {"value": 1, "low": 1, "high": 1}
        assert coin["low"] < 0.5 < coin["high"]
        assert coin["high"] - coin["low"] < 0.35
    # In `one` the right response is longest; in `two` all are equally long.
    assert row(done.result, "two_to_one", "longest")["generalization"]["value"] > 0.75
    assert row(done.result, "one_to_two", "longest")["generalization"]["value"] == 0.5


def test_figures_hang_together(done: Done) -> None:
    within = {(r["distribution"], r["intervention"]): r["accuracy"]["value"] for r in done.result["distributions"]}
    assert within["one", "lora"] > 0.8
    for shift, target in (("one_to_two", "two"), ("two_to_one", "one")):
        able = {name: within[target, name] for name in ("lora", "zero_shot")}
        for name in done.config.interventions:
            figures = row(done.result, shift, name)
            value = {key: made["value"] for key, made in figures.items() if isinstance(made, dict) and "value" in made}
            assert value["capability"] == max(able.values()) == able[figures["capability_by"]]
            assert value["zero_shot"] == within[target, "zero_shot"]
            assert value["source_accuracy"] == within[figures["source"], name]
            assert value["elicitation"] == pytest.approx(value["generalization"] / value["capability"], abs=1e-5)
            gain = value["generalization"] - value["zero_shot"]
            assert value["differential_elicitation"] == pytest.approx(gain / value["capability"], abs=1e-5)
        zero_shot = row(done.result, shift, "zero_shot")
        assert zero_shot["differential_elicitation"] == {"value": 0, "low": 0, "high": 0}


def test_a_receipt_is_the_same_elsewhere_and_names_no_figure_or_place(model: str, tmp_path: Path) -> None:
    receipts = []
    for place in ("here", "there"):
        data, out = build(tmp_path / place / "data"), tmp_path / place / "out"
        evaluate(data, out, settings(model, "coin"), ["one_to_two"])
        receipts.append((out / "evaluation.receipt.json").read_bytes())
    assert receipts[0] == receipts[1]
    assert str(tmp_path).encode() not in receipts[0]
    receipt = json.loads(receipts[0])
    assert receipt["shifts"] == ["one_to_two"]
    assert set(receipt["data"]) == {"one", "two"}
    assert "value" not in receipts[0].decode()


def test_what_was_scored_is_neither_tuned_nor_loaded_again(
    done: Done, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(done.out)
    out = tmp_path / "out"
    (out / "cache").mkdir(parents=True)
    for path in (done.out / "cache").iterdir():
        (out / "cache" / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("eval.models.backbone.load_backbone", None)
    assert evaluate(done.data, out, done.config, ()) == done.result
    assert (watch.tunings, watch.scorings) == (0, 0)
    assert contents(out) == before


def test_an_evaluation_goes_on_where_it_was_interrupted(done: Done, tmp_path: Path, watch: Watch) -> None:
    out = tmp_path / "out"
    watch.stop_at = 3
    with pytest.raises(KeyboardInterrupt):
        evaluate(done.data, out, done.config, ())
    # Two tunings with two tests each: the interrupt came at the first test of the second.
    assert (watch.tunings, watch.scorings) == (2, 3)
    assert not any((out / name).exists() for name in FILES)
    watch.tunings = watch.scorings = 0
    watch.stop_at = None
    assert evaluate(done.data, out, done.config, ()) == done.result
    assert (watch.tunings, watch.scorings) == (1, 2)
    assert contents(out) == contents(done.out)


def test_an_old_receipt_does_not_vouch_for_an_interrupted_evaluation(
    model: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, config = tmp_path / "out", settings(model, "coin")
    evaluate(data, out, config, ())

    def full(path: Path, _content: bytes) -> None:
        if path.name == "metrics.json":
            raise ShiftworksError("disk full")

    monkeypatch.setattr("eval.evaluate.write_whole", full)
    with pytest.raises(ShiftworksError, match="disk full"):
        evaluate(data, out, config, ())
    assert not (out / "evaluation.receipt.json").exists()


def test_a_table_shows_what_was_measured(done: Done) -> None:
    shown = table(done.result).splitlines()
    assert len(shown) == 11
    figure = row(done.result, "one_to_two", "lora")["generalization"]
    [line] = [line for line in shown if line.split()[:2] == ["one_to_two", "lora"]]
    assert f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]" in line


def relabel(data: Path, name: str, split: str = "test") -> None:
    """Makes another response the right one, in every example."""
    path = data / name / f"{split}.jsonl"
    records = [json.loads(line) for line in path.read_bytes().splitlines()]
    for record in records:
        labels = [response["label"] for response in record["responses"]]
        for i, response in enumerate(record["responses"]):
            response["label"] = labels[i - 1]
    path.write_bytes(jsonl(records))


def test_changed_data_are_not_served_from_the_cache(model: str, data: Path, tmp_path: Path, watch: Watch) -> None:
    out, config = tmp_path / "out", settings(model, "lora", "oracle", "coin")
    first = evaluate(data, out, config, ["one_to_two"])
    tunings = watch.tunings
    relabel(data, "two")
    with pytest.raises(ShiftworksError, match=r"two/test\.jsonl: its SHA-256 is not the one on"):
        evaluate(data, out, config, ["one_to_two"])
    stamp(data, "two")
    second = evaluate(data, out, config, ["one_to_two"])
    assert row(second, "one_to_two", "oracle")["generalization"]["value"] == 1
    assert row(second, "one_to_two", "coin")["generalization"] != row(first, "one_to_two", "coin")["generalization"]
    # Both tunings are needed for the new test, none of the old scores of `one`.
    assert watch.tunings == tunings + 2
    relabel(data, "one", "train")
    stamp(data, "one")
    third = evaluate(data, out, config, ["one_to_two"])
    assert watch.tunings == tunings + 3
    assert row(third, "one_to_two", "lora")["generalization"] != row(second, "one_to_two", "lora")["generalization"]


@pytest.mark.parametrize(
    "change",
    [{"seed": 1}, {"max_tokens": 32}, {"lora": LoraSettings(rank=2, epochs=1)}, {"threads": 2}],
    ids=["seed", "max_tokens", "lora", "threads"],
)
def test_other_settings_are_not_served_from_the_cache(change: dict[str, Any], done: Done) -> None:
    evaluation = Evaluation(done.data, done.out, replace(done.config, **change), ())
    assert not evaluation.runs.known("lora", "one", "two")
    assert Evaluation(done.data, done.out, done.config, ()).runs.known("lora", "one", "two")


def test_several_seeds_are_tuned_each_once_and_a_seed_that_is_scored_is_kept(
    done: Done, tmp_path: Path, watch: Watch
) -> None:
    out, config = tmp_path / "out", replace(done.config, interventions=("lora", "zero_shot", "coin"))
    shutil.copytree(done.out / "cache", out / "cache")
    several = replace(config, seeds=3)
    evaluation = Evaluation(done.data, out, several, ())
    planned = plan(evaluation)
    # LoRA's four scorings with two more seeds; what learns nothing is scored once.
    assert (planned.tunings, planned.scorings, len(evaluation.jobs)) == (4, 8, 16)
    fresh = text(evaluation, planned, out).splitlines()
    assert any(line.startswith("lora, tuned on one with seed 2: scores one, two;") for line in fresh)
    assert "seeds 0 to 2" in fresh[-1]
    # The plan has timed a few examples; what runs is counted from here.
    watch.tunings = watch.scorings = 0
    result = evaluate(done.data, out, several, ())
    assert (watch.tunings, watch.scorings) == (4, 8)
    alone = {seed: evaluate(done.data, out, replace(config, seed=seed), ()) for seed in range(3)}
    assert (watch.tunings, watch.scorings) == (4, 8)
    for shift in ("one_to_two", "two_to_one"):
        made = row(result, shift, "lora")
        each = [row(alone[seed], shift, "lora") for seed in range(3)]
        assert made["spread"]["seeds"] == [0, 1, 2]
        assert made["spread"]["generalization"] == [figures["generalization"]["value"] for figures in each]
        assert made["spread"]["standard_deviation"] > 0
        assert made["generalization"]["value"] == pytest.approx(sum(made["spread"]["generalization"]) / 3, abs=1e-6)
        for name in ("zero_shot", "coin"):
            assert row(result, shift, name)["spread"] is None
            assert row(result, shift, name)["generalization"] == row(alone[0], shift, name)["generalization"]
    # Same seeds, same result; and one seed, asked for as a number of seeds, is what it ever was.
    assert evaluate(done.data, out, several, ()) == result
    assert row(alone[0], "one_to_two", "lora") == row(done.result, "one_to_two", "lora")


def test_more_resamples_need_no_new_scores(done: Done) -> None:
    evaluation = Evaluation(done.data, done.out, replace(done.config, resamples=50, interventions=("lora",)), ())
    assert all(evaluation.runs.known(job.intervention, job.source, job.test) for job in evaluation.jobs)


def test_another_model_is_not_served_from_the_cache(done: Done, tiny: Tiny) -> None:
    other = str(tiny("llama"))
    runs = Evaluation(done.data, done.out, replace(done.config, model=other), ()).runs
    assert not runs.known("lora", "one", "two")
    assert not runs.known("zero_shot", None, "two")
    assert runs.known("coin", None, "two")


CORRUPT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "a list": lambda _: b"[]",
    "a number": lambda _: b"1",
    "no text": lambda _: b"\xff\xfe",
    "no scores": lambda content: pretty({**json.loads(content), "values": None}),
    "too few": lambda content: pretty({**json.loads(content), "values": json.loads(content)["values"][1:]}),
    "too short": lambda content: pretty({**json.loads(content), "values": [[1.0]] * SIZES[1]}),
    "nulls": lambda content: pretty({**json.loads(content), "values": [[None, None, None]] * SIZES[1]}),
    "other scores": lambda content: pretty({**json.loads(content), "values": [[0.5, 1.5, 2.5]] * SIZES[1]}),
    "another's": lambda content: pretty({**json.loads(content), "depends": {}}),
    "cut is missing": lambda content: pretty({k: v for k, v in json.loads(content).items() if k != "cut"}),
}


@pytest.mark.parametrize("how", sorted(CORRUPT))
def test_corrupt_scores_are_made_again(how: str, done: Done, tmp_path: Path) -> None:
    out, config = tmp_path / "out", controls()
    config = replace(config, model=done.config.model)
    (out / "cache").mkdir(parents=True)
    for path in (done.out / "cache").iterdir():
        content = path.read_bytes()
        broken = json.loads(content)["depends"]["intervention"] in config.interventions
        (out / "cache" / path.name).write_bytes(CORRUPT[how](content) if broken else content)
    result = evaluate(done.data, out, config, ())
    for name in config.interventions:
        assert (
            row(result, "one_to_two", name)["generalization"] == row(done.result, "one_to_two", name)["generalization"]
        )
    for path in (out / "cache").iterdir():
        assert path.read_bytes() == (done.out / "cache" / path.name).read_bytes()


def test_capability_is_measured_on_the_reference(model: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name, make in (("one", clean), ("two", clean), ("three", amber)):
        write(data, name, make, sizes=SIZES)
    manifest(data, ("one", "two"))
    record = json.loads((data / "shifts.json").read_bytes())
    record["shifts"][0]["target_reference"] = "three"
    (data / "shifts.json").write_bytes(pretty(record))
    out, config = tmp_path / "out", settings(model, "lora", capability=("lora", "longest"))
    figures = row(evaluate(data, out, config, ()), "one_to_two", "lora")
    jobs = Evaluation(data, out, config, ()).jobs
    assert {Job("lora", "three", "three", 0), Job("longest", None, "three", 0)} <= set(jobs)
    assert figures["capability"]["value"] > 0.8


def test_cut_responses_stand_in_the_result(model: str, data: Path, tmp_path: Path) -> None:
    result = evaluate(data, tmp_path / "out", settings(model, "zero_shot", max_tokens=4), ["one_to_two"])
    cut = result["settings"]["cut_responses"]["zero_shot"]
    assert cut == {"one": 180, "two": 180}
    said = "responses read only in part (evaluate.max_tokens: 4): lora 180, zero_shot 180"
    assert table(result).splitlines()[-2:] == [f"one: {said.replace('lora 180, ', '')}", f"two: {said}"]
    uncut = evaluate(data, tmp_path / "out", settings(model, "zero_shot"), ["one_to_two"])
    assert uncut["settings"]["cut_responses"] == {}
    assert "in part" not in table(uncut)


def test_names_that_mean_nothing_are_one_clear_line(model: str, data: Path, tmp_path: Path) -> None:
    cases: list[tuple[EvaluationConfig, Sequence[str], str]] = [
        (settings(model), ["one_to_tow"], "no shift or distribution named 'one_to_tow'; did you mean 'one_to_two'?"),
        (settings(model), ["one"], "'one' is no shift; `shifts list` names all"),
        (settings(model, "lorra"), [], "no intervention named 'lorra'; there are: agrees_with_user, "),
        (settings(model, capability=("magic",)), [], "no intervention named 'magic'"),
        (settings("/no/such/model"), [], "/no/such/model: no such folder, and no name on the model hub"),
    ]
    for config, shifts, message in cases:
        with pytest.raises(ShiftworksError) as caught:
            evaluate(data, tmp_path / "out", config, shifts)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()
    manifest(data)
    with pytest.raises(ShiftworksError, match="no shift stands there whole; build one with `shifts build`"):
        evaluate(data, tmp_path / "out", settings(model), [])


def test_a_failed_tuning_is_one_line_and_keeps_what_is_finished(model: str, data: Path, tmp_path: Path) -> None:
    broken = replace(settings(model), lora=LoraSettings(learning_rate=1e15, epochs=9, batch_size=8))
    out = tmp_path / "out"
    with pytest.raises(UnfinishedError, match=r": the loss became (nan|inf) at step \d+ of 27; lower ") as caught:
        evaluate(data, out, broken, ())
    for source in ("one", "two"):
        assert f"lora, tuned on {source}, tested on one, two" in "".join(caught.value.lines)
    assert Evaluation(data, out, broken, ()).runs.known("coin", None, "two")
    assert not any((out / name).exists() for name in FILES)


@pytest.mark.parametrize("split", ["train", "test"])
def test_an_empty_split_is_one_clear_line(split: str, model: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("one", "two"):
        write(data, name, clean, sizes=(0, 9) if split == "train" else (9, 0))
    manifest(data, ("one", "two"))
    with pytest.raises(UnfinishedError) as caught:
        evaluate(data, tmp_path / "out", settings(model, "lora"), ())
    assert all(f"{split}.jsonl: no " in line for line in caught.value.lines)


def test_scores_that_are_no_numbers_are_one_clear_line(tiny: Tiny, data: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    weights = {name: weight * float("nan") for name, weight in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    for _ in range(2):
        with pytest.raises(ShiftworksError, match=r"^zero_shot, tested on one, two: .*(no number|not finite)"):
            evaluate(data, tmp_path / "out", settings(str(folder), "coin", capability=("oracle",)), ())
