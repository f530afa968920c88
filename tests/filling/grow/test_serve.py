"""The same client against another, real server of the protocol: `transformers serve` with models made on the spot."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filling.grow.records import Records
from generators.core import load_bank
from generators.core.banks import read_bank
from tests.filling import tiny_model
from tests.filling.model import Model, content
from tests.project import ROOT

BANK = "history/protests_and_crises"
LACKING = [name for name in ("fastapi", "uvicorn") if importlib.util.find_spec(name) is None]
#: Seconds for the server to start on a busy machine.
START = 120


@pytest.mark.skipif(bool(LACKING), reason=f"transformers serve needs {', '.join(LACKING)}")
def test_transformers_serve_answers_the_same_client(tmp_path: Path) -> None:
    made = Model()
    tiny_model.save(tmp_path / "writer", content({"items": [made.item("", number) for number in range(12)]}))
    tiny_model.save(tmp_path / "judge", '{"choice": 2}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "OPENAI_API_KEY": "none-is-needed",
    }
    serve = "from transformers.cli.transformers import main; main()"
    args = ["serve", "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with subprocess.Popen([sys.executable, "-c", serve, *args], env=environment) as server:
        try:
            _wait(server, port)
            command = ["raw", "grow", BANK, "--n", "2", "--out", str(tmp_path / "grown"), "--concurrency", "2"]
            models = ["--model", str(tmp_path / "writer"), "--judge-model", str(tmp_path / "judge")]
            done = subprocess.run(
                [sys.executable, "-m", "cli.main", *command, *models, "--answer-tokens", "40", "--timeout", "300"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            server.terminate()
    assert done.returncode == 0, done.stderr
    assert "2 items in" in done.stdout
    assert len(read_bank(tmp_path / "grown" / f"{BANK}.jsonl", BANK).items) == 2
    records = Records(tmp_path / "grown" / BANK / "records")
    judged = [records.read(address) for address in records.addresses("judge")]
    assert {exchange.answer.text for exchange in judged} == {'{"choice": 2}'}
    assert len({exchange.request.origin["right"] for exchange in judged}) > 1
    assert load_bank(BANK).sha256 == judged[0].request.origin["bank_sha256"]


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Waits for the server to take connections."""
    deadline = time.monotonic() + START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.1)
        else:
            return
