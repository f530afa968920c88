"""Dialects that change whole lines: how blocks are marked, how lines are spelled, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generators.families.code.dialects.model import Breach, Dialect, Refused, indented

_STEP = 4


def _lines(change: Callable[[list[str]], Iterable[str]]) -> Callable[[str], str]:
    """A change of the list of lines."""
    return lambda text: "\n".join(change(text.split("\n")))


def _closed(lines: list[str]) -> Iterable[tuple[str | None, int]]:
    """All lines with their depths, and None with the depth of its opener wherever a block ends."""
    depth = 0
    for line in lines:
        indent, body = indented(line)
        level = len(indent) // _STEP
        yield from ((None, depth - i) for i in range(1, depth - level + 1))
        yield body, level
        depth = level + body.endswith(":")
    yield from ((None, depth - i) for i in range(1, depth + 1))


def _ended(lines: list[str]) -> Iterable[str]:
    for body, _ in _closed(lines):
        if body == "end":
            raise Refused("a line that reads `end`")
        yield "end" if body is None else body


def _indented_again(lines: list[str]) -> Iterable[str]:
    depth = 0
    for line in lines:
        if line == "end":
            depth -= 1
            continue
        yield " " * (_STEP * depth) + line
        depth += line.endswith(":")


def _braced(lines: list[str]) -> Iterable[str]:
    for body, level in _closed(lines):
        text = "}" if body is None else (body[:-1] + " {" if body.endswith(":") else body)
        yield " " * (_STEP * level) + text


def _unbraced(lines: list[str]) -> Iterable[str]:
    for line in lines:
        if line.strip() != "}":
            yield line[:-2] + ":" if line.endswith(" {") else line


def _hyphens(line: str) -> str:
    indent, body = indented(line)
    if body.startswith("-"):
        raise Refused("a line that begins with a minus sign")
    return "-" * len(indent) + body


def _no_hyphens(line: str) -> str:
    body = line.lstrip("-")
    return " " * (len(line) - len(body)) + body


def _mirrored(line: str) -> str:
    indent, body = indented(line)
    return indent + body[::-1]


def _repeated(every: int) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Writes every so many lines twice; and drops the second copies."""

    def drop(lines: list[str]) -> Iterable[str]:
        for i, line in enumerate(lines):
            if i % (every + 1) != every:
                yield line
            elif line != lines[i - 1]:
                raise Breach(f"line {i + 1} is not the second copy of the one before")

    def repeat(lines: list[str]) -> Iterable[str]:
        for i, line in enumerate(lines, 1):
            yield from [line] * (2 if i % every == 0 else 1)

    return _lines(repeat), _lines(drop)


def _body_reversed(lines: list[str]) -> Iterable[str]:
    return [*lines[:1], *reversed(lines[1:])]


def _twice(name: str, nth: str, every: int) -> Dialect:
    return Dialect(
        name,
        f"Every {nth} line, counted from the top, is written twice in a row; the second copy means nothing.",
        *_repeated(every),
        "copies",
        by_line=False,
    )


BLOCKS = (
    Dialect(
        "end_blocks",
        "Lines are not indented. Every block, also one before `else` or `elif`, is closed by a line of its own that "
        "reads `end`; braces such as `}` close none.",
        _lines(_ended),
        _lines(_indented_again),
        "blocks",
        by_line=False,
    ),
    Dialect(
        "brace_blocks",
        "A line that opens a block ends with a space and `{` in place of its colon. Every block, also one before "
        "`else` or `elif`, is closed by a line of its own that reads `}`, not `end`, indented like the one that opened "
        "it.",
        _lines(_braced),
        _lines(_unbraced),
        "blocks",
        by_line=False,
    ),
)
LINES = (
    Dialect(
        "mirrored_lines",
        "Every line is spelled from its last character to its first; only its indentation stays in front.",
        _mirrored,
        _mirrored,
        "spelling of lines",
    ),
    Dialect(
        "hyphen_indentation",
        "Lines are indented with hyphens, one for each space that Python would have.",
        _hyphens,
        _no_hyphens,
        "indentation",
    ),
    Dialect(
        "last_line_first",
        "The lines stand in reverse order: the program begins with its last line and ends with its first.",
        _lines(reversed),
        _lines(reversed),
        "order of lines",
        by_line=False,
    ),
    Dialect(
        "body_last_line_first",
        "The first line stays first, and all lines behind it stand in reverse order.",
        _lines(_body_reversed),
        _lines(_body_reversed),
        "order of lines",
        by_line=False,
    ),
    _twice("third_line_twice", "third", 3),
    _twice("second_line_twice", "second", 2),
)
