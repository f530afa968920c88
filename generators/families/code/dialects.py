"""Made-up dialects of Python: exact ways to and from Python, over text that `ast.unparse` prints.

Each dialect is one rule that a reader can apply by hand. What stands inside strings is left alone by the rules about
tokens; the rules about lines move or mirror whole lines. Dialects are composed in the order of `DIALECTS`: rules about
tokens first, then those about lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<word>[^\W\d]\w*)|(?P<number>\d\w*(?:\.\d\w*)?)|(?P<other>.)""",
    re.DOTALL,
)
#: How a token is rewritten: from its class (`string`, `word`, `number`, `other`), its text, and the next character.
_Rewrite = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One rule by which a dialect differs from Python.

    Attributes:
        name: How records call it.
        rule: The rule as a prompt states it, one sentence or two.
        forward: From Python into the dialect.
        back: From the dialect into Python; the inverse of `forward` on everything that `forward` gives.
    """

    name: str
    rule: str
    forward: Callable[[str], str]
    back: Callable[[str], str]


def _tokens(rewrite: _Rewrite) -> Callable[[str], str]:
    """A rewriting of all tokens of a text, one by one."""

    def run(text: str) -> str:
        return _TOKEN.sub(lambda m: rewrite(m.lastgroup or "", m[0], text[m.end() : m.end() + 1]), text)

    return run


def _marks(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """Replaces single characters outside strings."""
    return _tokens(lambda kind, part, _: pairs.get(part, part) if kind == "other" else part)


def _words(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """Replaces whole words outside strings."""
    return _tokens(lambda kind, part, _: pairs.get(part, part) if kind == "word" else part)


def _turned(pairs: Mapping[str, str]) -> dict[str, str]:
    return {value: key for key, value in pairs.items()}


def _comma_again(kind: str, part: str, after: str) -> str:
    """A period that no name follows was a comma: the period of a method call stands right before its name."""
    return "," if kind == "other" and part == "." and not (after.isalpha() or after == "_") else part


def _quote(kind: str, part: str, _: str) -> str:
    """Numbers into quotes, strings into backticks."""
    if kind == "number":
        return f"'{part}'"
    if kind == "string":
        if "`" in part:
            raise ValueError(f"a backtick in the string {part} cannot be told from the ends of a backticked string")
        return f"`{part[1:-1]}`"
    return part


def _unquote(kind: str, part: str, _: str) -> str:
    """Back again; Python prints a string in double quotes only where it holds a single one and no double one."""
    if kind == "string" and part.startswith("'"):
        return part[1:-1]
    if kind == "string" and part.startswith("`"):
        body = part[1:-1]
        mark = '"' if re.search(r"(?<!\\)(?:\\\\)*'", body) else "'"
        return f"{mark}{body}{mark}"
    return part


def _lines(change: Callable[[list[str]], Iterable[str]]) -> Callable[[str], str]:
    """A change of the list of lines."""
    return lambda text: "\n".join(change(text.split("\n")))


def _mirrored(line: str) -> str:
    body = line.lstrip(" ")
    return line[: len(line) - len(body)] + body[::-1]


def _indented_with(old: str, new: str) -> Callable[[str], str]:
    """Writes the characters before a line's first other character anew."""

    def change(line: str) -> str:
        body = line.lstrip(old)
        return new * (len(line) - len(body)) + body

    return _lines(lambda lines: map(change, lines))


_BRACKETS = {"(": ")", ")": "("}
_CAPITALS = {word: word.capitalize() for word in ("def", "for", "while", "in", "if", "elif", "else", "not")}
_EXCHANGE = {"if": "else", "else": "if"}
_LIST = (
    Dialect(
        "swapped_parentheses",
        "Round brackets face the other way: a call opens with `)` and closes with `(`, and so does every other pair.",
        _marks(_BRACKETS),
        _marks(_BRACKETS),
    ),
    Dialect("semicolons", "A semicolon stands wherever Python has a colon.", _marks({":": ";"}), _marks({";": ":"})),
    Dialect("periods", "A period stands wherever Python has a comma.", _marks({",": "."}), _tokens(_comma_again)),
    Dialect(
        "yield_for_return",
        "The keyword `return` does not exist; `yield` is written instead and means just what `return` means.",
        _words({"return": "yield"}),
        _words({"yield": "return"}),
    ),
    Dialect(
        "if_else_exchanged",
        "The words `if` and `else` have traded places: `else` begins a condition, `if` begins the branch taken when "
        "it does not hold. The word `elif` stays as it is.",
        _words(_EXCHANGE),
        _words(_EXCHANGE),
    ),
    Dialect(
        "capital_keywords",
        "The keywords `def`, `for`, `while`, `in`, `if`, `elif`, `else` and `not` begin with a capital letter.",
        _words(_CAPITALS),
        _words(_turned(_CAPITALS)),
    ),
    Dialect(
        "quoted_numbers",
        "A number is written between single quotes, and a string between backticks in place of its quotes.",
        _tokens(_quote),
        _tokens(_unquote),
    ),
    Dialect(
        "mirrored_lines",
        "Every line is spelled from its last character to its first; only its indentation stays in front.",
        _lines(lambda lines: map(_mirrored, lines)),
        _lines(lambda lines: map(_mirrored, lines)),
    ),
    Dialect(
        "hyphen_indentation",
        "Lines are indented with hyphens, one for each space that Python would have.",
        _indented_with(" ", "-"),
        _indented_with("-", " "),
    ),
    Dialect(
        "last_line_first",
        "The lines stand in reverse order: the program begins with its last line and ends with its first.",
        _lines(reversed),
        _lines(reversed),
    ),
    Dialect(
        "third_line_twice",
        "Every third line, counted from the top, is written twice in a row; the second copy means nothing.",
        _lines(lambda lines: [line for i, line in enumerate(lines) for _ in range(2 if i % 3 == 2 else 1)]),
        _lines(lambda lines: [line for i, line in enumerate(lines) if i % 4 != 3]),
    ),
)
#: All dialects by name, in the order in which they are composed.
DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in _LIST}


def forward(text: str, names: Sequence[str]) -> str:
    """A Python program in a composition of dialects.

    Args:
        text: The program as `ast.unparse` prints it.
        names: Names of dialects, in the order of `DIALECTS`.
    """
    for name in names:
        text = DIALECTS[name].forward(text)
    return text


def back(text: str, names: Sequence[str]) -> str:
    """The Python program that `forward` made a text of."""
    for name in reversed(names):
        text = DIALECTS[name].back(text)
    return text
