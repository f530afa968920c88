"""The seven configurations of RAVEN (Zhang et al. 2019, arXiv 1903.02741), and the levels of difficulty.

A configuration says of which parts a cell is made and what the parts' properties are. A level says which configurations
come, how many properties change along the rows, and what is there to distract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generators.families.raven.decks import COLOUR, NUMBER, POSITION, SIZE, TYPE, Property
from schemas import ShiftworksError

FIGURE = "(type,size,colour,angle)"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A part of a cell.

    Attributes:
        places: How many places it has.
        values: The properties of its figures: type, size and, unless all are white, colour.
    """

    places: int = 1
    values: tuple[Property, ...] = (TYPE, SIZE, COLOUR)

    @property
    def counted(self) -> tuple[Property, ...]:
        """The properties of which one follows a rule: how many figures there are, or where they are."""
        return (NUMBER[self.places], POSITION[self.places]) if self.places > 1 else ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the cells of a matrix are made of.

    Attributes:
        name: Its name.
        parts: One or two parts.
        text: How a cell is written, for the prompt.
    """

    name: str
    parts: tuple[Sketch, ...]
    text: str

    @property
    def grid(self) -> int | None:
        """Which part has several places, if any."""
        return next((i for i, part in enumerate(self.parts) if part.places > 1), None)


ONE = Sketch()
#: The outer figure is white, so that the inner ones can be seen.
OUTER = Sketch(values=(TYPE, SIZE))


def _two(first: str, second: str) -> str:
    return f"A cell has {first} A and {second} B, each one figure {FIGURE}."


def _places(many: str) -> str:
    return f"{many} places, listed row by row; each holds a figure {FIGURE} or, marked by a dash, nothing."


CONFIGURATIONS: Mapping[str, Configuration] = {
    each.name: each
    for each in (
        Configuration("center", (ONE,), f"A cell is one figure {FIGURE}."),
        Configuration("left-right", (ONE, ONE), _two("a left part", "a right part")),
        Configuration("up-down", (ONE, ONE), _two("an upper part", "a lower part")),
        Configuration("out-in center", (OUTER, ONE), _two("an outer part", "an inner part")),
        Configuration("2x2", (Sketch(4),), f"A cell has {_places('two by two')}"),
        Configuration("3x3", (Sketch(9),), f"A cell has {_places('three by three')}"),
        Configuration(
            "out-in grid",
            (OUTER, Sketch(4)),
            f"A cell has an outer part A, one figure, and an inner part B of {_places('two by two')}",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of difficulty.

    Attributes:
        configurations: Those that come, each as often.
        rules: The least and the greatest number of properties that change along the rows, as far as there are so many.
        rest: Whether some property must stay the same, which then may tell candidates apart.
        angles: Whether figures are turned, which follows no rule.
        mixed: Share, in percent, of matrices with places in which one property differs within the cells and follows no
            rule.
    """

    configurations: tuple[str, ...]
    rules: tuple[int, int]
    rest: bool = True
    angles: bool = True
    mixed: int = 0

    @property
    def beside(self) -> int:
        """Columns that change for one that stays the same, among those in which candidates differ; 0 if none stays."""
        return 2 * STILL_SHARE - 1 if self.rest else 0


#: One question in so many has candidates that differ in a property that stays the same along the rows.
STILL_SHARE = 4

SINGLES = ("center", "left-right", "up-down", "out-in center")
GRIDS = ("2x2", "3x3", "out-in grid")

LEVELS: Mapping[int, Level] = {
    1: Level(("center",), (2, 2), angles=False),
    2: Level(SINGLES, (2, 3)),
    3: Level((*SINGLES, "2x2"), (2, 4), mixed=25),
    4: Level((*SINGLES, *GRIDS), (3, 5), mixed=50),
    5: Level(GRIDS, (6, 6), rest=False, mixed=75),
}


def level_of(difficulty: int) -> Level:
    """The level of a difficulty.

    Raises:
        ShiftworksError: There is none such.
    """
    if difficulty not in LEVELS:
        raise ShiftworksError(f"difficulty {difficulty!r}: expected a whole number from {min(LEVELS)} to {max(LEVELS)}")
    return LEVELS[difficulty]
