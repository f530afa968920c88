"""Commands that look: list, show, preview; and `new`, which writes the one file of a new shift."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from cli.scaffold import shift_file
from cli.text import example_text, print_json, table
from generators.core.banks import BANKS, ROOT
from generators.core.profiles import Profile, become
from generators.core.registry import (
    LABELS,
    SHIFTS,
    FoundDistribution,
    FoundShift,
    distributions,
    find_distribution,
    shifts,
)
from schemas import Example, ShiftworksError
from schemas.files import read_json, read_lines, write_whole

PROCESSED = ROOT / "processed"
RESULTS = ROOT / "eval" / "results"


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("list")(list_)
    app.command()(show)
    app.command()(preview)
    app.command()(new)


def list_(
    only_distributions: Annotated[bool, typer.Option("--distributions", help="List distributions instead.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List all shifts, or all distributions."""
    if only_distributions:
        records: list[dict[str, Any]] = [
            {
                "name": name,
                "version": found.header.version,
                "declared_cues": dict(found.header.cues),
                "file": found.path.relative_to(ROOT).as_posix(),
                "construct": found.construct.splitlines()[0],
            }
            for name, found in distributions().items()
        ]
        columns = ["name", "version", "construct"]
    else:
        where = published_in()
        records = [
            {
                **found.entry.to_json(),
                "published": where.get((found.entry.source, found.entry.target)),
                "file": found.path.relative_to(ROOT).as_posix(),
                "summary": found.docstring.splitlines()[0],
            }
            for found in shifts().values()
        ]
        columns = ["name", "label", "category", "source", "target", "target_reference"]
    if as_json:
        print_json(records)
    else:
        print(table(columns, [[record[column] for column in columns] for record in records]))


def published_in() -> dict[tuple[str, str], str]:
    """Where a shift was published, by its source and target: `genies-15` its benchmark, `genies` the rest of its list.

    A shift that is not there is ours.
    """
    # Listing must stay quick, so the bank is not validated here; tests and imports do.
    records = [record for _, record in read_lines(BANKS / "genies" / "shifts.jsonl")]
    return {
        (each["source"], each["target"]): "genies-15" if each["benchmark"] else "genies"
        for each in records
        if each["kind"] == "published_shift"
    }


def show(
    name: Annotated[str, typer.Argument(help="A shift or a distribution.")],
    n: Annotated[int, typer.Option("-n", min=0, help="Examples to print of each distribution.")] = 1,
    data: Annotated[Path, typer.Option(help="Data folder.")] = PROCESSED,
) -> None:
    """Show a shift or distribution: what it asks, its card, its figures, examples."""
    if name in shifts():
        found = shifts()[name]
        entry = found.entry
        print(f"{name} ({entry.label}, {entry.category}), version {entry.version}\n")
        print(found.docstring, "\n")
        print(f"source     {entry.source}\ntarget     {entry.target}\nreference  {entry.target_reference or '-'}\n")
        _show_figures(found)
        parts: tuple[str, ...] = entry.parts
    else:
        parts = (find_distribution(name).header.name,)
    for part in parts:
        _show_distribution(part, n, data)


def _show_figures(found: FoundShift) -> None:
    """The shift's figures of the last evaluation, if there was one."""
    path = RESULTS / "results.json"
    if not path.is_file():
        print("figures    none yet; `make run` or `shifts eval` measures them\n")
        return
    rows = []
    for row in orjson.loads(path.read_bytes())["shifts"]:
        if row["shift"] == found.entry.name:
            figures = (row["generalization"], row["capability"], row["elicitation"], row["differential_elicitation"])
            rows.append(
                [row["intervention"], *(f"{e['value']:.3f} [{e['low']:.3f}, {e['high']:.3f}]" for e in figures)]
            )
    if rows:
        print(table(["intervention", "generalization", "capability", "elicitation", "DE"], rows), "\n")


def _show_distribution(name: str, n: int, data: Path) -> None:
    found = find_distribution(name)
    print(f"== {name}, version {found.header.version}\n\n{found.construct}\n")
    card_path = data / name / "card.json"
    if not card_path.is_file():
        print(f"not built in {data}; `shifts build {name}` builds it, `shifts preview {name}` shows examples\n")
        return
    # Listing must stay quick: the card was validated when it was written.
    card = orjson.loads(card_path.read_bytes())
    for split, size in card["splits"].items():
        print(f"{split:<10} {size['examples']} examples, {size['groups']} groups, {size['responses']} responses")
    print(f"labels     {card['proof']['status']}: {', '.join(f'{k} {v}' for k, v in card['proof']['kinds'].items())}")
    for cue, reason in card["declared_cues"].items():
        print(f"cue        {cue}: {reason}")
    print(f"items      {len(card['items'])} banks, {sum(bank['items'] for bank in card['items'])} items\n")
    for _, record in islice(read_lines(data / name / "test.jsonl"), n):
        print(f"{example_text(Example.from_json(record))}\n")


def preview(
    name: Annotated[str, typer.Argument(help="A shift or a distribution.")],
    n: Annotated[int, typer.Option("-n", min=1, help="Examples of each distribution.")] = 3,
    seed: Annotated[int, typer.Option(help="Seed of the build.")] = 0,
    picture: Annotated[Path | None, typer.Option(help="Draw the first example into this SVG file.")] = None,
    profile: Annotated[Profile, typer.Option(help="Items to take, as for `shifts build`.")] = Profile.EMBEDDED,
) -> None:
    """Print examples without writing anything but the picture that is asked for."""
    from generators.core.candidates import chunk
    from generators.core.registry import resolve

    become(profile)
    drawn = False
    for found in resolve([name], profile):
        print(f"== {found.header.name}\n")
        shown = 0
        for start in range(0, 100 * n, n):
            for candidate in chunk(found.header.name, seed, "train", start, n, profile=found.profile):
                if candidate.example and shown < n:
                    print(f"{example_text(candidate.example)}\n")
                    shown += 1
                    if picture and not drawn:
                        drawn = _draw(found, candidate.example, picture)
            if shown == n:
                break
        if shown < n:
            raise ShiftworksError(
                f"{found.path}: {found.header.name} gave {shown} examples out of {100 * n} candidates"
            )
    if picture and not drawn:
        raise ShiftworksError(f"{name}: its examples cannot be drawn; leave out --picture")


def _draw(found: FoundDistribution, example: Example, path: Path) -> bool:
    """Draws an example into a file, if its family can."""
    picture = found.picture(example)
    if picture is None:
        return False
    write_whole(path, picture.encode())
    print(f"drew the first of these into {path}\n")
    return True


def new(
    name: Annotated[str, typer.Argument(help="Name of the shift, such as `arc_easy_to_my_target`.")],
    label: Annotated[str, typer.Option(help="extreme or probing.")] = "probing",
    category: Annotated[str, typer.Option(help="Category, the folder it goes to.")] = "spurious_cues",
    source: Annotated[str, typer.Option(help="Distribution to tune on.")] = "alpaca_mmlu",
) -> None:
    """Write the file of a new shift, ready to fill."""
    for what, value in (("shift", name), ("category", category)):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            raise ShiftworksError(f"{what} {value!r}: expected lower-case letters, digits and underscores")
    if label not in LABELS:
        raise ShiftworksError(f"label {label!r}: expected one of {', '.join(LABELS)}")
    if name in shifts():
        raise ShiftworksError(f"{shifts()[name].path}: a shift named {name!r} stands there; choose another name")
    find_distribution(source)
    target = name.removeprefix(f"{source}_to_")
    if target in distributions():
        raise ShiftworksError(f"distribution {target!r} stands in {distributions()[target].path}; choose another name")
    path = SHIFTS / label / category / f"{name}.py"
    write_whole(path, shift_file(source, target).encode())
    print(f"wrote {path.relative_to(ROOT)}; fill its three functions, then: shifts preview {name}")


def manifest_names(data: Path) -> list[str]:
    """Names of the distributions in a data folder."""
    names: list[str] = read_json(data / "shifts.json", "manifest")["distributions"]
    return names
