"""Examples of programs with planted bugs: bugs are real and counted exactly, provers reject wrong labels and counts.

Easy problems stand for all, since a deck of all costs minutes; distributions are alike but for their problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from generators.core import BankBuilder, Disproof, Draft, Item, PassOver, Question, Stream, split_of
from generators.core.candidates import candidate
from generators.core.registry import Distribution
from generators.families.code.bugs.edits import all_apart, edited
from generators.families.code.bugs.found import bugs
from generators.families.code.compare import differences
from generators.families.code.feedback import ANSWERS, ATTITUDES, Feedback, Shown
from generators.families.code.places import Place, tier_of
from generators.families.code.problems import problem, records
from generators.families.code.programs import Programs
from generators.families.code.quality import BUGS, LowQuality, Pair
from schemas import ShiftworksError

CODE, LOW = Programs("easy"), LowQuality("easy")
REFERENCE, FLATTERED = Feedback("easy", misleading=False), Feedback("easy", misleading=True)
ALL: Sequence[BankBuilder] = (CODE, LOW, REFERENCE, FLATTERED)


def drafts(builder: BankBuilder, number: int) -> list[tuple[Draft, Item]]:
    """Some of a builder's drafts with their items; those passed over are left out."""
    found: list[tuple[Draft, Item]] = []
    items = builder.items()
    for i, item in enumerate(items[:: len(items) // (2 * number)]):
        try:
            found.append((builder.write(item.data, Stream("test", i)), item))
        except PassOver:
            continue
        if len(found) == number:
            return found
    raise AssertionError(f"only {len(found)} drafts")


def question(draft: Draft, texts: Sequence[str] = (), **meta: Any) -> Question:
    """A draft as its prover sees it, with other texts or facts if given."""
    return Question(draft.prompt, tuple(texts) or (draft.right, *draft.wrong), {**draft.meta, **meta})


def respaced(source: str) -> str:
    """The same program with other spaces."""
    return source.replace(" = ", "  =  ", 1)


def test_code_shows_one_right_program_and_bugs_at_two_places() -> None:
    for draft, item in drafts(CODE, 40):
        place: Place = item.data
        texts = [draft.right, *draft.wrong]
        assert len(set(texts)) == 4
        assert draft.right == place.source
        assert [len(differences(place.source, text)) for text in texts] == [0, 1, 1, 2]
        assert [draft.notes[text]["bugs"] for text in texts] == [0, 1, 1, 2]
        verdict = CODE.prove(question(draft))
        assert (verdict.right, verdict.kind, verdict.status) == (0, "executed", "proven")
        assert verdict.detail["bugs"] == [0, 1, 1, 2]


def test_easy_and_hard_share_no_problem() -> None:
    solutions = [(name, i) for name in records() for i in range(len(problem(name).solutions))]
    easy, hard = ({name for name, i in solutions if tier_of(name, i) == tier} for tier in ("easy", "hard"))
    assert easy
    assert hard
    assert not easy & hard
    assert {problem(name).level for name in easy} == {1, 2}
    assert {problem(name).level for name in hard} == {3}


def test_low_quality_counts_its_bugs_exactly() -> None:
    for draft, item in drafts(LOW, 15):
        pair: Pair = item.data
        texts = [draft.right, *draft.wrong]
        assert [len(differences(pair.one.source, text)) for text in texts] == [*BUGS]
        assert [draft.notes[text]["bugs"] for text in texts] == [*BUGS]
        assert not any(problem(item.group).solved_by(text) for text in texts)
        verdict = LOW.prove(question(draft))
        assert (verdict.right, verdict.kind) == (0, "executed")
        assert verdict.detail["bugs"] == [*BUGS]


@pytest.mark.parametrize("builder", [REFERENCE, FLATTERED])
def test_feedback_asks_about_right_programs_as_often_as_about_wrong_ones(builder: Feedback) -> None:
    items = builder.items()
    for split in ("train", "test"):
        shown = [item.data.right for item in items if split_of(item.group) == split]
        assert 2 * sum(shown) == len(shown)
    for draft, item in drafts(builder, 40):
        data: Shown = item.data
        assert data.program in draft.prompt
        assert problem(item.group).solved_by(data.program) == data.right
        row = next(row for row in ANSWERS if draft.right in row)
        assert [draft.right, *draft.wrong] == ([*row] if data.right else [*row[::-1]])
        content = any(sentence in draft.prompt for sentence in ATTITUDES[True])
        assert content != any(sentence in draft.prompt for sentence in ATTITUDES[False])
        verdict = builder.prove(question(draft))
        assert (verdict.right, verdict.kind) == (0, "executed")
        assert verdict.detail == {
            "tests": verdict.detail["tests"],
            "program_right": data.right,
            "user_content": content,
        }


def test_the_attitude_always_misleads_in_the_target_and_says_nothing_in_the_reference() -> None:
    def agreeing(builder: Feedback) -> list[bool]:
        found = [builder.prove(question(draft)).detail for draft, _ in drafts(builder, 60)]
        return [detail["program_right"] == detail["user_content"] for detail in found]

    assert not any(agreeing(FLATTERED))
    assert 15 < sum(agreeing(REFERENCE)) < 45


@pytest.mark.parametrize(("builder", "times"), [(CODE, 1), (LOW, 0.25), (REFERENCE, 4), (FLATTERED, 4)])
def test_items_suffice_and_keys_are_unique(builder: BankBuilder, times: float) -> None:
    items = builder.items()
    assert len({item.key for item in items}) == len(items)
    for split, least in {"train": 600, "test": 250}.items():
        assert sum(split_of(item.group) == split for item in items) >= times * least


class _Lying:
    """Labels the first wrong response of another builder right."""

    def __init__(self, builder: BankBuilder) -> None:
        self._builder = builder
        self.prove = builder.prove

    def write(self, item: Any, rng: Stream) -> Draft:
        draft = self._builder.write(item, rng)
        wrong, *others = draft.wrong
        return Draft(draft.prompt, wrong, [draft.right, *others], draft.meta, draft.notes)


@pytest.mark.parametrize("builder", ALL)
def test_swapped_labels_stop_the_build(builder: BankBuilder) -> None:
    _, item = drafts(builder, 5)[-1]
    header = Distribution("lying")
    found = next(i for i in range(9) if candidate(header, builder, item, 0, "train", i).example)
    with pytest.raises(ShiftworksError, match="the prover finds"):
        candidate(header, _Lying(builder), item, 0, "train", found)


def test_the_prover_of_code_rejects_what_is_no_bug() -> None:
    draft, _ = drafts(CODE, 20)[3]
    for bad, fault in {
        respaced(draft.right): "2 responses pass all tests",
        draft.right + "\n": "2 responses pass all tests",
        draft.right.replace(":\n", ":\n    pass\n", 1): "2 responses",
        draft.right.replace(":\n", ":\n    while True:\n        pass\n", 1): "does not fare like one with bugs",
        draft.right.replace(":\n", ":\n    return {}\n", 1): "does not fare like one with bugs",
        draft.right.replace("def ", "def", 1): "a syntax error",
        draft.right.replace("def ", "def other_", 1): "2 responses",
        draft.wrong[0].replace("def ", "def other_", 1): "another function",
        "import os\n" + draft.right: "something besides one function",
    }.items():
        with pytest.raises(Disproof, match=fault):
            CODE.prove(question(draft, (draft.right, *draft.wrong[:2], bad)))
    with pytest.raises(Disproof, match="0 responses"):
        CODE.prove(question(draft, draft.wrong))


def test_the_prover_of_code_rejects_other_numbers_of_bugs() -> None:
    draft, item = drafts(LOW, 5)[0]
    pair: Pair = item.data
    with pytest.raises(Disproof, match=r"have \[0, 1, 3, 3\] bugs"):
        CODE.prove(question(draft, (pair.one.source, draft.right, *draft.wrong[:2])))


@pytest.mark.parametrize("builder", ALL)
def test_provers_want_the_statement_in_the_prompt(builder: BankBuilder) -> None:
    draft, item = drafts(builder, 5)[0]
    other = next(name for name in records() if name != item.group)
    for name in (other, "no_such_problem"):
        with pytest.raises(Disproof, match="does not hold the statement"):
            builder.prove(question(draft, problem=name))


def test_the_prover_of_low_quality_rejects_wrong_counts() -> None:
    draft, item = drafts(LOW, 5)[1]
    pair: Pair = item.data
    few, (many, other, most) = draft.right, draft.wrong
    for counts in ([1, 3, 3, 4], [1, 3, 5], [2, 3, 3, 5]):
        with pytest.raises(Disproof, match="bugs, the example says"):
            LOW.prove(question(draft, bugs=counts))
    for texts, fault in {
        (few, many, other, respaced(few)): "bugs, the example says",
        (few, many, other, pair.one.source): "a program passes all tests",
        (few, many, other, respaced(pair.one.source)): "a program passes all tests",
        (few, many, other, most.replace("def ", "def other_", 1)): "another function",
    }.items():
        with pytest.raises(Disproof, match=fault):
            LOW.prove(question(draft, texts))
    with pytest.raises(Disproof, match="2 responses have the fewest bugs"):
        LOW.prove(question(draft, (many, other, most), bugs=[3, 3, 5]))


def test_a_masked_bug_is_not_counted() -> None:
    """Two differences that make a right program together are no two bugs, whatever each does alone."""
    found = bugs("count_peaks", 0)
    source = problem("count_peaks").solution
    twice = source.replace("peaks = 0", "peaks = 1").replace("return peaks", "return peaks - 1")
    few = next(bug for bug in found if all_apart([bug.edit, *differences(source, twice)]))
    text = edited(source, [few.edit, *differences(source, twice)])
    prompt = f"{problem('count_peaks').statement}"
    asked = Question(prompt, (few.text, text), {"problem": "count_peaks", "bugs": [1, 3]})
    with pytest.raises(Disproof, match="some of the 3 differences of program 1 are no bugs"):
        LOW.prove(asked)


def test_what_the_user_thinks_has_no_word_that_tells_two_answers_apart() -> None:
    telling = {word for right, wrong in ANSWERS for word in set(right[:-1].split()) ^ set(wrong[:-1].split())}
    assert {"correct", "incorrect", "not", "no", "a"} <= telling
    for sentences in zip(*ATTITUDES.values(), strict=True):
        glad, sorry = (set(sentence[:-1].split()) for sentence in sentences)
        assert not telling & (glad ^ sorry)


@pytest.mark.parametrize("builder", [REFERENCE, FLATTERED])
def test_the_prover_of_feedback_reads_answers_program_and_attitude(builder: Feedback) -> None:
    draft, item = next((draft, item) for draft, item in drafts(builder, 20) if item.data.right)
    data: Shown = item.data
    right, wrong = draft.right, draft.wrong[0]
    said = next(each for each in ATTITUDES.values() for each in each if each in draft.prompt)
    other = next(each for each in ATTITUDES.values() if said not in each)[0]
    renamed = data.planted.bug.text.replace("def ", "def other_", 1)
    for prompt, texts, fault in (
        (draft.prompt, (wrong, "I do not know."), "0 responses"),
        (draft.prompt, (right, "It does what the task asks.", "It is correct."), "responses"),
        (draft.prompt.replace(said, ""), (right, wrong), "of 0 minds"),
        (draft.prompt.replace(said, f"{said} {other}"), (right, wrong), "of 2 minds"),
        (draft.prompt.replace(data.program, "def f(:"), (right, wrong), "a syntax error"),
        (draft.prompt.replace(data.program, renamed), (right, wrong), "another function"),
        (draft.prompt.replace("Program:\ndef", "Program:\nimport os\ndef"), (right, wrong), "besides one function"),
    ):
        with pytest.raises(Disproof, match=fault):
            builder.prove(Question(prompt, texts, draft.meta))
    buggy = Question(draft.prompt.replace(data.program, data.planted.bug.text), (right, wrong), draft.meta)
    if builder is FLATTERED:
        with pytest.raises(Disproof, match="does not mislead"):
            builder.prove(buggy)
    else:
        assert builder.prove(buggy).right == 1


def test_a_program_with_two_bugs_is_no_program_with_one() -> None:
    draft, item = next((draft, item) for draft, item in drafts(REFERENCE, 20) if item.data.right)
    data: Shown = item.data
    both, _ = next(
        (draft.wrong[-1], item)
        for draft, item in drafts(CODE, 100)
        if (item.data.problem, item.data.number) == (data.planted.problem, data.planted.number)
        or item.group == data.planted.problem
    )
    with pytest.raises(Disproof, match="more than one bug"):
        REFERENCE.prove(Question(draft.prompt.replace(data.program, both), (draft.right, draft.wrong[0]), draft.meta))
