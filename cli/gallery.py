"""The gallery: pages in Markdown that show every shift and one example of every distribution.

What a shift or a distribution says of itself is read from its file; sizes, proofs and examples from built data. A page
holds the shifts of a category. A distribution stands in full under the first shift that tests on it (or measures
capability on it, or tunes on it), and other shifts link to it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.browse import published_in
from cli.text import example_text
from generators.core.registry import FoundDistribution, FoundShift, distributions, shifts
from schemas import SPLITS, Example, ShiftworksError, Split
from schemas.files import read_examples, read_json

#: The page that links to all others.
INDEX = "index.md"
#: Signs in a line of an example before it is broken.
WIDTH = 110
#: Groups below which a distribution is said to have few.
LEAST: Mapping[Split, int] = {"train": 200, "test": 100}
COMMAND = "shifts export gallery"
#: A part of a shift's docstring, such as the hypothesis.
FIELD = re.compile(r"^([A-Z][\w ]*): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A distribution as it was built: its card and the example that is shown."""

    card: Mapping[str, Any]
    example: Example

    @property
    def plenty(self) -> int:
        """0 with few groups, 1 with fewer groups than examples, 2 with a group for every example."""
        sizes = self.card["splits"]
        if any(sizes[split]["groups"] < LEAST[split] for split in SPLITS):
            return 0
        return 1 if any(size["groups"] < size["examples"] for size in sizes.values()) else 2


def shown(data: Path, found: FoundDistribution) -> Shown:
    """A distribution's card and its first test example.

    Args:
        data: A data folder.
        found: The distribution.

    Raises:
        ShiftworksError: It was not built there, has no test example, or is of another version.
    """
    name = found.header.name
    card = read_json(data / name / "card.json", "card")
    if card["version"] != found.header.version:
        raise ShiftworksError(
            f"{data / name}: holds version {card['version']} of {name}, its file says {found.header.version}; "
            f"`shifts build {name}` builds it"
        )
    examples = read_examples(data / name / "test.jsonl")
    if not examples:
        raise ShiftworksError(f"{data / name}: no test example to show; build it with --n-test 1 or more")
    return Shown(card, examples[0])


def gallery(data: Path) -> dict[str, str]:
    """All pages of the gallery, by their file's name.

    Args:
        data: The data folder that sizes, proofs and examples are taken from.

    Raises:
        ShiftworksError: A distribution of a shift is not built there, or is of another version.
    """
    homes = home_shifts()
    built = {name: shown(data, distributions()[name]) for name in sorted(homes)}
    pages = {}
    for (label, category), members in kinds().items():
        parts = [f"# {category.replace('_', ' ').capitalize()} ({label})\n", f"{written()} [All shifts]({INDEX}).\n"]
        for found in members:
            own = [name for name in found.entry.parts if homes[name] == found.entry.name]
            parts += [shift_text(found), *(distribution_text(distributions()[name], built[name]) for name in own)]
        pages[page_of(members[0])] = "\n".join(parts)
    pages[INDEX] = index_text(built)
    return pages


def kinds() -> dict[tuple[str, str], list[FoundShift]]:
    """The shifts of each label and category, in the order of the pages."""
    result: dict[tuple[str, str], list[FoundShift]] = {}
    for found in sorted(shifts().values(), key=lambda each: (each.entry.label, each.entry.category, each.entry.name)):
        result.setdefault((found.entry.label, found.entry.category), []).append(found)
    return result


def page_of(found: FoundShift) -> str:
    """The file's name of a shift's page."""
    return f"{found.entry.label}_{found.entry.category}.md"


def home_shifts() -> dict[str, str]:
    """For each distribution the shift under which it stands in full."""
    entries = [found.entry for members in kinds().values() for found in members]
    homes: dict[str, str] = {}
    for part in ("target", "target_reference", "source"):
        for entry in entries:
            if name := getattr(entry, part):
                homes.setdefault(name, entry.name)
    return homes


def written() -> str:
    """Who wrote a page."""
    return f"Written by `{COMMAND}`; not to be edited by hand."


def shift_text(found: FoundShift) -> str:
    """A shift: what it asks, in the parts of its docstring, and its three distributions."""
    entry = found.entry
    asks, *fields = FIELD.split(found.docstring)
    reference = link(entry.target_reference) if entry.target_reference else "none, the target serves itself"
    return "\n".join(
        [
            f"## {entry.name}\n",
            f"**{' '.join(asks.split())}**\n",
            *(f"- *{name}:* {' '.join(text.split())}" for name, text in zip(fields[::2], fields[1::2], strict=True)),
            f"- *Tuned on* {link(entry.source)}, *tested on* {link(entry.target)}, *reference:* {reference}.\n",
        ]
    )


def link(name: str) -> str:
    """A link to where a distribution stands in full."""
    return f"[{name}]({page_of(shifts()[home_shifts()[name]])}#{name})"


def distribution_text(found: FoundDistribution, built: Shown) -> str:
    """A distribution: what it measures, how large it is, how its labels were established, its cues and an example."""
    return "\n".join([construct_text(found), facts_text(built), *cues_text(found), example_block(built.example)])


def construct_text(found: FoundDistribution) -> str:
    """A distribution's name and version, and what it measures."""
    return f"### {found.header.name}\n\nVersion {found.header.version}. {found.construct}\n"


def facts_text(built: Shown) -> str:
    """How large a distribution is, and how its labels were established."""
    sizes = [f"{size['examples']} {split} examples of {size['groups']} groups" for split, size in _sizes(built)]
    proof = built.card["proof"]
    routes = ", ".join(f"{kind} {count}" for kind, count in proof["kinds"].items())
    return f"{' and '.join(sizes)}; labels {proof['status']} ({routes}).\n"


def cues_text(found: FoundDistribution) -> Iterator[str]:
    """The cues that a distribution declares, each with its reason."""
    if found.header.cues:
        yield "\n".join(f"- Declared cue `{cue}`: {reason}" for cue, reason in found.header.cues.items()) + "\n"


def example_block(example: Example) -> str:
    """An example as it stands, in a block that none of its own signs can end; long lines are broken."""
    lines = example_text(example).splitlines()
    broken = [part for line in lines for part in (_broken(line) if len(line) > WIDTH else [line])]
    text = "\n".join(broken)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}\n"


def _broken(line: str) -> Sequence[str]:
    """A line as several, which begin where its text does."""
    indent = len(line) - len(line.removeprefix("[+] ").removeprefix("[ ] ").lstrip())
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def index_text(built: Mapping[str, Shown]) -> str:
    """The page that links to all others: every shift by category, then every distribution with its sizes."""
    lines = [
        "# Gallery\n",
        f"{len(shifts())} shifts of {len(built)} distributions. {written()} A link leads to what a shift asks, and to "
        "the first test example of each of its distributions, where lines that are too long are broken. `genies-15` "
        "are the shifts of the benchmark GENIES (Clymer et al. 2023, arXiv 2311.07723), `genies` the others of its "
        "list; the rest is new.\n",
    ]
    for (label, category), members in kinds().items():
        lines += [
            f"## [{category.replace('_', ' ').capitalize()} ({label})]({page_of(members[0])})\n",
            "| Shift | Asks | Published in |",
            "| --- | --- | --- |",
            *map(shift_row, members),
            "",
        ]
    return "\n".join([*lines, groups_text(built)])


def shift_row(found: FoundShift) -> str:
    """A shift's row in the index."""
    name, where = found.entry.name, published_in().get((found.entry.source, found.entry.target), "")
    return f"| [{name}]({page_of(found)}#{name}) | {found.docstring.splitlines()[0]} | {where} |"


def groups_text(built: Mapping[str, Shown]) -> str:
    """How many groups each distribution has, those with the fewest first."""
    ordered = sorted(built, key=lambda name: (built[name].card["splits"]["train"]["groups"], name))
    few, fewer, full = (sum(one.plenty == plenty for one in built.values()) for plenty in range(3))
    return "\n".join(
        [
            "## Distributions\n",
            "A group is the raw thing that examples are made from, and what intervals resample: "
            f"{full} distributions have one for every example, {fewer} have fewer, and {few} have less than "
            f"{LEAST['train']} for training or {LEAST['test']} for testing. Those with the fewest groups come first.\n",
            "| Distribution | Version | Groups of train | of test | Labels | Declared cues |",
            "| --- | ---: | --- | --- | --- | --- |",
            *(_row(name, built[name]) for name in ordered),
            "",
        ]
    )


def _row(name: str, one: Shown) -> str:
    proof = one.card["proof"]
    groups = [f"{size['groups']} for {size['examples']} examples" for _, size in _sizes(one)]
    cues = ", ".join(f"`{cue}`" for cue in one.card["declared_cues"]) or "none"
    cells = (link(name), one.card["version"], *groups, f"{proof['status']}: {', '.join(proof['kinds'])}", cues)
    return f"| {' | '.join(map(str, cells))} |"


def _sizes(built: Shown) -> list[tuple[Split, Mapping[str, int]]]:
    """The sizes of train and of test."""
    return [(split, built.card["splits"][split]) for split in SPLITS]
