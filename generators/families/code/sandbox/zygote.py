"""The process that forks one hardened process for each program; started by `host.Host`, it never sees a program.

It holds an interpreter with the usual modules imported and nothing else, so every program starts from the same clean
copy, and nothing (neither sources nor results) passes through it from one program to another. The parent sends three
descriptors for a fork (the channel, standard input, standard output), and later the fork's number for its end; the
zygote answers with how it ended.
"""

from __future__ import annotations

import bisect
import collections
import copy
import enum
import functools
import gc
import heapq
import io
import itertools
import json
import math
import operator
import os
import random
import re
import signal
import socket
import string
import sys
import time
import typing
from contextlib import suppress
from typing import NoReturn

from generators.families.code.sandbox.frames import END, FORK, ORDER, STATUS
from generators.families.code.sandbox.layers import LAYERS, Entered, enter, give_up
from generators.families.code.sandbox.limits import Limits, bound_all, bound_program
from generators.families.code.sandbox.worker import rehearse, work

#: What programs import most, imported once here: a fork then finds it at hand. Each module makes every fork slower, so
#: the rest of the standard library is left for programs to import themselves.
READY_MADE = (
    bisect, collections, copy, enum, functools, heapq, io, itertools, json, math, operator, random, re, string, time,
    typing,
)  # fmt: skip
CHANNEL, MOST_OPEN = 3, 1024


def main() -> None:
    """Enters the layers, says which are missing, then forks for whoever holds the other end of standard input."""
    root, folder, settings = sys.argv[1:]
    sys.path.remove(root)
    limits = Limits(**json.loads(settings))
    control = socket.socket(fileno=os.dup(0))
    os.environ.clear()
    os.umask(0o022)
    readable = [os.path.realpath(path) for path in sys.path if os.path.isdir(path)]  # noqa: PTH112 - pathlib is large
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    entered = enter(folder, readable)
    bound_all(limits)
    os.dup2(nothing, 2)
    os.close(nothing)
    control.sendall(json.dumps({"layers": LAYERS, "missing": entered.missing}).encode() + b"\n")
    rehearse()
    gc.collect()
    gc.freeze()
    forks: dict[int, int] = {}
    try:
        while _serve(control, forks, entered, limits):
            pass
    except ConnectionError:
        pass  # the parent is gone, with an answer of ours unread
    finally:
        for pid in forks.values():
            _end(pid, entered)


def _serve(control: socket.socket, forks: dict[int, int], entered: Entered, limits: Limits) -> bool:
    """Makes a fork or ends one, as ordered; False once the parent is gone.

    Args:
        control: The line to the parent.
        forks: The process of every living fork, by the number that the parent gave it; kept up to date.
        entered: The layers.
        limits: The limits.
    """
    order, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 3)
    if not order:
        return False
    what, number = ORDER.unpack(order)
    if what == FORK:
        forks[number] = os.fork()
        if forks[number] == 0:
            _child(descriptors, entered, limits)
        for descriptor in descriptors:
            os.close(descriptor)
    elif what == END:
        control.sendall(STATUS.pack(_end(forks.pop(number), entered)))
    return True


def _child(descriptors: list[int], entered: Entered, limits: Limits) -> NoReturn:
    end = os._exit  # found even where a program has emptied this module
    try:
        channel, entry, output = descriptors
        os.dup2(entry, 0)
        os.dup2(output, 1)
        bound_program(limits)
        give_up(entered)
        os.dup2(channel, CHANNEL)
        os.closerange(CHANNEL + 1, MOST_OPEN)
        random.seed(0)
        work(CHANNEL, limits)
    finally:
        end(1)


def _end(pid: int, entered: Entered) -> int:
    """Ends a fork and whatever it started, and gives its exit code, negative for a signal."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        os.killpg(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if "seccomp" in entered.missing and os.getpid() == 1:
        # It may have started processes that left its group; in this namespace there is nobody else to hurt.
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
    return status
