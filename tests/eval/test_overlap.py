"""Overlaps: each kind that is planted is counted, with the pairs to read, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.audit.overlap import overlap, repeats
from eval.dataset import load
from generators.importers.genies import import_genies
from schemas import Example, Proof, Response
from schemas.files import canonical
from tests.project import ROOT

RELEASED = ROOT.parent / "shared" / "genies" / "released"
KINDS = ("groups", "prompts", "near", "near_same", "answers", "parts")
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("lan", "mer", "sto", "vik", "dru", "pew")]


def sentence(key: str, words: int = 12) -> str:
    """A sentence of its own for each key."""
    return " ".join(np.random.default_rng(list(key.encode())).choice(WORDS, size=words)) + "."


def example(split: str, number: int, prompt: str, right: str = "", group: str = "") -> Example:
    wrong = sentence(f"wrong {split} {number}", 5)
    return Example(
        f"toy/{split}/{number:05d}",
        prompt,
        (Response(right or sentence(f"right {split} {number}", 5), 1), Response(wrong, 0)),
        {"group": group or f"{split} {number}"},
        Proof("rule", "proven"),
    )


def framed(question: str) -> str:
    return f"Below is a task. Do it as well as you can.\n\n### Instruction:\n{question}\n\n### Response:\n"


def clean(split: str, count: int) -> list[Example]:
    """Framed questions that share nothing but the frame."""
    return [example(split, n, framed(sentence(f"{split} {n}"))) for n in range(count)]


def counts(train: Sequence[Example], test: Sequence[Example]) -> dict[str, int]:
    found = overlap(train, test)
    return {kind: getattr(found, kind).count for kind in KINDS}


def test_what_shares_nothing_is_not_named() -> None:
    assert counts(clean("train", 120), clean("test", 60)) == dict.fromkeys(KINDS, 0)


def test_each_kind_is_counted_by_itself_and_can_be_read() -> None:
    train, test = clean("train", 120), clean("test", 60)
    question = [sentence(f"train {n}") for n in range(120)]
    test[0] = example("test", 0, test[0].prompt, group="train 0")
    test[1] = example("test", 1, train[1].prompt)
    test[2] = example("test", 2, framed(question[2].replace(".", "?")), train[2].responses[0].text.upper())
    test[3] = example("test", 3, test[3].prompt, train[3].responses[0].text)
    test[4] = example("test", 4, framed(f"I think that the answer is {sentence('x', 4)}\n{question[4]}"))
    found = overlap(train, test)
    assert {kind: [pair[0] for pair in getattr(found, kind).read] for kind in KINDS} == {
        "groups": ["toy/test/00000"],
        "prompts": ["toy/test/00001"],
        "near": ["toy/test/00001", "toy/test/00002"],
        "near_same": ["toy/test/00002"],
        "answers": ["toy/test/00002", "toy/test/00003"],
        "parts": ["toy/test/00001", "toy/test/00004"],
    }
    assert found.of == 60
    assert found.parts.read[1] == ("toy/test/00004", "toy/train/00004")
    record = found.to_json()
    assert record["near"] == {"count": 2, "read": [list(pair) for pair in found.near.read]}
    assert set(record) == {"of", *KINDS}
    canonical(record)


def test_a_question_in_another_frame_is_shared() -> None:
    train = clean("train", 120)
    test = [example("test", n, f"What is right here?\nQ: hm\n{sentence(f'train {n}')}\nA:") for n in range(40)]
    found = counts(train, test)
    assert (found["prompts"], found["near"], found["parts"]) == (0, 40, 40)


def test_headings_and_filled_in_frames_are_no_parts() -> None:
    # Each heading stands in four training prompts: too few to be template by itself.
    heading = "Say something kind and helpful, in a few short words, to the people who live near {}"
    prompts = [f"{heading.format(sentence(f'place {n % 30}', 5))}\n{sentence(str(n), 3)}" for n in range(180)]
    made = [example("train" if n < 120 else "test", n, prompt) for n, prompt in enumerate(prompts)]
    assert counts(made[:120], made[120:])["parts"] == 0


def test_a_line_that_is_little_of_both_prompts_is_no_part() -> None:
    note = sentence("note", 5)
    train = [example("train", n, f"{note if n < 5 else ''}\n{sentence(f'train {n}')}") for n in range(120)]
    test = [example("test", n, f"{note}\n{sentence(f'test {n}')}") for n in range(5)]
    assert counts(train, test)["parts"] == 0
    assert counts(train, [example("test", 0, note)])["parts"] == 1


def test_answers_that_are_short_common_or_filled_in_are_no_traces() -> None:
    def answered(split: str, count: int, right: Sequence[str]) -> list[Example]:
        return [example(split, n, framed(sentence(f"{split} {n}")), right[n % len(right)]) for n in range(count)]

    always = ["It cannot be known from what is given here.", "It follows from what is given here."]
    short = [f"{n} apples" for n in range(60)]
    filled = [f"Yes, I am quite sure that the best answer is '{text}'" for text in short]
    for right in (always, short, filled):
        assert counts(answered("train", 120, right), answered("test", 60, right))["answers"] == 0
    telling = [sentence(f"answer {n}") for n in range(60)]
    assert counts(answered("train", 120, telling), answered("test", 60, telling))["answers"] == 60


def test_examples_of_two_distributions_may_share_their_prompts_reversed() -> None:
    train, test = clean("train", 30), clean("test", 12)
    both = overlap([*train, *test], test)
    assert (both.prompts.count, both.near.count, both.near_same.count, both.parts.count) == (12, 12, 12, 12)
    assert len(both.prompts.read) == 3
    assert counts([], test) == dict.fromkeys(KINDS, 0)
    assert overlap(train, []).of == 0


def test_repeats_within_a_split_are_counted() -> None:
    made = clean("train", 50)
    made += [example("train", 50 + n, made[n].prompt.replace("Do it", "Do this")) for n in range(3)]
    made.append(example("train", 53, made[0].prompt))
    found = repeats(made)
    assert (found.of, found.clustered, found.clusters, found.largest) == (54, 7, 3, 3)
    assert len(found.read) == 3
    assert found.to_json()["read"][1] == ["toy/train/00001", "toy/train/00051"]
    assert repeats(clean("test", 20)).largest == 0


@pytest.mark.skipif(not RELEASED.is_dir(), reason="the GENIES release does not stand beside this repository")
def test_the_known_overlaps_of_the_release_are_found(tmp_path: Path) -> None:
    names = ("ranking_logic_easy", "arc_easy", "wrong_arc", "sycophancy_answer", "gender_bias")
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / "in" / name).symlink_to(RELEASED / name)
    import_genies(tmp_path / "in", tmp_path / "out")
    data = load(tmp_path / "out")
    logic = overlap(data["ranking_logic_easy"].train, data["ranking_logic_easy"].test)
    assert logic.prompts.count / logic.of == 0.42
    assert counts(data["gender_bias"].train, data["gender_bias"].test) == dict.fromkeys(KINDS, 0)
    for one, other in (("wrong_arc", "arc_easy"), ("sycophancy_answer", "arc_easy"), ("arc_easy", "wrong_arc")):
        found = counts(data[one].train, data[other].test)
        # Their groups are hashes of the bare question, so they say how many are the same.
        assert found["prompts"] == 0
        assert found["groups"] > 50
        assert found["parts"] >= 0.95 * found["groups"]
