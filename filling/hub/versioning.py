"""Hands fetched folders to DVC, so that a checkout names their bytes and `dvc pull` can bring them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from schemas import ShiftworksError


def add_to_dvc(project: Path, folder: str) -> str | None:
    """Adds a folder to the DVC repository of a project.

    Args:
        project: Its root.
        folder: What to add, as a path below it; it gets a file `<folder>.dvc` beside it, which git keeps.

    Returns:
        Why it was not added; None if it was.

    Raises:
        ShiftworksError: DVC refuses.
    """
    if not (project / ".dvc").is_dir():
        return "this is no DVC repository"
    if importlib.util.find_spec("dvc") is None:
        return "DVC is not installed"
    done = subprocess.run(  # noqa: S603 - our own interpreter, a name of ours
        [sys.executable, "-m", "dvc", "add", "--quiet", folder],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise ShiftworksError(f"dvc add {folder}: {said[0]}; the items are written, only DVC lacks them")
    return None
