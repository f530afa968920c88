"""Saved scorers: loaded again they score alike, and nothing broken or of another model is ever used."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from typer.testing import CliRunner

from cli.main import app
from eval.config import EvaluationConfig, LoraSettings, PromptTuningSettings
from eval.evaluate import evaluate
from eval.interventions import Scorer, find, names
from eval.models import tuning
from eval.models.backbone import load_backbone
from eval.models.files import find_model
from eval.saved import ARRAYS, RECORD, load_scorer, save_scorer, saved
from schemas import ShiftworksError
from schemas.files import pretty
from tests.eval.conftest import Tiny
from tests.eval.planted import clean, manifest, write
from tests.eval.test_models import KINDS, examples, flat

LIKELIHOODS = ("few_shot", "perplexity")
LORA = LoraSettings(rank=4, epochs=2, learning_rate=1e-2, head_learning_rate=5e-2)
PROMPT = PromptTuningSettings(length=3, epochs=2, head_learning_rate=5e-2)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def settings(model: Path, **changes: object) -> EvaluationConfig:
    plain = EvaluationConfig(
        model=str(model), max_tokens=64, threads=1, precision="float32", lora=LORA, prompt_tuning=PROMPT, resamples=20
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # its own fields


def fitted(name: str, config: EvaluationConfig) -> Scorer:
    backbone = load_backbone(find_model(config.model), config.max_tokens, config.precision)
    return find(name, config, lambda: backbone).fit(examples(24), 3)


def save(folder: Path, name: str, config: EvaluationConfig) -> Scorer:
    scorer = fitted(name, config)
    save_scorer(folder, scorer, name, "one", config, find_model(config.model), {"this": [1, 2]})
    return scorer


ALL = [(name, kind) for name in names() for kind in KINDS if kind != "bert" or name not in LIKELIHOODS]


@pytest.mark.parametrize(("name", "kind"), [*ALL, *(("full", kind) for kind in KINDS)])
def test_a_scorer_scores_alike_when_loaded_again(name: str, kind: str, tiny: Tiny, tmp_path: Path) -> None:
    config = settings(tiny(kind))
    if name == "full":
        name, config = "lora", replace(config, lora=replace(LORA, full=True, learning_rate=1e-3))
    made = examples(8, seed=1)
    scores = save(tmp_path, name, config).score(made)
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, ARRAYS]
    # What is drawn anew must not matter.
    torch.manual_seed(5)
    again = load_scorer(tmp_path).score(made)
    # Alike is more than all the same, but where nothing is known of what a user says.
    assert (max(flat(scores)) - min(flat(scores)) > 1e-4) is (name != "agrees_with_user")
    assert flat(again) == pytest.approx(flat(scores), abs=1e-5)
    assert again.cut == scores.cut


def test_a_moved_model_is_found_and_another_is_refused(tiny: Tiny, tmp_path: Path) -> None:
    model, saved_to, made = tmp_path / "model", tmp_path / "saved", examples(4)
    shutil.copytree(tiny("llama"), model)
    scores = save(saved_to, "lora", settings(model)).score(made)
    model.rename(tmp_path / "moved")
    assert flat(load_scorer(saved_to, str(tmp_path / "moved")).score(made)) == pytest.approx(flat(scores), abs=1e-5)
    with pytest.raises(ShiftworksError, match=r"model: no such folder"):
        load_scorer(saved_to)
    with pytest.raises(ShiftworksError, match=r"^\S+saved: made with another model than \S+ now holds; "):
        load_scorer(saved_to, str(tiny("neox")))


BROKEN: dict[str, Callable[[Path], object]] = {
    "no arrays": lambda folder: (folder / ARRAYS).unlink(),
    "no record": lambda folder: (folder / RECORD).unlink(),
    "arrays cut": lambda folder: (folder / ARRAYS).write_bytes((folder / ARRAYS).read_bytes()[:-1]),
    "a bit changed": lambda folder: (folder / ARRAYS).write_bytes(
        (folder / ARRAYS).read_bytes()[:-1] + bytes([(folder / ARRAYS).read_bytes()[-1] ^ 1])
    ),
    "record cut": lambda folder: (folder / RECORD).write_bytes((folder / RECORD).read_bytes()[:-9]),
    "a strange setting": lambda folder: change(folder, "settings", {"lora": {"rang": 1}}),
    "no facts": lambda folder: change(folder, "facts", None),
}


def change(folder: Path, field: str, value: object) -> None:
    record = json.loads((folder / RECORD).read_bytes())
    (folder / RECORD).write_bytes(pretty({**record, field: value}))


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_a_broken_folder_is_one_clear_line(how: str, tiny: Tiny, tmp_path: Path) -> None:
    save(tmp_path, "probe", settings(tiny("bert")))
    BROKEN[how](tmp_path)
    with pytest.raises(ShiftworksError) as caught:
        load_scorer(tmp_path)
    assert str(caught.value).startswith(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_weights_of_other_settings_are_refused(tiny: Tiny, tmp_path: Path) -> None:
    config = settings(tiny("neox"))
    save(tmp_path, "lora", config)
    kept = saved(tmp_path, {"this": [1, 2]})
    assert kept is not None
    assert saved(tmp_path, {"this": [1, 3]}) is None
    backbone = load_backbone(find_model(config.model), 64, "float32")
    with pytest.raises(ShiftworksError, match=r"the weights that were kept are not those of this model; tune again$"):
        tuning.restored(backbone, replace(LORA, rank=5), kept)


def test_an_evaluation_saves_what_it_tunes_once(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, out, keep = tmp_path / "data", tmp_path / "out", tmp_path / "keep"
    for name in ("one", "two"):
        write(data, name, clean, sizes=(16, 8))
    manifest(data, ("one", "two"))
    config = settings(tiny("llama"), interventions=("lora", "probe", "coin"), capability=("lora",))
    tuned, fits = tuning.tuned, []

    def watched(*given: Any) -> tuning.TunedScorer:
        fits.append(given)
        return tuned(*given)

    monkeypatch.setattr(tuning, "tuned", watched)
    plain = evaluate(data, out, config, ())
    assert len(fits) == 2
    assert not keep.exists()
    # All scores are known, but nothing is saved.
    assert evaluate(data, out, config, (), keep) == plain
    assert len(fits) == 4
    folders = sorted(str(path.parent.relative_to(keep)) for path in keep.rglob(RECORD))
    assert folders == [f"{name}/{source}/seed_0" for name in ("lora", "probe") for source in ("one", "two")]
    # All is saved, but no score is known.
    shutil.rmtree(out)
    assert evaluate(data, out, config, (), keep) == plain
    assert len(fits) == 4
    # Another seed is another tuning.
    evaluate(data, out, replace(config, seed=1), (), keep)
    assert len(fits) == 6
    assert sorted(path.name for path in (keep / "lora" / "one").iterdir()) == ["seed_0", "seed_1"]

    shown = CliRunner().invoke(
        app, ["eval", "score", str(keep / "lora" / "one" / "seed_1"), str(data / "two" / "test.jsonl")]
    )
    assert shown.exit_code == 0
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [row["id"] for row in rows] == [f"two/test/{n:05d}" for n in range(8)]
    assert all(len(row["scores"]) == 3 for row in rows)
