"""Activations: what every layer of a model makes of a response, read once and shared by all methods that read them.

The text is prompt and response in one sequence, as the reward model reads them (`eval.models.texts`), with room left
for a statement about it; a causal model reads a prompt once for all its responses (`eval.models.packed`). Of a causal
model the last token's states are taken, of an encoder the mean over all tokens; the attention heads' outputs are what
goes into the matrix that mixes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from eval.models.backbone import Backbone
from eval.models.packed import rows, statement_rows, statements
from eval.models.texts import Pair, batches, encode, marks, say_what_is_cut
from schemas import Example, ShiftworksError
from schemas.files import canonical, sha256

Floats = NDArray[np.float32]
#: The matrix that mixes a layer's heads, by the names that it has in common architectures.
MIXING = re.compile(
    r"\.\d+\.(?:attention|attn|self_attn|self_attention)\.(?:output\.)?(?:dense|o_proj|out_proj|c_proj|Wo)$"
)


@dataclass(frozen=True, slots=True)
class Activations:
    """What a model makes of some responses, in float32.

    Attributes:
        text: States of the text after each layer (response, layer, feature).
        good: States of the statement that the response is good, in the same shape.
        bad: States of the statement that it is bad.
        heads: Output of each attention head on the text (response, layer, head, feature); None where the model's
            heads are not found.
    """

    text: Floats
    good: Floats
    bad: Floats
    heads: Floats | None

    @property
    def contrast(self) -> Floats:
        """How the two statements differ."""
        return self.good - self.bad

    def take(self, chosen: slice | NDArray[np.intp]) -> Activations:
        """Those of some of the responses."""
        heads = None if self.heads is None else self.heads[chosen]
        return Activations(self.text[chosen], self.good[chosen], self.bad[chosen], heads)


def encode_for_activations(backbone: Backbone, examples: Sequence[Example]) -> list[list[Pair]]:
    """Every response of every example with its prompt, as tokens, cut so that a statement fits behind.

    Raises:
        ShiftworksError: Nothing fits beside a statement.
    """
    said = max(map(len, statements(backbone)))
    room = backbone.max_tokens - said
    if room <= sum(map(len, marks(backbone))):
        raise ShiftworksError(
            f"evaluate.max_tokens: {backbone.max_tokens} leave no room for a text beside a statement of {said}; "
            "give more"
        )
    return encode(replace(backbone, max_tokens=room), examples)


def activations(backbone: Backbone, pairs: Sequence[Pair]) -> Activations:
    """The activations of some responses: those kept from before if the backbone has a store that holds them.

    Args:
        backbone: The model.
        pairs: Responses with their prompts, as `encode_for_activations` makes them; at least one.

    Raises:
        ShiftworksError: The model's states are not finite, its architecture is foreign, or the disk is unwilling.
    """
    if backbone.store is None:
        return Activations(**_read(backbone, pairs))
    content = sha256(canonical([statements(backbone), [[pair.joint, pair.stop] for pair in pairs]]))
    kept = backbone.store.get(content)
    if kept is None:
        made = _read(backbone, pairs)
        backbone.store.put(content, {name: array for name, array in made.items() if array is not None})
        return Activations(**made)
    return Activations(kept["text"], kept["good"], kept["bad"], kept.get("heads"))


def _read(backbone: Backbone, pairs: Sequence[Pair]) -> dict[str, Any]:
    """The fields of `Activations`, from the model."""
    if not backbone.packs:
        raise ShiftworksError(
            f"{backbone.name}: its architecture does not take positions and masks as others do, so its activations "
            "cannot be read; leave out the interventions that read them"
        )
    say_what_is_cut("activations", backbone, pairs)
    given = statement_rows(backbone, pairs, statements(backbone))
    model: Any = backbone.reader
    made: dict[str, Any] = {}
    with torch.inference_mode(), _mixed(model, backbone.model.config.num_hidden_layers) as mixed:
        for batch in batches([row.ids for row in given]):
            part = rows(backbone, [given[i] for i in batch])
            members = [member for i in batch for member in given[i].members]
            mixed.clear()
            with backbone.precision():
                states = model(
                    input_ids=part.ids,
                    attention_mask=part.mask,
                    position_ids=part.positions,
                    output_hidden_states=True,
                ).hidden_states[1:]
            # (response, part, layer, feature)
            pooled = torch.stack([part.pooled(state) for state in states], dim=1)
            found = {"text": pooled[::3], "good": pooled[1::3], "bad": pooled[2::3]}
            if mixed:
                heads = torch.stack([part.pooled(state)[::3] for state in mixed], dim=1)
                found["heads"] = heads.reshape(*heads.shape[:2], backbone.model.config.num_attention_heads, -1)
            for name, values in found.items():
                if name not in made:
                    made[name] = np.empty((len(pairs), *values.shape[1:]), dtype=np.float32)
                made[name][members] = values.cpu().numpy()
    if not all(np.isfinite(array).all() for array in made.values()):
        raise ShiftworksError(
            f"{backbone.name}: its states are not finite; the model is broken, or evaluate.precision is too coarse "
            "for it: set it to float32"
        )
    return {"heads": None, **made}


@contextmanager
def _mixed(model: Any, layers: int) -> Iterator[list[torch.Tensor]]:
    """A list that every forward pass fills with what goes into each layer's mixing matrix, if they are found."""
    found: list[torch.Tensor] = []
    matrices = [module for name, module in model.named_modules() if MIXING.search(name)]
    with ExitStack() as stack:
        if len(matrices) == layers:
            for matrix in matrices:
                hook = matrix.register_forward_pre_hook(lambda _module, given: found.append(given[0]))
                stack.callback(hook.remove)
        yield found
