"""The executor of the bank's programs: what does not halt or fills the memory is stopped, what reaches out refused."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from generators.families.code.running import MAX_STEPS, OutsideSubset, Report, compiled, same, tally


def report(source: str, *tests: tuple[list[Any], Any]) -> Report:
    """How a program fares on tests given as argument lists and results."""
    return tally(compiled(source), [orjson.dumps(a) for a, _ in tests], [result for _, result in tests])


def test_what_does_not_halt_is_stopped() -> None:
    assert report("def f(n):\n    while True:\n        n += 1", ([1], 0)).endless == 1
    loop = "def f(n):\n    for i in range(n):\n        n -= 1\n    return 0"
    assert report(loop, ([MAX_STEPS - 2], 0), ([MAX_STEPS + 1], 0)) == Report(1, 0, 0, 1)


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n        x += x",
        "while True:\n        x = x + x",
        "return x * 10 ** 9",
        "return 10 ** 9 * x",
        "return 2 ** 10 ** 9",
        "return list(range(10 ** 12))",
    ],
)
@pytest.mark.parametrize("value", ["ab", [1, 2]])
def test_what_would_fill_the_memory_is_stopped(body: str, value: Any) -> None:
    assert report(f"def f(x):\n    {body}", ([value], 0)).endless == 1


def test_numbers_that_square_without_end_are_stopped() -> None:
    assert report("def f(x):\n    while True:\n        x *= x", ([3], 0)).endless == 1


def test_guarded_operators_still_do_what_python_does() -> None:
    source = "def f(x, y):\n    z = x\n    z += y\n    x[0] += 1\n    x[1] *= 3\n    return [x, z + [2 ** 3 * 2]]"
    assert report(source, ([[1, 2], [5]], [[2, 6, 5], [2, 6, 5, 16]])).right


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    import os",
        "import os\ndef f(x):\n    return 0",
        "def f(x):\n    return x.__class__",
        "def f(x):\n    return __builtins__",
        "def f(x):\n    return x.format(1)",
        "def f(x):\n    return (lambda: 1)()",
        "def f(x):\n    def g():\n        return 1\n    return g()",
        "def f(x=1):\n    return x",
        "@len\ndef f(x):\n    return x",
        "def f(x):\n    break",
        "def f(x)\n    return 1",
        "def f(x):\n    x[x.pop()] += 1",
        "def f(x):\n    return '1'.zfill(x)",
        "x = 1",
    ],
)
def test_programs_outside_the_subset_are_refused(source: str) -> None:
    with pytest.raises(OutsideSubset):
        compiled(source)


@pytest.mark.parametrize("name", ["open", "exec", "eval", "input", "print", "getattr", "globals", "type", "object"])
def test_builtins_that_reach_out_are_absent(name: str) -> None:
    assert report(f"def f(x):\n    return {name}", ([1], 0)).crashed == 1


def test_results_are_compared_by_value_and_type() -> None:
    assert same([1, {"a": [True]}], [1, {"a": [True]}])
    for left, right in [(True, 1), (1, 1.0), ([0], [False]), ((1,), [1]), ({"a": 0}, {"a": False}), ("1", 1), ([], {})]:
        assert not same(left, right)


def test_every_run_gets_its_own_arguments() -> None:
    function = compiled("def f(x):\n    x.append(1)\n    return len(x)")
    packed = [orjson.dumps([[]])] * 3
    assert tally(function, packed, [1, 1, 1]).right
