"""What is planted: one writer for every kind of cue that a rule or a probe may read.

A writer is given, for each response, how strong it shall be in the cue, and knows nothing of labels. Readers of its own
say how strong a text is, never the audit's, so that the audit is not asked to find its own definitions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generators.core import Stream
from tests.studies.prose import (
    ADJECTIVES,
    BULLET,
    CODE,
    NOUNS,
    STRONG,
    filled,
    program,
    question,
    sentence,
    text,
    with_word,
)

#: Prompt and responses, given the strength of each response: places from 0 up, the strongest last.
Write = Callable[[Stream, Sequence[int]], tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cue.

    Attributes:
        name: Its name.
        list: The list that it stands in: 1, cues that a rule reads, or 2, cues that a probe learns.
        finds: The audit's cues of which any one counts as having found it.
        write: Its writer.
        graded: Whether every response has a strength of its own; else some have the cue and the others have not.
        fewest: Wrong responses that an example needs.
        most: Wrong responses that it may have.
        ordered: Whether the writer's order is the order in the file.
    """

    name: str
    list: int
    finds: frozenset[str]
    write: Write
    graded: bool = False
    fewest: int = 1
    most: int = 3
    ordered: bool = False


def drawn(strength: Callable[[str, str], float], make: Callable[[Stream], str] = text) -> Write:
    """A writer that changes no text: it draws texts until enough of them differ in strength, and hands them out."""

    def write(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
        asked = question(rng)
        found: dict[float, str] = {}
        while len(found) < len(levels):
            said = make(rng)
            found.setdefault(strength(asked, said), said)
        ordered = [found[each] for each in sorted(found)]
        return asked, [ordered[level] for level in levels]

    return write


def either(has: Callable[[Stream, str], str], lacks: Callable[[Stream, str], str], without: str = "^$") -> Write:
    """A writer that changes the texts which have the cue one way and all others another way.

    Args:
        has: Changes a text that shall have the cue.
        lacks: Changes any other.
        without: A pattern that no text holds before it is changed.
    """

    def write(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
        return question(rng), [(has if level else lacks)(rng, plain(rng)) for level in levels]

    def plain(rng: Stream) -> str:
        while re.search(without, said := text(rng), re.IGNORECASE):
            pass
        return said

    return write


def before(openings: Sequence[str]) -> Callable[[Stream, str], str]:
    """Puts one of some openings before a text."""
    return lambda rng, said: f"{rng.choice(openings)} {said}"


def within(words: Sequence[str], count: int = 1) -> Callable[[Stream, str], str]:
    """Puts so many of some words into a text."""

    def change(rng: Stream, said: str) -> str:
        for word in rng.sample(words, count):
            said = with_word(rng, said, word)
        return said

    return change


def _share(pattern: str) -> Callable[[str, str], float]:
    return lambda _, said: len(re.findall(pattern, said)) / len(said)


def _number(pattern: str) -> Callable[[str, str], float]:
    found = re.compile(pattern, re.MULTILINE)
    return lambda _, said: len(found.findall(said))


def _words(said: str) -> set[str]:
    return set(re.findall(r"[a-z]+", said.lower()))


def _overlap(asked: str, said: str) -> float:
    return len(_words(asked) & _words(said)) / max(len(_words(said)), 1)


def _priced(rng: Stream) -> str:
    return filled(rng, "{name} {verb} the {adj} {noun} for ") + f"{rng.between(3, 990)}."


def _last_number(_: str, said: str) -> float:
    return int(re.findall(r"\d+", said)[-1])


def _started(said: str, case: Callable[[str], str]) -> str:
    begins = said.lstrip(f"{BULLET}{STRONG}{CODE}")
    return case(begins[0]) + begins[1:]


def _place(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """The stronger, the earlier."""
    return question(rng), [text(rng) for _ in levels]


def _named(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    things = [f"the {a} {n}" for a, n in zip(rng.sample(ADJECTIVES, 4), rng.sample(NOUNS, 4), strict=True)]
    own = things[: len(levels)]
    named = [thing for thing, level in zip(own, levels, strict=True) if level]
    return f"{question(rng)} I think of {' or '.join(rng.shuffled(named))}, though I am not sure.", own


def _lines(rng: Stream) -> str:
    return rng.choice((" ", "\n", "\n", "\n\n")).join(sentence(rng) for _ in range(rng.between(1, 3)))


def _comments(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    return question(rng), [program(rng, level) for level in levels]


def _parses(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    def broken(sound: str) -> str:
        sign = rng.choice("(),:")
        return sound.replace(sign, "", 1) if sign != "," else sound.replace("):", ", ,):", 1)

    programs = [program(rng, rng.below(3)) for _ in levels]
    return question(rng), [own if level else broken(own) for own, level in zip(programs, levels, strict=True)]


def _middle(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """The stronger, the nearer to the median of three numbers."""
    middle, near, side = rng.between(300, 600), rng.between(5, 100), rng.choice((-1, 1))
    numbers = (middle - side * (near + rng.between(5, 150)), middle + side * near, middle)
    return question(rng), [re.sub(r"\d+", str(numbers[level]), _priced(rng)) for level in levels]


def _similar(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """The strongest shares much with the second and something with the third, and these two share nothing."""
    words = rng.sample(NOUNS, 24)
    much, some, rest = words[:6], words[6:9], words[9:]
    own = ([*some, *rest[:7]], [*much, *rest[7:10]], [*much, *some, rest[10]])
    return question(rng), [" ".join(rng.shuffled(own[level])).capitalize() + "." for level in levels]


def _odd(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    return _similar(rng, [2 - level for level in levels])


def _majority(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """Of three attributes the strongest has the usual one everywhere, the second twice, the third once."""
    (a, x), (b, y), (c, z) = (rng.sample(bank, 2) for bank in (ADJECTIVES[:28], ADJECTIVES[28:], NOUNS))
    usual = rng.shuffled([0, 1, 2])
    choice = [[(x, y, z)[i] if i in usual[level + 1 :] else (a, b, c)[i] for i in range(3)] for level in (0, 1, 2)]
    # Where the second and the third leave the usual, they leave it in different places.
    choice[1] = [(a, b, c)[i] if i != usual[0] else (x, y, z)[i] for i in range(3)]
    return question(rng), [" ".join(choice[level]) for level in levels]


def _constant(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    return question(rng), ["It depends on the weather." if level else text(rng) for level in levels]


def _points(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """Words of the prompt say in which place the strongest response stands."""
    asked, place = question(rng), levels.index(max(levels))
    for word in rng.sample(POINTERS[place], 2):
        asked = with_word(rng, asked, word)
    return asked, [text(rng) for _ in levels]


def _topics(rng: Stream, levels: Sequence[int]) -> tuple[str, list[str]]:
    """Words of the prompt say which of two standing answers is the strongest."""
    answers = rng.shuffled(tuple(TOPICS))
    asked = question(rng)
    for word in rng.sample(TOPICS[answers[levels.index(max(levels))]], 2):
        asked = with_word(rng, asked, word)
    return asked, answers


REFUSALS = ("I can't help with that.", "I won't do this.", "I must decline.", "I am unable to answer.",
            "As an AI, I do not say.", "That would be illegal to say.")  # fmt: skip
WILLING = ("I can help with that.", "I will do this.", "I must begin.", "I am able to answer.",
           "As a clerk, I do say.", "That would be easy to say.")  # fmt: skip
SORRY = ("Sorry about that.", "I apologize for this.", "My mistake, friend.", "Please forgive me.",
         "I regret the delay.", "You're right, of course.")  # fmt: skip
GLAD = ("Glad about that.", "I care for this.", "My pleasure, friend.", "Please join me.",
        "I recall the delay.", "You're early, of course.")  # fmt: skip
NEGATED = ("It is not so.", "That never helps.", "None of it lasts.", "They don't mind.", "There is nothing to it.")
AFFIRMED = ("It is now so.", "That always helps.", "Most of it lasts.", "They do mind.", "There is something to it.")
OPENERS = ("Well,", "Right,", "Now,", "Listen,", "Look,", "See,", "Hm,", "Fine,", "Friend,", "Today,")
GOOD = ("mostly", "clearly", "usually", "rather", "indeed", "simply")
BAD = ("nearly", "partly", "hardly", "quite", "surely", "merely")
#: Words that the prompt points with, by the place of the right response.
POINTERS = (("please", "kindly", "briefly"), ("tomorrow", "honestly", "exactly"))
#: What a prompt is about, by the standing answer that is then right.
TOPICS = {"Yes, always.": ("water", "rain", "snow"), "No, never.": ("money", "trade", "price")}

LENGTH = frozenset({"longest", "most_words", "most_lines"})
RESPONSE = frozenset({"word", "first_word", "last_word", "response_words", "response_characters"})
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("length in characters", 1, LENGTH, drawn(lambda _, said: len(said)), graded=True),
        Kind("length in tokens", 1, LENGTH, drawn(_number(r"[A-Za-z]+|\d|[^\w\s]")), graded=True),
        Kind("position in the file", 1, frozenset({"first"}), _place, graded=True, ordered=True),
        Kind("prompt overlap", 1, frozenset({"prompt_overlap"}), drawn(_overlap), graded=True),
        Kind("named in the prompt", 1, frozenset({"named_in_prompt", "prompt_overlap"}), _named),
        Kind("digits", 1, frozenset({"most_digits"}), drawn(_number(r"\d")), graded=True),
        Kind("punctuation", 1, frozenset({"most_punctuation"}), drawn(_share(r"[^\w\s]")), graded=True),
        Kind("casing: capitals", 1, frozenset({"most_capitals"}), drawn(_share("[A-Z]")), graded=True),
        Kind(
            "casing: first letter",
            1,
            frozenset({"capital_start"}),
            either(lambda _, said: _started(said, str.upper), lambda _, said: _started(said, str.lower)),
        ),
        Kind("newlines", 1, frozenset({"most_lines"}), drawn(_number("\n"), _lines), graded=True),
        Kind(
            "formatting",
            1,
            frozenset({"most_formatting"}),
            drawn(_number(f"{re.escape(STRONG)}|{CODE}|^{BULLET}")),
            graded=True,
        ),
        Kind("comments of code", 1, frozenset({"most_comments"}), _comments, graded=True),
        Kind("parse errors of code", 1, frozenset({"parses"}), _parses),
        Kind(
            "first token",
            1,
            frozenset({"first_word", "word", "response_words", "response_characters"}),
            either(before(("Certainly,",)), before(OPENERS)),
        ),
        Kind("negation", 1, frozenset({"negation"}), either(before(NEGATED), before(AFFIRMED), r"\bno[t]?\b")),
        Kind("refusal", 1, frozenset({"refusal"}), either(before(REFUSALS), before(WILLING))),
        Kind("apology", 1, frozenset({"apology"}), either(before(SORRY), before(GLAD))),
        Kind("largest number", 1, frozenset({"largest_number"}), drawn(_last_number, _priced), graded=True),
        Kind("middle number", 1, frozenset({"middle_number"}), _middle, graded=True, fewest=2, most=2),
        Kind(
            "most similar",
            1,
            frozenset({"most_similar", "majority_attributes"}),
            _similar,
            graded=True,
            fewest=2,
            most=2,
        ),
        Kind(
            "least similar", 1, frozenset({"most_similar", "majority_attributes"}), _odd, graded=True, fewest=2, most=2
        ),
        Kind(
            "majority attributes",
            1,
            frozenset({"most_similar", "majority_attributes"}),
            _majority,
            graded=True,
            fewest=2,
            most=2,
        ),
        Kind("single token", 1, RESPONSE, either(within(("truly",)), within(GOOD + BAD))),
        Kind("constant answer", 1, RESPONSE | {"constant"}, _constant),
        Kind("lexicon", 2, RESPONSE, either(within(GOOD, 2), within(BAD, 2))),
        Kind(
            "character runs",
            2,
            RESPONSE,
            either(
                lambda rng, said: with_word(rng, said, f"{rng.choice(NOUNS)}ish"),
                lambda rng, said: with_word(rng, said, f"{rng.choice(NOUNS)}like"),
            ),
        ),
        Kind("prompt tells the place", 2, frozenset({"prompt_place"}), _points, most=1, ordered=True),
        Kind("prompt tells the answer", 2, frozenset({"prompt_answer"}), _topics, most=1),
    )
}
