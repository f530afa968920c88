"""Broken texts: empty, repeated or garbled ones, and records that do not have the same keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import Pool, plain
from eval.audit.defects.registry import defect

#: UTF-8 read as Windows-1252 or Latin-1: a lead byte and what follows it, as those code pages print them.
GARBLED = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf\u20ac\u201a-\u203a\u0152-\u017e\u02c6\u02dc\u2122]"
    "|[\u00e0-\u00f4][\u0080-\u00bf\u20ac\u201a-\u203a\u0152-\u017e\u02c6\u02dc\u2122]{2,3}"
)
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffd]")
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
HTML = re.compile(r"html|</?[a-z]+\b", re.IGNORECASE)
#: What is printed where a value was missing.
NOTHING = frozenset({"nan", "none", "null", "undefined", "<noinput>", "noinput"})


@defect("empty_right_response", grave=True)
def empty_right_response(pool: Pool) -> Iterator[Seen]:
    """The right response has no text."""
    hits = [place for place, text in enumerate(pool.rights) if not text.strip()]
    yield pool.seen("The right response is empty in {count} of {of} examples.", hits)


@defect("empty_wrong_response", grave=True)
def empty_wrong_response(pool: Pool) -> Iterator[Seen]:
    """A wrong response has no text."""
    of = [place for place, texts in enumerate(pool.wrongs) for _ in texts]
    hits = [place for place, texts in enumerate(pool.wrongs) for text in texts if not text.strip()]
    yield pool.seen("{count} of {of} wrong responses are empty.", hits, of, "wrong responses")


@defect("right_equals_wrong", grave=True)
def right_equals_wrong(pool: Pool) -> Iterator[Seen]:
    """A wrong response reads as the right one."""
    hits = [
        place
        for place, (right, wrongs) in enumerate(zip(pool.rights, pool.wrongs, strict=True))
        if plain(right) in map(plain, wrongs)
    ]
    yield pool.seen("A wrong response equals the right one in {count} of {of} examples.", hits)


@defect("repeated_wrong_response", grave=False)
def repeated_wrong_response(pool: Pool) -> Iterator[Seen]:
    """Two wrong responses of one example are the same."""
    hits = [place for place, wrongs in enumerate(pool.wrongs) if len(set(map(plain, wrongs))) < len(wrongs)]
    yield pool.seen("Two wrong responses are the same in {count} of {of} examples.", hits)


@defect("mojibake", grave=False)
def mojibake(pool: Pool) -> Iterator[Seen]:
    """Text decoded with the wrong code page."""
    yield pool.seen("Text is garbled by a wrong code page in {count} of {of} examples.", _with(pool, _garbled))


@defect("unreadable_signs", grave=False)
def unreadable_signs(pool: Pool) -> Iterator[Seen]:
    """Control signs and replacement signs."""
    hits = _with(pool, lambda text: bool(UNREADABLE.search(text)))
    yield pool.seen("Control or replacement signs stand in {count} of {of} examples.", hits)


@defect("markup_left", grave=False)
def markup_left(pool: Pool) -> Iterator[Seen]:
    """HTML entities that were never decoded."""
    # Where HTML is the subject, entities are meant.
    hits = _with(pool, lambda text: bool(ENTITY.search(text)) and not HTML.search(text))
    yield pool.seen("HTML entities such as `&amp;` were left undecoded in {count} of {of} examples.", hits)


@defect("missing_value_printed", grave=False)
def missing_value_printed(pool: Pool) -> Iterator[Seen]:
    """A field of the prompt that holds the word for a missing value."""
    hits = [
        place
        for place, fields in enumerate(pool.fields)
        if any(len(body) < 40 and body.strip().casefold() in NOTHING for name, body in fields if name)
    ]
    yield pool.seen("A field of the prompt prints a missing value (such as `nan`) in {count} of {of} examples.", hits)


@defect("inconsistent_keys", grave=False)
def inconsistent_keys(pool: Pool) -> Iterator[Seen]:
    """Records whose keys are not those of most records."""
    keys = [frozenset(_keys(example.meta)) for example in pool.examples]
    counts = Counter(key for mine in keys for key in mine)
    loose = sorted(key for key, count in counts.items() if count < len(pool))
    named = ", ".join(f"`{key}`" for key in loose)
    # The first of equally common sets is the same in every run, as the records stand in order.
    usual = Counter(keys).most_common(1)[0][0] if keys else frozenset()
    hits = [place for place, mine in enumerate(keys) if mine != usual]
    yield pool.seen(f"{{count}} of {{of}} records do not have the most common set of keys; {named} come and go.", hits)


def _keys(meta: Mapping[str, object]) -> Iterator[str]:
    """Keys of a record and of the mappings in it, as paths."""
    for key, value in meta.items():
        yield key
        if isinstance(value, Mapping):
            yield from (f"{key}.{inner}" for inner in _keys(value))


def _with(pool: Pool, has: Callable[[str], bool]) -> list[int]:
    """Places of the examples of which the prompt or a response has something."""
    return [
        place
        for place, example in enumerate(pool.examples)
        if has(example.prompt) or any(has(response.text) for response in example.responses)
    ]


def _garbled(text: str) -> bool:
    """Whether a piece of text becomes sound, and shorter, when the wrong decoding is undone."""
    return any(_undone(match[0]) for match in GARBLED.finditer(text))


def _undone(piece: str) -> bool:
    for page in ("cp1252", "latin-1"):
        try:
            piece.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
