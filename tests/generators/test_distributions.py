"""What every distribution must hold to, whichever file it stands in; a new one is covered by being there."""

from __future__ import annotations

from functools import cache

import orjson
import pytest

from eval.audit.cues import cues
from eval.audit.probes import PROBES
from eval.audit.tokens import KINDS
from generators.core import Disproof, Question, golden, split_of
from generators.core.candidates import chunk, example_json
from generators.core.registry import distributions, find_distribution
from schemas import SPLITS, Example, Split
from schemas.validation import validate

NAMES = list(distributions())


@cache
def examples(name: str, split: Split, seed: int = 0) -> tuple[Example, ...]:
    """The first examples of a split, as many as a golden digest needs."""
    kept: dict[str, Example] = {}
    start = 0
    while len(kept) < golden.FIRST[split]:
        candidates = chunk(name, seed, split, start, 20)
        assert candidates, f"{name} has fewer than {golden.FIRST[split]} {split} items"
        for candidate in candidates:
            if candidate.example:
                kept.setdefault(candidate.key, candidate.example)
        start += 20
    return tuple(kept.values())[: golden.FIRST[split]]


@pytest.mark.parametrize("name", NAMES)
def test_bytes_are_those_of_the_committed_digest(name: str) -> None:
    header = find_distribution(name).header
    path = golden.path_of(name)
    assert path.is_file(), f"`shifts build {name}` records {path.name}; commit it"
    records = {s: [example_json(e, name, s, i) for i, e in enumerate(examples(name, s))] for s in SPLITS}
    assert orjson.loads(path.read_bytes()) == {
        "version": header.version,
        "seed": golden.SEED,
        "sha256": golden.digest(records),
    }


@pytest.mark.parametrize("name", NAMES)
def test_examples_hold_to_the_contract(name: str) -> None:
    for split in SPLITS:
        for position, example in enumerate(examples(name, split)):
            validate(example_json(example, name, split, position), "example", name, position)
            assert split_of(example.group) == split
            texts = [response.text for response in example.responses]
            assert len(set(texts)) == len(texts)
            assert all(text.strip() for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_declared_cues_are_cues_that_the_audit_measures(name: str) -> None:
    assert set(find_distribution(name).header.cues) <= {*cues(), *(probe.name for probe in PROBES), *KINDS}


@pytest.mark.parametrize("name", NAMES)
def test_chunks_do_not_change_candidates(name: str) -> None:
    whole = chunk(name, 0, "test", 0, 7)
    assert [*chunk(name, 0, "test", 0, 3), *chunk(name, 0, "test", 3, 4)] == whole


@pytest.mark.parametrize("name", NAMES)
def test_the_prover_refuses_responses_without_the_right_one(name: str) -> None:
    builder = find_distribution(name).builder()
    for example in examples(name, "train")[:20]:
        wrong = tuple(response.text for response in example.responses if response.label == 0)
        with pytest.raises(Disproof):
            builder.prove(Question(example.prompt, wrong, example.meta))


@pytest.mark.parametrize("name", NAMES)
def test_the_prover_does_not_mind_the_order(name: str) -> None:
    builder = find_distribution(name).builder()
    for example in examples(name, "test")[:10]:
        texts = tuple(response.text for response in reversed(example.responses))
        verdict = builder.prove(Question(example.prompt, texts, example.meta))
        assert texts[verdict.right] == example.responses[example.gold].text


@pytest.mark.parametrize("name", NAMES)
def test_the_right_one_stands_anywhere(name: str) -> None:
    both = [*examples(name, "train"), *examples(name, "test")]
    width = len(both[0].responses)
    places = [example.gold for example in both]
    # Under a uniform place, a count as far off as this comes up once in ten thousand distributions.
    expected = len(both) / width
    assert all(
        abs(places.count(place) - expected) < 4.5 * (expected * (1 - 1 / width)) ** 0.5 for place in range(width)
    )
