"""Fetching where the hub, the line, the machine or the cache fails for a while: it is overcome."""

from __future__ import annotations

import hashlib
import signal
import subprocess

import pytest

from filling.hub.source import sources
from tests.filling.hub.conftest import Fetching
from tests.filling.hub.server import Fault
from tests.project import digests

ARC = sources()["arc"]
EASY = "ARC-Easy/train-00000-of-00001.parquet"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("GET", "/api/datasets/", 429, {"Retry-After": "1"}),
        Fault("GET", "/api/datasets/", 500),
        Fault("HEAD", "/resolve/", 500),
        Fault("GET", "/store/", 429, {"Retry-After": "0"}),
        Fault("GET", "/store/", 503),
    ],
    ids=["busy", "broken", "broken at the head", "busy store", "broken store"],
)
def test_what_passes_is_overcome(fetching: Fetching, fault: Fault) -> None:
    fetching.hub.faults = [fault]
    done = fetching.fetch("arc")
    assert (done.returncode, done.stderr) == (0, "")
    assert not fetching.hub.faults
    assert (fetching.folder("arc") / "provenance.json").is_file()


def test_a_transfer_that_was_cut_goes_on_where_it_stopped(fetching: Fetching) -> None:
    apps = sources()["apps"]
    # The client writes ten megabytes at a time, so less than that is fetched again.
    files = fetching.hub.repos[apps.repo, apps.revision]
    files["train.jsonl"] += b'{"padding": "' + b" " * (24 << 20) + b'"}\n'
    fetching.hub.faults = [Fault("GET", hashlib.sha256(files["train.jsonl"]).hexdigest(), "cut")]
    done = fetching.fetch("apps")
    assert (done.returncode, done.stderr) == (0, "")
    assert [one.range for one in fetching.hub.bodies() if one.range] == [f"bytes={10 << 20}-"]


@pytest.mark.parametrize(("end", "status"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)], ids=["killed", "interrupted"])
def test_a_stopped_fetch_leaves_nothing_half_and_keeps_whole_files(
    fetching: Fetching, end: signal.Signals, status: int
) -> None:
    fetching.hub.faults = [Fault("HEAD", EASY, "stall")]
    running = subprocess.Popen(
        fetching.project.command("raw", "fetch", "arc"), cwd=fetching.project.root, env=fetching.project.env()
    )
    assert fetching.hub.stalled.wait(60)
    meanwhile = fetching.fetch("arc")
    assert (meanwhile.returncode, "another fetch is writing here" in meanwhile.stderr) == (1, True)
    running.send_signal(end)
    assert running.wait() == status
    assert not fetching.folder("arc").exists()
    # What remains where the machine stops while items are written.
    fetching.project.write("raw/upstream/arc/.items.jsonl.x1y2", "half a li")
    bodies = len(fetching.hub.bodies())
    done = fetching.fetch("arc")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in fetching.folder("arc").iterdir()} == {"items.jsonl", "provenance.json"}
    # The first of the two files had come whole.
    assert (bodies, len(fetching.hub.bodies())) == (1, 2)


def test_a_file_that_rotted_in_the_cache_is_fetched_anew(fetching: Fetching) -> None:
    fetching.fetch("arc")
    before = digests(fetching.project.root / "raw/upstream")
    for path in fetching.cache.rglob("*.parquet"):
        path.resolve().write_bytes(b"rot")
    done = fetching.fetch("--force", "arc")
    assert (done.returncode, done.stderr) == (0, "")
    assert digests(fetching.project.root / "raw/upstream") == before
