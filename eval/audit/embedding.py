"""A probe on a frozen model: the embedded encoder's mean state of each response, without the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from eval.audit.family import Signs
from eval.audit.probes import Probe, Reader
from eval.audit.table import Table
from eval.config import EMBEDDED
from schemas import ShiftworksError

#: Tokens of a response that are read.
TOKENS = 128


def embedding_probe() -> Probe:
    """The probe.

    Raises:
        ShiftworksError: The embedded model is not installed.
    """
    _backbone()
    return Probe("response_embedding", "the response's embedding by the frozen embedded model", _reader)


def _reader(_table: Table) -> Reader:
    return lambda table: _embedded(table.texts)


def _embedded(texts: Sequence[str]) -> Signs:
    """The mean states, one row of unit length a text; every different text is read once."""
    import torch

    from eval.models.texts import batches, marks, read, tokens

    backbone = _backbone()
    before, _, after = marks(backbone)
    different = sorted(set(texts))
    sequences = [(*before, *ids[: TOKENS - 2], *after) for ids in tokens(backbone, different)]
    rows = np.zeros((len(different), backbone.width), dtype=np.float32)
    with torch.inference_mode():
        for batch in batches(sequences):
            rows[batch] = read(backbone, backbone.model, [sequences[i] for i in batch]).mean().cpu().numpy()
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    place = {text: i for i, text in enumerate(different)}
    return rows[[place[text] for text in texts]]


@cache
def _backbone() -> Any:
    """The embedded model, loaded once a process."""
    try:
        from eval.models.backbone import load_backbone
        from eval.models.files import find_model
    except ModuleNotFoundError as error:
        raise ShiftworksError(
            f"the embedding probe needs {error.name}; install it with: pip install 'shiftworks[eval]'"
        ) from None
    return load_backbone(find_model(EMBEDDED), TOKENS)
