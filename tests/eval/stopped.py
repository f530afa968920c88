"""`python -m tests.eval.stopped LOG N SIGNAL ...`: an evaluation that gets a signal at its N-th scoring.

The command line runs as ever on what follows; each tuning is a line in LOG.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.main import main
from eval.interventions import Scores
from eval.models import tuning


def stop_at(log: Path, number: int, sign: signal.Signals) -> None:
    """Has this process write down its tunings, and get a signal when it scores for the N-th time."""
    tuned, score = tuning.tuned, tuning.TunedScorer.score
    scorings = 0

    def watched_tuning(*given: Any) -> tuning.TunedScorer:
        with log.open("a", encoding="utf-8") as file:
            file.write("tuned\n")
        return tuned(*given)

    def watched_scoring(self: tuning.TunedScorer, examples: Sequence[Any]) -> Scores:
        nonlocal scorings
        scorings += 1
        if scorings == number:
            os.kill(os.getpid(), sign)
        return score(self, examples)

    tuning.tuned = watched_tuning  # type: ignore[assignment] # watched, not replaced
    tuning.TunedScorer.score = watched_scoring  # type: ignore[method-assign] # watched, not replaced


if __name__ == "__main__":
    stop_at(Path(sys.argv[1]), int(sys.argv[2]), signal.Signals[sys.argv[3]])
    sys.argv = ["shifts", *sys.argv[4:]]
    main()
