"""`make bench`: speeds of the engine, as ratios against a peer measured in the same run.

Absolute times depend on the machine and its mood; the ratios are what to compare between versions.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson
from jsonschema import Draft202012Validator

from cli.text import table
from generators.core import Question
from generators.core.candidates import chunk, example_json
from generators.core.engine import Sizes, build
from generators.core.registry import distributions, find_distribution
from generators.core.streams import Stream
from schemas.validation import SCHEMA_DIR, validate
from tests import (
    bench_audit,
    bench_bugs,
    bench_build,
    bench_code,
    bench_duplicates,
    bench_eval,
    bench_grow,
    bench_peers,
    bench_ranking,
    bench_tuning,
)
from tests.project import ROOT
from tests.seconds import seconds

EXAMPLES = 200
COLUMNS = ("distribution", "set-up", "examples/s", "proving again")


def generation() -> list[list[object]]:
    """Examples a second, single process, proof included; beside it how long proving them once more takes.

    What is made once a process (decks, tables, imports) stands by itself: by how much the first examples took longer.
    """
    rows: list[list[object]] = []
    for name in distributions():
        builder = find_distribution(name).builder()
        first = seconds(lambda name=name: chunk(name, 1, "train", 0, EXAMPLES))  # type: ignore[misc] # bound default
        start = time.perf_counter()
        kept = [candidate.example for candidate in chunk(name, 1, "train", EXAMPLES, EXAMPLES) if candidate.example]
        made = time.perf_counter() - start
        asked = [Question(e.prompt, tuple(r.text for r in e.responses), e.meta) for e in kept]
        start = time.perf_counter()
        for each in asked:
            builder.prove(each)
        proven = time.perf_counter() - start
        rows.append([name, f"{max(first - made, 0):.1f} s", round(len(kept) / made), f"{proven / made:.0%}"])
    return rows


def workers() -> list[list[object]]:
    """A build of everything with one and with two workers."""
    with tempfile.TemporaryDirectory() as folder:
        found = list(distributions().values())
        times = [
            seconds(lambda n=n: build(found, Path(folder) / str(n), seed=0, sizes=Sizes(120, 60), workers=n))  # type: ignore[misc] # bound default
            for n in (1, 2)
        ]
    return [
        ["one worker", f"{times[0]:.1f} s", ""],
        ["two workers", f"{times[1]:.1f} s", f"{times[0] / times[1]:.2f}x"],
    ]


def validation() -> list[list[object]]:
    """Records a second with a validator built once, against one built for each record."""
    name = next(iter(distributions()))
    kept = [c.example for c in chunk(name, 0, "train", 0, EXAMPLES) if c.example]
    records = [example_json(example, name, "train", i) for i, example in enumerate(kept)]
    schema = orjson.loads((SCHEMA_DIR / "example.schema.json").read_bytes())
    start = time.perf_counter()
    for record in records:
        validate(record, "example", "memory", 1)
    once = time.perf_counter() - start
    each = (
        seconds(lambda: [Draft202012Validator(schema).is_valid(record) for record in records[:50]]) * len(records) / 50
    )
    return [
        ["built once", round(len(records) / once), ""],
        ["built each time", round(len(records) / each), f"{each / once:.1f}x"],
    ]


def streams() -> list[list[object]]:
    """Keyed streams a second, ten draws each."""
    spent = seconds(lambda: [[s.below(100) for _ in range(10)] for s in (Stream("x", i) for i in range(20000))])
    return [["keyed stream and ten draws", round(20000 / spent)]]


def start() -> list[list[object]]:
    """Whole-process seconds of the front door, against Python importing typer alone; the best of five."""

    def best(*command: str) -> float:
        run = [sys.executable, *command]
        return min(seconds(lambda: subprocess.run(run, cwd=ROOT, capture_output=True, check=True)) for _ in range(5))

    peer = best("-c", "import typer")
    rows: list[list[object]] = [["import typer", f"{peer:.2f} s", ""]]
    for args in (["--help"], ["list"], ["show", next(iter(distributions()))]):
        own = best("-m", "cli.main", *args)
        rows.append([f"shifts {' '.join(args)}", f"{own:.2f} s", f"{own / peer:.1f}x"])
    return rows


def main() -> None:
    """Prints all tables."""
    for title, columns, measure in (
        ("generation, single process, proof included", COLUMNS, generation),
        ("build of everything at 120/60", ["", "time", "speed-up"], workers),
        ("build of everything, two workers", bench_build.COLUMNS, bench_build.building),
        ("validation", ["validator", "records/s", "gain"], validation),
        ("streams", ["", "per second"], streams),
        ("near duplicates", bench_duplicates.COLUMNS, bench_duplicates.duplicates),
        ("audit, two workers", bench_audit.COLUMNS, bench_audit.audits),
        ("matrices and arithmetic, single process, proof included", bench_peers.COLUMNS, bench_peers.peers),
        ("methods that read activations, one thread", bench_eval.COLUMNS, bench_eval.representation),
        ("reward models tuned and scored, one thread", bench_tuning.COLUMNS, bench_tuning.tunings),
        ("puzzles of order, single process, proof included", bench_ranking.COLUMNS, bench_ranking.ranking),
        ("programs run on all their tests, single process", bench_code.COLUMNS, bench_code.executors),
        ("programs with a bug, single process", bench_bugs.COLUMNS, bench_bugs.mutants),
        ("banks grown by a model, with faults and a kill", bench_grow.COLUMNS, bench_grow.growing),
        ("start", ["command", "time", "ratio"], start),
    ):
        print(f"{title}\n{table(columns, measure())}\n")


if __name__ == "__main__":
    main()
