"""The plots of a study as files of their own: what the report draws into its page, in panels side by side.

A reader of Markdown shows a picture only as a file. Views and drawing are those of `eval.report`; here they are set.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from eval.interventions import controls
from eval.report.calibration_view import view_calibration
from eval.report.figures import Axis
from eval.report.means_view import mean_plots, view_means
from eval.report.render import page
from eval.report.results_view import Plot, view_results
from schemas import JsonObject

#: Widths of a plot's names, of its track, and of all of it.
NAMES, TRACK, PLOT = 130, 200, 416
#: The same where names are those of shifts.
LONG_NAMES, LONG_TRACK, LONG_PLOT = 300, 420, 816
#: Heights of a plot's row, and of what stands above and below its rows.
ROW, AROUND = 24, 66
#: Of each kind of small picture: how many stand in a row, their box there, and their box in their own units.
SMALL = {"radar": (3, (277, 216), "-170 -100 340 200"), "curve": (4, (208, 240), "-38 -8 210 204")}


def pictures(result: JsonObject, main: str) -> dict[str, bytes]:
    """The pictures by their file's name; equal results give equal bytes.

    Args:
        result: A record of kind `result` in which some intervention reads the model.
        main: The intervention whose shifts are shown one by one.
    """
    aside = controls()
    figures = view_results(result, ())
    by_shift = [plot for plot in figures.plots if plot.intervention == main]
    made = {
        "shifts.svg": _plots("Elicitation by shift", figures.axis, by_shift, 1),
        "elicitation.svg": _plots("Mean elicitation", *mean_plots(result, aside, "elicitation"), 2),
        "differential.svg": _plots(
            "Mean differential elicitation", *mean_plots(result, aside, "differential_elicitation"), 2
        ),
        "calibration.svg": _multiples("Calibration", "curve", view_calibration(result).curves),
    }
    means = view_means(result, aside)
    if means and means.radars:
        made["radar.svg"] = _multiples("Mean elicitation by category", "radar", means.radars, means=means)
    return made


def _plots(title: str, axis: Axis, plots: Sequence[Plot], columns: int) -> bytes:
    names, track, across = (NAMES, TRACK, PLOT) if columns > 1 else (LONG_NAMES, LONG_TRACK, LONG_PLOT)
    down = AROUND + ROW * max(len(plot.dots) for plot in plots)
    sizes = {"names": names, "track": track}
    return _page("plots.svg.j2", title, plots, columns, (across, down), axis=axis, **sizes)


def _multiples(title: str, kind: str, drawn: Sequence[Any], **values: Any) -> bytes:
    columns, size, box = SMALL[kind]
    return _page("multiples.svg.j2", title, drawn, columns, size, kind=kind, box=box, **values)


def _page(
    template: str, title: str, panels: Sequence[Any], columns: int, size: tuple[int, int], **values: Any
) -> bytes:
    across, down = size
    return page(
        template,
        title=title,
        panels=panels,
        columns=columns,
        across=across,
        down=down,
        width=across * columns,
        height=down * math.ceil(len(panels) / columns),
        **values,
    )
