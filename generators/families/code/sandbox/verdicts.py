"""What became of a program's tests in the sandbox, and behind which layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generators.families.code.running import Report
from schemas import JsonObject

#: `passed`, `wrong`, `crashed` and `endless` as on the fast path; `memory`: more than allowed was asked for; `output`:
#: the result or the print was too long; `forbidden`: something was tried that a program may not do.
Verdict = Literal["passed", "wrong", "crashed", "endless", "memory", "output", "forbidden"]


@dataclass(frozen=True, slots=True)
class Findings:
    """The verdicts on one program.

    Attributes:
        verdicts: One for each test.
        layers: The layers of the sandbox that were in place.
        missing: Those that the host does not allow.
    """

    verdicts: tuple[Verdict, ...]
    layers: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether there were tests and every one passed."""
        return bool(self.verdicts) and set(self.verdicts) == {"passed"}

    def report(self) -> Report:
        """The counts as the fast path gives them: too much memory counts as endless there, the rest as crashed."""
        count = self.verdicts.count
        crashed = count("crashed") + count("output") + count("forbidden")
        return Report(count("passed"), count("wrong"), crashed, count("endless") + count("memory"))

    def detail(self) -> JsonObject:
        """What a proof says about how it was run."""
        return {"layers": list(self.layers), "missing": list(self.missing)}
