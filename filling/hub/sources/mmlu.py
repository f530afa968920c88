"""MMLU: test questions of 57 subjects with four choices each (Hendrycks et al. 2021, arXiv 2009.03300)."""

from __future__ import annotations

from filling.hub.source import Row, Source, Unfit, prose, row_by_row, texts, whole
from schemas import JsonObject


def item(file: str, number: int, row: Row) -> JsonObject:  # noqa: ARG001 - one file
    """A question; rows carry no id, so it is the row's number."""
    choices, answer = texts(row.get("choices"), "choices"), whole(row, "answer")
    if not 0 <= answer < len(choices):
        raise Unfit("answer names no choice")
    return {
        "kind": "choice_question",
        "id": f"mmlu_{number}",
        "question": prose(row, "question"),
        "choices": choices,
        "answer": answer,
        "subject": prose(row, "subject"),
        "level": None,
    }


SOURCE = Source(
    name="mmlu",
    repo="cais/mmlu",
    revision="c30699e8356da336a370243923dbaf21066bb9fe",
    files=("all/test-00000-of-00001.parquet",),
    licence="MIT",
    credit="Measuring Massive Multitask Language Understanding, Hendrycks et al. 2021",
    item="choice_question",
    version=1,
    read=row_by_row(item),
)
