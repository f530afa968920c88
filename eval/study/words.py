"""Figures, lists and tables of a study as Markdown, and a result's rows as its pages ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.interventions import controls
from eval.report.figures import figure
from eval.report.results_view import unique
from eval.resampling import Estimate
from schemas import JsonObject, ShiftworksError


@dataclass(frozen=True)
class Measured:
    """A result, with its rows by what they are about.

    Attributes:
        result: A record of kind `result`.
    """

    result: JsonObject

    @cached_property
    def rows(self) -> dict[tuple[str, str], JsonObject]:
        """The rows by shift and intervention."""
        return {(row["shift"], row["intervention"]): row for row in self.result["shifts"]}

    @cached_property
    def shifts(self) -> list[JsonObject]:
        """A row of each shift, extreme shifts first: for what no intervention changes."""
        once = {row["shift"]: row for row in self.result["shifts"]}
        return sorted(once.values(), key=lambda row: (row["label"], row["category"], row["shift"]))

    @cached_property
    def interventions(self) -> list[str]:
        """All interventions, in the order of the settings."""
        return unique(row["intervention"] for row in self.result["shifts"])

    @cached_property
    def real(self) -> list[str]:
        """Those that read the model.

        Raises:
            ShiftworksError: There is none.
        """
        aside = controls()
        found = [name for name in self.interventions if name not in aside]
        if not found:
            raise ShiftworksError("the result holds controls only; a study needs an intervention that reads the model")
        return found

    @property
    def main(self) -> str:
        """The intervention that the study's sentences are about: the first that the settings name and reads a model."""
        return self.real[0]

    @cached_property
    def means(self) -> dict[tuple[str, str], JsonObject]:
        """The means by label or category, and intervention."""
        return {(row["name"], row["intervention"]): row for row in self.result["means"]}

    def of(self, intervention: str) -> list[JsonObject]:
        """The rows of an intervention, in the order of `shifts`."""
        return [self.rows[row["shift"], intervention] for row in self.shifts]


def estimate(found: JsonObject | Estimate) -> str:
    """A figure with its interval."""
    value = found.to_json() if isinstance(found, Estimate) else found
    return f"{figure(value['value'])} [{figure(value['low'])}, {figure(value['high'])}]"


def code(name: str) -> str:
    """A name in code type."""
    return f"`{name}`"


def listed(names: Iterable[str]) -> str:
    """Names in code type with commas between; `none` where there is none."""
    return ", ".join(map(code, names)) or "none"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its columns stand to the left."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
