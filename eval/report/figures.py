"""Figures as text, and where they stand on an axis; what the page and the terminal's table share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


def decimals(value: float) -> str:
    """A figure with three decimals; a rounded zero carries no sign."""
    return f"{round(value, 3) + 0.0:.3f}"


def figure(value: float) -> str:
    """A figure for print: three decimals and a true minus sign."""
    return decimals(value).replace("-", "−")


def spoken(value: float) -> str:
    """A figure as a screen reader says it: three decimals, the sign in words."""
    return decimals(value).replace("-", "minus ")


@dataclass(frozen=True, slots=True)
class Axis:
    """A horizontal axis; places on it are percentages of its width.

    Attributes:
        low: Value at the left end.
        high: Value at the right end.
        ticks: Values to print beneath it.
        mark: Value at which a heavy line stands.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    mark: float = 1.0

    @classmethod
    def over(cls, values: Iterable[float], mark: float = 1.0) -> Axis:
        """The axis that holds all values and the mark, its ends on round numbers."""
        held = [mark, *values]
        rough = max(max(held) - min(held), 0.2) / 4
        decade = 10.0 ** math.floor(math.log10(rough))
        step = next(nice * decade for nice in (1, 2, 5, 10) if nice * decade >= rough)
        # A twentieth of a step of room, so that no whisker ends on the frame.
        low, high = math.floor(min(held) / step - 0.05), math.ceil(max(held) / step + 0.05)
        ticks = tuple(round(number * step, 6) for number in range(low, high + 1))
        return cls(ticks[0], ticks[-1], ticks, mark)

    def place(self, value: float) -> float:
        """Where a value stands, in percent of the width, kept within the axis."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(max(share, 0.0), 1.0), 3)
