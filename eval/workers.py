"""Tunings and scorings side by side, each in a process of its own: two threads on short texts gain next to nothing.

A worker keeps the scores that it makes as ever (`eval.interventions._runs`), and the process that started it finds them
there. What fails in a worker is not kept; that process tries it once more and says why it failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tqdm import tqdm

from eval.config import EvaluationConfig
from eval.models.files import ModelFiles
from schemas.files import disk_errors

if TYPE_CHECKING:
    from eval.evaluate import Evaluation

#: A tuning with all that it scores: intervention, source, seed and tests.
Group = tuple[str, str | None, int, tuple[str, ...]]
#: Bytes of weights from which a model is held once only.
LARGE = 2**30
#: Workers at most, each with a model and the activations of some distributions in memory.
MOST = 4

_evaluation: Evaluation | None = None


def workers_for(asked: int, config: EvaluationConfig, model: ModelFiles | None) -> int:
    """How many processes an evaluation takes.

    Args:
        asked: How many the user asks for; 0 leaves it to this machine and this model.
        config: The settings; each process has their threads.
        model: The model's files, if any intervention reads it.
    """
    if asked or model is None:
        return asked or 1
    import torch

    with disk_errors(model.folder):
        size = sum(path.stat().st_size for path in model.folder.glob("*.safetensors"))
    if torch.cuda.is_available() or size > LARGE:
        return 1
    return max(1, min(MOST, len(os.sched_getaffinity(0)) // config.threads))


def work(
    groups: Sequence[Group],
    workers: int,
    data: Path,
    out: Path,
    config: EvaluationConfig,
    shifts: Sequence[str],
    save: Path | None,
) -> None:
    """Tunes and scores groups in worker processes, and returns when all is kept that could be made.

    Raises:
        DiskError: Scores cannot be kept.
    """
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(data, out, config, tuple(shifts), save))
    total = sum(len(tests) for *_, tests in groups)
    try:
        with tqdm(total=total, desc=f"evaluate, {workers} workers", unit="scoring", disable=None, leave=False) as bar:
            futures = {pool.submit(_score, group): len(group[-1]) for group in groups}
            for future in as_completed(futures):
                future.result()
                bar.update(futures[future])
    except BrokenProcessPool:
        tqdm.write("a worker process died (out of memory?); going on without workers", file=sys.stderr)
    except BaseException:
        # A tuning takes long: nobody waits for its end who wants to stop.
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(data: Path, out: Path, config: EvaluationConfig, shifts: tuple[str, ...], save: Path | None) -> None:
    """Makes this worker's evaluation, and ends it when the process that started it is gone, however it was killed."""
    from eval.evaluate import Evaluation

    global _evaluation
    _evaluation = Evaluation(data, out, config, shifts, save)
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _score(group: Group) -> None:
    """Makes what a group lacks; what fails is left to the process that collects."""
    if _evaluation is None:
        raise RuntimeError("a worker without an evaluation")
    name, source, seed, tests = group
    for _ in _evaluation.runs.at(seed).score(name, source, tests):
        pass
