"""Commands that let a language model fill banks: grow, translate, distract, paraphrase."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

from cli.text import table
from generators.core.banks import ROOT
from schemas import ShiftworksError

if TYPE_CHECKING:
    from filling.grow.budget import Budget
    from filling.grow.client import Round
    from filling.grow.exchange import Exchange, Request
    from filling.grow.run import Job, Run
    from filling.grow.tasks.task import PerItem, Sampling
    from generators.core import Bank

#: Where grown banks lie.
GROWN = ROOT / "raw" / "grown"

BankName = Annotated[
    str, typer.Argument(metavar="BANK", help="A bank, a pattern such as 'history/*', a distribution, or a bank's file.")
]
Number = Annotated[int | None, typer.Option("--n", min=1, help="Items at most; all by default.")]


@dataclass(frozen=True)
class Options:
    """What all commands of this module take, besides their own."""

    model: Annotated[str, typer.Option(help="The model, as the endpoint calls it.", show_default=False)] = ""
    judge_model: Annotated[str, typer.Option(help="The model that judges; the same by default.")] = ""
    out: Annotated[Path, typer.Option(help="Folder of grown banks.")] = GROWN
    replay: Annotated[bool, typer.Option("--replay", help="Make the banks again from their records, offline.")] = False
    concurrency: Annotated[int, typer.Option(min=1, help="Requests under way at once.")] = 8
    requests_per_minute: Annotated[int | None, typer.Option(min=1, help="The most requests in a minute.")] = None
    tokens_per_minute: Annotated[int | None, typer.Option(min=1, help="The most tokens in a minute, estimated.")] = None
    budget_tokens: Annotated[int | None, typer.Option(min=0, help="The most tokens that this run may take.")] = None
    budget_money: Annotated[float | None, typer.Option(min=0, help="The most that this run may cost.")] = None
    price_in: Annotated[float, typer.Option(min=0, help="Price of a million tokens read.")] = 0
    price_out: Annotated[float, typer.Option(min=0, help="Price of a million tokens written.")] = 0
    temperature: Annotated[float, typer.Option(min=0, help="Of the sampling; judges are asked at 0.")] = 1.0
    answer_tokens: Annotated[int, typer.Option(min=1, help="The most tokens of an answer.")] = 2000
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds of silence before a request is tried again.")] = 60
    retries: Annotated[int, typer.Option(min=0, help="Times that a failed request is tried again.")] = 5
    format: Annotated[
        Literal["schema", "object", "text"],
        typer.Option(help="How the shape of an answer is asked for: by schema, as any JSON, in words alone."),
    ] = "schema"
    batch: Annotated[bool, typer.Option("--batch", help="Use the Batch API: cheaper, and slower by hours.")] = False
    batch_wait: Annotated[float, typer.Option(min=0.01, help="Seconds between two looks at a batch.")] = 30


def _command(body: Callable[..., None]) -> Callable[..., None]:
    """A command whose options are its body's own and, in place of its last parameter, those of `Options`."""
    hints = get_type_hints(Options, include_extras=True)
    own = list(inspect.signature(body, eval_str=True).parameters.values())[:-1]
    common = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name])
        for one in fields(Options)
    ]

    def command(**given: Any) -> None:
        options = Options(**{one.name: given.pop(one.name) for one in fields(Options)})
        body(**given, options=options)

    command.__name__, command.__doc__ = body.__name__, body.__doc__
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    command.__signature__ = inspect.Signature([*keyword, *common])  # type: ignore[attr-defined] # what typer reads
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in (*keyword, *common)}
    return command


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    for body in (grow, translate, distract, paraphrase):
        app.command()(_command(body))


def grow(
    bank: BankName,
    n: Annotated[int, typer.Option("--n", min=1, help="Grown items that there should be in the end.")] = 100,
    options: Options = Options(),
) -> None:
    """Let a model write new items for a bank; what passes every check is kept beside it."""
    from filling.grow.banks import known, meant, shares, sisters
    from filling.grow.run import Job
    from filling.grow.tasks.items import Grow

    banks = meant(bank)
    wanted = {one.name: 0 for one in banks} if options.replay else shares(banks, n)
    sampling = _sampling(options)
    # Sisters that were grown are read along: no two of them may say the same.
    family = {sister.name: sister for one in banks for sister in sisters(one)}
    jobs = [
        Job(Grow(family[name], sampling, known(family[name])), options.out, wanted.get(name, 0))
        for name in sorted(family)
    ]
    _fill(jobs, set(wanted), options)


def translate(
    bank: BankName,
    to: Annotated[str, typer.Option(help="Code of the language, such as es.")],
    source: Annotated[str, typer.Option("--from", help="Code of the language that the bank is in.")] = "en",
    n: Number = None,
    options: Options = Options(),
) -> None:
    """Let a model translate a bank; each item is translated back by another call and compared."""
    from filling.grow.tasks.translate import Translate

    _each(bank, n, options, lambda one, sampling: Translate(one, sampling, to, source))


def distract(
    bank: BankName,
    n: Number = None,
    options: Options = Options(),
) -> None:
    """Let a model write worse responses to what a bank asks; another call must tell them from the right one."""
    from filling.grow.tasks.distract import Distract

    _each(bank, n, options, Distract)


def paraphrase(
    bank: BankName,
    n: Number = None,
    options: Options = Options(),
) -> None:
    """Let a model say a bank in other words; another call must find the original of each item."""
    from filling.grow.tasks.paraphrase import Paraphrase

    _each(bank, n, options, Paraphrase)


def _each(bank: str, n: int | None, options: Options, make: Callable[[Bank, Sampling], PerItem]) -> None:
    """Runs a task that works on the items of banks one by one."""
    from filling.grow.banks import meant
    from filling.grow.run import Job

    tasks = [make(one, _sampling(options)) for one in meant(bank)]
    left = 0 if options.replay else n or sum(len(task.sources) for task in tasks)
    jobs = []
    for task in tasks:
        jobs.append(Job(task, options.out, min(len(task.sources), left)))
        left -= min(len(task.sources), left)
    _fill(jobs, {task.bank.name for task in tasks}, options)


def _sampling(options: Options) -> Sampling:
    from filling.grow.tasks.task import Sampling

    if not (options.model or options.replay):
        raise ShiftworksError("no model is named: give one with --model, or --replay to use the records alone")
    return Sampling(options.model, options.judge_model or options.model, options.temperature, options.answer_tokens)


def _fill(every: Sequence[Job], asked: Container[str], options: Options) -> None:
    """Runs or replays jobs, and prints what came of those that were asked for; what has nothing to do is left out."""
    from filling.grow.run import replay

    jobs = [job for job in every if job.wanted]
    shown = [job for job in jobs if job.task.bank.name in asked]
    if not shown:
        raise ShiftworksError(f"{options.out}: no records of that; nothing can be replayed")
    if options.replay:
        replay(jobs)
        _print(shown)
        return
    from filling.grow.budget import Budget

    budget = Budget(options.budget_tokens, options.budget_money, options.price_in, options.price_out)
    run = asyncio.run(_asked(jobs, options, budget))
    _print(shown)
    cost = f", costing {budget.cost:.4f}" if options.price_in or options.price_out else ""
    print(f"this run took {budget.read + budget.written} tokens{cost}")
    if run.stopped:
        print(f"stopped: {run.stopped}")
    if run.interrupted:
        raise KeyboardInterrupt


async def _asked(jobs: Sequence[Job], options: Options, budget: Budget) -> Run:
    """Runs jobs against the endpoint, with a bar on terminals."""
    from tqdm import tqdm

    from filling.grow.batch import ask_batch
    from filling.grow.client import Endpoint, Settings, ask_all
    from filling.grow.run import fill
    from schemas.files import canonical, sha256

    settings = Settings(
        options.concurrency,
        options.requests_per_minute,
        options.tokens_per_minute,
        options.retries,
        options.timeout,
        options.format,
    )
    # A batch may hold requests of several banks; the same command finds it again.
    noted = options.out / "batches" / f"{sha256(canonical([job.task.target for job in jobs]))}.json"
    async with Endpoint(settings) as endpoint:
        with tqdm(desc="answers", unit="", disable=None) as bar:

            def seen(keep: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
                def kept(exchange: Exchange) -> None:
                    keep(exchange)
                    bar.set_postfix(tokens=budget.read + budget.written, cost=f"{budget.cost:.4f}", refresh=False)
                    bar.update()

                return kept

            async def ask(requests: Iterator[Request], keep: Callable[[Exchange], None]) -> Round:
                if options.batch:
                    return await ask_batch(requests, endpoint, budget, seen(keep), noted, options.batch_wait)
                return await ask_all(requests, endpoint, budget, seen(keep))

            return await fill(jobs, ask, budget)


def _print(jobs: Sequence[Job]) -> None:
    """Prints the yield of every check over all banks, and where the items are."""
    met: dict[str, list[int]] = {}
    for job in jobs:
        for line in job.harvest.yields():
            total = met.setdefault(line["check"], [0, 0])
            total[0] += line["met"]
            total[1] += line["passed"]
    rows = [[check, of, passed, f"{passed / of:.0%}" if of else None] for check, (of, passed) in met.items()]
    print(table(["check", "met", "passed", "yield"], rows))
    kept = sum(len(job.items) for job in jobs)
    where = jobs[0].place.parent if len(jobs) > 1 else jobs[0].place.with_name(f"{jobs[0].place.name}.jsonl")
    print(f"\n{kept} items in {where}, rejects with their reasons beside them")
