"""Broken prompts: without their question, with another task's template, or with markers missing or out of place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, MARKER, Pool, plain
from eval.audit.defects.registry import defect

#: Fields that are no use when empty; an empty `### Response:` is what a prompt ends with.
ASKING = frozenset(
    {"instruction", "input", "question", "task", "problem", "user message", "user input", "post content"}
)
#: A marker; it is glued where other text stands before it on its line.
KNOWN_MARKER = re.compile(
    r"(?<!#)#{2,3} ?(?:your )?(?:response|instruction|input|answer|question|output|comment|user)\b[^\n\"]{0,20}:",
    re.IGNORECASE,
)
UNFILLED = re.compile(r"\{(?:instruction|input|prompt|question|context|output|response|text|answer|task)\}")
GRID = re.compile(r"\b(?:(\d) ?[x×] ?\1|three[- ]by[- ]three) (?:square|grid|matrix|table)\b", re.IGNORECASE)
#: What a template says of its prompt, and what the prompt must then show.
INPUT_SAID = re.compile(r"\bpaired with an input\b", re.IGNORECASE)
INPUT_SHOWN = re.compile(r"\binput\b\W{0,3}(?:\n|$|:)", re.IGNORECASE)
BLANK_SAID = re.compile(r"\b(?:sentence|text|passage) with a blank\b", re.IGNORECASE)
BLANK_SHOWN = re.compile(r"_|\[blank\]|\[mask\]|\.{4,}|<blank>", re.IGNORECASE)
#: The share of prompts that must end alike for another end to be a fault.
USUAL = 0.8


@defect("prompt_without_question", grave=True)
def prompt_without_question(pool: Pool) -> Iterator[Seen]:
    """One prompt for many examples that have different answers: what is asked is not in it."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, prompt in enumerate(pool.prompts):
        places[plain(prompt) if len(prompt) < LONG else prompt].append(place)
    hits = []
    for same in places.values():
        answers = len({plain(pool.rights[place]) for place in same})
        # A question that many examples share has few answers; one prompt for half of all is no question anyway.
        unasked = 2 * answers > len(same) or (answers > 1 and 2 * len(same) > len(pool))
        if len(same) >= 5 and pool.often(len(same)) and unasked:
            hits += same
    yield pool.seen(
        "One prompt, without a question of its own, serves many right responses in {count} of {of} examples.", hits
    )


@defect("empty_field", grave=True)
def empty_field(pool: Pool) -> Iterator[Seen]:
    """A field of the prompt, such as the instruction, with nothing in it."""
    of = [place for place, fields in enumerate(pool.fields) if any(name in ASKING for name, _ in fields)]
    hits = [place for place in of if any(name in ASKING and not body.strip() for name, body in pool.fields[place])]
    yield pool.seen("A field of the prompt is empty in {count} of {of} examples.", hits, of)


@defect("unfilled_placeholder", grave=True)
def unfilled_placeholder(pool: Pool) -> Iterator[Seen]:
    """A placeholder of the template that was never filled, such as `{instruction}`."""
    counts = Counter(found for prompt in pool.prompts for found in set(UNFILLED.findall(prompt)))
    left = {found for found, count in counts.items() if pool.often(count)}
    hits = [place for place, prompt in enumerate(pool.prompts) if left.intersection(UNFILLED.findall(prompt))]
    yield pool.seen("A placeholder of the template was left unfilled in {count} of {of} prompts.", hits, unit="prompts")


@defect("glued_marker", grave=True)
def glued_marker(pool: Pool) -> Iterator[Seen]:
    """A marker such as `### Response:` that stands behind other text on its line."""
    hits = [place for place, prompt in enumerate(pool.prompts) if "##" in prompt and _glued(prompt)]
    yield pool.seen("A marker is glued to the text before it in {count} of {of} prompts.", hits, unit="prompts")


def _glued(prompt: str) -> bool:
    """Whether a marker has text before it on its line."""
    for match in KNOWN_MARKER.finditer(prompt):
        before = prompt[max(0, match.start() - LONG) : match.start()].rpartition("\n")[2]
        if before.strip(' \t"'):
            return True
    return False


@defect("missing_marker", grave=True)
def missing_marker(pool: Pool) -> Iterator[Seen]:
    """Nearly all prompts end with one marker, and some do not."""
    ends = [prompt.rstrip()[-60:].rpartition("\n")[2] for prompt in pool.prompts]
    counts = Counter(end for end in ends if MARKER.fullmatch(end))
    for end, count in counts.most_common(1):
        if count >= USUAL * len(pool):
            hits = [place for place, mine in enumerate(ends) if not MARKER.fullmatch(mine)]
            yield pool.seen(f"`{end}` is missing at the end of {{count}} of {{of}} prompts.", hits, unit="prompts")


@defect("another_tasks_template", grave=True)
def another_tasks_template(pool: Pool) -> Iterator[Seen]:
    """The template says something of the prompt that is not so: it was written for another task."""
    for said, shows, what in (
        (GRID, lambda place: _has_grid(pool.prompts[place]), "a grid"),
        (BLANK_SAID, lambda place: BLANK_SHOWN.search(pool.prompts[place]), "a blank"),
        (INPUT_SAID, lambda place: _has_input(pool, place), "an input"),
    ):
        lines = {line for line, count in pool.lines.items() if pool.often(count) and said.search(line[:LONG])}
        of = [place for place, prompt in enumerate(pool.prompts) if any(line in prompt for line in lines)]
        hits = [place for place in of if not shows(place)]
        yield pool.seen(
            f"The template speaks of {what} that is not there in {{count}} of {{of}} prompts that carry it.",
            hits,
            of,
            "prompts",
        )


def _has_input(pool: Pool, place: int) -> bool:
    """Whether a prompt has an input: named so, or another field beside the first."""
    filled = [name for name, body in pool.fields[place] if name and body.strip()]
    return len(filled) > 1 or bool(INPUT_SHOWN.search(pool.prompts[place]))


def _has_grid(prompt: str) -> bool:
    """Whether three lines of a prompt are rows: named so, or cut into cells."""
    rows = [line for line in prompt.splitlines() if re.match(r"\W*row\b", line, re.IGNORECASE)]
    cut = [line for line in prompt.splitlines() if len(re.findall(r"[,|\t]|\S +(?=\S$)|\S  +\S", line)) >= 2]
    return len(rows) >= 3 or len(cut) >= 3


@defect("stray_last_line", grave=False)
def stray_last_line(pool: Pool) -> Iterator[Seen]:
    """All responses of an example end in the same lone number, left over from a list."""
    tails = [{_lone_tail(response.text) for response in example.responses} for example in pool.examples]
    counts = Counter(tail for mine in tails if len(mine) == 1 for tail in mine)
    # Once, it may be what the responses say.
    stray = {tail for tail, count in counts.items() if tail and pool.often(count)}
    hits = [place for place, mine in enumerate(tails) if len(mine) == 1 and mine <= stray]
    yield pool.seen("All responses end in the same stray last line in {count} of {of} examples.", hits)


def _lone_tail(text: str) -> str:
    """The last line of a text that has others before it, where it is a lone number; otherwise ''."""
    before, _, tail = text[-200:].rstrip().rpartition("\n")
    return tail.strip() if before.strip() and re.fullmatch(r"\s*\d{1,2}[.)]?\s*", tail) else ""


@defect("marker_in_response", grave=True)
def marker_in_response(pool: Pool) -> Iterator[Seen]:
    """A response that holds a marker of the prompts: more than the response was cut out."""
    markers = {line.strip() for line, count in pool.lines.items() if pool.often(count) and MARKER.fullmatch(line)}
    of = [place for place, _ in pool.responses()]
    hits = [
        place
        for place, text in pool.responses()
        if "##" in text and any(line.strip() in markers for line in text.splitlines())
    ]
    yield pool.seen("{count} of {of} responses hold a marker of the prompts.", hits, of, "responses")
