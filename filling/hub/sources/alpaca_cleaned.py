"""Alpaca, cleaned: instructions with a language model's answers, broken ones mended or taken out by hand.

The instructions are of Taori et al. 2023 (Stanford Alpaca), the cleaning is Gururise's and others'.
"""

from __future__ import annotations

from filling.hub.source import Row, Source, prose, row_by_row
from schemas import JsonObject


def item(file: str, number: int, row: Row) -> JsonObject:  # noqa: ARG001 - one file
    """An instruction; rows carry no id, so it is the row's number."""
    return {
        "kind": "instruction",
        "id": f"alpaca_{number}",
        "instruction": prose(row, "instruction"),
        "input": prose(row, "input") if str(row.get("input") or "").strip() else None,
        "output": prose(row, "output"),
    }


SOURCE = Source(
    name="alpaca_cleaned",
    repo="yahma/alpaca-cleaned",
    revision="12567cabf869d7c92e573c7c783905fc160e9639",
    files=("alpaca_data_cleaned.json",),
    licence="CC BY 4.0",
    credit="Alpaca-Cleaned, after Stanford Alpaca, Taori et al. 2023",
    item="instruction",
    version=1,
    read=row_by_row(item),
)
