"""The way to a language model: the `openai` client against any endpoint that speaks chat completions.

The address of the endpoint and the key come from the environment (`OPENAI_BASE_URL`, `OPENAI_API_KEY`) and are never
written or printed: whatever an endpoint says goes through `Endpoint.plain` first, which blots the key out.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

import orjson

from filling.grow.budget import Budget
from filling.grow.exchange import Answer, Exchange, Request
from schemas import ShiftworksError
from schemas.validation import shorten

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

KEY, BASE = "OPENAI_API_KEY", "OPENAI_BASE_URL"
#: Requests that may fail one after another before a run gives up.
FAILURES = 32
#: Seconds that an answer may take in all, however slowly its bytes come.
PATIENCE = 900.0
#: States of an answer that no other request will fare better after.
HOPELESS = {401: "the key is refused", 403: "access is refused", 404: "there is no such model or address"}

Form = Literal["schema", "object", "text"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How an endpoint is talked to.

    Attributes:
        concurrency: Requests under way at once.
        requests_a_minute: The most that leave in a minute, None for no limit.
        tokens_a_minute: The most estimated tokens that leave in a minute, None for no limit.
        retries: Times that the client tries a failed request again, waiting as the endpoint asks or twice as long.
        timeout: Seconds without a byte after which a request has failed.
        form: How the shape of an answer is asked for; see `Request.body`.
    """

    concurrency: int = 8
    requests_a_minute: int | None = None
    tokens_a_minute: int | None = None
    retries: int = 5
    timeout: float = 60.0
    form: Form = "schema"


class Failure(Exception):  # noqa: N818 - a finding about one request, not a fault of ours
    """Why a request has no answer; another run may fare better."""


@dataclass
class Round:
    """What came of a round of requests.

    Attributes:
        answered: Requests with an answer.
        failed: Requests without.
        reasons: How many failed for which reason.
        interrupted: Whether the user asked to stop.
        abandoned: Why the round ended early, None where it did not.
    """

    answered: int = 0
    failed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    interrupted: bool = False
    abandoned: str | None = None


class Endpoint:
    """An endpoint, open for requests within `async with`.

    Args:
        settings: How it is talked to.

    Raises:
        ShiftworksError: The key is not in the environment, or the client is not installed.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._key = os.environ.get(KEY, "")
        if not self._key:
            raise ShiftworksError(f"{KEY} is not set: set it, and {BASE} for any other endpoint than OpenAI's own")
        try:
            self._minute = _limiter(settings.requests_a_minute)
            self._tokens = _limiter(settings.tokens_a_minute)
            from openai import AsyncOpenAI
        except ImportError as error:
            raise ShiftworksError(f"{error.name} is not installed: pip install 'shiftworks[fill]'") from None
        self.client = AsyncOpenAI(max_retries=settings.retries, timeout=settings.timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    async def ask(self, request: Request) -> Answer:
        """The answer to one request.

        Raises:
            Failure: There is none, after all tries.
            ShiftworksError: Nor will there be one for any other request.
        """
        import openai

        if self._minute:
            await self._minute.acquire()
        if self._tokens:
            await self._tokens.acquire(min(sum(request.estimate), self._tokens.max_rate))
        try:
            async with asyncio.timeout(PATIENCE):
                # The call beneath `chat.completions.create`, with the same rules for retries: a third of the time goes
                # otherwise into turning what is JSON already into types and back.
                reply = await self.client.post(
                    "/chat/completions",
                    cast_to=str,
                    body=request.body(self.settings.form),
                    # An endpoint that knows this header answers a repeated request without charging for it again.
                    options={"headers": {"Idempotency-Key": request.address}},
                )
            return Answer.of(orjson.loads(self.plain(reply)), request)
        except openai.APIStatusError as error:
            said = self.plain(shorten(error.message))
            if error.status_code in HOPELESS:
                raise ShiftworksError(f"{request.model}: {HOPELESS[error.status_code]}: {said}") from None
            raise Failure(f"status {error.status_code}") from None
        except openai.APITimeoutError:
            raise Failure("no answer in time") from None
        except openai.APIConnectionError:
            raise Failure("no connection") from None
        except TimeoutError:
            raise Failure("an answer without an end") from None
        except ValueError:
            raise Failure("an answer that is no chat completion") from None

    def plain(self, text: str) -> str:
        """A text without the key."""
        return text.replace(self._key, "[key]")


async def ask_all(
    requests: Iterator[Request],
    endpoint: Endpoint,
    budget: Budget,
    keep: Callable[[Exchange], None],
) -> Round:
    """Asks as many requests at once as the settings allow; every answer is kept before the next request leaves.

    After Ctrl-C no request leaves any more and those under way are waited for; a second one gives those up.

    Args:
        requests: What to ask; taken one by one, so that any number costs no memory.
        endpoint: An open endpoint.
        budget: What may be spent.
        keep: Called with each exchange.
    """
    found = Round()
    loop = asyncio.get_running_loop()
    workers: list[asyncio.Task[None]] = []
    in_a_row = 0
    released = asyncio.Condition()

    def stop() -> None:
        if found.interrupted:
            for worker in workers:
                worker.cancel()
        found.interrupted = True

    async def work() -> None:
        nonlocal in_a_row
        while not (found.interrupted or found.abandoned or budget.exhausted):
            request = next(requests, None)
            if request is None:
                return
            async with released:
                while not budget.admits(request):
                    if budget.exhausted or found.interrupted or found.abandoned:
                        return
                    await released.wait()
            try:
                answer = await endpoint.ask(request)
            except Failure as failure:
                found.failed += 1
                in_a_row += 1
                reason = str(failure)
                found.reasons[reason] = found.reasons.get(reason, 0) + 1
                if in_a_row >= FAILURES:
                    found.abandoned = f"{in_a_row} requests failed one after another, the last with: {reason}"
            except ShiftworksError as error:
                found.abandoned = str(error)
                raise
            else:
                in_a_row = 0
                budget.settle(answer)
                keep(Exchange(request, answer, now()))
                found.answered += 1
            finally:
                budget.release(request)
                async with released:
                    released.notify_all()

    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        workers += [asyncio.create_task(work()) for _ in range(endpoint.settings.concurrency)]
        ended = await asyncio.gather(*workers, return_exceptions=True)
    finally:
        loop.remove_signal_handler(signal.SIGINT)
    for error in ended:
        if isinstance(error, Exception):
            raise error
    return found


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _limiter(a_minute: int | None) -> AsyncLimiter | None:
    from aiolimiter import AsyncLimiter

    return AsyncLimiter(a_minute, 60) if a_minute else None
