"""`python -m tests.bench_code`: programs of the bank run on all their tests, one after another, by three executors.

The fast path trusts them; the sandbox does not; the peer is what HumanEval's released checker does for each program: a
process of its own with an alarm, the program and its tests in one text, the verdict through a manager's list. A second
peer does without the manager, which that checker starts anew each time: a bare process and a queue.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.queues import SimpleQueue
from typing import Any

from cli.text import table
from generators.families.code.problems import Problem, problem, records
from generators.families.code.sandbox.box import Sandbox
from tests.seconds import seconds

COLUMNS = ("executor", "programs/s", "tests/s", "isolated path against it")
FAST, ISOLATED, PEER = 600, 200, 20
#: Every executor has a turn in each round, and its best counts: so the ratios survive a machine that others use.
ROUNDS = 4
SECONDS = 3.0


def executors() -> list[list[object]]:
    """Programs a second of every executor, and how many times as many the sandbox runs."""
    bank = [problem(name) for name in records()]
    with Sandbox() as box:
        turns: Mapping[str, tuple[int, Callable[[Problem], bool]]] = {
            "fast path": (FAST, lambda each: each.run(each.solution).right),
            "isolated path": (
                ISOLATED,
                lambda each: box.run(each.solution, name_of(each), each.arguments, each.expected).right,
            ),
            "one process a check, as HumanEval": (PEER, by_manager),
            "one process a check, bare": (PEER, by_queue),
        }
        best = dict.fromkeys(turns, 0.0)
        for _ in range(ROUNDS):
            for name, (times, right) in turns.items():
                best[name] = max(best[name], speed(bank, times, right))
    tests = sum(len(each.arguments) for each in bank) / len(bank)
    own = best["isolated path"]
    return [[name, round(most), round(most * tests), f"{own / most:.1f}x"] for name, most in best.items()]


def speed(bank: Sequence[Problem], times: int, right: Callable[[Problem], bool]) -> float:
    """Programs a second of an executor that must find all of them right."""
    found: list[bool] = []
    spent = seconds(lambda: found.extend(right(bank[i % len(bank)]) for i in range(times)))
    if not all(found):
        raise RuntimeError("a right program of the bank was not found right")
    return times / spent


def name_of(each: Problem) -> str:
    """The name of the function that a problem's solution defines."""
    return each.solution.split("(", 1)[0].removeprefix("def ")


def whole(each: Problem) -> str:
    """A solution and its tests in one program, which fails if a test does."""
    tests = zip(each.arguments, each.expected, strict=True)
    checks = [f"assert {name_of(each)}(*loads({packed!r})) == {result!r}" for packed, result in tests]
    return "\n".join(["from json import loads", each.solution, *checks])


def execute(source: str, tell: Callable[[str], Any]) -> None:
    """Runs a program under an alarm and tells how it fared."""

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        exec(source, {})  # noqa: S102 - our own bank; this is the peer, not the sandbox
        verdict = "passed"
    except BaseException as error:  # as the peer does
        verdict = f"failed: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    tell(verdict)


def by_manager(each: Problem) -> bool:
    """The verdict through a list of a manager."""
    with multiprocessing.Manager() as manager:
        said = manager.list()
        ended = _run(whole(each), said.append)
        return ended and list(said) == ["passed"]


def by_queue(each: Problem) -> bool:
    """The verdict through a queue."""
    queue: SimpleQueue[str] = multiprocessing.SimpleQueue()
    return _run(whole(each), queue.put) and queue.get() == "passed"


def _run(source: str, tell: Callable[[str], Any]) -> bool:
    """Whether a process for a program ended in time."""
    process = multiprocessing.get_context("fork").Process(target=execute, args=(source, tell))
    process.start()
    process.join(SECONDS + 1)
    if process.is_alive():
        process.kill()
    return process.exitcode == 0


if __name__ == "__main__":
    print(table(COLUMNS, executors()))
