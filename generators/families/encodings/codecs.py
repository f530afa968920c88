"""Encodings of any text, each with its exact inverse: decoding what was encoded gives the text back, sign by sign.

The decoders are strict: they refuse what no encoder writes, so that a field left unencoded is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_lowercase as lower
from string import ascii_uppercase as upper


class CodecError(ValueError):
    """A text that is no encoding of any other."""


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding.

    Attributes:
        encode: Any text in the encoding.
        decode: The text that was encoded; raises `CodecError` where there is none.
    """

    encode: Callable[[str], str]
    decode: Callable[[str], str]


# A word holds no space: spaces part words.
_QUOTED = r'"((?:[^" \n]|"")*)"'
_TOKEN = re.compile(_QUOTED)
_LINE = re.compile(f"{_QUOTED}(?:, {_QUOTED})*")

#: Letters that follow one another, without digits and underscores.
_LETTERS = re.compile(r"[^\W\d_]+")


def quote(text: str) -> str:
    """Every word in double quotes, words parted by commas, line by line; a quote within a word is doubled.

    Words are what single spaces part. An empty line stays empty.
    """
    return "\n".join(_quote_line(line) for line in text.split("\n"))


def _quote_line(line: str) -> str:
    return ", ".join(f'"{word.replace(chr(34), chr(34) * 2)}"' for word in line.split(" ")) if line else ""


def unquote(text: str) -> str:
    """The inverse of `quote`.

    Raises:
        CodecError: A line is not made of quoted words.
    """
    return "\n".join(_unquote_line(line) for line in text.split("\n"))


def _unquote_line(line: str) -> str:
    # A lone empty word would be an empty line, which is written without quotes.
    if line == '""' or (line and not _LINE.fullmatch(line)):
        raise CodecError(f"{line[:60]!r} is not a line of quoted words")
    return " ".join(word.replace('""', '"') for word in _TOKEN.findall(line))


def reverse_words(text: str) -> str:
    """The letters of every word in reverse order; digits and signs stay where they are. Its own inverse."""
    return _LETTERS.sub(lambda found: found[0][::-1], text)


def rotate(text: str, places: int) -> str:
    """Every letter of a to z moved on in the alphabet, capitals among capitals; the inverse moves back."""
    n = places % len(lower)
    return text.translate(str.maketrans(lower + upper, lower[n:] + lower[:n] + upper[n:] + upper[:n]))


#: The braille cells of a to z, the sign before a capital, and the sign before what is a braille cell already.
CELLS = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵"
CAPITAL, LITERAL = "⠠", "⠿"
_TO_CELL = {**dict(zip(lower, CELLS, strict=True)), **{a: CAPITAL + b for a, b in zip(upper, CELLS, strict=True)}}
_FROM_CELL = {cells: letter for letter, cells in _TO_CELL.items()}
_BRAILLE = re.compile("[\u2800-\u28ff]")
_CELLS = re.compile(f"{LITERAL}[\u2800-\u28ff]|{CAPITAL}?[\u2800-\u28ff]")


def to_braille(text: str) -> str:
    """Every letter of a to z as its braille cell, capitals after a sign; all else stays."""
    return "".join(_TO_CELL.get(sign, LITERAL + sign if _BRAILLE.match(sign) else sign) for sign in text)


def from_braille(text: str) -> str:
    """The inverse of `to_braille`.

    Raises:
        CodecError: A cell stands for no letter.
    """
    return _CELLS.sub(lambda found: _letter(found[0]), text)


def _letter(cells: str) -> str:
    if cells[0] == LITERAL and len(cells) == 2:
        return cells[1]
    if cells not in _FROM_CELL:
        raise CodecError(f"{cells!r} is no letter in braille")
    return _FROM_CELL[cells]


#: Half the alphabet: the best known such cipher, and its own inverse.
HALF = 13

COMMA_SEPARATED = Codec(quote, unquote)
REVERSED_WORDS = Codec(reverse_words, reverse_words)
SUBSTITUTED_ALPHABET = Codec(lambda text: rotate(text, HALF), lambda text: rotate(text, -HALF))
BRAILLE = Codec(to_braille, from_braille)
