"""`python -m tests.bench_eval`: what representation methods cost alone and together, on generated text.

Each method alone tunes on a train split and scores a test split with nothing kept from before; together they share what
the first has read, and should take at most one and a half times as long. The peer is a plain pass over the same texts,
without statements and without keeping anything.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch

from cli.text import table
from eval.config import EMBEDDED, EvaluationConfig
from eval.interventions import find
from eval.models.activations import encode_for_activations
from eval.models.backbone import Backbone, load_backbone
from eval.models.files import find_model
from eval.models.store import Store
from eval.models.texts import batches, read
from schemas import Example, Proof, Response
from tests.bench_duplicates import texts
from tests.seconds import Spent, spent

COLUMNS = ("methods", "wall", "CPU", "of the mean alone, wall", "CPU", "asked", "of a plain pass, wall", "CPU")
METHODS = ("ccs", "cra", "lat", "mms", "probe")
TOGETHER = "all five together"
#: Examples of the two splits, responses of an example, and characters of each text.
TRAIN, TEST, RESPONSES, LENGTH = 60, 60, 3, 200


def examples(count: int, split: str) -> list[Example]:
    """Examples whose labels say nothing."""
    source = texts(count * (RESPONSES + 1))
    made = []
    for number in range(count):
        prompt, *own = (text[:LENGTH] for text in islice(source, RESPONSES + 1))
        responses = tuple(Response(text, int(i == number % RESPONSES)) for i, text in enumerate(own))
        made.append(
            Example(f"d/{split}/{number:05d}", prompt, responses, {"group": str(number)}, Proof("rule", "proven"))
        )
    return made


def representation() -> list[list[object]]:
    """Seconds of each method alone and of all together, also as ratios to the mean of one and to a plain pass."""
    torch.set_num_threads(1)
    train, test = examples(TRAIN, "train"), examples(TEST, "test")
    config = EvaluationConfig()
    backbone = load_backbone(find_model(EMBEDDED), config.max_tokens, config.precision)
    plain_pass(backbone, train[:10], test[:10])  # fills what is made once a process
    plain = spent(lambda: plain_pass(backbone, train, test))

    def taken(names: Sequence[str]) -> Spent:
        with tempfile.TemporaryDirectory() as folder:
            keeping = replace(backbone, store=Store(Path(folder), {}))
            return spent(lambda: [find(n, config, lambda: keeping).fit(train, 0).score(test) for n in names])

    alone = {name: taken([name]) for name in METHODS}
    mean = Spent(*(sum(times) / len(alone) for times in zip(*alone.values(), strict=True)))
    every = {**alone, TOGETHER: taken(METHODS)}
    return [
        [
            name,
            *(f"{one:.1f} s" for one in time),
            *(f"{one / other:.2f}x" for one, other in zip(time, mean, strict=True)),
            "1.5x at most" if name == TOGETHER else "",
            *(f"{one / other:.2f}x" for one, other in zip(time, plain, strict=True)),
        ]
        for name, time in every.items()
    ]


def plain_pass(backbone: Backbone, train: Sequence[Example], test: Sequence[Example]) -> None:
    """Reads two responses of every training example and all of every test example, and keeps nothing."""
    encoded = [pair for pairs in encode_for_activations(backbone, train) for pair in pairs[:2]]
    encoded += [pair for pairs in encode_for_activations(backbone, test) for pair in pairs]
    sequences = [pair.joint for pair in encoded]
    with torch.inference_mode():
        for batch in batches(sequences):
            read(backbone, backbone.reader, [sequences[i] for i in batch]).mean()


if __name__ == "__main__":
    print(table(COLUMNS, representation()))
