"""Unencoded remainders: most texts are written in a code or another language, and some were left as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

#: So many prompts or responses must be encoded for the others to be left over.
MOST = 0.5
#: Between two quoted words: `", "`, or the end of a quoted line.
BETWEEN = re.compile(r'"\s*,\s*"|"\s*\n\s*"')
#: Spaces that part words; a no-break space does not.
SPACES = re.compile(r"[ \t\n]+")
#: Words that nearly every longer text of a language has, and that the other does not have.
ENGLISH = re.compile(
    r"\b(?:the|of|and|is|to|that|are|was|with|for|it|this|be|which|from|by|have|not|what|you|your|their|on|an|or)\b"
)
SPANISH = re.compile(r"\b(?:el|la|los|las|de|que|y|es|en|un|una|por|para|con|se|del|al|su|lo|más|como|qué|cuál|son)\b")
#: The language of a text shows in its beginning.
BEGINNING = 1_000
#: So many English words, and this many times as many as Spanish ones, make a text English.
WORDS, TIMES = 3, 3


@defect("words_left_unquoted", grave=True)
def words_left_unquoted(pool: Pool) -> Iterator[Seen]:
    """Prompts, or responses, are written as quoted words, one by one, but a part of them is not."""
    yield from _unquoted(pool.prompts, range(len(pool)), pool, "prompts")
    places, texts = zip(*pool.responses(), strict=True) if len(pool) else ((), ())
    yield from _unquoted(texts, places, pool, "responses")


def _unquoted(texts: Sequence[str], places: Sequence[int], pool: Pool, unit: str) -> Iterator[Seen]:
    pieces = [BETWEEN.split(text) for text in texts]
    quoted = [len(cut) > 2 for cut in pieces]
    # A single word needs no comma; it says nothing of how texts are written.
    telling = [i for i, text in enumerate(texts) if quoted[i] or len(text[:LONG].split()) > 3]
    if not telling or sum(quoted[i] for i in telling) < MOST * len(telling):
        return
    hits = [places[i] for i in telling if any(_words(piece) > 1 for piece in pieces[i])]
    of = [places[i] for i in telling]
    yield pool.seen(f"A part of the text is not in quoted words in {{count}} of {{of}} {unit}.", hits, of, unit)


def _words(piece: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in SPACES.split(piece[:LONG]))


@defect("english_left", grave=True)
def english_left(pool: Pool) -> Iterator[Seen]:
    """Fields of the prompts, or responses, are in Spanish, but some were left in English."""
    fields = [
        (place, body)
        for place, mine in enumerate(pool.fields)
        for name, body in mine
        if name and len(body.split(None, 3)) > 2
    ]
    yield from _english(fields, pool, "fields of prompts")
    yield from _english(list(pool.responses()), pool, "responses")


def _english(texts: Sequence[tuple[int, str]], pool: Pool, unit: str) -> Iterator[Seen]:
    beginnings = [text[:BEGINNING].casefold() for _, text in texts]
    spanish = [len(SPANISH.findall(text)) for text in beginnings]
    # Nearly all distributions have no Spanish and are done here.
    if max(spanish, default=0) < WORDS:
        return
    english = [len(ENGLISH.findall(text)) for text in beginnings]
    pairs = list(zip((place for place, _ in texts), english, spanish, strict=True))
    left = [place for place, en, es in pairs if en >= WORDS and en >= TIMES * es]
    done = [place for place, en, es in pairs if es >= WORDS and es >= TIMES * en]
    if len(done) > len(left):
        sentence = f"{{count}} of {{of}} {unit} are in English while the others are in Spanish."
        yield pool.seen(sentence, left, [*left, *done], unit)
