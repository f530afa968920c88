"""Runs small programs on argument lists, fast, in this process.

This path is only for this repository's own bank programs and their mutants. It keeps an honest slip (an endless loop,
a list that doubles without end) from hurting the build, and it refuses every construct outside the bank's
plain-statement subset. It is no sandbox: never feed it programs that someone else wrote.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

_Node = TypeVar("_Node", bound=ast.expr | ast.stmt)

#: Rounds of loops after which a program counts as one that does not halt; bank programs need a few hundred.
MAX_STEPS = 2000
#: Longest list or text, in items, that a program may build.
MAX_LENGTH = 20_000
#: Longest integer, in bits, that a product or a power may reach.
MAX_BITS = 2048

_NODE_NAMES = """
    Module FunctionDef arguments arg Return Assign AugAssign For While If Break Continue Pass Expr Name Constant Call
    keyword Load Store Compare BoolOp BinOp UnaryOp IfExp Subscript Slice Attribute List Tuple Dict Set And Or Not USub
    Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn Add Sub Mult FloorDiv Mod Pow ListComp SetComp DictComp GeneratorExp
    comprehension
"""
_NODES = frozenset(getattr(ast, name) for name in _NODE_NAMES.split())
#: Methods that do not multiply what they are given and give no way to a program's surroundings.
_METHOD_NAMES = """
    add append capitalize clear copy count discard endswith find get index insert isalnum isalpha isdigit islower
    isspace isupper items join keys lower lstrip pop remove reverse rfind rstrip setdefault sort split startswith strip
    swapcase title update upper values zfill
"""
_METHODS = frozenset(_METHOD_NAMES.split())


class OutsideSubset(Exception):  # noqa: N818 - a finding about a program, not a fault of ours
    """A program uses a construct that bank programs do not have."""


class Exhausted(Exception):  # noqa: N818 - a finding about a program, not a fault of ours
    """A program used up its steps or asked for too much memory; it counts as one that does not halt."""


class _Steps:
    """The steps that the running program has left; set anew before every run."""

    left = 0

    def tick(self) -> bool:
        """Takes one step; True, so that it can stand as a condition."""
        self.left -= 1
        if self.left < 0:
            raise Exhausted("steps")
        return True


_STEPS = _Steps()


def _range(*bounds: int) -> range:
    """`range`, refused where `list` or `sum` of it would take long."""
    made = range(*bounds)
    if made and abs(made[-1] - made[0]) // abs(made.step) > MAX_LENGTH:
        raise Exhausted("length")
    return made


def _check_sum(left: Any, right: Any) -> None:
    """Refuses to join texts or lists into one that is too long."""
    if not isinstance(left, int) and not isinstance(right, int) and len(left) + len(right) > MAX_LENGTH:
        raise Exhausted("length")


def _check_product(left: Any, right: Any) -> None:
    """Refuses a product of too many bits, and a text or list repeated too often."""
    if isinstance(left, int) and isinstance(right, int):
        if left.bit_length() + right.bit_length() > MAX_BITS:
            raise Exhausted("bits")
        return
    sequence, times = (right, left) if isinstance(left, int) else (left, right)
    if isinstance(times, int) and len(sequence) * times > MAX_LENGTH:
        raise Exhausted("length")


def _check_power(left: Any, right: Any) -> None:
    """Refuses a power of too many bits."""
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > MAX_BITS:
        raise Exhausted("bits")


def _checked(check: Callable[[Any, Any], None], act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator that looks at its operands first."""

    def run(left: Any, right: Any) -> Any:
        check(left, right)
        return act(left, right)

    return run


#: Operators whose results can outgrow the memory: name of the checked function, plain and in place.
_GROWING: Mapping[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("_add", "_iadd"),
    ast.Mult: ("_mul", "_imul"),
    ast.Pow: ("_pow", "_ipow"),
}
_NAMES: Mapping[str, Any] = {
    **{f.__name__: f for f in (abs, all, any, chr, divmod, enumerate, len, max, min, ord, reversed, sorted, sum, zip)},
    **{t.__name__: t for t in (bool, dict, int, list, set, str, tuple)},
    "range": _range,
    "_tick": _STEPS.tick,
    "_add": _checked(_check_sum, operator.add),
    "_iadd": _checked(_check_sum, operator.iadd),
    "_mul": _checked(_check_product, operator.mul),
    "_imul": _checked(_check_product, operator.imul),
    "_pow": _checked(_check_power, operator.pow),
    "_ipow": _checked(_check_power, operator.ipow),
}


def _placed(node: _Node) -> _Node:
    """A node that the program's author did not write, with some place in the text: the compiler insists on one."""
    node.lineno, node.col_offset = 1, 0
    return node


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return _placed(ast.Call(_placed(ast.Name(name, ast.Load())), list(arguments), []))


class _Instrument(ast.NodeTransformer):
    """Counts a step in every loop round and call, and checks the operands of every growing operator."""

    def _counted(self, node: ast.FunctionDef | ast.For | ast.While) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _placed(ast.Expr(_call("_tick"))))
        return node

    # Names that ast.NodeTransformer looks for.
    visit_FunctionDef = visit_For = visit_While = _counted  # noqa: N815

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Counts a step in every round of a comprehension, as its first condition."""
        self.generic_visit(node)
        node.ifs.insert(0, _call("_tick"))
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Makes `a + b` into `_add(a, b)`."""
        self.generic_visit(node)
        names = _GROWING.get(type(node.op))
        return _call(names[0], node.left, node.right) if names else node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """Makes `a += b` into `a = _iadd(a, b)`; the subset has no calls in such a target, so reading it is free."""
        self.generic_visit(node)
        names = _GROWING.get(type(node.op))
        if not names:
            return node
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        return _placed(ast.Assign([node.target], _call(names[1], target, node.value)))


def _call_fault(node: Any) -> str:
    pads = isinstance(node.func, ast.Attribute) and node.func.attr == "zfill"
    if pads and not all(isinstance(argument, ast.Constant) for argument in node.args):
        return "zfill to a width that is no constant"
    return ""


def _target_fault(node: Any) -> str:
    calls = any(isinstance(part, ast.Call) for part in ast.walk(node.target))
    return "a call in the target of an augmented assignment" if calls else ""


#: What makes a node of an allowed type a fault; each gives an empty text or names the construct.
_CHECKS: Mapping[type[ast.AST], Callable[[Any], str]] = {
    ast.Name: lambda node: f"the name {node.id}" if node.id.startswith("_") else "",
    ast.arg: lambda node: f"the name {node.arg}" if node.arg.startswith("_") else "",
    ast.Attribute: lambda node: "" if node.attr in _METHODS else f"the method {node.attr}",
    ast.arguments: lambda node: (
        "" if ast.unparse(node) == ", ".join(a.arg for a in node.args) else "a special parameter"
    ),
    ast.FunctionDef: lambda node: "a decorator" if node.decorator_list else "",
    ast.AugAssign: _target_fault,
    ast.Call: _call_fault,
}


def check_subset(tree: ast.Module) -> None:
    """Makes sure that a program is one function of the plain-statement subset.

    Raises:
        OutsideSubset: It is not; the message names the construct.
    """
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        raise OutsideSubset("something besides one function")
    for node in ast.walk(tree):
        kind = type(node)
        if kind not in _NODES or (kind is ast.FunctionDef and node is not tree.body[0]):
            raise OutsideSubset(f"a {kind.__name__}")
        fault = _CHECKS[kind](node) if kind in _CHECKS else ""
        if fault:
            raise OutsideSubset(fault)


def parsed(source: str) -> ast.Module:
    """The tree of a program.

    Raises:
        OutsideSubset: It does not parse.
    """
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise OutsideSubset(f"a syntax error ({error})") from None


def compiled(
    program: str | ast.Module, instrument: ast.NodeTransformer | None = None, more: Mapping[str, Any] | None = None
) -> Callable[..., Any]:
    """The function that a program defines, instrumented, with the few builtins that bank programs may use.

    Args:
        program: The program, or its tree, which is used up.
        instrument: What rewrites it before it is compiled; by default the counter of steps.
        more: Names that the rewritten program needs besides.

    Raises:
        OutsideSubset: The program does not parse or is not of the subset.
    """
    tree = parsed(program) if isinstance(program, str) else program
    check_subset(tree)
    tree = (instrument or _Instrument()).visit(tree)
    space: dict[str, Any] = {"__builtins__": {**_NAMES, **(more or {})}}
    try:
        code = compile(tree, "<program>", "exec")
    except SyntaxError as error:  # such as a break outside every loop
        raise OutsideSubset(f"a syntax error ({error})") from None
    exec(code, space)  # noqa: S102 - the subset was checked, and this only defines the function; see the docstring above
    function: Callable[..., Any] = next(value for name, value in space.items() if name != "__builtins__")
    return function


def types_seen(source: str, arguments: Sequence[bytes]) -> dict[str, set[type]]:
    """The types that a program's variables had whenever they were read, over runs on all argument lists.

    Raises:
        OutsideSubset: The program is not of the subset.
    """
    seen: dict[str, set[type]] = {}

    class Watch(_Instrument):
        """Reports every variable that is read."""

        def visit_Name(self, node: ast.Name) -> ast.AST:
            read = isinstance(node.ctx, ast.Load) and node.id not in _NAMES
            return _call("_see", _placed(ast.Constant(node.id)), node) if read else node

    def see(name: str, value: Any) -> Any:
        seen.setdefault(name, set()).add(type(value))
        return value

    function = compiled(source, Watch(), {"_see": see})
    for packed in arguments:
        outcome(function, packed, None)
    return seen


def same(left: Any, right: Any) -> bool:
    """Equality of JSON values by value and type, at every depth: True is not 1, and 1 is not 1.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return bool(left == right)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a program's tests, counted.

    Attributes:
        passed: Tests with the expected result.
        wrong: Tests with another result.
        crashed: Tests that raised an exception.
        endless: Tests that did not halt within the bounds.
    """

    passed: int
    wrong: int
    crashed: int
    endless: int

    @property
    def right(self) -> bool:
        """Whether every test passed."""
        return not (self.wrong or self.crashed or self.endless)

    @property
    def tests(self) -> int:
        """How many tests were run."""
        return self.passed + self.wrong + self.crashed + self.endless


def tally(function: Callable[..., Any], arguments: Sequence[bytes], expected: Sequence[Any]) -> Report:
    """Runs a compiled program on all tests.

    Args:
        function: What `compiled` returned.
        arguments: For each test the argument list as JSON bytes; each run gets its own copy.
        expected: For each test the result that passes.
    """
    outcomes = [outcome(function, packed, result) for packed, result in zip(arguments, expected, strict=True)]
    crashed = outcomes.count("crashed") + outcomes.count("unbound")
    return Report(outcomes.count("passed"), outcomes.count("wrong"), crashed, outcomes.count("endless"))


def outcome(function: Callable[..., Any], packed: bytes, expected: Any) -> str:
    """What becomes of one test: `passed`, `wrong`, `endless`, `unbound` (a variable without a value) or `crashed`."""
    _STEPS.left = MAX_STEPS
    try:
        found = function(*orjson.loads(packed))
        return "passed" if same(found, expected) else "wrong"
    except Exhausted:
        return "endless"
    except NameError:
        return "unbound"
    except Exception:
        return "crashed"
