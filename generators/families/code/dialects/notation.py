"""Dialects that write operations another way: bracketed throughout, without precedence, or operator first.

An operation is a sign or word between values: arithmetic, a comparison, `in`, `is`, `and`, `or`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence

from generators.families.code.dialects.model import Breach, Dialect, Refused, indented, reread
from generators.families.code.dialects.tokens import TEXT, TOKEN, WORD

_SIGNS: Mapping[str, ast.operator | ast.cmpop | ast.boolop] = {
    "+": ast.Add(),
    "-": ast.Sub(),
    "*": ast.Mult(),
    "//": ast.FloorDiv(),
    "/": ast.Div(),
    "%": ast.Mod(),
    "**": ast.Pow(),
    "==": ast.Eq(),
    "!=": ast.NotEq(),
    "<": ast.Lt(),
    "<=": ast.LtE(),
    ">": ast.Gt(),
    ">=": ast.GtE(),
    "in": ast.In(),
    "not in": ast.NotIn(),
    "is": ast.Is(),
    "is not": ast.IsNot(),
    "and": ast.And(),
    "or": ast.Or(),
}
_SPELLED = {type(operator): sign for sign, operator in _SIGNS.items()}
_LIST = list(_SIGNS)
#: Parts of programs that these rules say nothing about.
_UNKNOWN = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.NamedExpr, ast.JoinedStr)


def _check(statement: ast.AST) -> None:
    """Refuses what no notation here can tell apart."""
    for node in ast.walk(statement):
        if isinstance(node, _UNKNOWN):
            raise Refused(f"a {type(node).__name__}")
        if isinstance(node, ast.Name) and node.id in ("not_in", "is_not"):
            raise Refused(f"the name {node.id}")
        if isinstance(node, ast.For) and any(isinstance(part, ast.Subscript) for part in ast.walk(node.target)):
            raise Refused("a loop over something besides names")


def _check_single(statement: ast.AST) -> None:
    """Refuses what brackets alone tell apart, besides."""
    _check(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            raise Refused("a chain of comparisons")
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is) and _is_not(node.comparators[0]):
            raise Refused("an `is` before a `not`")
        if isinstance(node, ast.BoolOp) and type(getattr(node.values[0], "op", None)) is type(node.op):
            raise Refused(f"an `{_SPELLED[type(node.op)]}` whose first part is another one in brackets")
        if isinstance(getattr(node, "value", getattr(node, "operand", None)), ast.Tuple) and isinstance(
            node, ast.UnaryOp | ast.Attribute | ast.Subscript
        ):
            raise Refused("a tuple with a sign before it, or an index or a method behind it")


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


#: The text of an operation, from its signs and its values, in which operations are spelled already.
_Spell = Callable[[Sequence[str], Sequence[ast.expr]], ast.expr]


class _Speller(ast.NodeTransformer):
    """Replaces every operation, the inner ones first, by a part that is printed as `spell` says."""

    def __init__(self, spell: _Spell) -> None:
        self._spell = spell

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Arithmetic."""
        self.generic_visit(node)
        return self._spell([_SPELLED[type(node.op)]], [node.left, node.right])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Comparisons."""
        self.generic_visit(node)
        return self._spell([_SPELLED[type(op)] for op in node.ops], [node.left, *node.comparators])

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """What `and` or `or` joins."""
        self.generic_visit(node)
        return self._spell([_SPELLED[type(node.op)]] * (len(node.values) - 1), node.values)


def _between(signs: Sequence[str], values: Sequence[str]) -> str:
    """Values with signs between them."""
    return values[0] + "".join(f" {sign} {value}" for sign, value in zip(signs, values[1:], strict=True))


def _within(node: ast.expr, bracketed: bool) -> str:
    return f"({ast.unparse(node)})" if bracketed else ast.unparse(node)


def _bracketed(signs: Sequence[str], values: Sequence[ast.expr]) -> ast.expr:
    texts = [_within(value, isinstance(value, ast.IfExp) or _is_not(value)) for value in values]
    if signs == ["**"] and texts[0].startswith("-"):  # the one operation that binds tighter than a minus sign
        texts[0] = f"({texts[0]})"
    return ast.Name(f"({_between(signs, texts)})")


def _first(signs: Sequence[str], values: Sequence[ast.expr]) -> ast.expr:
    return ast.Name(f"{signs[0].replace(' ', '_')}({', '.join(map(ast.unparse, values))})")


def _level(signs: Sequence[str], values: Sequence[ast.expr]) -> ast.expr:
    """An operation becomes an `or` of one text: Python puts that in brackets wherever the text needs them."""
    texts = [_within(value, isinstance(value, ast.IfExp | ast.BoolOp)) for value in values[1:]]
    texts.insert(0, _within(values[0], isinstance(values[0], ast.IfExp)))
    return ast.BoolOp(ast.Or(), [ast.Name(_between(signs, texts))])


def _spelling(spell: _Spell, check: Callable[[ast.AST], None]) -> Callable[[str], str]:
    """Lines with their operations spelled another way."""

    def change(statement: ast.stmt) -> ast.AST:
        check(statement)
        node: ast.AST = _Speller(spell).visit(statement)
        return node

    return lambda line: reread(line, change)


def _operation(sign: str, values: list[ast.expr]) -> ast.expr:
    """The part of Python for an operation."""
    operator = _SIGNS[sign]
    if isinstance(operator, ast.boolop):
        return ast.BoolOp(operator, values)
    if isinstance(operator, ast.cmpop):
        return ast.Compare(values[0], [operator], values[1:])
    return ast.BinOp(values[0], operator, values[1])


#: Signs as they are read back: operators between values, in the order in which the longest is found.
_BETWEEN = re.compile(
    rf"{TEXT}|(?P<between>\b(?:not in|is not|in|is|and|or)\b|(?:[=!<>]=|\*\*|//|[-+*/%<>])(?= ))|(?P<not>\bnot )"
    rf"|{WORD}|(?P<other>.)",
    re.DOTALL,
)
_HEAD = re.compile(r"for [\w, ()]+? in ")
_MARK = "_"


class _Unleveller(ast.NodeTransformer):
    """Makes `a @ _3 @ b` the operation of sign 3, and `~a` a `not a`: Python reads them from left to right."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """From the left on; a run of one `and` or `or` is one operation."""
        self.generic_visit(node)
        if not isinstance(node.left, ast.BinOp) or _numbered(node.left.right) is None:
            return node
        sign, left = _LIST[_numbered(node.left.right) or 0], node.left.left
        if isinstance(left, ast.BoolOp) and _SPELLED[type(left.op)] == sign:
            return ast.BoolOp(left.op, [*left.values, node.right])
        return _operation(sign, [left, node.right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Each `not` belongs to the one value behind it."""
        self.generic_visit(node)
        return ast.UnaryOp(ast.Not(), node.operand) if isinstance(node.op, ast.Invert) else node


def _numbered(node: ast.expr) -> int | None:
    """The number of the sign that a name stands for."""
    found = isinstance(node, ast.Name) and re.fullmatch(rf"{_MARK}(\d+)", node.id)
    return int(found[1]) if found else None


def _python_level(line: str) -> str:
    """A line whose operations are read from left to right, in Python."""
    indent, body = indented(line)
    head = _HEAD.match(body)
    start = head.end() if head else 0

    def mark(match: re.Match[str]) -> str:
        if match.lastgroup == "not":
            return "~"
        return f"@ {_MARK}{_LIST.index(match[0])} @" if match.lastgroup == "between" else match[0]

    return reread(indent + body[:start] + _BETWEEN.sub(mark, body[start:]), _Unleveller().visit)


class _Unprefixer(ast.NodeTransformer):
    """Makes a call of `_3` the operation of sign 3."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """The values first."""
        self.generic_visit(node)
        number = _numbered(node.func)
        if number is None:
            return node
        sign = _LIST[number]
        if len(node.args) != 2 and not (len(node.args) > 2 and sign in ("and", "or")):
            raise Breach(f"the sign {sign} stands before {len(node.args)} values")
        return _operation(sign, node.args)


#: An operator right before a bracket; a sign may follow another sign there, as in `-+(a, b)`.
_BEFORE = re.compile(
    rf"{TEXT}|(?P<first>(?:\b(?:not_in|is_not|in|is|and|or)|[=!<>]=|\*\*|//|[-+*/%<>])(?=\())|{WORD}|(?P<other>.)",
    re.DOTALL,
)


def _several(line: str, start: int) -> bool:
    """Whether the brackets that open at a place hold several values."""
    depth = 0
    for match in TOKEN.finditer(line, start):
        depth += (match[0] in "([{") - (match[0] in ")]}")
        if match[0] == "," and depth == 1:
            return True
        if depth == 0:
            break
    return False


def _python_between(line: str) -> str:
    """A line whose operators stand first, in Python; a minus sign before one value in brackets is only a sign."""

    def mark(match: re.Match[str]) -> str:
        if match.lastgroup != "first" or (match[0] == "-" and not _several(line, match.end())):
            return match[0]
        return f"{_MARK}{_LIST.index(match[0].replace('_', ' '))}"

    return reread(_BEFORE.sub(mark, line), _Unprefixer().visit)


_MEANT = "An operation here is a sign or word between values: arithmetic, a comparison, `in`, `is`, `and`, `or`."
NOTATIONS = (
    Dialect(
        "bracketed_operations",
        f"Every operation stands in round brackets of its own, even where nothing else could be meant: "
        f"`if a + b > c` is `if ((a + b) > c)`. {_MEANT} A `not` or an `if ... else ...` that is a part of an "
        "operation is put in brackets too, and so is a minus sign with its value before `**`; others are as in Python.",
        _spelling(_bracketed, _check),
        lambda line: reread(line, lambda statement: statement),
        "operations",
    ),
    Dialect(
        "no_precedence",
        "No operation binds tighter than another: they are worked out from left to right, but first what stands in "
        f"brackets, so that `1 + 2 * 3` is 9 and what Python calls `1 + 2 * 3` is `1 + (2 * 3)`. {_MEANT} A minus sign "
        "or a `not` before a value belongs to that value alone; `if ... else ...` comes last. No operation has "
        "brackets that change nothing.",
        _spelling(_level, _check_single),
        _python_level,
        "operations",
    ),
    Dialect(
        "operator_first",
        "An operation is written like a call, its sign or word first: `a + b` is `+(a, b)`, and `a and b < c and d` is "
        f"`and(a, <(b, c), d)`. {_MEANT} `not in` and `is not` become `not_in` and `is_not`; signs such as `+=` stay "
        "between their sides.",
        _spelling(_first, _check_single),
        _python_between,
        "operations",
    ),
)
