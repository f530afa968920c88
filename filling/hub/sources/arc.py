"""ARC: science questions of school tests, an easy part and a challenging one (Clark et al. 2018, arXiv 1803.05457)."""

from __future__ import annotations

from filling.hub.source import Row, Source, Unfit, prose, row_by_row, texts
from schemas import JsonObject

#: What the two parts are called here, by their folders.
LEVELS = {"ARC-Easy": "easy", "ARC-Challenge": "challenge"}


def item(file: str, number: int, row: Row) -> JsonObject:  # noqa: ARG001 - rows carry an id of their own
    """A question; the key names a choice by its label, a letter or a digit."""
    given = row.get("choices")
    if not isinstance(given, dict):
        raise Unfit("choices is absent or no object")
    choices, labels = texts(given.get("text"), "choices.text"), texts(given.get("label"), "choices.label")
    key = prose(row, "answerKey")
    if len(labels) != len(choices) or key not in labels:
        raise Unfit("answerKey names no choice")
    return {
        "kind": "choice_question",
        "id": prose(row, "id"),
        "question": prose(row, "question"),
        "choices": choices,
        "answer": labels.index(key),
        "subject": None,
        "level": LEVELS[file.split("/")[0]],
    }


SOURCE = Source(
    name="arc",
    repo="allenai/ai2_arc",
    revision="210d026faf9955653af8916fad021475a3f00453",
    files=("ARC-Easy/train-00000-of-00001.parquet", "ARC-Challenge/train-00000-of-00001.parquet"),
    licence="CC BY-SA 4.0",
    credit="AI2 Reasoning Challenge, Clark et al. 2018",
    item="choice_question",
    version=1,
    read=row_by_row(item),
)
