"""Growing by way of the Batch API: answers are joined on their ids, failures asked again, an open batch waited for."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from filling.grow.batch import ask_batch
from filling.grow.budget import Budget
from filling.grow.client import Endpoint, Settings
from filling.grow.run import Job, Run, fill
from filling.grow.tasks.items import Grow
from filling.grow.tasks.task import Sampling
from generators.core import load_bank
from generators.core.banks import read_bank
from tests.filling.server import ANSWER, WAY, Server, some
from tests.project import ROOT, digests

BANK = "history/protests_and_crises"


def grow(server: Server, out: Path, monkeypatch: pytest.MonkeyPatch, wait: float = 0.01) -> Run:
    """Grows a bank by batches, in this process."""
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    bank, budget = load_bank(BANK), Budget()
    job = Job(Grow(bank, Sampling("m", "m"), bank.items), out, 20)

    async def run() -> Run:
        async with Endpoint(Settings()) as endpoint:
            return await fill(
                [job],
                lambda requests, keep: ask_batch(requests, endpoint, budget, keep, out / "batch.json", wait),
                budget,
            )

    return asyncio.run(run())


def test_answers_are_joined_and_only_failures_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(faults=some(0.2, [WAY[0], *ANSWER])) as server:
        run = grow(server, tmp_path, monkeypatch)
        assert run.stopped is None
        assert set(server.paid.values()) == {1}
        failed = sum(each.failed for each in run.rounds)
        assert failed == server.seen[WAY[0]] > 0
        assert len(server.batches) == len(run.rounds)
    assert len(read_bank(tmp_path / f"{BANK}.jsonl", BANK).items) == 20
    assert not (tmp_path / "batch.json").exists()


def test_batches_and_single_requests_come_to_the_same_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server:
        grow(server, tmp_path / "batch", monkeypatch)
    with Server() as server:
        args = ["raw", "grow", BANK, "--n", "20", "--model", "m", "--out", str(tmp_path / "single")]
        command = [sys.executable, "-m", "cli.main", *args]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **server.env}, check=True, capture_output=True)
    names = [f"{BANK}.jsonl", f"{BANK}/rejects.jsonl"]
    assert all((tmp_path / "batch" / name).read_bytes() == (tmp_path / "single" / name).read_bytes() for name in names)


@pytest.mark.parametrize("noted", [True, False], ids=["its id was written down", "its id was not"])
def test_a_batch_that_was_sent_is_waited_for_and_not_sent_again(
    noted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server() as server:
        server.polls = 1_000_000
        command = [sys.executable, "-m", "cli.main", "raw", "grow", BANK, "--n", "20", "--model", "m", "--batch"]
        with subprocess.Popen(
            [*command, "--batch-wait", "0.05", "--out", str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, **server.env},
        ) as running:
            while not any(batch["polls"] > 1 for batch in list(server.batches.values())):
                assert running.poll() is None
                time.sleep(0.02)
            running.kill()
        (file,) = (tmp_path / "batches").iterdir()
        file = file.rename(tmp_path / "batch.json")
        if not noted:
            file.write_bytes(orjson.dumps({**orjson.loads(file.read_bytes()), "batch": None}))
        server.polls = 1
        run = grow(server, tmp_path, monkeypatch)
        assert run.stopped is None
        assert set(server.paid.values()) == {1}
        assert len(server.batches) == len(run.rounds)
    before = digests(tmp_path)
    assert grow(server, tmp_path, monkeypatch).rounds == []
    assert digests(tmp_path) == before
