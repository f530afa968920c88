"""Scorers in folders: a tuned reward model, or what a method has read, saved whole and loaded again.

A folder holds `scorer.safetensors`, the arrays that were learned, and `scorer.json`, written last: intervention, model,
settings, everything that the scorer depends on, and the hash of the arrays. The model's own weights are not copied;
they are known by their fingerprint, and a scorer is never put on other ones. Nothing is a pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.config import EvaluationConfig, config_of
from eval.interventions import Kept, Scorer, find
from eval.models.files import ModelFiles, find_model
from schemas import ShiftworksError
from schemas.files import canonical, pretty, read_bytes, read_json, sha256, write_whole

if TYPE_CHECKING:
    from eval.models.backbone import Backbone

RECORD, ARRAYS = "scorer.json", "scorer.safetensors"


def save_scorer(
    folder: Path,
    scorer: Scorer,
    intervention: str,
    source: str | None,
    config: EvaluationConfig,
    model: ModelFiles | None,
    depends: Mapping[str, Any],
) -> None:
    """Saves a scorer.

    Args:
        folder: Where; made if it is not there.
        scorer: The scorer.
        intervention: The intervention that made it.
        source: Distribution that it was tuned on, if on any.
        config: The settings under which it was made.
        model: The model that it reads, if it reads one.
        depends: Everything that it depends on, in JSON's types.

    Raises:
        ShiftworksError: The disk is full, read-only or otherwise unwilling.
    """
    import numpy as np
    from safetensors.numpy import save

    kept = scorer.kept()
    # safetensors takes an array's memory as it lies, so a transposed one would come back turned.
    arrays = save({name: np.ascontiguousarray(array) for name, array in kept.arrays.items()})
    record = {
        "intervention": intervention,
        "source": source,
        "model": {"name": model.name, "fingerprint": model.fingerprint} if model else None,
        "settings": asdict(config),
        "depends": dict(depends),
        "facts": kept.facts,
        "arrays_sha256": sha256(arrays),
    }
    write_whole(folder / ARRAYS, arrays)
    write_whole(folder / RECORD, pretty(record))


def saved(folder: Path, depends: Mapping[str, Any]) -> Kept | None:
    """What a folder holds of the scorer that depends on all this; None if it does not hold that scorer, whole."""
    try:
        record, kept = _read(folder)
    except ShiftworksError:
        return None
    return kept if canonical(record["depends"]) == canonical(dict(depends)) else None


def load_scorer(folder: Path, model: str | None = None) -> Scorer:
    """A scorer that was saved.

    Args:
        folder: Its folder.
        model: Where its model lies now; by default where it lay.

    Raises:
        ShiftworksError: The folder is not whole, or the model is absent or not the one that it was made with.
    """
    record, kept = _read(folder)
    config = config_of(record["settings"], folder / RECORD)

    @cache
    def backbone() -> Backbone:
        files = find_model(model or record["model"]["name"])
        if files.fingerprint != record["model"]["fingerprint"]:
            raise ShiftworksError(
                f"{folder}: made with another model than {files.folder} now holds; name the one it was made with by "
                "--model, or tune again"
            )
        try:
            from eval.models.backbone import load_backbone
        except ModuleNotFoundError as error:
            raise ShiftworksError(
                f"evaluations need {error.name}; install it with: pip install 'shiftworks[eval]'"
            ) from None
        return load_backbone(files, config.max_tokens, config.precision)

    return find(record["intervention"], config, backbone).restore(kept)


def _read(folder: Path) -> tuple[dict[str, Any], Kept]:
    """The record of a folder, and what it holds.

    Raises:
        ShiftworksError: A file is absent, broken or not the other's.
    """
    from safetensors.numpy import load

    record: dict[str, Any] = read_json(folder / RECORD, "scorer")
    content = read_bytes(folder / ARRAYS)
    if sha256(content) != record["arrays_sha256"]:
        raise ShiftworksError(f"{folder / ARRAYS}: its SHA-256 is not the one in {RECORD}; save the scorer again")
    return record, Kept(record["facts"], load(content))
