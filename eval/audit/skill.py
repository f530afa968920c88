"""The other side of a target reference: does it ask for the skill that the target asks for?

A reference without the cue is of use only if a model that can do it could do the target. What can be read off the texts
is compared: whether both are made from the same items, how many candidates there are, what kind of text the answer is
and how long, and how alike right and wrong responses are, which is what makes them hard to tell apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import numpy as np

from eval.audit.cues.code import program
from eval.audit.table import Table
from schemas import Example

#: Share of the target's test items that must stand in the reference to call the items the same.
SAME_ITEMS = 0.5
#: Total variation between kinds of answer, ratio of lengths, and difference of likeness up to which both are alike.
KINDS_APART, LENGTH_RATIO, LIKENESS_APART = 0.2, 1.5, 0.1
CANDIDATES = "responses an example"
#: Difference of the mean number of responses from which the numbers differ.
SAME_NUMBER = 0.5
#: Characters from which a line of a prompt is taken for an item rather than for a standing phrase.
ITEM = 15
#: Share of prompts above which a line belongs to the frame.
FRAME = 0.05
NUMBER = re.compile(r"[-+$€£]?\d+(?:[.,:/]\d+)*\s*%?")


def skill(target: Sequence[Example], reference: Sequence[Example]) -> dict[str, Any]:
    """Compares what a target and its reference ask for.

    Args:
        target: The target's examples; at least one.
        reference: The reference's; at least one.
    """
    one, other = Table.of(target), Table.of(reference)
    share = _same_items(target, reference)
    candidates = [round(float(np.mean([stop - start for start, stop in table.spans])), 2) for table in (one, other)]
    kinds = [_kinds(table) for table in (one, other)]
    apart = sum(abs(kinds[0].get(kind, 0) - kinds[1].get(kind, 0)) for kind in {*kinds[0], *kinds[1]}) / 2
    lengths = [float(median(map(len, _right(table)))) for table in (one, other)]
    ratio = (max(lengths) + 1) / (min(lengths) + 1)
    likeness = [round(_likeness(table), 2) for table in (one, other)]
    measures = [
        _measure("items of the target that stand in the reference", f"{share:.0%}", "", share >= SAME_ITEMS),
        _measure(CANDIDATES, *candidates, abs(candidates[0] - candidates[1]) < SAME_NUMBER),
        _measure("kind of answer", *map(_commonest, kinds), apart <= KINDS_APART),
        _measure("length of the right response (median characters)", *lengths, ratio <= LENGTH_RATIO),
        _measure(
            "likeness of right and wrong (shared tokens)", *likeness, abs(likeness[0] - likeness[1]) <= LIKENESS_APART
        ),
    ]
    # More candidates make no pair harder, so their number is shown and decides nothing.
    differs = [measure["measure"] for measure in measures if not measure["alike"] and measure["measure"] != CANDIDATES]
    keeps = not differs
    sentence = (
        "The reference asks for the same skill as far as texts show it: same items, kind of answer and likeness."
        if keeps
        else f"The reference differs from the target in: {'; '.join(differs)}."
    )
    return {"measures": measures, "keeps": keeps, "sentence": sentence}


def _measure(name: str, *values: float | str | bool) -> dict[str, Any]:
    """A measure of target and reference, and whether they are alike in it."""
    target, reference, alike = values
    return {"measure": name, "target": target, "reference": reference, "alike": alike}


def _same_items(target: Sequence[Example], reference: Sequence[Example]) -> float:
    """Share of the target's examples whose group, or a line of whose prompt, stands in the reference."""
    groups = {example.group for example in reference}
    frame = _frame(target) | _frame(reference)
    lines = {line for example in reference for line in _lines(example.prompt)} - frame
    shared = sum(example.group in groups or any(line in lines for line in _lines(example.prompt)) for example in target)
    return shared / len(target)


def _lines(prompt: str) -> set[str]:
    stripped = (re.sub(r"\W+", " ", line).strip().lower() for line in prompt[:20_000].splitlines())
    return {line for line in stripped if len(line) >= ITEM}


def _frame(examples: Sequence[Example]) -> set[str]:
    """Lines that stand in so many prompts that they are no item."""
    times = Counter(line for example in examples for line in _lines(example.prompt))
    return {line for line, n in times.items() if n > max(FRAME * len(examples), 2)}


def _right(table: Table) -> list[str]:
    """The right responses."""
    return [table.texts[i] for i in np.flatnonzero(table.label == 1).tolist()]


def _kinds(table: Table) -> dict[str, float]:
    """Shares of the kinds of right response."""
    right = _right(table)
    return {kind: n / len(right) for kind, n in Counter(map(kind_of, right)).items()}


def kind_of(text: str) -> str:
    """What kind of answer a text is: number, word, phrase, sentence, paragraph or program."""
    stripped = text.strip()
    if program(stripped):
        return "program"
    if NUMBER.fullmatch(stripped):
        return "number"
    words = len(stripped.split())
    if words <= 1:
        return "word"
    if words <= 6:
        return "phrase"
    return "sentence" if words <= 40 and "\n" not in stripped else "paragraph"


def _commonest(kinds: Mapping[str, float]) -> str:
    return ", ".join(
        f"{kind} {share:.0%}" for kind, share in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:2]
    )


def _likeness(table: Table) -> float:
    """Mean Jaccard of the tokens of right and wrong response over the pairs."""
    shares = []
    for right, wrong in zip(table.gold.tolist(), table.wrong.tolist(), strict=True):
        one, other = set(table.words[right]), set(table.words[wrong])
        shares.append(len(one & other) / len(one | other) if one | other else 1.0)
    return float(np.mean(shares))
