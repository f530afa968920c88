"""Activations: those of a plain forward pass, whatever stands beside them, read once, and never from a broken file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

from eval.config import EvaluationConfig
from eval.evaluate import Evaluation, evaluate
from eval.interventions import Scorer, Scores, find
from eval.interventions._representation import Representation
from eval.interventions._runs import Runs
from eval.models import activations as reading
from eval.models import packed
from eval.models.activations import MIXING, Activations, activations, encode_for_activations
from eval.models.backbone import Backbone, load_backbone
from eval.models.files import find_model
from eval.models.packed import statements
from eval.models.store import Store
from eval.models.texts import Pair, batches, marks
from schemas import Response, ShiftworksError
from tests.eval.conftest import Tiny
from tests.eval.planted import clean, manifest, write
from tests.eval.test_models import KINDS, example, examples, flat

METHODS = ("ccs", "cra", "lat", "lat_genies", "mms", "probe")
#: Those of `KINDS`, and one that counts positions from two.
ALL_KINDS = (*KINDS, "roberta")


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def loaded(folder: Path, max_tokens: int = 64, store: Store | None = None) -> Backbone:
    return load_backbone(find_model(str(folder)), max_tokens, "float32", store)


def encoded(backbone: Backbone, count: int = 12) -> list[Pair]:
    return [pair for pairs in encode_for_activations(backbone, examples(count)) for pair in pairs]


def fitted(name: str, backbone: Backbone, seed: int = 0) -> Scorer:
    return find(name, EvaluationConfig(), lambda: backbone).fit(examples(24), seed)


def arrays(read: Activations) -> dict[str, Any]:
    return {name: array for name, array in asdict(read).items() if array is not None}


def plain(backbone: Backbone, ids: tuple[int, ...]) -> torch.Tensor:
    """All layers' states of one sequence by itself (layer, position, feature)."""
    with torch.no_grad():
        states = backbone.reader(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states
    return torch.cat(states[1:])


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_text_is_read_as_in_a_plain_pass(kind: str, tiny: Tiny) -> None:
    backbone = loaded(tiny(kind))
    pairs = encoded(backbone)
    read = activations(backbone, pairs)
    for row, pair in enumerate(pairs):
        states = plain(backbone, pair.joint)
        expected = states[:, -1] if backbone.causal else states.mean(1)
        np.testing.assert_allclose(read.text[row], expected, atol=1e-5)


@pytest.mark.parametrize("kind", ["llama", "neox"])
def test_a_causal_models_statements_are_read_as_in_a_plain_pass(kind: str, tiny: Tiny) -> None:
    backbone = loaded(tiny(kind))
    pairs = encoded(backbone)
    read = activations(backbone, pairs)
    good, bad = statements(backbone)
    for row, pair in enumerate(pairs):
        for found, said in ((read.good, good), (read.bad, bad)):
            expected = plain(backbone, (*pair.joint[: pair.stop], *said))[:, -1]
            np.testing.assert_allclose(found[row], expected, atol=1e-5)
    assert np.abs(read.contrast).mean() > 0.01


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_an_encoders_statements_see_the_text_and_not_each_other(
    kind: str, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone = loaded(tiny(kind))
    pairs = encoded(backbone)
    read = activations(backbone, pairs)
    assert np.abs(read.contrast).mean() > 0.01
    # Each response has a state of its own, so the statement has seen it.
    assert len(np.unique(read.good.round(5), axis=0)) == len({pair.joint for pair in pairs})
    monkeypatch.setattr(packed, "STATEMENTS", (packed.STATEMENTS[0], " pick the word"))
    other = activations(backbone, pairs)
    np.testing.assert_allclose(other.good, read.good, atol=1e-5)
    np.testing.assert_allclose(other.text, read.text, atol=1e-5)
    assert np.abs(other.bad - read.bad).max() > 0.01


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_heads_are_what_their_matrix_mixes(kind: str, tiny: Tiny) -> None:
    backbone = loaded(tiny(kind))
    pairs = encoded(backbone, 4)
    heads = activations(backbone, pairs).heads
    assert heads is not None
    assert heads.shape == (12, 2, 2, 8)
    matrices = [module for name, module in backbone.reader.named_modules() if MIXING.search(name)]
    mixed: list[torch.Tensor] = []
    hooks = [m.register_forward_hook(lambda _m, _given, made: mixed.append(made[0])) for m in matrices]
    for row, pair in enumerate(pairs):
        mixed.clear()
        plain(backbone, pair.joint)
        for layer, (matrix, made) in enumerate(zip(matrices, list(mixed), strict=True)):
            expected = made[-1] if backbone.causal else made.mean(0)
            with torch.no_grad():
                found = matrix(torch.tensor(heads[row, layer].ravel()))
            np.testing.assert_allclose(found, expected, atol=1e-5)
    for hook in hooks:
        hook.remove()


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("kind", KINDS)
def test_scores_do_not_depend_on_order_batches_or_padding(
    name: str, kind: str, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone, made = loaded(tiny(kind)), examples(15, seed=1)
    scorer = fitted(name, backbone)
    together = scorer.score(made)
    assert all(map(math.isfinite, flat(together)))
    # A reading that gave all the same would pass what follows.
    assert max(flat(together)) - min(flat(together)) > 0.05
    assert flat(Scores(scorer.score(made[::-1]).values[::-1])) == pytest.approx(flat(together), abs=1e-4)
    turned = [replace(e, responses=e.responses[::-1]) for e in made]
    assert [v[::-1] for v in scorer.score(turned).values] == [pytest.approx(v, abs=1e-4) for v in together.values]
    alone = [scorer.score([e]).values[0] for e in made]
    assert alone == [pytest.approx(v, abs=1e-4) for v in together.values]
    backbone.tokenizer.padding_side = "left" if backbone.tokenizer.padding_side == "right" else "right"
    # One row at a time has no padding; all at once has most.
    for limit in (1, 10**9):
        monkeypatch.setattr(reading, "batches", lambda sequences, limit=limit: batches(sequences, limit))
        assert flat(scorer.score(made)) == pytest.approx(flat(together), abs=1e-4)


@pytest.mark.parametrize("name", METHODS)
def test_labels_are_not_read_when_scoring_and_the_seed_decides(name: str, tiny: Tiny) -> None:
    backbone, made = loaded(tiny("bert")), examples(9, seed=1)
    wrong = [
        replace(e, responses=tuple(Response(r.text, int(i == 0)) for i, r in enumerate(e.responses))) for e in made
    ]
    scorer = fitted(name, backbone)
    assert scorer.score(made) == scorer.score(wrong)
    assert fitted(name, backbone).score(made) == scorer.score(made)


def test_methods_fit_and_score_by_one_thread_however_many_there_are(tiny: Tiny) -> None:
    seen: list[int] = []

    def count() -> int:
        return max(int(library["num_threads"]) for library in threadpool_info() if library["user_api"] == "blas")

    class Watched:
        def scores(self, read: Activations) -> Any:
            seen.append(count())
            return np.zeros(len(read.text))

    def learn(*_: Any) -> Any:
        seen.append(count())
        return Watched()

    backbone = loaded(tiny("bert"))
    with threadpool_limits(2, user_api="blas"):
        Representation(EvaluationConfig(), lambda: backbone, learn, {}).fit(examples(4), 0).score(examples(2))
        assert count() == 2
    assert seen == [1, 1]


@pytest.mark.parametrize("kind", KINDS)
def test_activations_are_kept_and_read_again_to_the_bit(kind: str, tiny: Tiny, tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", {"model": kind})
    backbone = loaded(tiny(kind), store=store)
    pairs = encoded(backbone)
    first = arrays(activations(backbone, pairs))
    [path] = (tmp_path / "kept").iterdir()
    written = path.stat().st_mtime_ns
    again = arrays(activations(backbone, pairs))
    assert first.keys() == again.keys() == {"text", "good", "bad", "heads"}
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)
    assert path.stat().st_mtime_ns == written
    made = examples(9, seed=1)
    without = replace(backbone, store=None)
    for name in METHODS:
        scores = [flat(fitted(name, b).score(made)) for b in (backbone, backbone, without)]
        assert scores[1] == pytest.approx(scores[0], abs=1e-5)
        assert scores[2] == pytest.approx(scores[0], abs=1e-5)


def test_other_texts_lengths_and_models_have_other_files(tiny: Tiny, tmp_path: Path) -> None:
    backbone = loaded(tiny("bert"), store=Store(tmp_path, {"model": "one"}))
    long = [example(0, " ".join(["amber"] * 60), ["birch", "cedar"], 0)]

    def keep(backbone: Backbone) -> int:
        activations(backbone, [pair for pairs in encode_for_activations(backbone, long) for pair in pairs])
        return len(list(tmp_path.iterdir()))

    assert keep(backbone) == keep(backbone) == 1
    assert keep(replace(backbone, max_tokens=40)) == 2
    assert keep(replace(backbone, store=Store(tmp_path, {"model": "two"}))) == 3
    # The labels are no part of what a model reads.
    long[0] = replace(long[0], responses=tuple(Response(r.text, 1 - r.label) for r in long[0].responses))
    assert keep(backbone) == 3


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "a byte less": lambda content: content[:-1],
    "a bit changed": lambda content: content[:-7] + bytes([content[-7] ^ 1]) + content[-6:],
    "text": lambda _: b"not tensors",
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_a_broken_file_is_read_anew_with_one_line(
    how: str, tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backbone = loaded(tiny("bert"), store=Store(tmp_path, {}))
    pairs = encoded(backbone)
    first = arrays(activations(backbone, pairs))
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(BROKEN[how](whole))
    capsys.readouterr()
    again = arrays(activations(backbone, pairs))
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)
    assert path.read_bytes() == whole
    [line] = capsys.readouterr().err.strip().splitlines()
    assert line == f"{path}: cut off or changed since it was written; what it held is computed again"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_one_clear_line(tiny: Tiny, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    backbone = loaded(tiny("bert"), store=Store(tmp_path / "file", {}))
    with pytest.raises(ShiftworksError, match=r"file: .*nothing was changed there$"):
        activations(backbone, encoded(backbone))


def test_models_that_cannot_be_read_are_one_clear_line(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = loaded(tiny("bert"))
    with torch.no_grad():
        next(broken.model.parameters()).fill_(float("nan"))
    with pytest.raises(ShiftworksError, match=r": its states are not finite; .*set it to float32$"):
        activations(broken, encoded(broken))
    with pytest.raises(ShiftworksError, match=r"evaluate\.max_tokens: 7 leave no room .* give more$"):
        encode_for_activations(loaded(tiny("bert"), 7), examples(2))
    monkeypatch.setattr(packed, "STATEMENTS", ("unheard", "unseen"))
    with pytest.raises(ShiftworksError, match=r": its tokenizer reads 'good' and 'bad' alike; "):
        encode_for_activations(loaded(tiny("bert")), examples(2))


def test_an_architecture_that_takes_no_positions_is_one_clear_line(tiny: Tiny) -> None:
    backbone = loaded(tiny("bloom"))
    with pytest.raises(ShiftworksError, match=r": its architecture does not take positions and masks as others do"):
        activations(backbone, encoded(backbone))


def test_over_long_texts_are_cut_for_the_statements_and_counted(tiny: Tiny) -> None:
    backbone = loaded(tiny("bert"), 20)
    fits = 20 - len(marks(backbone)[0]) - 2 - len(statements(backbone)[0])
    made = [example(0, " ".join(["birch"] * (fits - 1)), ["amber", "amber cedar"], 0)]
    assert fitted("probe", backbone).score(made).cut == 1


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two distributions and the shift between them."""
    for name in ("one", "two"):
        write(tmp_path / "data", name, clean, sizes=(24, 20))
    manifest(tmp_path / "data", ("one", "two"))
    return tmp_path / "data"


def settings(model: str) -> EvaluationConfig:
    return EvaluationConfig(
        model=model,
        interventions=METHODS,
        capability=("probe",),
        resamples=50,
        max_tokens=64,
        threads=1,
        precision="float32",
    )


def test_all_methods_of_an_evaluation_read_each_split_once(
    tiny: Tiny, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    whole = reading._read

    def watched(backbone: Backbone, pairs: Any) -> dict[str, Any]:
        read.append(len(pairs))
        return whole(backbone, pairs)

    monkeypatch.setattr(reading, "_read", watched)
    config, out = settings(str(tiny("bert"))), tmp_path / "out"
    result = evaluate(data, out, config, ())
    assert {row["intervention"] for row in result["shifts"]} == set(METHODS)
    # Pairs of two train splits, all three responses of two test splits.
    assert sorted(read) == [48, 48, 60, 60]
    assert len(list((out / "cache" / "activations").iterdir())) == 4
    # Scores that are gone are made from the same activations, for any seed.
    for path in (out / "cache").glob("*.json"):
        path.unlink()
    assert evaluate(data, out, config, ()) == result
    evaluate(data, out, replace(config, seed=1), ())
    assert len(read) == 4


@pytest.mark.parametrize(
    ("name", "change"),
    [("probe", {"held_out": 0.5}), ("mms", {"max_tokens": 50}), ("ccs", {"seed": 1})],
)
def test_scores_are_known_by_their_settings(
    name: str, change: dict[str, Any], tiny: Tiny, data: Path, tmp_path: Path
) -> None:
    config = settings(str(tiny("bert")))
    runs: Runs = Evaluation(data, tmp_path, config, ()).runs
    assert [len(row) for row in next(runs.score(name, "one", ["two"]))[1].values] == [3] * 20
    assert runs.known(name, "one", "two")
    assert not Evaluation(data, tmp_path, replace(config, **change), ()).runs.known(name, "one", "two")
    assert not runs.known(name, "two", "two")
