"""Fetching what the hub does not give, or gives otherwise than was pinned: one line, and nothing is written."""

from __future__ import annotations

import pytest

from filling.hub.source import sources
from tests.filling.hub.conftest import TOKEN, Fetching
from tests.filling.hub.server import Fault
from tests.project import digests

ARC = sources()["arc"]
EASY = "ARC-Easy/train-00000-of-00001.parquet"


@pytest.mark.parametrize(
    ("faults", "says"),
    [
        (
            [Fault("GET", "/api/datasets", 404, {"X-Error-Code": "RepoNotFound"})],
            "there is no such data set for you (404)",
        ),
        ([Fault("GET", "/api/datasets", 404, {"X-Error-Code": "RevisionNotFound"})], "the pinned commit is gone"),
        ([Fault("GET", "/api/datasets", 403, {"X-Error-Code": "GatedRepo"})], "its owner gives it on request only"),
        ([Fault("HEAD", EASY, 404, {"X-Error-Code": "EntryNotFound"})], f"arc: {EASY}: there is no such file"),
        ([Fault("GET", "/store/", 403)], "the hub answers 403"),
    ],
    ids=["no such data set", "no such commit", "gated", "no such file", "forbidden store"],
)
def test_what_does_not_pass_ends_in_one_line(fetching: Fetching, faults: list[Fault], says: str) -> None:
    fetching.hub.faults = faults
    refused(fetching, says)


def test_a_hub_that_stays_down_is_given_up(fetching: Fetching) -> None:
    fetching.hub.faults = [Fault("GET", "/api/datasets", 502) for _ in range(9)]
    refused(fetching, "the hub answers 502; run the same command later")
    assert len(fetching.hub.faults) == 6


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


@pytest.mark.parametrize("name", ["../../train.json", "a/../../train.json", "/etc/train.json", "a b/train.json"])
def test_a_listed_name_that_is_no_plain_path_is_not_fetched(fetching: Fetching, name: str) -> None:
    shp = sources()["shp"]
    fetching.hub.repos[shp.repo, shp.revision][name] = b"{}"
    refused(fetching, "which is no plain path", source="shp")
    assert not fetching.hub.bodies()


def test_one_source_that_fails_does_not_keep_others_away(fetching: Fetching) -> None:
    fetching.hub.faults = [Fault("GET", f"/api/datasets/{ARC.repo}", 404, {"X-Error-Code": "RepoNotFound"})]
    done = fetching.fetch("arc", "mmlu")
    assert done.returncode == 1
    assert done.stderr.endswith("error: not fetched: arc\n")
    assert (fetching.folder("mmlu") / "provenance.json").is_file()


def test_no_hub_at_all_ends_in_one_line(fetching: Fetching) -> None:
    fetching.project.environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    refused(fetching, "arc: the line broke (ConnectError); run the same command")


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
