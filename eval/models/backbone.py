"""A loaded model: an encoder or a causal language model, with its tokenizer, read-only.

Tuning never touches a backbone: it works on a second skeleton over the same weights (`Backbone.skeleton`).
"""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig
from transformers.utils import logging

from eval.models.files import ModelFiles
from eval.models.linear import quicken
from eval.models.store import Store
from schemas import ShiftworksError

#: Precisions that hold weights in fewer bits than they are computed with.
QUANTIZED = ("int8", "nf4")
#: How far, of its greatest feature, a state in a row may be from the one read alone, in float32 and in bfloat16, which
#: keeps eight bits.
TOLERANCE = {torch.float32: 1e-3, torch.bfloat16: 0.1}


@dataclass(frozen=True, slots=True)
class Backbone:
    """A model as it was loaded.

    Attributes:
        name: The name that it was asked for by.
        model: An encoder, or a causal language model with its head; in evaluation mode.
        tokenizer: Its tokenizer.
        causal: Whether it predicts the next token.
        max_tokens: Tokens of the longest sequence that it is given.
        device: Where it runs.
        autocast: Whether matrices are multiplied in bfloat16.
        packs: Whether it takes positions and masks as others do, so that texts can share a row (`eval.models.packed`).
        store: Where what it reads may be kept; None keeps nothing.
    """

    name: str
    model: Any
    tokenizer: Any
    causal: bool
    max_tokens: int
    device: torch.device
    autocast: bool
    packs: bool
    store: Store | None = None

    @property
    def reader(self) -> Any:
        """The model without a language-modelling head."""
        return self.model.base_model if self.causal else self.model

    @property
    def first_position(self) -> int:
        """The position of a sequence's first token, as the model counts."""
        return _unused_positions(self.model)

    @property
    def width(self) -> int:
        """Size of a hidden state."""
        return int(self.model.config.hidden_size)

    def skeleton(self) -> Any:
        """A second model over the same weights, without a language-modelling head; tuning it leaves the first alone."""
        reader = self.reader
        return copy.deepcopy(reader, memo={id(weight): weight for weight in [*reader.parameters(), *reader.buffers()]})

    def precision(self) -> Any:
        """The context that forward passes run in."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.autocast)


def uses_bfloat16(precision: str) -> bool:
    """Whether matrices are multiplied in bfloat16 under a setting, on this machine."""
    return precision in ("bfloat16", *QUANTIZED) or (precision == "auto" and fast_bfloat16())


def fast_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 matrices by instructions of its own (elsewhere it would be slower)."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def load_backbone(files: ModelFiles, max_tokens: int, precision: str = "auto", store: Store | None = None) -> Backbone:
    """Loads a model from its files, without running any code that lies beside them.

    Args:
        files: The model's files.
        max_tokens: Tokens of the longest sequence; no more than the model has positions for are used.
        precision: As `evaluate.precision` has it.
        store: Where what it reads may be kept.

    Raises:
        ShiftworksError: The files are no encoder and no causal language model, or they are incomplete; or this machine
            cannot hold weights as the precision says.
    """
    placed = _placed(precision)
    try:
        with _quiet():
            config = AutoConfig.from_pretrained(files.folder, trust_remote_code=False)
            causal = files.causal
            kind: Any = AutoModelForCausalLM if causal else AutoModel
            tokenizer = AutoTokenizer.from_pretrained(files.folder, trust_remote_code=False)
            model, found = kind.from_pretrained(
                files.folder,
                config=config,
                use_safetensors=True,
                trust_remote_code=False,
                # Plain matrix products: for short texts on a processor their gradients are three times as fast.
                attn_implementation=None if torch.cuda.is_available() else "eager",
                output_loading_info=True,
                **placed,
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ShiftworksError(f"{files.folder}: the model cannot be loaded: {reason}") from error
    if config.is_encoder_decoder:
        raise ShiftworksError(f"{files.folder}: an encoder-decoder; give an encoder or a causal language model")
    # A pooler that the weights do not hold would be random, but nothing here reads it.
    if missing := sorted(key for key in found["missing_keys"] if "pooler" not in key):
        raise ShiftworksError(f"{files.folder}: the weights lack {missing[0]!r} ({len(missing)} in all)")
    if "device_map" not in placed:
        model = model.to("cuda" if torch.cuda.is_available() else "cpu")
    limit = min(max_tokens, _positions(model) or max_tokens)
    autocast = uses_bfloat16(precision)
    model = model.requires_grad_(False).eval()
    if model.device.type == "cpu":
        quicken(model)
    loaded = Backbone(files.name, model, tokenizer, causal, limit, model.device, autocast, packs=True, store=store)
    return loaded if _packs(loaded) else replace(loaded, packs=False)


def _placed(precision: str) -> dict[str, Any]:
    """How a model's weights are held, and where: dealt out over the GPUs where there are several.

    Raises:
        ShiftworksError: This machine cannot hold them so.
    """
    graphics = torch.cuda.is_available()
    if precision in QUANTIZED:
        if not graphics or importlib.util.find_spec("bitsandbytes") is None:
            raise ShiftworksError(
                f"evaluate.precision: {precision} needs an NVIDIA GPU and bitsandbytes (pip install bitsandbytes); "
                "set it to auto"
            )
        kind: Any = BitsAndBytesConfig  # its constructor is untyped
        bits = (
            kind(load_in_8bit=True)
            if precision == "int8"
            else kind(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16)
        )
        return {"dtype": torch.bfloat16, "quantization_config": bits, "device_map": "auto"}
    # On a processor weights stay in float32, from which products in bfloat16 lose less; on a GPU memory counts more.
    dtype = torch.bfloat16 if graphics and uses_bfloat16(precision) else torch.float32
    return {"dtype": dtype, **({"device_map": "auto"} if torch.cuda.device_count() > 1 else {})}


def _packs(backbone: Backbone) -> bool:
    """Whether the model reads two texts that share a row as it reads each by itself, as a foreign architecture may not.

    It is tried rather than looked up: names of architectures say nothing of those to come.
    """
    from eval.models.packed import Row, Segment, rows
    from eval.models.texts import read

    model, config = backbone.reader, backbone.model.config
    # As exactly as the weights are held: what bfloat16 rounds away could hide what another text has done.
    backbone = replace(backbone, autocast=model.dtype != torch.float32)
    windows = [getattr(config, name, None) for name in ("sliding_window", "local_attention")]
    if any(window is not None and window < backbone.max_tokens for window in windows):
        return False
    # GPT-Neo looks back a number of places in the row, whatever positions it is told.
    if hasattr(config, "window_size") or "position_ids" not in inspect.signature(model.forward).parameters:
        return False
    # Any tokens but the mark of padding, at which some count no position.
    ids = tuple(token for token in range(10) if token != config.pad_token_id)
    start, one, other = (ids[:3] if backbone.causal else ()), ids[3:5], ids[5:8]
    root = Segment(start, 0, (0,))
    branches = (Segment(one, len(start), (0, 1)), Segment(other, len(start), (0, 2)))
    together = rows(backbone, [Row((0, 1), (root, *branches), ((0, 1), (0, 2)))])
    try:
        with torch.inference_mode():
            alone = read(backbone, model, [(*start, *one), (*start, *other)])
            expected = alone.last() if backbone.causal else alone.mean()
            with backbone.precision():
                states = model(
                    input_ids=together.ids, attention_mask=together.mask, position_ids=together.positions
                ).last_hidden_state
    except (RuntimeError, ValueError, TypeError, IndexError):  # the ways in which models refuse what they do not know
        return False
    # A model of nans passes here and is refused where it is read.
    far = (together.pooled(states) - expected).abs().max() > TOLERANCE[model.dtype] * expected.abs().max()
    return not bool(far)


def _positions(model: Any) -> int | None:
    """Tokens that a model has positions for; None if it has no such limit."""
    limit = getattr(model.config, "max_position_embeddings", None)
    return None if limit is None else limit - _unused_positions(model)


def _unused_positions(model: Any) -> int:
    """Positions that no token stands at: RoBERTa and its kin count from behind their padding mark."""
    table = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
    return 0 if table is None or table.padding_idx is None else int(table.padding_idx) + 1


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library's progress bars and load reports off the terminal."""
    transformers_logging: Any = logging  # its functions are untyped
    level, bars = transformers_logging.get_verbosity(), transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers_logging.set_verbosity(level)
        if bars:
            transformers_logging.enable_progress_bar()
