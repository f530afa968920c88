"""What goes wrong in one tuning or scoring, told in one line each, without taking the others with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from eval.config import EvaluationConfig
from schemas import ShiftworksError

#: How torch says that memory is lacking: on a GPU, on the processor, in its libraries.
NO_MEMORY = re.compile(r"out of memory|allocate memory|bad_alloc", re.IGNORECASE)
#: Scorers that a line names; it counts the others.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """A scoring that could not be made.

    Attributes:
        intervention: The intervention.
        source: What it is tuned on; None if it learns nothing.
        test: What was to be scored.
        reason: What went wrong, and the way out.
    """

    intervention: str
    source: str | None
    test: str
    reason: str


class UnfinishedError(ShiftworksError):
    """Some scorings failed; all others are done and kept.

    Args:
        failures: The scorings that failed, at least one.
        total: How many there were in all.

    Attributes:
        lines: A line for each reason.
    """

    def __init__(self, failures: Sequence[Failure], total: int) -> None:
        self.lines = _lines(failures)
        kept = f"the other {total - len(failures)} of {total} scorings are kept, the same command goes on from there"
        if len(self.lines) == 1:
            super().__init__(f"{self.lines[0]} ({kept})")
        else:
            super().__init__(f"{len(failures)} scorings failed, for {len(self.lines)} reasons; {kept}")


def _lines(failures: Sequence[Failure]) -> list[str]:
    reasons: dict[str, dict[str, list[str]]] = {}
    for failure in failures:
        scorer = f"{failure.intervention}, tuned on {failure.source}" if failure.source else failure.intervention
        reasons.setdefault(failure.reason, {}).setdefault(scorer, []).append(failure.test)
    lines = []
    for reason, scorers in reasons.items():
        named = [f"{scorer}, tested on {', '.join(tests)}" for scorer, tests in scorers.items()]
        more = [f"{len(named) - NAMED} more"] if len(named) > NAMED else []
        lines.append(f"{'; '.join([*named[:NAMED], *more])}: {reason}")
    return lines


@contextmanager
def memory_errors(name: str, config: EvaluationConfig) -> Iterator[None]:
    """Turns a lack of memory into one line that names the settings to lower.

    Args:
        name: The intervention that tunes or scores.
        config: The evaluation's settings.

    Raises:
        ShiftworksError: Memory was lacking.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not NO_MEMORY.search(str(error)):
            raise
        batch = getattr(getattr(config, name, None), "batch_size", None)
        settings = [] if batch is None else [f"evaluate.{name}.batch_size (now {batch})"]
        settings.append(f"evaluate.max_tokens (now {config.max_tokens})")
        raise ShiftworksError(f"out of memory; lower {' or '.join(settings)}, or take a smaller model") from None
