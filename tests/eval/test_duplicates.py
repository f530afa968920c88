"""Near duplicates: those that are there are found, none is named that is not, and neither order nor size matters."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.audit.duplicates import matches, near_duplicates
from eval.audit.minhash import HASHES, Sketches, width
from eval.audit.shingles import SIZE, Template, jaccard, normal, shingle_set
from schemas import ShiftworksError

NOTHING = Template.of([])
FRAME = "The following is a request to an assistant. Write a response.\n\n### Instruction:\n{}\n\n### Response:\n"
LETTERS = np.random.default_rng(0).choice(list("abcdefghijklmnopqrstuvwxyz"), size=(999, 9))
WORDS = ["".join(letters[: 2 + number % 8]) for number, letters in enumerate(LETTERS)]


def shingles(text: str) -> set[str]:
    """The shingles of a text, by the definition."""
    text = normal(text)
    return {text[place : place + SIZE] for place in range(max(1, len(text) - SIZE + 1))}


def exact(one: str, other: str) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def prose(rng: np.random.Generator, words: int) -> str:
    return " ".join(rng.choice(WORDS, size=words))


def changed(rng: np.random.Generator, text: str, words: int) -> str:
    """A text with some words replaced."""
    parts = text.split()
    for place in rng.choice(len(parts), size=words, replace=False):
        parts[place] = str(rng.choice(WORDS))
    return " ".join(parts)


@pytest.mark.parametrize(
    "text", ["", "a", "four", "fives", "some  MORE\ntext", "naïve 日本語テキスト 🔵🔴", "\0\0", "\ud800 odd"]
)
def test_shingles_are_five_neighbouring_characters(text: str) -> None:
    assert len(shingle_set(normal(text), NOTHING)) == len(shingles(text))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc 🔵", max_size=40), st.text(alphabet="abc 🔵", max_size=40))
def test_the_jaccard_is_that_of_the_definition(one: str, other: str) -> None:
    sets = [shingle_set(normal(text), NOTHING) for text in (one, other)]
    assert jaccard(*sets) == pytest.approx(exact(one, other))


@pytest.mark.parametrize(("words", "edits", "least"), [(90, 2, 400), (90, 4, 400), (30, 1, 350), (12, 1, 30)])
def test_planted_near_duplicates_are_found_and_every_pair_named_is_one(words: int, edits: int, least: int) -> None:
    rng = np.random.default_rng(words)
    originals = [prose(rng, words) for _ in range(400)]
    copies = [changed(rng, text, edits) for text in originals]
    texts = originals + copies
    found = near_duplicates(texts)
    member = {number: place for place, cluster in enumerate(found.clusters) for number in cluster}
    planted = [n for n in range(400) if exact(originals[n], copies[n]) >= 0.82]
    together = [n for n in planted if n in member and member[n] == member.get(400 + n)]
    assert len(planted) >= least
    assert len(together) >= 0.99 * len(planted)
    for pair in (pair for pairs in found.pairs for pair in pairs):
        assert pair.jaccard == pytest.approx(exact(texts[pair.first], texts[pair.second]))
        assert pair.jaccard >= 0.8
    matched = matches(originals, copies)
    assert sum(matched[n] is not None for n in planted) >= 0.99 * len(planted)
    for each in filter(None, matched):
        assert each.jaccard == pytest.approx(exact(originals[each.first], copies[each.second]))
        assert each.jaccard >= 0.8


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="ab ", max_size=9), max_size=9), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_short_and_odd_texts_are_judged_exactly(texts: list[str], threshold: float) -> None:
    found = near_duplicates(texts, threshold=threshold)
    for pairs, cluster in zip(found.pairs, found.clusters, strict=True):
        assert len(pairs) == len(cluster) - 1
        assert {number for pair in pairs for number in (pair.first, pair.second)} == set(cluster)
        assert all(exact(texts[p.first], texts[p.second]) >= threshold for p in pairs)
    equal = {normal(text) for text in texts if sum(normal(text) == normal(other) for other in texts) > 1}
    assert {number for number, text in enumerate(texts) if normal(text) in equal} <= {
        number for cluster in found.clusters for number in cluster
    }


def test_a_frame_that_all_share_makes_no_duplicates() -> None:
    rng = np.random.default_rng(1)
    texts = [FRAME.format(prose(rng, 12)) for _ in range(60)]
    assert exact(texts[0], texts[1]) > 0.3
    assert near_duplicates(texts, threshold=0.3).clusters == ()
    twin = texts[0].replace("The following", "Here")
    assert near_duplicates([*texts, twin], threshold=0.8).clusters == ((0, 60),)


def test_a_question_is_found_again_in_another_frame() -> None:
    rng = np.random.default_rng(2)
    questions = [prose(rng, 9) for _ in range(60)]
    asked = [f"Please answer the following question as well as you can.\nQ: {q}\nA:" for q in questions[40:]]
    found = matches([FRAME.format(q) for q in questions[:50]], asked)
    assert [pair and pair.first for pair in found] == [*range(40, 50), *[None] * 10]


def test_texts_of_few_lines_in_many_orders_differ_by_these_lines() -> None:
    rng = np.random.default_rng(3)
    facts = [f"{a} is heavier than {b}." for a in "🔵🔴🔶⬛" for b in "🔵🔴🔶⬛" if a != b]
    texts = ["\n".join(rng.choice(facts, size=4, replace=False)) for _ in range(80)]
    template = Template.of(texts)
    assert template.lines == frozenset()
    assert all(normal(fact) in template.rest("\n".join(facts)) for fact in facts)


def test_texts_that_are_nothing_but_template_compare_as_a_whole() -> None:
    texts = ["yes", "no", *(f"yes {n} no" for n in range(30))]
    found = near_duplicates([*texts, "yes"])
    assert found.clusters == ((0, 32),)


def test_what_is_found_does_not_depend_on_the_order() -> None:
    rng = np.random.default_rng(4)
    texts = [prose(rng, 20) for _ in range(150)]
    texts += [changed(rng, text, 1) for text in texts] + texts[:20]
    order = rng.permutation(len(texts))
    whole = near_duplicates(texts)
    shuffled = near_duplicates([texts[n] for n in order])
    assert whole.clustered > 200
    assert {frozenset(texts[n] for n in cluster) for cluster in whole.clusters} == {
        frozenset(texts[order[n]] for n in cluster) for cluster in shuffled.clusters
    }


def test_thousands_of_equal_and_of_nearly_equal_texts_cost_no_more_than_others() -> None:
    rng = np.random.default_rng(5)
    base = prose(rng, 60)
    texts = [base] * 20_000 + [f"{base} {n:04d}" for n in range(3000)]
    start = time.perf_counter()
    found = near_duplicates([*texts, *(prose(rng, 20) for _ in range(4000))])
    # Every pair of the 3000 would take minutes.
    assert time.perf_counter() - start < 20
    assert [len(cluster) for cluster in found.clusters] == [23_000]


def test_what_most_texts_repeat_is_their_frame_and_no_duplicate() -> None:
    base = prose(np.random.default_rng(5), 60)
    assert near_duplicates([f"{base} {n * n * 12345}" for n in range(50)]).clusters == ()


def test_signatures_agree_as_often_as_sets_overlap() -> None:
    rng = np.random.default_rng(6)
    originals = [prose(rng, 5) for _ in range(200)]
    copies = [changed(rng, text, 1) for text in originals]
    marks = Sketches.of([*originals, *copies], NOTHING, 0.8).marks
    agree = np.mean(marks[:200] == marks[200:], axis=1)
    true = np.array([exact(a, b) for a, b in zip(originals, copies, strict=True)])
    # An estimate from so many hash functions has a standard deviation of at most .5 / sqrt(252) = .03.
    assert abs(np.mean(agree - true)) < 0.01
    assert np.sqrt(np.mean((agree - true) ** 2)) < 1.3 * 0.5 / np.sqrt(HASHES)


@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.8, 0.95, 1.0])
def test_bands_are_as_wide_as_the_recall_allows(threshold: float) -> None:
    rows = width(threshold)
    assert 1 - (1 - threshold**rows) ** (HASHES // rows) >= 0.999
    assert threshold == 1 or 1 - (1 - threshold ** (rows + 1)) ** (HASHES // (rows + 1)) < 0.999


def test_nothing_and_one_text_have_no_duplicates() -> None:
    assert near_duplicates([]).clusters == near_duplicates(["one"]).clusters == ()
    assert matches([], ["one"]) == (None,)
    assert matches(["one"], []) == ()
    assert matches(["one"], ["One "]) != (None,)


@pytest.mark.parametrize("threshold", [0, -1, 1.1, float("nan")])
def test_a_threshold_out_of_range_is_one_clear_line(threshold: float) -> None:
    for search in (
        lambda: near_duplicates(["a"], threshold=threshold),
        lambda: matches(["a"], ["b"], threshold=threshold),
    ):
        with pytest.raises(ShiftworksError, match="give one above 0 and up to 1"):
            search()


def test_a_text_of_megabytes_is_compared_like_any_other() -> None:
    rng = np.random.default_rng(7)
    long = prose(rng, 300_000)
    assert near_duplicates([long, "short", changed(rng, long, 1000)]).clusters == ((0, 2),)
