"""The clocks of the benchmarks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of some work: by the wall, and of the processor, which other work on the machine disturbs less."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Wall and processor seconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    return spent(work).wall
