"""Rows: what shares a row is read as in a plain pass, by causal models of several families, however it is padded."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from eval.config import EvaluationConfig, LoraSettings, PromptTuningSettings
from eval.interventions import find
from eval.interventions.few_shot import demonstrations
from eval.models import packed
from eval.models.backbone import Backbone, load_backbone
from eval.models.files import find_model
from eval.models.packed import rows, statement_rows, statements, text_rows
from eval.models.reward import RewardModel
from eval.models.texts import Pair, encode, marks
from eval.models.tuning import tuned, tuning_tokens
from eval.models.untuned import UntunedScorer, likelihoods
from generators.core import Stream
from schemas import Example, ShiftworksError
from tests.eval.conftest import Tiny
from tests.eval.test_models import example, examples, flat, share_right

CAUSAL = ("llama", "neox", "gpt2")
LORA = LoraSettings(rank=4, epochs=2, batch_size=8, learning_rate=1e-2, head_learning_rate=5e-2)
PROMPT = PromptTuningSettings(length=3, epochs=2, batch_size=8, learning_rate=2e-2, head_learning_rate=5e-2)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def loaded(folder: Path, max_tokens: int = 64) -> Backbone:
    return load_backbone(find_model(str(folder)), max_tokens, "float32")


def encoded(backbone: Backbone, count: int = 12) -> list[Pair]:
    return [pair for pairs in encode(backbone, examples(count)) for pair in pairs]


def plainly(backbone: Backbone, pairs: Sequence[Pair], side: str = "right") -> tuple[torch.Tensor, list[float]]:
    """Each text's last state, and each response's log-likelihood, from one plain pass over a padded batch."""
    tokenizer, model = backbone.tokenizer, backbone.model
    tokenizer.padding_side = side
    given = tokenizer.pad({"input_ids": [list(pair.joint) for pair in pairs]}, return_tensors="pt")
    ids = given["input_ids"]
    mask = torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        length = len(pair.joint)
        mask[row, -length:] = 1 if side == "left" else mask[row, -length:]
        mask[row, :length] = 1 if side == "right" else mask[row, :length]
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    with torch.inference_mode():
        made = model(input_ids=ids, attention_mask=mask, position_ids=positions, output_hidden_states=True)
    states, sums = [], []
    for row, pair in enumerate(pairs):
        begin = int(mask[row].argmax())
        states.append(made.hidden_states[-1][row, begin + len(pair.joint) - 1])
        given_before = made.logits[row, begin + pair.start - 1 : begin + pair.stop - 1].log_softmax(-1)
        said = ids[row, begin + pair.start : begin + pair.stop, None]
        sums.append(float(given_before.gather(1, said).sum()))
    return torch.stack(states), sums


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
@pytest.mark.parametrize("kind", CAUSAL)
def test_responses_that_share_a_prompt_are_read_as_in_a_plain_pass(kind: str, attention: str, tiny: Tiny) -> None:
    backbone = loaded(tiny(kind))
    backbone.model.set_attn_implementation(attention)
    assert backbone.packs
    pairs = encoded(backbone)
    given = text_rows(backbone, pairs)
    assert [len(row.members) for row in given] == [3] * 12
    batch = rows(backbone, given)
    with torch.inference_mode():
        made = backbone.reader(input_ids=batch.ids, attention_mask=batch.mask, position_ids=batch.positions)
    for side in ("left", "right"):
        states, sums = plainly(backbone, pairs, side)
        torch.testing.assert_close(batch.pooled(made.last_hidden_state), states, atol=1e-4, rtol=0)
        assert likelihoods(backbone, pairs) == pytest.approx(sums, abs=1e-4)


@pytest.mark.parametrize("kind", CAUSAL)
def test_a_prompt_is_read_once(kind: str, tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    backbone = loaded(tiny(kind))
    pairs = encoded(backbone)
    shared = sum(len(row.ids) for row in text_rows(backbone, pairs))
    prompts = sum(pair.start for pair in pairs[::3])
    assert shared == prompts + sum(len(pair.joint) - pair.start for pair in pairs)
    with_statements = statement_rows(backbone, pairs, statements(backbone))
    assert sum(len(row.ids) for row in with_statements) == shared + len(pairs) * sum(map(len, statements(backbone)))
    # A row is no longer than it may be unless one pair is, and holds its pairs all the same.
    whole = likelihoods(backbone, pairs)
    monkeypatch.setattr(packed, "ROW", 40)
    parts = text_rows(backbone, pairs)
    assert len(parts) > 12
    assert all(len(row.ids) <= 40 or len(row.members) == 1 for row in parts)
    assert sorted(member for row in parts for member in row.members) == list(range(len(pairs)))
    assert likelihoods(backbone, pairs) == pytest.approx(whole, abs=1e-4)


@pytest.mark.parametrize("settings", [LORA, replace(LORA, full=True, learning_rate=1e-3), PROMPT], ids=str)
@pytest.mark.parametrize("kind", CAUSAL)
def test_a_reward_model_reads_rows_as_it_reads_each_pair(
    kind: str, settings: LoraSettings | PromptTuningSettings, tiny: Tiny
) -> None:
    backbone = loaded(tiny(kind))
    model = tuned(backbone, examples(16), settings, 0).model
    pairs = encoded(model.backbone)
    with torch.inference_mode():
        together = model(pairs)
        assert together.std() > 0.01
        alone = torch.cat([model([pair]) for pair in pairs])
        torch.testing.assert_close(together, alone, atol=1e-4, rtol=0)
        if model.prompt is None:
            model.backbone = replace(backbone, packs=False)
            torch.testing.assert_close(together, model(pairs), atol=1e-4, rtol=0)


@pytest.mark.parametrize(("kind", "reading"), [("bert", "apart"), ("bert", "joint"), ("llama", "apart")])
def test_the_tokens_of_a_tuning_are_those_that_are_read(
    kind: str, reading: str, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone, made = loaded(tiny(kind)), examples(24)
    whole = replace(LORA, tokens=10**6, reading=reading)
    limit = replace(whole, tokens=900)
    read = []
    forward = RewardModel.forward

    def watched(self: RewardModel, pairs: Sequence[Pair]) -> torch.Tensor:
        if backbone.causal:
            texts = [pair.joint[pair.start :] for pair in pairs] + list({pair.joint[: pair.start] for pair in pairs})
        elif reading == "joint":
            texts = [pair.joint for pair in pairs]
        else:
            texts = list({text for pair in pairs for text in (pair.prompt, pair.response)})
        read.append(sum(map(len, texts)))
        return forward(self, pairs)

    monkeypatch.setattr(RewardModel, "forward", watched)
    for settings in (whole, limit):
        read.clear()
        tuned(backbone, made, settings, 0)
        assert sum(read) == tuning_tokens(backbone, made, settings, 0) <= settings.tokens


def test_a_tuned_prompt_stands_before_the_text(tiny: Tiny) -> None:
    for kind in ("bert", "roberta", *CAUSAL):
        backbone = loaded(tiny(kind))
        model = RewardModel(backbone, PROMPT)
        assert model.prompt is not None
        assert model.backbone.max_tokens == backbone.max_tokens - 3
        torch.nn.init.normal_(model.head.weight)
        words = backbone.reader.get_input_embeddings()
        for pair in encoded(model.backbone, 2):
            text = words(torch.tensor([pair.joint]))
            given = torch.cat([model.prompt[None], text], dim=1)
            with torch.inference_mode():
                states = backbone.reader(inputs_embeds=given).last_hidden_state
                state = states[:, -1] if backbone.causal else states[:, 3:].mean(1)
                torch.testing.assert_close(model([pair]), model.head(state)[:, 0], atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", ["bert", "llama", "neox"])
@pytest.mark.parametrize(
    ("settings", "share"),
    [(replace(LORA, full=True, epochs=12, learning_rate=5e-3), 0.9), (replace(PROMPT, epochs=24), 0.5)],
    ids=["full", "prompt"],
)
def test_whatever_is_tuned_learns_and_leaves_the_backbone_alone(
    settings: LoraSettings | PromptTuningSettings, share: float, kind: str, tiny: Tiny
) -> None:
    backbone = loaded(tiny(kind))
    before = {name: weight.clone() for name, weight in backbone.model.state_dict().items()}
    made = examples(48)
    scorer = tuned(backbone, made, settings, 0)
    assert share_right(scorer.score(made), made) > share
    quick = replace(settings, epochs=1)
    first, again, other = (tuned(backbone, made[:8], quick, seed).score(made[:4]) for seed in (0, 0, 1))
    assert first == again != other
    after = backbone.model.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert not any(weight.requires_grad for weight in backbone.model.parameters())


def test_lora_as_published_adapts_two_matrices_a_layer_and_drops_only_when_it_tunes(tiny: Tiny) -> None:
    backbone = loaded(tiny("llama"))
    scorer = find("lora_published", EvaluationConfig(), lambda: backbone).fit(examples(32), 0)
    adapted = {name.split(".")[-4] for name, _ in scorer.model.adapted.named_parameters() if "lora_A" in name}  # type: ignore[attr-defined] # a protocol
    assert adapted == {"q_proj", "v_proj"}
    assert scorer.score(examples(8)) == scorer.score(examples(8))


def test_an_architecture_whose_matrices_peft_does_not_name_is_one_clear_line(tiny: Tiny) -> None:
    backbone = loaded(tiny("olmo2"))
    with pytest.raises(ShiftworksError, match=r": peft names no matrices for this architecture; .* lora_published$"):
        find("lora_published", EvaluationConfig(), lambda: backbone).fit(examples(8), 0)
    assert math.isfinite(tuned(backbone, examples(8), LORA, 0).score(examples(1)).values[0][0])


def test_a_text_begins_as_the_tokenizer_begins_it(tiny: Tiny) -> None:
    for kind, begins in (("llama", "[CLS]"), ("neox", None)):
        backbone = loaded(tiny(kind))
        before, between, after = marks(backbone)
        words = backbone.tokenizer.get_vocab()
        assert before == (() if begins is None else (words[begins],))
        assert (between, after) == ((), (words["[SEP]"],))
    # Where nothing stands before a response, its first token is predicted by none.
    [only] = [example(0, "", ["amber birch"], 0)]
    [pair] = encode(backbone, [only])[0]
    logits = backbone.model(input_ids=torch.tensor([pair.joint])).logits[0].log_softmax(-1)
    assert likelihoods(backbone, [pair]) == pytest.approx([float(logits[0, words["birch"]])], abs=1e-5)


def test_architectures_that_cannot_share_are_read_plainly(tiny: Tiny) -> None:
    windowed = loaded(tiny("llama", sliding_window=8))
    bloom = loaded(tiny("bloom"))
    assert (windowed.packs, bloom.packs) == (False, False)
    assert loaded(tiny("llama", sliding_window=80)).packs
    assert not loaded(tiny("llama", window_size=80)).packs
    made = examples(16)
    for way in (UntunedScorer(bloom), tuned(bloom, made, LORA, 0)):
        scores = way.score(made)
        assert max(flat(scores)) - min(flat(scores)) > 0.05
        assert [way.score([e]).values[0] for e in made] == [pytest.approx(v, abs=1e-4) for v in scores.values]
    with pytest.raises(ShiftworksError, match=r"no prompt can be tuned; leave out prompt_tuning$"):
        tuned(bloom, made, PROMPT, 0)
    with pytest.raises(ShiftworksError, match=r"^evaluate\.prompt_tuning\.length: 70 vectors leave no room"):
        tuned(loaded(tiny("llama")), made, replace(PROMPT, length=70), 0)


@pytest.mark.parametrize("kind", CAUSAL)
def test_likelihoods_are_whole_or_per_token(kind: str, tiny: Tiny) -> None:
    backbone, made = loaded(tiny(kind)), examples(6)
    sums = flat(find("zero_shot", EvaluationConfig(), lambda: backbone).fit((), 0).score(made))
    means = flat(find("perplexity", EvaluationConfig(), lambda: backbone).fit((), 0).score(made))
    pairs = encoded(backbone, 6)
    assert sums == pytest.approx(plainly(backbone, pairs)[1], abs=1e-4)
    assert means == pytest.approx([s / (p.stop - p.start) for s, p in zip(sums, pairs, strict=True)], abs=1e-5)


@pytest.mark.parametrize("kind", CAUSAL)
def test_demonstrations_stand_before_the_prompt(kind: str, tiny: Tiny) -> None:
    backbone, source, made = loaded(tiny(kind, max_position_embeddings=256), 200), examples(24), examples(4, seed=1)
    few_shot = find("few_shot", EvaluationConfig(), lambda: backbone)
    scores = few_shot.fit(source, 0).score(made)
    assert scores.cut == 0
    shown = demonstrations(source, 4, 0)
    assert len(set(shown)) == 4
    assert {text for _, text in shown} <= {e.responses[e.gold].text for e in source}
    before = " ".join(f"{prompt} {response}" for prompt, response in shown)
    behind = [replace(e, prompt=f"{before} {e.prompt}") for e in made]
    assert flat(scores) == pytest.approx(flat(UntunedScorer(backbone).score(behind)), abs=1e-4)
    assert few_shot.fit(source, 1).score(made) != scores


def test_demonstrations_that_do_not_fit_are_left_out_and_counted(tiny: Tiny) -> None:
    backbone, source, made = loaded(tiny("neox"), 64), examples(24), examples(8, seed=1)
    shown = demonstrations(source, 4, 0)
    scorer = UntunedScorer(backbone, shown=shown)
    scores = scorer.score(made)
    assert 0 < scores.cut <= 24
    pairs = [p for e in made for p in encode(backbone, [e])[0]]
    assert not any(pair.cut for pair in pairs)
    # The last stay: which is what fewer demonstrations give.
    [first, *_] = sorted(made, key=lambda e: max(len(p.joint) for p in encode(backbone, [e])[0]))
    fewer = [UntunedScorer(backbone, shown=shown[n:]).score([first]) for n in range(4)]
    whole = [each for each in fewer if each.cut == 0]
    assert scorer.score([first]).values == whole[0].values
    assert whole[0] != whole[-1]


def test_an_encoder_has_no_likelihood(tiny: Tiny) -> None:
    backbone = loaded(tiny("bert"))
    for name in ("perplexity", "few_shot"):
        with pytest.raises(ShiftworksError, match=rf"^{name}: \S+ is an encoder, which gives a text no likelihood; "):
            find(name, EvaluationConfig(), lambda: backbone).fit(examples(4), 0)


def test_rows_do_not_depend_on_what_else_is_read(tiny: Tiny) -> None:
    rng = Stream("rows")
    for kind in CAUSAL:
        backbone = loaded(tiny(kind))
        made: list[Example] = examples(10)
        # The same prompt may come with other responses, and far apart.
        made += [replace(e, id=f"again/{n}", responses=e.responses[::-1]) for n, e in enumerate(made[:5])]
        pairs = [pair for pairs in encode(backbone, made) for pair in pairs]
        expected = likelihoods(backbone, pairs)
        for _ in range(4):
            order = rng.shuffled(range(len(pairs)))[: 1 + rng.below(len(pairs))]
            found = likelihoods(backbone, [pairs[i] for i in order])
            assert found == pytest.approx([expected[i] for i in order], abs=1e-4)
