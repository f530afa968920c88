"""US history in four contexts: closed blocks hide the label, the key reads the print, frames give nothing away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import BankBuilder, Disproof, Draft, Question, Stream, split_of
from generators.core.candidates import chunk
from generators.families.history import exams, fiction, questions, scenes, textbook
from generators.families.history.facts import CLUES, Fact, banks, history_items, judge

BUILDERS: dict[str, BankBuilder] = {
    "us_history": questions.UsHistory(),
    "us_history_textbook": textbook.UsHistoryTextbook(),
    "us_history_fiction": fiction.UsHistoryFiction(),
    "us_history_make_questions": exams.UsHistoryMakeQuestions(),
}
every = pytest.mark.parametrize("name", BUILDERS)
FACTS: tuple[Fact, ...] = tuple(item.data for item in history_items())
FORMS = {
    "us_history": (questions.WHICH, questions.WHAT, questions.TERMS, questions.CLUES),
    "us_history_textbook": (
        textbook.REQUESTS,
        textbook.BEFORE_TERM,
        textbook.BEFORE_CLUE,
        textbook.TERMS,
        textbook.CLUES,
    ),
    "us_history_fiction": (
        fiction.REQUESTS,
        scenes.SCENES,
        scenes.ASK_TERM,
        scenes.ASK_CLUE,
        scenes.ANSWER_TERM,
        scenes.ANSWER_CLUE,
    ),
    "us_history_make_questions": (exams.ON_TERM, exams.ON_CLUE, exams.QUESTIONS),
}
#: What ends in a full stop and ends no sentence.
ABBREVIATED = re.compile(r" (?:v|Ms|[A-Z])\. ")
#: Words that would make a clue wrong of a term of the other sex, and so tell it apart by its grammar.
SEXED = re.compile(r"\b(?:s?he|his|hers?|him(?:self)?|herself|woman|wife|husband|widow|maiden)\b")


def question(draft: Draft, texts: Sequence[str] = (), prompt: str = "") -> Question:
    """A draft as its prover sees it, with other responses or another prompt if given."""
    return Question(prompt or draft.prompt, tuple(texts) or (draft.right, *draft.wrong), draft.meta)


def names(text: str) -> set[str]:
    """The capitalised words of a text that are no sentence's first."""
    return set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", text))


# The banks


def test_every_clue_is_of_one_term_and_fits_all_terms_of_its_bank() -> None:
    clues = Counter(clue for bank in banks() for term in bank.items for clue in term["clues"])
    assert max(clues.values()) == 1
    for bank in banks():
        terms = [term["term"] for term in bank.items]
        assert len(set(terms)) == len(terms) >= 8, bank.name
        assert all(len(term["clues"]) <= CLUES for term in bank.items), bank.name
        people = {term["pronoun"] for term in bank.items}
        assert people <= ({"he", "she"} if bank.header["person"] else {"it"}), bank.name
        for clue in chain.from_iterable(term["clues"] for term in bank.items):
            assert not SEXED.search(clue), clue
            assert not re.match(r"(?:were|are|have|is born)\b", clue), clue


def test_no_clue_is_part_of_another_and_none_names_its_own_term() -> None:
    clues = [clue for bank in banks() for term in bank.items for clue in term["clues"]]
    assert not [(a, b) for a in clues for b in clues if a != b and a in b]
    for bank in banks():
        for term in bank.items:
            assert not any(term["term"].removeprefix("the ") in clue for clue in term["clues"]), term["term"]


def test_no_fact_is_another_one_told_the_other_way_round() -> None:
    """Such as who raided a place, and which place was raided by whom; one would answer the other across splits."""
    told = [
        (term["term"].removeprefix("the "), clue) for bank in banks() for term in bank.items for clue in term["clues"]
    ]
    assert not [(a, b) for a in told for b in told if a[0] in b[1] and b[0] in a[1]]


def test_openings_give_no_term_of_their_bank_away() -> None:
    for bank in banks():
        assert len(set(bank.header["openings"])) == len(bank.header["openings"]) >= 4, bank.name
        for opening in bank.header["openings"]:
            assert not any(term["term"].removeprefix("the ") in opening for term in bank.items), (bank.name, opening)


def test_there_are_facts_enough_for_both_splits() -> None:
    splits = Counter(split_of(item.group) for item in history_items())
    assert splits["train"] >= 600
    assert splits["test"] >= 250


# The blocks


@every
def test_over_a_block_every_term_or_clue_is_right_once_and_wrong_three_times(name: str) -> None:
    """What makes response-only baselines chance by construction."""
    right: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for item in history_items():
        fact: Fact = item.data
        form = "{term}" if fact.seeks_term(name) else "{clue}"
        gold, others = fact.offers(form, name)
        split = split_of(item.group)
        right[fact.block + split][gold] += 1
        wrong[fact.block + split].update(others)
    for block, counts in right.items():
        assert len(counts) == 4
        assert set(counts.values()) == {1}
        assert wrong[block] == Counter(dict.fromkeys(counts, 3))


def test_both_directions_are_asked_about_as_often() -> None:
    for name in BUILDERS:
        share = sum(fact.seeks_term(name) for fact in FACTS) / len(FACTS)
        assert 0.4 < share < 0.6, name


def test_the_blocks_of_a_split_stay_in_it() -> None:
    for fact in FACTS:
        assert len({split_of(clue.group) for clue in (fact.own, *fact.others)}) == 1


# The print


@every
@given(fact=st.sampled_from(FACTS), seed=st.integers(0, 2**32))
def test_the_key_reads_the_right_one_off_the_print(name: str, fact: Fact, seed: int) -> None:
    draft = BUILDERS[name].write(fact, Stream(seed))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    verdict = BUILDERS[name].prove(question(draft, texts))
    assert texts[verdict.right] == draft.right
    assert verdict.status == "sourced"
    for text in (draft.prompt, *texts):
        assert not re.search(
            r"[{}]|  | [,.?!;]|\.\.|,\.|\ba [aeio]|\ban (?!hour)[^aeiouA-Z]|\bthe the\b|\bof of\b", text
        ), text
        assert not re.search(r"[.?!] [a-z]", ABBREVIATED.sub(" ", text)), text


@every
@given(fact=st.sampled_from(FACTS), seed=st.integers(0, 2**32))
def test_the_four_are_one_text_but_for_a_term_or_a_clue(name: str, fact: Fact, seed: int) -> None:
    draft = BUILDERS[name].write(fact, Stream(seed))
    rests = set()
    for text, clue in zip((draft.right, *draft.wrong), (fact.own, *fact.others), strict=True):
        said = clue.term["term"] if draft.meta["seeks"] == "term" else clue.text
        assert said[1:] in text
        rests.add(text.replace(said, "_").replace(said[0].upper() + said[1:], "_"))
    assert len(rests) == 1


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda d: d.wrong, id="without the right one"),
        pytest.param(lambda d: (d.right, d.right + " ", *d.wrong), id="the right one twice"),
        pytest.param(lambda d: (d.right, "Something else happened."), id="a response without a fact"),
    ],
)
@every
def test_the_key_refuses_what_it_does_not_hold(name: str, texts: Callable[[Draft], Sequence[str]]) -> None:
    for fact in FACTS[:40]:
        draft = BUILDERS[name].write(fact, Stream(1))
        with pytest.raises(Disproof):
            BUILDERS[name].prove(question(draft, texts(draft)))


@every
@given(fact=st.sampled_from(FACTS), seed=st.integers(0, 2**32))
def test_a_fact_that_is_told_otherwise_is_not_read(name: str, fact: Fact, seed: int) -> None:
    draft = BUILDERS[name].write(fact, Stream(seed))
    term = re.compile(re.escape(fact.own.term["term"]), re.IGNORECASE)
    for alter in (lambda text: text.replace(fact.own.text, "did well"), lambda text: term.sub("Nobody", text)):
        with pytest.raises(Disproof):
            BUILDERS[name].prove(question(draft, (alter(draft.right), *draft.wrong), alter(draft.prompt)))


def test_a_prompt_without_a_known_fact_is_refused() -> None:
    with pytest.raises(Disproof, match="holds a clue"):
        judge("Which battle was fought on the Moon?", ["The Battle of Saratoga."])


def test_a_longer_term_is_not_read_as_the_shorter_one_in_it() -> None:
    clue = "broke away from a Confederate state in 1863"
    assert judge("", [f"{state} {clue}." for state in ("Virginia", "West Virginia", "Georgia")]).right == 1


# The frames


@every
def test_frames_are_many_and_name_no_term(name: str) -> None:
    terms = {term["term"].removeprefix("the ") for bank in banks() for term in bank.items}
    for forms in FORMS[name]:
        assert len(set(forms)) == len(forms)
        for form in forms:
            assert not [term for term in terms if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", form)], form


def test_characters_share_no_name_and_none_is_in_the_banks() -> None:
    assert not set(scenes.EXPERTS) & set(scenes.OTHERS)
    told = set(chain.from_iterable(names(t["term"]) | {t["term"].split()[0]} for bank in banks() for t in bank.items))
    assert not told & {*scenes.EXPERTS, *scenes.OTHERS}
    assert all("{expert}" in scene for scene in scenes.SCENES)


@every
def test_no_two_clues_of_a_term_get_the_same_prompt(name: str) -> None:
    texts: dict[str, set[str]] = defaultdict(set)
    for seed in range(3):
        for fact in FACTS[:300]:
            if not fact.seeks_term(name):
                texts[BUILDERS[name].write(fact, Stream(seed)).prompt].add(fact.own.group)
    assert all(len(groups) == 1 for groups in texts.values())


def test_the_contexts_ask_the_same_facts_in_the_same_order() -> None:
    for split in ("train", "test"):
        orders = {tuple(c.example.group for c in chunk(name, 0, split, 0, 40) if c.example) for name in BUILDERS}
        assert len(orders) == 1
