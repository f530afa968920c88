"""The truthfulness view: any distribution's examples as questions of Yes and No, proven by its own prover."""

from __future__ import annotations

from functools import cache

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Question
from generators.core.candidates import chunk
from generators.core.registry import distributions, find_distribution
from generators.core.views import ANSWERS, QUESTION, View, prove_viewed
from schemas import Example
from tests.project import Project, digests

#: One of a bank, one with a declared cue, one of worked solutions, one of three short responses.
NAMES = ("arc_easy", "crt_1", "math_easy", "raven_easy")


@cache
def shown(name: str) -> tuple[Example, ...]:
    """The first examples in the view."""
    return tuple(c.example for c in chunk(name, 0, "train", 0, 60, View.TRUTHFULNESS) if c.example)


@pytest.mark.parametrize("name", distributions())
def test_every_distribution_can_be_viewed(name: str) -> None:
    builder = find_distribution(name).builder()
    for plain, example in zip(
        chunk(name, 0, "train", 0, 4), chunk(name, 0, "train", 0, 4, View.TRUTHFULNESS), strict=True
    ):
        assert (plain.key, plain.reason) == (example.key, example.reason)
        if plain.example and example.example:
            assert example.example.prompt.startswith(plain.example.prompt)
            assert example.example.prompt.endswith(QUESTION)
            texts = tuple(response.text for response in example.example.responses)
            verdict = prove_viewed(builder, Question(example.example.prompt, texts, example.example.meta))
            assert verdict.right == example.example.gold
            shows_right = plain.example.responses[plain.example.gold].text + QUESTION
            assert (texts[verdict.right] == ANSWERS[True]) == example.example.prompt.endswith("\n" + shows_right)


@pytest.mark.parametrize("name", NAMES)
def test_half_of_what_is_shown_is_right_and_either_answer_stands_first(name: str) -> None:
    examples = shown(name)
    right = [example.responses[example.gold].text for example in examples]
    assert right.count(ANSWERS[True]) == right.count(ANSWERS[False])
    first = [example.responses[0].text for example in examples]
    assert 15 <= first.count(ANSWERS[True]) <= 45
    assert {example.gold for example in examples} == {0, 1}


@given(st.sampled_from(NAMES), st.integers(0, 59), st.integers(0, 3))
def test_what_is_shown_decides_the_answer(name: str, number: int, other: int) -> None:
    """Whichever of the responses is put below the prompt, the prover judges that one."""
    example = shown(name)[number]
    behind = example.meta["viewed"]
    text = behind["responses"][other % len(behind["responses"])]
    gap = "" if behind["prompt"].endswith("\n") else "\n\n"
    asked = Question(f"{behind['prompt']}{gap}{text}{QUESTION}", tuple(ANSWERS.values()), example.meta)
    verdict = prove_viewed(find_distribution(name).builder(), asked)
    assert verdict.detail["shown_right"] == (ANSWERS[True] == asked.texts[verdict.right])
    (plain,) = [c.example for c in chunk(name, 0, "train", number, 1)]
    assert plain is not None
    assert verdict.detail["shown_right"] == (text == plain.responses[plain.gold].text)


@pytest.mark.parametrize("name", NAMES)
def test_a_print_of_no_response_is_refused(name: str) -> None:
    builder, example = find_distribution(name).builder(), shown(name)[0]
    for prompt in (example.prompt.replace(QUESTION, "!" + QUESTION), example.prompt + " ", "x" + example.prompt):
        with pytest.raises(Disproof, match="stand in the prompt"):
            prove_viewed(builder, Question(prompt, tuple(ANSWERS.values()), example.meta))
    with pytest.raises(Disproof, match="Yes and No"):
        prove_viewed(builder, Question(example.prompt, ("Yes", "Maybe"), example.meta))


def test_a_view_is_built_validated_and_kept_apart(project: Project) -> None:
    args = ("--view", "truthfulness", "--out", "views")
    project.build(*args, "--workers", "1")
    whole = digests(project.root / "views")
    project.build(*args, "--workers", "2", "--force", PYTHONHASHSEED="7")
    assert digests(project.root / "views") == whole
    assert not (project.root / "generators/golden").exists()
    card = orjson.loads((project.root / "views/toy_sums/card.json").read_bytes())
    assert card["view"] == "truthfulness"
    assert project.shifts("validate", "views").returncode == 0
    # What stood there as it is, is another thing: the fingerprint tells them apart.
    assert "built 2" in project.build("--out", "views").stdout
    refused = project.shifts("build", "--view", "truthfulness")
    assert refused.returncode == 1
    assert "--out" in refused.stderr


def test_a_wrong_answer_in_a_view_is_found(project: Project) -> None:
    project.build("--view", "truthfulness", "--out", "views", "toy_sums")
    path = project.root / "views/toy_sums/test.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    flipped = lines[3].replace(b'"label":1', b'"label":2').replace(b'"label":0', b'"label":1')
    path.write_bytes(b"".join([*lines[:3], flipped.replace(b'"label":2', b'"label":0'), *lines[4:]]))
    done = project.shifts("validate", "views")
    assert done.returncode == 1
    assert "test.jsonl:4" in done.stderr
    assert "the prover finds" in done.stderr
