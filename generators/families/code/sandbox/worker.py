"""What a forked process does with a program: defines it, runs it, and sends back values, never verdicts.

From the moment the program is defined, everything here can be read and changed by it. That is why it gets arguments
alone, why the parent compares, and why nothing that it says can make a test pass but the right value in time.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import json
import os
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from generators.families.code.sandbox.frames import (
    CHALLENGE,
    CRASHED,
    MEMORY,
    OUT_OF_MEMORY,
    OUT_OF_STEPS,
    READY,
    REFUSED,
    SCRIPT,
    UNPRINTABLE,
    VALUE,
    WAS_REFUSED,
    packed,
    read_exactly,
    unpacked,
    write_all,
)
from generators.families.code.sandbox.limits import Limits

_Node = TypeVar("_Node", bound=ast.expr | ast.stmt)

#: No name a program can write, so that it does not meet the counter by accident.
_TICK = "<tick>"
_PLAIN = (type(None), bool, int, float, str)


class _Steps:
    """The steps left for the running test."""

    def __init__(self, most: int) -> None:
        self.most = self.left = most

    def tick(self) -> bool:
        """Takes one step; true, so that it can stand in a condition. Ending at once leaves nothing to swallow."""
        self.left -= 1
        if self.left < 0:
            os._exit(OUT_OF_STEPS)
        return True


#: A program with a bit of everything, for the rehearsal.
_SAMPLE = """
def sample(values, text):
    total, parts = 0, {}
    for i, value in enumerate(values):
        if value % 2 == 0 and i > 0:
            total += value
        parts[str(i)] = [value, text[i:], -value]
    while total > 10:
        total -= sum(x for x in values if x)
    return [total, parts, [text.upper(), None, True, 1.5]]
"""


def rehearse() -> None:
    """Does in the zygote what forks will do, so that they find their code warm and copy less of its memory."""
    setattr(builtins, _TICK, bool)
    for _ in range(50):
        _, names = _outcome(_define, _SAMPLE, "sample")
        _printed(_outcome(names["sample"], [4, 6, 9], "text")[1])
    del sys.modules["sample"]


def work(channel: int, limits: Limits) -> NoReturn:
    """Serves one program: a function and its tests, or a script that reads and prints; does not return."""
    steps = _Steps(limits.steps)
    setattr(builtins, _TICK, steps.tick)

    def read(length: int) -> bytes:
        return read_exactly(channel, length)

    write_all(channel, packed(bytes(CHALLENGE), READY, b""))
    challenge, kind, payload = unpacked(read)
    program = json.loads(payload)
    if kind == SCRIPT:
        _run_script(program["source"])
    os.dup2(2, 1)  # a function's prints go nowhere
    kind, names = _outcome(_define, program["source"], "program")
    function: Any = None
    if kind == VALUE:
        kind, function = _outcome(names.__getitem__, program["name"])
    waiting = packed(challenge, kind, b"")
    for arguments in program["tests"]:
        if not program["together"]:
            write_all(channel, waiting)
            waiting = b""
        steps.left = steps.most
        kind, value = _outcome(function, *arguments)
        kind, answer = _printed(value) if kind == VALUE else (kind, b"")
        waiting += packed(challenge, kind, answer)
    write_all(channel, waiting)
    os._exit(0)


def _run_script(source: str) -> NoReturn:
    """Runs a script as Python runs a file, and ends as it would: after its threads and what it left to do at exit."""
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - open as long as the process
    sys.stdout = out = open(1, "w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - likewise
    code = 1
    try:
        try:
            _define(source, "__main__")
            code = 0
        except SystemExit as error:
            code = 0 if error.code in (None, 0) else 1
        _join_threads()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        out.flush()
    except MemoryError:
        code = OUT_OF_MEMORY
    except PermissionError:
        code = WAS_REFUSED
    except BaseException:  # the process is about to end, whatever a program raises
        code = 1
    finally:
        os._exit(code)


def _join_threads() -> None:
    """Waits for a program's threads, as Python does before it ends."""
    if "threading" not in sys.modules:
        return
    import threading  # here, since to have it imported makes every fork slower

    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


def _outcome(function: Callable[..., Any], *arguments: Any) -> tuple[bytes, Any]:
    """The kind of frame that says how a call ended, and its value."""
    try:
        return VALUE, function(*arguments)
    except MemoryError:
        return MEMORY, None
    except PermissionError:
        return REFUSED, None
    except BaseException:  # also what a program raises to end its process
        return CRASHED, None


def _printed(value: Any) -> tuple[bytes, bytes]:
    """A value as JSON, if it is plain JSON through and through: no tuple for a list, no subclass with its own ways."""
    try:
        return (VALUE, json.dumps(value).encode()) if _is_plain(value) else (UNPRINTABLE, b"")
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception:  # such as a list that holds itself, or a number with too many digits
        return UNPRINTABLE, b""


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is list:
        return all(map(_is_plain, value))
    if kind is dict:
        return all(type(key) is str for key in value) and all(map(_is_plain, value.values()))
    return kind in _PLAIN


def _define(source: str, name: str) -> dict[str, Any]:
    """Runs a program's source, with its steps counted, as the module of a name; gives its names."""
    tree = _Count().visit(ast.parse(source))
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(tree, "<program>", "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - what the sandbox is for
    return module.__dict__


def _placed(node: _Node) -> _Node:
    node.lineno, node.col_offset = 1, 0
    return node


def _tick() -> ast.Call:
    return _placed(ast.Call(_placed(ast.Name(_TICK, ast.Load())), [], []))


class _Count(ast.NodeTransformer):
    """Counts a step in every loop round and call of a function that the program defines."""

    def _body(self, node: Any) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _placed(ast.Expr(_tick())))
        return node  # type: ignore[no-any-return]

    def _rounds(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs.insert(0, _tick())
        return node

    def _value(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = _placed(ast.BoolOp(ast.And(), [_tick(), node.body]))
        return node

    # Names that ast.NodeTransformer looks for.
    visit_FunctionDef = visit_AsyncFunctionDef = visit_For = visit_AsyncFor = visit_While = _body  # noqa: N815
    visit_comprehension = _rounds
    visit_Lambda = _value  # noqa: N815
