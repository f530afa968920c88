"""`python -m tests.bench_build`: everything built with two workers, its time and the memory of all its processes.

Asked are four minutes on two free cores, and 2 GB. Memory is looked at a few times a second: the sum of proportional
set sizes (a page that several processes share counts once) of the build, its workers and the sandbox's processes. Where
the wall took much more than half of the processor's seconds, others were at work on the machine.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress

import psutil

from cli.text import table
from tests.project import ROOT

COLUMNS = ("", "taken", "asked")
WORKERS = 2
#: Seconds between two looks at the memory.
PAUSE = 0.2


def building() -> list[list[object]]:
    """Wall and processor seconds of a build at the usual sizes, and the most memory that it held at a time."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "cli.main", "build", "--workers", str(WORKERS), "--out", folder]
        before, start, most = _processor(), time.perf_counter(), 0
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
            while running.poll() is None:
                most = max(most, held(running.pid))
                time.sleep(PAUSE)
        wall = time.perf_counter() - start
    if running.returncode:
        raise RuntimeError(f"the build ended with status {running.returncode}")
    return [
        ["wall", f"{wall:.0f} s", "240 s"],
        ["processor, all processes", f"{_processor() - before:.0f} s", ""],
        ["memory, all processes at a time", f"{most / 1e9:.2f} GB", "2 GB"],
    ]


def held(pid: int) -> int:
    """Bytes that a process and all that it started hold; what ends while it is looked at holds nothing."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        own = psutil.Process(pid)
        for each in [own, *own.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += _share(each)
    return total


def _share(process: psutil.Process) -> int:
    """Bytes of a process, those that it shares in part; all of them where its share is not ours to read."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)


def _processor() -> float:
    """Processor seconds of the processes that this one waited for, and of those that they did."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    print(table(COLUMNS, building()))
