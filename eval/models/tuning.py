"""Tuning a reward model to rank right over wrong, whatever of it is tuned.

The loss of a pair is -log sigmoid(reward of the right response - reward of the wrong one). Each epoch pairs the right
response of every example with one wrong one, drawn anew from a stream of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from eval.config import TuningSettings
from eval.interventions import Kept, Scores
from eval.models.backbone import Backbone
from eval.models.packed import text_rows
from eval.models.reward import RewardModel, beside, reads_apart
from eval.models.texts import Pair, encode, say_what_is_cut, scores_of
from eval.models.texts import batches as length_batches
from generators.core.streams import Stream
from schemas import Example, ShiftworksError

#: Batches that are sorted by length together: enough to save padding, few enough to keep the steps mixed.
SORTED_TOGETHER = 8
#: Pairs of a right and a wrong response that make one step.
Batch = list[tuple[Pair, Pair]]


@dataclass(frozen=True, slots=True)
class TunedScorer:
    """Scores by a tuned reward model."""

    model: RewardModel

    def score(self, examples: Sequence[Example]) -> Scores:
        """The reward of every response."""
        encoded = encode(self.model.backbone, examples)
        flat = [pair for pairs in encoded for pair in pairs]
        rewards = [0.0] * len(flat)
        with torch.inference_mode(), self.model.merged():
            for members in self._batches(flat):
                for i, reward in zip(members, self.model([flat[i] for i in members]).tolist(), strict=True):
                    rewards[i] = reward
        return scores_of(encoded, rewards, alone=self.model.apart)

    def _batches(self, pairs: Sequence[Pair]) -> Iterator[Sequence[int]]:
        """Pairs that are read together, by their numbers; all at once where each text is read by itself."""
        if self.model.apart:
            if pairs:
                yield range(len(pairs))
            return
        given = text_rows(self.model.backbone, pairs)
        for batch in length_batches([row.ids for row in given]):
            yield [i for row in batch for i in given[row].members]

    def kept(self) -> Kept:
        """The weights that were tuned."""
        weights = {name: weight for name, weight in self.model.named_parameters() if weight.requires_grad}
        return Kept({}, {name: weight.detach().float().cpu().numpy() for name, weight in weights.items()})


def restored(backbone: Backbone, settings: TuningSettings, kept: Kept) -> TunedScorer:
    """A reward model with weights that were tuned before.

    Raises:
        ShiftworksError: They are not of this model under these settings.
    """
    with torch.random.fork_rng():
        model = RewardModel(backbone, settings)
    shapes = {name: tuple(weight.shape) for name, weight in model.named_parameters() if weight.requires_grad}
    if shapes != {name: array.shape for name, array in kept.arrays.items()}:
        raise ShiftworksError(f"{backbone.name}: the weights that were kept are not those of this model; tune again")
    model.load_state_dict({name: torch.tensor(array) for name, array in kept.arrays.items()}, strict=False)
    return TunedScorer(model)


def tuned(backbone: Backbone, train: Sequence[Example], settings: TuningSettings, seed: int) -> TunedScorer:
    """A reward model tuned on training examples; the backbone stays as it is.

    Args:
        backbone: The model.
        train: The examples.
        settings: What of it is tuned, and how.
        seed: Decides everything that is drawn.

    Raises:
        ShiftworksError: The loss became infinite or no number, or the model has nothing to tune.
    """
    with torch.random.fork_rng():
        # First values and what is left out are all that is drawn from torch's own generator.
        torch.manual_seed(Stream(settings.name, seed).below(2**63))
        model = RewardModel(backbone, settings)
        encoded = encode(model.backbone, train)
        say_what_is_cut(settings.name, backbone, [pair for pairs in encoded for pair in pairs], alone=model.apart)
        model.drop(True)
        _tune(model, encoded, [example.gold for example in train], settings, seed)
        model.drop(False)
    return TunedScorer(model)


def tuning_tokens(backbone: Backbone, train: Sequence[Example], settings: TuningSettings, seed: int) -> int:
    """Tokens that `tuned` would give the model, padding apart."""
    encoded = encode(beside(backbone, settings), train)
    batches = _pair_batches(encoded, [example.gold for example in train], settings, seed)
    return sum(_tokens(backbone, batch, settings) for batch in _within(backbone, batches, settings))


def _tune(
    model: RewardModel, encoded: Sequence[Sequence[Pair]], golds: Sequence[int], settings: TuningSettings, seed: int
) -> None:
    body, head = model.body_weights(), model.head_weights()
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": settings.learning_rate}, {"params": head, "lr": settings.head_learning_rate}],
        weight_decay=0.0,
        fused=True,
    )
    batches = _within(model.backbone, _pair_batches(encoded, golds, settings, seed), settings)
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, settings))
    for step, batch in enumerate(batches):
        rewards = model([right for right, _ in batch] + [wrong for _, wrong in batch])
        loss = -torch.nn.functional.logsigmoid(rewards[: len(batch)] - rewards[len(batch) :]).mean()
        if not math.isfinite(loss.item()):
            raise ShiftworksError(
                f"the loss became {loss.item()} at step {step + 1} of {steps}; "
                f"lower evaluate.{settings.name}.learning_rate (now {settings.learning_rate:g}) or set "
                "evaluate.precision to float32"
            )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_([*body, *head], settings.gradient_norm)
        optimizer.step()
        schedule.step()


def _within(backbone: Backbone, batches: Iterator[Batch], settings: TuningSettings) -> list[Batch]:
    """The first batches, up to a number of tokens; at least one."""
    kept: list[Batch] = []
    tokens = settings.tokens
    for batch in batches:
        tokens -= _tokens(backbone, batch, settings)
        if kept and tokens < 0:
            break
        kept.append(batch)
    return kept


def _tokens(backbone: Backbone, batch: Batch, settings: TuningSettings) -> int:
    """Tokens that a model reads of a batch; a prompt that two responses share counts once."""
    pairs = [right for right, _ in batch] + [wrong for _, wrong in batch]
    if reads_apart(backbone, settings):
        return sum(map(len, {text for pair in pairs for text in (pair.prompt, pair.response)}))
    return sum(len(row.ids) for row in text_rows(backbone, pairs))


def _rate(step: int, steps: int, settings: TuningSettings) -> float:
    """Share of the peak learning rate at a step: a rise over the warm-up, then a fall towards zero, or none."""
    rising = max(1, round(settings.warm_up * steps))
    if step < rising:
        return (step + 1) / rising
    return (steps - step) / max(1, steps - rising) if settings.decay else 1.0


def _pair_batches(
    encoded: Sequence[Sequence[Pair]], golds: Sequence[int], settings: TuningSettings, seed: int
) -> Iterator[Batch]:
    """Batches of (right, wrong) over all epochs, each of examples of like length."""
    for epoch in range(settings.epochs):
        rng = Stream(settings.name, seed, "epoch", epoch)
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
