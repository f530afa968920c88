"""Programs that try to get out of the sandbox, to stay in it, or to pass without the right value: none does.

After each attack its neighbour test, which the same program answers honestly, and the next program still get their due.
"""

from __future__ import annotations

import os
import secrets
import socket
import warnings
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from generators.families.code.sandbox.box import Sandbox, SandboxWarning
from generators.families.code.sandbox.limits import Limits

# Long enough for honest programs on a busy machine; an attack that only the time stops takes it whole, twice.
TIGHT = Limits(wall=0.4, cpu=2, memory=256 * 2**20, steps=100_000, output=10_000, tasks=8)
HONEST = "def f(x):\n    return x + 1"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SandboxWarning)
        with Sandbox(TIGHT) as made:
            yield made


def verdict(box: Sandbox, source: str, *arguments: object, expected: object = "right") -> str:
    """The verdict on a program of one test, once it is sure that the next program runs."""
    (found,) = box.run(source, "f", [orjson.dumps(arguments)], [expected]).verdicts
    assert box.run(HONEST, "f", [b"[1]", b"[2]"], [2, 3]).right
    return found


def processes(above: int, deep: bool = True) -> set[int]:
    """The processes that one started, and those that they started, if deep."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
    found, new = set[int](), {above}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
        if not deep:
            break
    return found


def needs(box: Sandbox, *layers: str) -> None:
    """Skips a test for which the host allows none of some layers; the sandbox then says so in a warning of its own."""
    if not set(layers) & set(box.layers):
        pytest.skip(f"this host refuses {' and '.join(layers)}")


# Programs that do not end


ENDLESS = {
    "loop": "while True:\n        pass",
    "loop in C": "sum(iter(int, 1))",
    "great power": "return len(str(7 ** 7 ** 9))",
    "bad pattern": "import re\n    re.match('(a+)+$', 'a' * 40 + 'b')",
    "sleep": "import time\n    time.sleep(1000)",
    "swallows everything": "while 1:\n        try:\n            while 1: pass\n        except BaseException: pass",
    "swallows everything, uncounted": (
        "exec('''\\nwhile 1:\\n    try:\\n        while 1: pass\\n    except BaseException: pass''')"
    ),
    "removes the counter": "import builtins\n    vars(builtins)['<tick>'] = bool\n    while 1: pass",
    "ignores signals": "import signal\n    [signal.signal(n, signal.SIG_IGN) for n in (2, 15, 24)]\n    while 1: pass",
    "waits for more": "import os\n    os.read(0, 1)\n    os.read(3, 1)",
}


@pytest.mark.parametrize("attack", ENDLESS)
def test_what_does_not_end_is_stopped(box: Sandbox, attack: str) -> None:
    assert verdict(box, f"def f(x):\n    {ENDLESS[attack]}", 1) == "endless"


def test_threads_are_few_and_end_with_their_process(box: Sandbox) -> None:
    source = """
import threading
def f(most):
    lock = threading.Lock()
    lock.acquire()
    for n in range(100):
        try:
            threading.Thread(target=lock.acquire, daemon=True).start()
        except RuntimeError:
            return n < most
"""
    assert verdict(box, source, TIGHT.tasks, expected=True) == "passed"


def test_a_program_cannot_outlive_its_answer(box: Sandbox) -> None:
    source = """
import threading
def f():
    def work():
        while True: sum(range(1000))
    threading.Thread(target=work).start()
    return 'right'
"""
    before = processes(os.getpid())
    assert verdict(box, source) == "passed"
    assert len(processes(os.getpid())) <= len(before) + 2  # one may be just ending, and one made ahead


# Programs that take too much


TOO_MUCH = {
    "memory": ("x = []\n    while True: x.append(bytearray(10 ** 7))", {"memory", "endless"}),
    "memory at once": ("return [0] * 10 ** 10", {"memory"}),
    "memory in C": ("return sorted(range(10 ** 9))", {"memory"}),
    "memory, swallowed": (
        "x = []\n    while True:\n        try: x.append(x[:] + [0] * 10 ** 6)\n        except MemoryError: pass",
        {"memory", "endless"},
    ),
    "mapped memory": ("import mmap\n    return len(mmap.mmap(-1, 10 ** 10))", {"crashed", "memory"}),
    "result": ("return 'a' * 10 ** 6", {"output"}),
    "nested result": ("for _ in range(90000): x = [x]\n    return x", {"wrong", "crashed"}),
    "depth": ("return f(x)", {"crashed"}),
    "depth without a limit": (
        "import sys\n    sys.setrecursionlimit(10 ** 9)\n    return f(x)",
        {"crashed", "memory", "endless"},
    ),
    "depth in C": (
        "import sys\n    sys.setrecursionlimit(10 ** 9)\n    for _ in range(10 ** 5): x = [x].__iter__().__reduce__()\n"
        "    return repr(x)",
        {"crashed", "memory", "endless"},
    ),
    "files": ("import os\n    return [os.dup(0) for _ in range(10 ** 4)]", {"crashed", "endless"}),
}


@pytest.mark.parametrize("attack", TOO_MUCH)
def test_what_takes_too_much_is_stopped(box: Sandbox, attack: str) -> None:
    body, allowed = TOO_MUCH[attack]
    assert verdict(box, f"def f(x):\n    {body}", 1) in allowed


def test_a_fork_bomb_never_gets_going(box: Sandbox) -> None:
    before = processes(os.getpid())
    source = "import os\ndef f():\n    while True:\n        try: os.fork()\n        except OSError: pass"
    assert verdict(box, source) in ("forbidden", "endless")
    assert len(processes(os.getpid())) <= len(before) + 2  # one may be just ending, and one made ahead


def test_a_huge_print_is_cut(box: Sandbox) -> None:
    source = "import os\nwhile True:\n    os.write(1, b'right' * 1000)"
    assert box.run_script(source, [""], ["right"]).verdicts == ("output",)
    assert box.run_script("print('right')", [""], ["right"]).right


# Programs that reach outside


def test_files_outside_can_be_neither_read_nor_found(box: Sandbox, tmp_path: Path) -> None:
    needs(box, "mounts", "landlock")
    secret = tmp_path / "secret"
    secret.write_text("right")
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o755)
    secret.chmod(0o666)
    read = "def f(path):\n    return open(path).read() and 'right'"
    places = (
        str(secret),
        "/etc/passwd",
        f"/proc/{os.getpid()}/environ",
        "/proc/self/environ",
        "/proc/self/maps",
        __file__,
    )
    for path in places:
        assert verdict(box, read, path) in ("crashed", "forbidden"), path
    look = "import os\ndef f(path):\n    return os.listdir(path) and 'right'"
    for path in (str(tmp_path), "/etc", "/home", "/proc", "/tmp", "/dev"):  # noqa: S108 - nothing is written there
        assert verdict(box, look, path) != "passed", path


@pytest.mark.parametrize(
    "act",
    [
        "open(path + '/new', 'w').write('right')",
        "open(path + '/new', 'a').close()",
        "open(path + '/old', 'w').close()",
        "open(path + '/old', 'r+').write('x')",
        "os.truncate(path + '/old', 0)",
        "os.remove(path + '/old')",
        "os.rename(path + '/old', path + '/new')",
        "os.mkdir(path + '/new')",
        "os.symlink('/etc/passwd', path + '/new')",
        "os.link(path + '/old', path + '/new')",
        "os.chmod(path + '/old', 0)",
        "os.utime(path + '/old', (0, 0))",
        "os.setxattr(path + '/old', 'user.new', b'right')",
        "open('new', 'w').close()",
        "os.mkfifo('/tmp/new')",
    ],
)
def test_nothing_can_be_written(box: Sandbox, tmp_path: Path, act: str) -> None:
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o755)
    old = tmp_path / "old"
    old.write_text("kept")
    tmp_path.chmod(0o777)
    old.chmod(0o666)
    before = old.stat()
    assert verdict(box, f"import os\ndef f(path):\n    {act}\n    return 'right'", str(tmp_path)) in (
        "crashed",
        "forbidden",
    )
    assert [file.name for file in tmp_path.iterdir()] == ["old"]
    assert (old.read_text(), old.stat().st_mode, old.stat().st_mtime) == ("kept", before.st_mode, before.st_mtime)


def test_nobody_can_be_called(box: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        connect = f"import socket\ndef f():\n    socket.create_connection(('127.0.0.1', {port}), 1)\n    return 'right'"
        assert verdict(box, connect) in ("forbidden", "crashed")
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("make", ["socket()", "socket(socket.AF_UNIX)", "socketpair()", "getaddrinfo('a.org', 80)"])
def test_there_is_not_even_a_socket(box: Sandbox, make: str) -> None:
    needs(box, "seccomp")
    assert verdict(box, f"import socket\ndef f():\n    socket.{make}\n    return 'right'") == "forbidden"


@pytest.mark.parametrize("signal", [0, 9, 15, 19])
@pytest.mark.parametrize("target", ["these tests", "os.getppid()", "1", "-1", "0", "os.getpid()"])
def test_nobody_can_be_killed(box: Sandbox, target: str, signal: int) -> None:
    needs(box, "seccomp")
    victim = str(os.getpid()) if target == "these tests" else target
    source = f"import os\ndef f():\n    os.kill({victim}, {signal})\n    return 'right'"
    assert verdict(box, source) == "forbidden"


@pytest.mark.parametrize(
    "act",
    [
        "os.system('true')",
        "os.execv('/bin/sh', ['sh'])",
        "subprocess.run(['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.fork() or os._exit(0)",
        "multiprocessing.Process(target=print).start()",
        "ctypes.CDLL(None).vfork()",
    ],
)
def test_no_process_can_be_started(box: Sandbox, act: str) -> None:
    needs(box, "seccomp")
    source = f"import ctypes, multiprocessing, os, subprocess\ndef f():\n    {act}\n    return 'right'"
    assert verdict(box, source) == "forbidden"


# Numbers of system calls on x86-64, with arguments that would work for a mighty process.
CALLS = {
    "ptrace": (101, 16, 1, 0, 0),
    "mount": (165, 0, 0, 0, 0),
    "unshare a user namespace": (272, 0x10000000),
    "setuid": (105, 0),
    "chroot": (161, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
    "open_by_handle_at": (304, 0, 0, 0),
    "io_uring_setup": (425, 1, 0),
    "bpf": (321, 0, 0, 0),
    "keyctl": (250, 0, 0, 0, 0, 0),
    "userfaultfd": (323, 0),
    "perf_event_open": (298, 0, 0, 0, 0, 0),
    "memfd_create": (319, 0, 0),
    "shmget": (29, 1, 4096, 0o1666),
    "pidfd_open": (434, 1, 0),
    "prlimit of another": (302, 1, 7, 0, 0),
    "clone a process": (56, 17, 0, 0, 0, 0),
    "x32 getpid": (0x40000000 + 39,),
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are those of x86-64")
@pytest.mark.parametrize("name", CALLS)
def test_ctypes_gives_no_mightier_calls(box: Sandbox, name: str) -> None:
    needs(box, "seccomp")
    source = "import ctypes\ndef f(*call):\n    return 'right' if ctypes.CDLL(None).syscall(*call) != -1 else 'refused'"
    assert verdict(box, source, *CALLS[name]) in ("wrong", "forbidden")


# Programs that want to pass without the value


FAKES = {
    "ends well": "import os\n    os._exit(0)",
    "ends with every code": "import os\n    os._exit(x)",
    "leaves": "raise SystemExit(0)",
    "interrupts": "raise KeyboardInterrupt",
    "prints it": "print('right', flush=True)",
    "prints a frame": "import os\n    os.write(1, bytes(16) + b'v\\0\\0\\0\\7' + b'\"right\"')",
    "claims it": 'import json\n    return json.loads(\'{"verdict": "passed", "passed": true}\')',
    "equals all": "class A(str):\n        __eq__ = lambda *_: True\n        __hash__ = None\n    return A('wrong')",
    "writes to every descriptor": (
        "import os\n    for n in range(32):\n        try: os.write(n, bytes(16) + b'v\\0\\0\\0\\7' + b'\"right\"')\n"
        "        except OSError: pass"
    ),
    "closes every descriptor": "import os\n    os.closerange(0, 99)",
    "makes all things equal": (
        "import builtins, json, operator\n    builtins.bool = builtins.all = lambda *_: True\n"
        "    json.dumps = json.dump = operator.eq = lambda *_, **__: '\"wrong\"'"
    ),
    "turns JSON": "import json\n    json.dumps = lambda *_, **__: '{' * 5000",
    "breaks the worker": (
        "import sys\n    for name, module in list(sys.modules.items()):\n"
        "        if 'sandbox' in name: vars(module).clear()"
    ),
    "searches the frames": (
        "import sys\n    frame = sys._getframe()\n    while frame:\n"
        "        for value in [*frame.f_locals.values(), *frame.f_globals.values()]:\n"
        "            if isinstance(value, (list, tuple)) and 'right' in map(str, value): return 'right'\n"
        "        frame = frame.f_back"
    ),
    "aborts": "import os\n    os.abort()",
    "breaks the memory": "import ctypes\n    ctypes.string_at(0)",
}


@pytest.mark.parametrize("fake", FAKES)
def test_no_fake_passes(box: Sandbox, fake: str) -> None:
    for x in range(6):
        assert verdict(box, f"def f(x):\n    {FAKES[fake]}", x) != "passed"
    assert box.run_script(f"x = 0\ndef f(x):\n    {FAKES[fake]}\nf(x)", [""], ["expected"]).verdicts[0] != "passed"


def test_the_expected_value_is_nowhere_in_the_process(box: Sandbox) -> None:
    value = secrets.randbits(60)
    source = """
import gc
def f(changed, *more):
    wanted = changed ^ 0xFFFF
    for thing in gc.get_objects():
        values = thing.values() if type(thing) is dict else thing if type(thing) in (list, tuple) else ()
        if wanted in [value for value in values if type(value) is int]:
            return wanted
"""
    assert verdict(box, source, value ^ 0xFFFF, expected=value) == "wrong"
    assert verdict(box, source, value ^ 0xFFFF, [value], expected=value) == "passed"  # it finds what is there


def test_one_program_leaves_nothing_to_the_next(box: Sandbox) -> None:
    leave = "import builtins, json, sys\nbuiltins.left = json.left = sys.left = 1\ndef f(x):\n    return x"
    look = "import builtins, json, sys\ndef f(x):\n    return [hasattr(m, 'left') for m in (builtins, json, sys)]"
    assert box.run(leave, "f", [b"[1]"], [1]).right
    assert verdict(box, look, 1, expected=[False] * 3) == "passed"


def test_when_the_box_closes_nobody_is_left() -> None:
    before = processes(os.getpid(), deep=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SandboxWarning)
        with Sandbox(TIGHT) as box:
            (zygote,) = processes(os.getpid(), deep=False) - before
            made = processes(zygote)
            assert verdict(box, "import os\ndef f():\n    os.setsid()\n    while 1: os.fork()") != "passed"
            made |= processes(zygote)
    assert made
    assert not [pid for pid in {zygote, *made} if Path(f"/proc/{pid}").exists()]
