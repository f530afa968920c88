"""How long tuning and scoring take, from a few examples with the real model: what a plan's estimate rests on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from eval.config import EvaluationConfig
from eval.interventions import find
from eval.interventions._representation import Representation
from eval.interventions._runs import Runs
from schemas import Example

if TYPE_CHECKING:
    from eval.models.backbone import Backbone

Made = TypeVar("Made")
#: Seconds that timing may take in all, as far as the smallest sample allows; what is first imported comes on top.
BUDGET = 6.0
#: Examples of the first two samples, and how much larger each next one is.
FEWEST, GROWTH = (2, 8), 4


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of something that reads tokens.

    Attributes:
        fixed: What it takes however few they are.
        each: What each of them takes.
    """

    fixed: float
    each: float

    @classmethod
    def through(cls, small: tuple[int, float], large: tuple[int, float]) -> Cost:
        """The cost that two samples (tokens, seconds) show; where noise hides it, that of the larger alone."""
        (fewer, sooner), (more, later) = small, large
        each = (later - sooner) / (more - fewer) if more > fewer and later > sooner else later / max(1, more)
        return cls(max(0.0, later - each * more), each)

    def of(self, tokens: int) -> float:
        """Seconds that some tokens take."""
        return self.fixed + self.each * tokens


@dataclass(frozen=True, slots=True)
class Sample:
    """What tuning and scoring a few examples took.

    Attributes:
        examples: How many.
        tuned: Tokens that were tuned on.
        scored: Tokens that were scored.
        reading: Seconds of reading activations of the former; 0 where none are read.
        learning: Seconds of all else in tuning.
        scoring: Seconds of scoring.
    """

    examples: int
    tuned: int
    scored: int
    reading: float
    learning: float
    scoring: float


@dataclass(frozen=True, slots=True)
class Timing:
    """What an intervention takes.

    Attributes:
        examples: Examples of the largest sample.
        reading: Of activations of a source, which all methods that read them share.
        learning: Of all else in tuning.
        scoring: Of scoring a test.
        shares: Whether it reads activations; then a test, too, is read once for all that do.
    """

    examples: int
    reading: Cost
    learning: Cost
    scoring: Cost
    shares: bool


def timing(runs: Runs, name: str, source: str | None, test: str, budget: float) -> Timing:
    """Times an intervention on samples that grow while there is time.

    Args:
        runs: The interventions of an evaluation, and its model.
        name: The intervention.
        source: Distribution whose training examples it is timed on, if it learns.
        test: Distribution whose test examples it is timed on.
        budget: Seconds.

    Raises:
        ShiftworksError: It fails on a sample.
    """
    train = runs.dataset[source].train if source else ()
    tests = runs.dataset[test].test

    def timed(size: int) -> tuple[Sample, float]:
        before = perf_counter()
        made = _sample(runs, name, _spread(train, size), _spread(tests, size))
        return made, perf_counter() - before

    # The first time imports and prepares what later ones have, so it counts only where there is no time for more.
    small, took = timed(FEWEST[0])
    large = small
    if took < BUDGET:
        (small, _), (large, took) = timed(FEWEST[0]), timed(FEWEST[1])
    while large.examples < max(len(train), len(tests)) and (budget := budget - took) > GROWTH * took:
        large, took = timed(GROWTH * large.examples)
    return Timing(
        large.examples,
        reading=Cost.through((small.tuned, small.reading), (large.tuned, large.reading)),
        learning=Cost.through((small.tuned, small.learning), (large.tuned, large.learning)),
        scoring=Cost.through((small.scored, small.scoring), (large.scored, large.scoring)),
        shares=isinstance(runs.interventions[name], Representation),
    )


def _sample(runs: Runs, name: str, train: Sequence[Example], test: Sequence[Example]) -> Sample:
    """Times one tuning and scoring, with nothing kept from before."""
    from eval.models.store import Store

    config = _once(runs.config, name)
    with tempfile.TemporaryDirectory() as folder:
        backbone = replace(runs.backbone, store=Store(Path(folder), {}))
        intervention = find(name, config, lambda: backbone)
        tuning, scorer = _clocked(lambda: intervention.fit(train, config.seed))
        # Once more, now that its activations are kept: what is left is learning.
        again = isinstance(intervention, Representation)
        learning = _clocked(lambda: intervention.fit(train, config.seed))[0] if again else tuning
        scoring, _ = _clocked(lambda: scorer.score(test))
        tuned = intervention.tuning_tokens(train, config.seed)
    reading = max(0.0, tuning - learning)
    return Sample(max(len(train), len(test)), tuned, joint_tokens(backbone, test), reading, learning, scoring)


def _clocked(act: Callable[[], Made]) -> tuple[float, Made]:
    """Seconds that something takes, and what it makes."""
    before = perf_counter()
    made = act()
    return perf_counter() - before, made


def joint_tokens(backbone: Backbone, examples: Sequence[Example]) -> int:
    """Tokens of every response with its prompt, which a causal model reads once for all its responses."""
    from eval.models.packed import text_rows
    from eval.models.texts import encode

    pairs = [pair for pairs in encode(backbone, examples) for pair in pairs]
    return sum(len(row.ids) for row in text_rows(backbone, pairs))


def _once(config: EvaluationConfig, name: str) -> EvaluationConfig:
    """The settings with one pass over the source, where the intervention has a setting for it."""
    section: Any = getattr(config, name, None)
    changes: Any = {name: replace(section, epochs=1)} if hasattr(section, "epochs") else {}
    return replace(config, **changes)


def _spread(examples: Sequence[Example], count: int) -> Sequence[Example]:
    """So many examples, from all over a split."""
    return [examples[i * len(examples) // count] for i in range(min(count, len(examples)))]
