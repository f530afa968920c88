"""alpaca_low_quality and alpaca_high_quality: notices written to order, told apart by how many wishes they fail.

A request lists the facts of two things and asks for a notice about one of them, with four wishes: what to begin with,
what to leave out, how to end, and in whose voice. A notice can fail in eight ways: each of four facts may be that of
the other thing, each wish may be kept or not. Which facts belong to the thing that is meant, and which wishes there
are, is drawn evenly, so that of two notices either could as well be the better one: by itself, neither is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.core.streams import digest
from generators.families.alpaca.notices import OCCASIONS, Fact, Occasion, Style, tell
from generators.families.instructions.grammar import capital, small
from generators.families.instructions.tasks import parts
from generators.families.prompts import instruction

#: Facts that may be those of the other thing, then wishes.
WAYS = 8
_BEGIN = ("Begin with the {label}.", "Put the {label} first.", "The {label} should come before anything else.")
_OMIT = ("Leave out the {label}.", "Keep the {label} out of it.", "The {label} should go unmentioned.")
_END = {
    True: (
        "End with a question.",
        "Let the last sentence be a question.",
        "Close with a question.",
    ),
    False: (
        "End with an exclamation.",
        "Let the last sentence be an exclamation.",
        "Close with an exclamation.",
    ),
}
_VOICE = {
    True: ("Write as one of the {people}.", "Let the {people} speak for themselves, in the first person."),
    False: ("Write about the {people} in the third person.", "Speak of the {people} as an outsider would."),
}
_ASKS = (
    "Write a short {kind} about {name}, using the facts below.",
    "I need a few lines for {article} {kind} about {name}. The facts are below.",
    "From the facts below, draft {article} {kind} about {name}.",
    "Two things are described below. Compose {article} {kind} about {name} only.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """A request: two things of one kind, which of them is meant, and the wishes.

    Attributes:
        occasion: Key of the kind.
        names: The two things; the first is meant.
        values: What is known of each, by label.
        style: What is wished for.
        swapped: Whether the list of facts has the second thing first.
    """

    occasion: str
    names: tuple[str, str]
    values: tuple[Mapping[str, str], Mapping[str, str]]
    style: Style
    swapped: bool


def _draw(rng: Stream) -> Order:
    key = rng.choice(sorted(OCCASIONS))
    kind = OCCASIONS[key]
    one, two = rng.sample(kind.names, 2)
    pairs = {fact.label: rng.sample(fact.values, 2) for fact in kind.facts}
    values = tuple({label: pair[side] for label, pair in pairs.items()} for side in (0, 1))
    style = Style(rng.below(2), rng.below(2), rng.chance(1, 2), rng.chance(1, 2))
    return Order(key, (one, two), (values[0], values[1]), style, rng.chance(1, 2))


def _failing(order: Order, ways: set[int], rng: Stream) -> str:
    """A notice that fails in some ways."""
    kind, wish = OCCASIONS[order.occasion], order.style
    opens, omits = wish.opens ^ (4 in ways), wish.omits ^ (5 in ways)
    style = Style(opens, omits, wish.asks != (6 in ways), wish.we != (7 in ways))
    values = {fact.label: order.values[0][fact.label] for fact in kind.facts}
    values |= {fact.label: order.values[1][fact.label] for i, fact in enumerate(kind.core) if i in ways}
    return tell(kind, order.names[0], values, style, rng)


def _asked(order: Order, rng: Stream) -> tuple[str, str]:
    """The request and the facts."""
    kind, style = OCCASIONS[order.occasion], order.style
    article = "an" if kind.kind[0] in "ae" else "a"
    wishes = [
        rng.choice(_BEGIN).format(label=kind.core[style.opens].label),
        rng.choice(_OMIT).format(label=kind.spare[style.omits].label),
        rng.choice(_END[style.asks]),
        rng.choice(_VOICE[style.we]).format(people=kind.people),
    ]
    text = rng.choice(_ASKS).format(kind=kind.kind, article=article, name=order.names[0])
    lists = [
        "\n".join([f"{capital(name)}:", *(f"- {label}: {value}" for label, value in values.items())])
        for name, values in zip(order.names, order.values, strict=True)
    ]
    return " ".join([text, *rng.shuffled(wishes)]), "\n\n".join(lists[::-1] if order.swapped else lists)


def _only(asked: str, wishes: Sequence[Sequence[str]], **slots: str) -> int:
    """Which of several wishes a request has; each may be put in several ways."""
    found = [i for i, ways in enumerate(wishes) if any(way.format(**slots) in asked for way in ways)]
    if len(found) != 1:
        raise Disproof(f"the request has {len(found)} of the wishes {wishes!r}, not one")
    return found[0]


def _about(asks: Sequence[str], facts: Sequence[Fact]) -> list[list[str]]:
    """A wish about each of some facts, put in several ways."""
    return [[ask.format(label=fact.label) for ask in asks] for fact in facts]


def _place(text: str, fact: Fact, *sides: Mapping[str, str]) -> list[int]:
    """Where a text tells a fact of one thing and of the other; -1 where it does not."""
    found = [re.search(rf"(?<!\w){re.escape(values[fact.label])}(?!\w)", text) for values in sides]
    return [match.start() if match else -1 for match in found]


def _read(prompt: str) -> tuple[str, Occasion, Mapping[str, str], Mapping[str, str]]:
    """A request, the kind of thing it is for, and the facts of the thing that is meant and of the other."""
    asked, given = parts(prompt, "en")
    blocks = [block.split("\n") for block in given.split("\n\n")]
    known = {small(head.removesuffix(":")): dict(line[2:].split(": ") for line in lines) for head, *lines in blocks}
    meant = [name for name in known if f"about {name}" in asked]
    kinds = [kind for kind in OCCASIONS.values() if set(known) <= set(kind.names)]
    if len(known) != 2 or len(meant) != 1 or len(kinds) != 1:
        raise Disproof("the request is not for one of two things")
    other = next(facts for name, facts in known.items() if name != meant[0])
    return asked, kinds[0], known[meant[0]], other


def failures(prompt: str, text: str) -> list[str]:
    """In which ways a printed notice fails what is printed in its request.

    Raises:
        Disproof: The request cannot be read, or the notice does not tell each fact of one of the two things.
    """
    asked, kind, own, other = _read(prompt)
    failed, places = [], []
    for fact in kind.core:
        here, there = _place(text, fact, own, other)
        if (here < 0) == (there < 0):
            raise Disproof(f"the notice tells the {fact.label} of neither thing or of both")
        failed += [f"the {fact.label} is wrong"] * (here < 0)
        places.append(max(here, there))
    wanted = _only(asked, _about(_BEGIN, kind.core[:2]))
    failed += [f"the {kind.core[wanted].label} does not come first"] * (places[wanted] != min(places))
    shown = [max(_place(text, fact, own)) >= 0 for fact in kind.spare]
    if sum(shown) != 1:
        raise Disproof("the notice leaves out neither or both of what it may leave out")
    failed += ["what should be left out is not"] * shown[_only(asked, _about(_OMIT, kind.spare))]
    failed += ["the end is wrong"] * (text.endswith("?") != bool(_only(asked, (_END[False], _END[True]))))
    speaks = [who in text for who in (f"The {kind.people} ", "We ")]
    if sum(speaks) != 1:
        raise Disproof("the notice speaks in neither voice or in both")
    voice = _only(asked, (_VOICE[False], _VOICE[True]), people=kind.people)
    return failed + ["the voice is wrong"] * (not speaks[voice])


class _Quality:
    """Pairs of notices.

    Args:
        better: In how many ways the better notice may fail.
        more: In how many more ways the other one fails.
    """

    def __init__(self, better: Sequence[int], more: int) -> None:
        self._better, self._more = better, more

    def draw(self, rng: Stream) -> Item:
        """A request."""
        order = _draw(rng)
        facts = [f"{name} {sorted(values.items())}" for name, values in zip(order.names, order.values, strict=True)]
        group = digest(*sorted(facts)).hex()[:20]
        return Item(f"{group} {order.names[0]} {order.style}", group, order)

    def write(self, order: Order, rng: Stream) -> Draft:
        """The request, and two notices in the same words that fail it in different ways."""
        text, given = _asked(order, rng)
        few = rng.choice(self._better)
        wording = rng.below(1 << 30)
        right, wrong = (
            _failing(order, set(rng.sample(range(WAYS), ways)), Stream("wording", wording))
            for ways in (few, few + self._more)
        )
        return Draft(instruction(text, given), right, [wrong], meta={"occasion": order.occasion})

    def prove(self, question: Question) -> Verdict:
        """Every printed notice is held against the printed request, fact by fact and wish by wish."""
        failed = [len(failures(question.prompt, text)) for text in question.texts]
        best = min(failed)
        rest = [count for count in failed if count > best]
        if best not in self._better or any(count != best + self._more for count in rest):
            raise Disproof(f"the notices fail in {failed} ways")
        right = sole([i for i, count in enumerate(failed) if count == best], "fail in the fewest ways")
        return Verdict(right, "rule", detail={"failures": failed})


@distribution("alpaca_low_quality", version=2)
def alpaca_low_quality() -> _Quality:
    """Two notices written to order, both of them bad: one fails in one or two ways, the other in three more.

    A fact taken from the wrong one of two lists, a wish about beginning, omission, ending or voice not kept. The same
    sentences tell both, and the request is drawn after them.
    """
    return _Quality((1, 2), 3)


@distribution("alpaca_high_quality", version=2)
def alpaca_high_quality() -> _Quality:
    """Two notices written to order: one does all that is asked, the other fails in a single point.

    The requests, facts and ways to fail are those of alpaca_low_quality, on other items.
    """
    return _Quality((0,), 1)
