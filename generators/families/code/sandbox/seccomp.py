"""Which system calls a program may make: a filter that the kernel runs before each of them.

What is listed is allowed, some of it only with harmless arguments; a few calls that no honest program on plain data
makes end the process, so that the parent can name them; everything else fails as not permitted. Classic BPF, laid out
as `linux/filter.h` and `linux/seccomp.h` say; the numbers are those of x86-64, on other processors it is missing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence

from generators.families.code.sandbox.kernel import prctl

_MACHINE, _ARCH = "x86_64", 0xC000003E
#: Numbers of the calls that always pass, which are what an interpreter needs to compute, import and end.
_ALLOWED = {
    "read": 0, "write": 1, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8, "mmap": 9,
    "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15,
    "pread64": 17, "readv": 19, "writev": 20, "access": 21, "select": 23, "sched_yield": 24, "mremap": 25,
    "madvise": 28, "dup": 32, "dup2": 33, "nanosleep": 35, "getpid": 39, "exit": 60, "uname": 63, "getcwd": 79,
    "readlink": 89, "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102,
    "getgid": 104, "geteuid": 107, "getegid": 108, "getppid": 110, "sigaltstack": 131, "gettid": 186, "time": 201,
    "futex": 202, "sched_getaffinity": 204, "getdents64": 217, "set_tid_address": 218, "restart_syscall": 219,
    "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "newfstatat": 262,
    "readlinkat": 267, "pselect6": 270, "ppoll": 271, "set_robust_list": 273, "dup3": 292, "getrandom": 318,
    "statx": 332, "rseq": 334, "close_range": 436, "faccessat2": 439,
}  # fmt: skip
#: Numbers of the calls that end the process: sockets, other processes, other programs.
_DEADLY = {
    "socket": 41, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101, "tkill": 200,
    "process_vm_readv": 310, "process_vm_writev": 311, "execveat": 322,
}  # fmt: skip
_CLONE, _FCNTL, _OPENAT, _PRLIMIT, _CLONE3 = 56, 72, 257, 302, 435
_CLONE_THREAD = 0x10000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PLAIN_FCNTL = (0, 1, 2, 3, 1030)  # copy a descriptor, read and set its flags, read its file's flags, copy closed

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _END, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_LACKING = 0x00050000 | errno.ENOSYS
_SET_SECCOMP, _FILTER_MODE = 22, 2

_Step = tuple[int, int, int, int]


def _give(verdict: int) -> _Step:
    return (_RETURN, 0, 0, verdict)


def _where(number: int, steps: Sequence[_Step]) -> list[_Step]:
    """The steps for one call, passed over for all others; the last of them gives a verdict."""
    return [(_EQUAL, 0, len(steps), number), *steps]


def _argument(place: int) -> _Step:
    """Loads the lower half of an argument."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * place)


def _steps() -> bytes:
    """The filter as the kernel reads it."""
    steps: list[_Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCH),
        _give(_END),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for number in _ALLOWED.values():
        steps += _where(number, [_give(_ALLOW)])
    # Only to read: with these flags even an open that fails later would make or empty a file.
    steps += _where(_OPENAT, [_argument(2), (_ANY_BIT, 0, 1, _WRITING), _give(_REFUSE), _give(_ALLOW)])
    # Threads share the process, so they end with it; anything else that clone makes is a process of its own.
    steps += _where(_CLONE, [_argument(0), (_ANY_BIT, 1, 0, _CLONE_THREAD), _give(_END), _give(_ALLOW)])
    # clone3 hides its flags in memory; told that it does not exist, the C library takes clone.
    steps += _where(_CLONE3, [_give(_LACKING)])
    # The commands left out can make the kernel send signals.
    plain = [(_EQUAL, len(_PLAIN_FCNTL) - i, 0, command) for i, command in enumerate(_PLAIN_FCNTL)]
    steps += _where(_FCNTL, [_argument(1), *plain, _give(_REFUSE), _give(_ALLOW)])
    # Its own limits only, not those of a process it can name.
    steps += _where(_PRLIMIT, [_argument(0), (_EQUAL, 1, 0, 0), _give(_REFUSE), _give(_ALLOW)])
    for number in _DEADLY.values():
        steps += _where(number, [_give(_END)])
    steps.append(_give(_REFUSE))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


class Filter(ctypes.Structure):
    """A filter ready for the kernel: `struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def prepared() -> Filter:
    """The filter, made once for all processes.

    Raises:
        OSError: It is not for this processor.
    """
    if os.uname().machine != _MACHINE:
        raise OSError(errno.ENOSYS, f"the filter is written for {_MACHINE}, this is {os.uname().machine}")
    steps = _steps()
    return Filter(len(steps) // 8, steps)


def filter_calls(by: Filter) -> None:
    """Puts this process, and all it may start, under a filter for good; it must have given up all new privileges.

    Raises:
        OSError: The kernel does not allow it.
    """
    prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(by))
