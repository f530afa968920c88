"""Requests for imaginative writing: a vivid description must be preferred over a flat one of the same scenes.

A request is for one scene or for two, one after the other; every scene is asked for alone and beside others. Both
descriptions of a scene were composed by hand, the one in figures of speech, the other without any; that is the key.
They are of like length, and one of the two, by lot, gets a close in its own style and is then the longer one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, load_bank, sole, split_of
from generators.core.streams import digest
from generators.families.prompts import instruction
from schemas import SPLITS

BANK = "prose/scenes"
#: Ways to ask; none contains another.
ASKS = (
    "Write a short, imaginative passage about {subject}.",
    "Open a story with {subject}.",
    "Paint {subject} in words for me.",
    "I am writing a novel and need a few lines on {subject}. Surprise me.",
    "Describe {subject} so that a reader will remember it.",
    "My poetry class was asked to evoke {subject}. How might that sound?",
    "Take {subject} as a theme for a piece of creative prose, no more than three sentences.",
    "Let your imagination loose on {subject}, in two or three sentences.",
    "A literary magazine wants a miniature about {subject}. Please draft one.",
    "Bring {subject} to life on the page.",
    "Give me a passage of fiction that has {subject} at its heart.",
    "For a collection of sketches, write something evocative about {subject}.",
)
#: Ways to ask for two scenes, one after the other.
PAIR_ASKS = (
    "Write two miniatures for me, the first about {one} and the second about {other}.",
    "Compose a diptych in prose: on the left {one}, on the right {other}.",
    "I want a dreamlike passage that passes from {one} straight to {other}.",
    "The prompt of our writing circle was to set {one} next to {other}. Show me what you would read out.",
    "Begin with {one}, then cut to {other}, as a film would; a few literary lines are enough.",
    "Give me a sketch of {one} and, right after it, one of {other}.",
    "A short chapter of my novel joins {one} to {other}. Try your hand at it, please.",
    "Evoke first {one} and then {other}, in prose that could be read aloud.",
)
#: How far apart in the round of its split a scene's partners are.
STEPS = (1, 2)
#: Closes of the two styles, alike in number of sentences and about as long.
VIVID_CLOSES = (
    "Even silence leaned closer to listen.",
    "Time itself stood by with its hat in its hands.",
    "Somewhere a minute forgot to fall.",
    "The hour closed over it like a clasp of pearl.",
    "And the air wore that moment like a brooch.",
    "Memory, that magpie, carried it off glittering.",
    "The world, for once, held its tongue.",
    "All of it hung by a single thread of breath.",
    "Not even the dust dared to blink.",
    "Such moments are the small change of eternity.",
    "It burned on behind the eyelids like a struck match.",
    "My heart, that poor clerk, lost count.",
)
FLAT_CLOSES = (
    "That is all that there is to say about it.",
    "It was about the same on most other days.",
    "I did not think about it very much afterward.",
    "There was not a lot else to be noticed then.",
    "Other people have described it in a similar way.",
    "It went on like this for some more time.",
    "One can find such things in a number of places.",
    "Nothing more of interest happened after that.",
    "It was more or less what one would expect.",
    "Later on there was something else to do.",
    "On the whole it was quite an ordinary matter.",
    "I have told it here in the order in which it was.",
)


@cache
def _scenes() -> tuple[Item, ...]:
    """Every scene alone, and before two others of its split; the group is the scene that comes first."""
    items = []
    for split in SPLITS:
        scenes = [scene for scene in load_bank(BANK).items if split_of(_group(scene)) == split]
        scenes.sort(key=lambda scene: digest("round", BANK, scene["id"]))
        for i, scene in enumerate(scenes):
            items.append(Item(scene["id"], _group(scene), (scene,)))
            for step in STEPS:
                other = scenes[(i + step) % len(scenes)]
                items.append(Item(f"{scene['id']} {other['id']}", _group(scene), (scene, other)))
    return tuple(items)


def _group(scene: Mapping[str, Any]) -> str:
    return f"{BANK}:{scene['id']}"


def _ask(scenes: Sequence[Mapping[str, Any]], ask: str) -> str:
    """The prompt that asks for one or two scenes."""
    slots = dict(zip(("subject",) if len(scenes) == 1 else ("one", "other"), scenes, strict=True))
    return instruction(ask.format(**{slot: scene["subject"] for slot, scene in slots.items()}))


@cache
def _asked() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The scenes by every prompt that asks for them."""
    return {_ask(item.data, ask): item.data for item in _scenes() for ask in _asks(item.data)}


def _asks(scenes: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """Ways to ask for one or for two scenes."""
    return ASKS if len(scenes) == 1 else PAIR_ASKS


def _body(scenes: Sequence[Mapping[str, Any]], style: str) -> str:
    """The descriptions of scenes in one style (`vivid` or `flat`), each a paragraph."""
    return "\n\n".join(scene[style] for scene in scenes)


def _told(text: str, body: str, closes: Sequence[str]) -> bool:
    """Whether a text is a description, with or without a close of its style."""
    return text == body or text in {f"{body} {close}" for close in closes}


@distribution(
    "creative_writing",
    version=2,
    banks=("prose/scenes",),
    cues={
        "response_words": "the point of the shift: literary words and images stand in the right response",
        "response_characters": "a probe of characters reads the same words",
        "word": "the same in single words: 'there', 'was', 'some' in flat prose, 'like' in vivid prose",
        "first_word": "flat prose opens with plain words such as 'there', vivid prose hardly ever",
        "prompt_overlap": "flat prose calls the subject by its plain name, vivid prose by images",
        "least_repetition": "flat prose repeats common words",
        "longest_words": "vivid prose has rarer, longer words",
        "most_spaces": "the same: longer words leave fewer spaces",
        "most_capitals": "flat prose has two short sentences where vivid prose has one long one",
        "most_punctuation": "the same: more sentences, more full stops and commas",
        "negation": "flat prose says what was not there or did not happen",
        "hedging": "flat prose says 'some', 'a bit', 'quite'",
    },
)
class CreativeWriting:
    """Imaginative writing is asked for; a vivid description of the scene is preferred over a flat one.

    Vivid means by construction: in figures of speech (comparison, metaphor, things that act like persons); flat: the
    same scene in plain statements without any. Which is which is the bank's own key, given by those who composed both,
    and not derived. About 200 scenes are for training and 100 for testing; each is asked for alone and before two
    others.
    """

    def items(self) -> Sequence[Item]:
        """Every scene of the bank, alone and before two others."""
        return _scenes()

    def write(self, scenes: Sequence[Mapping[str, Any]], rng: Stream) -> Draft:
        """The request; the vivid descriptions and the flat ones, of which either have a close."""
        prompt = _ask(scenes, rng.choice(_asks(scenes)))
        right, wrong = _body(scenes, "vivid"), _body(scenes, "flat")
        if rng.chance(1, 2):
            right = f"{right} {rng.choice(VIVID_CLOSES)}"
        else:
            wrong = f"{wrong} {rng.choice(FLAT_CLOSES)}"
        return Draft(prompt, right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """The bank's own key: the scenes are found by the prompt, and each response must be one of their versions."""
        scenes = _asked().get(question.prompt)
        if scenes is None:
            raise Disproof("the prompt asks for no scene of the bank")
        vivid = [_told(text, _body(scenes, "vivid"), VIVID_CLOSES) for text in question.texts]
        flat = [_told(text, _body(scenes, "flat"), FLAT_CLOSES) for text in question.texts]
        if any(one == other for one, other in zip(vivid, flat, strict=True)):
            raise Disproof("the responses do not describe what is asked for")
        right = sole([i for i, each in enumerate(vivid) if each], "are vivid")
        return Verdict(right, "source_key", "sourced")
