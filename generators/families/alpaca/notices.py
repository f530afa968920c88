"""What short notices are about: six occasions, each with what is known of it and how a notice says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generators.core import Stream
from generators.families.instructions.grammar import capital


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the thing that a notice is about.

    Attributes:
        label: What it is called in the list of facts.
        values: What it may be; none stands within another.
        says: Sentences that tell it. `{It}` is the thing, by its name where it opens the notice; `{We}` are those who
            give the notice.
    """

    label: str
    values: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A kind of notice.

    Attributes:
        kind: What the notice is called.
        names: Things that it may be about.
        people: Those who give it.
        core: Four facts that it tells; the first two may open it.
        spare: Two facts of which it tells one.
        questions: Questions that may end it.
        calls: Exclamations that may end it.
    """

    kind: str
    names: tuple[str, ...]
    people: str
    core: tuple[Fact, Fact, Fact, Fact]
    spare: tuple[Fact, Fact]
    questions: tuple[str, ...]
    calls: tuple[str, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All six facts."""
        return (*self.core, *self.spare)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATES = ("March 2", "April 7", "May 14", "June 3", "July 19", "August 26", "September 8", "October 30")
_HOURS = ("14:00", "15:30", "17:00", "18:30", "19:00", "20:15")
_EUROS = tuple(f"{euros} euros" for euros in (4, 6, 7, 9, 12, 15, 18, 21))
_PERSONS = ("Ms. Reyes", "Mr. Novak", "Ms. Lind", "Mr. Okafor", "Ms. Tanaka", "Mr. Bauer", "Ms. Costa", "Mr. Quinn")
_STREETS = ("Oak Street", "Mill Lane", "Harbor Road", "Castle Street", "Station Road", "Garden Lane", "Church Hill")

OCCASIONS: Mapping[str, Occasion] = {
    "event": Occasion(
        "notice",
        (
            "the garden party",
            "the chess tournament",
            "the flea market",
            "the book fair",
            "the jazz evening",
            "the school concert",
            "the photo exhibition",
            "the quiz night",
            "the puppet show",
        ),
        "organizers",
        (
            Fact("day", _DAYS, ("{It} takes place on {v}.", "{It} is planned for {v}.")),
            Fact(
                "venue",
                (
                    "the town hall",
                    "the old mill",
                    "the city library",
                    "the riverside park",
                    "the community center",
                    "the school gym",
                    "the market square",
                    "the youth club",
                ),
                ("{It} is held at {v}.", "{It} will be at {v}."),
            ),
            Fact("start", _HOURS, ("The start is at {v}.", "Everything begins at {v}.")),
            Fact(
                "thing to bring",
                (
                    "a warm jacket",
                    "a folding chair",
                    "some fruit",
                    "a picnic blanket",
                    "a favorite book",
                    "a flashlight",
                    "a deck of cards",
                ),
                ("{We} ask all guests to bring {v}.", "{We} would like everybody to bring {v}."),
            ),
        ),
        (
            Fact("ticket price", _EUROS, ("A ticket costs {v}.", "Admission is {v}.")),
            Fact("contact", _PERSONS, ("Questions can be sent to {v}.", "For all questions, turn to {v}.")),
        ),
        ("Will you be there?", "Would you like to come?", "Who will join in?"),
        ("Come along and enjoy it!", "Tell all your friends!", "Save the date!"),
    ),
    "flat": Occasion(
        "advertisement",
        (
            "the flat by the river",
            "the attic flat",
            "the garden flat",
            "the flat on the square",
            "the flat by the station",
            "the house on the hill",
            "the cottage by the lake",
            "the flat above the bakery",
        ),
        "owners",
        (
            Fact(
                "number of rooms",
                ("two", "three", "four", "five", "six"),
                ("{It} has {v} rooms.", "{It} comes with {v} rooms."),
            ),
            Fact("move-in date", _DATES, ("{It} is free from {v} on.", "{It} will be empty from {v} on.")),
            Fact(
                "rent",
                ("540 euros", "610 euros", "680 euros", "730 euros", "790 euros", "860 euros", "920 euros"),
                ("{We} ask for {v} a month.", "{We} rent it out for {v} a month."),
            ),
            Fact(
                "heating",
                ("gas", "wood", "oil", "electricity", "solar power"),
                ("The heating runs on {v}.", "It is heated with {v}."),
            ),
        ),
        (
            Fact(
                "parking",
                ("a garage", "a parking space", "a carport", "a wide driveway"),
                ("For drivers there is {v}.", "There is {v} as well."),
            ),
            Fact("day for visits", _DAYS, ("Visits are welcome every {v}.", "It can be seen every {v}.")),
        ),
        ("Would you like to have a look?", "Could this be your new home?", "Shall we make an appointment?"),
        ("Come and have a look!", "Pick up the phone today!", "Make it your new home!"),
    ),
    "item": Occasion(
        "advertisement",
        (
            "the bicycle",
            "the sofa",
            "the tent",
            "the sewing machine",
            "the bookcase",
            "the electric guitar",
            "the dining table",
            "the suitcase",
            "the baby carriage",
        ),
        "sellers",
        (
            Fact(
                "color",
                ("black", "white", "dark red", "light blue", "gray", "brown", "dark green"),
                ("{It} is {v}.", "{It} comes in {v}."),
            ),
            Fact(
                "time of purchase",
                ("two years ago", "last winter", "five years ago", "in the spring", "ten months ago"),
                ("{It} was bought {v}.", "{It} was new {v}."),
            ),
            Fact(
                "price",
                ("45 euros", "60 euros", "72 euros", "80 euros", "95 euros", "110 euros", "130 euros"),
                ("{We} want {v} for it.", "{We} will part with it for {v}."),
            ),
            Fact("pick-up", _STREETS, ("The place to pick it up is on {v}.", "Buyers can collect it on {v}.")),
        ),
        (
            Fact(
                "flaw",
                ("a small scratch", "a loose screw", "a dent on one side", "a missing label", "a faded corner"),
                ("The only flaw is {v}.", "It does have {v}."),
            ),
            Fact(
                "extra",
                ("the original box", "the manual", "the receipt", "a dust cover"),
                ("It is sold together with {v}.", "Included is {v}."),
            ),
        ),
        ("Is this what you need?", "Would you like to see it?", "Who wants to have it?"),
        ("First come, first served!", "Get in touch today!", "It is waiting for you!"),
    ),
    "course": Occasion(
        "notice",
        (
            "the pottery course",
            "the Italian course",
            "the first-aid course",
            "the sewing course",
            "the photography course",
            "the baking course",
            "the guitar course",
            "the drawing course",
        ),
        "organizers",
        (
            Fact("teacher", _PERSONS, ("{It} is taught by {v}.", "{It} is in the hands of {v}.")),
            Fact("weekday", _DAYS, ("{It} meets every {v}.", "{It} takes place every {v}.")),
            Fact(
                "length",
                ("five weeks", "six weeks", "eight weeks", "ten weeks", "twelve weeks"),
                ("{We} have set aside {v} for it.", "{We} have planned {v} for it."),
            ),
            Fact(
                "room",
                ("room 3", "the art room", "room 12", "the large hall", "room 27", "the attic studio"),
                ("The classes are in {v}.", "Participants meet in {v}."),
            ),
        ),
        (
            Fact("fee", _EUROS, ("The fee is {v} an evening.", "Each evening costs {v}.")),
            Fact(
                "gift",
                ("a notebook", "a cloth bag", "a water bottle", "a certificate"),
                ("Everyone takes home {v}.", "All participants receive {v}."),
            ),
        ),
        ("Would you like to learn it?", "Who is curious?", "Shall we keep a place for you?"),
        ("Sign up today!", "Beginners are welcome!", "Places are filling up fast!"),
    ),
    "trip": Occasion(
        "message",
        (
            "the trip to the lighthouse",
            "the trip to the castle",
            "the trip to the caves",
            "the trip to the salt mine",
            "the trip to the old harbor",
            "the trip to the waterfall",
            "the trip to the bird reserve",
            "the trip to the glass museum",
        ),
        "club members",
        (
            Fact("date", _DATES, ("{It} is planned for {v}.", "{It} will be on {v}.")),
            Fact(
                "transport",
                ("by bus", "by train", "on foot", "by boat", "by bicycle"),
                ("{It} is made {v}.", "{It} will be made {v}."),
            ),
            Fact(
                "meeting point",
                (
                    "the fountain",
                    "the north gate",
                    "the post office",
                    "the clock tower",
                    "the stone bridge",
                    "the library steps",
                ),
                ("{We} meet at {v}.", "{We} gather at {v}."),
            ),
            Fact(
                "lunch",
                ("a picnic", "vegetable soup", "sandwiches", "grilled fish", "pancakes"),
                ("For lunch there will be {v}.", "Lunch is planned, with {v} for everyone."),
            ),
        ),
        (
            Fact("cost", _EUROS, ("The cost is {v} a head.", "Each person pays {v}.")),
            Fact("guide", _PERSONS, ("The guide for the day is {v}.", "The group will be led by {v}.")),
        ),
        ("Are you in?", "Who would like to come along?", "Have you packed yet?"),
        ("Bring good shoes!", "Bring a friend along!", "Sign the list on the door!"),
    ),
    "shop": Occasion(
        "flyer",
        (
            "the bakery",
            "the bookshop",
            "the bicycle shop",
            "the flower shop",
            "the tea shop",
            "the toy shop",
            "the record shop",
            "the hat shop",
        ),
        "shopkeepers",
        (
            Fact("street", _STREETS, ("{It} is located on {v}.", "{It} can be found on {v}.")),
            Fact("opening day", _DATES, ("{It} opens its doors on {v}.", "{It} is open from {v} on.")),
            Fact("day off", _DAYS, ("It is closed every {v}.", "The day off is {v}.")),
            Fact(
                "gift",
                ("a free coffee", "a small cake", "a cloth bag", "a postcard", "a balloon"),
                ("{We} hand out {v} to the first customers.", "{We} have {v} for every early visitor."),
            ),
        ),
        (
            Fact("closing time", _HOURS, ("Closing time is at {v}.", "The doors close at {v}.")),
            Fact(
                "bus stop",
                ("Town Hall", "Museum", "Old Bridge", "West Gate", "Hospital"),
                ("The nearest bus stop is {v}.", "Get off the bus at {v}."),
            ),
        ),
        ("Will you drop by?", "Are you curious?", "What will you pick first?"),
        ("Drop by and look around!", "Everyone is welcome!", "Mark the day in your calendar!"),
    ),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a notice is told, apart from its facts.

    Attributes:
        opens: Which of the first two facts opens it.
        omits: Which of the two spare facts it leaves out.
        asks: Whether it ends with a question, not with an exclamation.
        we: Whether those who give it say "we".
    """

    opens: int
    omits: int
    asks: bool
    we: bool


def tell(occasion: Occasion, name: str, values: Mapping[str, str], style: Style, rng: Stream) -> str:
    """A notice; the same stream gives the same sentences, whatever the values and the style.

    Args:
        occasion: Its kind.
        name: What it is about.
        values: What it says of each fact, by label.
        style: How it is told.
        rng: Chooses among the wordings of each sentence.
    """
    said = {fact.label: rng.choice(fact.says) for fact in occasion.facts}
    question, call = rng.choice(occasion.questions), rng.choice(occasion.calls)
    middle = rng.shuffled([*occasion.core[2:], occasion.spare[1 - style.omits]])
    facts = [occasion.core[style.opens], occasion.core[1 - style.opens], *middle]
    we = "We" if style.we else f"The {occasion.people}"
    sentences = [
        said[fact.label].format(It="It" if place else capital(name), We=we, v=values[fact.label])
        for place, fact in enumerate(facts)
    ]
    return " ".join([*sentences, question if style.asks else call])
