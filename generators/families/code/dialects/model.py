"""What a dialect is: one rule, stated, with an exact way from Python into it and back."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace


class Refused(Exception):  # noqa: N818 - a finding about a program, not a fault of ours
    """A program lies outside a dialect's subset; the message says why."""


class Breach(Exception):  # noqa: N818 - a finding about a text, not a fault of ours
    """A text does not follow the rule of a dialect; the message says where."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One rule by which a dialect differs from Python.

    Attributes:
        name: How records call it.
        rule: The rule as a prompt states it.
        forward: From Python into the dialect; raises `Refused`.
        back: From the dialect into Python; the inverse of `forward` on everything that `forward` gives. What it makes
            of any other text means nothing; it may raise `Breach`.
        subject: What the rule is about. Dialects of one subject do not go together, and one is taken for another.
        by_line: Whether `forward` and `back` take single lines; otherwise they take whole programs.
        excepted: The line that the rule leaves alone, counted from 1 where the rule is applied; 0 for none.
    """

    name: str
    rule: str
    forward: Callable[[str], str]
    back: Callable[[str], str]
    subject: str
    by_line: bool = True
    excepted: int = 0

    def excepting(self, line: int) -> Dialect:
        """The dialect whose rule leaves one line alone.

        Raises:
            ValueError: The rule is about the program as a whole, or there is no such line.
        """
        if not self.by_line or line < 1:
            raise ValueError(f"{self.name} cannot leave line {line} alone")
        rule = f"{self.rule} But line {line}, counted from the top when this change is made, stays as it is."
        return replace(self, name=f"{self.name} except {line}", rule=rule, excepted=line)

    def into(self, text: str) -> str:
        """A whole text, taken into the dialect."""
        return self._whole(self.forward, text)

    def out_of(self, text: str) -> str:
        """A whole text, taken back out of the dialect."""
        return self._whole(self.back, text)

    def _whole(self, change: Callable[[str], str], text: str) -> str:
        if not self.by_line:
            return change(text)
        lines = enumerate(text.split("\n"), 1)
        return "\n".join(line if number == self.excepted else change(line) for number, line in lines)


def indented(line: str) -> tuple[str, str]:
    """A line's indentation and its rest."""
    body = line.lstrip(" ")
    return line[: len(line) - len(body)], body


def reread(line: str, change: Callable[[ast.stmt], ast.AST]) -> str:
    """A line of a program, parsed, changed and printed again; an opener of a block stands without its block.

    Raises:
        Breach: The line is no line of Python.
    """
    indent, body = indented(line)
    if body == "else:":
        return line
    # An `elif` reads as an `if`, whose first two letters are cut off and put back.
    cut = "el" if body.startswith("elif ") else ""
    try:
        statements = ast.parse(body[len(cut) :] + (" pass" if body.endswith(":") else "")).body
    except (SyntaxError, ValueError, RecursionError):
        statements = []
    if len(statements) != 1:
        raise Breach(f"the line {body!r} cannot be read")
    return indent + cut + ast.unparse(change(statements[0])).partition("\n")[0]
