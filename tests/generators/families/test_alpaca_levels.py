"""Requests of one step and of many: each kind is judged from print, and any of its four answers may be right."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.families.alpaca import levels
from generators.families.alpaca.easy import EASY, ONE_STEP
from generators.families.alpaca.sums import HARD, parted
from generators.families.instructions import tasks

OURS = {**{name: EASY for name in EASY if name not in ONE_STEP}, **dict.fromkeys(HARD, HARD)}
KINDS = sorted(OURS)
seeds = st.integers(0, 10**9)


def made(kind: str, seed: int) -> Draft:
    case = OURS[kind][kind].draw(Stream("case", kind, seed))
    return tasks.write(kind, case, "en", Stream("write", kind, seed), OURS[kind])


def right(draft: Draft, *texts: str) -> int:
    builder = levels.alpaca_easy() if draft.meta["task"] in EASY else levels.alpaca_hard()
    return builder.prove(Question(draft.prompt, texts, draft.meta)).right


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_the_prover_finds_the_right_answer_wherever_it_stands(kind: str, seed: int) -> None:
    draft = made(kind, seed)
    texts = [draft.right, *draft.wrong]
    assert len(set(texts)) == 4
    place = seed % 4
    texts[0], texts[place] = texts[place], texts[0]
    assert right(draft, *texts) == place
    with pytest.raises(Disproof, match="0 responses"):
        right(draft, *draft.wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_altered_print_is_no_proof(kind: str) -> None:
    draft = made(kind, 1)
    with pytest.raises(Disproof):
        right(draft, f"{draft.right} And that is that.", *draft.wrong)
    with pytest.raises(Disproof):
        tasks.prove(Question(draft.prompt, (draft.right, *draft.wrong), {"task": "no such"}), "en", OURS[kind])


@pytest.mark.parametrize("kind", ["bill", "inventory", "journey", "recipe_plan", "report"])
@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_another_figure_in_the_prompt_makes_the_answer_wrong(kind: str, seed: int) -> None:
    """The last figure of each of these inputs counts; adding a hundred to it leaves no answer right."""
    draft = made(kind, seed)
    head, given_, tail = re.split(r"(?<=### Input:\n)|(?=\n\n### Response)", draft.prompt)
    if kind == "report":
        # Rows that lie six hundred apart have none of the gaps that the answers tell.
        rows = [row.rpartition(" ") for row in given_.split("\n")]
        lines = [" ".join((row, str(int(last) + 600 * i) if i else last)) for i, (row, _, last) in enumerate(rows)]
        changed = "\n".join(lines)
    else:
        last = list(re.finditer(r"\d+", given_))[-1]
        changed = f"{given_[: last.start()]}{int(last[0]) + 100}{given_[last.end() :]}"
    altered = Draft(head + changed + tail, draft.right, draft.wrong, draft.meta)
    with pytest.raises(Disproof, match="0 responses"):
        right(altered, draft.right, *draft.wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_any_of_the_four_answers_may_be_right(kind: str) -> None:
    """By length and alphabet the right answer holds every place about as often: 300 draws, 5 standard deviations."""
    places: Counter[int] = Counter()
    for seed in range(300):
        draft = made(kind, seed)
        ranked = sorted([draft.right, *draft.wrong], key=lambda text: (len(text), text))
        places[ranked.index(draft.right)] += 1
    assert all(37 <= places[place] <= 113 for place in range(4)), places


@pytest.mark.parametrize("kind", sorted(HARD))
def test_hard_answers_cross_two_results_so_that_none_is_odder_than_another(kind: str) -> None:
    for seed in range(20):
        draft = made(kind, seed)
        texts = [set(re.findall(r"\w+|:\d+", text)) for text in (draft.right, *draft.wrong)]
        shared = [sum(len(one & two) for two in texts if two is not one) for one in texts]
        assert max(shared) - min(shared) <= max(3, len(texts[0]) // 3), (kind, shared)


@pytest.mark.parametrize("kind", KINDS)
def test_prompts_and_answers_are_whole_sentences(kind: str) -> None:
    for seed in range(30):
        draft = made(kind, seed)
        for text in (draft.prompt, draft.right, *draft.wrong):
            assert not re.search(r"[{}]|\b1 (?:minutes|hours)|  |\ba [aeiou]|\ban [bcdfg]", text), text


@given(seeds, st.integers(2, 6), st.integers(0, 9), st.integers(0, 200))
def test_parts_come_to_the_whole(seed: int, parts: int, least: int, spare: int) -> None:
    total = parts * least + spare
    found = parted(Stream("parts", seed), total, parts, least)
    assert len(found) == parts
    assert sum(found) == total
    assert min(found) >= least
