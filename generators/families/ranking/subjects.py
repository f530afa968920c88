"""What is put in order: quantities with their words, and the names of the things that have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SYMBOLS = tuple("🔴🟠🟡🟢🔵🟣🟤⚫⚪🟥🟧🟨🟩🟦🟪🟫⬛⬜🔶🔷🔺🔻💠🔘⭐🌙🍀🔔🎲🔑")
# fmt: off
PEOPLE = (
    "Ada", "Bruno", "Celia", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Leon", "Mona",
    "Nils", "Olga", "Pavel", "Rosa", "Samir", "Tilda", "Umar", "Vera", "Wanda", "Yusuf", "Zoe", "Anton", "Bela",
    "Clara", "Dunja", "Emil", "Fiona",
)
COINED = (
    "Arvel", "Bondir", "Corvex", "Delmin", "Eskol", "Farrow", "Gimlet", "Hoxen", "Ilvar", "Jandor", "Kelmo",
    "Lurin", "Mavrik", "Norbex", "Ostel", "Pendrik", "Quorin", "Rastem", "Selvo", "Tarkin", "Umbrel", "Vexil",
    "Wexlin", "Yarrol", "Ambrin", "Borask", "Cindar", "Dravel", "Emrid", "Folnar",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Subject:
    """A quantity in which things differ, and the things.

    Attributes:
        noun: What the things are, in the plural.
        measure: The quantity, as in "differ in age".
        more: Comparative towards the top.
        less: Comparative towards the bottom.
        top: Superlative of the top.
        bottom: Superlative of the bottom.
        things: The names to choose from.
        past: Whether the clues stand in the past tense.
    """

    noun: str
    measure: str
    more: str
    less: str
    top: str
    bottom: str
    things: Sequence[str]
    past: bool = False


SUBJECTS = (
    Subject("materials", "density", "denser", "less dense", "densest", "least dense", SYMBOLS),
    Subject("alloys", "density", "denser", "less dense", "densest", "least dense", COINED),
    Subject("parcels", "weight", "heavier", "lighter", "heaviest", "lightest", SYMBOLS),
    Subject("badges", "price", "more expensive", "cheaper", "most expensive", "cheapest", SYMBOLS),
    Subject("lamps", "brightness", "brighter", "dimmer", "brightest", "dimmest", SYMBOLS),
    Subject("rivers", "length", "longer", "shorter", "longest", "shortest", COINED),
    Subject("minerals", "hardness", "harder", "softer", "hardest", "softest", COINED),
    Subject("stars", "temperature", "hotter", "cooler", "hottest", "coolest", COINED),
    Subject("people", "age", "older", "younger", "oldest", "youngest", PEOPLE),
    Subject("players", "height", "taller", "shorter", "tallest", "shortest", PEOPLE),
    Subject("runners", "finishing time", "faster", "slower", "fastest", "slowest", PEOPLE, past=True),
    Subject("guests", "time of arrival", "earlier", "later", "earliest", "latest", PEOPLE, past=True),
)
