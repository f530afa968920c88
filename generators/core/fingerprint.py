"""What a distribution depends on, as one hash: its code with all that it imports of ours, banks, version, seed, sizes.

Changing one family therefore changes the fingerprints of that family's distributions alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generators.core.banks import ROOT, bank_path, grown_path, names_of
from generators.core.profiles import Profile
from generators.core.registry import FoundDistribution
from generators.core.views import View
from schemas.files import canonical, read_bytes, sha256

#: The engine's own modules decide bytes too, though no builder imports them.
ENGINE = ("generators.core.candidates", "generators.core.card", "generators.core.streams", "schemas.files")
OURS = ("generators", "schemas")


def _path(module: str) -> Path | None:
    """The file of one of our modules; None for a name that is no module of ours."""
    if module.split(".")[0] not in OURS:
        return None
    base = ROOT.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Names of our modules that a file may import, in or outside functions."""

    def names() -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    return tuple(sorted({name for name in names() if _path(name)}))


@cache
def _hash(path: Path) -> str:
    return sha256(read_bytes(path))


def code(module: str) -> dict[str, str]:
    """Hash of every file of ours that a module reaches through imports, by its path in the project."""
    waiting, files = [module, *ENGINE], set()
    while waiting:
        path = _path(waiting.pop())
        if path and path not in files:
            files.add(path)
            waiting.extend(_imports(path))
    return {path.relative_to(ROOT).as_posix(): _hash(path) for path in sorted(files)}


def fingerprint(found: FoundDistribution, seed: int, n_train: int, n_test: int, view: View | None = None) -> str:
    """The hash of all that decides a distribution's bytes."""
    banks = names_of(found.header.banks)
    parts = {
        "name": found.header.name,
        "version": found.header.version,
        "code": code(found.module),
        "banks": {name: _hash(bank_path(name)) for name in banks},
        "seed": seed,
        "sizes": [n_train, n_test],
        "view": view,
    }
    if found.profile is not Profile.EMBEDDED:
        grown = {name: _hash(grown_path(name)) for name in banks if grown_path(name).is_file()}
        parts |= {"profile": found.profile, "grown": grown}
    return sha256(canonical(parts))
