"""Faults of machine, model and data: one clear line each, and what was finished stays finished."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import yaml

from eval.config import EvaluationConfig, load_config
from eval.evaluate import Evaluation, evaluate
from eval.interventions import Scores
from eval.interventions._faults import UnfinishedError, memory_errors
from eval.models import tuning
from generators.core import Stream
from schemas import DiskError, ShiftworksError
from tests.eval.conftest import VOCABULARY, Tiny
from tests.eval.planted import clean, manifest, write
from tests.eval.test_evaluate import FILES, build, settings
from tests.project import ROOT

#: Files that an evaluation under a limit may still write, and a size that activations pass and scores do not.
SCORES_PASS, NOTHING_PASSES = 16_000, 1_000


class Count:
    """What was really tuned and scored by a tuned model."""

    def __init__(self) -> None:
        self.tunings = self.scorings = 0

    @property
    def done(self) -> tuple[int, int]:
        """Tunings and scorings since this was last asked."""
        done = self.tunings, self.scorings
        self.tunings = self.scorings = 0
        return done


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Counts tunings and scorings of tuned models, which run as ever."""
    seen = Count()
    tuned, score = tuning.tuned, tuning.TunedScorer.score

    def counted_tuning(*given: Any) -> tuning.TunedScorer:
        seen.tunings += 1
        return tuned(*given)

    def counted_scoring(self: tuning.TunedScorer, examples: Sequence[Any]) -> Scores:
        seen.scorings += 1
        return score(self, examples)

    monkeypatch.setattr(tuning, "tuned", counted_tuning)
    monkeypatch.setattr(tuning.TunedScorer, "score", counted_scoring)
    return seen


@pytest.fixture(scope="module")
def model(tiny: Tiny) -> str:
    """The folder of a tiny encoder."""
    return str(tiny("bert"))


@contextmanager
def limit(kind: int, most: int) -> Iterator[None]:
    """A limit of the system on this process."""
    soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def memory() -> int:
    """Bytes of address space that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def unfinished(data: Path, out: Path, config: EvaluationConfig, *shifts: str) -> list[str]:
    """The lines of an evaluation that must not come to its end."""
    with pytest.raises(UnfinishedError) as caught:
        evaluate(data, out, config, shifts)
    assert not any((out / name).exists() for name in FILES)
    assert all("\n" not in line for line in caught.value.lines)
    return caught.value.lines


def kept(out: Path) -> dict[str, bytes]:
    """All scores that are kept; no half-written file stands beside them."""
    found = {path.name: path.read_bytes() for path in (out / "cache").iterdir() if path.is_file()}
    assert not [name for name in found if name.startswith(".")]
    return found


HUNGRY: dict[str, Callable[[], object]] = {
    "python": lambda: bytearray(2**62),
    "numpy": lambda: np.ones(2**58),
    "torch": lambda: torch.ones(2**58),
}


@pytest.mark.parametrize("who", sorted(HUNGRY))
def test_memory_that_is_refused_is_one_line(who: str) -> None:
    with pytest.raises(ShiftworksError) as caught, memory_errors("zero_shot", EvaluationConfig()):
        HUNGRY[who]()
    assert str(caught.value) == "out of memory; lower evaluate.max_tokens (now 192), or take a smaller model"


def test_other_errors_are_not_taken_for_a_lack_of_memory() -> None:
    with pytest.raises(RuntimeError, match="must match"), memory_errors("zero_shot", EvaluationConfig()):
        torch.ones(2) + torch.ones(3)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space is limited on Linux")
def test_out_of_memory_is_one_line_that_names_the_settings_to_lower(tiny: Tiny, tmp_path: Path, count: Count) -> None:
    """The layers are so wide that a batch of them does not fit; controls need none."""
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(str(tiny("bert", intermediate_size=8192)), "lora", "coin", "oracle", capability=("oracle",))
    config = replace(config, lora=replace(config.lora, batch_size=24, epochs=1))
    evaluate(data, tmp_path / "first", config, ["one_to_two"])
    assert count.done == (2, 3)
    evaluation = Evaluation(data, out, config, ["one_to_two"])
    # Before the limit: a model is loaded by several threads, and each takes address space.
    assert evaluation.runs.backbone.width
    with limit(resource.RLIMIT_AS, memory() + 2**24), pytest.raises(UnfinishedError) as caught:
        evaluation.run()
    # Controls need little; of the others, which scorings fail depends on what memory lay free.
    [line] = [line for line in caught.value.lines if line.startswith("lora")]
    assert line.startswith("lora, tuned on one, tested on one, two")
    assert line.endswith(
        ": out of memory; lower evaluate.lora.batch_size (now 24) or evaluate.max_tokens (now 64), or take a smaller "
        "model"
    )
    assert len(kept(out)) == 8 - len(evaluation.runs.failures) >= 4
    assert count.done[0] == 2
    missing = {(lost.source, lost.test) for lost in evaluation.runs.failures if lost.intervention == "lora"}
    evaluate(data, out, config, ["one_to_two"])
    assert count.done == (len({source for source, _ in missing}), len(missing))
    assert kept(out) == kept(tmp_path / "first")


def test_a_loss_that_is_no_number_names_intervention_source_step_and_setting(
    tiny: Tiny, tmp_path: Path, count: Count
) -> None:
    """One word's embedding is no number, and only one source has that word: the other is tuned and stays tuned."""
    from safetensors.torch import load_file, save_file

    folder, data, out = tmp_path / "model", tmp_path / "data", tmp_path / "out"
    shutil.copytree(tiny("bert"), folder)
    weights = load_file(folder / "model.safetensors")
    word = "embeddings.word_embeddings.weight"
    weights[word][VOCABULARY.index("x")] = float("nan")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})

    def poisoned(rng: Stream, number: int) -> tuple[str, list[str], int]:
        prompt, texts, gold = clean(rng, number)
        return prompt, [f"{text} x" for text in texts], gold

    for name, make in (("good", clean), ("fair", clean), ("poison", poisoned)):
        write(data, name, make, sizes=(24, 60))
    manifest(data, ("good", "fair"), ("poison", "fair"))
    config = settings(str(folder), "lora", capability=("lora",))
    lines = unfinished(data, out, config)
    assert lines == [
        "lora, tuned on poison, tested on fair, poison: the loss became nan at step 1 of 9; lower "
        "evaluate.lora.learning_rate (now 0.01) or set evaluate.precision to float32"
    ]
    assert count.done == (3, 3)
    finished = kept(out)
    # The same command does only what is missing.
    assert unfinished(data, out, config) == lines
    assert count.done == (1, 0)
    assert kept(out) == finished


def test_a_broken_file_of_data_stops_no_other_and_is_taken_up_when_mended(
    model: str, tmp_path: Path, count: Count
) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    for name in ("one", "two", "three"):
        write(data, name, clean, sizes=(24, 60))
    manifest(data, ("one", "two"), ("one", "three"))
    path = data / "two" / "test.jsonl"
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    config = settings(model, "lora", "coin", capability=("lora",))
    lines = unfinished(data, out, config)
    assert len(lines) == 1
    assert all(who in lines[0] for who in ("coin, tested on two", "lora, tuned on one, tested on two", "1 more"))
    assert f"{path}: its SHA-256 is not the one on" in lines[0]
    # One and three were tuned, for three scorings; to score two with either nothing was tuned.
    assert count.done == (2, 3)
    path.write_bytes(content)
    evaluate(data, out, config, ())
    assert count.done == (2, 2)


def test_a_model_that_cannot_be_loaded_is_tried_once_and_told_once(tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    data, out = build(tmp_path / "data"), tmp_path / "out"
    lines = unfinished(data, out, settings(str(folder), "lora", "probe", "coin"))
    assert len(lines) == 1
    assert f"; 2 more: {folder}: the model cannot be loaded: " in lines[0]
    assert len(kept(out)) == 2


MISSING: dict[str, tuple[str, str]] = {
    "a folder": ("{folder}/absent", "no such folder, and no name on the model hub; check --model"),
    "a hub name": ("nobody/nothing", "no such folder, and it cannot be fetched from the model hub: "),
    "weights": ("{folder}/empty", "no *.safetensors file; weights are read from safetensors only"),
}


@pytest.mark.parametrize("what", sorted(MISSING))
def test_a_missing_model_is_one_line_before_anything_is_done(what: str, tmp_path: Path) -> None:
    """Without network: the hub's address is a closed door of this machine."""
    name, says = MISSING[what]
    (tmp_path / "empty").mkdir()
    data = build(tmp_path / "data")
    command = [sys.executable, "-m", "cli.main", "eval", "--data", data, "--out", tmp_path / "out", "--model"]
    done = subprocess.run(
        [*map(str, command), name.format(folder=tmp_path)],
        cwd=ROOT,
        env={"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "hub")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("most", "finished", "refused"),
    [(SCORES_PASS, 2, "cache/activations/"), (NOTHING_PASSES, 0, "cache/"), (None, 12, "results.json")],
    ids=["activations", "scores", "results"],
)
def test_a_full_disk_stops_with_one_line_and_the_rest_resumes(
    most: int | None, finished: int, refused: str, model: str, tmp_path: Path
) -> None:
    """The system refuses to write beyond a size, as it refuses to write to a full disk."""
    data, out, whole = build(tmp_path / "data"), tmp_path / "out", tmp_path / "whole"
    config = settings(model, "coin", "cra", "longest", "oracle", capability=("cra",))
    result = evaluate(data, whole, config, ())
    if most is None:
        # Activations that are kept need no room; scores are smaller than what is measured from them.
        shutil.copytree(whole / "cache" / "activations", out / "cache" / "activations")
        most = (whole / "results.json").stat().st_size - 1
    with limit(resource.RLIMIT_FSIZE, most), pytest.raises(DiskError) as caught:
        evaluate(data, out, config, ())
    assert str(caught.value).startswith(str(out / refused))
    assert str(caught.value).endswith(": File too large; nothing was changed there")
    before = {path: path.stat().st_mtime_ns for path in (out / "cache").glob("*.json")}
    assert len(before) == finished
    assert not any((out / name).exists() for name in FILES)
    assert not list(out.rglob(".*"))
    assert evaluate(data, out, config, ()) == result
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert kept(out) == kept(whole)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    """One bit of the last byte but eight turned."""
    return content[:-8] + bytes([content[-8] ^ 1]) + content[-7:]


@pytest.mark.parametrize("broken", [cut, changed, lambda _: b""], ids=["cut", "changed", "empty"])
def test_broken_scores_and_activations_are_made_again(
    broken: Callable[[bytes], bytes], model: str, tmp_path: Path
) -> None:
    data, out = build(tmp_path / "data"), tmp_path / "out"
    config = settings(model, "coin", "cra", capability=("cra",))
    result = evaluate(data, out, config, ["one_to_two"])
    files = {path: path.read_bytes() for path in (out / "cache").rglob("*") if path.is_file()}
    assert {path.suffix for path in files} == {".json", ".safetensors"}
    for path, content in files.items():
        path.write_bytes(broken(content))
    assert evaluate(data, out, config, ["one_to_two"]) == result
    assert {path: path.read_bytes() for path in files} == files


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL], ids=["interrupt", "kill"])
def test_a_signal_in_the_middle_costs_nothing_that_was_finished(
    sign: signal.Signals, model: str, tmp_path: Path, count: Count
) -> None:
    data, out, params, log = build(tmp_path / "data"), tmp_path / "out", tmp_path / "params.yaml", tmp_path / "log"
    lora = {"rank": 4, "epochs": 1, "learning_rate": 0.01}
    shared = {"model": model, "resamples": 50, "max_tokens": 64, "threads": 1, "precision": "float32"}
    params.write_text(yaml.safe_dump({"evaluate": {**shared, "interventions": ["coin", "lora"], "lora": lora}}))
    given = {"data": data, "out": out, "params": params, "workers": 1}
    options = [f"--{name}={value}" for name, value in given.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.eval.stopped", str(log), "3", sign.name, "eval", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # The signal came at the first scoring of the second tuning.
    assert log.read_text(encoding="utf-8") == "tuned\n" * 2
    if sign is signal.SIGINT:
        assert done.returncode == 130
        assert done.stderr == "interrupted; what was finished is kept, run the same command to go on\n"
    else:
        assert done.returncode == -signal.SIGKILL
    finished = kept(out)
    assert len(finished) == 4
    assert not any((out / name).exists() for name in FILES)
    result = evaluate(data, out, load_config(params), ())
    assert count.done == (1, 2)
    assert finished.items() <= kept(out).items()
    assert result == evaluate(data, tmp_path / "whole", load_config(params), ())
    assert kept(out) == kept(tmp_path / "whole")


def test_threads_are_told_to_wait_without_burning_before_torch_is_imported(model: str, tmp_path: Path) -> None:
    """Torch reads it once, at import; on a busy machine threads that spin make everything several times slower."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom eval.config import EvaluationConfig\n"
        "from eval.evaluate import Evaluation\n"
        "Evaluation(Path(sys.argv[1]), Path(sys.argv[2]), EvaluationConfig(model=sys.argv[3]), ())\n"
        "print('torch' in sys.modules, os.environ.get('OMP_WAIT_POLICY'))\n"
    )
    data = build(tmp_path / "data")
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(data), str(tmp_path / "out"), model],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "PASSIVE"]
