"""Texts as token sequences: over-long ones are cut by one rule and counted, batches are alike in length.

A sequence that is too long keeps the end of the response first, then the end of the prompt: the response is what is
judged, and a prompt says what it wants nearest to the response.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import torch
from tqdm import tqdm

from eval.interventions import Scores
from eval.models.backbone import Backbone
from schemas import Example

Tokens = tuple[int, ...]
#: Tokens of a batch that is only read, padding included: more would not stay in a processor's caches.
READ_AT_ONCE = 2048
#: Padding that costs less than one more batch: so many tokens, or this share of the batch.
PADDING, PADDING_SHARE = 256, 0.25


@dataclass(frozen=True, slots=True)
class Pair:
    """A prompt with one response, ready for a model.

    Attributes:
        joint: Both in one sequence, with the model's own marks.
        start: Position of the response's first token in `joint`.
        stop: Position after its last token.
        prompt: The prompt alone, with the model's own marks.
        response: The response alone, with the model's own marks.
        cut: Whether anything of `joint` did not fit.
        cut_alone: Whether anything of `prompt` or `response` did not fit.
    """

    joint: Tokens
    start: int
    stop: int
    prompt: Tokens
    response: Tokens
    cut: bool
    cut_alone: bool


def encode(backbone: Backbone, examples: Sequence[Example]) -> list[list[Pair]]:
    """Every response of every example with its prompt, as tokens."""
    prompts = tokens(backbone, [example.prompt for example in examples])
    responses = tokens(backbone, [response.text for example in examples for response in example.responses])
    rest = iter(responses)
    return [
        [pair(backbone, prompt, next(rest)) for _ in example.responses]
        for example, prompt in zip(examples, prompts, strict=True)
    ]


def encode_behind(backbone: Backbone, shown: Sequence[Tokens], examples: Sequence[Example]) -> list[list[Pair]]:
    """Every response with its prompt behind some texts, as tokens.

    Where not all of the texts fit, the first are left out, the same for all responses of an example; what is left out
    counts as cut.
    """
    begin = len(marks(backbone)[0])
    made = []
    for pairs in encode(backbone, examples):
        room = backbone.max_tokens - max(len(pair.joint) for pair in pairs)
        kept: Tokens = ()
        for text in reversed(shown):
            if len(kept) + len(text) > room:
                pairs = [replace(pair, cut=True) for pair in pairs]
                break
            kept = (*text, *kept)
        made.append(
            [
                replace(
                    pair,
                    joint=(*pair.joint[:begin], *kept, *pair.joint[begin:]),
                    start=pair.start + len(kept),
                    stop=pair.stop + len(kept),
                )
                for pair in pairs
            ]
        )
    return made


def tokens(backbone: Backbone, texts: Sequence[str]) -> list[Tokens]:
    """Texts as tokens without any marks."""
    if not texts:
        return []
    # `verbose` is off because longer texts than the model has positions for are cut here, not there.
    return [tuple(ids) for ids in backbone.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]]


def pair(backbone: Backbone, prompt: Tokens, response: Tokens) -> Pair:
    """A prompt and a response under the model's limit, which is for both together and for each alone."""
    before, between, after = marks(backbone)
    room = backbone.max_tokens - len(before) - len(between) - len(after)
    kept_response = _end(response, room)
    kept_prompt = _end(prompt, room - len(kept_response))
    start = len(before) + len(kept_prompt) + len(between)
    alone = backbone.max_tokens - len(before) - len(after)
    return Pair(
        joint=(*before, *kept_prompt, *between, *kept_response, *after),
        start=start,
        stop=start + len(kept_response),
        prompt=(*before, *_end(prompt, alone), *after),
        response=(*before, *_end(response, alone), *after),
        cut=len(kept_prompt) + len(kept_response) < len(prompt) + len(response),
        cut_alone=max(len(prompt), len(response)) > alone,
    )


def marks(backbone: Backbone) -> tuple[Tokens, Tokens, Tokens]:
    """The model's own tokens before, between and after two texts.

    A causal model's text begins as its tokenizer begins one, since many that know a mark for it were trained without;
    it ends with the mark of the end, at which a reward is read.
    """
    tokenizer: Any = backbone.tokenizer
    if backbone.causal:
        return _begin(tokenizer), (), _known(tokenizer.eos_token_id)
    separator = _known(tokenizer.sep_token_id if tokenizer.sep_token_id is not None else tokenizer.eos_token_id)
    return _known(tokenizer.cls_token_id), separator, separator


@lru_cache(maxsize=4)
def _begin(tokenizer: Any) -> Tokens:
    """The tokens that a tokenizer puts before a text."""
    marked, bare = (tuple(tokenizer("a", add_special_tokens=added)["input_ids"]) for added in (True, False))
    return next((marked[:n] for n in range(len(marked)) if marked[n : n + len(bare)] == bare), ())


def _known(token: int | None) -> Tokens:
    return () if token is None else (token,)


def _end(ids: Tokens, room: int) -> Tokens:
    return ids[len(ids) - room :] if 0 < room < len(ids) else ids[:0] if room <= 0 else ids


def say_what_is_cut(reader: str, backbone: Backbone, pairs: Sequence[Pair], *, alone: bool = False) -> None:
    """Prints a line if some of the texts that are learned from, or whose activations are kept, do not fit the model."""
    if cut := sum(pair.cut_alone if alone else pair.cut for pair in pairs):
        tqdm.write(
            f"{reader}: {cut} of {len(pairs)} responses or their prompts are too long and read in part "
            f"(evaluate.max_tokens: {backbone.max_tokens})",
            file=sys.stderr,
        )


def scores_of(encoded: Sequence[Sequence[Pair]], rewards: Sequence[float], *, alone: bool = False) -> Scores:
    """Rewards of all pairs in a row, as scores of the examples that the pairs come from.

    Args:
        encoded: The pairs of each example.
        rewards: The reward of each pair.
        alone: Whether prompt and response were read each by itself, which decides what was cut.
    """
    rest = iter(rewards)
    cut = sum(pair.cut_alone if alone else pair.cut for pairs in encoded for pair in pairs)
    return Scores([[next(rest) for _ in pairs] for pairs in encoded], cut)


def batches(sequences: Sequence[Tokens], limit: int = READ_AT_ONCE) -> Iterator[list[int]]:
    """Positions of sequences, in batches of like length and at most `limit` tokens (at least one sequence each).

    Batches depend on what the sequences hold, not on the order in which they came.
    """
    batch: list[int] = []
    held = 0
    for position in sorted(range(len(sequences)), key=lambda i: (len(sequences[i]), sequences[i])):
        own = len(sequences[position])
        whole = own * (len(batch) + 1)
        if batch and (whole > limit or whole - held - own > max(PADDING, PADDING_SHARE * whole)):
            yield batch
            batch, held = [], 0
        batch.append(position)
        held += own
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a model made of a batch.

    Attributes:
        states: Last hidden states (sequence, position, feature), in float32.
        mask: 1 where a position holds a token, 0 where it is padding.
    """

    states: torch.Tensor
    mask: torch.Tensor

    def mean(self) -> torch.Tensor:
        """Mean of each sequence's states."""
        mask = self.mask[..., None].to(self.states.dtype)
        return (self.states * mask).sum(1) / mask.sum(1)

    def last(self) -> torch.Tensor:
        """The state of each sequence's last token."""
        rows = torch.arange(len(self.states), device=self.states.device)
        return self.states[rows, self.mask.sum(1) - 1]


def padded(sequences: Sequence[Tokens], device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Sequences as one tensor padded at the right, and its mask.

    The mask is made from the lengths, so a tokenizer whose padding is also its end of text does no harm.
    """
    longest = max(map(len, sequences))
    ids = torch.tensor([[*sequence, *[0] * (longest - len(sequence))] for sequence in sequences], device=device)
    mask = torch.tensor([[1] * len(s) + [0] * (longest - len(s)) for s in sequences], device=device)
    return ids, mask


def embedded(backbone: Backbone, model: Any, sequences: Sequence[Tokens]) -> torch.Tensor:
    """The mean last hidden state of each sequence (sequence, feature), by `model`; every different one is read once."""
    different = list(dict.fromkeys(sequences))
    states: list[torch.Tensor] = []
    places: dict[Tokens, int] = {}
    for batch in batches(different):
        chosen = [different[i] for i in batch]
        states.append(read(backbone, model, chosen).mean())
        places.update({sequence: len(places) + n for n, sequence in enumerate(chosen)})
    return torch.cat(states)[[places[sequence] for sequence in sequences]]


def read(backbone: Backbone, model: Any, sequences: Sequence[Tokens]) -> Hidden:
    """The last hidden states that `model` (the backbone's, or a skeleton of it) makes of some sequences."""
    ids, mask = padded(sequences, backbone.device)
    with backbone.precision():
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
    return Hidden(states.to(backbone.device).float(), mask)
