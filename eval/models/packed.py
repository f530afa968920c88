"""Prompt, responses and statements about them in one row, so that what they share is read once.

A row is a tree of segments, written one after the other. A segment sees those that stand before it in its own text and
no other, and its tokens are told the positions that they have there, so that every state is the one of a plain forward
pass over that text alone. Of a causal model the prompt is the root and its responses are the branches; a statement
about a response goes on from the response's last token and sees neither its end mark nor another statement.

An encoder's prompt looks at its response, so that no two responses can share it: a row holds one text, read as ever,
and its statements, which look at the text while the text does not look back, as it would in a plain pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import torch

from eval.models.backbone import Backbone
from eval.models.texts import Pair, Tokens, tokens
from schemas import ShiftworksError

#: What is said of a response: that it is good, and that it is bad. The last word is the only one that differs.
STATEMENTS = ("\nThis answer is good", "\nThis answer is bad")
#: Tokens of a row that several responses share, since attention within a row grows with its square.
ROW = 1024


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a row.

    Attributes:
        tokens: Its tokens; there may be none.
        position: The position that its first token is told.
        sees: The segments that it sees, by their numbers, itself among them; in a causal model only up to its own
            position.
    """

    tokens: Tokens
    position: int
    sees: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A row before it becomes numbers.

    Attributes:
        members: The pairs that it holds, by their numbers.
        segments: Its segments, in their order.
        reads: What is read of it, in the order of its members: each the segments of one text.
    """

    members: tuple[int, ...]
    segments: tuple[Segment, ...]
    reads: tuple[tuple[int, ...], ...]

    @cached_property
    def ids(self) -> Tokens:
        """All its tokens."""
        return tuple(token for segment in self.segments for token in segment.tokens)


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of rows, as a model takes them.

    Attributes:
        ids: Tokens (row, position).
        mask: What is added to the attention from each position to each other (row, 1, position, position).
        positions: The position that each token is told (row, position).
        pooling: Weights (row, read, position) that make the states of a row those of its texts: of each the mean over
            its tokens for an encoder, the last token's for a causal model.
        present: Whether a row has that many reads (row, read).
    """

    ids: torch.Tensor
    mask: torch.Tensor
    positions: torch.Tensor
    pooling: torch.Tensor
    present: torch.Tensor

    def pooled(self, states: torch.Tensor) -> torch.Tensor:
        """The states of all texts (read, feature) in float32, from those of all positions (row, position, feature)."""
        return (self.pooling @ states.to(self.pooling.device).float())[self.present]


def statements(backbone: Backbone) -> tuple[Tokens, Tokens]:
    """The two statements as tokens.

    Raises:
        ShiftworksError: The model has no words to tell them apart.
    """
    good, bad = tokens(backbone, STATEMENTS)
    if good == bad:
        raise ShiftworksError(
            f"{backbone.name}: its tokenizer reads 'good' and 'bad' alike; use a model that knows these words"
        )
    return good, bad


def text_rows(backbone: Backbone, pairs: Sequence[Pair]) -> list[Row]:
    """Pairs as rows that are read at the end of each text; a causal model's pairs share a prompt if it is the same."""
    made = []
    for members in _shared(backbone, pairs, 0):
        start = pairs[members[0]].start if backbone.causal else 0
        segments = [Segment(pairs[members[0]].joint[:start], 0, (0,))]
        for i in members:
            segments.append(Segment(pairs[i].joint[start:], start, (0, len(segments))))
        made.append(Row(tuple(members), tuple(segments), tuple((0, n) for n in range(1, len(segments)))))
    return made


def statement_rows(backbone: Backbone, pairs: Sequence[Pair], said: tuple[Tokens, Tokens]) -> list[Row]:
    """Pairs as rows that are read three times a pair: at the end of the text and of each statement.

    Args:
        backbone: The model that will read them.
        pairs: The pairs; each with a statement must fit into the model's positions.
        said: The statements, as `statements` gives them.
    """
    made = []
    for members in _shared(backbone, pairs, sum(map(len, said))):
        start = pairs[members[0]].start if backbone.causal else 0
        segments, reads = [Segment(pairs[members[0]].joint[:start], 0, (0,))], []
        for i in members:
            first, pair = len(segments), pairs[i]
            text, end, good, bad = range(first, first + 4)
            # An encoder's text sees its own end mark; a causal model's cannot, since it stands later.
            segments += [
                Segment(pair.joint[start : pair.stop], start, (0, text, end)),
                Segment(pair.joint[pair.stop :], pair.stop, (0, text, end)),
                Segment(said[0], pair.stop, (0, text, good)),
                Segment(said[1], pair.stop, (0, text, bad)),
            ]
            reads += [(0, text, end), (good,), (bad,)]
        made.append(Row(tuple(members), tuple(segments), tuple(reads)))
    return made


def _shared(backbone: Backbone, pairs: Sequence[Pair], beside: int) -> list[list[int]]:
    """The pairs of each row, by their numbers, given how many tokens each brings beside its text."""
    if not (backbone.causal and backbone.packs):
        return [[i] for i in range(len(pairs))]
    by_prompt: dict[Tokens, list[list[int]]] = {}
    lengths: dict[Tokens, int] = {}
    for i, pair in enumerate(pairs):
        prompt = pair.joint[: pair.start]
        own = len(pair.joint) - pair.start + beside
        rows = by_prompt.setdefault(prompt, [[]])
        if rows[-1] and lengths[prompt] + own > ROW:
            rows.append([])
        lengths[prompt] = own + (lengths[prompt] if rows[-1] else len(prompt))
        rows[-1].append(i)
    return [members for rows in by_prompt.values() for members in rows]


def behind(row: Row, count: int) -> Row:
    """A row behind some tokens that all of it sees, such as a tuned prompt; their ids say nothing.

    An encoder's see the row in turn, which must hold one text.
    """
    moved = [
        replace(s, position=s.position + count, sees=(0, *(number + 1 for number in s.sees))) for s in row.segments
    ]
    reads = tuple(tuple(number + 1 for number in read) for read in row.reads)
    prompt = Segment((0,) * count, 0, tuple(range(len(moved) + 1)))
    return Row(row.members, (prompt, *moved), reads)


def rows(backbone: Backbone, given: Sequence[Row]) -> Rows:
    """Rows as a batch for the model that will read them."""
    longest = max(len(row.ids) for row in given)
    most = max(len(row.segments) for row in given)
    ids: list[list[int]] = []
    parts: list[list[int]] = []
    positions: list[list[int]] = []
    # Of each row, for a token of each segment the segments that it sees, and for each read its segments. Padding is a
    # segment of its own that sees the first, since a softmax over nothing is no number.
    sees = torch.zeros(len(given), most + 1, most + 1, dtype=torch.bool)
    reads = torch.zeros(len(given), max(len(row.reads) for row in given), most + 1, dtype=torch.bool)
    for number, row in enumerate(given):
        empty = longest - len(row.ids)
        ids.append([*row.ids, *[0] * empty])
        belongs = [n for n, segment in enumerate(row.segments) for _ in segment.tokens]
        parts.append([*belongs, *[most] * empty])
        places = [segment.position + n for segment in row.segments for n in range(len(segment.tokens))]
        positions.append([*places, *[0] * empty])
        for one, segment in enumerate(row.segments):
            sees[number, one, list(segment.sees)] = True
        for one, read in enumerate(row.reads):
            reads[number, one, list(read)] = True
        sees[number, most, belongs[0]] = True
    part, position = torch.tensor(parts), torch.tensor(positions)
    every = torch.arange(len(given))
    seen = sees[every[:, None, None], part[:, :, None], part[:, None, :]]
    if backbone.causal:
        # Padding at position 0 still sees the first token.
        seen &= position[:, None, :] <= position[:, :, None]
    # In the precision of the products that it is added to: a wider one would make every later step as wide, and slow.
    width = torch.bfloat16 if backbone.autocast else torch.float32
    mask = torch.zeros(seen.shape, dtype=width).masked_fill(~seen, torch.finfo(width).min)[:, None]
    members = reads[every[:, None, None], torch.arange(reads.shape[1])[:, None], part[:, None, :]]
    device = backbone.device
    return Rows(
        ids=torch.tensor(ids, device=device),
        mask=mask.to(device),
        positions=(position + backbone.first_position).to(device),
        pooling=_pooling(members, causal=backbone.causal).to(device),
        present=reads.any(-1).to(device),
    )


def _pooling(members: torch.Tensor, *, causal: bool) -> torch.Tensor:
    """Weights of the positions in what is read, given which belong to it (row, read, position)."""
    if causal:
        places = torch.arange(members.shape[-1])
        last = torch.where(members, places, -1).amax(-1, keepdim=True)
        members = members & (places == last)
    weights = members.to(torch.float32)
    return weights / weights.sum(-1, keepdim=True).clamp(min=1)
