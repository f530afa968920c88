"""Commands that write pages to read and to commit: the gallery, what responses give away, and the study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.browse import PROCESSED, RESULTS
from generators.core.banks import ROOT
from schemas.files import read_json, write_whole

GALLERY = ROOT / "docs" / "gallery"
CUES = ROOT / "docs" / "cues.md"
STUDY = ROOT / "docs" / "study"
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


@exports.command()
def study(
    results: Annotated[Path, typer.Argument(help="The results.json of an evaluation.", show_default=False)],
    released: Annotated[Path | None, typer.Option(help="The results.json of one on released data.")] = None,
    published: Annotated[Path | None, typer.Option(help="Folder with <intervention>/GENIES.csv.")] = None,
    machine: Annotated[str | None, typer.Option(help="The machine in words, to be kept with the results.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0, help="How long it took, to be kept with them.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the page, its pictures and the results.")] = STUDY,
) -> None:
    """Write what an evaluation says of the GENIES pattern, with all that the page is made from."""
    from eval.study import PAGE
    from eval.study import study as files

    ours = read_json(results, "result")
    theirs = read_json(released, "result") if released else None
    made = files(ours, theirs, published, machine, minutes)
    for name, data in made.items():
        write_whole(out / name, data)
    print(f"wrote {len(made)} files, {out / PAGE} shows all")
