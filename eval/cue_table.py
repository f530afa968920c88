"""A table of what can be read off responses without their prompts, in all distributions of an audit.

Three kinds of cue say whether responses give themselves away: probes that read responses alone, length, and single
tokens. Of each kind the table has the cue that is farthest from chance, in units of what its family's error allows;
where another audit holds the distribution as well, its figures stand beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.verdicts import CHANCE, VERDICTS, counted, distance, ranked
from schemas import JsonObject

#: The cues of each kind, and what they read, by their names.
KINDS: Mapping[str, Mapping[str, str]] = {
    "Response only": {"response_words": "words", "response_characters": "characters"},
    "Length": {"longest": "characters", "most_words": "tokens", "most_lines": "lines"},
    "Single token": {"word": "word", "first_word": "first word", "last_word": "last word", "constant": "whole"},
}
#: Declared cues that a row names before it only counts the rest.
NAMED = 3

HEAD = """# What responses give away

Written by `shifts export cues`; not to be edited by hand. Pair accuracies (chance .5, ties count half) on train and
test together, of what this project builds and, beside it, of the release (Clymer et al. 2023, arXiv 2311.07723) where
it was at hand. *Response only*: a probe on words or on runs of characters of the response, cross-validated. *Length*:
in characters, tokens or lines; above .5 the longer response is right. *Single token*: the response that has some word,
first word, last word or whole text. Of each kind the table has the one farthest from chance. Brackets hold the
family-wise 95 % interval: all cues of a distribution share one error, as [audit.md](audit.md) says. **Bold** is off
chance: that interval leaves out .5, by an accuracy at least .01 away, which for a probe must lie above. Why a cue is
declared stands in the [gallery](gallery/index.md).
"""


def cue_page(audit: JsonObject, released: JsonObject) -> str:
    """A page in Markdown: how many distributions have a cue of each kind, then a row for each distribution.

    Args:
        audit: A record of kind `audit`; each of its distributions gets a row.
        released: Another, whose figures stand beside where it has a distribution of that name.
    """
    beside = {record["name"]: record for record in released["distributions"]}
    columns = ["verdict", *(kind.lower() for kind in KINDS)]
    head = ["Distribution", "Version", *columns, "declared cues off chance", *(f"released: {each}" for each in columns)]
    rows = [
        [
            f"`{record['name']}`",
            str(record["version"]),
            *_cells(record),
            _declared(record),
            *(_cells(beside[record["name"]]) if record["name"] in beside else [""] * len(columns)),
        ]
        for record in audit["distributions"]
    ]
    return "\n".join(
        [HEAD, *_counts(audit, released), "", _line(head), _line(["---"] * len(head)), *map(_line, rows), ""]
    )


def farthest(record: JsonObject, names: Mapping[str, str]) -> JsonObject | None:
    """Of the named cues of a distribution, the one farthest from chance; None where none was tested.

    Those that are off chance come first, and distance is in units of a cue's margin.

    Args:
        record: An audit's record of a distribution.
        names: Names of cues.
    """
    found = [cue for cue in record["cues"] if cue["cue"] in names]
    return max(found, key=_weight, default=None)


def _weight(cue: JsonObject) -> tuple[bool, bool, float]:
    # A probe counts upwards only: one below chance has learned what nobody can use.
    usable = cue["kind"] != "probe" or cue["accuracy"] > CHANCE
    return usable, cue["off"], distance(cue) / cue["margin"] if cue["margin"] else 0.0


def _cells(record: JsonObject) -> Iterator[str]:
    """The verdict, and the figure of each kind with its interval, off chance in bold."""
    yield f"{VERDICTS[record['verdict']][0]} ({counted(record, 'off')} of {len(record['cues'])} off)"
    for names in KINDS.values():
        cue = farthest(record, names)
        yield _figure(cue, names[cue["cue"]]) if cue else "none tested"


def _figure(cue: JsonObject, reads: str) -> str:
    """A cue's accuracy with the interval that its family's error allows; bold where it leaves out chance."""
    low, high = (min(max(cue["accuracy"] + sign * cue["margin"], 0.0), 1.0) for sign in (-1, 1))
    text = f"{cue['accuracy']:.3f} [{low:.3f}, {high:.3f}]"
    return f"{f'**{text}**' if cue['off'] else text} {reads}"


def _declared(record: JsonObject) -> str:
    names = [f"`{cue['cue']}`" for cue in ranked(record) if cue["off"] and cue["declared"]]
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return ", ".join([*names[:NAMED], *more]) or "none"


def _counts(*audits: JsonObject) -> Iterator[str]:
    """For each audit the distributions with a cue of each kind off chance, and those of them without a declaration."""
    head = ["", "Distributions", *KINDS, "Any cue", "Undeclared", "Grave defect or leak"]
    yield _line(head)
    yield _line(["---", *(["---:"] * (len(head) - 1))])
    for title, audit in zip(("Regenerated", "Released"), audits, strict=True):
        records: Sequence[JsonObject] = audit["distributions"]
        off = [[cue["cue"] for cue in record["cues"] if cue["off"]] for record in records]
        kinds = [sum(any(name in names for name in own) for own in off) for names in KINDS.values()]
        flagged = sum(any(cue["flagged"] for cue in record["cues"]) for record in records)
        bad = sum(record["verdict"] in ("defect", "leak") for record in records)
        yield _line(list(map(str, [title, len(records), *kinds, sum(map(bool, off)), flagged, bad])))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
