"""Plain text for terminals: tables, indented paragraphs, examples, JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from schemas import Example
from schemas.files import pretty


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Left-aligned columns, two spaces apart; None prints as a dash, numbers align right."""
    cells = [list(columns), *[["-" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    numeric = [
        bool(rows) and all(isinstance(row[i], int | float) or row[i] is None for row in rows)
        for i in range(len(columns))
    ]
    lines = []
    for row in cells:
        padded = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def paragraph(text: str, indent: str) -> str:
    """A text whose further lines are indented."""
    return text.replace("\n", f"\n{indent}")


def example_text(example: Example) -> str:
    """An example for a reader: its name, the prompt, then every response, the right one with a plus."""
    responses = [f"[{'+' if each.label else ' '}] {paragraph(each.text, '    ')}" for each in example.responses]
    return "\n".join([f"-- {example.id or example.group}", example.prompt, *responses])


def print_json(value: Any) -> None:
    """Prints a value as indented JSON."""
    sys.stdout.write(pretty(value).decode())
