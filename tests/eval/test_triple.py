"""What is said of a cue in three parts, and of a reference's skill."""

from __future__ import annotations

from typing import Any

import pytest

from eval.audit.measure import measure
from eval.audit.skill import kind_of, skill
from eval.audit.triple import (
    Part,
    across,
    control,
    leaks,
    matrix,
    probe_across,
    probe_control,
    transferred,
    verdict,
)
from generators.core import Stream
from schemas import Example, Proof, Response
from tests.eval.tables import example


def estimate(accuracy: float, off: bool, wide: float = 0.03) -> dict[str, Any]:
    return {"accuracy": accuracy, "low": max(accuracy - wide, 0), "high": min(accuracy + wide, 1), "off": off}


CHANCE = estimate(0.5, False)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (estimate(0.9, True), estimate(0.8, True), "carries"),
        (estimate(0.1, True), estimate(0.2, True), "carries"),
        (estimate(0.9, True), estimate(0.2, True), "conflict"),
        (CHANCE, estimate(0.2, True), "target_only"),
        (estimate(0.2, True), CHANCE, "source_only"),
        (CHANCE, CHANCE, "none"),
    ],
)
def test_across(source: dict[str, Any], target: dict[str, Any], expected: str) -> None:
    assert across(source, target) == expected


@pytest.mark.parametrize(
    ("target", "reference", "expected"),
    [
        (CHANCE, CHANCE, "none"),
        (estimate(0.9, True), None, "uncontrolled"),
        (estimate(0.9, True), CHANCE, "controls"),
        (estimate(0.05, True), estimate(0.45, False), "controls"),
        (estimate(0.9, True), estimate(0.85, True), "contaminated"),
        (estimate(0.1, True), estimate(0.2, True), "contaminated"),
        (estimate(0.95, True), estimate(0.58, True), "reduced"),
        # Turned round in the reference, and strong there.
        (estimate(0.9, True), estimate(0.2, True), "unclear"),
        # Not found in the reference, which is too small to tell.
        (estimate(0.7, True), estimate(0.6, False, 0.2), "unclear"),
    ],
)
def test_control(target: dict[str, Any], reference: dict[str, Any] | None, expected: str) -> None:
    assert control(target, reference) == expected


def test_a_probe_in_both_parts_is_the_same_cue_only_if_it_carries_over() -> None:
    target, reference = estimate(0.95, True), estimate(0.8, True)
    assert probe_control(target, reference, estimate(0.9, True)) == "contaminated"
    assert probe_control(target, reference, estimate(0.51, False)) == "other_cue"
    # A weak cue of its own is no matter.
    assert probe_control(target, estimate(0.55, True), estimate(0.51, False)) == "controls"
    assert probe_control(target, CHANCE, estimate(0.51, False)) == "controls"
    assert probe_control(target, CHANCE, None) == "unclear"
    assert probe_control(CHANCE, reference, estimate(0.9, True)) == "none"


@pytest.mark.parametrize(
    ("source", "carried", "expected"),
    [
        (estimate(0.9, True), estimate(0.9, True), "carries"),
        (estimate(0.9, True), estimate(0.15, True), "conflict"),
        (estimate(0.9, True), estimate(0.52, False), "target_only"),
        (estimate(0.9, True), None, "target_only"),
        (CHANCE, estimate(0.15, True), "target_only"),
    ],
)
def test_a_probe_carries_over_only_if_its_own_fit_does(
    source: dict[str, Any], carried: dict[str, Any] | None, expected: str
) -> None:
    assert probe_across(source, estimate(0.95, True), carried) == expected
    assert probe_across(source, CHANCE, carried) == ("source_only" if source["off"] else "none")


NO_OVERLAP = {"groups": 0, "prompts": 0, "of": 250}


def row(kind: str, target: float, said: str) -> dict[str, Any]:
    return {"kind": kind, "target": estimate(target, True), "control": said}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "clean"),
        ([row("rule", 0.9, "controls")], "controlled"),
        # What is weak beside the strongest cue does not decide, and neither does the order of the file.
        ([row("rule", 0.99, "controls"), row("rule", 0.55, "contaminated")], "controlled"),
        ([row("rule", 0.7, "controls"), row("order", 1.0, "contaminated")], "controlled"),
        ([row("rule", 0.9, "controls"), row("token", 0.85, "contaminated")], "contaminated"),
        ([row("rule", 0.9, "uncontrolled")], "uncontrolled"),
    ],
)
def test_verdict(rows: list[dict[str, Any]], expected: str) -> None:
    assert verdict(rows, NO_OVERLAP) == expected
    assert verdict(rows, {**NO_OVERLAP, "prompts": 3}) == "leak"
    assert not leaks({**NO_OVERLAP, "groups": 2})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12,5 %", "number"),
        ("seven", "word"),
        ("the red planet", "phrase"),
        ("It is the planet that is nearest to the sun.", "sentence"),
        ("one\ntwo three four five six seven", "paragraph"),
        ("def f(x):\n    return x", "program"),
        ("", "word"),
    ],
)
def test_kinds_of_answer(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_a_reference_with_the_same_items_and_answers_keeps_the_skill() -> None:
    target = [
        example(n, f"A friend says it is Mars.\nWhich planet has number {n} in the old list?", ["Venus", "Mars"], n % 2)
        for n in range(20)
    ]
    same = [
        example(n, f"Which planet has number {n} in the old list?", ["Venus", "Mars"], n % 2, f"r{n}")
        for n in range(20)
    ]
    found = skill(target, same)
    assert found["keeps"]
    assert all(measure["alike"] for measure in found["measures"])
    long = "A sentence that goes on for long enough to differ"
    other = [example(n, f"Say something of {n} things.", [long, f"{long}.", f"{long}!"], 0, f"o{n}") for n in range(20)]
    found = skill(target, other)
    assert not found["keeps"]
    differing = [measure["measure"] for measure in found["measures"] if not measure["alike"]]
    assert [name.split()[0] for name in differing] == ["items", "responses", "kind", "length", "likeness"]
    assert all(name in found["sentence"] for name in differing if not name.startswith("responses"))


def closed(name: str, number: int, told: bool) -> list[Example]:
    """Questions with a standing yes or no; where told, a word of the prompt says which is right."""
    made = []
    for i in range(number):
        right = Stream("closed", i).below(2)
        word = ("surely", "hardly")[right if told else Stream("word", i).below(2)]
        texts = ("Yes.", "No.")
        responses = tuple(Response(text, int(place == right)) for place, text in enumerate(texts))
        split = "test" if i % 3 == 0 else "train"
        made.append(
            Example(
                f"{name}/{split}/{i:05d}",
                f"Is it so {word} {i}?",
                responses,
                {"group": str(i)},
                Proof("rule", "proven"),
            )
        )
    return made


def part(name: str, examples: list[Example]) -> Part:
    splits = {split: [each for each in examples if f"/{split}/" in each.id] for split in ("train", "test")}
    measured = measure(examples, name, 0)
    return Part(name, splits["train"], splits["test"], {"cues": measured.cues, "tokens": measured.tokens})


def test_a_cue_that_the_source_cannot_have_is_controlled_by_the_same_items_without_it() -> None:
    target, reference = part("told", closed("told", 600, True)), part("open", closed("open", 600, False))
    source = part("free", [example(i, f"Say {i}.", [f"word{i}", f"sign{i}"], 0) for i in range(120)])
    assert "prompt_answer" not in source.cues
    carried = transferred(source, target, reference, (), 0)
    row = next(row for row in matrix(source, target, reference, carried, 0) if row["cue"] == "prompt_answer")
    assert (row["across"], row["control"]) == ("target_only", "controls")
    # The same words in the reference mean the same thing: it is contaminated.
    again = part("again", closed("again", 600, True))
    carried = transferred(source, target, again, (), 0)
    row = next(row for row in matrix(source, target, again, carried, 0) if row["cue"] == "prompt_answer")
    assert row["control"] == "contaminated"
