"""Matrices of whole figures in all seven configurations of I-RAVEN (Hu et al. 2021, arXiv 2002.06838).

The answer sets follow that paper: two properties are changed, alone and together, so that the four candidates are
(a, b), (a', b), (a, b') and (a', b'). Every value stands in two of them; there is no odd one out and no majority for
the right one. No candidate's properties stand together in a printed cell. What single columns give away is evened out
by the decks that they are drawn from.

A property that differs among the figures of a printed cell carries no rule. Where the places taken follow a rule in the
first two rows, the ninth cell must follow it; otherwise the number of figures must. The prompt says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, sole
from generators.families.prompts import instruction
from generators.families.raven.configurations import CONFIGURATIONS, STILL_SHARE, Configuration, Sketch, level_of
from generators.families.raven.decks import SIZE, TYPE, Column, Property, moving, still
from generators.families.raven.notation import (
    ANGLES,
    CELL,
    EMPTY,
    STEMS,
    TAILS,
    printed,
    read_cell,
)
from generators.families.raven.picture import picture
from generators.families.raven.rules import fitting_places, printed_cells, rows_of
from generators.families.raven.solver import Fits

TEXTS = (
    "Find the cell that belongs where the question mark stands in this three by three matrix.",
    "The last cell of this three by three matrix is missing. Which one completes it?",
    "Complete the matrix below: work out the rules of its first two rows and apply them to the third.",
    "The rows of this matrix follow common rules. Give the cell that the third row lacks.",
    "Which cell goes in the place of the question mark, at the end of the third row?",
)
RULES = (
    "Along the rows every property obeys a rule: it stays the same, moves in equal steps, is added up or taken away, "
    "or takes three values in turn."
)
PLACES = (
    " The places taken obey one of these rules (a step moves all of them on, round the end) or, if they do not, the "
    "number of figures does. A property that differs within a cell obeys none."
)
ANGLE = " Angles mean nothing."

#: All sets of some number of places, by how many places there are and how many are taken.
SETS: Mapping[tuple[int, int], Sequence[int]] = {
    (places, number): [sum(1 << place for place in some) for some in combinations(range(places), number)]
    for places in (4, 9)
    for number in range(1, places + 1)
}

#: In which of the first two properties each candidate is wrong.
CHANGED: tuple[tuple[int, ...], ...] = ((), (0,), (1,), (0, 1))

#: The eight cells and four candidates of a property that a part does not have, and those of its single place.
NONE, ONE_PLACE = (0,) * 12, (1,) * 12

#: What shares its angles and mixed values: every printed cell alone, the candidates together.
CELLS = (*((cell,) for cell in range(8)), range(8, 12))

#: Tries to scatter figures so that their places obey no rule while their number does.
SCATTERS = 100


@dataclass(frozen=True, slots=True)
class Ruled:
    """A property of a part with its column."""

    part: int
    of: Property
    column: Column

    @property
    def text(self) -> str:
        """The property and its eight values, for the group."""
        width = 3 if self.of.places > 4 else 1
        return f"{'AB'[self.part]}.{self.of.name} {''.join(f'{value:0{width}x}' for value in self.column.cells)}"


@dataclass(frozen=True, slots=True)
class Design:
    """A matrix before it is printed.

    Attributes:
        configuration: What its cells are made of.
        ruled: The properties with their columns; the candidates differ in the first two.
        mixed: The property of the part with places that differs within cells, if any.
        changing: How many properties change along the rows.
    """

    configuration: Configuration
    ruled: tuple[Ruled, ...]
    mixed: Property | None
    changing: int


def _stands(ruled: Sequence[Ruled]) -> bool:
    """Whether a candidate's properties stand together in a printed cell."""
    cells = {*zip(*(each.column.cells for each in ruled), strict=True)}
    return any(
        tuple(each.column.wrong if turn in changed else each.column.right for turn, each in enumerate(ruled)) in cells
        for changed in CHANGED
    )


def _several(ruled: Sequence[Ruled]) -> bool:
    """Whether some printed cell has more than one figure in its part with places."""
    return any(
        each.of.size(value) > 1
        for each in ruled
        if each.of.name in ("number", "position")
        for value in each.column.cells
    )


def _scattered(numbers: Sequence[int], places: int, rng: Stream) -> tuple[int, ...]:
    """Places for numbers of figures in eight cells and four candidates, such that the eight obey no rule of places."""
    for _ in range(SCATTERS):
        cells = tuple(rng.choice(SETS[places, number]) for number in numbers[:8])
        if not fitting_places(cells, places):
            order = rng.shuffled(range(places))
            return *cells, *(sum(1 << place for place in order[:number]) for number in numbers[8:])
    raise PassOver("the places always obey a rule too")


def _part_text(
    figure: tuple[int, int, int], taken: int, tails: Sequence[str], mixed: Property | None, various: Sequence[int]
) -> str:
    """A part as it is printed.

    Args:
        figure: Type, size and colour.
        taken: The places that hold a figure.
        tails: The end of the figure in each place.
        mixed: The property that differs among the figures, if any.
        various: Its values in order.
    """
    if len(tails) == 1:
        return STEMS[figure] + tails[0]
    stem = STEMS.get(figure, "")
    texts = []
    count = 0
    for place, tail in enumerate(tails):
        if not taken >> place & 1:
            texts.append(EMPTY)
            continue
        if mixed:
            kind, size, colour = figure
            value = various[count % len(various)]
            count += 1
            stem = STEMS[
                (value, size, colour)
                if mixed is TYPE
                else (kind, value, colour)
                if mixed is SIZE
                else (kind, size, value)
            ]
        texts.append(stem + tail)
    return f"[{', '.join(texts)}]"


@distribution("raven_matrices", version=3)
class RavenMatrices:
    """Matrices of figures whose properties each follow a rule along the rows; the last cell is to be found among four.

    All seven configurations of I-RAVEN: one figure, two side by side, one over the other or one in the other, grids of
    four and nine places, and a grid within a figure. Number or position, type, size and colour stay the same, progress,
    are added or subtracted, or take three values in turn; two to five of them change. Angles, and in some grids one
    property that differs within the cells, are noise. The candidates differ in two properties, each right in half of
    them.

    Args:
        difficulty: The level, from 1 (one figure, two rules, no noise) to 5 (grids, every property changes).
    """

    def __init__(self, difficulty: int = 4) -> None:
        self._level = level_of(difficulty)

    def draw(self, rng: Stream) -> Item:
        """Properties with their columns, such that no candidate stands in the matrix."""
        level = self._level
        while True:
            configuration = CONFIGURATIONS[rng.choice(level.configurations)]
            mixed = None
            properties = []
            for i, part in enumerate(configuration.parts):
                values = part.values
                if part.counted:
                    properties.append((i, rng.choice(part.counted)))
                    if rng.chance(level.mixed, 100):
                        mixed = rng.choice(values)
                properties += [(i, of) for of in values if not (part.counted and of is mixed)]
            most = len(properties) - level.rest
            changing = rng.between(min(level.rules[0], most), min(level.rules[1], most))
            resting = level.rest and rng.chance(1, STILL_SHARE)
            rng.shuffle(properties)
            ruled = tuple(
                Ruled(
                    i, of, rng.choice(moving(of, level.beside) if resting <= turn < changing + resting else still(of))
                )
                for turn, (i, of) in enumerate(properties)
            )
            if not _stands(ruled) and (mixed is None or _several(ruled)):
                break
        group = "; ".join([configuration.name, *sorted(each.text for each in ruled)])
        return Item(group, group, Design(configuration, ruled, mixed, changing))

    def write(self, design: Design, rng: Stream) -> Draft:
        """The cells as rows, and the four candidates as they would be printed."""
        configuration = design.configuration
        columns: list[list[str]] = []
        answers: list[list[str]] = []
        for i, sketch in enumerate(configuration.parts):
            cells, four = self._part(i, sketch, design, rng)
            columns.append(cells)
            answers.append(four)
        cells = [printed(parts) for parts in zip(*columns, strict=True)]
        right, *wrong = (printed(parts) for parts in zip(*answers, strict=True))
        grid = configuration.grid is not None
        task = f"{rng.choice(TEXTS)} {configuration.text} {RULES}{PLACES if grid else ''}{ANGLE}"
        noise = self._level.angles + (design.mixed is not None)
        meta = {"configuration": configuration.name, "rules": design.changing, "noise": int(noise)}
        return Draft(instruction(task, rows_of(cells)), right, wrong, meta)

    def _part(self, part: int, sketch: Sketch, design: Design, rng: Stream) -> tuple[list[str], list[str]]:
        """One part of the eight cells, and of the four candidates with the right one first."""
        values: dict[str, tuple[int, ...]] = {"colour": NONE, "position": ONE_PLACE}
        for turn, each in enumerate(design.ruled):
            if each.part == part:
                right, wrong = each.column.right, each.column.wrong
                values[each.of.name] = (
                    *each.column.cells,
                    *(wrong if turn in changed else right for changed in CHANGED),
                )
        mixed = design.mixed if sketch.places > 1 else None
        if mixed:
            values[mixed.name] = NONE
        if "number" in values:
            values["position"] = _scattered(values["number"], sketch.places, rng)
        figures = [*zip(values["type"], values["size"], values["colour"], strict=True)]
        texts = []
        for same in CELLS:
            turned = rng.below(len(ANGLES) ** sketch.places) if self._level.angles else 0
            tails = [TAILS[turned >> 3 * place & 7] for place in range(sketch.places)]
            various = rng.shuffled(mixed.values) if mixed else ()
            texts += [_part_text(figures[i], values["position"][i], tails, mixed, various) for i in same]
        return texts[:8], texts[8:]

    def picture(self, question: Question) -> str:
        """The matrix and its candidates as a drawing in SVG."""
        return picture(question)

    def prove(self, question: Question) -> Verdict:
        """Rules induced from the printed cells, property by property; exactly one candidate must fit in all of them."""
        cells = [read_cell(cell) for cell in printed_cells(question.prompt, CELL)]
        fits = Fits.of([cell for cell in cells if cell])
        if fits is None or None in cells:
            raise Disproof("the prompt prints cells that cannot be read or are not alike")
        right = []
        for i, text in enumerate(question.texts):
            printed_so = CELL.fullmatch(text)
            cell = read_cell(printed_so) if printed_so else None
            if cell and fits(cell):
                right.append(i)
        return Verdict(sole(right, "fit the rules of the matrix"), "rule", detail={"judged": fits.judged})
