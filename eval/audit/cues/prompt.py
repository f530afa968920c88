"""What a response shares with its prompt."""

from __future__ import annotations

import re

import numpy as np

from eval.audit.cues import cue
from eval.audit.cues.candidates import NUMBER, last_numbers, value_of
from eval.audit.table import READ, Floats, Table

#: A number that is no label, as the one of `Row 3:` is.
QUANTITY = re.compile(rf"(?>{NUMBER.pattern})(?!:\s)")


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


@cue("middle_of_prompt", "prompt-near-numbered", "prompt-far-numbered")
def middle_of_prompt(table: Table) -> Floats:
    """Nearness of its last number to the median of the numbers that the prompt prints."""
    medians: Floats = np.array([_median(prompt[:READ]) for prompt in table.prompts], dtype=np.float64)
    nearness: Floats = -np.abs(last_numbers(table) - medians[table.example])
    return nearness


def _median(prompt: str) -> float:
    """The median of a prompt's numbers; NaN where it prints none."""
    values = [value for text in QUANTITY.findall(prompt) if (value := value_of(text)) is not None]
    return float(np.median(values)) if values else np.nan


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
