"""Texts as the checks compare them: normal forms, languages, what must survive a retelling, words to a reader."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Words that are common in a language and rare in the others, enough to tell texts of a sentence or more apart.
COMMON: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to is was that for it with a his on by at from which this be are or an who has had not its",
        "es": "el la los las de del y que en un una es por con para su al lo como más fue se está son a e sin",
        "fr": "le la les des du et que qui dans un une est pour avec sur au aux par ce il elle sont été",
        "de": "der die das und zu den von mit ist im des dem ein eine auf für nicht als auch wurde sich",
        "it": "il lo la gli di del della e che un una è per con su al dei nel sono più fu",
        "pt": "os de da e que em um uma é por com para na dos das ao foi são mais não",
    }.items()
}
#: Fewest words of a text whose language is asked for; shorter ones hold no common word.
ENOUGH = 4
#: Common words that a text must hold, and how many times more than of any other language.
CLEAR = 2
#: What is said to a reader or a model instead of being the item that was asked for.
ADDRESS = re.compile(
    r"(?:ignore|disregard|forget)\s+(?:\w+\s+){0,3}(?:instruction|prompt|rule|message)s?"
    r"|\bas an ai\b|\b(?:ai|large) language model\b|\bsystem prompt\b|\bi(?:'m| am) sorry, (?:but )?i\b"
    r"|<\|[a-z_]+\|>|\[/?inst\]|\byou are (?:now )?(?:chatgpt|an? (?:ai|assistant))\b",
    re.IGNORECASE,
)
#: Marks that carry no meaning of their own and must come through a retelling.
MARKUP = re.compile(r"`[^`]*`|\*\*|</?[a-zA-Z][^<>]*>|\{[^{}]*\}|https?://\S+|\\[a-zA-Z]+|\$")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def normal(text: str) -> str:
    """A text without case, accents of typography, punctuation, spacing and an article at its start."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"\w+", folded)
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def leaves(value: Any) -> Iterator[str]:
    """All texts in a JSON value, in order; those of an item's `kind` and `id` apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, own in value.items():
            if key not in {"kind", "id"}:
                yield from leaves(own)
    elif isinstance(value, Sequence):
        for own in value:
            yield from leaves(own)


def addresses(text: str) -> str | None:
    """Words in a text that are said to its reader or to a model; None where there are none."""
    found = ADDRESS.search(text)
    return found[0] if found else None


def language(text: str) -> str | None:
    """The language whose common words stand in a text clearly more often than any other's; None where none's do."""
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < ENOUGH:
        return None
    counts = sorted(((sum(word in common for word in words), name) for name, common in COMMON.items()), reverse=True)
    (most, name), (next_most, _) = counts[:2]
    return name if most >= CLEAR and most >= CLEAR * next_most else None


def lost(source: str, told: str) -> str | None:
    """What of a text's numbers and markup is not in its retelling, or only there; None where all came through."""
    for what, pattern in (("markup", MARKUP), ("numbers", NUMBER)):
        before, after = (Counter(map(_plain, pattern.findall(text))) for text in (source, told))
        if before != after:
            differing = sorted((before - after) + (after - before))
            return f"{what} differ: {', '.join(differing)}"
    return None


def names(text: str) -> set[str]:
    """Words with a capital that start no sentence, and words of capitals alone."""
    inner = re.findall(r"(?<=[a-z,;:] )[A-Z][\w'’-]+", text)
    return {*inner, *re.findall(r"\b[A-Z]{2,}\b", text)}


def lost_names(source: str, told: str) -> str | None:
    """Names of a text that its retelling in the same language does not hold; None where it holds all."""
    there = {word.casefold() for word in WORD.findall(told)}
    missing = sorted(name for name in names(source) if not set(map(str.casefold, WORD.findall(name))) <= there)
    return f"names are missing: {', '.join(missing)}" if missing else None


def _plain(found: str) -> str:
    """A number without the marks that group its digits, which languages set differently."""
    return re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", found).replace(",", ".") if found[0].isdigit() else found
