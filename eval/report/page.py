"""Writes the report: one HTML page that needs nothing beside itself, and a receipt of what it was made from."""

from __future__ import annotations

from pathlib import Path

from eval.interventions import controls
from eval.report.audit_view import view_audit
from eval.report.calibration_view import view_calibration
from eval.report.collect import Sources, collect
from eval.report.means_view import view_means
from eval.report.render import page
from eval.report.results_view import view_results
from eval.report.shifts_view import view_shifts
from schemas.files import pretty, write_whole

#: Figures of calibration, and what their columns are called.
PARTS = {
    "brier": "Brier",
    "reliability": "Reliability",
    "resolution": "Resolution",
    "uncertainty": "Uncertainty",
    "ece": "ECE",
    "adaptive_ece": "Adaptive ECE",
    "rms": "RMS",
}


def write_report(data: Path, out: Path) -> Path:
    """Writes `report.html`, then `report.receipt.json`; equal input gives equal bytes.

    Args:
        data: Data folder with `shifts.json`.
        out: Folder with `results.json` and `audit.json`, where the report goes; the page says which is absent.

    Returns:
        The page's path.

    Raises:
        ShiftworksError: The data folder is incomplete, a file breaks its schema, or the disk refuses.
    """
    sources = collect(data, out)
    path = out / "report.html"
    write_whole(path, render(sources))
    receipt = {
        "distributions": {name: part.card_sha256 for name, part in sources.parts.items()},
        "shifts": [entry.name for entry in sources.shifts],
    }
    write_whole(out / "report.receipt.json", pretty(receipt))
    return path


def render(sources: Sources) -> bytes:
    """The page."""
    shifts, others = view_shifts(sources)
    aside = controls()
    return page(
        "page.html.j2",
        sources=sources,
        shifts=shifts,
        others=others,
        result=sources.result,
        figures=view_results(sources.result, sources.shifts) if sources.result else None,
        means=view_means(sources.result, aside) if sources.result else None,
        calibrated=view_calibration(sources.result) if sources.result else None,
        seeds=sources.result["settings"].get("seeds", 1) if sources.result else 1,
        parts=PARTS,
        audit=sources.audit,
        audited=view_audit(sources.audit) if sources.audit else None,
        controls=aside,
        totals={
            split: sum(part.card["splits"][split]["examples"] for part in sources.parts.values())
            for split in ("train", "test")
        },
    )
