"""The audit of a data folder: cues of every distribution, overlaps of every distribution and shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from eval.audit.cues import cues
from eval.audit.interval import CHANCE, intervals
from eval.audit.table import Table
from eval.dataset import Distribution, load
from schemas import SPLITS, Example, ShiftworksError
from schemas.files import read_bytes, sha256
from schemas.validation import validate

#: Intervals that are reported miss this often.
ERROR = 0.05


@dataclass(frozen=True, slots=True)
class _Keys:
    """What overlaps are counted by: groups and prompts of train, and those of each test example."""

    train_groups: frozenset[str]
    train_prompts: frozenset[str]
    test_groups: Sequence[str]
    test_prompts: Sequence[str]


def audit(data: Path, names: Sequence[str] = (), seed: int = 0) -> dict[str, Any]:
    """Measures whether the labels of a data folder can be had without doing the task.

    Each cue ranks the pairs of a distribution's test split, the right response against each wrong one, ties counting
    half; one that must be learned is learned from train. Reported intervals hold 95 % and resample groups. With m cues
    tested on a distribution, one counts as *off chance* where its interval at 1 - .05 / m (Bonferroni) leaves out .5,
    on either side: an answer that is always the shorter one is given away as much as one that is always longer. Off
    chance and not declared on the card is *flagged*. So a reported interval may leave out .5 without a flag.

    Verdicts: `leak` where groups of test stand in train, else `cue` where one is flagged, else `declared` where a
    declared one is off chance, else `clean`. An overlap counts the test examples (of `of`) whose group, or whose very
    prompt, stands in train; a shift's compares its target's test with its source's train. `groups` is the number of
    groups in test.

    Args:
        data: The data folder.
        names: Shifts or distributions; all where none is named.
        seed: Seed of the resampling.

    Raises:
        ShiftworksError: The folder is broken, a name is unknown, or a test split is empty.
    """
    dataset = load(data, names)
    records = []
    keys: dict[str, _Keys] = {}
    for name, distribution in tqdm(dataset.distributions.items(), unit="dist", disable=None, leave=False):
        train, test = distribution.split("train"), distribution.split("test")
        if not test:
            raise ShiftworksError(f"{distribution.folder / 'test.jsonl'}: no test examples, so nothing can be audited")
        keys[name] = _keys(train, test)
        records.append(_audit_one(distribution, train, test, keys[name], seed))
    result = {
        "data": str(data),
        "distributions": records,
        "shifts": [
            {"name": shift.name, "overlap": _overlap(keys[shift.source], keys[shift.target])}
            for shift in dataset.shifts
        ],
    }
    validate(result, "audit", "audit")
    return result


def _audit_one(
    distribution: Distribution, train: Sequence[Example], test: Sequence[Example], keys: _Keys, seed: int
) -> dict[str, Any]:
    """The record of one distribution."""
    measured = _cues(distribution, Table.of(train), Table.of(test), seed)
    overlap = _overlap(keys, keys)
    if overlap["groups"]:
        verdict = "leak"
    elif any(cue["flagged"] for cue, _ in measured):
        verdict = "cue"
    elif any(off for _, off in measured):
        verdict = "declared"
    else:
        verdict = "clean"
    return {
        "name": distribution.name,
        "version": distribution.card["version"],
        "train": len(train),
        "test": len(test),
        "groups": len(set(keys.test_groups)),
        "cues": [cue for cue, _ in measured],
        "overlap": overlap,
        "verdict": verdict,
    }


def _cues(distribution: Distribution, train: Table, test: Table, seed: int) -> list[tuple[dict[str, Any], bool]]:
    """Every cue's record, and whether the cue is off chance."""
    tested = [cue for cue in cues().values() if len(train.gold) or not cue.learned]
    outcomes = np.stack([test.outcomes(cue.score(train, test)) for cue in tested], axis=1)
    errors = (ERROR, ERROR / len(tested))
    reported, strict = intervals(outcomes, test.pair_groups, errors, ("audit", distribution.name, seed))
    declares = distribution.card["declared_cues"]
    result = []
    for i, cue in enumerate(tested):
        off = not strict[0, i] <= CHANCE <= strict[1, i]
        declared = cue.name in declares or cue.mirror in declares
        record = {
            "cue": cue.name,
            "accuracy": round(float(outcomes[:, i].mean()), 4),
            "low": round(float(reported[0, i]), 4),
            "high": round(float(reported[1, i]), 4),
            "chance": CHANCE,
            "pairs": len(outcomes),
            "declared": declared,
            "flagged": off and not declared,
        }
        result.append((record, off))
    return result


def _keys(train: Sequence[Example], test: Sequence[Example]) -> _Keys:
    return _Keys(
        frozenset(example.group for example in train),
        frozenset(example.prompt for example in train),
        [example.group for example in test],
        [example.prompt for example in test],
    )


def _overlap(source: _Keys, target: _Keys) -> dict[str, int]:
    """How many test examples of the target have their group, or their prompt, in the source's train."""
    return {
        "groups": sum(group in source.train_groups for group in target.test_groups),
        "prompts": sum(prompt in source.train_prompts for prompt in target.test_prompts),
        "of": len(target.test_groups),
    }


def receipt(data: Path, audit: dict[str, Any], seed: int) -> dict[str, Any]:
    """What an audit went through, without its figures: the same data and settings give the same bytes anywhere.

    Args:
        data: The data folder that was audited.
        audit: The result of `audit`.
        seed: The seed that it was given.

    Raises:
        ShiftworksError: A data file is gone.
    """
    names = [record["name"] for record in audit["distributions"]]
    parts = ["card.json", *(f"{split}.jsonl" for split in SPLITS)]
    files = ["shifts.json", *(f"{name}/{part}" for name in names for part in parts)]
    tested = dict.fromkeys(cue["cue"] for record in audit["distributions"] for cue in record["cues"])
    return {
        "cues": list(tested),
        "distributions": names,
        "files": {file: sha256(read_bytes(data / file)) for file in files},
        "seed": seed,
        "shifts": [record["name"] for record in audit["shifts"]],
    }
