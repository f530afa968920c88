"""A small project, a hub on loopback, and the true client between them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.filling.hub.published import published
from tests.filling.hub.server import Hub, serving
from tests.project import Project

#: Looks like a token; must stand in no file, and in nothing that is printed.
TOKEN = "hf_thisIsNoTokenButLooksLikeOne"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Fetching:
    """What a test works with.

    Attributes:
        hub: The server.
        project: The copy of the project that fetches from it.
        cache: The client's folder.
    """

    hub: Hub
    project: Project
    cache: Path

    def fetch(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Runs `shifts raw fetch`."""
        return self.project.shifts("raw", "fetch", *args)

    def folder(self, name: str) -> Path:
        """The folder of a source."""
        return self.project.root / "raw/upstream" / name


@pytest.fixture
def fetching(project: Project, tmp_path: Path) -> Iterator[Fetching]:
    """A hub that holds every source, and a project that has fetched nothing yet."""
    with serving(Hub(published())) as hub:
        foreign = [name for name in os.environ if name.startswith("HF_") or name.lower().endswith("_proxy")]
        project.environment |= dict.fromkeys(foreign, "")
        project.environment |= {"HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path / "hf"), "HF_TOKEN": TOKEN}
        yield Fetching(hub, project, tmp_path / "hf")


def refused(fetching: Fetching, says: str, *args: str, source: str = "arc", absent: bool = True) -> None:
    """Fetches, which must fail with one line on the source that holds `says`, and write nothing."""
    done = fetching.fetch(source, *args)
    assert done.returncode == 1, done.stdout
    line, last = done.stderr.splitlines()
    assert says in line
    assert line.startswith(f"error: {source}: ")
    assert last == f"error: not fetched: {source}"
    assert TOKEN not in done.stderr
    assert "signature" not in done.stderr
    if absent:
        assert not fetching.folder(source).exists() or not list(fetching.folder(source).iterdir())
