"""Commands that let a language model fill banks: grow, translate, distract, paraphrase."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:  # noqa: ARG001 - the commands follow with the engine that they call
    """Adds this module's commands."""
