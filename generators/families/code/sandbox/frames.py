"""How the parent and a program's process talk: a challenge, a kind, a length and that many bytes.

The challenge is drawn for each process and must come back with every answer, so that bytes written to a guessed
descriptor are never taken for one. It is no secret from a program that reads its own memory, and need not be: an answer
is a value, and to send the right one is to have found it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable

CHALLENGE = 16
_HEAD = struct.Struct(f"!{CHALLENGE}scI")

#: Kinds from the parent: a function with its arguments, and a script.
FUNCTION, SCRIPT = b"F", b"S"
#: Kinds from the process: it has given up its rights; a value; and why there is none.
READY, VALUE, CRASHED, MEMORY, REFUSED, UNPRINTABLE = b"r", b"v", b"c", b"m", b"f", b"u"

#: What the parent asks of the zygote: a word and the number that it gives to the process.
ORDER = struct.Struct("!cI")
FORK, END = b"F", b"E"
#: How the zygote tells the exit code of a process, negative for a signal.
STATUS = struct.Struct("!i")
#: Exit codes of a process that could not or need not say more: out of steps, out of memory, refused something.
OUT_OF_STEPS, OUT_OF_MEMORY, WAS_REFUSED = 3, 4, 5


def packed(challenge: bytes, kind: bytes, payload: bytes) -> bytes:
    """A frame as it is sent."""
    return _HEAD.pack(challenge, kind, len(payload)) + payload


def unpacked(read: Callable[[int], bytes], longest: int = 1 << 30) -> tuple[bytes, bytes, bytes]:
    """The next frame.

    Args:
        read: Gives exactly that many bytes.
        longest: The longest payload to read.

    Returns:
        Challenge, kind and payload.

    Raises:
        OverflowError: The payload is longer; it is left unread.
    """
    challenge, kind, length = _HEAD.unpack(read(_HEAD.size))
    if length > longest:
        raise OverflowError(length)
    return challenge, kind, read(length)


def read_exactly(descriptor: int, length: int) -> bytes:
    """That many bytes of a descriptor.

    Raises:
        EOFError: It ended before.
    """
    parts = []
    while length:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes every byte."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
