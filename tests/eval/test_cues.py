"""Cues that a rule can read: what each gives texts that were read by eye."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.audit.cues import cues
from eval.audit.cues.prompt import occurrences
from tests.eval.tables import table

#: Cue, prompt, responses from the one that it scores highest to the one that it scores lowest.
DESCENDING: list[tuple[str, str, list[str]]] = [
    ("longest", "", ["abcd", "abc", ""]),
    ("most_words", "", ["a b c", "internationalization of", "x"]),
    ("most_lines", "", ["a\nb\n", "a\nb", "a b c"]),
    ("longest_words", "", ["enormous", "two big", "a b c"]),
    ("first", "", ["x", "y", "z"]),
    ("most_digits", "", ["12 and 34", "1 and 2", "one"]),
    ("most_punctuation", "", ["a, b; c!", "well, no", "nothing at all"]),
    ("most_capitals", "", ["NASA", "Paris is", "paris"]),
    ("capital_start", "", ["Yes", "yes"]),
    ("most_formatting", "", ["**a**\n- b\n- c", "- b", "a b c"]),
    ("full_stop", "", ["It is.", "It is"]),
    ("foreign_signs", "", ["año", "un año entero", "year"]),
    ("most_spaces", "", ["a   b", "a b", "ab"]),
    ("edge_spaces", "", [" a  ", " a", "a"]),
    ("negation", "", ["no, not ever; I don't", "It is not so", "It is so"]),
    ("refusal", "", ["I'm unable to; it is illegal", "I cannot do that", "Here you are"]),
    ("apology", "", ["Sorry, my mistake", "I apologize", "No"]),
    ("hedging", "", ["Perhaps, or maybe not", "It might rain", "It rains"]),
    ("least_repetition", "", ["a b c", "a b a", "a a a"]),
    ("named_in_prompt", "red, red or blue?", ["red", "blue", "green"]),
    ("prompt_overlap", "which is a red bird", ["a red bird", "a red car", "my new car"]),
    ("largest_number", "", ["about 1,200", "12.5", "-3"]),
    ("middle_number", "", ["7", "5", "90"]),
    ("middle_of_prompt", "Row 90: from 10 to 1,000 by way of 20 and 21", ["It is 20", "19.5", "30 or 22.5", "900"]),
    ("most_similar", "", ["a red car", "a red bus now", "a old man"]),
    ("majority_attributes", "", ["red big circle", "red big square", "blue small circle"]),
    (
        "most_comments",
        "",
        ["def f():\n    # why\n    return 1  # so", "def f():\n    return 1  # so", "def f():\n    return 1"],
    ),
    ("parses", "", ["def f():\n    return 1", "def f()\n    return 1"]),
]


@pytest.mark.parametrize(("name", "prompt", "texts"), DESCENDING, ids=[row[0] for row in DESCENDING])
def test_a_cue_orders_responses_as_a_reader_would(name: str, prompt: str, texts: list[str]) -> None:
    scores = cues()[name].score(table((prompt, texts, 0))).tolist()
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_every_cue_is_read_by_eye_above() -> None:
    assert {name for name, _, _ in DESCENDING} == set(cues())


@pytest.mark.parametrize(
    ("prompt", "text", "count"),
    [("a cat, a cat", "cat", 2), ("concatenate", "cat", 0), ("cats", "cat", 0), ("🔵 > 🔴🔵", "🔵", 2), ("x", "", 0)],
)
def test_a_text_is_named_only_as_whole_words(prompt: str, text: str, count: int) -> None:
    assert occurrences(text, prompt) == count


def test_figures_are_those_counted_by_hand() -> None:
    made = table(("ab.", ["ab", "a", "abc"], 2), ("ab.", ["ab", "ab", "a"], 0), ("ab.", ["abcd", "a", "ab"], 1))
    accuracy = {name: made.outcomes(cue.score(made)).mean() for name, cue in cues().items()}
    # Pairs: 2 + 2 + 2. Longest wins both of the first, ties one and wins one of the second, loses both of the third.
    assert accuracy["longest"] == 3.5 / 6
    assert accuracy["first"] == 3 / 6
    # "ab" alone stands in the prompt: one loss and a tie, a tie and a win, a tie and a loss.
    assert accuracy["named_in_prompt"] == (0 + 0.5 + 0.5 + 1 + 0.5 + 0) / 6
    # The right one is the longest of the first and shares the top of the second.
    assert made.listwise(cues()["longest"].score(made)) == pytest.approx((1 + 0.5 + 0) / 3)


def test_what_cannot_be_read_ties() -> None:
    made = table(("", ["no number", "7"], 0), ("", ["plain text", "def f(:\n    return"], 0))
    for name in ("largest_number", "middle_of_prompt", "parses", "most_comments"):
        assert made.outcomes(cues()[name].score(made)).tolist() == [0.5, 0.5]


@given(st.lists(st.lists(st.text(max_size=60), min_size=2, max_size=4), min_size=1, max_size=4), st.text(max_size=80))
def test_no_text_stops_a_cue(responses: list[list[str]], prompt: str) -> None:
    made = table(*((prompt, texts, 0) for texts in responses))
    for cue in cues().values():
        scores = cue.score(made)
        assert len(scores) == len(made.texts)
        assert not any(math.isinf(score) for score in scores.tolist())
        assert set(made.outcomes(scores).tolist()) <= {0.0, 0.5, 1.0}
