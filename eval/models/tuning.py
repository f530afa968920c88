"""Tuning a reward model to rank right over wrong.

The loss of a pair is -log sigmoid(reward of the right response - reward of the wrong one). Each epoch pairs the right
response of every example with one wrong one, drawn anew from a stream of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from eval.config import LoraSettings
from eval.interventions import Scores
from eval.models.backbone import Backbone
from eval.models.reward import RewardModel
from eval.models.texts import Pair, encode, scores_of
from eval.models.texts import batches as length_batches
from generators.core.streams import Stream
from schemas import Example, ShiftworksError

#: Batches that are sorted by length together: enough to save padding, few enough to keep the steps mixed.
SORTED_TOGETHER = 8
#: Gradients are scaled down to this norm.
MAX_NORM = 1.0
#: Pairs of a right and a wrong response that make one step.
Batch = list[tuple[Pair, Pair]]


@dataclass(frozen=True, slots=True)
class TunedScorer:
    """Scores by a tuned reward model."""

    backbone: Backbone
    model: RewardModel

    def score(self, examples: Sequence[Example]) -> Scores:
        """The reward of every response."""
        encoded = encode(self.backbone, examples)
        flat = [pair for pairs in encoded for pair in pairs]
        rewards = [0.0] * len(flat)
        with torch.inference_mode():
            for batch in length_batches([pair.joint for pair in flat]):
                for i, reward in zip(batch, self.model([flat[i] for i in batch]).tolist(), strict=True):
                    rewards[i] = reward
        return scores_of(encoded, rewards)


def tuned(backbone: Backbone, train: Sequence[Example], settings: LoraSettings, seed: int) -> TunedScorer:
    """A reward model tuned on training examples; the backbone stays as it is.

    Raises:
        ShiftworksError: The loss became infinite or no number, or the model has no matrix to adapt.
    """
    with torch.random.fork_rng():
        # The first values of adapters and head are all that is drawn from torch's own generator.
        torch.manual_seed(Stream("lora", seed).below(2**63))
        model = RewardModel(backbone, settings)
    _tune(model, encode(backbone, train), [example.gold for example in train], settings, seed)
    return TunedScorer(backbone, model)


def _tune(
    model: RewardModel, encoded: Sequence[Sequence[Pair]], golds: Sequence[int], settings: LoraSettings, seed: int
) -> None:
    adapters, head = model.adapter_weights(), model.head_weights()
    optimizer = torch.optim.AdamW(
        [{"params": adapters, "lr": settings.learning_rate}, {"params": head, "lr": settings.head_learning_rate}],
        weight_decay=0.0,
    )
    batches = _within(_pair_batches(encoded, golds, settings, seed), settings.tokens)
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, settings.warm_up))
    for step, batch in enumerate(batches):
        rewards = model([right for right, _ in batch] + [wrong for _, wrong in batch])
        loss = -torch.nn.functional.logsigmoid(rewards[: len(batch)] - rewards[len(batch) :]).mean()
        if not math.isfinite(loss.item()):
            raise ShiftworksError(
                f"lora: the loss became {loss.item()} at step {step + 1} of {steps}; lower evaluate.lora.learning_rate "
                f"(now {settings.learning_rate:g}) or set evaluate.precision to float32"
            )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_([*adapters, *head], MAX_NORM)
        optimizer.step()
        schedule.step()


def _within(batches: Iterator[Batch], tokens: int) -> list[Batch]:
    """The first batches, up to a number of tokens; at least one."""
    kept: list[Batch] = []
    for batch in batches:
        tokens -= sum(len(right.joint) + len(wrong.joint) for right, wrong in batch)
        if kept and tokens < 0:
            break
        kept.append(batch)
    return kept


def _rate(step: int, steps: int, warm_up: float) -> float:
    """Share of the peak learning rate at a step: a rise over the warm-up, then a fall towards zero."""
    rising = max(1, round(warm_up * steps))
    return (step + 1) / rising if step < rising else (steps - step) / max(1, steps - rising)


def _pair_batches(
    encoded: Sequence[Sequence[Pair]], golds: Sequence[int], settings: LoraSettings, seed: int
) -> Iterator[Batch]:
    """Batches of (right, wrong) over all epochs, each of examples of like length."""
    for epoch in range(settings.epochs):
        rng = Stream("lora", seed, "epoch", epoch)
        pairs = []
        for responses, gold in zip(encoded, golds, strict=True):
            wrong = rng.choice([i for i in range(len(responses)) if i != gold])
            pairs.append((responses[gold], responses[wrong]))
        rng.shuffle(pairs)
        together = settings.batch_size * SORTED_TOGETHER
        made = []
        for start in range(0, len(pairs), together):
            part = sorted(pairs[start : start + together], key=lambda pair: len(pair[0].joint) + len(pair[1].joint))
            made += [part[i : i + settings.batch_size] for i in range(0, len(part), settings.batch_size)]
        yield from rng.shuffled(made)
