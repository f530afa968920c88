"""A reward model: a backbone of which something is tuned, and a head that reads a reward.

What is tuned is low-rank adapters (Hu et al. 2021, arXiv 2106.09685), all weights, or a prompt of vectors that stands
before every text (Lester et al. 2021, arXiv 2104.08691). A causal model reads prompt and response in one sequence, a
prompt once for all its responses, and the reward is a linear function of the last token's state. An encoder reads them
apart unless it is told otherwise (Reimers and Gurevych 2019, arXiv 1908.10084): the reward is a linear function of the
response's mean state, of its product with the prompt's and of how far they are apart, each feature by itself, and
begins as the cosine of the two. In one sequence every word of one can attend to every word of the other, and the reward
is a linear function of the mean state.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.tuners_utils import BaseTunerLayer

from eval.config import LoraSettings, PromptTuningSettings, TuningSettings
from eval.models.backbone import Backbone
from eval.models.packed import Row, behind, rows, text_rows
from eval.models.texts import Pair, embedded, marks, read
from schemas import ShiftworksError

#: By how much a reward is sharper than the cosine that it begins as, which is at most 1.
SHARPNESS = 10.0


class RewardModel(torch.nn.Module):
    """Rewards of pairs of prompt and response.

    Args:
        backbone: The model; its own weights stay as they are.
        settings: What is tuned: adapters or all weights (`LoraSettings`), or a prompt (`PromptTuningSettings`).

    Attributes:
        backbone: The model, with the room that it has for a text.
        adapted: What reads: a skeleton of the model.
        prompt: Vectors that stand before every text (number, feature); None if no prompt is tuned.
        head: From a state to a reward.
        apart: Whether prompt and response are read each by itself.

    Raises:
        ShiftworksError: The model has no matrix to adapt, no room for a prompt or no place for one.
    """

    def __init__(self, backbone: Backbone, settings: TuningSettings) -> None:
        super().__init__()
        self.backbone = beside(backbone, settings)
        self.prompt: torch.nn.Parameter | None = None
        if isinstance(settings, PromptTuningSettings):
            self.adapted = backbone.skeleton()
            self.prompt = torch.nn.Parameter(_drawn(self.adapted, settings.length))
        elif isinstance(settings, LoraSettings) and not settings.full:
            self.adapted = _adapted(backbone, settings)
        elif getattr(backbone.model, "is_quantized", False):
            raise ShiftworksError(
                "evaluate.lora.full: weights of a few bits cannot be tuned; set evaluate.precision to auto"
            )
        else:
            # In float32 whatever the model is kept in: steps as small as these would be rounded away.
            self.adapted = copy.deepcopy(backbone.reader).float().requires_grad_(True)
        self.apart = reads_apart(backbone, settings)
        # From zero, so that tuning starts with equal rewards for all, or with the cosine.
        self.head = torch.nn.Linear(backbone.width * (3 if self.apart else 1), 1, bias=False, device=backbone.device)
        torch.nn.init.zeros_(self.head.weight)
        if self.apart:
            torch.nn.init.constant_(self.head.weight.view(3, -1)[1], SHARPNESS)
        self.eval()

    def body_weights(self) -> list[torch.nn.Parameter]:
        """The weights that are tuned, but for the head's."""
        own = [] if self.prompt is None else [self.prompt]
        return [*own, *(weight for weight in self.adapted.parameters() if weight.requires_grad)]

    def head_weights(self) -> list[torch.nn.Parameter]:
        """The weights of the head."""
        return list(self.head.parameters())

    def drop(self, on: bool) -> None:
        """Lets the adapters leave out a part of their inputs, or not; the model's own layers never do."""
        for name, module in self.adapted.named_modules():
            if "lora_dropout" in name:
                module.train(on)

    @contextmanager
    def merged(self) -> Iterator[None]:
        """A context for reading, in which adapters are part of their matrices: that takes two thirds of the time.

        On a graphics card there may be no memory for a second copy of the matrices, so that they stay apart there.
        """
        adapted = self.adapted
        if isinstance(adapted, PeftModel) and self.backbone.device.type == "cpu":
            self.adapted = _merged(adapted)
        try:
            yield
        finally:
            self.adapted = adapted

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """The reward of each pair, in float32."""
        if self.prompt is not None or (self.backbone.causal and self.backbone.packs):
            given = text_rows(self.backbone, pairs)
            order = torch.tensor([member for row in given for member in row.members], device=self.backbone.device)
            state = self._packed(given)[torch.argsort(order)]
        elif self.apart:
            texts = [pair.prompt for pair in pairs] + [pair.response for pair in pairs]
            embeddings = torch.nn.functional.normalize(embedded(self.backbone, self.adapted, texts), dim=-1)
            prompt, response = embeddings.chunk(2)
            state = torch.cat([response, prompt * response, (prompt - response).abs()], dim=-1)
        else:
            hidden = read(self.backbone, self.adapted, [pair.joint for pair in pairs])
            state = hidden.last() if self.backbone.causal else hidden.mean()
        return self.head(state).squeeze(-1)  # type: ignore[no-any-return] # torch types a module's call as Any

    def _packed(self, given: Sequence[Row]) -> torch.Tensor:
        """The state of every text of some rows, in their order."""
        length = 0 if self.prompt is None else len(self.prompt)
        batch = rows(self.backbone, [behind(row, length) for row in given] if length else given)
        taken: dict[str, Any] = {"input_ids": batch.ids}
        if self.prompt is not None:
            words = self.adapted.get_input_embeddings()(batch.ids[:, length:])
            prompts = self.prompt.to(words.dtype).expand(len(words), -1, -1)
            taken = {"inputs_embeds": torch.cat([prompts, words], dim=1)}
        with self.backbone.precision():
            states = self.adapted(**taken, attention_mask=batch.mask, position_ids=batch.positions).last_hidden_state
        return batch.pooled(states)


def _adapted(backbone: Backbone, settings: LoraSettings) -> Any:
    """A skeleton with adapters."""
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules="all-linear" if settings.matrices == "all" else None,
        # What an encoder's pooler makes is never read.
        exclude_modules=None if backbone.causal else r".*pooler.*",
    )
    try:
        with warnings.catch_warnings():
            # Between themselves peft and transformers use a name that the latter will drop; and of matrices that GPT-2
            # keeps turned around, peft says that it turns them.
            warnings.simplefilter("ignore", FutureWarning)
            warnings.filterwarnings("ignore", "fan_in_fan_out", UserWarning)
            adapted = get_peft_model(backbone.skeleton(), config)
    except ValueError as error:
        if settings.matrices == "default":
            raise ShiftworksError(
                f"{backbone.name}: peft names no matrices for this architecture; set evaluate.lora.matrices to all, or "
                "leave out lora_published"
            ) from error
        raise ShiftworksError(f"{backbone.name}: lora finds no matrix to adapt: {error}") from error
    if backbone.autocast:
        # Every product is cast to bfloat16 anyway; peft would first cast what it takes to the adapters' float32.
        for layer in adapted.modules():
            if isinstance(layer, BaseTunerLayer):
                vars(layer)["cast_input_dtype_enabled"] = False  # peft does not declare it, but reads it
    return adapted


def _merged(adapted: PeftModel) -> Any:
    """A model with its adapters added to copies of the matrices that they adapt; it shares all other weights."""
    shared = [
        *adapted.buffers(),
        *(weight for name, weight in adapted.named_parameters() if not name.endswith("base_layer.weight")),
    ]
    return copy.deepcopy(adapted, memo={id(weight): weight for weight in shared}).merge_and_unload()


def reads_apart(backbone: Backbone, settings: TuningSettings) -> bool:
    """Whether a reward model reads prompt and response each by itself."""
    return isinstance(settings, LoraSettings) and settings.reading == "apart" and not backbone.causal


def beside(backbone: Backbone, settings: TuningSettings) -> Backbone:
    """The model with the room that it has for texts beside what is tuned."""
    return _with_room(backbone, settings.length) if isinstance(settings, PromptTuningSettings) else backbone


def _with_room(backbone: Backbone, length: int) -> Backbone:
    """The model with the room that a prompt leaves."""
    if not backbone.packs:
        raise ShiftworksError(
            f"{backbone.name}: its architecture does not take positions and masks as others do, so no prompt can be "
            "tuned; leave out prompt_tuning"
        )
    room = backbone.max_tokens - length
    if room <= sum(map(len, marks(backbone))):
        raise ShiftworksError(
            f"evaluate.prompt_tuning.length: {length} vectors leave no room for a text in evaluate.max_tokens "
            f"({backbone.max_tokens}); give fewer"
        )
    return replace(backbone, max_tokens=room)


def _drawn(model: Any, length: int) -> torch.Tensor:
    """The first values of a prompt: the embeddings of some words (vector, feature)."""
    words: torch.Tensor = model.get_input_embeddings().weight
    chosen = torch.randint(len(words), (length,))
    return words[chosen.to(words.device)].detach().float().clone()
