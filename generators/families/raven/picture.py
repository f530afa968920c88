"""A picture of a matrix, drawn from its print: the eight cells, a question mark, and the candidates below.

The size of a figure is the share of its place that it fills, the colour its grey (0 white, 90 nearly black), the angle
its turn, 100 being an eighth; types 3 to 6 are polygons of as many corners and type 7 is a circle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from generators.core import Question
from generators.families.raven.notation import CELL, EMPTY
from generators.families.raven.rules import MISSING, printed_cells

FIGURE = re.compile(r"\((\d),(0\.\d),(\d+),(\d+)\)")
CIRCLE = 7

#: Side of a cell, space between cells, and space above the candidates, which holds their letters.
SIDE, GAP, HEAD = 120, 12, 28

#: A box: its left and upper edge and its side.
Box = tuple[float, float, float]

#: The boxes of a cell's parts, in shares of its side; a single part fills the cell.
WHOLE: Sequence[Box] = ((0, 0, 1),)
BOXES: Mapping[str, Sequence[Box]] = {
    "left-right": ((0, 0.25, 0.5), (0.5, 0.25, 0.5)),
    "up-down": ((0.25, 0, 0.5), (0.25, 0.5, 0.5)),
    "out-in center": ((0, 0, 1), (0.3, 0.3, 0.4)),
    "out-in grid": ((0, 0, 1), (0.26, 0.26, 0.48)),
}
#: Outer figures are drawn large, whatever their size, so that the inner ones find room.
LEAST: Mapping[str, float] = {"out-in center": 0.8, "out-in grid": 0.8}


def picture(question: Question) -> str:
    """The matrix and the candidates of a question as a drawing in SVG.

    Args:
        question: The question, with its `configuration` among its facts.

    Raises:
        Disproof: The prompt prints no matrix.
    """
    configuration = str(question.meta["configuration"])
    cells = [cell[0] for cell in printed_cells(question.prompt, CELL)]
    columns = max(3, len(question.texts))
    width, below = columns * (SIDE + GAP) + GAP, 3 * (SIDE + GAP) + GAP + HEAD
    height = below + SIDE + GAP
    left = (width - 3 * (SIDE + GAP) + GAP) / 2
    drawn: list[str] = []
    for i, cell in enumerate([*cells, MISSING]):
        box = (left + i % 3 * (SIDE + GAP), GAP + i // 3 * (SIDE + GAP), float(SIDE))
        drawn += _cell(cell, box, configuration)
    for i, text in enumerate(question.texts):
        x = GAP + i * (SIDE + GAP)
        drawn.append(_text("ABCDEFGH"[i], x + SIDE / 2, below - 8, 16))
        drawn += _cell(text, (x, below, SIDE), configuration)
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n{body}\n</svg>\n'
    )


def _cell(text: str, box: Box, configuration: str) -> Iterator[str]:
    """A cell with its frame."""
    x, y, side = box
    yield f'<rect x="{x:g}" y="{y:g}" width="{side:g}" height="{side:g}" fill="none" stroke="black"/>'
    if text == MISSING:
        yield _text(MISSING, x + side / 2, y + 0.65 * side, 0.5 * side)
        return
    printed = CELL.fullmatch(text)
    parts = [part for part in printed.groups() if part] if printed else []
    for i, (part, (dx, dy, share)) in enumerate(zip(parts, BOXES.get(configuration, WHOLE), strict=False)):
        least = LEAST.get(configuration, 0) if i == 0 else 0
        yield from _part(part, (x + dx * side, y + dy * side, share * side), least)


def _part(text: str, box: Box, least: float) -> Iterator[str]:
    """The figures of a part, each in its place."""
    x, y, side = box
    figures = text[1:-1].split(", ") if text.startswith("[") else [text]
    across = math.isqrt(len(figures))
    step = side / across
    for i, figure in enumerate(figures):
        if figure != EMPTY and (found := FIGURE.fullmatch(figure)):
            kind, size, colour, angle = found.groups()
            scale = least + (1 - least) * (0.25 + float(size)) if least else 0.25 + float(size)
            centre = (x + (i % across + 0.5) * step, y + (i // across + 0.5) * step)
            yield _figure(int(kind), centre, scale * step / 2, int(colour), int(angle) * 45 / 100)


def _figure(kind: int, centre: tuple[float, float], radius: float, colour: int, turn: float) -> str:
    """One figure; its outline can be seen on any grey."""
    x, y = centre
    grey = 255 - 255 * colour // 100
    style = f'fill="rgb({grey},{grey},{grey})" stroke="black"'
    if kind == CIRCLE:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {style}/>'
    corners = (math.radians(turn - 90 + 360 * i / kind) for i in range(kind))
    points = " ".join(f"{x + radius * math.cos(a):.1f},{y + radius * math.sin(a):.1f}" for a in corners)
    return f'<polygon points="{points}" {style}/>'


def _text(sign: str, x: float, y: float, size: float) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-family="sans-serif" text-anchor="middle">{sign}</text>'
