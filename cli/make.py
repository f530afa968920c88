"""Commands that make and check data: build, validate, import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.browse import PROCESSED
from cli.text import table
from generators.core.banks import BANKS, UPSTREAM
from generators.core.profiles import Profile
from generators.core.views import View
from schemas import ShiftworksError
from schemas.files import pretty, write_whole

#: Faults of plain data that are printed; the report holds all.
SHOWN = 20
importers = typer.Typer(help="Import data that others released.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(build)
    app.command()(validate)
    app.add_typer(importers, name="import")


def _workers(asked: int) -> int:
    """The number of processes: as asked, or one for each core."""
    return asked or os.cpu_count() or 1


def build(
    names: Annotated[list[str] | None, typer.Argument(help="Shifts or distributions; all by default.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of every random stream.")] = 0,
    n_train: Annotated[int, typer.Option(min=0, help="Training examples of each distribution.")] = 600,
    n_test: Annotated[int, typer.Option(min=0, help="Test examples of each distribution.")] = 250,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 takes every core.")] = 0,
    out: Annotated[Path, typer.Option(help="Data folder to write to.")] = PROCESSED,
    force: Annotated[bool, typer.Option("--force", help="Build also what is up to date.")] = False,
    view: Annotated[
        View | None, typer.Option(help="Show one response and ask whether it is good, instead of comparing several.")
    ] = None,
    profile: Annotated[
        Profile,
        typer.Option(
            help="Items to build from: the banks, published datasets where there is a use for them, or "
            "the banks with what was grown for them."
        ),
    ] = Profile.EMBEDDED,
) -> None:
    """Build and prove distributions; the same seed gives the same bytes."""
    from generators.core import engine
    from generators.core.registry import resolve

    found = resolve(names or [], profile)
    built = engine.build(
        found,
        _elsewhere(out, "build views") if view else out,
        seed=seed,
        sizes=engine.Sizes(n_train, n_test),
        workers=_workers(workers),
        force=force,
        view=view,
    )
    fresh = [one.name for one in built if not one.skipped]
    print(f"built {len(fresh)} distributions in {out}, {len(built) - len(fresh)} were up to date")
    if profile is not Profile.EMBEDDED:
        own = sum(one.profile is profile for one in built)
        print(f"{own} of them from {profile} items, the rest from the banks alone")
    for one in built:
        if one.lacking:
            few = " and ".join(f"{number} {split}" for split, number in one.lacking.items())
            print(f"{one.name}: its published items are {few} examples too few for what was asked")


def validate(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; by default banks and data.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 takes every core.")] = 0,
    receipt: Annotated[Path | None, typer.Option(help="Write what was checked to this file.")] = None,
) -> None:
    """Check files against their schemas and labels against their provers."""
    from generators.core.verify import check_paths

    checked = check_paths(paths or [path for path in (BANKS, PROCESSED) if path.exists()], _workers(workers))
    rows = [["files", checked.files], ["records", checked.records]]
    rows += [[f"labels {kind}", count] for kind, count in checked.proven.items()]
    if checked.unproven:
        rows.append(["labels without a prover", checked.unproven])
    print(table(["valid", "count"], rows))
    if receipt:
        record = {"files": checked.files, "records": checked.records, "labels": checked.proven}
        write_whole(receipt, pretty({**record, "unproven": checked.unproven}))


@importers.command()
def genies(
    folder: Annotated[Path, typer.Argument(help="Folder of released distributions, one folder each.")],
    out: Annotated[Path, typer.Option(help="Data folder to write to.")],
) -> None:
    """Import distributions in the format that the GENIES authors released."""
    from generators.importers.genies import import_genies

    _print_import(import_genies(folder, _elsewhere(out)), out)


@importers.command()
def plain(
    folder: Annotated[Path, typer.Argument(help="Folder of distributions, one folder each, and perhaps shifts.json.")],
    out: Annotated[Path, typer.Option(help="Data folder to write to.")],
) -> None:
    """Import any preference data: prompts with labelled, or chosen and rejected, responses."""
    from generators.importers.plain import import_plain

    report = import_plain(folder, _elsewhere(out))
    left_out = [quirk for quirk in report["quirks"] if quirk["outcome"] == "left_out"]
    for quirk in left_out[:SHOWN]:
        record = "" if quirk["record"] is None else f" record {quirk['record']}"
        print(f"{quirk['file']}{record}: {quirk['detail']}")
    if len(left_out) > SHOWN:
        print(f"and {len(left_out) - SHOWN} more that were left out")
    _print_import(report, out)


@importers.command()
def apps(
    file: Annotated[Path, typer.Argument(help="JSONL file of the dataset codeparrot/apps.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Bank to write.")] = UPSTREAM / "apps.jsonl",
) -> None:
    """Import programming problems of APPS as a bank; a solution is kept if it passes its tests in the sandbox."""
    from generators.importers.apps import import_apps

    made = import_apps(file, out)
    print(table(["left out because", "records"], [[reason, count] for reason, count in made.reasons.items()]))
    print(f"\nimported {made.kept} problems into {out}")


def _elsewhere(out: Path, what: str = "import") -> Path:
    """The folder for what is not the distributions as they are, which must not be the one of those."""
    if out.resolve() == PROCESSED.resolve():
        raise ShiftworksError(f"{out}: holds what we generate; {what} into a folder of its own (--out)")
    return out


def _print_import(report: Mapping[str, Any], out: Path) -> None:
    """Prints what an import found, by kind."""
    quirks: dict[str, list[int]] = {}
    for quirk in report["quirks"]:
        counts = quirks.setdefault(quirk["quirk"], [0, 0])
        counts[quirk["outcome"] == "left_out"] += 1
    rows = [[quirk, kept, left_out] for quirk, (kept, left_out) in sorted(quirks.items())]
    print(table(["quirk", "kept", "left out"], rows))
    read = sum(each["read"] for each in report["distributions"])
    imported = sum(each["imported"] for each in report["distributions"])
    print(f"\nimported {imported} of {read} examples of {len(report['distributions'])} distributions into {out}")
    print(f"every quirk by file and record: {out / 'import_report.json'}")
