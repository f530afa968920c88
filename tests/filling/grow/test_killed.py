"""The small version of the benchmark: a run that meets every fault and is killed in the middle."""

from __future__ import annotations

from pathlib import Path

from tests.bench_grow import killed_and_resumed
from tests.filling.server import ANSWER, WAY


def test_a_killed_run_loses_nothing_pays_nothing_twice_and_is_made_again(tmp_path: Path) -> None:
    found = killed_and_resumed(250, tmp_path, honest=True, latency=0.02)
    assert set(found.faults) == {"none", *WAY, *ANSWER}
    assert (found.items, found.lost, found.twice, found.replayed) == (250, 0, 0, True)
    assert found.exchanges == found.paid >= 300
    assert found.memory[1] < found.memory[0] + 40
