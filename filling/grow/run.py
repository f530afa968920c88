"""Filling banks: rounds of requests until there is enough, the money is gone, or nothing more comes of it.

Each round asks for the judgements that are missing and for as many more answers as are likely needed. What is asked
follows from the records alone, so a run that was stopped, by whatever means, goes on as if it had not been.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from filling.grow.budget import Budget
from filling.grow.checks import Harvest, Harvester
from filling.grow.client import Round
from filling.grow.exchange import Exchange, Request
from filling.grow.records import Records
from filling.grow.tasks.task import Candidate, Task
from schemas import ShiftworksError
from schemas.files import jsonl, pretty, write_whole

#: Rounds without a new item after which a run gives up.
BARREN = 3
#: Items that a request is taken to bring before anything is known, and the fewest that it is taken to bring later.
HOPED, LEAST = 4.0, 0.25
#: A round asks for so many times what it needs by the yield so far, since a further round costs more than some answers.
SPARE = 1.1

#: Asks for all of some requests, handing every exchange to the function.
Ask = Callable[[Iterator[Request], Callable[[Exchange], None]], Awaitable[Round]]


@dataclass
class Job:
    """One task on one bank.

    Attributes:
        task: The task.
        folder: Where grown banks lie.
        wanted: Items that are wanted in all, or were when something was asked; 0 to only read its records again.
    """

    task: Task
    folder: Path
    wanted: int
    records: Records = field(init=False)
    harvest: Harvest = field(init=False)

    def __post_init__(self) -> None:
        self.records = Records(self.place / "records")
        self.wanted = max(self.wanted, self.records.wanted())

    @property
    def place(self) -> Path:
        """Where its records, rejects and report lie, beside the bank itself."""
        return self.folder / self.task.target

    @property
    def items(self) -> list[Candidate]:
        """The items of the bank: the first that passed, as many as were wanted; the rest is there when more are."""
        return self.harvest.kept[: self.wanted]

    @property
    def found(self) -> int:
        """Items that are kept or only wait for a judgement."""
        return len(self.harvest.kept) + len(self.harvest.pending)

    def requests(self) -> Iterator[Request]:
        """What to ask next: judgements that are missing, then as many answers as are likely needed."""
        missing = self.wanted - len(self.harvest.kept)
        for candidate in self.harvest.pending[: math.ceil(SPARE * max(missing, 0))]:
            for request in self.task.follow_ups(candidate):
                if request.address not in self.records:
                    yield request
        left = self._likely(self.wanted - self.found)
        done = {candidate.source for candidate in (*self.harvest.kept, *self.harvest.pending)}
        for index in count():
            asked = self.task.request(index) if left > 0 else None
            if asked is None:
                return
            source = asked.origin.get("source")
            if asked.address in self.records or (source is not None and source in done):
                continue
            done.add(source)
            left -= 1
            yield replace(asked, origin={**asked.origin, "wanted": self.wanted})

    def write(self) -> None:
        """Writes the bank, the rejects and the report as the records have them."""
        harvest = self.harvest
        header = self.task.header(sorted(harvest.models))
        bank = [header, *(candidate.item for candidate in self.items)]
        write_whole(self.place / "rejects.jsonl", jsonl(reject.to_json() for reject in harvest.rejects))
        write_whole(self.place / "report.json", pretty(self.report()))
        write_whole(self.place.with_name(f"{self.place.name}.jsonl"), jsonl(bank))

    def report(self) -> dict[str, Any]:
        """What came of the requests, by check."""
        harvest = self.harvest
        return {
            "bank": self.task.target,
            "task": self.task.name,
            "items": len(self.items),
            "spare": len(harvest.kept) - len(self.items),
            "pending": len(harvest.pending),
            "exchanges": len(self.records),
            "models": sorted(harvest.models),
            "tokens": {what: {"read": read, "written": out} for what, (read, out) in sorted(harvest.tokens.items())},
            "checks": harvest.yields(),
        }

    def _likely(self, missing: int) -> int:
        """Requests that likely bring what is missing."""
        if self.task.sources:
            return missing
        answers = self.harvest.answers
        brought = max(self.found / answers, LEAST) if answers else HOPED
        return math.ceil(SPARE * missing / brought)


@dataclass
class Run:
    """What a run did.

    Attributes:
        rounds: The rounds of requests.
        stopped: Why it ended before there was enough; None where there is.
        interrupted: Whether the user ended it.
    """

    rounds: list[Round] = field(default_factory=list)
    stopped: str | None = None
    interrupted: bool = False


async def fill(jobs: Sequence[Job], ask: Ask, budget: Budget) -> Run:
    """Fills banks, and writes them however the run ends.

    Args:
        jobs: What to fill; sisters stand in the order of their names.
        ask: How requests are asked.
        budget: What may be spent.

    Raises:
        ShiftworksError: Nothing can be asked or kept any more; what was kept is written.
    """
    run = Run()
    harvester = Harvester()
    barren = 0
    with ExitStack() as stack:
        for job in jobs:
            stack.enter_context(job.records.open())
        reap(jobs, harvester)
        try:
            while run.stopped is None and any(len(job.harvest.kept) < job.wanted for job in jobs):
                before = [(job.found, len(job.harvest.kept)) for job in jobs]
                queue = _queue(jobs)
                first = next(queue, None)
                if first is None:
                    run.stopped = "there is nothing more to ask"
                    break
                done = await ask(_chained(first, queue), _keeper(jobs))
                run.rounds.append(done)
                reap(jobs, harvester)
                barren = barren + 1 if before == [(job.found, len(job.harvest.kept)) for job in jobs] else 0
                run.interrupted = done.interrupted
                run.stopped = _why(done, budget, barren)
        except BaseException:
            reap(jobs, harvester)
            raise
        finally:
            for job in jobs:
                job.write()
    return run


def replay(jobs: Sequence[Job]) -> None:
    """Makes banks again from their records alone."""
    reap(jobs, Harvester())
    for job in jobs:
        job.write()


def reap(jobs: Sequence[Job], harvester: Harvester) -> None:
    """Harvests jobs one after another, so that no item of one is said again in a later one."""
    grown: list[Any] = []
    for job in jobs:
        job.harvest = harvester.harvest(job.task, job.records, [*job.task.known, *grown])
        grown += [candidate.item for candidate in job.items]


def _queue(jobs: Sequence[Job]) -> Iterator[Request]:
    for job in jobs:
        yield from job.requests()


def _chained(first: Request, rest: Iterator[Request]) -> Iterator[Request]:
    yield first
    yield from rest


def _keeper(jobs: Sequence[Job]) -> Callable[[Exchange], None]:
    """Puts an exchange among the records of its bank."""
    by_bank = {job.task.bank.name: job.records for job in jobs}
    return lambda exchange: by_bank[exchange.request.origin["bank"]].add(exchange)


def _why(done: Round, budget: Budget, barren: int) -> str | None:
    """Why a run ends after a round; None where it goes on."""
    if done.interrupted:
        return "interrupted"
    if budget.exhausted:
        return "the budget is spent"
    if done.abandoned:
        raise ShiftworksError(f"{done.abandoned}; what was answered is kept, run the same command to go on")
    if barren >= BARREN:
        return f"{BARREN} rounds brought nothing new; see the rejects for why"
    return None
