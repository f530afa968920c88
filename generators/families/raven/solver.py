"""What eight printed cells ask of the ninth; the prover of whole figures, which never sees how a matrix was made.

Rules are induced part by part and property by property. A property that differs among the figures of some printed cell
carries no rule. Where the places taken follow a rule that the prompt names, they must go on following it; otherwise the
number of figures must.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.families.raven.notation import Part
from generators.families.raven.rules import fitting, fitting_places


@dataclass(frozen=True, slots=True)
class Fits:
    """What the printed cells ask of the ninth.

    Attributes:
        places: How many places each part has.
        taken: For each part, the sets of places that some rule gives; empty if there is no such rule or one place.
        numbers: For each part, the numbers of figures that some rule gives.
        values: For each part, the types, sizes and colours that some rule gives; None where one differs in a cell.
    """

    places: tuple[int, ...]
    taken: tuple[frozenset[int], ...]
    numbers: tuple[frozenset[int], ...]
    values: tuple[tuple[frozenset[int] | None, ...], ...]

    @classmethod
    def of(cls, cells: Sequence[tuple[Part, ...]]) -> Fits | None:
        """The rules of eight cells; None where the cells are not alike in parts and places."""
        alike = {tuple(part.places for part in cell) for cell in cells}
        if len(cells) != 8 or len(alike) != 1:
            return None
        places = alike.pop()
        parts = [*zip(*cells, strict=True)]
        return cls(
            places,
            tuple(
                fitting_places(tuple(cell.taken for cell in part), many) if many > 1 else frozenset((1,))
                for part, many in zip(parts, places, strict=True)
            ),
            tuple(fitting(tuple(cell.taken.bit_count() for cell in part)) for part in parts),
            tuple(tuple(map(_fitting_values, zip(*(cell.values for cell in part), strict=True))) for part in parts),
        )

    @property
    def judged(self) -> int:
        """How many properties carry a rule."""
        return sum(many > 1 for many in self.places) + sum(fit is not None for part in self.values for fit in part)

    def __call__(self, cell: tuple[Part, ...]) -> bool:
        """Whether a cell can be the ninth."""
        if tuple(part.places for part in cell) != self.places:
            return False
        for part, taken, numbers, values in zip(cell, self.taken, self.numbers, self.values, strict=True):
            if not (part.taken in taken if taken else part.taken.bit_count() in numbers):
                return False
            if any(fit is not None and value not in fit for value, fit in zip(part.values, values, strict=True)):
                return False
        return True


def _fitting_values(column: tuple[int | None, ...]) -> frozenset[int] | None:
    """The values that some rule gives for the ninth cell; None if the property differs within a cell."""
    whole = tuple(value for value in column if value is not None)
    return fitting(whole) if len(whole) == len(column) else None
