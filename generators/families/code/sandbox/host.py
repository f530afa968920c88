"""The zygote as the parent sees it: a process to start, to ask for forks, and to end."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from generators.families.code.sandbox.frames import END, FORK, ORDER, STATUS
from generators.families.code.sandbox.limits import Limits
from generators.families.code.sandbox.process import Process
from schemas import ShiftworksError

_ROOT = str(Path(__file__).resolve().parents[4])
_START = "import sys; sys.path.append(sys.argv[1]); from generators.families.code.sandbox.zygote import main; main()"
#: Seconds that the zygote may take for an answer, on a busy machine; it needs a few thousandths of one.
_PATIENCE = 30.0


class Host:
    """A running zygote.

    Attributes:
        layers: The layers in place.
        missing: The layers that the host does not allow, with the reasons.

    Args:
        limits: What a program may use.

    Raises:
        ShiftworksError: It does not start here.
    """

    def __init__(self, limits: Limits) -> None:
        if not sys.platform.startswith("linux"):
            raise ShiftworksError(f"the sandbox needs Linux, this is {sys.platform}: run foreign programs on Linux")
        self._limits, self._owner = limits, os.getpid()
        self._numbers = count()
        #: The process made ahead, the living ones' numbers, and whether the zygote owes the exit code of another.
        self._ahead: list[tuple[Process, int]] = []
        self._living: set[int] = set()
        self._owed = False
        self._control, end = socket.socketpair()
        self._control.settimeout(_PATIENCE)
        with end, tempfile.TemporaryDirectory(prefix="shiftworks-") as folder, tempfile.TemporaryFile() as said:
            settings = json.dumps(limits._asdict())
            self._zygote = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
                [sys.executable, "-s", "-S", "-P", "-B", "-c", _START, _ROOT, folder, settings],
                stdin=end.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=said,
                cwd="/",
                process_group=0,  # what is typed at the terminal interrupts the parent alone, which then ends the rest
                # Texts hash alike in every run, so a program meets the same order of a set; nothing else gets in.
                env={"PYTHONHASHSEED": "0"},
            )
            end.close()
            try:
                with self._control.makefile("rb") as lines:
                    greeting = json.loads(lines.readline())
            except (OSError, ValueError):
                self.close()
                said.seek(0)
                why = (said.read().decode(errors="replace").strip().splitlines() or ["it says nothing"])[-1]
                raise ShiftworksError(f"the sandbox does not start with {limits} ({why}): try wider limits") from None
        reasons: dict[str, str] = greeting["missing"]
        self.layers = tuple(layer for layer in greeting["layers"] if layer not in reasons)
        self.missing = {layer: reasons[layer] for layer in greeting["layers"] if layer in reasons}

    @contextmanager
    def process(self) -> Iterator[tuple[Process, int]]:
        """A fresh process and its number, ended on the way out.

        Raises:
            ShiftworksError: There is none to be had, or this is not the process that started the zygote.
        """
        if os.getpid() != self._owner:
            raise ShiftworksError("a sandbox serves the process that started it: start another in this one")
        made, number = self._ahead.pop() if self._ahead else self._made()
        try:
            if "seccomp" in self.layers:
                # The next one gets ready while this one works; without the filter this one might get at it.
                self._ahead.append(self._made())
            if not made.await_ready(_PATIENCE):
                raise ShiftworksError(f"a layer of the sandbox failed (exit code {self.code(number)}): start it again")
            yield made, number
        finally:
            made.close()
            self._end(number)

    def code(self, number: int) -> int:
        """Ends a process and whatever it started; gives its exit code, negative for a signal.

        Raises:
            ShiftworksError: The zygote does not answer.
        """
        self._end(number)
        return self._settle()

    def close(self) -> None:
        """Ends the zygote and every process in it."""
        self._control.close()  # it ends when nobody holds the other end
        for made, _ in self._ahead:
            made.close()
        try:
            self._zygote.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._zygote.kill()
            self._zygote.wait()

    def _made(self) -> tuple[Process, int]:
        number = next(self._numbers)
        made = Process(lambda *descriptors: self._order(FORK, number, descriptors), self._limits)
        self._living.add(number)
        return made, number

    def _end(self, number: int) -> None:
        """Has a process ended, if it was not; its exit code comes later."""
        if number in self._living:
            self._living.remove(number)
            self._settle()
            self._order(END, number)
            self._owed = True

    def _settle(self) -> int:
        """The exit code that the zygote owes, if it does; there is never more than one."""
        if not self._owed:
            return 0
        self._owed = False
        try:
            (code,) = STATUS.unpack(self._control.recv(STATUS.size, socket.MSG_WAITALL))
        except (OSError, struct.error) as error:
            raise _gone() from error
        return int(code)

    def _order(self, what: bytes, number: int, descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._control, [ORDER.pack(what, number)], list(descriptors))
        except OSError as error:
            raise _gone() from error


def _gone() -> ShiftworksError:
    return ShiftworksError("the sandbox's own process ended: the machine may be out of memory; start the sandbox again")
