"""The deck: places are dealt so that nothing seen at a glance speaks for right programs."""

from __future__ import annotations

from collections import Counter

import pytest

from generators.core import split_of
from generators.families.code.bugs.edits import apart
from generators.families.code.marks import RUN, leaning, marks, measures
from generators.families.code.places import LEEWAY, NUMBER, USES, Place, dealt, leaning_of, tier_of
from schemas import SPLITS, Split


@pytest.mark.parametrize("split", SPLITS)
def test_what_is_seen_at_a_glance_says_nothing(split: Split) -> None:
    """Every word and every measure speaks for the right program as often as against it, but for the leeway."""
    balance: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    for place in dealt("easy", split):
        for bug in place.bugs:
            for mark, weight in leaning_of(place.problem, place.number, bug).items():
                balance[mark] += weight
                telling[mark] += abs(weight)
    assert all(abs(balance[mark]) <= LEEWAY for mark in balance if len(mark) > RUN)
    assert {"more characters", "more lines", "more words", "word +"} <= set(telling)
    assert telling["more characters"] > 10 * LEEWAY
    common = [mark for mark in telling if telling[mark] >= 100]
    assert max(abs(balance[mark]) / telling[mark] for mark in common) < 0.6


@pytest.mark.parametrize("split", SPLITS)
def test_places_suffice_and_are_spread(split: Split) -> None:
    places = dealt("easy", split)
    assert len(places) >= {"train": 600, "test": 250}[split]
    assert len(places) <= NUMBER[split]
    assert len({place.key for place in places}) == len(places)
    uses: Counter[str] = Counter()
    for place in places:
        assert split_of(place.problem) == split
        assert tier_of(place.problem, place.number) == "easy"
        assert apart(*(bug.edit for bug in place.bugs))
        uses.update(bug.text for bug in place.bugs)
    assert max(uses.values()) <= USES
    kinds = Counter(bug.kind for place in places for bug in place.bugs)
    assert len(kinds) >= 15
    assert max(kinds.values()) < 0.25 * kinds.total()


def test_a_place_gives_its_bugs_one_by_one() -> None:
    place: Place = dealt("easy", "test")[0]
    assert [planted.bug for planted in place.planted] == [*place.bugs]
    assert all(planted.source == place.source for planted in place.planted)


def test_marks_and_measures_of_a_program() -> None:
    assert {"word f", "word (", "f()", "1"} - marks("f() + 1") == {"1"}
    assert measures("def f(A):\n    return 10", "Write f.") == {
        "characters": 23,
        "lines": 1,
        "words": 8,
        "digits": 2,
        "length of words": 10**6 * 16 // 8,
        "space": 10**6 * 7 // 23,
        "signs": 10**6 * 3 // 23,
        "capitals": 10**6 // 23,
        "variety": 10**6,
        "words of the statement": 10**6 // 5,
        "last number": 10,
    }


def test_leaning_turns_round_with_the_programs() -> None:
    right, wrong, statement = "def f(a):\n    return a", "def f(a):\n    return a + 1", "Write f."
    one, other = leaning(right, wrong, statement), leaning(wrong, right, statement)
    assert one == {mark: -weight for mark, weight in other.items()}
    assert one["word +"] == one["more characters"] == one["a +"] == -1
    assert "word f" not in one
    assert leaning(right, right, statement) == {}
