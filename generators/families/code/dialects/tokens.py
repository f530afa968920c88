"""Dialects that spell single tokens another way: marks, words, operators, numbers and texts.

What stands inside quotes is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generators.families.code.dialects.model import Breach, Dialect, Refused, indented

#: What stands in quotes.
TEXT = r"""(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)"""
WORD = r"(?P<word>[^\W\d]\w*)|(?P<number>\d\w*(?:\.\d\w*)?)"
TOKEN = re.compile(
    rf"{TEXT}|{WORD}"
    r"""|(?P<sign>(?:\*\*|//|[-+*/%])=|->|[=!<>]=|\*\*|//|[-+*/%<>])|(?P<other>.)""",
    re.DOTALL,
)
#: How a token is written: from its class (a group of `TOKEN`), its text, and the next character.
Rewrite = Callable[[str, str, str], str]


def rewritten(line: str, rewrite: Rewrite) -> str:
    """A line with every token written anew."""
    return TOKEN.sub(lambda m: rewrite(m.lastgroup or "", m[0], line[m.end() : m.end() + 1]), line)


def _rewriting(rewrite: Rewrite) -> Callable[[str], str]:
    return lambda line: rewritten(line, rewrite)


def _marks(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """Replaces single characters."""
    return _rewriting(lambda kind, part, _: pairs.get(part, part) if kind == "other" else part)


def _words(pairs: Mapping[str, str]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Replaces whole words, and back; a program that has one of the new words for a name is refused."""
    new = set(pairs.values()) - set(pairs)
    turned = {value: key for key, value in pairs.items()}

    def rewrite(kind: str, part: str, _: str) -> str:
        if kind == "word" and part in new:
            raise Refused(f"the name {part}")
        return pairs.get(part, part) if kind == "word" else part

    return _rewriting(rewrite), _rewriting(lambda kind, part, _: turned.get(part, part) if kind == "word" else part)


def _signs(pairs: Mapping[str, str]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Replaces operators between two values by words, and back; a sign before a value has no space behind it."""
    turned = {value: key for key, value in pairs.items()}

    def rewrite(kind: str, part: str, after: str) -> str:
        if kind == "word" and part in turned:
            raise Refused(f"the name {part}")
        return pairs.get(part, part) if kind == "sign" and after == " " else part

    return _rewriting(rewrite), _rewriting(lambda kind, part, _: turned.get(part, part) if kind == "word" else part)


def _comma_again(kind: str, part: str, after: str) -> str:
    """A period that no name follows was a comma: the period of a method call stands right before its name."""
    return "," if kind == "other" and part == "." and not (after.isalpha() or after == "_") else part


def _quote(kind: str, part: str, _: str) -> str:
    """Numbers into quotes, texts into backticks."""
    if kind == "number":
        return f"'{part}'"
    if kind == "text":
        if "`" in part:
            raise Refused(f"a backtick in the text {part}, which cannot be told from the ends of a backticked one")
        return f"`{part[1:-1]}`"
    return part


def _unquote(kind: str, part: str, _: str) -> str:
    """Back again; Python prints a text in double quotes only where it holds a single one and no double one."""
    if kind == "text" and part.startswith("'"):
        return part[1:-1]
    if kind == "text" and part.startswith("`"):
        body = part[1:-1]
        mark = '"' if re.search(r"(?<!\\)(?:\\\\)*'", body) else "'"
        return f"{mark}{body}{mark}"
    return part


def _split(line: str, mark: str) -> list[str]:
    """The parts of a line between the places where a mark stands with a space on either side."""
    parts, start = [], 0
    for match in TOKEN.finditer(line):
        alone = line[match.start() - 1 : match.end() + 1] == f" {mark} "
        if match[0] == mark and alone and match.lastgroup != "text":
            parts.append(line[start : match.start() - 1])
            start = match.end() + 1
    return [*parts, line[start:]]


def _turned_about(old: str, new: str) -> Callable[[str], str]:
    """Writes what stands on either side of a mark in the other order, with another mark."""

    def change(line: str) -> str:
        indent, body = indented(line)
        return indent + f" {new} ".join(reversed(_split(body, old)))

    return change


_LOOP, _LOOP_BACK = re.compile(r"for ([\w, ()]+?) in (.+):"), re.compile(r"through (.+) as ([\w, ()]+):")


def _loop(line: str) -> str:
    indent, body = indented(line)
    if re.search(r"\bthrough\b", body) and any(m[0] == "through" for m in TOKEN.finditer(body)):
        raise Refused("the name through")
    found = _LOOP.fullmatch(body)
    if body.startswith("for ") and not found:
        raise Refused("a loop over something besides names")
    return f"{indent}through {found[2]} as {found[1]}:" if found else line


def _loop_back(line: str) -> str:
    indent, body = indented(line)
    found = _LOOP_BACK.fullmatch(body)
    if body.startswith("for "):
        raise Breach("a loop begins with `for`")
    return f"{indent}for {found[2]} in {found[1]}:" if found else line


_BRACKETS = {"(": ")", ")": "("}
_CAPITALS = {word: word.capitalize() for word in ("def", "for", "while", "in", "if", "elif", "else", "not")}
_EXCHANGE = {"if": "else", "else": "if"}
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times", "//": "over", "%": "modulo", "**": "power"}
_COMPARISONS = {"==": "equals", "!=": "differs", "<": "below", ">": "above", "<=": "atmost", ">=": "atleast"}


def _named(pairs: Mapping[str, str]) -> str:
    """Pairs in words: ``a` is `b`, `c` is `d``."""
    return ", ".join(f"`{old}` is `{new}`" for old, new in pairs.items())


STATEMENTS = (
    Dialect(
        "arrow_assignment",
        "An assignment gives its value first and then, behind an arrow, the name: `a = b + 1` is `b + 1 -> a`, "
        "`a = b = 0` is `0 -> b -> a`; `+=` and its like stay as they are.",
        _turned_about("=", "->"),
        _turned_about("->", "="),
        "assignment",
    ),
    Dialect(
        "through_loops",
        "A `for` loop gives what it runs over first: `for a in b:` is `through b as a:`.",
        _loop,
        _loop_back,
        "loops",
    ),
)
TOKENS = (
    Dialect(
        "operator_words",
        f"An operator of arithmetic between two values is a word: {_named(_ARITHMETIC)}. A minus sign before a single "
        "value and signs such as `+=` stay as they are.",
        *_signs(_ARITHMETIC),
        "arithmetic",
    ),
    Dialect(
        "comparison_words",
        f"A comparison of two values is a word: {_named(_COMPARISONS)}.",
        *_signs(_COMPARISONS),
        "comparisons",
    ),
    Dialect(
        "swapped_parentheses",
        "Round brackets face the other way: a call opens with `)` and closes with `(`, and so does every other pair.",
        _marks(_BRACKETS),
        _marks(_BRACKETS),
        "round brackets",
    ),
    Dialect(
        "semicolons",
        "A semicolon stands wherever Python has a colon.",
        _marks({":": ";"}),
        _marks({";": ":"}),
        "colons",
    ),
    Dialect(
        "periods",
        "A period stands wherever Python has a comma.",
        _marks({",": "."}),
        _rewriting(_comma_again),
        "commas",
    ),
    Dialect(
        "yield_for_return",
        "The keyword `return` does not exist; `yield` is written instead and means just what `return` means.",
        *_words({"return": "yield"}),
        "return",
    ),
    Dialect(
        "if_else_exchanged",
        "The words `if` and `else` have traded places: `else` begins a condition, `if` begins the branch taken when "
        "it does not hold. The word `elif` stays as it is.",
        *_words(_EXCHANGE),
        "conditions",
    ),
    Dialect(
        "capital_keywords",
        "The keywords `def`, `for`, `while`, `in`, `if`, `elif`, `else` and `not` begin with a capital letter.",
        *_words(_CAPITALS),
        "keywords",
    ),
    Dialect(
        "quoted_numbers",
        "A number is written between single quotes, a minus sign staying outside, and a string between backticks in "
        "place of its quotes.",
        _rewriting(_quote),
        _rewriting(_unquote),
        "numbers",
    ),
)
