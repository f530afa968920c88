"""Control: prefers the response whose words stand in the prompt. Off a half, copying the prompt gives labels away.

The score is the share of its different words that the prompt has too, in any case, as the audit's cue `prompt_overlap`
counts them; a response without any word shares none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from eval.config import EvaluationConfig
from eval.interventions._control import Control
from schemas import Example

WORD = re.compile(r"\w+")


def make(_config: EvaluationConfig, _backbone: Callable[[], object]) -> Control:
    """The preference for the prompt's words."""
    return Control(overlaps)


def overlaps(example: Example, _seed: int) -> list[float]:
    """The share of each response's words that stand in the prompt."""
    prompt = _words(example.prompt)
    responses = [_words(response.text) for response in example.responses]
    return [len(words & prompt) / len(words) if words else 0.0 for words in responses]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.lower()) if word[0].isalnum())
