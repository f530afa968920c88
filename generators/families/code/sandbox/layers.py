"""The layers between a program and the host: what the zygote enters once, and what each forked process gives up.

Every layer is tried for real; one that the host does not allow is left out with the reason the kernel gave.
"""

from __future__ import annotations

import os
import signal
import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from generators.families.code.sandbox import kernel
from generators.families.code.sandbox.seccomp import Filter, filter_calls, prepared

#: All layers, from the outermost: what is entered by the zygote, then what is done in each forked process.
LAYERS = ("network", "mounts", "processes", "user", "landlock", "seccomp")

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_PIDS, _NEW_NETWORK = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC, _REMOUNT, _BIND, _DEEP, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_NO_NEW_PRIVILEGES, _DEATH_SIGNAL = 38, 1
_CAPABILITIES_VERSION = 0x20080522

#: The first user that a program is given, plus the number of its zygote: one that owns nothing and is nobody else's.
_FIRST_USER = 2_000_000_000
#: The user taken where the host's own user namespace has no such number.
_NOBODY = 65534

# Landlock: what is forbidden by the number of its interface, and the two rights given back on readable folders.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_NETWORK_SINCE, _NETWORK_RIGHTS = 4, 3
_SCOPES_SINCE, _SCOPES = 6, 3
_BENEATH = 1


class Entered(NamedTuple):
    """What the zygote has in place.

    Attributes:
        missing: Each layer that the host refuses, with the reason.
        user: The user that programs run as; None to stay the same.
        ruleset: The descriptor of the Landlock rules; None without them.
        filter: The filter of system calls; None without it.
    """

    missing: dict[str, str]
    user: int | None
    ruleset: int | None
    filter: Filter | None


def attempt(missing: dict[str, str], layer: str, action: Callable[[], object]) -> bool:
    """Whether an action could be done; if not, the reason is noted under the layer."""
    try:
        action()
    except OSError as error:
        missing[layer] = str(error.strerror)
    return layer not in missing


def enter(folder: str, readable: Sequence[str]) -> Entered:
    """Takes the zygote into its own namespaces and finds out what its forks can give up.

    Args:
        folder: An empty folder to mount the new root on.
        readable: Folders that programs may read, and nothing else.
    """
    missing: dict[str, str] = {}
    host_root = os.geteuid() == 0
    if not host_root:
        attempt({}, "user", _own_namespace)  # where it fails, so do the namespaces below, each with its reason
        missing["user"] = "only root may take another user id"
    attempt(missing, "network", lambda: kernel.call("unshare", _NEW_NETWORK))
    attempt(missing, "mounts", lambda: _own_root(folder, readable))
    user = _user(missing) if host_root else None
    ruleset = _landlock(missing, readable)
    by = _seccomp(missing)
    if attempt(missing, "processes", lambda: kernel.call("unshare", _NEW_PIDS | _NEW_IPC)):
        _fork_first_process()
    return Entered(missing, user, ruleset, by)


def give_up(entered: Entered) -> None:
    """Makes this process, just forked, one that can only compute.

    Raises:
        OSError: A layer that worked when it was tried does not now.
    """
    os.setpgid(0, 0)  # its own process group; a session of its own costs the kernel ten times as much
    if entered.user is None:
        _drop_capabilities()
    else:
        _become(entered.user)
    kernel.prctl(_NO_NEW_PRIVILEGES, 1)
    if entered.ruleset is not None:
        _restrict(entered.ruleset)
    if entered.filter is not None:
        filter_calls(entered.filter)


def _own_namespace() -> None:
    """Enters a user namespace of its own: an ordinary user may then enter the others, with no right outside."""
    user, group = os.geteuid(), os.getegid()
    kernel.call("unshare", _NEW_USER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        file = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(file, text.encode())
        os.close(file)


def _own_root(folder: str, readable: Sequence[str]) -> None:
    """Replaces the file system by a tree that holds the readable folders under their own names, all read-only.

    Programs cannot climb out of it: they have no right to change the root again and no folder open outside.
    """
    kernel.call("unshare", _NEW_MOUNTS)
    _mount(b"none", "/", b"", _DEEP | _PRIVATE)
    _mount(b"none", folder, b"tmpfs", _NO_SUID | _NO_DEVICES, b"size=64k,mode=755")
    for path in readable:
        inner = folder + path
        os.makedirs(inner, exist_ok=True)  # noqa: PTH103 - pathlib would make every fork slower
        _mount(os.fsencode(path), inner, b"", _BIND)
        kept = os.statvfs(inner).f_flag & _NO_EXEC
        _mount(b"none", inner, b"", _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES | kept)
    _mount(b"none", folder, b"", _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES)
    os.chroot(folder)
    os.chdir("/")


def _mount(source: bytes, target: str, kind: bytes, flags: int, data: bytes | None = None) -> None:
    kernel.call("mount", source, os.fsencode(target), kind, flags, data)


def _user(missing: dict[str, str]) -> int | None:
    """A user id that a fork can take; None, and noted, if there is none."""
    reasons: dict[str, str] = {}
    for user in (_FIRST_USER + os.getpid(), _NOBODY):
        reasons.clear()
        if _try_in_fork(reasons, "user", lambda user=user: _become(user)):  # type: ignore[misc] # bound default
            return user
    missing.update(reasons)
    return None


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _drop_capabilities() -> None:
    """Gives up the rights that come with a user namespace; they would reach as far as that namespace only."""
    kernel.call("capset", struct.pack("Ii", _CAPABILITIES_VERSION, 0), bytes(24))


def _rules(readable: Sequence[str]) -> int:
    """The descriptor of Landlock rules that forbid all but reading some folders."""
    version = kernel.call("syscall", kernel.LANDLOCK_CREATE, None, 0, 1)
    files = max(rights for since, rights in _FILE_RIGHTS.items() if since <= version)
    network, scopes = _NETWORK_RIGHTS * (version >= _NETWORK_SINCE), _SCOPES * (version >= _SCOPES_SINCE)
    size = 24 if scopes else 16 if network else 8
    ruleset = kernel.call("syscall", kernel.LANDLOCK_CREATE, struct.pack("QQQ", files, network, scopes), size, 0)
    for path in readable:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", _READ_FILE | _READ_FOLDER, folder)
        kernel.call("syscall", kernel.LANDLOCK_ADD, ruleset, _BENEATH, rule, 0)
        os.close(folder)
    return ruleset


def _restrict(ruleset: int) -> None:
    kernel.call("syscall", kernel.LANDLOCK_RESTRICT, ruleset, 0)


def _landlock(missing: dict[str, str], readable: Sequence[str]) -> int | None:
    """The descriptor of rules that a fork can be put under; None, and noted, if there are none."""
    found: list[int] = []
    attempt(missing, "landlock", lambda: found.append(_rules(readable)))
    return found[0] if found and _try_in_fork(missing, "landlock", lambda: _restrict(found[0])) else None


def _seccomp(missing: dict[str, str]) -> Filter | None:
    """A filter that a fork can be put under; None, and noted, if there is none."""
    found: list[Filter] = []
    attempt(missing, "seccomp", lambda: found.append(prepared()))
    return found[0] if found and _try_in_fork(missing, "seccomp", lambda: filter_calls(found[0])) else None


def _try_in_fork(missing: dict[str, str], layer: str, action: Callable[[], object]) -> bool:
    """Whether a process forked for it can do something that cannot be undone."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            kernel.prctl(_NO_NEW_PRIVILEGES, 1)
            action()
            code = 0
        except OSError as error:
            code = error.errno or code
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status:
        missing[layer] = os.strerror(status) if status > 0 else f"ended by signal {-status}"
    return layer not in missing


def _fork_first_process() -> None:
    """Goes on as the first process of a new process namespace: when it ends, the kernel ends all others in there.

    The process that called waits for it outside; if it is killed, the first process is too.
    """
    pid = os.fork()
    if pid:
        _wait(pid)
    kernel.prctl(_DEATH_SIGNAL, signal.SIGKILL)


def _wait(pid: int) -> NoReturn:
    os.closerange(0, 1024)
    os.waitpid(pid, 0)
    os._exit(0)
