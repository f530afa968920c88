"""What a response shares with its prompt."""

from __future__ import annotations

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table


@cue("named_in_prompt", "prompt-named", "unnamed")
def named_in_prompt(table: Table) -> Floats:
    """How often its whole text stands in the prompt, as whole words and in any case."""
    prompts = [prompt.casefold() for prompt in table.prompts]
    found = [
        occurrences(text.casefold().strip(), prompts[example])
        for text, example in zip(table.texts, table.example.tolist(), strict=True)
    ]
    return np.array(found, dtype=np.float64)


@cue("prompt_overlap", "more prompt-like", "less prompt-like", kin=("named_in_prompt",))
def prompt_overlap(table: Table) -> Floats:
    """Share of its different words that stand in the prompt; marks stand in every prompt."""
    prompts = [frozenset(words) for words in table.prompt_words]
    shares = []
    for words, example in zip(table.words, table.example.tolist(), strict=True):
        own = {word for word in words if word[0].isalnum()}
        shares.append(len(own & prompts[example]) / len(own) if own else np.nan)
    return np.array(shares)


def occurrences(text: str, prompt: str) -> int:
    """How often a text stands in a prompt without a letter, digit or underscore going on at either end."""
    count, start = 0, prompt.find(text) if text else -1
    while start >= 0:
        end = start + len(text)
        inside = _joined(prompt[start - 1 : start + 1]) or _joined(prompt[end - 1 : end + 1])
        count += not inside
        start = prompt.find(text, end)
    return count


def _joined(two: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    return len(two) == 2 and all(sign.isalnum() or sign == "_" for sign in two)
