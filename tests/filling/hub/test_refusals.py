"""Fetching what the hub does not give: one line that says why and what to do, and nothing is written."""

from __future__ import annotations

import pytest

from filling.hub.source import sources
from tests.filling.hub.conftest import Fetching, refused
from tests.filling.hub.server import Fault

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


def test_one_source_that_fails_does_not_keep_others_away(fetching: Fetching) -> None:
    fetching.hub.faults = [Fault("GET", f"/api/datasets/{ARC.repo}", 404, {"X-Error-Code": "RepoNotFound"})]
    done = fetching.fetch("arc", "mmlu")
    assert done.returncode == 1
    assert done.stderr.endswith("error: not fetched: arc\n")
    assert (fetching.folder("mmlu") / "provenance.json").is_file()


def test_no_hub_at_all_ends_in_one_line(fetching: Fetching) -> None:
    fetching.project.environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    refused(fetching, "arc: the line broke (ConnectError); run the same command")


@pytest.mark.parametrize("taken", ["hf", "project/raw/upstream/arc"], ids=["cache", "folder"])
def test_a_folder_that_cannot_be_made_ends_in_one_line(fetching: Fetching, taken: str) -> None:
    path = fetching.cache.parent / taken
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a file where a folder should be")
    done = fetching.fetch("arc")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert str(path) in done.stderr
