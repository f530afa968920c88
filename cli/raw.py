"""Commands that fill `raw/`: the only ones that talk to anything outside this machine."""

from __future__ import annotations

import typer

from cli import raw_grow, raw_hub

raw = typer.Typer(
    help="Fill raw/ from outside; builds only read what lies there.", no_args_is_help=True, rich_markup_mode=None
)
for module in (raw_grow, raw_hub):
    module.register(raw)


def register(app: typer.Typer) -> None:
    """Adds this group of commands."""
    app.add_typer(raw, name="raw")
