"""The card of a built distribution: what a reader must know before trusting a figure measured on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from generators.core.banks import names_of, parts
from generators.core.registry import FoundDistribution
from generators.core.views import View
from schemas import SPLITS, Split
from schemas.files import sha256


def card(
    found: FoundDistribution,
    seed: int,
    records: Mapping[Split, Sequence[Mapping[str, Any]]],
    files: Mapping[str, bytes],
    seen: int,
    passed_over: Mapping[str, int],
    view: View | None,
) -> dict[str, Any]:
    """The card of a distribution that was just built.

    Args:
        found: The distribution as its file declares it.
        seed: Seed of the build.
        records: The examples of each split.
        files: The bytes of each split's file.
        seen: Candidates looked at.
        passed_over: Candidates passed over, by reason.
        view: How the examples are put to a model.
    """
    return {
        "distribution": found.header.name,
        "version": found.header.version,
        "seed": seed,
        "origin": "generated",
        "profile": found.profile,
        "view": view,
        "construct": found.construct,
        "proof": proof_summary([record for split in SPLITS for record in records[split]]),
        "declared_cues": dict(found.header.cues),
        "items": [
            {
                "bank": bank.name,
                "items": len(bank.items),
                "sha256": bank.sha256,
                "licence": bank.header["licence"],
                "source": bank.header["source"],
                **({"revision": bank.header["revision"]} if "revision" in bank.header else {}),
            }
            for name in names_of(found.header.banks)
            for bank in parts(name, found.profile)
        ],
        "splits": {split: split_summary(records[split], files[f"{split}.jsonl"]) for split in SPLITS},
        "candidates": {"seen": seen, "passed_over": dict(passed_over)},
    }


def proof_summary(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How the labels of all examples were established: the kinds with their counts, and the status they share."""
    kinds = Counter(record["proof"]["kind"] for record in records)
    statuses = {record["proof"]["status"] for record in records}
    return {"status": statuses.pop() if len(statuses) == 1 else "mixed", "kinds": dict(kinds)}


def split_summary(records: Sequence[Mapping[str, Any]], data: bytes) -> dict[str, Any]:
    """Sizes and digest of one split."""
    return {
        "examples": len(records),
        "groups": len({record["meta"]["group"] for record in records}),
        "responses": sum(len(record["responses"]) for record in records),
        "sha256": sha256(data),
    }
