"""The few calls to Linux that Python 3.11 has no function for."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)
#: Numbers of the system calls that the C library wraps in no function; the same on every architecture.
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446


def call(name: str, *arguments: Any) -> int:
    """Calls a function of the C library.

    Args:
        name: Such as `unshare`.
        arguments: Integers are passed as C longs, bytes as pointers to them, None as the null pointer.

    Raises:
        OSError: It failed.
    """
    passed = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = int(getattr(_LIBC, name)(*passed))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def prctl(option: int, value: int = 0, pointer: Any = 0) -> None:
    """Sets an attribute of this process; raises like `call`."""
    call("prctl", option, value, pointer, 0, 0)
