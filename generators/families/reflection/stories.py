"""What the problems tell of: goods, crews at work, and things that double. Words only, no numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers and what they do.

    Attributes:
        workers: Who or what works, in the plural.
        make: The verb.
        things: What comes of it, one after another, in the plural.
    """

    workers: str
    make: str
    things: str


_CREWS = """
printers print posters | bakers bake cakes | looms weave carpets | robots weld frames | kilns fire vases
tailors sew coats | potters shape jugs | painters paint doors | gardeners plant hedges | carpenters build chairs
cooks peel pumpkins | clerks check reports | shearers shear sheep | cranes unload wagons | scribes copy letters
jewelers set rings | glassblowers blow bottles | masons cut stones | presses stamp medals | drones map fields
cobblers mend shoes | barbers cut beards | plotters draw plans | scanners scan albums | ovens dry bricks
artists draw portraits | students solve puzzles | mechanics repair engines | plumbers fit taps | weavers make baskets
florists tie bouquets | engravers carve signs | toymakers make puppets | bookbinders bind atlases | saws split logs
translators translate poems | lathes turn spindles | knitters knit scarves | cleaners wash windows | smiths forge hooks
roofers tile sheds | tinkers mend kettles | brewers fill barrels | editors edit clips | crews pave yards
mills grind sacks | photographers take portraits | tellers count drawers | nurses test samples
apprentices polish lamps | opticians grind lenses | farmhands plow fields | copiers copy charts | dyers dye shawls
"""
CREWS = tuple(Crew(*crew.split()) for line in _CREWS.strip().split("\n") for crew in line.split(" | "))


@dataclass(frozen=True, slots=True)
class Good:
    """A thing that is bought or weighed: its name in the singular, and in the plural."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Goods that stand together.

    Attributes:
        goods: The goods.
        told_in: Names of the measures that suit them.
    """

    goods: tuple[Good, ...]
    told_in: tuple[str, ...]


def _shelf(goods: str, *told_in: str) -> Shelf:
    """Goods, each with its plural where that is not formed with "s"."""
    cut = (good.partition("/") for good in goods.split(", "))
    return Shelf(tuple(Good(one, many or f"{one}s") for one, _, many in cut), told_in)


_WHOLE = ("dollars", "pounds", "euros")
_SMALL = ("dollars and cents", "pounds and pence", "cents")
_WEIGHT = ("grams", "ounces")

SHELVES = {
    "stationery": _shelf(
        "pencil, ruler, notebook, eraser, stapler, envelope, folder, calendar, marker, sketchbook, compass/compasses, "
        "fountain pen, glue stick, paint box/paint boxes",
        *_SMALL,
    ),
    "bakery": _shelf(
        "roll, bagel, pretzel, cake, croissant, muffin, pie, loaf/loaves, tart, waffle, doughnut, baguette",
        *_SMALL,
        *_WEIGHT,
    ),
    "kitchen": _shelf(
        "saucepan, kettle, teapot, ladle, bowl, grater, whisk, mug, cutting board, toaster, jug, frying pan",
        *_WHOLE,
        *_WEIGHT,
    ),
    "clothes": _shelf(
        "scarf/scarves, hat, belt, shirt, jacket, sweater, raincoat, tie, vest, apron, bathrobe, cap", *_WHOLE
    ),
    "toys": _shelf(
        "kite, puppet, ball, puzzle, doll, spinning top, rocking horse, drum, board game, toy train, yo-yo, marble",
        *_SMALL,
        *_WEIGHT,
    ),
    "garden": _shelf(
        "rake, shovel, watering can, hose, flowerpot, wheelbarrow, bucket, birdhouse, trowel, lantern, hedge trimmer, "
        "garden chair",
        *_WHOLE,
    ),
    "sport": _shelf(
        "racket, helmet, whistle, skateboard, net, paddle, football, dumbbell, jump rope, bat, frisbee, glove",
        *_WHOLE,
        *_WEIGHT,
    ),
    "music": _shelf(
        "flute, guitar, tambourine, music stand, metronome, violin bow, harmonica, trumpet, ukulele, banjo", *_WHOLE
    ),
    "fruit": _shelf(
        "melon, mango, coconut, pineapple, pear, grapefruit, papaya, peach/peaches, orange, pomegranate, quince",
        *_SMALL,
        *_WEIGHT,
    ),
    "vegetables": _shelf(
        "cabbage, cucumber, pumpkin, turnip, carrot, cauliflower, onion, eggplant, leek, artichoke, zucchini",
        *_SMALL,
        *_WEIGHT,
    ),
    "baggage": _shelf(
        "suitcase, backpack, handbag, parcel, crate, trunk, basket, barrel, hatbox/hatboxes, toolbox/toolboxes",
        *_WHOLE,
        *_WEIGHT,
    ),
    "furniture": _shelf(
        "chair, table, desk, bookcase, stool, sofa, bed, wardrobe, armchair, cradle, dresser, bench/benches", *_WHOLE
    ),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """Something that doubles.

    Attributes:
        name: A short name.
        doubles: A sentence with `{every}` where the period stands.
        reach: The verb that leads up to an amount.
        stuff: What the amount counts.
        units: Units of time that suit it.
    """

    name: str
    doubles: str
    reach: str
    stuff: str
    units: tuple[str, ...]


_DAYS = ("day", "week")
_HOURS = ("minute", "hour", "day")
_YEARS = ("month", "year")

GROWTHS = (
    Growth("lilies", "The area of the water lilies on a pond doubles {every}.", "cover", "square meters", _DAYS),
    Growth("duckweed", "Duckweed spreads over a canal and doubles its area {every}.", "cover", "square meters", _DAYS),
    Growth("moss", "A carpet of moss in a park doubles in size {every}.", "cover", "square feet", ("week", "month")),
    Growth("mold", "The mold on a cellar wall doubles in area {every}.", "cover", "square inches", ("hour", "day")),
    Growth("algae", "Algae in a reservoir double their weight {every}.", "reach", "kilograms", _DAYS),
    Growth("bacteria", "The number of bacteria on a dish doubles {every}.", "reach", "bacteria", _HOURS),
    Growth("yeast", "The yeast cells in a vat double in number {every}.", "reach", "cells", _HOURS),
    Growth(
        "rumor", "A rumor goes round, and {every} the number of people who know it doubles.", "reach", "people", _HOURS
    ),
    Growth("video", "The views of a video double {every}.", "reach", "views", _HOURS),
    Growth("club", "A chess club doubles its membership {every}.", "reach", "members", _YEARS),
    Growth("savings", "The balance of a legendary savings book doubles {every}.", "reach", "dollars", _YEARS),
    Growth("stamp", "The price of a rare stamp doubles {every}.", "reach", "euros", _YEARS),
    Growth("debt", "An unpaid debt doubles {every}.", "reach", "pounds", ("week", "month")),
    Growth("snow", "During a storm the depth of the snow doubles {every}.", "reach", "millimeters", ("minute", "hour")),
    Growth("bamboo", "A bamboo shoot doubles its height {every}.", "reach", "millimeters", ("day", "week")),
    Growth("fire", "A grass fire doubles the area that it has burned {every}.", "cover", "acres", ("minute", "hour")),
    Growth("oil", "An oil slick doubles in area {every}.", "cover", "hectares", ("hour", "day")),
    Growth("rabbits", "The number of rabbits on an island doubles {every}.", "reach", "rabbits", _YEARS),
    Growth("flies", "The flies in a laboratory double in number {every}.", "reach", "flies", _DAYS),
    Growth("mussels", "Foreign mussels in a lake double in number {every}.", "reach", "mussels", _YEARS),
    Growth(
        "ivy", "Ivy climbs a castle, and the area under its leaves doubles {every}.", "cover", "square feet", _YEARS
    ),
    Growth("crystals", "In a flask the mass of the crystals doubles {every}.", "reach", "milligrams", _HOURS),
    Growth(
        "computers", "A computer worm doubles the number of infected machines {every}.", "reach", "machines", _HOURS
    ),
    Growth(
        "petition", "The signatures under a petition double in number {every}.", "reach", "signatures", ("hour", "day")
    ),
    Growth("sponge", "A sea sponge doubles in volume {every}.", "reach", "cubic inches", _YEARS),
    Growth("kefir", "Kefir grains double their weight {every}.", "reach", "grams", ("day", "week")),
    Growth("beetles", "The bark beetles in a forest double in number {every}.", "reach", "beetles", _DAYS),
    Growth("network", "A radio network doubles the number of its stations {every}.", "reach", "stations", _YEARS),
    Growth("foam", "The foam in a tank doubles in volume {every}.", "fill", "liters", ("second", "minute")),
    Growth(
        "reaction",
        "In a reactor the number of free particles doubles {every}.",
        "reach",
        "particles",
        ("second", "minute"),
    ),
    Growth("queue", "The line in front of a museum doubles in length {every}.", "reach", "meters", ("minute", "hour")),
    Growth("collection", "The coins of a collector double in number {every}.", "reach", "coins", _YEARS),
    Growth("seaweed", "Seaweed in a bay doubles its area {every}.", "cover", "acres", _DAYS),
    Growth("plankton", "The plankton in a tank doubles in number {every}.", "reach", "animals", ("hour", "day")),
    Growth("crack", "A crack in an ice sheet doubles in length {every}.", "reach", "meters", _HOURS),
    Growth("downloads", "The downloads of a game double {every}.", "reach", "downloads", ("day", "week")),
)
