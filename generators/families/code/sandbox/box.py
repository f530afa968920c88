"""The sandbox to use: it gives tests to processes of the zygote and judges the values that come back."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import orjson

from generators.families.code.running import same
from generators.families.code.sandbox import frames
from generators.families.code.sandbox.host import Host
from generators.families.code.sandbox.limits import Limits
from generators.families.code.sandbox.probes import PROBES
from generators.families.code.sandbox.process import Cut
from generators.families.code.sandbox.verdicts import Findings, Verdict
from schemas import ShiftworksError

#: The verdict on a test for which its process gives no value.
_WITHOUT_VALUE: dict[bytes, Verdict] = {
    frames.CRASHED: "crashed",
    frames.MEMORY: "memory",
    frames.REFUSED: "forbidden",
    frames.UNPRINTABLE: "wrong",
}
#: The verdict on a test in whose middle the process ended, by exit code; `crashed` for all others.
_ENDED: dict[int, Verdict] = {
    frames.OUT_OF_STEPS: "endless",
    frames.OUT_OF_MEMORY: "memory",
    frames.WAS_REFUSED: "forbidden",
    -signal.SIGXCPU: "endless",
    -signal.SIGKILL: "endless",  # beyond the processor time; its own memory cannot make the kernel do that
    -signal.SIGSYS: "forbidden",
}


class SandboxWarning(UserWarning):
    """The host does not allow every layer of the sandbox."""


class Sandbox:
    """Runs programs that somebody else wrote, each in a process of its own.

    To be used in a `with` statement, by the process that made it, one program at a time.

    Args:
        limits: What a program may use.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def __enter__(self) -> Self:
        """Starts the sandbox and tries what can be done from inside.

        Raises:
            ShiftworksError: It does not start here.

        Warns:
            SandboxWarning: A layer is missing, or a probe got out.
        """
        self._host = Host(self._limits)
        try:
            leaks = self._leaks()
        except BaseException:
            self._host.close()
            raise
        if self.missing or leaks:
            lacks = ", ".join(f"{layer} ({reason})" for layer, reason in self._host.missing.items())
            done = ", ".join(leaks) or "nothing that was tried"
            text = f"layers of the sandbox that this host refuses: {lacks or 'none'}; a program in it could: {done}"
            warnings.warn(SandboxWarning(text), stacklevel=2)
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the sandbox and every process in it."""
        self._host.close()

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers in place."""
        return self._host.layers

    @property
    def missing(self) -> tuple[str, ...]:
        """The layers that the host does not allow."""
        return tuple(self._host.missing)

    def run(self, source: str, name: str, arguments: Sequence[bytes], expected: Sequence[Any]) -> Findings:
        """Runs a function of a program on all tests.

        Args:
            source: The program, which may use the standard library.
            name: The function, at the top of the program.
            arguments: For each test the argument list as JSON bytes.
            expected: For each test the JSON value that passes, compared by `running.same`; it stays in this process.

        Raises:
            ShiftworksError: The sandbox itself fails.
        """
        tests = list(zip(arguments, expected, strict=True))
        verdicts = self._some(source, name, tests, together=True)
        if len(verdicts) < len(tests):
            verdicts = []
        while len(verdicts) < len(tests):
            verdicts += self._some(source, name, tests[len(verdicts) :], together=False)
        return Findings(tuple(verdicts), self.layers, self.missing)

    def run_script(self, source: str, inputs: Sequence[str], outputs: Sequence[str]) -> Findings:
        """Runs a program that reads standard input and prints, once for each test.

        Args:
            source: The program, which may use the standard library.
            inputs: For each test what it reads.
            outputs: For each test what passes, compared line by line; empty lines and the width of blanks do not count.

        Raises:
            ShiftworksError: The sandbox itself fails.
        """
        program = json.dumps({"source": source}).encode()
        tests = zip(inputs, outputs, strict=True)
        verdicts = tuple(self._once(program, given, printed) for given, printed in tests)
        return Findings(verdicts, self.layers, self.missing)

    def _some(self, source: str, name: str, tests: Sequence[tuple[bytes, Any]], together: bool) -> list[Verdict]:
        """Verdicts on the first tests of a program, in one process.

        Args:
            source: The program.
            name: The function.
            tests: Arguments and what is expected.
            together: Whether the process answers all tests in one go, within the time of one test; that saves waking
                this process for each. If it cannot, there is no verdict. Otherwise there is one for each test up to
                where the process ends, or might reach its limit of processor time.
        """
        head = json.dumps({"source": source, "name": name, "together": together}).encode()[:-1]
        found: list[Verdict] = []
        with self._host.process() as (process, number):
            try:
                process.start(frames.FUNCTION, b'%b,"tests":[%b]}' % (head, b",".join(packed for packed, _ in tests)))
                kind, _ = process.answer()
            except Cut as cut:
                return [] if together else [self._cut_short(cut, number)] * len(tests)
            if kind != frames.VALUE:
                return [_without_value(kind)] * len(tests)
            try:
                for _, result in tests:
                    kind, value = process.answer()
                    found.append(_judged(kind, value, result))
                    if process.busy + self._limits.wall > self._limits.cpu and not together:
                        break
            except Cut as cut:
                return [] if together else [*found, self._cut_short(cut, number)]
        return found

    def _once(self, program: bytes, given: str, expected: str) -> Verdict:
        """The verdict on a script with one input."""
        with self._host.process() as (process, number):
            try:
                printed = process.output(given.encode("utf-8", "surrogatepass"), program)
            except Cut as cut:
                return self._cut_short(cut, number)
            code = self._host.code(number)
        if code:
            return _ENDED.get(code, "crashed")
        return "passed" if _lines(printed.decode("utf-8", "replace")) == _lines(expected) else "wrong"

    def _cut_short(self, cut: Cut, number: int) -> Verdict:
        return cut.verdict or _ENDED.get(self._host.code(number), "crashed")

    def _leaks(self) -> list[str]:
        """What the probes can do from inside.

        Raises:
            ShiftworksError: Not even an empty program gets through.
        """
        if not self.run("def probe():\n    return True", "probe", [b"[]"], [True]).right:
            raise ShiftworksError(f"no program at all can run in a sandbox with {self._limits}: give it wider limits")
        with tempfile.TemporaryDirectory(prefix="shiftworks-") as folder:
            path = Path(folder, "open_to_all")
            path.write_text("outside")
            path.chmod(0o666)
            path.parent.chmod(0o755)
            arguments = [orjson.dumps([str(path), os.getpid()])]
            return [what for what, source in PROBES.items() if self.run(source, "probe", arguments, [True]).right]


def _judged(kind: bytes, value: bytes, expected: Any) -> Verdict:
    """The verdict on a test whose process answered."""
    if kind != frames.VALUE:
        return _without_value(kind)
    try:
        return "passed" if same(json.loads(value), expected) else "wrong"
    except (ValueError, RecursionError):  # no JSON, or deeper than any result
        return "wrong"


def _without_value(kind: bytes) -> Verdict:
    return _WITHOUT_VALUE.get(kind, "forbidden")


def _lines(text: str) -> list[list[str]]:
    """The words of every line that has some."""
    return [words for line in text.splitlines() if (words := line.split())]
