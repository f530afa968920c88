"""From the hub to a built distribution: published rows are fetched, and the profile `upstream` builds from them.

The rows are those that the tests of the profile's makers take as items, written as each source has them; so what a
fetch makes of them must be those items again.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as arrow
import pytest
from pyarrow import parquet

from filling.hub.source import sources
from schemas.files import canonical, read_lines
from tests.filling.hub.published import SCHEMAS
from tests.filling.hub.server import Hub, serving
from tests.generators.upstream.sources import SOURCES
from tests.project import ROOT, Project

#: Splits of SHP that hold none of the items.
REST = ("validation", "test")
#: A distribution of each of the eight families.
FAMILIES = (
    "arc_easy",
    "alpaca_mmlu",
    "us_history",
    "truthful_qa",
    "math_hard",
    "shp_low_quality",
    "change_my_view",
    "code",
)

Item = Mapping[str, Any]


def _marked(item: Item) -> dict[str, Any]:
    labels = [int(place == item["answer"]) for place in range(len(item["choices"]))]
    return {"choices": item["choices"], "labels": labels}


def _arc(item: Item) -> tuple[str, Any]:
    labels = list("ABCDE"[: len(item["choices"])])
    row = {"id": item["id"], "question": item["question"], "choices": {"text": item["choices"], "label": labels}}
    return sources()["arc"].files[item["level"] != "easy"], {**row, "answerKey": labels[item["answer"]]}


def _mmlu(item: Item) -> tuple[str, Any]:
    return sources()["mmlu"].files[0], {key: item[key] for key in ("question", "subject", "choices", "answer")}


def _truthful_qa(item: Item) -> tuple[str, Any]:
    row = {"question": item["question"], "mc1_targets": _marked(item), "mc2_targets": _marked(item)}
    return sources()["truthful_qa"].files[0], row


def _alpaca_cleaned(item: Item) -> tuple[str, Any]:
    row = {key: item[key] or "" for key in ("instruction", "input", "output")}
    return sources()["alpaca_cleaned"].files[0], row


def _math(item: Item) -> tuple[str, Any]:
    level = f"Level {item['level'] or '?'}"
    return "algebra/train-00000-of-00001.parquet", {**item, "level": level}


def _apps(item: Item) -> tuple[str, Any]:
    tests = {key: value for key, value in item["tests"].items() if value is not None}
    return "train.jsonl", {
        "problem_id": int(item["id"].removeprefix("train_")),
        "question": item["statement"],
        "solutions": json.dumps(item["solutions"]),
        "input_output": json.dumps(tests),
        "difficulty": item["difficulty"],
    }


def _shp(item: Item) -> Iterator[tuple[str, Any]]:
    first, *others = item["replies"]
    post = {"post_id": item["id"], "domain": f"{item['domain']}_train", "history": item["post"]}
    for other in others:
        row: dict[str, Any] = dict(post)
        for side, reply in (("A", first), ("B", other)):
            row |= {f"human_ref_{side}": reply["text"], f"score_{side}": reply["score"]}
            row[f"created_at_utc_{side}"] = float(reply["written"])
        yield f"reddit/{item['domain']}/train.json", row


ROWS: dict[str, Callable[[Item], tuple[str, Any]]] = {
    "arc": _arc,
    "mmlu": _mmlu,
    "truthful_qa": _truthful_qa,
    "alpaca_cleaned": _alpaca_cleaned,
    "math": _math,
    "apps": _apps,
}


def published(name: str, items: Sequence[Item]) -> dict[str, bytes]:
    """Items as files of their source; files that none of them belongs to are empty."""
    expected = sources()[name].files if name in ROWS else [f"reddit/changemyview/{part}.json" for part in REST]
    files: dict[str, list[Any]] = {file: [] for file in expected}
    for item in items:
        for file, row in [ROWS[name](item)] if name in ROWS else _shp(item):
            files.setdefault(file, []).append(row)
    return {file: _bytes(name, file, found) for file, found in files.items()}


def _bytes(name: str, file: str, rows: Sequence[Any]) -> bytes:
    if file.endswith(".parquet"):
        out = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(list(rows), schema=SCHEMAS[name]), out)
        return out.getvalue()
    if name == "alpaca_cleaned":
        return orjson.dumps(rows)
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of all code and banks that has fetched every source."""
    root = tmp_path_factory.mktemp("fetched") / "project"
    ignore = shutil.ignore_patterns("__pycache__", "results")
    for part in ("schemas", "generators", "filling", "eval", "cli", "raw/banks"):
        shutil.copytree(ROOT / part, root / part, ignore=ignore)
    project = Project(root)
    repos = {
        (source.repo, source.revision): published(name, list(SOURCES[name][1]())) for name, source in sources().items()
    }
    with serving(Hub(repos)) as hub:
        done = project.shifts("raw", "fetch", HF_ENDPOINT=hub.address, HF_HOME=str(root.parent / "hf"), NO_PROXY="*")
    assert done.returncode == 0, done.stderr
    return project


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_items_come_back_as_they_were_published(fetched: Project, name: str) -> None:
    path = fetched.root / "raw/upstream" / name / "items.jsonl"
    found = [record for _, record in read_lines(path)][1:]
    given = list(SOURCES[name][1]())
    assert len(found) == len(given)
    for one, other in zip(_comparable(found), _comparable(given), strict=True):
        assert one == other


def _comparable(items: Sequence[Item]) -> list[Item]:
    """Items without what a source does not hold (an id of its own) or cannot get wrong (the answer in the box)."""
    made = [{key: value.strip() if isinstance(value, str) else value for key, value in item.items()} for item in items]
    for item in made:
        item.pop("id")
        if item["kind"] == "math_problem":
            item.pop("answer")
    return sorted(made, key=canonical)


def test_every_family_builds_from_what_was_fetched(fetched: Project) -> None:
    sizes = ("--n-train", "10", "--n-test", "4", "--workers", "1", "--out", "built")
    done = fetched.shifts("build", *FAMILIES, "--profile", "upstream", *sizes)
    assert done.returncode == 0, done.stderr
    assert f"{len(FAMILIES)} of them from upstream items" in done.stdout
    validated = fetched.shifts("validate", "built", "raw/upstream", "--workers", "1")
    assert validated.returncode == 0, validated.stderr
    cards = [orjson.loads(path.read_bytes()) for path in Path(fetched.root / "built").glob("*/card.json")]
    assert len(cards) == len(FAMILIES)
    text = orjson.dumps(cards).decode()
    assert all(source.revision in text for source in sources().values())
