"""Files of the shape that each source has on the hub, with text of our own, among it rows that cannot become items."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as arrow
from pyarrow import parquet

from filling.hub.source import sources

LETTERS, DIGITS = "ABCD", "1234"
MARKED = arrow.struct({"choices": arrow.list_(arrow.string()), "labels": arrow.list_(arrow.int32())})
SCHEMAS = {
    "arc": arrow.schema(
        {
            "id": arrow.string(),
            "question": arrow.string(),
            "choices": arrow.struct({"text": arrow.list_(arrow.string()), "label": arrow.list_(arrow.string())}),
            "answerKey": arrow.string(),
        }
    ),
    "mmlu": arrow.schema(
        {
            "question": arrow.string(),
            "subject": arrow.string(),
            "choices": arrow.list_(arrow.string()),
            "answer": arrow.int64(),
        }
    ),
    "truthful_qa": arrow.schema({"question": arrow.string(), "mc1_targets": MARKED, "mc2_targets": MARKED}),
    "math": arrow.schema({name: arrow.string() for name in ("problem", "level", "type", "solution")}),
}


def published(size: int = 12) -> dict[tuple[str, str], dict[str, bytes]]:
    """All repositories at their pinned commits.

    Args:
        size: Sound rows of each file.
    """
    made: dict[tuple[str, str], dict[str, bytes]] = {}
    for source in sources().values():
        names = source.files if source.name != "shp" else SHP_FILES
        files = {name: _file(source.name, name, size) for name in names}
        made[source.repo, source.revision] = {"README.md": b"not asked for\n", **files}
    return made


SHP_FILES = tuple(
    f"reddit/{forum}/{part}.json" for forum in ("askbaking", "changemyview") for part in ("train", "validation", "test")
)


def _file(source: str, name: str, size: int) -> bytes:
    rows: list[Any] = [row for number in range(size) for row in ROWS[source](name, number)]
    rows += BROKEN[source]
    if name.endswith(".parquet"):
        out = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(rows, schema=SCHEMAS[source]), out)
        return out.getvalue()
    if source == "alpaca_cleaned":
        return json.dumps(rows, indent=4).encode()
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return "".join(f"{line}\n" for line in lines).encode()


def _arc(name: str, number: int) -> Sequence[Any]:
    labels = DIGITS if number % 5 == 4 else LETTERS
    return [
        {
            "id": f"Made_{name.split('/')[0]}_{number}",
            "question": f"Which of these is {number} more than ten?",
            "choices": {"text": [str(10 + number + k) for k in range(4)], "label": list(labels)},
            "answerKey": labels[0],
        }
    ]


def _mmlu(_: str, number: int) -> Sequence[Any]:
    subject = ("high_school_us_history", "astronomy")[number % 2]
    choices = [f"{number * k} days " for k in (2, 3, 5, 7)] if number else ["a", "b", "c", "d"]
    return [{"question": f"How long is made-up thing {number}?", "subject": subject, "choices": choices, "answer": 1}]


def _alpaca(_: str, number: int) -> Sequence[Any]:
    given = "" if number % 2 else f"word {number}"
    return [{"instruction": f"Say it {number} times.", "input": given, "output": f"It, {number} times.\n"}]


def _truthful(_: str, number: int) -> Sequence[Any]:
    marked = {"choices": [f"It is {number}.", "It is a secret.", "Nobody knows."], "labels": [1, 0, 0]}
    return [{"question": f"What is number {number}?", "mc1_targets": marked, "mc2_targets": marked}]


def _shp(name: str, number: int) -> Sequence[Any]:
    """Two rows of one post, which share a reply."""
    _, forum, file = name.split("/")
    part = file.removesuffix(".json")
    post = {"post_id": f"{forum}{part}{number}", "domain": f"{forum}_{part}", "history": f"How is thing {number} made?"}
    replies = [(f"Way {k} of {number}.", 3 * k + 1, 1_600_000_000.0 + k) for k in range(3)]
    return [
        {
            **post,
            "human_ref_A": a[0],
            "human_ref_B": b[0],
            "score_A": a[1],
            "score_B": b[1],
            "created_at_utc_A": a[2],
            "created_at_utc_B": b[2],
            "labels": int(a[1] > b[1]),
            "score_ratio": 2.0,
        }
        for a, b in ((replies[0], replies[1]), (replies[0], replies[2]))
    ]


def _apps(_: str, number: int) -> Sequence[Any]:
    if number % 2:
        tests: dict[str, Any] = {"inputs": ["3\n", "4\n"], "outputs": [f"{3 + number}\n", f"{4 + number}\n"]}
        program = f"print(int(input()) + {number})\n"
    else:
        tests = {"fn_name": "add", "inputs": [[1], [2]], "outputs": [1 + number, 2 + number]}
        program = f"def add(n):\n    return n + {number}\n"
    return [
        {
            "problem_id": number,
            "question": f"Add {number} to a number.",
            "solutions": json.dumps([program, program, program.replace("n", "m")]),
            "input_output": json.dumps(tests),
            "difficulty": ("introductory", "interview", "competition")[number % 3],
            "url": "",
            "starter_code": "",
        }
    ]


def _math(name: str, number: int) -> Sequence[Any]:
    return [
        {
            "problem": f"What is $\\frac{{{number}}}{{7}}$ of one?",
            "level": f"Level {number % 5 + 1}" if number % 6 else "Level ?",
            "type": name.split("/")[0].replace("_", " ").title(),
            "solution": f"It is \\boxed{{\\frac{{{number}}}{{7}}}}.",
        }
    ]


ROWS = {
    "arc": _arc,
    "mmlu": _mmlu,
    "alpaca_cleaned": _alpaca,
    "truthful_qa": _truthful,
    "shp": _shp,
    "apps": _apps,
    "math": _math,
}
#: A row or two of each source's files that must be left out.
BROKEN: dict[str, list[Any]] = {
    "arc": [{"id": "x", "question": "Which?", "choices": {"text": ["a", "b"], "label": ["A", "B"]}, "answerKey": "E"}],
    "mmlu": [{"question": "Which?", "subject": "astronomy", "choices": ["a", "a", "b", "c"], "answer": 0}],
    "alpaca_cleaned": [{"instruction": "Say nothing.", "input": "", "output": " "}],
    "truthful_qa": [
        {"question": "Why?", "mc1_targets": {"choices": ["a", "b"], "labels": [1, 1]}, "mc2_targets": None}
    ],
    "shp": ['{"post_id": "cut', {"post_id": "p", "domain": "askbaking_train", "history": "Why?", "human_ref_A": "a"}],
    "apps": [
        {"problem_id": 9000, "question": "?", "solutions": "", "input_output": "", "difficulty": "interview"},
        {**_apps("", 1)[0], "problem_id": 9001, "solutions": '["half a character: \\ud800"]'},
    ],
    "math": [{"problem": "Why?", "level": "Level 1", "type": "Algebra", "solution": "Nobody knows."}],
}
