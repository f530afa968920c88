"""One program's process as the parent sees it: a channel, what it reads and prints, and a clock."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable

from generators.families.code.sandbox import frames
from generators.families.code.sandbox.limits import Limits
from generators.families.code.sandbox.verdicts import Verdict

_CHUNK = 1 << 16


class Cut(Exception):  # noqa: N818 - a finding about a program, not a fault of ours
    """A process gives no more answers; `verdict` says why, None if only its exit code can."""

    def __init__(self, verdict: Verdict | None) -> None:
        self.verdict = verdict


class Process:
    """A fresh process behind all layers, waiting for its program.

    Attributes:
        busy: Seconds for which it has been at work.

    Args:
        fork: Has the zygote fork it with three descriptors: the channel, standard input, standard output.
        limits: What it may use.
    """

    def __init__(self, fork: Callable[[int, int, int], None], limits: Limits) -> None:
        self._limits, self.busy = limits, 0.0
        self._challenge, self._unread = secrets.token_bytes(frames.CHALLENGE), bytearray()
        self._channel, channel = socket.socketpair()
        self._printed, printing = socket.socketpair()
        self._entry = os.memfd_create("input")
        # What the process holds must be closed here, so that its end is the end of what comes from it.
        with channel, printing:
            fork(channel.fileno(), self._entry, printing.fileno())

    def close(self) -> None:
        """Lets go of the process, which ends by the zygote's hand."""
        self._channel.close()
        self._printed.close()
        os.close(self._entry)

    def await_ready(self, patience: float) -> bool:
        """Whether the process has given up its rights within some seconds; no program can run before that."""
        try:
            return self._answer(bytes(frames.CHALLENGE), time.monotonic() + patience)[0] == frames.READY
        except Cut:
            return False

    def start(self, kind: bytes, payload: bytes) -> None:
        """Sends the program.

        Raises:
            Cut: The process does not take it.
        """
        self._channel.settimeout(self._limits.wall)
        try:
            self._channel.sendall(frames.packed(self._challenge, kind, payload))
        except TimeoutError:
            raise Cut("endless") from None
        except OSError:
            raise Cut(None) from None

    def answer(self) -> tuple[bytes, bytes]:
        """Waits for the next answer; gives its kind and payload.

        Raises:
            Cut: There is none: too late, too long, not from our side of the process, or the process ended.
        """
        start = time.monotonic()
        try:
            return self._answer(self._challenge, start + self._limits.wall)
        finally:
            self.busy += time.monotonic() - start

    def output(self, given: bytes, program: bytes) -> bytes:
        """Sends a script with what it reads, and gives all that it prints until it ends; raises like `answer`."""
        os.write(self._entry, given)
        os.lseek(self._entry, 0, os.SEEK_SET)
        self.start(frames.SCRIPT, program)
        deadline = time.monotonic() + self._limits.wall
        printed = bytearray()
        while part := _received(self._printed, deadline):
            printed += part
            if len(printed) > self._limits.output:
                raise Cut("output")
        if _received(self._channel, deadline):
            raise Cut("forbidden")  # a script has no business with the channel
        return bytes(printed)

    def _answer(self, challenge: bytes, deadline: float) -> tuple[bytes, bytes]:
        def read(length: int) -> bytes:
            while len(self._unread) < length:
                part = _received(self._channel, deadline)
                if not part:
                    raise Cut(None)
                self._unread += part
            taken = bytes(self._unread[:length])
            del self._unread[:length]
            return taken

        try:
            answered, kind, payload = frames.unpacked(read, self._limits.output)
        except OverflowError:
            raise Cut("output") from None
        if answered != challenge:
            raise Cut("forbidden")
        return kind, payload


def _received(source: socket.socket, deadline: float) -> bytes:
    """Some bytes; none at the end.

    Raises:
        Cut: Nothing came before the deadline.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise Cut("endless")
    source.settimeout(left)
    try:
        return source.recv(_CHUNK)
    except TimeoutError:
        raise Cut("endless") from None
    except ConnectionError:  # it ended with unread bytes from us
        return b""
