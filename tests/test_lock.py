"""The committed lock: a clean build gives its bytes, and it was made with the code that stands here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from tests.project import ROOT, digests

PARAMS = yaml.safe_load((ROOT / "params.yaml").read_text())["build"]
LOCK: dict[str, Any] = yaml.safe_load((ROOT / "dvc.lock").read_text())["stages"]
ENV = {**os.environ, "DVC_NO_ANALYTICS": "1"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything, built in a folder of its own at the sizes of `params.yaml`."""
    root = tmp_path_factory.mktemp("lock")
    sizes = ["--seed", PARAMS["seed"], "--n-train", PARAMS["n_train"], "--n-test", PARAMS["n_test"]]
    command = [sys.executable, "-m", "cli.main", "build", "--workers", "2", "--out", root / "processed", *sizes]
    subprocess.run(list(map(str, command)), cwd=ROOT, env={**ENV, "PYTHONHASHSEED": "77"}, check=True)
    return root


def test_a_clean_build_gives_the_bytes_of_the_lock(built: Path) -> None:
    """DVC itself hashes what was built, under this repository's ignore file."""
    dvc = [sys.executable, "-m", "dvc"]
    shutil.copy(ROOT / ".dvcignore", built)
    subprocess.run([*dvc, "init", "--no-scm", "--quiet", "--force"], cwd=built, env=ENV, check=True)
    shutil.copy(ROOT / ".dvcignore", built)
    subprocess.run([*dvc, "add", "--quiet", "processed"], cwd=built, env=ENV, check=True)
    added = yaml.safe_load((built / "processed.dvc").read_text())["outs"][0]
    locked = LOCK["build"]["outs"][0]
    assert (added["md5"], added["nfiles"]) == (locked["md5"], locked["nfiles"])


def test_more_examples_keep_the_first(built: Path, tmp_path: Path) -> None:
    fewer = [sys.executable, "-m", "cli.main", "build", "--workers", "2", "--out", str(tmp_path)]
    subprocess.run([*fewer, "--n-train", "300", "--n-test", "100"], cwd=ROOT, check=True)
    for file in digests(built / "processed"):
        if file.endswith(".jsonl"):
            assert (built / "processed" / file).read_bytes().startswith((tmp_path / file).read_bytes())


def test_the_lock_was_made_with_this_code() -> None:
    """A stage whose dependencies changed since the lock was written would run again on every clean clone."""
    status = subprocess.run(
        [sys.executable, "-m", "dvc", "status", "--json"], cwd=ROOT, env=ENV, capture_output=True, text=True, check=True
    )
    # On a clean clone nothing is built yet, so what stages make is absent; what they are made from must not differ.
    stale = [
        f"{stage}: {path}"
        for stage, changes in orjson.loads(status.stdout).items()
        for change in changes
        if isinstance(change, dict)
        for path, state in change.get("changed deps", {}).items()
        if state == "modified"
    ]
    assert not stale, f"run `make run` and commit dvc.lock: {stale}"
