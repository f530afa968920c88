"""Tables of a few examples, written out by hand or drawn."""

from __future__ import annotations

from collections.abc import Sequence

from eval.audit.table import Table
from schemas import Example, Proof, Response

PROOF = Proof("rule", "proven")


def example(number: int, prompt: str, texts: Sequence[str], gold: int, group: str | None = None) -> Example:
    """One example; its number is its group where none is named."""
    responses = tuple(Response(text, int(i == gold)) for i, text in enumerate(texts))
    return Example(f"t/test/{number:05d}", prompt, responses, {"group": group or str(number)}, PROOF)


def table(*rows: tuple[str, Sequence[str], int]) -> Table:
    """A table of rows of prompt, responses and the place of the right one."""
    return Table.of([example(n, *row) for n, row in enumerate(rows)])
