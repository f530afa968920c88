"""The sandbox judges honest programs as the fast path does, and says behind which layers."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Stream
from generators.families.code.bugs.edits import edited
from generators.families.code.bugs.kinds import KINDS, Program, edits
from generators.families.code.problems import problem, records
from generators.families.code.running import MAX_STEPS, Report, types_seen
from generators.families.code.sandbox.box import Sandbox, SandboxWarning
from generators.families.code.sandbox.layers import LAYERS
from generators.families.code.sandbox.limits import Limits
from generators.families.code.sandbox.verdicts import Findings
from schemas import ShiftworksError
from tests.project import ROOT

# Long enough for a busy machine; only what never ends would take it whole, and that runs out of steps before.
CALM = Limits(wall=10.0, cpu=60, steps=MAX_STEPS, output=5000)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SandboxWarning)
        with Sandbox(CALM) as made:
            yield made


def verdicts(box: Sandbox, body: str, *tests: tuple[list[Any], Any]) -> tuple[str, ...]:
    """The verdicts on a program whose function is `f`."""
    return box.run(body, "f", [orjson.dumps(a) for a, _ in tests], [result for _, result in tests]).verdicts


def mutants(name: str) -> list[str]:
    """A problem's solution, and it with one edit each of some kinds, whatever comes of that."""
    each, stream = problem(name), Stream("sandbox", name)
    program = Program(each.solution, types_seen(each.solution, each.arguments), frozenset(map(type, each.expected)))
    possible = filter(None, (list(edits(program, kind)) for kind in stream.sample(list(KINDS), 8)))
    return [each.solution, *(edited(each.solution, [stream.choice(found)]) for found in possible)]


# Verdicts


def test_the_bank_and_its_mutants_fare_as_on_the_fast_path(box: Sandbox) -> None:
    seen: Counter[str] = Counter()
    for name in list(records())[::30]:
        each = problem(name)
        function = each.solution.split("(")[0].removeprefix("def ")
        for source in mutants(name):
            fast = each.run(source)
            found = box.run(source, function, each.arguments, each.expected)
            assert found.report() == fast, source
            seen.update(found.verdicts)
    assert {"passed", "wrong", "crashed", "endless"} <= seen.keys()


@pytest.mark.parametrize(
    ("source", "expected", "verdict"),
    [
        ("def f(x):\n    return x + 1", 2, "passed"),
        ("from __future__ import annotations\n'''doc'''\ndef f(x):\n    '''doc'''\n    return x + 1", 2, "passed"),
        ("import statistics, unicodedata, csv\ndef f(x):\n    return statistics.mean([x, 3])", 2, "passed"),
        ("def f(x):\n    return [y for y in range(9) if y > 6] + (lambda z: [z])(x)", [7, 8, 1], "passed"),
        ("def f(x):\n    print('noise' * 10 ** 6)\n    return x", 1, "passed"),
        ("import sys\nsys.setrecursionlimit(9000)\ndef f(x):\n    return f(x + 1) if x < 1500 else x", 1500, "passed"),
        (
            "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int'\ndef f(x):\n    return A(x).x",
            1,
            "passed",
        ),
        ("def f(x):\n    return 2 ** 200", 2**200, "passed"),
        ("def f(x):\n    return True", 1, "wrong"),
        ("def f(x):\n    return 1.0", 1, "wrong"),
        ("def f(x):\n    return (1, 2)", [1, 2], "wrong"),
        ("def f(x):\n    return {1: 2}", {"1": 2}, "wrong"),
        ("def f(x):\n    return {1, 2}", [1, 2], "wrong"),
        ("def f(x):\n    a = []\n    a.append(a)\n    return a", [], "wrong"),
        ("def f(x):\n    return 10 ** 5000", 1, "wrong"),
        ("def f(x):\n    return float('nan')", 1, "wrong"),
        ("def f(x):\n    return 1 / 0", 1, "crashed"),
        ("def f(x):\n    return g(x)", 1, "crashed"),
        ("def f(x):\n    return f(x)", 1, "crashed"),
        ("def f(x, y):\n    return x", 1, "crashed"),
        ("def g(x):\n    return x", 1, "crashed"),
        ("def f(x:\n    return x", 1, "crashed"),
        ("def f(x):\n    raise SystemExit", 1, "crashed"),
        ("def f(x):\n    while True:\n        x += 1", 1, "endless"),
        ("def f(x):\n    return [y for y in iter(int, 1)]", 1, "endless"),
        ("while True:\n    pass\ndef f(x):\n    return x", 1, "endless"),
        ("def f(x):\n    return bytearray(10 ** 12) and x", 1, "memory"),
        ("a = 'a' * 10 ** 12\ndef f(x):\n    return x", 1, "memory"),
        ("def f(x):\n    return 'a' * 10000", 1, "output"),
    ],
)
def test_verdicts(box: Sandbox, source: str, expected: Any, verdict: str) -> None:
    assert verdicts(box, source, ([1], expected)) == (verdict,)


@settings(max_examples=60, deadline=None)
@given(st.lists(JSON, min_size=1, max_size=5))
def test_every_json_value_comes_through_unchanged(box: Sandbox, values: list[Any]) -> None:
    arguments = [json.dumps([value]).encode() for value in values]
    assert box.run("def f(x):\n    return x", "f", arguments, values).right


def test_each_test_has_its_own_steps_and_arguments(box: Sandbox) -> None:
    source = "def f(x):\n    for _ in range(1500):\n        pass\n    x.append(1)\n    return x"
    assert verdicts(box, source, *[([[0]], [0, 1])] * 5) == ("passed",) * 5


def test_a_test_that_ends_the_process_leaves_the_others_their_verdicts(box: Sandbox) -> None:
    source = "import os\ndef f(x):\n    if x == 2:\n        os._exit(0)\n    while x == 3:\n        pass\n    return x"
    tests = [([n], n) for n in (1, 2, 1, 3, 3, 4)]
    assert verdicts(box, source, *tests) == ("passed", "crashed", "passed", "endless", "endless", "passed")


def test_a_program_that_takes_long_over_many_tests_is_given_fresh_processes() -> None:
    source = """
import time
def f(x):
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    return x
"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SandboxWarning)
        with Sandbox(Limits(wall=10.0, cpu=1)) as box:
            assert box.run(source, "f", [b"[1]"] * 4, [1] * 4).right


def test_every_program_meets_the_same_world(box: Sandbox) -> None:
    source = "import random, os\ndef f(x):\n    return [random.random(), hash('x'), list(os.environ), os.getcwd()]"
    command = [sys.executable, "-c", "print(hash('x'))"]
    hashed = int(subprocess.run(command, env={"PYTHONHASHSEED": "0"}, capture_output=True, check=True).stdout)
    expected = [random.Random(0).random(), hashed, [], "/"]  # noqa: S311 - no secret
    assert verdicts(box, source, ([1], expected)) == ("passed",)


def test_no_tests_prove_nothing() -> None:
    assert not Findings((), LAYERS, ()).right


def test_findings_count_as_the_fast_path_does() -> None:
    found = Findings(("passed", "wrong", "crashed", "output", "forbidden", "endless", "memory"), ("user",), ("mounts",))
    assert found.report() == Report(1, 1, 3, 2)
    assert found.detail() == {"layers": ["user"], "missing": ["mounts"]}


# Scripts


@pytest.mark.parametrize(
    ("source", "given", "printed", "verdict"),
    [
        ("print(int(input()) * 2)", "4\n", "8", "passed"),
        ("import sys\nfor line in sys.stdin:\n    print(*sorted(line.split()))", "b a\nd c", "a b\nc d\n", "passed"),
        ("import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())", "ä 1  2 \n\n", "ä 1 2", "passed"),
        ("import os\nos.write(1, os.read(0, 9))", "one", "one", "passed"),
        ("print(open(0).read())", "one", "one", "passed"),
        ("import threading\nthreading.Thread(target=lambda: print(input())).start()", "one", "one", "passed"),
        ("import atexit\natexit.register(print, 'one')", "", "one", "passed"),
        ("if __name__ == '__main__':\n    print('one')\n    raise SystemExit", "", "one", "passed"),
        ("x = input()\ndef f():\n    return x\nprint(f())", "one", "one", "passed"),
        ("print('1 2')", "", "1\n2", "wrong"),
        ("pass", "", "one", "wrong"),
        ("print('one')\nraise SystemExit(1)", "", "one", "crashed"),
        ("print('one')\n1 / 0", "", "one", "crashed"),
        ("input()", "", "", "crashed"),
        ("print('one'", "", "one", "crashed"),
        ("print('one')\nwhile True:\n    pass", "", "one", "endless"),
        ("print('one')\nx = 'a' * 10 ** 12", "", "one", "memory"),
        ("while True:\n    print('one' * 100)", "", "one", "output"),
    ],
)
def test_verdicts_on_scripts(box: Sandbox, source: str, given: str, printed: str, verdict: str) -> None:
    assert box.run_script(source, [given], [printed]).verdicts == (verdict,)


def test_each_run_of_a_script_starts_anew(box: Sandbox) -> None:
    source = "import math\nprint(getattr(math, 'left', 0))\nmath.left = 1"
    assert box.run_script(source, ["", "", ""], ["0", "0", "1"]).verdicts == ("passed", "passed", "wrong")


# Layers


def test_layers_and_what_is_missing_make_up_the_whole(box: Sandbox) -> None:
    assert sorted(box.layers + box.missing) == sorted(LAYERS)
    found = box.run("def f():\n    return 1", "f", [b"[]"], [1])
    assert (found.layers, found.missing) == (box.layers, box.missing)


WITHOUT_ADMINISTRATION = """
import json, warnings
from generators.families.code.sandbox import kernel
from generators.families.code.sandbox.box import Sandbox

kernel.prctl(24, 21)  # a program started from here on has no right to make namespaces
with warnings.catch_warnings(record=True) as caught, Sandbox() as box:
    found = box.run("def f(x):\\n    return x", "f", [b"[1]"], [1])
print(json.dumps([found.verdicts, found.missing, [str(each.message) for each in caught]]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has no such right to lose")
def test_layers_that_the_host_refuses_are_named_with_the_reason() -> None:
    command = [sys.executable, "-c", WITHOUT_ADMINISTRATION]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    verdicts, missing, (warning,) = json.loads(ran.stdout)
    assert verdicts == ["passed"]
    for layer in ("network", "mounts", "processes"):
        assert layer in missing
        assert f"{layer} (unshare: Operation not permitted)" in warning


def test_a_sandbox_serves_only_the_process_that_started_it(box: Sandbox) -> None:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            box.run("def f():\n    return 1", "f", [b"[]"], [1])
        except ShiftworksError:
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_limits_too_narrow_to_start_with_are_named_in_one_line() -> None:
    with (
        pytest.raises(ShiftworksError, match=r"in a sandbox with Limits\(.*\): give it wider limits"),
        Sandbox(Limits(steps=0)),
    ):
        pass
