"""Responses with the cue marked: the places that a cue reads, or, where it reads no place, the number that it reads.

The patterns are the audit's own, so that what is marked is what was counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from eval.audit.cues.candidates import NUMBER
from eval.audit.cues.code import COMMENT, program, sound
from eval.audit.cues.form import CAPITAL, FORMATTING, PUNCTUATION, STOP
from eval.audit.cues.prompt import occurrences
from eval.audit.cues.wording import APOLOGY, HEDGE, NEGATION, REFUSAL
from eval.audit.table import READ, WORD
from eval.report.shifts_view import PICTURES

#: Where a mark starts and ends in a text.
Span = tuple[int, int]
#: Cues that count what a pattern finds, and what it finds.
FOUND: Mapping[str, tuple[re.Pattern[str], str]] = {
    "apology": (APOLOGY, "phrases"),
    "foreign_signs": (re.compile(r"[^\x00-\x7f]"), "signs beyond ASCII"),
    "hedging": (HEDGE, "phrases"),
    "most_capitals": (CAPITAL, "capitals"),
    "most_comments": (re.compile(COMMENT.pattern + r".*", re.MULTILINE), "comments"),
    "most_digits": (re.compile(r"\d"), "digits"),
    "most_formatting": (FORMATTING, "marks of format"),
    "most_punctuation": (PUNCTUATION, "signs of punctuation"),
    "negation": (NEGATION, "negations"),
    "refusal": (REFUSAL, "phrases"),
}
#: Cues that read a number of the whole text.
READS: Mapping[str, Callable[[str], str]] = {
    "least_repetition": lambda text: f"{len(set(_words(text))):,} different tokens of {len(_words(text)):,}",
    "longest": lambda text: f"{len(text):,} characters",
    "longest_words": lambda text: f"{sum(map(len, _words(text))) / max(len(_words(text)), 1):.2f} characters a token",
    "most_lines": lambda text: f"{text.count(chr(10)):,} line ends",
    "most_spaces": lambda text: f"{sum(map(str.isspace, text)):,} of {len(text):,} signs are white space",
    "most_words": lambda text: f"{len(_words(text)):,} tokens",
    "parses": lambda text: ("parses" if sound(text) else "does not parse") if program(text) else "no program",
}
#: Cues whose counts are shares of the text.
SHARES = frozenset({"foreign_signs", "most_capitals", "most_punctuation"})
#: Characters that are shown of a response and of a prompt; no more marks than that can be in sight.
RESPONSE, PROMPT = 900, 500
#: Room for a mark: an excerpt starts at its text's start if the first mark stands within this share of it.
EARLY = 0.8


@dataclass(frozen=True, slots=True)
class Marked:
    """An excerpt of a text with the cue marked.

    Attributes:
        pieces: The excerpt piece by piece, and whether each is marked.
        before: Characters left out before it.
        after: Characters left out after it.
        note: What the cue reads of the whole text, in words; "" where the marks say all.
    """

    pieces: Sequence[tuple[str, bool]]
    before: int
    after: int
    note: str


def mark_response(cue: str, text: str, prompt: str, token: str = "", reading: str = "") -> Marked:
    """A response with the cue marked.

    Args:
        cue: The cue's name; one that reads nothing that can be shown leaves the text as it is.
        text: The response.
        prompt: Its prompt, "" where it is not known.
        token: For the cues `word` and `constant`, the text that they look for.
        reading: What the cue reads of the response, in words, for cues that have no better ones here.
    """
    spans = list(_spans(cue, text, prompt, token))
    if cue in FOUND:
        pattern, what = FOUND[cue]
        times = sum(1 for _ in pattern.finditer(text))
        note = f"{what}: {times:,}" + (f" in {len(text):,} characters" if cue in SHARES else "")
    elif cue in READS:
        note = READS[cue](text)
    elif cue == "prompt_overlap":
        own = set(_words(text))
        note = f"{len(own & set(_words(prompt))):,} of {len(own):,} different tokens stand in the prompt"
    elif cue == "named_in_prompt":
        note = f"times named: {occurrences(text.casefold().strip(), prompt.casefold()):,}"
    else:
        note = reading
    return excerpt(text, spans, RESPONSE, note)


def mark_prompt(cue: str, prompt: str, response: str) -> Marked:
    """A prompt, with the response marked where the cue is that the prompt names it."""
    spans: list[Span] = []
    wanted = response.strip()
    if cue == "named_in_prompt" and wanted:
        alone = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)", re.IGNORECASE)
        spans = [match.span() for match in islice(alone.finditer(prompt), PROMPT)]
    return excerpt(prompt, spans, PROMPT)


def excerpt(text: str, spans: Sequence[Span], room: int, note: str = "") -> Marked:
    """So much of a text as there is room for, starting where its first mark is in sight.

    Args:
        text: The text.
        spans: What is marked, in order and apart from one another.
        room: Characters to show.
        note: See `Marked`.
    """
    start = 0
    if len(text) > room and spans and spans[0][0] > EARLY * room:
        start = min(spans[0][0] - room // 4, len(text) - room)
    stop = min(start + room, len(text))
    pieces: list[tuple[str, bool]] = []
    at = start
    for low, high in spans:
        low, high = max(low, at), min(high, stop)
        if low < high:
            pieces += [(text[at:low], False), (text[low:high], True)]
            at = high
    pieces.append((text[at:stop], False))
    shown = [
        ("".join(piece for piece, _ in run).translate(PICTURES), marked)
        for marked, run in groupby((piece for piece in pieces if piece[0]), key=itemgetter(1))
    ]
    return Marked(shown, start, len(text) - stop, note)


def _spans(cue: str, text: str, prompt: str, token: str) -> Sequence[Span]:
    """What a cue reads of a response."""
    inner = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if cue in FOUND and (cue != "most_comments" or program(text)):
        return [match.span() for match in islice(FOUND[cue][0].finditer(text), RESPONSE)]
    if cue == "prompt_overlap":
        named = set(_words(prompt))
        return [match.span() for match in WORD.finditer(text[:READ]) if match[0].lower() in named]
    if cue == "named_in_prompt":
        return [(inner, end)] if occurrences(text.casefold().strip(), prompt.casefold()) else []
    if cue in ("largest_number", "middle_number", "middle_of_prompt"):
        return [match.span() for match in NUMBER.finditer(text)][-1:]
    if cue == "capital_start":
        return [(inner, inner + 1)] if text[inner : inner + 1].isupper() else []
    if cue == "full_stop":
        return [(end - 1, end)] if text[:end].endswith(STOP) else []
    if cue == "edge_spaces":
        return [(0, inner), (end, len(text))] if end else [(0, len(text))]
    if cue == "constant":
        return [(inner, end)] if text.strip() == token else []
    if cue == "word":
        return [match.span() for match in WORD.finditer(text[:READ]) if match[0].lower() == token]
    if cue in ("first_word", "last_word"):
        found = [match.span() for match in WORD.finditer(text[:READ])]
        return found[:1] if cue == "first_word" else found[-1:]
    return []


def _words(text: str) -> list[str]:
    return WORD.findall(text[:READ].lower())
