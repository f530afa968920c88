"""A text and two statements about it in one row, so that the text is read once.

The row is the text as the reward model reads it, then the statement that the answer is good, then the one that it is
bad. Each statement stands where the text's end mark stands: it goes on from the response's last token and sees the text
before it, but neither the end mark nor the other statement; and the text sees no statement. For a causal model every
state is therefore the one of a plain forward pass over text, or over text and statement. An encoder reads the text as
ever too; its statements look at the text and the text does not look back, as it would in a plain pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from eval.models.backbone import Backbone
from eval.models.texts import Pair, Tokens, tokens
from schemas import ShiftworksError

#: What is said of a response: that it is good, and that it is bad. The last word is the only one that differs.
STATEMENTS = ("\nThis answer is good", "\nThis answer is bad")
#: Parts of a row: text, its end mark, the two statements, padding.
TEXT, END, GOOD, BAD, PADDING = range(5)
#: For a token of each part, the parts that it sees. Padding sees something, since a softmax over nothing is no number.
SEES = ((TEXT, END), (TEXT, END), (TEXT, GOOD), (TEXT, BAD), (TEXT,))


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of rows.

    Attributes:
        ids: Tokens (row, position).
        mask: What is added to the attention from each position to each other (row, 1, position, position).
        positions: The position that each token is told (row, position).
        pooling: Weights (row, 3, position) that make the states of a row those of its text and its two statements: of
            each the mean over its tokens for an encoder, the last token's for a causal model.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    positions: torch.Tensor
    pooling: torch.Tensor


def statements(backbone: Backbone) -> tuple[Tokens, Tokens]:
    """The two statements as tokens.

    Raises:
        ShiftworksError: The model has no room for a text beside them, or no words to tell them apart.
    """
    good, bad = tokens(backbone, STATEMENTS)
    if good == bad:
        raise ShiftworksError(
            f"{backbone.name}: its tokenizer reads 'good' and 'bad' alike; use a model that knows these words"
        )
    return good, bad


def rows(backbone: Backbone, pairs: Sequence[Pair], said: tuple[Tokens, Tokens]) -> Rows:
    """Pairs of prompt and response as a batch of rows.

    Args:
        backbone: The model that will read them.
        pairs: The pairs; each with a statement must fit into the model's positions.
        said: The statements, as `statements` gives them.
    """
    longest = max(len(pair.joint) for pair in pairs) + sum(map(len, said))
    ids, parts, positions = [], [], []
    for pair in pairs:
        row = [*pair.joint, *said[0], *said[1]]
        empty = longest - len(row)
        ends = len(pair.joint) - pair.stop
        ids.append([*row, *[0] * empty])
        parts.append(
            [
                *[TEXT] * pair.stop,
                *[END] * ends,
                *[GOOD] * len(said[0]),
                *[BAD] * len(said[1]),
                *[PADDING] * empty,
            ]
        )
        places = [*range(len(pair.joint)), *(pair.stop + n for each in said for n in range(len(each)))]
        positions.append([*places, *[0] * empty])
    device = backbone.device
    part, position = torch.tensor(parts, device=device), torch.tensor(positions, device=device)
    seen = _seen(part, position, causal=backbone.causal)
    # In the precision of the products that it is added to: a wider one would make every later step as wide, and slow.
    width = torch.bfloat16 if backbone.autocast else torch.float32
    return Rows(
        ids=torch.tensor(ids, device=device),
        mask=torch.zeros(seen.shape, dtype=width, device=device).masked_fill(~seen, torch.finfo(width).min)[:, None],
        positions=position + backbone.first_position,
        pooling=_pooling(part, causal=backbone.causal),
    )


def _seen(part: torch.Tensor, position: torch.Tensor, *, causal: bool) -> torch.Tensor:
    """Whether each position of a row sees each other (row, position, position)."""
    table = torch.zeros(len(SEES), len(SEES), dtype=torch.bool, device=part.device)
    for one, others in enumerate(SEES):
        table[one, list(others)] = True
    seen = table[part[:, :, None], part[:, None, :]]
    if causal:
        # Padding at position 0 still sees the first token.
        seen &= position[:, None, :] <= position[:, :, None]
    return seen


def _pooling(part: torch.Tensor, *, causal: bool) -> torch.Tensor:
    """Weights of the positions in what is read of text and statements (row, 3, position)."""
    members = torch.stack([part <= END, part == GOOD, part == BAD], dim=1)
    if causal:
        places = torch.arange(part.shape[1], device=part.device)
        last = torch.where(members, places, -1).amax(-1, keepdim=True)
        members = places == last
    weights = members.to(torch.float32)
    return weights / weights.sum(-1, keepdim=True)
