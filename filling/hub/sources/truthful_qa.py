"""TruthfulQA: questions that many people answer wrongly (Lin et al. 2022, arXiv 2109.07958), with one true choice."""

from __future__ import annotations

from filling.hub.source import Row, Source, Unfit, prose, row_by_row, texts
from schemas import JsonObject


def item(file: str, number: int, row: Row) -> JsonObject:  # noqa: ARG001 - one file
    """A question; the source lists the true choice first, so whoever shows the choices must deal them anew."""
    given = row.get("mc1_targets")
    if not isinstance(given, dict):
        raise Unfit("mc1_targets is absent or no object")
    choices, labels = texts(given.get("choices"), "mc1_targets.choices"), given.get("labels")
    if not isinstance(labels, list) or labels.count(1) != 1 or labels.count(0) != len(labels) - 1:
        raise Unfit("mc1_targets.labels does not mark one choice as true")
    if len(labels) != len(choices):
        raise Unfit("mc1_targets has not as many labels as choices")
    return {
        "kind": "choice_question",
        "id": f"truthful_qa_{number}",
        "question": prose(row, "question"),
        "choices": choices,
        "answer": labels.index(1),
        "subject": None,
        "level": None,
    }


SOURCE = Source(
    name="truthful_qa",
    repo="truthfulqa/truthful_qa",
    revision="741b8276f2d1982aa3d5b832d3ee81ed3b896490",
    files=("multiple_choice/validation-00000-of-00001.parquet",),
    licence="Apache-2.0",
    credit="TruthfulQA, Lin et al. 2022",
    item="choice_question",
    version=1,
    read=row_by_row(item),
)
