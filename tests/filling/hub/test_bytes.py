"""Fetching what is given otherwise than it was pinned, listed or locked: refused, and what stands stays."""

from __future__ import annotations

import pytest

from filling.hub.source import sources
from tests.filling.hub.conftest import Fetching, refused
from tests.filling.hub.published import published
from tests.project import digests

ARC = sources()["arc"]
EASY = "ARC-Easy/train-00000-of-00001.parquet"


def test_a_moved_revision_is_refused(fetching: Fetching) -> None:
    fetching.hub.sha = "f" * 40
    refused(fetching, f'answers with commit "{"f" * 40}" where {ARC.revision} is pinned')


def test_a_file_that_is_no_longer_listed_is_missed(fetching: Fetching) -> None:
    del fetching.hub.repos[ARC.repo, ARC.revision][EASY]
    refused(fetching, f"{ARC.repo} has no file {EASY}")


def test_bytes_other_than_listed_are_refused(fetching: Fetching) -> None:
    fetching.hub.promised[EASY] = "0" * 64
    refused(fetching, f"{ARC.repo} lists {'0' * 64}")


def test_bytes_other_than_locked_are_refused_and_what_stands_stays(fetching: Fetching) -> None:
    fetching.fetch("arc")
    before = digests(fetching.project.root / "raw/upstream")
    files = fetching.hub.repos[ARC.repo, ARC.revision]
    files[EASY] = files["ARC-Challenge/train-00000-of-00001.parquet"]
    for path in fetching.cache.rglob("*.parquet"):
        path.unlink()
    refused(fetching, "raw/upstream/lock.json has", "--force", absent=False)
    assert digests(fetching.project.root / "raw/upstream") == before


@pytest.mark.parametrize("name", ["../../train.json", "/etc/train.json"])
def test_a_listed_name_that_is_no_plain_path_is_not_fetched(fetching: Fetching, name: str) -> None:
    shp = sources()["shp"]
    fetching.hub.repos[shp.repo, shp.revision][name] = b"{}"
    refused(fetching, "which is no plain path", source="shp")
    assert not fetching.hub.bodies()


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"PAR1 and then nothing", "no Parquet file that can be read"), (None, "none of 2 rows became an item")],
    ids=["no Parquet", "no item"],
)
def test_bytes_that_give_no_items_are_refused(fetching: Fetching, data: bytes | None, says: str) -> None:
    files = fetching.hub.repos[ARC.repo, ARC.revision]
    for name in ARC.files:
        files[name] = data or published(0)[ARC.repo, ARC.revision][name]
    done = fetching.fetch("arc")
    assert done.returncode == 1
    assert says in done.stderr
    assert not list(fetching.folder("arc").glob("*"))


def test_a_lock_that_was_broken_is_named(fetching: Fetching) -> None:
    fetching.project.write("raw/upstream/lock.json", '{"arc": {"revision": "main", "files": {}}}')
    done = fetching.fetch("arc")
    assert done.returncode == 1
    assert "lock.json: $.arc" in done.stderr
    assert not fetching.hub.bodies()
