"""Writes the audit's own pages: one for each shift and each distribution, and one that lists them.

Each page needs nothing beside itself but the others that it links to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import Dataset
from eval.report.audit_examples import OVERLAPS, CueExamples, Read, cue_examples, named_examples, read
from eval.report.audit_view import view_audit
from eval.report.figures import Axis, spoken
from eval.report.render import page
from eval.verdicts import SHIFT_VERDICTS, VERDICTS, distance
from schemas import Example, JsonObject, ShiftworksError
from schemas.files import disk_errors, read_bytes, write_whole

NAME = re.compile(r"[a-z0-9_]+")
#: The page that lists the others.
INDEX = "index"
#: Tokens of a distribution that a page shows, the strongest first.
TOKENS = 12
#: Pair accuracies all lie on it.
AXIS = Axis(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
#: What a cue does from source to target, and what the reference does about it, in words and by gravity.
ACROSS = {
    "carries": ("carries over", "known"),
    "conflict": ("reversed", "known"),
    "target_only": ("target only", "known"),
    "source_only": ("source only", "known"),
    "none": ("no cue", ""),
}
CONTROL = {
    "controls": ("gone in the reference", "good"),
    "reduced": ("weak in the reference", "known"),
    "other_cue": ("gone, but another of its kind there", "known"),
    "contaminated": ("still in the reference", "bad"),
    "unclear": ("unclear", "known"),
    "uncontrolled": ("no reference", "bad"),
    "none": ("no cue in the target", ""),
}
#: What a probe is fitted on and where it is tested, by the field of the record.
WAYS = {
    "target": "source → target",
    "reference": "source → reference",
    "target_to_reference": "target → reference",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One distribution, whole.

    Attributes:
        role: `Source`, `Target`, `Target reference`; "" on its own page.
        name: The distribution.
        record: Its record of the audit; None where the audit holds none.
        verdict: Its verdict in words.
        gravity: How grave that is.
        tokens: Its strongest tokens.
        most: The largest count among those tokens, at least 1.
        cues: Its declared and its flagged cues, with examples.
        named: Examples that its defects and overlap name, by id.
    """

    role: str
    name: str
    record: JsonObject | None
    verdict: str
    gravity: str
    tokens: Sequence[JsonObject]
    most: int
    cues: Sequence[CueExamples]
    named: Mapping[str, Read]


@dataclass(frozen=True, slots=True)
class Dot:
    """One estimate in the transfer plot: its way (see `WAYS`), where it stands in percent of the axis, all in words."""

    role: str
    estimate: JsonObject
    at: float
    start: float
    end: float
    spoken: str


def write_audit_pages(audit: JsonObject, dataset: Dataset, out: Path) -> list[Path]:
    """Writes `audit/index.html` and, below `audit`, a page for each shift and each distribution of an audit.

    Args:
        audit: A record of kind `audit`.
        dataset: The data that was audited, for examples; what it lacks is left out of the pages.
        out: The folder of results.

    Returns:
        The pages' paths, the list first.

    Raises:
        ShiftworksError: A name cannot be a file's, two pages would have one name, or a data file has changed.
    """
    shifts, records = audit["shifts"], audit["distributions"]
    names = [record["name"] for record in (*shifts, *records)]
    _check(names)
    examples = named_examples(audit, dataset)
    parts = {record["name"]: record for record in records}
    common = {"audit": audit, "pages": frozenset(names)}
    pages = {INDEX: page("audit_index.html.j2", view=view_audit(audit), **common)}
    for record in shifts:
        pages[record["name"]] = _shift_page(record, parts, examples, common)
    for record in records:
        part = _part("", record["name"], record, examples)
        pages[record["name"]] = page("audit_part.html.j2", part=part, ordered=_ordered(record["cues"]), **common)
    paths = []
    for name, content in pages.items():
        paths.append(out / "audit" / f"{name}.html")
        write_whole(paths[-1], content)
    return paths


def remove_stale_pages(audit: JsonObject, out: Path) -> list[Path]:
    """Removes the pages of shifts and distributions that an audit of everything holds no longer.

    A page of ours says in its head what it is about; whatever else lies in the folder stays.

    Args:
        audit: A record of kind `audit`, of all that its data folder holds.
        out: The folder of results.

    Returns:
        The paths of the pages that are gone.

    Raises:
        ShiftworksError: A file cannot be read or removed.
    """
    kept = {INDEX, *(record["name"] for record in (*audit["shifts"], *audit["distributions"]))}
    stale = []
    for path in sorted((out / "audit").glob("*.html")):
        mark = f'<meta name="shifts-audit" content="{path.stem}">'.encode()
        if path.stem not in kept and path.is_file() and mark in read_bytes(path):
            with disk_errors(path):
                path.unlink()
            stale.append(path)
    return stale


def _check(names: Sequence[str]) -> None:
    taken = {INDEX}
    for name in names:
        if not NAME.fullmatch(name):
            raise ShiftworksError(f"no page can be named {name!r}; a name holds only small letters, digits and _")
        if name in taken:
            raise ShiftworksError(f"two pages of the audit would be named {name!r}; rename the shift or distribution")
        taken.add(name)


def _shift_page(
    record: JsonObject, parts: Mapping[str, JsonObject], examples: Mapping[str, Example], common: Mapping[str, object]
) -> bytes:
    roles = {"Source": record["source"], "Target": record["target"], "Target reference": record["target_reference"]}
    verdict, gravity = SHIFT_VERDICTS[record["verdict"]]
    rows = sorted(record["matrix"], key=lambda row: (-distance(row["target"]), row["cue"]))
    return page(
        "audit_shift.html.j2",
        shift=record,
        verdict=verdict,
        gravity=gravity,
        found=[row for row in rows if _found(row)],
        others=[row for row in rows if not _found(row)],
        across=ACROSS,
        control=CONTROL,
        axis=AXIS,
        ways=WAYS,
        plot=[(row["probe"], _dots(row)) for row in record["transfer"]],
        parts=[_part(role, name, parts.get(name), examples) for role, name in roles.items() if name],
        named={name: read(examples[name]) for pair in _overlaps(record) for name in pair if name in examples},
        **common,
    )


def _found(row: JsonObject) -> bool:
    """Whether a cue is off chance in any part."""
    return any(row[part] and row[part]["off"] for part in ("source", "target", "reference"))


def _overlaps(shift: JsonObject) -> list[Sequence[str]]:
    return [pair for key in OVERLAPS if shift[key] for pair in shift[key]["examples"]]


def _part(role: str, name: str, record: JsonObject | None, examples: Mapping[str, Example]) -> Part:
    if record is None:
        return Part(role, name, None, "not audited", "", (), 1, (), {})
    tokens = record["tokens"][:TOKENS]
    ids = [i for defect in record["defects"] for i in defect["examples"]]
    ids += [i for pair in (*record["overlap"]["examples"], *record["repeats"]["read"]) for i in pair]
    return Part(
        role,
        name,
        record,
        *VERDICTS[record["verdict"]],
        tokens=tokens,
        most=max([1, *(max(token["right"], token["wrong"]) for token in tokens)]),
        cues=cue_examples(record, examples),
        named={name: read(examples[name]) for name in ids if name in examples},
    )


def _ordered(cues: Sequence[JsonObject]) -> list[JsonObject]:
    """Cues, the farthest from chance first; those that are off chance before all others."""
    return sorted(cues, key=lambda cue: (not cue["off"], -distance(cue), cue["cue"]))


def _dots(row: JsonObject) -> list[Dot]:
    return [_dot(row["probe"], role, row[role]) for role in WAYS if row[role]]


def _dot(probe: str, role: str, estimate: JsonObject) -> Dot:
    value, low, high = (float(estimate[key]) for key in ("accuracy", "low", "high"))
    says = f"{probe.replace('_', ' ')}, {WAYS[role].replace('→', 'to')}: {spoken(value)}, 95 % interval "
    says += f"{spoken(low)} to {spoken(high)}; {'off chance' if estimate['off'] else 'not told from chance'}"
    return Dot(role, estimate, AXIS.place(value), AXIS.place(low), AXIS.place(high), says)
