"""Golden digests: the bytes of a (distribution, version, seed) change only with a version.

For every distribution a small committed file holds the digest of its first examples under the default seed; since
asking for more keeps the earlier ones, one digest serves every size. A build under that seed compares, and records the
digest of a version that has none yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from generators.core.banks import ROOT
from generators.core.registry import Distribution
from schemas import ShiftworksError, Split
from schemas.files import jsonl, pretty, sha256, write_whole

GOLDEN = ROOT / "generators" / "golden"
SEED = 0
FIRST: Mapping[Split, int] = {"train": 50, "test": 25}


def digest(records: Mapping[Split, Sequence[Mapping[str, Any]]]) -> str | None:
    """Digest of the first examples of both splits; None where there are too few."""
    if any(len(records[split]) < n for split, n in FIRST.items()):
        return None
    return sha256(b"".join(jsonl(records[split][:n]) for split, n in FIRST.items()))


def path_of(name: str) -> Path:
    """The file that holds a distribution's golden digest."""
    return GOLDEN / f"{name}.json"


def check(header: Distribution, seed: int, records: Mapping[Split, Sequence[Mapping[str, Any]]]) -> None:
    """Holds examples against the committed digest; records the digest of a new version.

    Raises:
        ShiftworksError: The bytes changed and the version did not.
    """
    value = digest(records)
    if seed != SEED or value is None:
        return
    path = path_of(header.name)
    known: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {"version": 0, "sha256": ""}
    if known["version"] == header.version:
        if known["sha256"] != value:
            raise ShiftworksError(
                f"{path}: {header.name} version {header.version} gives other bytes than the committed digest; "
                f"undo the change, or raise its version to {header.version + 1}"
            )
        return
    if header.version < known["version"]:
        raise ShiftworksError(
            f"{path}: {header.name} is version {header.version}, but version {known['version']} was built before; "
            "versions only rise"
        )
    write_whole(path, pretty({"version": header.version, "seed": SEED, "sha256": value}))
