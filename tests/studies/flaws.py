"""Defects of list 5 planted in a share of otherwise sound examples, and whether the audit counts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.audit.defects import defects
from eval.audit.overlap import Overlap, overlap
from generators.core import Stream
from schemas import Example, Proof, Response
from tests.eval.flawed import Made, Make, ask, choice, example, with_prompt
from tests.eval.plants import PLANTS, Plant
from tests.studies.prose import NOUNS, question, sentence, text
from tests.studies.records import Outcome

#: Percent of the examples that are broken.
SHARES = (0, 1, 5, 20)
#: For defects of a whole distribution, such as an answer that is nearly always right.
WHOLE = (0, 90)
NAME = "### Response:\n"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A defect to plant.

    Attributes:
        plant: How sound and broken examples are made, and what must be found.
        shares: Percentages to plant.
        meta: Facts that only broken records carry.
        chance: Share of the sound examples that are counted too, as one in four has its right answer in a given place.
    """

    plant: Plant
    shares: tuple[int, ...] = SHARES
    meta: Mapping[str, Any] | None = None
    chance: float = 0


def _repeated(of: Callable[[int, list[int]], tuple[int, int]]) -> Make:
    """One response is another one again."""

    def made(rng: Stream, number: int) -> Made:
        prompt, texts, gold = choice(rng, number)
        first, second = of(gold, [place for place in range(len(texts)) if place != gold])
        texts[first] = texts[second]
        return prompt, texts, gold

    return made


def _conflict(_: Stream, number: int) -> Made:
    """Neighbours have one prompt and opposite labels."""
    return ask(f"Who won match {number // 2}, Ann or Bob?"), ["Ann did", "Bob did"], number % 2


def _with_right(right: str) -> Make:
    def made(rng: Stream, number: int) -> Made:
        prompt, texts, gold = choice(rng, number)
        return prompt, [right if place == gold else said for place, said in enumerate(texts)], gold

    return made


def _printed(rng: Stream, number: int) -> Made:
    prompt, texts, gold = choice(rng, number)
    return prompt.replace("?", f", the {texts[gold]} perhaps?"), texts, gold


FLAWS: Mapping[str, Flaw] = {
    **{name: Flaw(plant) for name, plant in PLANTS.items()},
    "no marker at the end": Flaw(
        Plant("missing_marker", choice, with_prompt(choice, lambda said: said.removesuffix(f"\n\n{NAME}")))
    ),
    "right equals wrong": Flaw(Plant("right_equals_wrong", choice, _repeated(lambda gold, wrong: (wrong[0], gold)))),
    "one wrong twice": Flaw(Plant("repeated_wrong_response", choice, _repeated(lambda _, wrong: (wrong[0], wrong[1])))),
    "labels in conflict": Flaw(Plant("labels_in_conflict", choice, _conflict)),
    "other keys": Flaw(Plant("inconsistent_keys", choice, choice), meta={"note": ""}),
    "constant answer": Flaw(Plant("constant_right_answer", choice, _with_right("they")), WHOLE),
    "fixed place": Flaw(
        Plant("fixed_place", choice, lambda rng, number: (*choice(rng, number)[:2], 0)),
        WHOLE,
        chance=0.25,
    ),
    "answer printed": Flaw(Plant("right_answer_printed", choice, _printed), WHOLE, chance=0.25),
}


def tried(name: str, share: int, size: int) -> Outcome:
    """Plants a flaw in so many percent of so many examples and looks for it; neighbours are broken in twos."""
    flaw = FLAWS[name]
    rng = Stream("flaw", name, share, size)
    first = rng.sample(range(0, size - 1, 2), round(share * size / 200))
    broken = {number for even in first for number in (even, even + 1)}
    plant = flaw.plant
    examples = [
        example(
            number,
            (plant.broken if number in broken else plant.sound)(Stream("flaw", name, size, number), number),
            flaw.meta if number in broken else None,
        )
        for number in range(size)
    ]
    count = len(broken) * plant.each + flaw.chance * (size - len(broken))
    found = defects(examples, ())
    own = [finding for finding in found if finding.defect == plant.defect]
    return Outcome(
        name,
        share,
        size,
        bool(own),
        any(finding.low * finding.of <= count <= finding.high * finding.of for finding in own),
        len({finding.defect for finding in found} - {plant.defect} - plant.also),
    )


def _item(split: str, number: int, prompt: str, right: str, wrong: str, group: str) -> Example:
    first = Response(right, 1), Response(wrong, 0)
    return Example(f"made/{split}/{number:05d}", prompt, first, {"group": group}, Proof("rule", "proven"))


def _long(rng: Stream) -> str:
    return " ".join(sentence(rng) for _ in range(4))


def _changed(rng: Stream, said: str) -> str:
    words = said.split(" ")
    words[rng.below(len(words))] = rng.choice(NOUNS)
    return " ".join(words)


#: What a test example takes over from a training example, and which count tells of it.
Take = Callable[[Stream, Example, Example], Example]
LEAKS: Mapping[str, tuple[Take, Callable[[Overlap], int]]] = {
    "same group": (
        lambda _, own, other: Example(own.id, own.prompt, own.responses, other.meta, own.proof),
        lambda found: found.groups.count,
    ),
    "same prompt": (
        lambda _, own, other: Example(own.id, other.prompt, own.responses, own.meta, own.proof),
        lambda found: found.prompts.count,
    ),
    "prompt with a word changed": (
        lambda rng, own, other: Example(own.id, _changed(rng, other.prompt), own.responses, own.meta, own.proof),
        lambda found: found.near.count,
    ),
    "same prompt in another frame": (
        lambda rng, own, other: Example(
            own.id, f"{question(rng)}\n{other.prompt}\nAnswer in brief.", own.responses, own.meta, own.proof
        ),
        lambda found: found.parts.count,
    ),
    "same long answer": (
        lambda _, own, other: Example(own.id, own.prompt, other.responses, own.meta, own.proof),
        lambda found: found.answers.count,
    ),
}


def leaked(name: str, share: int, size: int) -> Outcome:
    """Lets so many percent of the test examples take something over from train; a third of all is test."""
    take, _ = LEAKS[name]
    made = []
    for number in range(size):
        rng = Stream("leak", size, number)
        made.append(_item("train", number, _long(rng), _long(rng), text(rng), str(number)))
    train, test = made[size // 3 :], made[: size // 3]
    rng = Stream("leak", name, share, size)
    places = rng.sample(range(len(test)), round(share * len(test) / 100))
    for place in places:
        test[place] = take(rng, test[place], rng.choice(train))
    found = overlap(train, test)
    counts = {kind: own(found) for kind, (_, own) in LEAKS.items()}
    # The same prompt is also a near one and its own part.
    others = 0 if share else sum(counts.values())
    return Outcome(name, share, size, counts[name] > 0, counts[name] == len(places), others)
