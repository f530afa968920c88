"""The report: one self-contained page with every figure, and the same figures for a terminal."""

from __future__ import annotations

from pathlib import Path


def write_report(data: Path, out: Path) -> Path:
    """Writes `report.html` and, last, `report.receipt.json`; see `eval.report.page.write_report`."""
    # Imported here because the terminal's table stands beside it and must not wait for a template engine.
    from eval.report.page import write_report as write

    return write(data, out)
