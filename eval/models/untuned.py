"""Rewards of a model as it is: cosine of embeddings, or mean log-likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from eval.interventions import Scores
from eval.models.backbone import Backbone
from eval.models.texts import Pair, Tokens, batches, encode, padded, read, scores_of
from schemas import Example


@dataclass(frozen=True, slots=True)
class UntunedScorer:
    """Scores by the backbone alone."""

    backbone: Backbone

    def score(self, examples: Sequence[Example]) -> Scores:
        """Cosine (encoder) or mean log-likelihood (causal) of every response."""
        encoded = encode(self.backbone, examples)
        flat = [pair for pairs in encoded for pair in pairs]
        with torch.inference_mode():
            rewards = likelihoods(self.backbone, flat) if self.backbone.causal else cosines(self.backbone, flat)
        return scores_of(encoded, rewards, alone=not self.backbone.causal)


def cosines(backbone: Backbone, pairs: Sequence[Pair]) -> list[float]:
    """Cosine of each pair's embeddings (mean of the last hidden states); every different text is read once."""
    texts = sorted({pair.prompt for pair in pairs} | {pair.response for pair in pairs})
    embedded: dict[Tokens, torch.Tensor] = {}
    for batch in batches(texts):
        chosen = [texts[i] for i in batch]
        embedded.update(zip(chosen, read(backbone, backbone.model, chosen).mean(), strict=True))
    prompts = torch.stack([embedded[pair.prompt] for pair in pairs])
    responses = torch.stack([embedded[pair.response] for pair in pairs])
    return torch.nn.functional.cosine_similarity(prompts, responses).tolist()


def likelihoods(backbone: Backbone, pairs: Sequence[Pair]) -> list[float]:
    """Mean log-likelihood of each response's tokens after its prompt."""
    result = [0.0] * len(pairs)
    for batch in batches([pair.joint for pair in pairs]):
        ids, mask = padded([pairs[i].joint for i in batch], backbone.device)
        with backbone.precision():
            logits = backbone.model(input_ids=ids, attention_mask=mask).logits
        for row, i in enumerate(batch):
            # The state before a token predicts it; the very first of a sequence is predicted by none.
            start, stop = max(pairs[i].start, 1), pairs[i].stop
            if stop > start:
                given = torch.log_softmax(logits[row, start - 1 : stop - 1].float(), dim=-1)
                result[i] = float(given.gather(1, ids[row, start:stop, None]).mean())
    return result
