"""Raven matrices: nothing but the rules says which candidate is right, value by value and as the audit reads texts.

A cue on values scores every value offered, property by property; the highest is picked and ties are split. The examples
are always the same, so a cue that fails was brought in by a change; three standard deviations leave room for that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from eval.audit.cues import cues
from eval.audit.table import Table
from generators.families.raven import decks
from generators.families.raven.decks import COLOUR, NUMBER, POSITION, SIZE, TYPE, Column, Property
from schemas import Example
from tests.generators.families.test_raven import CANDIDATES, cells, example, read, rows

#: The size at which cues are judged.
EXAMPLES = 2000
PROPERTIES = (TYPE, SIZE, COLOUR, NUMBER[4], NUMBER[9], POSITION[4], POSITION[9])


@cache
def sample(name: str) -> tuple[Example, ...]:
    """Enough examples to judge cues."""
    return tuple(example(name, 0, number) for number in range(EXAMPLES))


class Offer(NamedTuple):
    """One property's eight printed values, the values offered, and the right one of these."""

    printed: Sequence[int]
    offered: Sequence[int]
    right: int


@cache
def offers(name: str) -> tuple[Offer, ...]:
    """The properties in which candidates differ, over the sample; sets of places are measured by their number."""
    return tuple(offer for made in sample(name) for offer in _offers(name, made))


def _offers(name: str, made: Example) -> Iterator[Offer]:
    texts = [response.text for response in made.responses]
    if name == "raven_easy":
        printed = [int(number) for row in rows(made) for number in re.findall(r"\d+", row)]
        yield Offer(printed, sorted(map(int, texts)), int(texts[made.gold]))
        return
    columns = [
        [value for part in read(text) for value in (part.taken.bit_count(), *part.values)] for text in cells(made)
    ]
    answers = [[value for part in read(text) for value in (part.taken.bit_count(), *part.values)] for text in texts]
    for place, right in enumerate(answers[made.gold]):
        column = [values[place] for values in columns]
        offered = {values[place] for values in answers}
        known = [value for value in column if value is not None]
        values = [value for value in offered if value is not None]
        if len(offered) == 2 and len(values) == 2 and len(known) == 8 and right is not None:
            yield Offer(known, sorted(values), right)


#: A cue's score of a value.
Score = Callable[[int, Offer], float]


def _near(place: int) -> Score:
    return lambda value, offer: -abs(value - offer.printed[place])


CUES: dict[str, Score] = {
    "largest": lambda value, _: value,
    "smallest": lambda value, _: -value,
    "middle": lambda value, offer: -abs(2 * offer.offered.index(value) - len(offer.offered) + 1),
    "stands in the matrix": lambda value, offer: value in offer.printed,
    "most frequent": lambda value, offer: offer.printed.count(value),
    "closest to the mean": lambda value, offer: -abs(8 * value - sum(offer.printed)),
    "closest to the last cell": _near(7),
    "closest to the first of its row": _near(6),
    "closest to the cell above": _near(5),
    "closest to the top of its column": _near(2),
    "odd one out": lambda value, offer: sum(abs(value - other) for other in offer.offered),
    "even": lambda value, _: value % 2 == 0,
}

#: Copying a neighbour is what constant rows and columns of numbers ask for.
ASKED_FOR = {("raven_easy", cue) for cue in CUES if cue.startswith("closest to the") and "mean" not in cue}


@pytest.mark.parametrize(("name", "cue"), [(name, cue) for name in CANDIDATES for cue in CUES])
def test_no_cue_on_values_gives_the_answer_away(name: str, cue: str) -> None:
    picks = [_picked(offer, CUES[cue]) for offer in offers(name)]
    chance = 1 / len(offers(name)[0].offered)
    room = 3 * (chance * (1 - chance) / len(picks)) ** 0.5 + (0.06 if (name, cue) in ASKED_FOR else 0)
    assert abs(sum(picks) / len(picks) - chance) < room, sum(picks) / len(picks)


def _picked(offer: Offer, score: Score) -> float:
    """How far a cue picks the right value."""
    scores = {value: score(value, offer) for value in offer.offered}
    best = [value for value in offer.offered if scores[value] == max(scores.values())]
    return (offer.right in best) / len(best)


@pytest.mark.parametrize("name", CANDIDATES)
def test_no_cue_on_texts_gives_the_answer_away(name: str) -> None:
    """All cues of the audit that a rule can read, on pairs; those of one example are not independent."""
    table = Table.of(sample(name))
    for cue in cues().values():
        scores = np.asarray(cue.score(table))
        apart = np.nan_to_num(np.sign(scores[table.gold] - scores[table.wrong]) / 2)
        deviation = float(np.sqrt((np.bincount(table.pair_groups, weights=apart) ** 2).sum()))
        assert abs(apart.sum()) <= 3.5 * deviation, cue.name


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_position_of_the_right_answer_is_spread(name: str) -> None:
    places = Counter(made.gold for made in sample(name))
    share = EXAMPLES / CANDIDATES[name]
    assert all(abs(places[i] - share) < 5 * share**0.5 for i in range(CANDIDATES[name]))


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_words_of_a_response_do_not_tell(name: str) -> None:
    """Every number is right in its share of the questions that offer it, up to chance."""
    offered, right = Counter[str](), Counter[str]()
    for made in sample(name):
        for response in made.responses:
            words = set(re.findall(r"\d+", response.text))
            offered.update(words)
            right.update(words if response.label else ())
    often = [word for word, count in offered.items() if count >= 50]
    assert len(often) > 10
    for word in often:
        share = offered[word] / CANDIDATES[name]
        assert abs(right[word] - share) < 5 * share**0.5


@pytest.mark.parametrize("of", PROPERTIES, ids=lambda of: f"{of.name}-{len(of.values)}")
def test_values_are_right_as_often_as_wrong_in_every_deck(of: Property) -> None:
    for deck in (decks.still(of), decks.moving(of, 0), decks.moving(of, 7)):
        assert len(deck) == of.deck
        pairs = Counter((each.right, each.wrong) for each in deck)
        assert all(pairs[right, wrong] == pairs[wrong, right] for right, wrong in pairs)


@pytest.mark.parametrize("of", PROPERTIES, ids=lambda of: f"{of.name}-{len(of.values)}")
def test_decks_lean_no_way(of: Property) -> None:
    """Alone, or seven columns that change beside one that stays the same; few values leave a little more."""
    assert _lean(of, [(decks.moving(of, 0), 1)]) < (0.35 if of is TYPE else 0.15)
    assert _lean(of, [(decks.moving(of, 7), 7), (decks.still(of), 1)]) < (0.25 if of is TYPE else 0.15)


def _lean(of: Property, mixture: Sequence[tuple[Sequence[Column], int]]) -> float:
    """The largest mean leaning of decks mixed in some proportion."""
    means = [
        (np.mean([np.sign(decks.leanings(of, each)) for each in deck], axis=0), weight) for deck, weight in mixture
    ]
    mixed = sum(mean * weight for mean, weight in means) / sum(weight for _, weight in means)
    return float(np.abs(mixed).max())


@pytest.mark.parametrize("of", PROPERTIES, ids=lambda of: f"{of.name}-{len(of.values)}")
def test_columns_obey_their_rules(of: Property) -> None:
    """Every row is checked against what the rule's name says, independently of the makers of columns."""
    for each in (*decks.still(of), *decks.moving(of, 7)):
        full = (*each.cells, each.right)
        lines = [full[i : i + 3] for i in (0, 3, 6)]
        assert set(full) <= set(of.values)
        if each.rule == "constant":
            assert all(a == b == c for a, b, c in lines)
        elif each.rule == "three values":
            assert len({frozenset(line) for line in lines}) == 1
            assert all(len(set(line)) == 3 for line in (*lines, *zip(*lines, strict=True)))
        elif each.rule == "arithmetic":
            together = all(a | b == c if of.places else a + b == c for a, b, c in lines)
            without = all(a & ~b == c if of.places else a - b == c for a, b, c in lines)
            assert together or without
        else:
            assert any(
                all(of.step(a, step) == b and of.step(b, step) == c for a, b, c in lines) for step in (-2, -1, 1, 2)
            )
