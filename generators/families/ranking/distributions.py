"""The ranking distributions: three things (easy), four to seven, and five to eight (hard)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from generators.core import Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.prompts import instruction
from generators.families.ranking.counting import count_orders
from generators.families.ranking.puzzles import EASY_KINDS, Form, draw_puzzle
from generators.families.ranking.reading import read_puzzle
from generators.families.ranking.subjects import SUBJECTS
from generators.families.ranking.wording import listings, phrasebook

TEXTS = (
    "Use the clues to answer the question at the end. Give one of the listed names or symbols and nothing more.",
    "The clues below say how some things compare. Answer the question after them with a single name or symbol.",
    "Put the listed ones in order as far as the clues allow, then answer with just the one that is asked for.",
    "Read the clues and decide who or what holds the place in question. Reply with that name or symbol only.",
)


@dataclass(frozen=True, slots=True)
class Things:
    """What an example is about.

    Attributes:
        subject: The subject's number.
        names: The things, sorted.
    """

    subject: int
    names: tuple[str, ...]


def item_of(subject: int, names: Iterable[str]) -> Item:
    """Some things of a subject as an item; no two examples of a distribution are about the same ones."""
    things = Things(subject, tuple(sorted(names)))
    group = f"{SUBJECTS[subject].noun}: {' '.join(things.names)}"
    return Item(group, group, things)


class Ranking:
    """Puzzles of one form.

    Args:
        form: What the puzzles are like.
    """

    def __init__(self, form: Form) -> None:
        self.form = form

    def write(self, item: Things, rng: Stream) -> Draft:
        """A listing, clues that settle the asked place, and the question; the candidates are things as listed."""
        things, count = rng.shuffled(item.names), len(item.names)
        puzzle = draw_puzzle(count, self.form, rng)
        book = phrasebook(item.subject, count)
        lines = [f"{rng.choice(listings(item.subject))}: {', '.join(rng.shuffled(things))}."]
        for clue in puzzle.clues:
            form = rng.choice(book.clues[clue.kind, clue.places])
            lines.append(form.format(*(things[thing] for thing in clue.things)))
        lines.append(rng.choice(book.questions[puzzle.asked]))
        prompt = instruction(rng.choice(TEXTS), "\n".join(lines))
        return Draft(prompt, things[puzzle.asked], [things[thing] for thing in puzzle.wrong])

    def prove(self, question: Question) -> Verdict:
        """The orders that the printed clues allow are counted; one candidate must stand in the asked place in all."""
        printed = read_puzzle(question.prompt)
        numbers = count_orders(printed.clues, len(printed.things), printed.asked)
        orders = sum(numbers)
        settled = {thing for thing, number in zip(printed.things, numbers, strict=True) if number == orders > 0}
        right = [i for i, text in enumerate(question.texts) if text in settled]
        return Verdict(
            sole(right, "stand in the asked place in every order that the clues allow"),
            "enumerated",
            detail={"orders": orders, "clues": len(printed.clues)},
        )


class DrawnRanking(Ranking):
    """Puzzles whose things are drawn."""

    def draw(self, rng: Stream) -> Item:
        """A subject and some of its things."""
        number = rng.below(len(SUBJECTS))
        return item_of(number, rng.sample(SUBJECTS[number].things, rng.between(*self.form.things)))


@distribution("ranking_logic_easy", version=2)
class RankingLogicEasy(Ranking):
    """Three things and clues about them; which one stands in a given place? All three are offered.

    Clues compare two things or say where one stands or does not stand. Counting wins and losses ranks .915 of all pairs
    right, which is what makes it easy; how often a thing is named says nothing. No two examples are about the same
    three things: twelve subjects with thirty things each allow 48,720 examples, a third of them for test, and a build
    stops there.
    """

    def __init__(self) -> None:
        super().__init__(Form((3, 3), kinds=EASY_KINDS))

    def items(self) -> Sequence[Item]:
        """All threes of things of one subject."""
        return [
            item_of(number, names)
            for number, subject in enumerate(SUBJECTS)
            for names in combinations(subject.things, 3)
        ]


@distribution("ranking_logic", version=2)
class RankingLogic(DrawnRanking):
    """Four to seven things and clues about them; which one stands in a given place, neither first nor last?

    Clues compare two things (also negated), put three in a chain, place one between two others or not between them, or
    limit a thing's place; one to three clues are redundant. No clue rules out any of the four candidates by itself, so
    that eliminating by position ranks exactly half of all pairs right. Counting does not help either. On 2,000 test
    examples the place by wins less losses ranks .501 of all pairs right, wins less losses towards the asked end .499,
    being named most often .501, named first .500, named last .497, standing between others .505 (one standard error is
    .006 to .008).
    """

    def __init__(self) -> None:
        super().__init__(Form((4, 7)))


@distribution("ranking_logic_hard", version=2)
class RankingLogicHard(DrawnRanking):
    """Five to eight things and clues about them; which one stands in a given place, neither first nor last?

    Clues and candidates are as in ranking_logic, and no clue rules out a candidate by itself. On 2,000 test examples
    the place by wins less losses ranks .511 of all pairs right, wins less losses towards the asked end .506, being
    named most often .494, named first .498, named last .491, standing between others .497 (one standard error is .006
    to .008).
    """

    def __init__(self) -> None:
        super().__init__(Form((5, 8)))
