"""Tiny models with random weights, for tests that tune and score: each architecture takes other paths in the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.eval.planted import WORDS

#: Makes a model's folder from the name of its kind and changes to its configuration.
Tiny = Callable[..., Path]
MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
#: As many as ever: the size of a vocabulary decides the random weights, and with them what tests can learn.
VOCABULARY = (*MARKS, *WORDS, "question", "train", "test", "pick", "the", "word", *"0123456789?.!:,abcx", "good", "bad")


def _tokenizer(kind: str) -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Digits, Punctuation, Sequence, WhitespaceSplit
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    words = Tokenizer(WordLevel({word: number for number, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))  # noqa: S106 - no password
    words.pre_tokenizer = Sequence([WhitespaceSplit(), Punctuation(), Digits(individual_digits=True)])
    marks: dict[str, str] = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    if kind in ("bert", "roberta"):
        marks |= {"cls_token": "[CLS]", "sep_token": "[SEP]"}
    elif kind == "llama":
        marks |= {"bos_token": "[CLS]", "eos_token": "[SEP]"}
        # As Llama has it: every text begins with its mark.
        words.post_processor = TemplateProcessing(
            single="[CLS] $A", pair="[CLS] $A $B", special_tokens=[("[CLS]", VOCABULARY.index("[CLS]"))]
        )
    else:
        # As GPT-NeoX has it: one token begins, ends and pads, and none is put before a text.
        marks = {"bos_token": "[SEP]", "eos_token": "[SEP]", "unk_token": "[SEP]", "pad_token": "[SEP]"}
    kind_of_tokenizer: Any = PreTrainedTokenizerFast  # its constructor is untyped
    return kind_of_tokenizer(tokenizer_object=words, **marks)


def _model(kind: str, **changes: Any) -> Any:
    import torch
    import transformers as hf

    sizes: dict[str, Any] = {
        "vocab_size": len(VOCABULARY),
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 64,
        # Weights as large as trained ones, so that a fault of padding would show.
        "initializer_range": 0.3,
        **changes,
    }
    kinds: dict[str, tuple[Any, Any]] = {
        "bert": (hf.BertConfig, hf.BertModel),
        "roberta": (hf.RobertaConfig, hf.RobertaModel),
        "llama": (hf.LlamaConfig, hf.LlamaForCausalLM),
        "neox": (hf.GPTNeoXConfig, hf.GPTNeoXForCausalLM),
        "t5": (hf.T5Config, hf.T5ForConditionalGeneration),
        "olmo2": (hf.Olmo2Config, hf.Olmo2ForCausalLM),
        "gpt2": (hf.GPT2Config, hf.GPT2LMHeadModel),
        "bloom": (hf.BloomConfig, hf.BloomForCausalLM),
    }
    make_config, make_model = kinds[kind]
    if kind == "t5":
        sizes = {"vocab_size": len(VOCABULARY), "d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2}
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return make_model(make_config(**sizes))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Saves a tiny model and gives its folder; equal requests share one, so nobody may write into it."""
    made: dict[str, Path] = {}

    def make(kind: str, **changes: Any) -> Path:
        key = repr((kind, sorted(changes.items())))
        if key not in made:
            made[key] = tmp_path_factory.mktemp(kind)
            _model(kind, **changes).save_pretrained(made[key])
            _tokenizer(kind).save_pretrained(made[key])
        return made[key]

    return make
