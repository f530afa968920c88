"""Shifts and distributions as the page shows them: what the author says, the card in short, examples to read."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.report.collect import Part, Sources
from schemas import Example, JsonObject, ShiftEntry

#: Characters of a text that the page prints; the rest stays in the data file, and the page says so.
PRINTED = 3000
#: A text is folded beyond this many characters or lines.
LONG, TALL = 700, 18
#: Characters up to which a response stands beside its mark.
BRIEF = 90
FIELD = re.compile(r"([A-Z][A-Za-z -]{1,24}): +(.+)")
#: Control characters have no print of their own; they are shown as their Unicode pictures.
PICTURES = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a docstring; `term` is its field (`Hypothesis`), "" for plain text."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an example.

    Attributes:
        shown: What the page prints.
        size: Characters of the whole text.
        long: Whether it is folded.
        cut: Characters that the page leaves out.
    """

    shown: str
    size: int
    long: bool
    cut: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One example.

    Attributes:
        id: Its id.
        kind: The kind of its proof.
        prompt: The prompt.
        picture: The address of a drawing of it, which is its own data; "" where there is none.
        responses: Each response, and whether it is right.
        brief: Whether every response is short enough to stand beside its mark.
    """

    id: str
    kind: str
    prompt: Text
    picture: str
    responses: Sequence[tuple[Text, bool]]
    brief: bool


@dataclass(frozen=True, slots=True)
class Banks:
    """Banks of one licence and source: their names and the number of their items together."""

    licence: str
    source: str
    names: Sequence[str]
    items: int


@dataclass(frozen=True, slots=True)
class PartView:
    """One distribution: its card, the card's lines that need words, and examples."""

    card: JsonObject
    construct: Sequence[Block]
    labels: str
    banks: Sequence[Banks]
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Role:
    """One part of a shift.

    Attributes:
        role: `Source`, `Target`, `Target reference`, or two of them.
        part: The distribution.
        shown_in: The earlier shift whose section holds card and examples; None if they stand here.
    """

    role: str
    part: PartView
    shown_in: str | None


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift's section: its entry, what its author says, its parts."""

    entry: ShiftEntry
    blocks: Sequence[Block]
    roles: Sequence[Role]


def view_shifts(sources: Sources) -> tuple[list[ShiftView], list[PartView]]:
    """All shifts, and the distributions that belong to none; each distribution is shown whole once.

    Args:
        sources: What the report is made from.
    """
    parts = {name: view_part(part) for name, part in sources.parts.items()}
    shown: dict[str, str] = {}
    shifts = []
    for entry in sources.shifts:
        roles = [Role(role, parts[name], shown.get(name)) for name, role in _roles(entry).items()]
        for name in entry.parts:
            shown.setdefault(name, entry.name)
        shifts.append(ShiftView(entry, blocks(sources.docstrings.get(entry.name, "")), roles))
    return shifts, [part for name, part in parts.items() if name not in shown]


def _roles(entry: ShiftEntry) -> dict[str, str]:
    """The roles of each part; one distribution may have two."""
    roles: dict[str, str] = {}
    for role, name in (
        ("Source", entry.source),
        ("Target", entry.target),
        ("Target reference", entry.target_reference),
    ):
        if name:
            roles[name] = f"{roles[name]} and {role.lower()}" if name in roles else role
    return roles


def blocks(docstring: str) -> list[Block]:
    """A docstring's paragraphs; a line `Name: text` opens a field, further lines continue it."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", docstring.strip()):
        fresh = True
        for line in filter(None, map(str.strip, paragraph.splitlines())):
            if field := FIELD.fullmatch(line):
                found.append(Block(field[1], field[2]))
            elif fresh:
                found.append(Block("", line))
            else:
                found[-1] = Block(found[-1].term, f"{found[-1].text} {line}")
            fresh = False
    return found


def view_part(part: Part) -> PartView:
    """One distribution, put in words for the page."""
    card = part.card
    return PartView(
        card=card,
        construct=blocks(card["construct"]),
        labels=labels(card["proof"]),
        banks=list(_banks(card["items"])),
        samples=[_sample(*each) for each in zip(part.samples, part.pictures, strict=True)],
    )


def labels(proof: JsonObject) -> str:
    """How far labels can be trusted, in words, with the number of examples of each kind of proof."""
    kinds = ", ".join(f"{kind.replace('_', ' ')} {count:,}" for kind, count in sorted(proof["kinds"].items()))
    words = {
        "proven": "proven",
        "sourced": "from the source's key, not proven",
        "mixed": "some proven, some from the source's key and not proven",
    }[proof["status"]]
    return f"{words}: {kinds}" if kinds else words


def _banks(items: Sequence[JsonObject]) -> Iterator[Banks]:
    """Banks gathered by licence and source, in the order of the card."""
    gathered: dict[tuple[str, str], list[JsonObject]] = {}
    for bank in items:
        gathered.setdefault((bank["licence"], bank["source"]), []).append(bank)
    for (licence, source), banks in gathered.items():
        yield Banks(licence, source, [bank["bank"] for bank in banks], sum(bank["items"] for bank in banks))


def _sample(example: Example, picture: str | None) -> Sample:
    responses = [(_text(response.text), response.label == 1) for response in example.responses]
    brief = all(len(response.text) <= BRIEF and "\n" not in response.text for response in example.responses)
    drawn = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}" if picture else ""
    return Sample(example.id, example.proof.kind.replace("_", " "), _text(example.prompt), drawn, responses, brief)


def _text(text: str) -> Text:
    shown = text[:PRINTED].translate(PICTURES)
    return Text(shown, len(text), len(shown) > LONG or shown.count("\n") >= TALL, max(0, len(text) - PRINTED))


def flat(value: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """A nested record as lines of dotted names and texts, for settings and environments of any shape."""
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, Mapping) and inner:
            yield from flat(inner, f"{name}.")
        elif isinstance(inner, list):
            yield name, ", ".join(map(str, inner)) or "none"
        else:
            yield name, "none" if inner in (None, {}) else str(inner)
