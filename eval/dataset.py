"""The one reader of a data folder, generated or imported: its shifts, and its distributions one at a time.

Nothing is read before it is asked for, and no file is believed: its bytes must have the SHA-256 that its card names,
so a figure is never measured on data that changed after it was built.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schemas import Example, JsonObject, ShiftEntry, ShiftworksError, Split
from schemas.files import read_bytes, read_examples, read_json, sha256


class Distribution:
    """One distribution of a data folder; card and splits are read when they are first asked for.

    Args:
        name: Its name.
        folder: Where its card and splits stand.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    @cached_property
    def card(self) -> JsonObject:
        """Its card.

        Raises:
            ShiftworksError: The card is absent, broken or another distribution's.
        """
        path = self.folder / "card.json"
        card: JsonObject = read_json(path, "card")
        if card["distribution"] != self.name:
            raise ShiftworksError(
                f"{path}: this is the card of {card['distribution']!r}, not of {self.name!r}; build again"
            )
        return card

    @cached_property
    def train(self) -> Sequence[Example]:
        """Its training examples; raises like `split`."""
        return self.split("train")

    @cached_property
    def test(self) -> Sequence[Example]:
        """Its test examples; raises like `split`."""
        return self.split("test")

    def split(self, split: Split) -> Sequence[Example]:
        """The examples of one split, read anew.

        Raises:
            ShiftworksError: The file is absent, broken, or not the one that its card describes.
        """
        path = self.folder / f"{split}.jsonl"
        if sha256(read_bytes(path)) != self.card["splits"][split]["sha256"]:
            raise ShiftworksError(f"{path}: its SHA-256 is not the one on {path.parent / 'card.json'}; build again")
        return tuple(read_examples(path))


@dataclass(frozen=True)
class Dataset:
    """What was asked for of a data folder.

    Attributes:
        data: The folder.
        shifts: The shifts, in the order of the manifest.
        distributions: The distributions by name, sorted; every part of every shift is among them.
    """

    data: Path
    shifts: tuple[ShiftEntry, ...]
    distributions: Mapping[str, Distribution]

    def __getitem__(self, name: str) -> Distribution:
        """One distribution by name.

        Raises:
            ShiftworksError: It was not asked for, or does not stand in the folder.
        """
        if name not in self.distributions:
            raise ShiftworksError(f"{self.data}: no distribution named {name!r}{_hint(name, self.distributions)}")
        return self.distributions[name]


def load(data: Path, names: Sequence[str] | None = None) -> Dataset:
    """Opens a data folder; only its manifest is read at once.

    Args:
        data: The folder that `shifts build` or `shifts import` wrote.
        names: Shifts or distributions; all where none is named. A shift brings its parts, a distribution brings no
            shift.

    Raises:
        ShiftworksError: The folder has no sound manifest, or a name stands for nothing in it.
    """
    manifest_path = data / "shifts.json"
    if not manifest_path.is_file():
        raise ShiftworksError(f"{manifest_path}: no such file; write the folder with `shifts build` or `shifts import`")
    manifest = read_json(manifest_path, "manifest")
    shifts = {record["name"]: ShiftEntry.from_json(record) for record in manifest["shifts"]}
    there = set(manifest["distributions"])
    for shift in shifts.values():
        for part in shift.parts:
            if part not in there:
                raise ShiftworksError(
                    f"{manifest_path}: shift {shift.name!r} needs {part!r}, which is not listed; build again"
                )
    wanted = list(names) if names else [*shifts, *there]
    chosen: set[str] = set()
    for name in wanted:
        if name in shifts:
            chosen.update(shifts[name].parts)
        elif name in there:
            chosen.add(name)
        else:
            raise ShiftworksError(f"{data}: no shift or distribution named {name!r}{_hint(name, [*shifts, *there])}")
    return Dataset(
        data,
        tuple(shift for name, shift in shifts.items() if name in wanted),
        {name: Distribution(name, data / name) for name in sorted(chosen)},
    )


def _hint(name: str, known: Sequence[str] | Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else "; its shifts.json names all"
