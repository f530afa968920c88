"""Whole numbers from 1 to 9999 in English and Spanish words, and words back to numbers by another route.

Printing goes from the digits; reading adds up the values of the words and multiplies at "thousand" and "hundred".
"""

from __future__ import annotations

from generators.families.instructions.lexicon import Language

_EN_ONES = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ES_ONES = [
    "",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ES_TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_ES_HUNDREDS = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]


def in_words(number: int, language: Language) -> str:
    """A number of 1 to 9999 in words, as one counts."""
    return _english(number) if language == "en" else _spanish(number)


def _english(number: int) -> str:
    if number >= 1000:
        return f"{_EN_ONES[number // 1000]} thousand {_english(number % 1000)}".rstrip()
    if number >= 100:
        return f"{_EN_ONES[number // 100]} hundred {_english(number % 100)}".rstrip()
    if number >= 20:
        return f"{_EN_TENS[number // 10]}-{_EN_ONES[number % 10]}".rstrip("-")
    return _EN_ONES[number]


def _spanish(number: int) -> str:
    if number >= 1000:
        thousands = "mil" if number < 2000 else f"{_ES_ONES[number // 1000]} mil"
        return f"{thousands} {_spanish(number % 1000)}".rstrip()
    if number == 100:
        return "cien"
    if number >= 100:
        return f"{_ES_HUNDREDS[number // 100]} {_spanish(number % 100)}".rstrip()
    if number >= 30:
        tens, ones = _ES_TENS[number // 10], _ES_ONES[number % 10]
        return f"{tens} y {ones}" if ones else tens
    return _ES_ONES[number]


#: What each word adds to a number.
_ADDS: dict[Language, dict[str, int]] = {
    "en": {
        **{word: value for value, word in enumerate(_EN_ONES) if word},
        **{word: 10 * value for value, word in enumerate(_EN_TENS) if word},
    },
    "es": {
        **{word: value for value, word in enumerate(_ES_ONES) if word},
        **{word: 10 * value for value, word in enumerate(_ES_TENS) if word},
        **{word: 100 * value for value, word in enumerate(_ES_HUNDREDS) if word},
        "cien": 100,
    },
}


def from_words(text: str, language: Language) -> int | None:
    """The number that words stand for; None where a word is no number or stands out of order."""
    parts = text.replace("-", " ").split() if language == "en" else [w for w in text.split() if w != "y"]
    total = 0
    part = 0
    for word in parts:
        if word in ("thousand", "mil"):
            total, part = (part or 1) * 1000, 0
        elif word == "hundred":
            part *= 100
        elif word in _ADDS[language]:
            part += _ADDS[language][word]
        else:
            return None
    return total + part
