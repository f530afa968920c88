"""Rewards of a model as it is: cosine of embeddings, or log-likelihood, alone or after demonstrations."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from eval.interventions import Kept, Scores
from eval.models.backbone import Backbone
from eval.models.packed import Row, rows, text_rows
from eval.models.texts import (
    READ_AT_ONCE,
    Pair,
    Tokens,
    batches,
    embedded,
    encode,
    encode_behind,
    padded,
    scores_of,
    tokens,
)
from schemas import Example, ShiftworksError

#: Numbers of the predictions that a batch gives at most: one a token and word of the vocabulary.
PREDICTED = 2**27
#: What stands between a demonstration and what follows.
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class UntunedScorer:
    """Scores by the backbone alone.

    Attributes:
        backbone: The model.
        per_token: Whether a log-likelihood is the mean over a response's tokens rather than their sum.
        shown: Prompts with a right response each, that stand before every prompt.
    """

    backbone: Backbone
    per_token: bool = False
    shown: tuple[tuple[str, str], ...] = ()

    def score(self, examples: Sequence[Example]) -> Scores:
        """Cosine (encoder) or log-likelihood (causal) of every response."""
        backbone = self.backbone
        if self.shown:
            encoded = encode_behind(backbone, self._demonstrations(), examples)
        else:
            encoded = encode(backbone, examples)
        flat = [pair for pairs in encoded for pair in pairs]
        with torch.inference_mode():
            if not backbone.causal:
                return scores_of(encoded, cosines(backbone, flat), alone=True)
            rewards = likelihoods(backbone, flat)
        if self.per_token:
            rewards = [sum_ / max(pair.stop - pair.start, 1) for sum_, pair in zip(rewards, flat, strict=True)]
        return scores_of(encoded, rewards)

    def kept(self) -> Kept:
        """How likelihoods are read, and what is shown."""
        return Kept({"per_token": self.per_token, "shown": [list(each) for each in self.shown]}, {})

    def _demonstrations(self) -> list[Tokens]:
        prompts = tokens(self.backbone, [prompt for prompt, _ in self.shown])
        responses = tokens(self.backbone, [f"{response}{BETWEEN}" for _, response in self.shown])
        return [(*prompt, *response) for prompt, response in zip(prompts, responses, strict=True)]


def likelihood_scorer(
    backbone: Backbone, name: str, *, per_token: bool = False, shown: tuple[tuple[str, str], ...] = ()
) -> UntunedScorer:
    """A scorer by likelihood, for an intervention that means nothing else.

    Raises:
        ShiftworksError: The model is an encoder, which predicts no text.
    """
    if not backbone.causal:
        raise ShiftworksError(
            f"{name}: {backbone.name} is an encoder, which gives a text no likelihood; leave {name} out, or evaluate a "
            "causal language model"
        )
    return UntunedScorer(backbone, per_token, shown)


def cosines(backbone: Backbone, pairs: Sequence[Pair]) -> list[float]:
    """Cosine of each pair's embeddings (mean of the last hidden states); every different text is read once."""
    texts = [pair.prompt for pair in pairs] + [pair.response for pair in pairs]
    prompts, responses = embedded(backbone, backbone.model, texts).chunk(2)
    return torch.nn.functional.cosine_similarity(prompts, responses).tolist()


def likelihoods(backbone: Backbone, pairs: Sequence[Pair]) -> list[float]:
    """Log-likelihood of each response after its prompt, summed over its tokens; each prompt is read once."""
    result = [0.0] * len(pairs)
    given = text_rows(backbone, pairs)
    limit = min(READ_AT_ONCE, PREDICTED // backbone.model.config.vocab_size)
    for batch in batches([row.ids for row in given], limit):
        chosen = [given[i] for i in batch]
        first = max(min(pairs[row.members[0]].start for row in chosen) - 1, 0)
        for row, logits in zip(chosen, _logits(backbone, chosen, first), strict=True):
            begin = len(row.segments[0].tokens)
            for member, segment in zip(row.members, row.segments[1:], strict=True):
                pair = pairs[member]
                places = range(begin, begin + pair.stop - pair.start)
                begin += len(segment.tokens)
                # The state before a token predicts it: at first the prompt's last. The very first is predicted by none.
                before = [place for place in (pair.start - 1, *places[:-1])[: len(places)] if place >= 0]
                if before:
                    said = pair.joint[pair.stop - len(before) : pair.stop]
                    predicted = torch.log_softmax(logits[[place - first for place in before]].float(), dim=-1)
                    of_said = predicted.gather(1, torch.tensor(said, device=logits.device)[:, None])
                    # A long response's sum is too large for what float32 keeps beside it.
                    result[member] = float(of_said.double().sum())
    return result


def _logits(backbone: Backbone, given: Sequence[Row], first: int) -> torch.Tensor:
    """Predictions (row, position, word) at the positions of some rows from a first one on."""
    model = backbone.model
    if backbone.packs:
        batch = rows(backbone, given)
        taken = {"input_ids": batch.ids, "attention_mask": batch.mask, "position_ids": batch.positions}
    else:
        ids, mask = padded([row.ids for row in given], backbone.device)
        taken = {"input_ids": ids, "attention_mask": mask}
    with backbone.precision():
        if "logits_to_keep" not in inspect.signature(model.forward).parameters:
            return model(**taken).logits[:, first:]  # type: ignore[no-any-return] # transformers leaves it untyped
        kept = torch.arange(first, taken["input_ids"].shape[1], device=backbone.device)
        return model(**taken, logits_to_keep=kept).logits  # type: ignore[no-any-return]
