"""Growing a bank against a server on loopback: faults, limits, budgets, interruptions, and the bank made again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from filling.grow.budget import Budget
from filling.grow.client import Endpoint, Settings, ask_all
from filling.grow.exchange import Answer, Exchange, Request
from filling.grow.run import Job, Run, fill, replay
from filling.grow.tasks.items import Grow
from filling.grow.tasks.task import Sampling
from generators.core import load_bank
from generators.core.banks import read_bank
from schemas import RecordError, ShiftworksError
from tests.filling.model import Model
from tests.filling.server import ANSWER, WAY, Server, some
from tests.project import ROOT, digests

BANK = "history/protests_and_crises"
SAMPLING = Sampling("m", "m")
QUICK = Settings(concurrency=8, timeout=0.3)


def job(out: Path, wanted: int = 20) -> Job:
    """A job to grow a bank."""
    bank = load_bank(BANK)
    return Job(Grow(bank, SAMPLING, bank.items), out, wanted)


def grow(
    server: Server,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: int = 20,
    settings: Settings = QUICK,
    budget: Budget | None = None,
) -> tuple[Job, Run]:
    """Grows a bank in this process."""
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    own, limit = job(out, wanted), budget or Budget()

    async def run() -> Run:
        async with Endpoint(settings) as endpoint:
            return await fill([own], lambda requests, keep: ask_all(requests, endpoint, limit, keep), limit)

    return own, asyncio.run(run())


def items(out: Path) -> list[Mapping[str, Any]]:
    """The items of the grown bank, every line checked."""
    return list(read_bank(out / f"{BANK}.jsonl", BANK).items)


def rejects(out: Path) -> list[dict[str, Any]]:
    """What was refused."""
    return [orjson.loads(line) for line in (out / BANK / "rejects.jsonl").read_bytes().splitlines()]


def command(server: Server | None, out: Path, *args: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """`shifts raw grow` in a process of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI")}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "raw", "grow", BANK, "--out", str(out), *args],
        cwd=ROOT,
        env={**env, **(server.env if server else {}), **extra},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("fault", WAY)
def test_a_fault_of_the_way_costs_no_item_and_nothing_twice(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(faults=some(0.15, [fault]), silence=1) as server:
        _, run = grow(server, tmp_path, monkeypatch)
        assert server.seen[fault] >= 2
        assert set(server.paid.values()) == {1}
    assert run.stopped is None
    assert len(items(tmp_path)) == 20


@pytest.mark.parametrize(
    ("fault", "check", "reason"),
    [
        ("not_json", "shape", "not JSON"),
        ("wrong_schema", "shape", "'items' is a required property"),
        ("refusal", "answer", "refused"),
        ("duplicate", "duplicate", "there is one already"),
        ("injection", "wording", "it speaks to its reader: ignore all previous instructions"),
    ],
)
def test_a_fault_of_the_answer_is_kept_with_its_reason(
    fault: str, check: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every other of the first answers, which hold items; judgements come after them.
    with Server(faults=lambda number: fault if number < 6 and number % 2 else None) as server:
        own, run = grow(server, tmp_path, monkeypatch)
    assert run.stopped is None
    found = [each for each in rejects(tmp_path) if each["check"] == check]
    assert found
    assert all(reason in each["reason"] for each in found)
    kept = items(tmp_path)
    assert len(kept) == 20
    assert b"ignore all previous" not in (tmp_path / f"{BANK}.jsonl").read_bytes()
    assert sum(line["met"] - line["passed"] for line in own.harvest.yields()) == len(rejects(tmp_path))
    assert len({item["term"] for item in (*kept, *load_bank(BANK).items)}) == 20 + len(load_bank(BANK).items)


class Stubborn(Model):
    """Says the same whatever is asked, and chooses the first option."""

    def item(self, told: str, number: int) -> dict[str, Any]:  # noqa: ARG002
        """One of five items."""
        return super().item('"person":false', number)

    def choice(self, told: str) -> int:  # noqa: ARG002
        """The first."""
        return 1


def test_what_the_judge_does_not_find_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(model=Stubborn()) as server:
        own, run = grow(server, tmp_path, monkeypatch)
    assert run.stopped == "3 rounds brought nothing new; see the rejects for why"
    by_check = {line["check"]: line for line in own.harvest.yields()}
    assert by_check["judge"]["met"] == 5
    assert 0 <= by_check["judge"]["passed"] == len(items(tmp_path)) < 5
    assert any("the judge chose option 1, not" in each["reason"] for each in rejects(tmp_path))


def test_a_judge_sees_shuffled_options_and_not_which_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server:
        own, _ = grow(server, tmp_path, monkeypatch, wanted=40)
    judgements = [own.records.read(address).request for address in own.records.addresses("judge")]
    assert len({request.origin["right"] for request in judgements}) == 4
    for request in judgements:
        told = request.messages[-1]["content"]
        assert '"right"' not in told
        assert request.origin["candidate"] not in told


def test_the_same_requests_are_made_in_any_order_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, concurrency in (("one", 1), ("many", 16)):
        with Server() as server:
            grow(server, tmp_path / name, monkeypatch, settings=Settings(concurrency=concurrency))
    files = [(tmp_path / name / f"{BANK}.jsonl").read_bytes() for name in ("one", "many")]
    assert files[0] == files[1]


def test_more_items_keep_the_earlier_exchanges_and_use_what_is_spare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server() as server:
        grow(server, tmp_path, monkeypatch, wanted=11)
        few = server.paid.total()
        grow(server, tmp_path, monkeypatch, wanted=11)
        assert server.paid.total() == few
        grow(server, tmp_path, monkeypatch, wanted=30)
        assert set(server.paid.values()) == {1}
    assert len(items(tmp_path)) == 30


def test_a_replay_gives_the_same_bytes_without_key_or_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(faults=some(0.2, ANSWER)) as server:
        grow(server, tmp_path, monkeypatch)
    before = digests(tmp_path)
    for file in (tmp_path / f"{BANK}.jsonl", tmp_path / BANK / "rejects.jsonl", tmp_path / BANK / "report.json"):
        file.unlink()
    for name in server.env:
        monkeypatch.delenv(name)
    replay([job(tmp_path, wanted=0)])
    assert digests(tmp_path) == before


def test_an_altered_record_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server:
        grow(server, tmp_path, monkeypatch)
    segment = tmp_path / BANK / "records" / "00000.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b" in the ", b" on the ", 1))
    with pytest.raises(RecordError, match=r"00000\.jsonl:\d+: .* \(the record was altered; restore it\)"):
        job(tmp_path)


def test_a_budget_stops_cleanly_and_is_kept_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = Budget(tokens=12_000)
    with Server() as server:
        _, run = grow(server, tmp_path, monkeypatch, wanted=200, budget=budget)
    assert run.stopped == "the budget is spent"
    assert 6_000 < budget.read + budget.written <= 12_000
    again = Budget(money=0.02, price_in=1, price_out=2)
    with Server() as server:
        grow(server, tmp_path, monkeypatch, wanted=200, budget=again)
        assert set(server.paid.values()) == {1}
    assert 0.01 < again.cost <= 0.02


def test_a_limit_of_requests_spreads_them_over_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server:
        grow(server, tmp_path, monkeypatch, wanted=46, settings=Settings(concurrency=16, requests_a_minute=60))
        # A minute's worth leaves at once, each further one in its turn.
        assert server.paid.total() > 62
        assert server.times[-1] - server.times[0] > 0.9 * (server.paid.total() - 61)


def test_a_limit_of_tokens_spreads_requests_over_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 62_000
    with Server() as server:
        own, _ = grow(server, tmp_path, monkeypatch, settings=Settings(concurrency=16, tokens_a_minute=limit))
        asked = [own.records.read(one).request for task in ("grow", "judge") for one in own.records.addresses(task)]
        over = sum(sum(request.estimate) for request in asked) - limit
        assert over > 0
        assert server.times[-1] - server.times[0] > 0.9 * 60 * over / limit


def test_no_more_requests_are_under_way_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(latency=0.02) as server:
        grow(server, tmp_path, monkeypatch, settings=Settings(concurrency=5))
        assert server.most == 5


def test_an_endpoint_that_always_fails_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Server(faults=lambda _: "500") as server,
        pytest.raises(ShiftworksError, match=r"\d+ requests failed one after another, the last with: status 500"),
    ):
        grow(server, tmp_path, monkeypatch, wanted=400, settings=Settings(concurrency=32, retries=0))


def test_a_refused_key_ends_in_one_line_without_it(tmp_path: Path) -> None:
    with Server() as server:
        found = command(server, tmp_path, "--model", "m", OPENAI_API_KEY="sk-mistaken-key")
    assert found.returncode == 1
    (line,) = found.stderr.splitlines()
    assert line.startswith("error: m: the key is refused: ")
    assert "sk-mistaken-key" not in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["--model", "m"], "error: OPENAI_API_KEY is not set: set it, and OPENAI_BASE_URL for any other endpoint"),
        ([], "error: no model is named: give one with --model, or --replay to use the records alone"),
    ],
)
def test_what_is_missing_is_named(args: list[str], line: str, tmp_path: Path) -> None:
    found = command(None, tmp_path, *args)
    assert found.returncode == 1
    assert found.stderr.startswith(line)
    assert not list(tmp_path.rglob("*.jsonl"))


class Leaky(Model):
    """Repeats a secret that it was never told."""

    secret = ""

    def item(self, told: str, number: int) -> dict[str, Any]:
        """An item with the secret in it."""
        made = super().item(told, number)
        return {**made, "clues": [f"{made['clues'][0]} {self.secret}"]} if number == 0 else made


def test_the_key_and_the_address_are_written_nowhere(tmp_path: Path) -> None:
    model = Leaky()
    with Server(model=model, faults=some(0.1, [*WAY, *ANSWER]), silence=1) as server:
        model.secret = server.key
        found = command(server, tmp_path, "--model", "m", "--n", "30", "--timeout", "0.5", OPENAI_LOG="debug")
        assert found.returncode == 0, found.stderr
        secrets = (server.key.encode(), f"127.0.0.1:{server.port}".encode())
    for file in filter(Path.is_file, tmp_path.rglob("*")):
        assert not any(secret in file.read_bytes() for secret in secrets), file
    assert server.key not in found.stdout + found.stderr


def test_ctrl_c_waits_for_what_is_paid_and_keeps_it(tmp_path: Path) -> None:
    with Server(latency=0.3) as server:
        args = [sys.executable, "-m", "cli.main", "raw", "grow", BANK, "--out", str(tmp_path), "--model", "m"]
        with subprocess.Popen(
            [*args, "--n", "300", "--concurrency", "8"],
            cwd=ROOT,
            env={**os.environ, **server.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            while server.paid.total() < 10:
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate()
        assert running.returncode == 130
        assert "stopped: interrupted" in out
        assert "what was finished is kept" in err
        assert len(job(tmp_path).records) == server.paid.total()


def requests(count: int) -> Iterator[Request]:
    """Some requests."""
    task = Grow(load_bank(BANK), SAMPLING)
    yield from (task.request(index) for index in range(count))


def test_requests_are_a_function_of_bank_model_and_index() -> None:
    once, again = list(requests(50)), list(requests(50))
    assert [request.address for request in once] == [request.address for request in again]
    assert len({request.address for request in once}) == 50
    other = Grow(load_bank(BANK), Sampling("another", "m"))
    assert other.request(3).messages != once[3].messages


@pytest.mark.parametrize(
    "body",
    [{}, {"choices": []}, {"choices": [{"message": {"content": 3}}]}, [], None, {"choices": [{"message": None}]}],
    ids=str,
)
def test_what_is_no_completion_is_not_taken_for_one(body: Any) -> None:
    with pytest.raises(ValueError, match="no chat completion"):
        Answer.of(body, next(requests(1)))


def test_an_answer_without_usage_is_estimated() -> None:
    request = next(requests(1))
    answer = Answer.of({"choices": [{"message": {"content": "x" * 300}}]}, request)
    assert (answer.prompt_tokens, answer.completion_tokens) == (request.estimate[0], 100)
    assert Exchange(request, answer, "2026-01-01T00:00:00Z").to_json()["answer"]["model"] == "m"
