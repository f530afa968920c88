"""Reward models tuned and scored as others do it, for `tests.bench_tuning`: by TRL, and in GENIES's way.

TRL's RewardTrainer (von Werra et al. 2020, github.com/huggingface/trl) runs at its defaults: bfloat16, gradients
checkpointed, batches in random order. GENIES (Clymer et al. 2023, arXiv 2311.07723) is emulated with a plain Trainer of
transformers: texts are tokenised one by one whenever a batch is collated, right and wrong responses are read apart,
each with its prompt, all in float32. It also checkpoints gradients, since peft's preparation of a model for four bits
turns that on. Both judge a test prompt by all its pairs, so that they read the right response once for each wrong one.

This module takes seconds to import: import it late.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import (
    AutoConfig,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertModel,
    BertPreTrainedModel,
    PrinterCallback,
    Trainer,
    TrainingArguments,
)
from transformers.modeling_outputs import SequenceClassifierOutput
from transformers.utils import logging as transformers_logging

from eval.config import LoraSettings
from generators.core.streams import Stream
from schemas import Example

#: Pairs that GENIES scores at once.
SCORED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class TextPair:
    """A prompt with a right and a wrong response."""

    prompt: str
    right: str
    wrong: str


def one_pair_each(examples: Sequence[Example]) -> list[TextPair]:
    """Every example's right response with one wrong one."""
    rng = Stream("tuning peers")
    return [rng.choice(_pairs(example)) for example in examples]


def all_pairs(examples: Sequence[Example]) -> list[TextPair]:
    """Every example's right response with each of the wrong ones."""
    return [pair for example in examples for pair in _pairs(example)]


def _pairs(example: Example) -> list[TextPair]:
    right = example.responses[example.gold].text
    return [TextPair(example.prompt, right, r.text) for i, r in enumerate(example.responses) if i != example.gold]


class MeanReward(BertPreTrainedModel):  # type: ignore[no-untyped-call] # transformers leaves it untyped
    """An encoder whose reward is read from the mean of its last states, as ours is."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.score = torch.nn.Linear(config.hidden_size, 1, bias=False)
        self.post_init()  # type: ignore[no-untyped-call]

    def forward(
        self,
        input_ids: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        inputs_embeds: torch.Tensor | None = None,
        **_others: Any,
    ) -> SequenceClassifierOutput:
        """The reward of each sequence."""
        states = self.bert(input_ids, attention_mask, inputs_embeds=inputs_embeds).last_hidden_state
        if attention_mask is None:
            raise ValueError("without a mask nobody knows where a sequence ends")
        mask = attention_mask[..., None].to(states.dtype)
        return SequenceClassifierOutput(logits=self.score((states * mask).sum(1) / mask.sum(1)))


def _model(folder: Path) -> Any:
    """A folder's model with a new head for rewards."""
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call] # its functions are untyped
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    causal = any("CausalLM" in name for name in AutoConfig.from_pretrained(folder).architectures)
    kind: Any = AutoModelForSequenceClassification if causal else MeanReward
    model = kind.from_pretrained(folder, num_labels=1)
    model.config.use_cache = False
    return model


def _tokenizer(folder: Path) -> Any:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.eos_token = tokenizer.eos_token or tokenizer.sep_token
    return tokenizer


def _adapters(settings: LoraSettings) -> LoraConfig:
    return LoraConfig(task_type="SEQ_CLS", r=settings.rank, lora_alpha=settings.alpha, target_modules="all-linear")


def _arguments(settings: LoraSettings) -> dict[str, Any]:
    """What a Trainer must be told so that it does the same steps, alone and in silence."""
    return {
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": settings.batch_size,
        "learning_rate": settings.learning_rate,
        "use_cpu": not torch.cuda.is_available(),
        "save_strategy": "no",
        "report_to": "none",
        "disable_tqdm": True,
    }


def _share_right(margins: torch.Tensor) -> float:
    """Share of pairs whose right response is ahead; ties count half."""
    return float(((margins > 0) + 0.5 * (margins == 0)).mean())


class Trl:
    """TRL's RewardTrainer.

    Args:
        folder: The model's folder.
        max_tokens: Tokens of the longest sequence.
        settings: Adapters, steps and rate.
    """

    def __init__(self, folder: Path, max_tokens: int, settings: LoraSettings) -> None:
        self.trl, self.datasets = import_module("trl"), import_module("datasets")
        self.datasets.disable_progress_bars()
        # It says at every tuning that it told the model of the tokenizer's marks.
        logging.getLogger("transformers.trainer").setLevel(logging.ERROR)
        self.max_tokens, self.settings = max_tokens, settings
        self.model, self.tokenizer = _model(folder), _tokenizer(folder)
        self.trainer: Any = None
        self.margins: list[torch.Tensor] = []

    def tune(self, train: Sequence[Example]) -> None:
        """Tunes the model on one pair an example."""
        with tempfile.TemporaryDirectory() as folder:
            self.trainer = self.trl.RewardTrainer(
                self.model,
                self.trl.RewardConfig(folder, max_length=self.max_tokens, **_arguments(self.settings)),
                train_dataset=self._dataset(one_pair_each(train)),
                processing_class=self.tokenizer,
                peft_config=_adapters(self.settings),
                # Without a metric it throws rewards away; its own accuracy counts ties as wrong.
                compute_metrics=lambda _: {},
                preprocess_logits_for_metrics=self._keep,
            )
            self.trainer.remove_callback(PrinterCallback)
            self.trainer.train()

    def score(self, test: Sequence[Example]) -> float:
        """Share of the test's pairs that are ranked right."""
        self.margins.clear()
        self.trainer.evaluate(self._dataset(all_pairs(test)))
        return _share_right(torch.cat(self.margins))

    def _keep(self, rewards: torch.Tensor, _labels: None) -> torch.Tensor:
        """Keeps by how much the right responses of a batch, its first half, are ahead of the wrong ones."""
        right, wrong = rewards.squeeze(-1).float().chunk(2)
        self.margins.append(right - wrong)
        return right - wrong

    def _dataset(self, pairs: Sequence[TextPair]) -> Any:
        rows = [{"prompt": pair.prompt, "chosen": pair.right, "rejected": pair.wrong} for pair in pairs]
        return self.datasets.Dataset.from_list(rows)


class Genies:
    """GENIES's way.

    Args:
        folder: The model's folder.
        settings: Adapters, steps and rate.
        checkpointing: Whether gradients are checkpointed, as GENIES does it.
    """

    def __init__(self, folder: Path, settings: LoraSettings, *, checkpointing: bool = True) -> None:
        self.settings, self.checkpointing = settings, checkpointing
        self.model, self.tokenizer = get_peft_model(_model(folder), _adapters(settings)), _tokenizer(folder)
        if checkpointing:
            self.model.enable_input_require_grads()
        self.trainer: Any = None

    def tune(self, train: Sequence[Example]) -> None:
        """Tunes the model on one pair an example."""
        with tempfile.TemporaryDirectory() as folder:
            arguments = TrainingArguments(
                folder,
                gradient_checkpointing=self.checkpointing,
                per_device_eval_batch_size=SCORED_AT_ONCE,
                # The collator makes what the loss reads, and a Trainer would look for columns and labels.
                remove_unused_columns=False,
                label_names=[],
                **_arguments(self.settings),
            )
            self.trainer = PairTrainer(self.model, arguments, self._collate, one_pair_each(train))
            self.trainer.remove_callback(PrinterCallback)
            self.trainer.train()

    def score(self, test: Sequence[Example]) -> float:
        """Share of the test's pairs that are ranked right."""
        right, wrong = map(torch.from_numpy, self.trainer.predict(all_pairs(test)).predictions)
        return _share_right(right - wrong)

    def _collate(self, pairs: Sequence[TextPair]) -> dict[str, Any]:
        right = self._padded([(pair.prompt, pair.right) for pair in pairs])
        return {"right": right, "wrong": self._padded([(p.prompt, p.wrong) for p in pairs]), "return_loss": True}

    def _padded(self, texts: Sequence[tuple[str, str]]) -> dict[str, torch.Tensor]:
        found = [[*self._tokens(prompt), *self._tokens(text + self.tokenizer.eos_token)] for prompt, text in texts]
        longest = max(map(len, found))
        ids = [[*tokens, *[self.tokenizer.pad_token_id] * (longest - len(tokens))] for tokens in found]
        mask = [[1] * len(tokens) + [0] * (longest - len(tokens)) for tokens in found]
        return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}

    def _tokens(self, text: str) -> list[int]:
        return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])


class PairTrainer(Trainer):
    """A plain Trainer with the loss of pairs."""

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,  # noqa: ARG002 - a Trainer gives it
    ) -> torch.Tensor | tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """-log sigmoid(reward of the right response - reward of the wrong one); each read by a pass of its own."""
        right, wrong = (model(**inputs[name]).logits.squeeze(-1) for name in ("right", "wrong"))
        loss = -torch.nn.functional.logsigmoid(right - wrong).mean()
        return (loss, {"right": right, "wrong": wrong}) if return_outputs else loss
