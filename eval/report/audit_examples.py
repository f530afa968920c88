"""The examples that an audit names, found again in the data and made ready to read, with the cue marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.audit.cues import cues
from eval.audit.table import Table
from eval.dataset import Dataset
from eval.report.marks import Marked, excerpt, mark_prompt, mark_response
from eval.verdicts import CHANCE, distance
from schemas import SPLITS, Example, JsonObject

#: What the record of a shift compares test examples in, by its fields.
OVERLAPS = ("overlap", "reference_overlap", "target_overlap")
#: Characters of a text that stands only to be recognized.
GLANCE = 240


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair to read side by side: its example's id, the prompt (None where the data lack the example), both texts."""

    id: str
    prompt: Marked | None
    right: Marked
    wrong: Marked


@dataclass(frozen=True, slots=True)
class CueExamples:
    """A cue's record, and its examples."""

    cue: JsonObject
    shown: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Read:
    """An example at a glance: its prompt, and each response with whether it is right."""

    prompt: Marked
    responses: Sequence[tuple[Marked, bool]]


def named_examples(audit: JsonObject, dataset: Dataset) -> dict[str, Example]:
    """The examples that an audit names by id, those that the data hold.

    Args:
        audit: A record of kind `audit`.
        dataset: The data.

    Raises:
        ShiftworksError: A data file is absent or has changed since it was built.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for name in _ids(audit):
        owner, _, rest = name.partition("/")
        wanted.setdefault((owner, rest.partition("/")[0]), set()).add(name)
    found = {}
    for name, distribution in dataset.distributions.items():
        for split in SPLITS:
            if ids := wanted.get((name, split)):
                found.update({example.id: example for example in distribution.split(split) if example.id in ids})
    return found


def _ids(audit: JsonObject) -> list[str]:
    found: list[str] = []
    for record in audit["distributions"]:
        found += [example["id"] for cue in record["cues"] for example in cue["examples"]]
        found += [name for defect in record["defects"] for name in defect["examples"]]
        found += [name for pair in record["repeats"]["read"] for name in pair]
    overlaps = [record["overlap"] for record in audit["distributions"]]
    overlaps += [record[key] for record in audit["shifts"] for key in OVERLAPS if record[key]]
    return found + [name for overlap in overlaps for pair in overlap["examples"] for name in pair]


def cue_examples(record: JsonObject, examples: Mapping[str, Example]) -> list[CueExamples]:
    """The declared and the flagged cues of a distribution with their examples, the farthest from chance first.

    Args:
        record: An audit's record of a distribution.
        examples: Examples by id.
    """
    word = next((token["text"] for token in record["tokens"] if token["kind"] == "word"), "")
    chosen = [cue for cue in record["cues"] if (cue["flagged"] or cue["declared"]) and cue["examples"]]
    chosen.sort(key=lambda cue: (-distance(cue), cue["cue"]))
    return [CueExamples(cue, [_shown(cue, word, e, examples.get(e["id"])) for e in cue["examples"]]) for cue in chosen]


def _shown(cue: JsonObject, word: str, pair: JsonObject, example: Example | None) -> Shown:
    name = cue["cue"]
    texts, readings, prompt = [pair["right"], pair["wrong"]], ["", ""], ""
    if example is not None:
        # The record may hold texts in short; the data hold them whole.
        others = [i for i in range(len(example.responses)) if i != example.gold]
        start = pair["wrong"].removesuffix("…")
        other = next((i for i in others if example.responses[i].text.startswith(start)), others[0])
        texts = [example.responses[i].text for i in (example.gold, other)]
        every = _readings(name, example)
        readings = [every[i] for i in (example.gold, other)]
        prompt = example.prompt
    # What the cue tells by: the text of the right response or, where it tells the wrong ones, of the wrong one.
    told = texts[0 if cue["accuracy"] >= CHANCE else 1]
    token = told.strip() if name == "constant" else word
    right, wrong = (mark_response(name, texts[i], prompt, token, readings[i]) for i in (0, 1))
    return Shown(pair["id"], mark_prompt(name, prompt, told) if example else None, right, wrong)


def _readings(cue: str, example: Example) -> list[str]:
    """What a cue reads of each response, as the audit read it; "" for cues that are learned."""
    count = len(example.responses)
    if cue == "first":
        return [f"response {i + 1} of {count}" for i in range(count)]
    if cue not in cues():
        return [""] * count
    scores = cues()[cue].score(Table.of([example]))
    return [
        f"the cue reads {score:.4g}" if np.isfinite(score) else "the cue reads nothing" for score in scores.tolist()
    ]


def read(example: Example) -> Read:
    """An example at a glance.

    Args:
        example: The example.
    """
    responses = [(excerpt(response.text, (), GLANCE), response.label == 1) for response in example.responses]
    return Read(excerpt(example.prompt, (), GLANCE), responses)
