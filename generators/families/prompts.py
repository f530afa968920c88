"""The frame that instruction-style prompts share: a preamble, the instruction, an optional input, the response mark."""

from __future__ import annotations

PREAMBLE = "The following is a request to an assistant. Write the response that serves it best."


def instruction(text: str, given: str = "") -> str:
    """A prompt that ends where the response begins.

    Args:
        text: The instruction.
        given: Input that the instruction speaks of, if any.
    """
    middle = f"\n\n### Input:\n{given}" if given else ""
    return f"{PREAMBLE}\n\n### Instruction:\n{text}{middle}\n\n### Response:\n"
