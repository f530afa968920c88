"""Small data folders with planted cues and leaks, for the tests of the audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.core import Stream
from schemas import SPLITS
from schemas.files import jsonl, pretty, read_json, sha256
from schemas.validation import validate

Make = Callable[[Stream, int], tuple[str, list[str], int]]
WORDS = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "haven", "inlet", "jewel", "knoll", "larch")


def example(name: str, split: str, number: int, prompt: str, texts: Sequence[str], gold: int) -> dict[str, Any]:
    """One example's record; its prompt is its group."""
    return {
        "id": f"{name}/{split}/{number:05d}",
        "prompt": prompt,
        "responses": [{"text": text, "label": int(i == gold)} for i, text in enumerate(texts)],
        "meta": {"group": prompt},
        "proof": {"kind": "rule", "status": "proven", "detail": {}},
    }


def write(
    data: Path,
    name: str,
    make: Make,
    *,
    sizes: tuple[int, int] = (240, 200),
    declared: Mapping[str, str] | None = None,
) -> Path:
    """Adds a distribution of examples from `make(rng, number)` to a data folder, and returns the folder."""
    splits = {}
    (data / name).mkdir(parents=True)
    for split, size in zip(SPLITS, sizes, strict=True):
        made = [make(Stream(name, split, n), n) for n in range(size)]
        records = [example(name, split, n, f"{split} {p}", texts, gold) for n, (p, texts, gold) in enumerate(made)]
        content = jsonl(records)
        (data / name / f"{split}.jsonl").write_bytes(content)
        splits[split] = {
            "examples": size,
            "groups": len({record["meta"]["group"] for record in records}),
            "responses": sum(len(record["responses"]) for record in records),
            "sha256": sha256(content),
        }
    card = {
        "distribution": name,
        "version": 1,
        "seed": 0,
        "origin": "generated",
        "profile": "embedded",
        "construct": "Made for a test.",
        "proof": {"status": "proven", "kinds": {"rule": sum(sizes)}},
        "declared_cues": dict(declared or {}),
        "items": [],
        "splits": splits,
        "candidates": {"seen": sum(sizes), "passed_over": {}},
    }
    validate(card, "card", "card.json")
    (data / name / "card.json").write_bytes(pretty(card))
    manifest(data)
    return data


def manifest(data: Path, *shifts: tuple[str, ...]) -> None:
    """Writes a data folder's manifest; a shift is its source, its target and maybe its reference."""
    entries = [
        {
            "name": f"{source}_to_{target}",
            "label": "extreme",
            "category": "skill",
            "source": source,
            "target": target,
            "target_reference": reference[0] if reference else None,
            "version": 1,
        }
        for source, target, *reference in shifts
    ]
    names = sorted(path.parent.name for path in data.glob("*/card.json"))
    (data / "shifts.json").write_bytes(pretty({"shifts": entries, "distributions": names}))


def three(rng: Stream) -> list[str]:
    """Three different words of equal length."""
    return rng.sample(WORDS, 3)


def clean(rng: Stream, number: int) -> tuple[str, list[str], int]:
    """No cue: the right one of three random words is random."""
    return f"question {number}", three(rng), rng.below(3)


def mostly(rng: Stream, cue: int) -> int:
    """The position that a cue points to in four of five examples, a random one otherwise."""
    return cue if rng.chance(4, 5) else rng.below(3)


def longest(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = three(rng)
    long = rng.below(3)
    texts[long] += "y" * 3
    return f"question {number}", texts, mostly(rng, long)


def shortest(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = three(rng)
    short = rng.below(3)
    texts[short] = texts[short][:3]
    return f"question {number}", texts, mostly(rng, short)


def first(rng: Stream, number: int) -> tuple[str, list[str], int]:
    return f"question {number}", three(rng), mostly(rng, 0)


def last(rng: Stream, number: int) -> tuple[str, list[str], int]:
    return f"question {number}", three(rng), mostly(rng, 2)


def constant(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = rng.shuffled(["it depends", "certainly!", "never, no."])
    return f"question {number}", texts, mostly(rng, texts.index("it depends"))


def named_in_prompt(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = three(rng)
    named = rng.below(3)
    return f"question {number}: I think it is {texts[named].upper()}.", texts, mostly(rng, named)


def never_named(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = three(rng)
    named = rng.below(3)
    return f"question {number}: I think it is {texts[named]}.", texts, mostly(rng, (named + 1) % 3)


def response_words(rng: Stream, number: int) -> tuple[str, list[str], int]:
    texts = [f"{' '.join(rng.sample(WORDS, 4))} {rng.below(10**6):06d} maybe" for _ in range(3)]
    tell = rng.below(3)
    texts[tell] = texts[tell].replace("maybe", "truly")
    return f"question {number}", texts, mostly(rng, tell)


PLANTED: dict[str, tuple[Make, set[str]]] = {
    "longest": (longest, {"longest"}),
    "shortest": (shortest, {"longest"}),
    "first": (first, {"first"}),
    "last": (last, {"first"}),
    "constant": (constant, {"constant", "response_words"}),
    "named_in_prompt": (named_in_prompt, {"named_in_prompt"}),
    "never_named": (never_named, {"named_in_prompt"}),
    "response_words": (response_words, {"response_words"}),
}


def leak(data: Path, name: str, count: int) -> None:
    """Puts the first training examples into test."""
    folder = data / name
    train = [json.loads(line) for line in (folder / "train.jsonl").read_bytes().splitlines()]
    test = [json.loads(line) for line in (folder / "test.jsonl").read_bytes().splitlines()]
    for number in range(count):
        test[number] = {**train[number], "id": test[number]["id"]}
    (folder / "test.jsonl").write_bytes(jsonl(test))
    stamp(data, name)


def stamp(data: Path, name: str) -> None:
    """Puts the digests of a distribution's files on its card."""
    card = read_json(data / name / "card.json", "card")
    for split in SPLITS:
        card["splits"][split]["sha256"] = sha256((data / name / f"{split}.jsonl").read_bytes())
    (data / name / "card.json").write_bytes(pretty(card))
