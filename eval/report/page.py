"""Writes the report: one HTML page that needs nothing beside itself, and a receipt of what it was made from.

Plots are drawn by a template macro as inline SVG whose places are percentages, so that they fit a phone as well as a
printed sheet and their text stays text; the page holds no script and forbids itself to load anything.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.interventions import controls
from eval.report.audit_view import STEPS, view_audit
from eval.report.collect import Sources, collect
from eval.report.figures import figure
from eval.report.results_view import CHANCE, view_results
from eval.report.shifts_view import flat, view_shifts
from schemas.files import pretty, write_whole

TEMPLATES = Path(__file__).parent / "templates"


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
    # Every value is escaped, whatever the template's ending; an unknown name in a template is a fault, never a blank.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=figure, flat=flat, count=lambda number: f"{number:,}")
    shifts, others = view_shifts(sources)
    page = environment.get_template("page.html.j2").render(
        sources=sources,
        shifts=shifts,
        others=others,
        result=sources.result,
        figures=view_results(sources.result, sources.shifts) if sources.result else None,
        audit=sources.audit,
        cues=view_audit(sources.audit) if sources.audit else None,
        steps=STEPS,
        chance=CHANCE,
        controls=controls(),
        totals={
            split: sum(part.card["splits"][split]["examples"] for part in sources.parts.values())
            for split in ("train", "test")
        },
    )
    return page.encode()
