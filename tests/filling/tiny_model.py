"""A language model of a few hundred weights that says one sentence whatever it is asked, for a real server to serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

#: What separates the right next token from all others, so that no temperature of a test makes another likely.
CERTAIN = 100.0


def save(folder: Path, says: str) -> None:
    """Writes a model whose answer is one token, the sentence itself, and then the end.

    Nothing is mixed in by attention or by the feed-forward part, so that the next token depends on the last one alone:
    after the sentence comes the end, after anything else the sentence.
    """
    import torch
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={text: i for i, text in enumerate(["</s>", *letters])}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_tokens([AddedToken(says, normalized=False)])
    made: Any = PreTrainedTokenizerFast
    whole = made(tokenizer_object=tokenizer, eos_token="</s>", pad_token="</s>")  # noqa: S106
    whole.chat_template = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
    config: Any = LlamaConfig(
        vocab_size=len(whole),
        hidden_size=8,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=16384,
        tie_word_embeddings=False,
    )
    model: Any = LlamaForCausalLM(config)
    end, sentence = 0, len(whole) - 1
    with torch.no_grad():
        layer = model.model.layers[0]
        for weights in (layer.self_attn.o_proj.weight, layer.mlp.down_proj.weight, model.lm_head.weight):
            weights.zero_()
        embedded = model.model.embed_tokens.weight
        embedded.zero_()
        embedded[:, 0] = 1
        embedded[sentence] = torch.eye(8)[1]
        model.lm_head.weight[sentence, 0] = CERTAIN
        model.lm_head.weight[end, 1] = CERTAIN
    model.generation_config.eos_token_id = model.generation_config.pad_token_id = end
    model.save_pretrained(folder)
    whole.save_pretrained(folder)
