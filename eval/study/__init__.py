"""A study of an evaluation: one page, its pictures and the results it was made from, so that anyone can make it again.

The page says only what the results say: each sentence is chosen and filled by figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schemas import JsonObject

#: The page, and what it is made from.
PAGE, RESULTS, RELEASED = "index.md", "results.json", "released.json"


def study(
    result: JsonObject,
    released: JsonObject | None = None,
    published: Path | None = None,
    machine: str | None = None,
    minutes: float | None = None,
) -> Mapping[str, bytes]:
    """All files of a study by their paths; from its own results the same come out again.

    Args:
        result: A record of kind `result`.
        released: Another, of the same interventions on released data.
        published: Folder with `<intervention>/GENIES.csv`, the published figures.
        machine: The machine in words, which a result does not know.
        minutes: How long the evaluation took.

    Raises:
        ShiftworksError: The results hold no intervention that reads the model, or share no shift; or a table is broken.
    """
    # Imported here because the command line reads the names above, and must not wait for numpy.
    from eval.published import benchmark_rows
    from eval.published import published as published_means
    from eval.study.page import page
    from eval.study.pictures import pictures
    from eval.study.record import kept, tables
    from eval.study.words import Measured
    from schemas.files import pretty

    ours = kept(result, machine, minutes)
    theirs = kept(released, None, None) if released else None
    rows = benchmark_rows(published) if published else {}
    measured = Measured(ours)
    drawn = pictures(ours, measured.main)
    means = {record["intervention"]: record for record in published_means(published)} if published else {}
    text = page(measured, Measured(theirs) if theirs else None, rows, means, list(drawn))
    made = {PAGE: text.encode(), **drawn, **tables(rows), RESULTS: pretty(ours)}
    return {**made, RELEASED: pretty(theirs)} if theirs else made
