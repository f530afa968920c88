"""What a fetch leaves behind: the token nowhere, the items in DVC, and only pointers for git."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tests.filling.hub.conftest import TOKEN, Fetching
from tests.project import digests

GIT = shutil.which("git") or "git"


def test_the_token_goes_to_the_hub_alone_and_is_kept_nowhere(fetching: Fetching) -> None:
    done = fetching.fetch("apps")
    assert done.returncode == 0, done.stderr
    hub = [one for one in fetching.hub.requests if one.path.startswith(("/api/datasets", "/datasets"))]
    store = [one for one in fetching.hub.requests if one.path.startswith("/store")]
    assert hub
    assert all(one.authorized for one in hub)
    assert store
    assert not any(one.authorized for one in store)
    assert TOKEN not in done.stdout + done.stderr
    for folder in (fetching.project.root, fetching.cache):
        for path in folder.rglob("*"):
            assert not path.is_file() or TOKEN.encode() not in path.read_bytes(), path


def test_dvc_gets_the_folder_and_git_only_its_pointer(fetching: Fetching) -> None:
    root = fetching.project.root
    fetching.project.environment |= {"DVC_NO_ANALYTICS": "1", "DVC_SITE_CACHE_DIR": str(fetching.cache / "dvc")}
    (root / ".gitignore").write_text("__pycache__/\n/raw/upstream/*\n!/raw/upstream/*.dvc\n!/raw/upstream/lock.json\n")
    for command in ([GIT, "init", "--quiet"], [sys.executable, "-m", "dvc", "init", "--quiet"]):
        subprocess.run(command, cwd=root, env=fetching.project.env(), check=True)
    done = fetching.fetch("truthful_qa")
    assert done.returncode == 0, done.stderr
    assert "DVC" not in done.stdout
    listed = subprocess.run(
        [GIT, "status", "--porcelain", "--untracked-files=all", "raw/upstream"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    new = {line.split()[-1] for line in listed.stdout.splitlines()}
    assert new == {"raw/upstream/truthful_qa.dvc", "raw/upstream/lock.json"}
    before = digests(fetching.folder("truthful_qa"))
    for path in fetching.folder("truthful_qa").iterdir():
        path.unlink()
    subprocess.run(
        [sys.executable, "-m", "dvc", "checkout", "--quiet", "raw/upstream/truthful_qa.dvc"],
        cwd=root,
        env=fetching.project.env(),
        check=True,
    )
    assert digests(fetching.folder("truthful_qa")) == before
