"""`python -m tests.bench_audit [RESPONSES...]`: speed and memory of whole audits, on generated text.

`make bench` audits 60 distributions of 833 examples, 50,000 in all. Numbers of responses as arguments audit one large
distribution each instead; the cost of a tenfold size is what to look at. The peer is what one would do otherwise for
one of some thirty cues: a bag of words and a logistic regression by scikit-learn, cross-validated by group.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline

from cli.text import table
from eval.audit import audit
from eval.audit.table import Table
from eval.dataset import load
from tests.bench_duplicates import texts
from tests.eval.planted import write
from tests.seconds import seconds

COLUMNS = ("distributions", "examples", "responses", "time", "examples/s", "beside one cue by scikit-learn", "memory")
MANY, EACH, WORKERS = 60, 833, 2
RESPONSES = 4
#: Characters of a response.
LENGTH = 200


def folder(data: Path, distributions: int, examples: int) -> None:
    """Writes a data folder of distributions whose labels say nothing."""
    source = texts(distributions * examples * (RESPONSES + 1))
    for number in range(distributions):
        train = examples * 600 // 850

        def make(rng: object, n: int) -> tuple[str, list[str], int]:  # noqa: ARG001 - the text needs no stream
            prompt, *own = islice(source, RESPONSES + 1)
            return f"{prompt[:LENGTH]} {n}", [text[17 : 17 + LENGTH] for text in own], len(prompt) * 7919 % RESPONSES

        write(data, f"generated_{number}", make, sizes=(train, examples - train))


def audits(sizes: Sequence[tuple[int, int]] = ((MANY, EACH),)) -> list[list[object]]:
    """Examples a second of an audit by two workers, the peer's time for one cue of the same data, and the most memory.

    Args:
        sizes: For each audit the number of distributions and of examples in each.
    """
    rows: list[list[object]] = []
    for distributions, examples in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder(Path(name), distributions, examples)
            spent = seconds(lambda name=name: audit(Path(name), workers=WORKERS))  # type: ignore[misc] # bound default
            peer = seconds(lambda name=name: one_cue(Path(name)))  # type: ignore[misc] # bound default
        total = distributions * examples
        peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        rows.append(
            [
                distributions,
                total,
                total * RESPONSES,
                f"{spent:.1f} s",
                round(total / spent),
                f"{spent / (peer * distributions):.1f}x",
                f"{peak // 1024} MB",
            ]
        )
    return rows


def one_cue(data: Path) -> None:
    """One learned cue of one distribution."""
    made = load(data)["generated_0"]
    rows = Table.of([*made.train, *made.test])
    model = make_pipeline(CountVectorizer(binary=True), LogisticRegression(max_iter=1000))
    cross_val_score(model, list(rows.texts), rows.label, groups=np.array(rows.example), cv=GroupKFold(5))


if __name__ == "__main__":
    asked = [(1, int(argument) // RESPONSES) for argument in sys.argv[1:]] or [(MANY, EACH)]
    print(table(COLUMNS, audits(asked)))
