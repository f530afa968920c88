"""How figures, parts and cells are printed and read: `(type,size,colour,angle)`, `[figure, -, ...]`, `A ... / B ...`.

The notation is that of the GENIES release, so that its matrices can be read and solved too. Reading keeps of a part
what rules can speak of: which places are taken, and the type, size and colour that all its figures share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

TYPES, SIZES, COLOURS, ANGLES = range(3, 8), range(1, 7), range(10), range(8)

#: The sign of a place that holds no figure.
EMPTY = "-"

#: The printed figure without its angle, by type, size in tenths and colour in tens; and its end, by angle in hundreds.
STEMS: Mapping[tuple[int, int, int], str] = {
    (kind, size, colour): f"({kind},0.{size},{10 * colour}," for kind in TYPES for size in SIZES for colour in COLOURS
}
TAILS = tuple(f"{100 * angle})" for angle in ANGLES)

#: Every figure's three values as one bit each, in three fields, so that figures can be laid over each other.
SIZE_FIELD, COLOUR_FIELD = 8, 16
_BITS: Mapping[str, int] = {
    stem + tail: 1 << kind | 1 << SIZE_FIELD + size | 1 << COLOUR_FIELD + colour
    for (kind, size, colour), stem in STEMS.items()
    for tail in TAILS
}
#: The value of a field that has a single bit.
_SINGLE: Mapping[int, int] = {1 << value: value for value in range(16)}

PART = r"(\[[^\[\]]*\]|\([^()]*\))"
CELL = re.compile(rf"{PART}|A {PART} / B {PART}")


class Part(NamedTuple):
    """One part of a cell.

    Attributes:
        places: How many places it has.
        taken: Those that hold a figure, as bits; place 0 is the lowest.
        values: The type, size in tenths and colour in tens of its figures, each None where they differ.
    """

    places: int
    taken: int
    values: tuple[int | None, int | None, int | None]


def printed(parts: Sequence[str]) -> str:
    """A cell of one or two printed parts."""
    return parts[0] if len(parts) == 1 else f"A {parts[0]} / B {parts[1]}"


def read_cell(cell: re.Match[str]) -> tuple[Part, ...] | None:
    """The parts of a printed cell; None where it is not printed as it should be."""
    whole, first, second = cell.groups()
    parts = (read_part(whole),) if whole else (read_part(first), read_part(second))
    return tuple(part for part in parts if part) if all(parts) else None


def read_part(text: str) -> Part | None:
    """A printed part; None where it is none, or holds no figure."""
    figures = text[1:-1].split(", ") if text[0] == "[" else (text,)
    taken = seen = 0
    for place, figure in enumerate(figures):
        if figure != EMPTY:
            bits = _BITS.get(figure)
            if bits is None:
                return None
            taken |= 1 << place
            seen |= bits
    if not taken:
        return None
    values = _SINGLE.get(seen & 0xFF), _SINGLE.get(seen >> SIZE_FIELD & 0xFF), _SINGLE.get(seen >> COLOUR_FIELD)
    return Part(len(figures), taken, values)
