"""A reward model: a backbone's skeleton with low-rank adapters (Hu et al. 2021), and a head that reads a reward.

Prompt and response go through the model in one sequence, so that every word of one can attend to every word of the
other, as matrices of numbers need; where matching meanings is enough, comparing two embeddings may do better. The
reward is a linear function of the mean last hidden state (encoders) or of the last token's (causal models).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import torch
from peft import LoraConfig, get_peft_model

from eval.config import LoraSettings
from eval.models.backbone import Backbone
from eval.models.texts import Pair, read
from schemas import ShiftworksError


class RewardModel(torch.nn.Module):
    """Rewards of pairs of prompt and response.

    Args:
        backbone: The model that is adapted; its own weights stay as they are.
        settings: Rank and scale of the adapters.

    Raises:
        ShiftworksError: The model has no matrix to adapt.
    """

    def __init__(self, backbone: Backbone, settings: LoraSettings) -> None:
        super().__init__()
        self.backbone = backbone
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=settings.alpha,
            target_modules="all-linear",
            # What an encoder's pooler makes is never read.
            exclude_modules=None if backbone.causal else r".*pooler.*",
        )
        try:
            with warnings.catch_warnings():
                # Between themselves peft and transformers use a name that the latter will drop.
                warnings.simplefilter("ignore", FutureWarning)
                self.adapted = get_peft_model(backbone.skeleton(), config)
        except ValueError as error:
            raise ShiftworksError(f"{backbone.name}: lora finds no matrix to adapt: {error}") from error
        # From zero, so that tuning starts with equal rewards for all.
        self.head = torch.nn.Linear(backbone.width, 1, bias=False, device=backbone.device)
        torch.nn.init.zeros_(self.head.weight)

    def adapter_weights(self) -> list[torch.nn.Parameter]:
        """The weights of the adapters."""
        return [weight for weight in self.adapted.parameters() if weight.requires_grad]

    def head_weights(self) -> list[torch.nn.Parameter]:
        """The weights of the head."""
        return list(self.head.parameters())

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """The reward of each pair, in float32."""
        hidden = read(self.backbone, self.adapted, [pair.joint for pair in pairs])
        state = hidden.last() if self.backbone.causal else hidden.mean()
        return self.head(state).squeeze(-1)  # type: ignore[no-any-return] # torch types a module's call as Any
