"""How much a program in the sandbox may use; kept by the kernel, except the steps and the two that the parent times."""

from __future__ import annotations

import resource
from typing import NamedTuple

#: What the main thread's stack may grow to, the same on every host, since it decides which deep recursion crashes.
STACK = 64 * 2**20
#: Open files of a program; the standard library needs one or two at a time.
FILES = 32


class Limits(NamedTuple):
    """The limits of a sandbox.

    Attributes:
        wall: Seconds of wall time for one test, and for a program to define itself; the parent watches them.
        cpu: Seconds of processor time for all tests that one process runs, whole ones, as the kernel counts them.
        memory: Bytes of address space, the interpreter's own (some 50 MB) included.
        steps: Rounds of loops and calls for one test.
        output: Bytes of one result, or of what one run prints; the parent stops reading beyond them.
        tasks: Threads at a time; new processes are refused outright where the host lets us.
    """

    wall: float = 2.0
    cpu: int = 10
    memory: int = 512 * 2**20
    steps: int = 10_000_000
    output: int = 2**20
    tasks: int = 16


def bound(which: int, value: int) -> None:
    """Sets a limit of this process for good: the soft and the hard one, no higher than the host's own."""
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def bound_all(limits: Limits) -> None:
    """Sets what holds for the zygote and everything it forks.

    No byte may be written to any file: a program has no scratch folder, so nothing it leaves can reach the next one.
    """
    bound(resource.RLIMIT_AS, limits.memory)
    bound(resource.RLIMIT_FSIZE, 0)
    bound(resource.RLIMIT_CORE, 0)
    bound(resource.RLIMIT_NOFILE, FILES)
    bound(resource.RLIMIT_MEMLOCK, 0)
    bound(resource.RLIMIT_STACK, STACK)


def bound_program(limits: Limits) -> None:
    """Sets what the zygote, which lives long and forks, must not have."""
    bound(resource.RLIMIT_CPU, limits.cpu)
    bound(resource.RLIMIT_NPROC, limits.tasks)
