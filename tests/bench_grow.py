"""What a run of `shifts raw grow` withstands and how fast it is, against a naive asyncio loop that meets no faults.

`python -m tests.bench_grow` asks 5,000 requests at concurrency 64 of a server on loopback that fails a tenth of them,
and kills the run in the middle. A small version of it is a test.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson

from cli.text import table
from tests.filling.server import ANSWER, WAY, Server, some
from tests.project import ROOT, digests

BANK = "history/protests_and_crises"
CONCURRENCY = 64
#: Seconds that the model thinks.
LATENCY = 0.1
#: Seconds between two looks at a run's memory.
LOOK = 0.2


@dataclass
class Outcome:
    """What came of a run that was killed and went on.

    Attributes:
        items: In the grown bank.
        exchanges: Recorded.
        paid: Requests that the server was paid for, each counted once.
        twice: Requests that it was paid for more than once.
        open: Requests that were under way when the run was killed.
        lost: Recorded before the kill and not after.
        replayed: Whether the replay gave the same bytes.
        seconds: Of both runs, from start to end.
        work: Seconds that the processor spent on both runs.
        memory: Resident megabytes of the second run early on, and at the most.
        faults: Requests by fault.
    """

    items: int
    exchanges: int
    paid: int
    twice: int
    open: int
    lost: int
    replayed: bool
    seconds: float
    work: float
    memory: tuple[float, float]
    faults: dict[str, int]


def command(out: Path, *args: str) -> list[str]:
    """A `grow` into a folder."""
    return [sys.executable, "-m", "cli.main", "raw", "grow", BANK, "--model", "m", "--out", str(out), *args]


def killed_and_resumed(items: int, out: Path, *, honest: bool, latency: float = LATENCY) -> Outcome:
    """Grows a bank, with a tenth of the requests failing and one SIGKILL after half of them.

    Args:
        items: Items that are wanted; each takes about 1.2 requests.
        out: Folder of grown banks.
        honest: Whether the server charges nothing for a repeated `Idempotency-Key`.
        latency: Seconds that the model thinks.
    """
    with Server(faults=some(0.1, WAY + ANSWER), honest=honest, latency=latency, silence=3) as server:
        env = {**os.environ, **server.env}
        args = command(out, "--n", str(items), "--concurrency", str(CONCURRENCY), "--timeout", "2")
        start, before_work = time.monotonic(), _work()
        with subprocess.Popen(args, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as first:
            _until(lambda: server.paid.total() >= 0.6 * items, first)
            first.send_signal(signal.SIGKILL)
        kept = _addresses(out)
        # What the killed run had asked is still answered into the void, and charged.
        time.sleep(latency + LOOK)
        under_way = server.paid.total() - len(kept)
        memory: list[float] = []
        early = server.paid.total() + 0.1 * items
        with subprocess.Popen(args, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as second:
            while second.poll() is None:
                if server.paid.total() > early:
                    memory.append(_resident(second.pid))
                time.sleep(LOOK)
        seconds, work = time.monotonic() - start, _work() - before_work
        if second.returncode:
            raise AssertionError(f"the second run ended with {second.returncode}")
        before = digests(out)
        for file in out.rglob("*.json*"):
            if file.parent.name != "records":
                file.unlink()
        # No key and no address: a replay that talked to anything would fail.
        subprocess.run(
            command(out, "--replay"),
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("OPENAI")},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return Outcome(
            items=len((out / f"{BANK}.jsonl").read_bytes().splitlines()) - 1,
            exchanges=len(_addresses(out)),
            paid=len(server.paid),
            twice=sum(times > 1 for times in server.paid.values()),
            open=under_way,
            lost=len(kept - _addresses(out)),
            replayed=digests(out) == before,
            seconds=seconds,
            work=work,
            memory=(memory[0], max(memory)),
            faults=dict(server.seen),
        )


def naive(count: int) -> tuple[float, float]:
    """Seconds of a process that asks as many requests with a semaphore and `gather`, by the clock and of work."""
    with Server(latency=LATENCY) as server:
        args = [sys.executable, "-m", "tests.bench_grow", "naive", str(count)]
        start, before = time.monotonic(), _work()
        subprocess.run(args, cwd=ROOT, env={**os.environ, **server.env}, check=True)
        return time.monotonic() - start, _work() - before


async def ask_naively(count: int) -> None:
    """The loop that one would write first."""
    from openai import AsyncOpenAI

    from filling.grow.tasks.items import Grow
    from filling.grow.tasks.task import Sampling
    from generators.core import load_bank

    task = Grow(load_bank(BANK), Sampling("m", "m"))
    room = asyncio.Semaphore(CONCURRENCY)
    async with AsyncOpenAI() as client:

        async def ask(index: int) -> str | None:
            async with room:
                reply = await client.chat.completions.create(**task.request(index).body("schema"))
                return str(reply.choices[0].message.content)

        await asyncio.gather(*map(ask, range(count)))


#: Items of the benchmark: as many as take 5,000 requests or a few more.
ITEMS = 4150
COLUMNS = ("", "repeated keys are free", "they are charged", "naive loop without faults")


def growing(items: int = ITEMS) -> list[list[object]]:
    """A killed run against both kinds of server, beside the naive loop."""
    found = []
    for honest in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            found.append(killed_and_resumed(items, Path(folder), honest=honest))
    clock, work = naive(found[0].exchanges)
    rows: list[list[object]] = [
        ["items in the bank", *(one.items for one in found), ""],
        ["requests answered and recorded", *(one.exchanges for one in found), found[0].exchanges],
        ["requests that met a fault", *(sum(one.faults.values()) - one.faults["none"] for one in found), 0],
        ["recorded before the kill and lost", *(one.lost for one in found), ""],
        ["answers on their way at the kill", *(one.open for one in found), ""],
        ["paid twice", *(one.twice for one in found), ""],
        ["replay equal to the byte", *("yes" if one.replayed else "no" for one in found), ""],
        ["MB early and at the most", *("{:.0f}, {:.0f}".format(*one.memory) for one in found), ""],
    ]
    rates = [one.exchanges / one.seconds for one in found]
    rows.append(["requests a second", *map(round, rates), round(found[0].exchanges / clock)])
    efforts = [1000 * one.work / one.exchanges for one in found]
    rows.append(
        ["processor ms a request", *(f"{one:.1f}" for one in efforts), f"{1000 * work / found[0].exchanges:.1f}"]
    )
    return rows


def _until(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    while not reached():
        if process.poll() is not None:
            raise AssertionError(f"the run ended early with {process.returncode}")
        time.sleep(0.005)


def _work() -> float:
    """Seconds that the processor spent on processes that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _addresses(out: Path) -> set[str]:
    """The addresses of all whole records."""
    found = set()
    for file in sorted((out / BANK / "records").glob("*.jsonl")):
        found |= {orjson.loads(line)["address"] for line in file.read_bytes().splitlines(True) if line.endswith(b"\n")}
    return found


def _resident(pid: int) -> float:
    """Megabytes of a process in memory; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["naive"]:
        asyncio.run(ask_naively(int(sys.argv[2])))
    else:
        print(table(COLUMNS, growing(*map(int, sys.argv[1:]))))
