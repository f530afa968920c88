"""What both languages need to be put into print: articles, agreement, lists, amounts, clock times and dates.

Spanish rules kept here: articles agree in gender and number, `de` and `a` melt with `el`, "y" becomes "e" before the
sound i, decimals take a comma. No noun of the lexicon is feminine and takes "el" (as "agua" does); a test sees to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from generators.families.instructions.lexicon import Language, Word, by_id, find_one, words

THE = {("m", False): "el", ("f", False): "la", ("m", True): "los", ("f", True): "las"}
A = {"m": "un", "f": "una"}


def capital(text: str) -> str:
    """The text with its first letter raised."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with its first letter lowered."""
    return text[:1].lower() + text[1:]


def an(text: str) -> str:
    """An English noun phrase with its indefinite article."""
    return ("an " if text[0] in "aeio" or text.startswith(("hour", "uncle")) else "a ") + text


def the(word: Word, language: Language, many: bool = False) -> str:
    """A noun with its definite article."""
    form = word.form(language, "many" if many else "one")
    return f"the {form}" if language == "en" else f"{THE[word.gender, many]} {form}"


def a(word: Word, language: Language) -> str:
    """A noun with its indefinite article."""
    form = word.form(language, "one")
    return an(form) if language == "en" else f"{A[word.gender]} {form}"


@cache
def _with_article(banks: tuple[str, ...], language: Language, many: bool) -> dict[str, Word]:
    return {the(word, language, many): word for word in words(*banks)}


def find_the(language: Language, text: str, *banks: str, many: bool = False) -> Word | None:
    """The noun of some banks that stands in a text with its right definite article; None for any other text."""
    return _with_article(banks, language, many).get(text)


def agreeing(adjective: Word, language: Language, gender: str, many: bool = False) -> str:
    """An adjective in the form that goes with a noun of this gender and number."""
    if language == "en":
        return adjective.en["one"]
    return adjective.es[f"{gender}_{'many' if many else 'one'}"]


def contract(text: str) -> str:
    """Spanish text with "de el" and "a el" melted; "El" as part of a name stays."""
    return re.sub(r"\b(de|a) el\b", lambda found: f"{found[1]}l", text)


def listing(parts: Sequence[str], language: Language) -> str:
    """Parts as a list: "a, b and c", "a, b y c"."""
    return f"{', '.join(parts[:-1])} {conjunction(parts[-1], language)} {parts[-1]}"


def conjunction(following: str, language: Language) -> str:
    """The word for "and" before a text; Spanish writes "e" before the sound i."""
    if language == "en":
        return "and"
    return "e" if re.match(r"h?i(?!e)|í", following.lower()) else "y"


def unlist(text: str, language: Language) -> list[str]:
    """The parts of a list as `listing` prints it."""
    start, _, last = re.sub(r" (and|y|e) (?=[^,]*$)", "|", text).partition("|")
    parts = [*start.split(", "), last]
    return parts if last and listing(parts, language) == text else []


def money(cents: int, language: Language) -> str:
    """An amount of euros: "3.70 euros", "3,70 euros"."""
    return f"{cents // 100}{'.' if language == 'en' else ','}{cents % 100:02d} euros"


def read_money(text: str, language: Language) -> int | None:
    """The cents of an amount as `money` prints it."""
    found = re.fullmatch(r"(\d+)%s(\d\d) euros" % (r"\." if language == "en" else ","), text)
    return int(found[1]) * 100 + int(found[2]) if found else None


def counted(number: int, unit: str, language: Language) -> str:
    """A number of units: "1 hour", "3 horas"."""
    return f"{number} {by_id('units')[unit].form(language, 'one' if number == 1 else 'many')}"


def read_counted(text: str, language: Language) -> tuple[int, str] | None:
    """Number and unit of a text as `counted` prints it."""
    number, _, name = text.partition(" ")
    unit = find_one(language, name, "one" if number == "1" else "many", "units")
    return (int(number), unit.id) if unit and number.isdigit() else None


def clock(minutes: int) -> str:
    """A time of day from minutes after midnight, such as "9:40"; of 2:00 and later, so that Spanish says "las"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def read_clock(text: str) -> int | None:
    """Minutes after midnight of a time of day."""
    found = re.fullmatch(r"(\d\d?):([0-5]\d)", text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def date(month: int, day: int, language: Language) -> str:
    """A day of the year, month from 1: "April 4", "4 de abril"."""
    name = words("months")[month - 1].form(language, "one")
    return f"{name} {day}" if language == "en" else f"{day} de {name}"


def read_date(text: str, language: Language) -> tuple[int, int] | None:
    """Month and day of a text as `date` prints it."""
    found = re.fullmatch(r"(\w+) (\d+)" if language == "en" else r"(?P<d>\d+) de (?P<m>\w+)", text)
    if not found:
        return None
    name, day = (found[1], found[2]) if language == "en" else (found["m"], found["d"])
    month = find_one(language, name, "one", "months")
    return (words("months").index(month) + 1, int(day)) if month else None


def first_names(people: Iterable[Word]) -> list[str]:
    """Names of people, the same in both languages."""
    return [person.en["one"] for person in people]
