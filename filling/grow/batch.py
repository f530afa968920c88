"""Requests by way of the Batch API: a file of them, half the price, an answer within a day.

A batch is joined on `custom_id`, the address of its requests; what failed in it is asked again in the next one. What is
sent is written down before it leaves, so that a run that was stopped waits for the batch that it has already paid for;
should it be stopped before it knew the batch's id, the batch is found again by its metadata.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import orjson

from filling.grow.budget import Budget
from filling.grow.client import Endpoint, Round, now
from filling.grow.exchange import Answer, Exchange, Request
from schemas import ShiftworksError
from schemas.files import jsonl, pretty, sha256, write_whole

if TYPE_CHECKING:
    from openai.types import Batch

#: Requests of a batch, all of which are held in memory; an endpoint may take more.
LARGEST = 5_000
#: States in which a batch will not change any more.
ENDED = frozenset({"completed", "expired", "cancelled", "failed"})
#: Name of the batch's fingerprint among its metadata.
MARK = "shiftworks"
CHAT: Literal["/v1/chat/completions"] = "/v1/chat/completions"


async def ask_batch(
    requests: Iterator[Request],
    endpoint: Endpoint,
    budget: Budget,
    keep: Callable[[Exchange], None],
    open_file: Path,
    wait: float,
) -> Round:
    """Asks requests as one batch, and waits for it.

    Args:
        requests: What to ask; what does not fit into one batch is left for the next round.
        endpoint: An open endpoint.
        budget: What may be spent.
        keep: Called with each exchange.
        open_file: Where the open batch is written down.
        wait: Seconds between two looks at it.

    Raises:
        ShiftworksError: The endpoint knows no batches, or refuses this one.
    """
    import openai

    if open_file.is_file():
        sent = [Request(**one) for one in orjson.loads(open_file.read_bytes())["requests"]]
    else:
        sent = list(takewhile(budget.admits, islice(requests, LARGEST)))
        for each in sent:
            budget.release(each)
    asked = {request.address: request for request in sent}
    found = Round()
    if not asked:
        return found
    try:
        batch = await _ended(endpoint, await _batch(endpoint, sent, open_file), wait)
        async for line in _answers(endpoint, batch):
            one = asked.get(line.get("custom_id", ""))
            if one is None:
                continue
            try:
                answer = Answer.of((line.get("response") or {}).get("body"), one)
            except ValueError:
                continue
            budget.settle(answer)
            keep(Exchange(one, answer, now()))
            found.answered += 1
    except openai.APIError as error:
        said = endpoint.plain(error.message)
        raise ShiftworksError(f"the batch failed: {said}; run the same command to go on") from None
    open_file.unlink(missing_ok=True)
    found.failed = len(asked) - found.answered
    if found.failed:
        found.reasons[f"the batch {batch.status} without an answer"] = found.failed
    if not found.answered:
        found.abandoned = f"the batch {batch.status} without a single answer"
    return found


async def _batch(endpoint: Endpoint, sent: Sequence[Request], open_file: Path) -> str:
    """The id of the batch that holds these requests: the one written down, one found by its mark, or a new one."""
    noted: dict[str, Any] = {"batch": None, "requests": [{**one.asked(), "origin": one.origin} for one in sent]}
    if open_file.is_file():
        noted = orjson.loads(open_file.read_bytes())
    else:
        write_whole(open_file, pretty(noted))
    if noted["batch"] is None:
        form = endpoint.settings.form
        lines = jsonl({"custom_id": one.address, "method": "POST", "url": CHAT, "body": one.body(form)} for one in sent)
        noted["batch"] = await _found(endpoint, sha256(lines)) or await _new(endpoint, lines)
        write_whole(open_file, pretty(noted))
    return str(noted["batch"])


async def _found(endpoint: Endpoint, mark: str) -> str | None:
    """The id of a batch with a mark that has, or will have, answers."""
    async for batch in endpoint.client.batches.list(limit=100):
        if (batch.metadata or {}).get(MARK) == mark and (batch.status not in ENDED or batch.output_file_id):
            return batch.id
    return None


async def _new(endpoint: Endpoint, lines: bytes) -> str:
    """The id of a new batch."""
    file = await endpoint.client.files.create(file=("requests.jsonl", lines), purpose="batch")
    batch = await endpoint.client.batches.create(
        input_file_id=file.id, endpoint=CHAT, completion_window="24h", metadata={MARK: sha256(lines)}
    )
    return batch.id


async def _ended(endpoint: Endpoint, name: str, wait: float) -> Batch:
    """The batch, once it will not change any more."""
    while (batch := await endpoint.client.batches.retrieve(name)).status not in ENDED:
        await asyncio.sleep(wait)
    return batch


async def _answers(endpoint: Endpoint, batch: Batch) -> AsyncIterator[dict[str, Any]]:
    """The lines of a batch's output that are JSON, without the key; its file of errors holds no answers."""
    if batch.output_file_id:
        content = await endpoint.client.files.content(batch.output_file_id)
        for line in content.text.splitlines():
            try:
                value = orjson.loads(endpoint.plain(line))
            except orjson.JSONDecodeError:
                continue
            if isinstance(value, dict):
                yield value
