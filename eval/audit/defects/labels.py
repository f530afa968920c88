"""Broken labels: in conflict, nearly always the same, always in one place, or printed in the prompt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from eval.audit.defects.finding import Seen, bounds
from eval.audit.defects.pool import LONG, Pool, plain
from eval.audit.defects.registry import defect

#: From this share on an answer or a place counts as nearly constant, given so many examples.
NEARLY, ENOUGH = 0.8, 20
#: Choosing what the prompt prints must be right this much more often than chance to be a defect.
MARGIN = 0.2


@defect("labels_in_conflict", grave=True)
def labels_in_conflict(pool: Pool) -> Iterator[Seen]:
    """Two examples of one prompt of which one prefers what the other rejects."""
    preferred: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    counts = Counter(pool.prompts)
    for place, (prompt, right) in enumerate(zip(pool.prompts, pool.rights, strict=True)):
        if counts[prompt] > 1:
            for wrong in pool.wrongs[place]:
                preferred[prompt, plain(right), plain(wrong)].append(place)
    hits = {
        place
        for (prompt, right, wrong), places in preferred.items()
        if right != wrong and (prompt, wrong, right) in preferred
        for place in places
    }
    yield pool.seen("Labels are in conflict with another example of the same prompt in {count} of {of} examples.", hits)


@defect("constant_right_answer", grave=True)
def constant_right_answer(pool: Pool) -> Iterator[Seen]:
    """The right response is nearly always the same text."""
    answers = [plain(text[:LONG]).casefold() for text in pool.rights]
    for answer, count in Counter(answers).most_common(1):
        if answer and count >= NEARLY * len(pool) and count >= ENOUGH:
            line = " ".join(answer.split())
            shown = line if len(line) <= 40 else line[:40] + "…"
            hits = [place for place, mine in enumerate(answers) if mine == answer]
            yield pool.seen(f"The right response is '{shown}' in {{count}} of {{of}} examples.", hits)


@defect("fixed_place", grave=True)
def fixed_place(pool: Pool) -> Iterator[Seen]:
    """The right response nearly always stands in the same place."""
    for name, at in (("first", 0), ("second", 1), ("last", -1)):
        of = [place for place, example in enumerate(pool.examples) if at != 1 or len(example.responses) > 2]
        hits = [place for place in of if pool.examples[place].gold == at % len(pool.examples[place].responses)]
        if len(hits) >= NEARLY * len(of) and len(hits) >= ENOUGH:
            yield pool.seen(f"The right response is listed {name} in {{count}} of {{of}} examples.", hits, of)


@defect("right_answer_printed", grave=True, cue="named_in_prompt")
def right_answer_printed(pool: Pool) -> Iterator[Seen]:
    """The prompt prints the right response and not the others, far beyond chance.

    Counted is how often choosing the response that the prompt prints is right; where it prints several or none, one of
    them is drawn, and counts as its share.
    """
    picks, chance, groups = {}, 0.0, defaultdict[str, list[float]](lambda: [0.0, 0.0])
    for place, example in enumerate(pool.examples):
        printed = [_printed(response.text.strip(), pool.bodies[place]) for response in example.responses]
        several = sum(printed) or len(printed)
        pick = 1 / several if printed[example.gold] or not any(printed) else 0.0
        if pick:
            picks[place] = pick
        chance += 1 / len(printed)
        groups[example.group][0] += pick
        groups[example.group][1] += 1
    if len(pool) < ENOUGH:
        return
    low, _ = bounds(*zip(*groups.values(), strict=True))
    if low > chance / len(pool) + MARGIN:
        yield Seen(
            "Choosing the response that the prompt prints is right in {count} of {of} examples "
            f"(chance {chance / len(pool):.0%}).",
            "examples",
            picks,
            Counter(range(len(pool))),
        )


def _printed(text: str, prompt: str) -> bool:
    """Whether a text stands in a prompt as whole words."""
    if not text or len(text) > 200 or text not in prompt:
        return False
    before = r"(?<!\w)(?<!\d[.,])(?<!-)" if text[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if text[-1].isalnum() else ""
    return bool(re.search(before + re.escape(text) + after, prompt))
