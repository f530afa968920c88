"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small copy of the project with toy distributions."""
    return Project.create(tmp_path / "project")
