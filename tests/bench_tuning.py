"""`python -m tests.bench_tuning`: reward models tuned and scored, beside TRL's RewardTrainer and GENIES's way.

All get the same model with adapters in the same matrices, the same texts, as many steps of as many pairs at the same
rate, and one thread. They are measured one after the other, from texts to a tuned model and from texts to an accuracy
over all pairs; imports and the loading of models are not timed. Where wall and processor seconds differ much, others
were at work on the machine, and the latter say more.

The causal model has random weights: it shows what sharing a prompt saves, not what can be learned.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import torch

from cli.text import table
from eval.config import EMBEDDED, LoraSettings
from eval.metrics import accuracy
from eval.models.backbone import Backbone, load_backbone
from eval.models.files import find_model
from eval.models.tuning import TunedScorer, tuned
from eval.ranking import rank
from eval.resampling import Estimate
from generators.core.candidates import chunk
from schemas import Example, Split
from tests.seconds import Spent, spent

COLUMNS = (
    *("model, data", "step", "theirs", "wall", "CPU", "ours", "wall", "CPU", "faster, wall", "CPU", "asked"),
    *("accuracy", "ours, with its interval"),
)
#: Distributions with examples to tune on and to score. An encoder cannot share a prompt, so that its length does not
#: matter; what a user says is learned in a few steps, so that accuracies there are worth comparing.
DATA = {
    "MiniLM": (("arc_easy", 96, 48), ("sycophancy_answer", 160, 60)),
    "causal": (("arc_easy", 80, 120), ("ranking_logic", 48, 48)),
}
MAX_TOKENS = 512
SETTINGS = LoraSettings(epochs=1, tokens=10**9, learning_rate=1e-3, head_learning_rate=1e-3)
OURS, PRECISE, TRL, GENIES, PLAIN = "as it is", "in float32", "TRL", "GENIES's way", "GENIES's, no checkpoints"
#: Which of their ways is set against which of ours, and how many times faster ours should tune and score.
ASKED = ((TRL, OURS, "3x", "5x"), (GENIES, OURS, "6x", "10x"), (PLAIN, OURS, "", ""), (GENIES, PRECISE, "4x", "4x"))


class Way(Protocol):
    """A way to tune a reward model and to score with it."""

    def tune(self, train: Sequence[Example]) -> None:
        """Tunes it."""
        ...

    def score(self, test: Sequence[Example]) -> float:
        """Share of the test's pairs that are ranked right."""
        ...


class Ours:
    """Our way.

    Args:
        backbone: The model.
    """

    def __init__(self, backbone: Backbone) -> None:
        self.backbone = backbone
        self.scorer: TunedScorer | None = None
        self.interval: Estimate | None = None

    def tune(self, train: Sequence[Example]) -> None:
        """Tunes adapters and head."""
        self.scorer = tuned(self.backbone, train, SETTINGS, 0)

    def score(self, test: Sequence[Example]) -> float:
        """Scores every response once."""
        if self.scorer is None:
            raise ValueError("tune first")
        counted = rank(test, [self.scorer.score(test).values], ("lora",)).tally
        self.interval = accuracy(counted, 1000, 0)
        return counted.accuracy


@dataclass(frozen=True, slots=True)
class Run:
    """A tuning and a scoring: what they took, and the accuracy, with its interval if it is ours."""

    tuning: Spent
    scoring: Spent
    accuracy: str


def tunings() -> list[list[object]]:
    """An encoder on four responses and on two, a causal model on short prompts and on long ones."""
    torch.set_num_threads(1)
    if not find_spec("trl"):
        print("TRL is not installed, so it is left out here; the extra `bench` brings it")
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as causal, warnings.catch_warnings():
        # Between themselves transformers, peft and TRL use names that one of them will drop.
        warnings.simplefilter("ignore", FutureWarning)
        _write_causal(Path(causal))
        for name, folder in (("MiniLM", find_model(EMBEDDED).folder), ("causal", Path(causal))):
            ways = _ways(folder)
            for data, n_train, n_test in DATA[name]:
                train, test = _examples(data, "train", n_train), _examples(data, "test", n_test)
                rows += [[f"{name}, {data}", *row] for row in _compared(_measured(ways, train, test))]
    return rows


def _write_causal(folder: Path) -> None:
    """Writes a Llama-like model as large as MiniLM, of random weights and with its tokenizer, into a folder."""
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # transformers leaves it untyped
    tokenizer = AutoTokenizer.from_pretrained(find_model(EMBEDDED).folder)
    tokenizer.bos_token, tokenizer.eos_token = tokenizer.cls_token, tokenizer.sep_token
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=384,
        intermediate_size=1024,
        num_hidden_layers=6,
        num_attention_heads=6,
        max_position_embeddings=MAX_TOKENS,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _ways(folder: Path) -> dict[str, Callable[[], Way]]:
    """What makes each way anew, its model loaded."""
    from tests.tuning_peers import Genies, Trl

    files = find_model(str(folder))
    ours, precise = (load_backbone(files, MAX_TOKENS, precision) for precision in ("auto", "float32"))
    ways: dict[str, Callable[[], Way]] = {
        OURS: lambda: Ours(ours),
        PRECISE: lambda: Ours(precise),
        GENIES: lambda: Genies(folder, SETTINGS),
        PLAIN: lambda: Genies(folder, SETTINGS, checkpointing=False),
    }
    if find_spec("trl"):
        ways[TRL] = lambda: Trl(folder, MAX_TOKENS, SETTINGS)
    return ways


def _examples(data: str, split: Split, count: int) -> list[Example]:
    return [made.example for made in chunk(data, 0, split, 0, count) if made.example]


def _measured(
    ways: Mapping[str, Callable[[], Way]], train: Sequence[Example], test: Sequence[Example]
) -> dict[str, Run]:
    """What each way takes, after one step of each that fills what is made once a process."""
    for make in ways.values():
        _run(make(), train[: SETTINGS.batch_size], test[:2])
    return {name: _run(make(), train, test) for name, make in ways.items()}


def _run(way: Way, train: Sequence[Example], test: Sequence[Example]) -> Run:
    """One tuning and one scoring."""
    found: list[float] = []
    tuning = spent(lambda: way.tune(train))
    scoring = spent(lambda: found.append(way.score(test)))
    interval = way.interval if isinstance(way, Ours) else None
    within = f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else ""
    return Run(tuning, scoring, f"{found[0]:.3f}{within}")


def _compared(runs: Mapping[str, Run]) -> list[list[object]]:
    """Each of their ways beside one of ours."""
    rows: list[list[object]] = []
    for step in ("tuning", "scoring"):
        for their, our, *asked in ASKED:
            if their in runs:
                times: list[Spent] = [getattr(runs[name], step) for name in (their, our)]
                gains = [f"{one / other:.1f}x" for one, other in zip(*times, strict=True)]
                shown = [f"{seconds:.2f} s" for time in times for seconds in time]
                row = [step, their, *shown[:2], our, *shown[2:], *gains]
                rows.append(
                    [*row, asked[0], "", ""]
                    if step == "tuning"
                    else [*row, asked[1], runs[their].accuracy, runs[our].accuracy]
                )
    return rows


if __name__ == "__main__":
    print(table(COLUMNS, tunings()))
