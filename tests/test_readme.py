"""The README's example is a whole shift of under 40 lines that builds, validates, audits and is tested as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT, Project

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"<!-- example: (\S+) -->\n```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def whole_project(tmp_path: Path) -> Project:
    """A copy of everything that git would carry, data apart."""
    root = tmp_path / "project"
    ignore = shutil.ignore_patterns("__pycache__", "results")
    for part in ("schemas", "generators", "eval", "filling", "cli", "tests", "raw"):
        shutil.copytree(ROOT / part, root / part, ignore=ignore)
    for part in ("params.yaml", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / part, root / part)
    return Project(root)


def test_the_example_is_all_it_takes(whole_project: Project) -> None:
    assert EXAMPLE is not None
    path, text = EXAMPLE.groups()
    assert len(text.splitlines()) < 40
    whole_project.write(path, text)
    name = Path(path).stem
    assert name in whole_project.shifts("list").stdout
    whole_project.build("roman_numerals", "--n-train", "60", "--n-test", "30")
    assert '"distribution": "roman_numerals"' in (whole_project.root / "processed/roman_numerals/card.json").read_text()
    validated = whole_project.shifts("validate", "processed")
    assert validated.returncode == 0, validated.stderr
    assert "labels recomputed" in validated.stdout
    audited = whole_project.shifts("audit", "roman_numerals")
    assert audited.returncode == 0, audited.stderr
    assert "roman_numerals" in audited.stdout
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/generators/test_distributions.py", "-k", "roman_numerals"],
        cwd=whole_project.root,
        env=whole_project.env(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout
    assert re.search(r"\b7 passed", tested.stdout)
    edited = {
        file.relative_to(whole_project.root).as_posix()
        for file in whole_project.root.rglob("*")
        if file.is_file()
        and "processed" not in file.parts
        and not file.parts[len(whole_project.root.parts)].startswith(".")
        and not (ROOT / file.relative_to(whole_project.root)).exists()
    }
    assert edited == {path, "generators/golden/roman_numerals.json"}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^    shifts (\w+)", README, re.MULTILINE))))
def test_every_command_of_the_readme_exists(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
