"""Clues about an order, apart from their wording.

Things are numbered and an order is read from its top, place 0. Each kind of clue is a relation between one, two or
three things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pair", "chain", "between", "outside", "places"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue.

    Attributes:
        kind: `pair`: the first thing stands above the second. `chain`: the first above the second above the third.
            `between`: the first stands between the other two, whichever of these is above. `outside`: it does not.
            `places`: the thing stands in one of some places.
        things: The things, by number.
        places: For `places`, the allowed places as bits.
    """

    kind: Kind
    things: tuple[int, ...]
    places: int = 0
