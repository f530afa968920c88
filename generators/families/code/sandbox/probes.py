"""Attempts to get out of the sandbox, run in it at its start: what succeeds is named in its warning.

Each probe gets the path of a file that anybody may read and write, and the number of the process outside; it returns
True if it got what it tried for.
"""

from __future__ import annotations

from collections.abc import Mapping

PROBES: Mapping[str, str] = {
    "open a socket": """
def probe(path, process):
    import socket
    socket.socket()
    return True
""",
    "read a file outside": """
def probe(path, process):
    with open(path) as file:
        return bool(file.read())
""",
    "write a file outside": """
def probe(path, process):
    open(path, 'w').close()
    return True
""",
    "start a process": """
def probe(path, process):
    import os
    if os.fork() == 0:
        os._exit(0)
    return True
""",
    "signal the process outside": """
def probe(path, process):
    import os
    os.kill(process, 0)
    return True
""",
}
