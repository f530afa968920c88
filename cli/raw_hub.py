"""Commands that fetch pinned sources of the hub: fetch, status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.text import print_json, table
from generators.core.banks import ROOT, UPSTREAM
from schemas import JsonObject, ShiftworksError


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(fetch)
    app.command()(status)


def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Sources; all by default.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Make items also of what is up to date.")] = False,
) -> None:
    """Fetch pinned sources of the Hugging Face hub and write their items to raw/upstream/."""
    from filling.hub.fetch import fetch as fetch_one
    from filling.hub.source import sources
    from filling.hub.store import Store
    from filling.hub.versioning import add_to_dvc

    known = sources()
    unknown = sorted(set(names or []) - set(known))
    if unknown:
        raise ShiftworksError(f"no source named {unknown[0]!r}; there are: {', '.join(known)}")
    store = Store(UPSTREAM)
    failed, untracked, hindered = [], [], None
    with store.alone():
        for name in sorted(set(names or known)):
            source, folder = known[name], f"raw/upstream/{name}"
            try:
                _print_made(name, made := fetch_one(source, store, anew=force))
                unknown_to_dvc = made is not None or not store.tracked(source).is_file()
                if unknown_to_dvc and (why := add_to_dvc(ROOT, folder)):
                    hindered = why
                    untracked.append(folder)
            except ShiftworksError as error:
                failed.append(name)
                print(f"error: {error}", file=sys.stderr)
    if untracked:
        print(f"not handed to DVC, since {hindered}; where it is: dvc add {' '.join(untracked)}")
    if failed:
        raise ShiftworksError(f"not fetched: {', '.join(failed)}")


def _print_made(name: str, made: JsonObject | None) -> None:
    """Prints what was made of a source: its items, and why rows are none."""
    if made is None:
        print(f"{name}: up to date")
        return
    print(f"{name}: {made['items']} items of {made['rows']} rows; licence: {made['licence']}")
    for reason, count in sorted(made["left_out"].items()):
        print(f"  left out {count}: {reason}")


def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show which sources are there, their licence, size and pinned revision."""
    from filling.hub.store import Store
    from filling.hub.store import status as status_of

    rows = status_of(Store(UPSTREAM))
    if as_json:
        print_json(rows)
        return
    columns = ["name", "state", "items", "MB", "licence", "revision", "hub"]
    print(
        table(
            columns,
            [
                [
                    row["name"],
                    row["state"],
                    row["items"],
                    None if row["bytes"] is None else round(row["bytes"] / 1e6, 1),
                    row["licence"],
                    row["revision"][:12],
                    row["repo"],
                ]
                for row in rows
            ],
        )
    )
