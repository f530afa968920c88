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

from generators.core.streams import Stream
from schemas import Example, JsonObject, ShiftEntry, ShiftworksError, Split
from schemas.files import canonical, read_bytes, read_examples, read_json, sha256


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

    def digest(self, split: Split) -> str:
        """The SHA-256 of a split, on which all depends that is measured with it.

        Raises:
            ShiftworksError: The file is absent or cannot be read.
        """
        return sha256(read_bytes(self.folder / f"{split}.jsonl"))


class HeldOut(Distribution):
    """The training examples of a distribution as one of their own: most groups to tune on, the others to choose by.

    Its test examples are some of the training examples; the distribution's own test split is never opened.

    Args:
        whole: The distribution.
        share: Share of its training groups that is held out.
        seed: Seed of the choice.
    """

    def __init__(self, whole: Distribution, share: float, seed: int) -> None:
        super().__init__(whole.name, whole.folder)
        self.whole, self.share, self.seed = whole, share, seed

    def split(self, split: Split) -> Sequence[Example]:
        """The examples to tune on (`train`), or those held out (`test`)."""
        examples = self.whole.train
        held = held_out([example.group for example in examples], self.share, "sweep", self.seed)
        return tuple(example for example in examples if (example.group in held) == (split == "test"))

    def digest(self, split: Split) -> str:
        """A hash of the training file and of how it is split."""
        return sha256(canonical(["held out", self.whole.digest("train"), self.share, self.seed, split]))


def held_out(groups: Sequence[str], share: float, *key: str | int) -> frozenset[str]:
    """The groups of training examples that are held out, to choose by.

    Args:
        groups: Each example's group.
        share: Share of the groups; at least one is held out, and at least one is not.
        key: Key of the random choice.

    Raises:
        ShiftworksError: There are not two groups.
    """
    found = sorted(set(groups))
    if len(found) < 2:
        named = f" are of the group {found[0]!r}" if found else ""
        raise ShiftworksError(
            f"all {len(groups)} training examples{named}, so none can be held out to choose by; tune on a source of "
            "several groups"
        )
    count = min(max(1, round(share * len(found))), len(found) - 1)
    return frozenset(Stream(*key).sample(found, count))


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
