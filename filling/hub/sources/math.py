r"""MATH: problems of mathematics competitions in seven fields (Hendrycks et al. 2021, arXiv 2103.03874).

The answer is what stands in the last `\boxed` of the worked solution.
"""

from __future__ import annotations

import re

from filling.hub.source import Row, Source, Unfit, prose, row_by_row, split
from schemas import JsonObject

FIELDS = (
    "algebra",
    "counting_and_probability",
    "geometry",
    "intermediate_algebra",
    "number_theory",
    "prealgebra",
    "precalculus",
)
BOX = re.compile(r"\\(?:boxed|fbox)(?![A-Za-z])")
#: What a box without braces holds: one sign, or one command.
BARE = re.compile(r"\s*(\\[A-Za-z]+|[^\s{}$])")
#: Braces, and what only looks like one: a sign behind a backslash.
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
LEVEL = re.compile(r"Level ([1-5])")


def item(file: str, number: int, row: Row) -> JsonObject:
    """A problem; rows carry no id, so it is made of field, split and number."""
    solution = prose(row, "solution")
    level = LEVEL.fullmatch(prose(row, "level"))
    return {
        "kind": "math_problem",
        "id": f"{file.split('/')[0]}_{split(file)}_{number}",
        "problem": prose(row, "problem"),
        "level": int(level[1]) if level else None,
        "type": prose(row, "type"),
        "solution": solution,
        "answer": _boxed(solution),
    }


def _boxed(solution: str) -> str:
    """What the last box holds, up to the brace that closes it."""
    boxes = list(BOX.finditer(solution))
    if not boxes:
        raise Unfit("no answer is boxed in the solution")
    rest = solution[boxes[-1].end() :]
    if not rest.lstrip().startswith("{"):
        bare = BARE.match(rest)
        if bare is None:
            raise Unfit("the box in the solution is empty")
        return bare[1]
    depth, start = 0, rest.index("{") + 1
    for sign in BRACE.finditer(rest):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == "}" and depth == 0:
            inside = rest[start : sign.start()].strip()
            if not inside:
                raise Unfit("the box in the solution is empty")
            return inside
    raise Unfit("the box in the solution is not closed")


SOURCE = Source(
    name="math",
    repo="EleutherAI/hendrycks_math",
    revision="21a5633873b6a120296cce3e2df9d5550074f4a3",
    files=tuple(f"{field}/{part}-00000-of-00001.parquet" for field in FIELDS for part in ("train", "test")),
    licence="MIT",
    credit="MATH, Hendrycks et al. 2021",
    item="math_problem",
    version=1,
    read=row_by_row(item),
)
