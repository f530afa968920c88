"""Means over labels and categories as the page shows them: a table, a plot of each intervention, and radars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report.figures import Axis, spoken
from eval.report.results_view import Dot, Plot, chance, unique
from schemas import JsonObject

#: Radius of a radar's outer ring, and how far out a category's name stands.
RADIUS, LABEL = 72.0, 84.0
#: Rings of a radar, as elicitations; the last that is drawn is the outer one.
RINGS = (0.5, 1.0, 1.5, 2.0)
#: Spokes that a radar needs at least: two lie on one line.
FEWEST = 3
#: What a plot may show, and the value that its heavy line marks: all of the capability, or nothing added by tuning.
PLOTTED = {"elicitation": 1.0, "differential_elicitation": 0.0}


@dataclass(frozen=True, slots=True)
class Spoke:
    """A category's axis in every radar.

    Attributes:
        name: The category.
        x: Across, where its axis ends.
        y: Down, where its axis ends.
        label: Where its name stands, across and down.
        anchor: Which end of the name stands there.
    """

    name: str
    x: float
    y: float
    label: tuple[float, float]
    anchor: str


@dataclass(frozen=True, slots=True)
class Radar:
    """One intervention's elicitation by category.

    Attributes:
        intervention: The intervention.
        outline: Points of its polygon, as SVG has them.
        guessing: Points of the polygon that guessing would give.
        spoken: All of it in words.
    """

    intervention: str
    outline: str
    guessing: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Means:
    """Everything that the page shows of means over shifts.

    Attributes:
        columns: Real interventions.
        table: For each label, then each category, how many shifts it has and its means by intervention.
        axis: The axis that all plots share.
        plots: One for each real intervention.
        spokes: The radars' axes; none where there are too few categories.
        rings: The radars' rings: elicitation and points.
        radars: One for each real intervention.
    """

    columns: Sequence[str]
    table: Mapping[str, tuple[int, Mapping[str, JsonObject]]]
    axis: Axis
    plots: Sequence[Plot]
    spokes: Sequence[Spoke]
    rings: Sequence[tuple[float, str]]
    radars: Sequence[Radar]


def view_means(result: JsonObject, aside: frozenset[str]) -> Means | None:
    """The means, ordered for the page; None where only controls were evaluated.

    Args:
        result: A record of kind `result`.
        aside: Interventions that the page shows apart: the controls.
    """
    means = [row for row in result["means"] if row["intervention"] not in aside]
    if not means:
        return None
    guesses = _guesses(result, "elicitation")
    axis, plots = mean_plots(result, aside, "elicitation")
    columns = [plot.intervention for plot in plots]
    table: dict[str, tuple[int, dict[str, JsonObject]]] = {}
    for row in means:
        table.setdefault(row["name"], (row["shifts"], {}))[1][row["intervention"]] = row
    categories = unique(row["name"] for row in means if row["over"] == "category")
    top = max(1.0, *(row["elicitation"]["value"] for row in means), *guesses.values())
    outer = next((ring for ring in RINGS if ring >= top), RINGS[-1])
    drawable = len(categories) >= FEWEST
    return Means(
        columns=columns,
        table=table,
        axis=axis,
        plots=plots,
        spokes=[_spoke(name, i, len(categories)) for i, name in enumerate(categories)] if drawable else [],
        rings=[(ring, _points([ring] * len(categories), outer)) for ring in RINGS if ring <= outer],
        radars=[_radar(name, categories, table, guesses, outer) for name in columns] if drawable else [],
    )


def mean_plots(result: JsonObject, aside: frozenset[str], figure: str) -> tuple[Axis, list[Plot]]:
    """A plot of each real intervention, with a row for every label and category, and the axis that they share.

    Args:
        result: A record of kind `result`.
        aside: Interventions that are shown apart: the controls.
        figure: One of `PLOTTED`.
    """
    means = [row for row in result["means"] if row["intervention"] not in aside]
    guesses = _guesses(result, figure)
    values = [*guesses.values(), *(row[figure][end] for row in means for end in ("low", "high"))]
    axis = Axis.over(values, PLOTTED[figure])
    return axis, [
        Plot(name, [_dot(row, figure, axis, guesses[row["name"]]) for row in means if row["intervention"] == name])
        for name in unique(row["intervention"] for row in means)
    ]


def _guesses(result: JsonObject, figure: str) -> dict[str, float]:
    """What guessing would give on average, by label and by category; it is the same for every intervention."""
    by_name: dict[str, dict[str, float]] = {}
    for row in result["shifts"]:
        capability = row["capability"]["value"]
        untuned = row["zero_shot"]["value"] if figure == "differential_elicitation" else 0.0
        guess = chance(row) - (untuned / capability if capability else 0.0)
        for name in (row["label"], row["category"]):
            by_name.setdefault(name, {})[row["shift"]] = guess
    return {name: math.fsum(found.values()) / len(found) for name, found in by_name.items()}


def _dot(row: JsonObject, figure: str, axis: Axis, guess: float) -> Dot:
    value, low, high = (row[figure][key] for key in ("value", "low", "high"))
    words = (
        f"{row['name']}, mean of {row['shifts']}: {figure.replace('_', ' ')} {spoken(value)}, 95 % interval "
        f"{spoken(low)} to {spoken(high)}; guessing would give {spoken(guess)}"
    )
    label = row["name"] if row["over"] == "label" else ""
    return Dot(
        shift=row["name"],
        label=label,
        value=value,
        at=axis.place(value),
        start=axis.place(low),
        end=axis.place(high),
        chance=axis.place(guess),
        spoken=words,
    )


def _radar(
    name: str,
    categories: Sequence[str],
    table: Mapping[str, tuple[int, Mapping[str, JsonObject]]],
    guesses: Mapping[str, float],
    outer: float,
) -> Radar:
    values = [table[category][1][name]["elicitation"]["value"] for category in categories]
    said = ", ".join(f"{category} {spoken(value)}" for category, value in zip(categories, values, strict=True))
    return Radar(
        name,
        _points(values, outer),
        _points([guesses[category] for category in categories], outer),
        f"Mean elicitation by {name}: {said}",
    )


def _spoke(name: str, number: int, count: int) -> Spoke:
    x, y = _at(number, count, RADIUS)
    across, down = _at(number, count, LABEL)
    return Spoke(name, x, y, (across, down + 3), "middle" if abs(across) < 1 else "start" if across > 0 else "end")


def _points(values: Sequence[float], outer: float) -> str:
    """A polygon with one corner on each spoke; values beyond the outer ring are drawn on it."""
    corners = (_at(i, len(values), RADIUS * min(max(value, 0.0), outer) / outer) for i, value in enumerate(values))
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


def _at(number: int, count: int, radius: float) -> tuple[float, float]:
    """A place on a spoke, across and down; the first spoke points up, the others follow the clock."""
    turn = 2 * math.pi * number / count
    return round(radius * math.sin(turn), 2) + 0.0, round(-radius * math.cos(turn), 2) + 0.0
