"""The worked example of docs/growing.md runs as it stands, against a server on loopback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from generators.core.banks import read_bank
from tests.filling.server import ANSWER, Server, some
from tests.project import ROOT, Project, digests

PAGE = (ROOT / "docs" / "growing.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"<!-- run: (\w+) -->\n```bash\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture
def copied(tmp_path: Path) -> Project:
    """A copy of what the example needs, with a command `shifts`."""
    project = Project(tmp_path / "project")
    for part in ("schemas", "generators", "eval", "filling", "cli", "raw"):
        shutil.copytree(ROOT / part, project.root / part, ignore=shutil.ignore_patterns("__pycache__", "results"))
    shutil.copy(ROOT / "params.yaml", project.root)
    shifts = project.write("bin/shifts", f'#!/bin/sh\nexec "{sys.executable}" -m cli.main "$@"\n')
    shifts.chmod(0o755)
    project.environment["PATH"] = f"{shifts.parent}{os.pathsep}{os.environ['PATH']}"
    return project


def run(project: Project, name: str) -> str:
    """What a block of the page prints."""
    block = BLOCKS[name].replace("MODEL", "m")
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", block],
        cwd=project.root,
        env=project.env(PYTHONPATH=str(project.root)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_worked_example_runs(copied: Project) -> None:
    grown = copied.root / "raw" / "grown"
    assert "us_history" in run(copied, "before")
    with Server(faults=some(0.1, ANSWER)) as server:
        copied.environment |= server.env
        printed = run(copied, "grow")
        assert set(server.paid.values()) == {1}
    assert "200 items in" in printed
    assert "costing" in printed
    assert {orjson.loads(line)["check"] for line in run(copied, "rejects").splitlines()}
    before = digests(grown)
    items = 0
    for path in sorted(grown.glob("history/*.jsonl")):
        name = path.relative_to(grown).with_suffix("").as_posix()
        items += len(read_bank(path, name).items)
        path.unlink()
    assert items == 200
    del copied.environment["OPENAI_BASE_URL"], copied.environment["OPENAI_API_KEY"]
    run(copied, "replay")
    assert digests(grown) == before
    assert "us_history" in run(copied, "after")
    card = orjson.loads((copied.root / "after" / "us_history" / "card.json").read_bytes())
    assert sum(source["items"] for source in card["items"] if source["bank"].startswith("grown/")) == 200


def test_the_page_names_every_check_and_command() -> None:
    from filling.grow.checks import CHECKS

    table = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert table == list(CHECKS)
    assert re.findall(r"^\| `shifts raw (\w+)", PAGE, re.MULTILINE) == ["grow", "translate", "paraphrase", "distract"]
