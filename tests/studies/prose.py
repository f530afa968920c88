"""Made-up prose and programs whose form varies by itself, so that a planted cue has something to hide in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generators.core import Stream


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NAMES = ("Ada", "Bo", "Cleo", "Dan", "Edda", "Finn", "Gwen", "Hugo", "Iris", "Jonas", "Kira", "Liam", "Mona", "Nils")
NOUNS = _listed(
    """
    anchor apple barn basket bell boat book bottle bread bridge broom bucket button candle carpet cart chair cheese
    clock cloud coat coin curtain desk door drum fence ferry flute fork garden gate glove hammer harbour hat helmet
    honey jacket kettle key kite ladder lamp lantern letter lemon map market mirror needle oven paddle pencil pillow
    plate pond radio ribbon river roof rope saddle sail scarf shelf shovel soap spoon stove table tent ticket tower
    towel train tray tunnel umbrella violin wagon wall wheel whistle window wool
    """
)
ADJECTIVES = _listed(
    """
    blue bright broken calm cheap clean cold crooked dark deep dry early empty faint fast flat fresh gentle green
    heavy hollow huge kind large late light long loud narrow new old pale plain quiet red rough round sharp short slow
    small smooth soft steep strange strong sweet tall thick thin tidy warm wide young
    """
)
VERBS = _listed(
    """
    bought borrowed carried cleaned counted covered dropped fetched filled fixed found gave hid kept left lifted
    lost measured mended moved opened packed painted placed pulled pushed repaired saw sold sorted stored took tried
    used wanted washed watched
    """
)
PLACES = ("at the mill", "by the lake", "in the attic", "in town", "near the station", "on the hill", "over there",
          "behind the school", "along the coast", "under the stairs", "at home", "in the valley")  # fmt: skip
TIMES = ("yesterday", "last spring", "before lunch", "after dark", "this week", "long ago", "at noon", "in May",
         "on Monday", "every autumn", "once more", "by then")  # fmt: skip
MANNERS = ("slowly", "gladly", "quietly", "in a hurry", "with care", "by mistake", "for free", "as planned",
           "together", "at once", "by hand", "in turn")  # fmt: skip
JOINTS = ("and", "but", "so", "while", "because", "then")
BANKS: Mapping[str, Sequence[str]] = {
    "name": NAMES,
    "noun": NOUNS,
    "adj": ADJECTIVES,
    "verb": VERBS,
    "place": PLACES,
    "time": TIMES,
    "manner": MANNERS,
    "joint": JOINTS,
    "mark": (",", ",", ";", ":", " -"),
    "end": (".", ".", ".", ".", "!", "...", ""),
    "count": ("two", "three", "four", "several", "many"),
}
PATTERNS = (
    "{name} {verb} the {adj} {noun} {place}",
    "{name} {verb} {count} {noun}s{mark} {joint} {name} {verb} a {noun}",
    "the {noun} was {adj} {time}{mark} {joint} the {noun} was {adj}",
    "it takes {number} {noun}s to make the {noun} {adj}",
    "there is a {adj}, {adj} {noun} {place}",
    "we {verb} it {manner}{mark} {joint} {name} {verb} the {noun}",
    "most people {verb} their {noun}s {time}",
    "a {noun} of {number} pounds is {adj} enough",
    "{time}{mark} {name} {verb} the {noun} {manner}",
    "no {noun} is as {adj} as this {noun}",
    "{name}'s {noun} (the {adj} one) stands {place}",
    "I would take the {adj} {noun}{mark} not the {adj} one",
    'they call it "the {adj} {noun}"',
    "{name} and {name} {verb} {number} {noun}s {place} {time}",
)
QUESTIONS = (
    "What became of the {adj} {noun} that {name} {verb} {place}?",
    "{name} {verb} a {noun} and {number} {noun}s {time}. Who should pay for the {noun}?",
    "Tell me how the {adj} {noun} was {verb} {place}, and what {name} said of the {noun}.",
    "We need a {noun} {time}. Is a {adj} {noun} or a {adj} {noun} better {place}?",
    "Why is the {noun} of {name} so {adj}? {name} {verb} it {manner}.",
)
SLOT = re.compile(r"\{(\w+)\}")
#: Signs by which a text is laid out, as the writers below use them.
BULLET, STRONG, CODE = "- ", "**", "`"


def filled(rng: Stream, pattern: str) -> str:
    """A pattern with its slots filled."""
    return SLOT.sub(lambda slot: _word(rng, slot[1]), pattern)


def _word(rng: Stream, slot: str) -> str:
    return str(rng.between(2, 10 ** rng.between(1, 4))) if slot == "number" else rng.choice(BANKS[slot])


def sentence(rng: Stream) -> str:
    """One sentence, begun with a capital."""
    said = filled(rng, rng.choice(PATTERNS) + "{end}")
    return said[0].upper() + said[1:]


def text(rng: Stream) -> str:
    """One to three sentences; some in lines, with bullets, a stressed word, a small first letter or a loud word."""
    sentences = [sentence(rng) for _ in range(rng.choice((1, 2, 2, 3)))]
    words = [said.split(" ") for said in sentences]
    for mark in (STRONG, CODE):
        if rng.chance(1, 6):
            said = rng.choice(words)
            place = rng.below(len(said))
            said[place] = f"{mark}{said[place]}{mark}"
    if rng.chance(1, 5):
        said = rng.choice(words)
        place = rng.below(len(said))
        said[place] = said[place].upper()
    sentences = [" ".join(said) for said in words]
    if rng.chance(1, 6):
        sentences[0] = sentences[0][0].lower() + sentences[0][1:]
    if not rng.chance(1, 3):
        return " ".join(sentences)
    return "\n".join(f"{BULLET}{said}" if rng.chance(1, 3) else said for said in sentences)


def question(rng: Stream) -> str:
    """A prompt."""
    return filled(rng, rng.choice(QUESTIONS))


def with_word(rng: Stream, said: str, word: str) -> str:
    """A text with a word more, anywhere between its words."""
    words = said.split(" ")
    place = rng.between(1, len(words))
    return " ".join([*words[:place], word, *words[place:]])


def program(rng: Stream, comments: int) -> str:
    """A small program of Python that parses, with so many comments."""
    name, one, other = rng.sample(NOUNS, 3)
    lines = [f"def {rng.choice(VERBS)}_{name}({one}, {other}={rng.below(100)}):"]
    for _ in range(rng.between(1, 3)):
        lines += rng.choice(
            (
                [f"    {one} = {other} {rng.choice('+-*')} {rng.below(50)}"],
                [f"    if {one} > {rng.below(20)}:", f"        {other} = [{one}, ({rng.below(9)}, {other})]"],
                [f"    for {name} in range({rng.below(30)}):", f"        {one} += max({name}, {other})"],
            )
        )
    lines.append(f"    return ({one}, {other})")
    for _ in range(comments):
        lines.insert(rng.between(1, len(lines) - 1), f"    # the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}")
    return "\n".join(lines)
