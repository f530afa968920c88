"""The study of planted cues: what it plants is there; strong plants are found, and clean data stay clean."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from statistics import median

import pytest

from schemas import ShiftworksError
from tests.studies.flaws import leaked, tried
from tests.studies.kinds import BAD, GOOD, KINDS, POINTERS, REFUSALS, SORRY, TOPICS
from tests.studies.learnable import LEARNERS, READS, attained, calibrated
from tests.studies.planted_cues import NONE, learned, trial
from tests.studies.plantings import pair_accuracy, planted
from tests.studies.records import Calibrated, Outcome, Trial
from tests.studies.report import report

#: How strong the responses are, from a prompt and the responses in the file's order.
Read = Callable[[str, Sequence[str]], list[float]]


def each(strength: Callable[[str], float]) -> Read:
    return lambda _, texts: [float(strength(text)) for text in texts]


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def alike(_: str, texts: Sequence[str]) -> list[float]:
    return [sum(len(words(a) & words(b)) / len(words(a) | words(b)) for b in texts if a is not b) for a in texts]


def last(text: str) -> float:
    return float(re.findall(r"\d+", text)[-1])


def middle(_: str, texts: Sequence[str]) -> list[float]:
    return [-abs(last(text) - median(map(last, texts))) for text in texts]


def usual(_: str, texts: Sequence[str]) -> list[float]:
    rows = [text.split() for text in texts]
    return [float(sum(row[i] == other[i] for other in rows for i in range(3))) for row in rows]


READ: Mapping[str, Read] = {
    "length in characters": each(len),
    "length in tokens": each(lambda text: len(re.findall(r"[A-Za-z]+|\d|[^\w\s]", text))),
    "position in the file": lambda _, texts: [-float(place) for place in range(len(texts))],
    "prompt overlap": lambda asked, texts: [len(words(asked) & words(text)) / len(words(text)) for text in texts],
    "named in the prompt": lambda asked, texts: [float(text in asked) for text in texts],
    "digits": each(lambda text: sum(map(str.isdigit, text))),
    "punctuation": each(lambda text: sum(not (sign.isalnum() or sign.isspace()) for sign in text) / len(text)),
    "casing: capitals": each(lambda text: sum(map(str.isupper, text)) / len(text)),
    "casing: first letter": each(lambda text: text[0].isupper()),
    "newlines": each(lambda text: text.count("\n")),
    "formatting": each(lambda text: text.count("**") + text.count("`") + len(re.findall("^- ", text, re.MULTILINE))),
    "comments of code": each(lambda text: text.count("#")),
    "parse errors of code": each(parses),
    "first token": each(lambda text: text.startswith("Certainly,")),
    "negation": each(lambda text: bool(re.search(r"\b(?:not?|never|none|don't|nothing)\b", text, re.IGNORECASE))),
    "refusal": each(lambda text: text.startswith(REFUSALS)),
    "apology": each(lambda text: text.startswith(SORRY)),
    "largest number": each(last),
    "middle number": middle,
    "most similar": alike,
    "least similar": lambda asked, texts: [-share for share in alike(asked, texts)],
    "majority attributes": usual,
    "single token": each(lambda text: "truly" in text),
    "constant answer": each(lambda text: text == "It depends on the weather."),
    "lexicon": each(
        lambda text: sum(word in GOOD for word in text.split()) - sum(word in BAD for word in text.split())
    ),
    "character runs": each(lambda text: bool(re.search(r"\w+ish\b", text))),
    "prompt tells the place": lambda asked, texts: [
        float(sum(word in POINTERS[place] for word in asked.split())) for place in range(len(texts))
    ],
    "prompt tells the answer": lambda asked, texts: [
        float(sum(word in TOPICS[text] for word in asked.split())) for text in texts
    ],
}


def accuracy(name: str, wanted: Fraction, size: int, wrong: int) -> float:
    examples = planted(KINDS[name], wanted, size, wrong, "test")
    return pair_accuracy(examples, [READ[name](e.prompt, [r.text for r in e.responses]) for e in examples])


@pytest.mark.parametrize("name", KINDS)
def test_a_cue_is_planted_at_the_stated_accuracy(name: str) -> None:
    kind = KINDS[name]
    for wrong in range(kind.fewest, kind.most + 1):
        assert accuracy(name, Fraction(1), 30, wrong) == 1
    # Four standard errors of a share of 400.
    assert accuracy(name, NONE, 400, kind.fewest) == pytest.approx(0.5, abs=0.1)
    assert accuracy(name, Fraction(4, 5), 400, kind.fewest) == pytest.approx(0.8, abs=0.08)


@pytest.mark.parametrize("name", ["length in characters", "single token", "majority attributes"])
def test_where_nothing_is_planted_any_response_is_as_likely_right(name: str) -> None:
    examples = planted(KINDS[name], NONE, 600, 2, "test")
    strongest = 0
    for example in examples:
        strength = READ[name](example.prompt, [response.text for response in example.responses])
        strongest += strength[example.gold] == max(strength)
    # Four standard errors about a third.
    assert strongest / 600 == pytest.approx(1 / 3, abs=0.077)


@pytest.mark.parametrize("name", KINDS)
def test_a_full_plant_is_found(name: str) -> None:
    assert trial(name, Fraction(1), 100, 0).own


def test_clean_sets_are_rarely_flagged() -> None:
    found = [trial(name, NONE, 100, number) for name in list(KINDS)[::6] for number in (0, 4)]
    # Of ten at 5 % each, three or more would be a surprise of one in ninety.
    assert len(found) == 10
    assert sum(bool(each.kinds) for each in found) <= 2


def test_the_same_key_gives_the_same_data_and_another_other() -> None:
    kind = KINDS["length in characters"]
    one, again, other = (planted(kind, NONE, 5, 1, key) for key in (0, 0, 1))
    assert one == again != other


@pytest.mark.parametrize("name", READS)
def test_a_learner_attains_more_of_a_stronger_cue_and_nothing_where_there_is_none(name: str) -> None:
    none, some, full = (attained(name, Fraction(hundredths, 100), 100, "test", 4) for hundredths in (50, 80, 100))
    for number in range(len(LEARNERS)):
        # Four standard errors of the mean over four data sets of 400, in each of which training adds as much again.
        assert none[number] == pytest.approx(0.5, abs=0.07)
        assert none[number] < some[number] < full[number] <= 1


def test_the_strength_of_a_cue_is_the_one_at_which_it_is_learned() -> None:
    default, penalized = calibrated("prompt tells the answer", Fraction(60, 100), 100, 6)
    assert (default.learner, penalized.learner) == tuple(LEARNERS)
    # Neither gets along with a cue of the accuracy that it shall attain.
    assert min(default.strength, penalized.strength) > Fraction(60, 100)
    # Four standard errors of the mean over six data sets of 400, and of the curve's.
    assert default.anew == pytest.approx(0.6, abs=0.06)
    assert penalized.anew == pytest.approx(0.6, abs=0.06)
    made = next(learned(default))
    assert (made.kind, made.accuracy, made.size, made.learner) == (default.kind, default.accuracy, 100, "default")


def test_what_cannot_be_learned_is_refused() -> None:
    with pytest.raises(
        ShiftworksError, match=r"prompt tells the place, 10 examples: 0\.6 lies beyond the strengths tried"
    ):
        calibrated("prompt tells the place", Fraction(60, 100), 10, 4)


@pytest.mark.parametrize("share", [0, 5])
def test_defects_are_counted(share: int) -> None:
    for outcome in (tried("empty right", share, 120), leaked("prompt with a word changed", share, 120)):
        assert (outcome.found, outcome.others) == (share > 0, 0)
        assert outcome.counted or not share


def test_the_page_gives_shares_with_exact_intervals_and_names_what_falls_short() -> None:
    hard = Fraction(65, 100)
    trials = [Trial("digits", hard, 250, 1, True, frozenset({"rule"}))] * 8
    trials += [Trial("lexicon", hard, 250, 1, n > 1, frozenset({"probe"})) for n in range(10)]
    trials += [Trial("lexicon", hard, 250, 1, n > 4, frozenset({"probe"}), "default") for n in range(10)]
    strengths = [Calibrated("lexicon", hard, 250, "default", Fraction(727, 1000), 0.6512)]
    trials += [Trial("digits", NONE, 250, 1, False, frozenset({"token"} if n == 0 else ())) for n in range(100)]
    outcomes = [Outcome("nan", 1, 250, False, False, 0), Outcome("nan", 0, 250, False, True, 0)]
    page = report(trials, strengths, outcomes, 3.2)
    # Clopper and Pearson for 8 of 10 and for 1 of 100, from printed tables.
    assert "| 0.65 | 250 | the same: what one attains who knows the cue | 10 | 0.800 [0.444, 0.975] |" in page
    assert "| cues that a probe learns (list 2): what `C=1` attains | 10 | 0.500 [0.187, 0.813] |" in page
    # All kinds count a cue that must be learned once, by what a learner attains: 8 and 5 of 18.
    assert "| 0.65 | 250 | all kinds, as the next two rows | 18 | 0.722 [0.465, 0.903] |" in page
    assert "| lexicon | 0.65 | 250 | `C=1` | 0.727 | 0.651 | 5/10 |" in page
    assert "| 0.65 | 250 | 1.000 [0.631, 1.000] | 0.800 [0.444, 0.975] |" in page
    assert "| all | 100 | 0.010 [0.000, 0.054] |" in page
    assert "lexicon (5 of 10 at 0.65 with 250)" in page
    assert "Not found: nan at 1 %" in page
