"""Commands that write pages to read and to commit: the gallery, and what can be read off responses alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.browse import PROCESSED, RESULTS
from generators.core.banks import ROOT
from schemas.files import read_json, write_whole

GALLERY = ROOT / "docs" / "gallery"
CUES = ROOT / "docs" / "cues.md"
exports = typer.Typer(help="Write pages in Markdown, to be committed.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.add_typer(exports, name="export")


@exports.command()
def gallery(
    data: Annotated[Path, typer.Option(help="Data folder.")] = PROCESSED,
    out: Annotated[Path, typer.Option(help="Folder for the pages.")] = GALLERY,
) -> None:
    """Write a page for every category: what each shift asks, and an example of each of its distributions."""
    from cli.gallery import INDEX
    from cli.gallery import gallery as pages

    made = pages(data)
    for name, text in made.items():
        write_whole(out / name, text.encode())
    print(f"wrote {len(made)} pages, {out / INDEX} links to all")


@exports.command()
def cues(
    released: Annotated[Path, typer.Argument(help="Folder with the audit.json of a release.", show_default=False)],
    results: Annotated[Path, typer.Option(help="Folder with the audit.json of what we build.")] = RESULTS,
    out: Annotated[Path, typer.Option(help="The page.")] = CUES,
) -> None:
    """Write a table of what can be read off responses alone, beside a release."""
    from eval.cue_table import cue_page

    ours, theirs = (read_json(folder / "audit.json", "audit") for folder in (results, released))
    write_whole(out, cue_page(ours, theirs).encode())
    print(f"wrote {out}")
