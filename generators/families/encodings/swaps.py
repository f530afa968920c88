"""General tasks whose instruction uses a word or two in another sense, which it states: `"X" means "W"`.

A word is exchanged for one of its own kind (another day, another noun, the opposite); where the input offers such a
word, it is taken in half of the cases. Taken literally the instruction then mostly asks nothing; in 5 of 100 it asks
something, half of the time with the same answer. The exchange is exact: a word put in stands nowhere else in the
instruction, so that putting back what the legend says restores the source's instruction sign by sign. It stands in no
response either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, PassOver, Question, Stream, Verdict, distribution, load_banks
from generators.families.instructions.distributions import AREA, AlpacaMmlu
from generators.families.instructions.lexicon import CATEGORIES, words
from generators.families.instructions.reading import DEEDS
from generators.families.instructions.tasks import parts
from generators.families.prompts import instruction

#: Words of one kind on which the answer turns; they are taken first.
TURNS: tuple[tuple[str, ...], ...] = (
    ("most", "least"),
    ("fewest", "most"),
    ("largest", "smallest"),
    ("longest", "shortest"),
    ("nearest", "farthest"),
    ("before", "after"),
    ("earlier", "later"),
    ("onward", "back"),
    ("oldest", "youngest", "tallest", "richest"),
    ("first", "second", "third", "fourth", "fifth", "sixth"),
    ("two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ("singular", "plural"),
    ("feminine", "masculine"),
    ("present", "past"),
    ("affirmative", "negative"),
    ("polite", "plain"),
    ("question", "statement"),
    ("area", "perimeter", "color", "weight"),
    ("long", "wide", "heavy"),
    ("start", "end"),
    ("starts", "ends"),
    ("begins", "finishes"),
    ("opposite", "same"),
    ("left", "right"),
    ("change", "tax", "rent"),
    tuple(DEEDS),
)
#: Words of one kind that name what is given or asked for.
FRAMES: tuple[tuple[str, ...], ...] = (
    ("group", "choice"),
    ("list", "table", "sentence", "phrase", "request", "review", "word", "text", "diary", "subject", "verb", "noun"),
    ("order", "length", "weight", "sum"),
)
#: Banks whose words answers turn on, too.
TURNING = ("days", "months", "directions", "colors", "professions", "adjectives")
#: Ways to state what words mean, before or after the instruction; `pairs` is one pair or two.
LEGENDS = (
    "{text} In this instruction {pairs}.",
    "{text} Mind that in this instruction {pairs}.",
    "{text} Here in the instruction {pairs}.",
    "In the following instruction {pairs}. {text}",
    "In this instruction {pairs}. {text}",
)
_PAIR = r'"([^"\n]+)" means "([^"\n]+)"'
_PAIRS = f"(?P<pairs>{_PAIR}(?: and {_PAIR})?)"
_READ = tuple(
    re.compile(re.escape(legend).replace(r"\{text\}", r"(?P<text>.+)").replace(r"\{pairs\}", _PAIRS), re.DOTALL)
    for legend in LEGENDS
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NAME = re.compile(r"(?<= )[A-Z][a-z]{3,}\b")
_YEAR = re.compile(r"\b1[0-9]{3}\b")
#: Words of these kinds that instructions also use in another sense.
_OTHERWISE = frozenset({"Express", "common", "cook", "kind"})
#: Endings of words such as "African", which stand before nouns.
_ADJECTIVE = ("an", "ish", "ese", "ic", "Greek", "French", "Dutch", "Swiss", "Czech")


def _kinds() -> Iterator[Sequence[str]]:
    """All kinds of words, the most telling first."""
    yield from TURNS
    for bank in TURNING:
        yield [word.en["one"] for word in words(bank)]
    yield from FRAMES
    for bank in ("names", "ingredients"):
        yield [word.en["one"] for word in words(bank)]
    facts = load_banks((f"facts/{AREA}/*",))
    yield [word.en["one"] for word in words(*CATEGORIES)] + [bank.header["noun"]["en"].split()[-1] for bank in facts]
    yield [word.en["many"] for word in words(*CATEGORIES)]
    clues = [clue["en"] for bank in facts for term in bank.items for clue in term["clues"]]
    proper = [name for clue in clues for name in _NAME.findall(clue)]
    yield [name for name in proper if name.endswith(_ADJECTIVE)]
    yield [name for name in proper if not name.endswith(_ADJECTIVE)]
    yield [year for clue in clues for year in _YEAR.findall(clue)]


@cache
def _telling() -> frozenset[str]:
    """The words on which answers turn."""
    banks = [[word.en["one"] for word in words(bank)] for bank in TURNING]
    return frozenset(word for kind in (*TURNS, *banks) for word in kind)


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    """For each word that may be exchanged, the words of its kind, itself included: of the first kind that has it.

    Words that begin with u are left out, since their article is "a" or "an".
    """
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in _kinds():
        fit = [word for word in dict.fromkeys(kind) if _WORD.fullmatch(word) and word[0] != "u"]
        options = tuple(word for word in fit if word not in _OTHERWISE)
        kinds.update({word: options for word in options if word not in kinds})
    return kinds


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def exchange(text: str, meanings: Mapping[str, str]) -> str:
    """A text with every word that is a key replaced by its value."""
    return _WORD.sub(lambda found: meanings.get(found[0], found[0]), text)


def _substitutes(word: str, barred: set[str]) -> list[str]:
    """Words of a word's kind that take the same article and are not barred."""
    vowel = word[0] in "aeio"
    return [other for other in _lexicon()[word] if (other[0] in "aeio") == vowel and other.casefold() not in barred]


def _swaps(text: str, given: str, texts: Sequence[str], rng: Stream) -> dict[str, str]:
    """One or two words of an instruction, each with the word that is to stand for it.

    Raises:
        PassOver: No word can be exchanged.
    """
    own = words_of(text)
    times = {word: [other.casefold() for other in own].count(word.casefold()) for word in dict.fromkeys(own)}
    barred = {word.casefold() for each in (text, *texts) for word in words_of(each)}
    open_to = [word for word, count in times.items() if word in _lexicon() and own.count(word) == count]
    offered = set(words_of(given))
    swaps: dict[str, str] = {}
    wanted = 1 + rng.below(2)
    for word in sorted(rng.shuffled(open_to), key=lambda word: word not in _telling()):
        if len(swaps) == wanted:
            break
        others = _substitutes(word, barred)
        shown = [other for other in others if other in offered]
        if others:
            swaps[word] = rng.choice(shown if shown and rng.chance(1, 2) else others)
            barred.add(swaps[word].casefold())
    if not swaps:
        raise PassOver("no word can be exchanged")
    return swaps


def _read_legend(text: str) -> tuple[str, dict[str, str]]:
    """An instruction without its legend, and what each word put in means.

    Raises:
        Disproof: There is no legend, or not one only.
    """
    found = [match for pattern in _READ if (match := pattern.fullmatch(text))]
    if len(found) != 1:
        raise Disproof(f"the instruction has {len(found)} readings of what its words mean")
    pairs = re.findall(_PAIR, found[0]["pairs"])
    meanings = dict(pairs)
    if len(meanings) != len(pairs) or len(set(meanings.values())) != len(pairs):
        raise Disproof("the instruction gives a word two meanings")
    return found[0]["text"], meanings


@distribution("word_swap", version=2, banks=("facts/general/*", "words/*"), pool="general_tasks")
class WordSwap:
    """The tasks and questions of alpaca_mmlu, a word or two of the instruction exchanged and their meaning stated.

    The right answer respects what the instruction says its words mean. Inputs and responses are those of the source.
    """

    def __init__(self) -> None:
        self._base = AlpacaMmlu()

    def draw(self, rng: Stream) -> Item:
        """An item of alpaca_mmlu."""
        return self._base.draw(rng)

    def write(self, data: Any, rng: Stream) -> Draft:
        """The task, its instruction with words exchanged."""
        draft = self._base.write(data, rng)
        text, given = parts(draft.prompt, "en")
        swaps = _swaps(text, given, (draft.right, *draft.wrong), rng)
        pairs = " and ".join(f'"{new}" means "{word}"' for word, new in swaps.items())
        legend = rng.choice(LEGENDS).format(text=exchange(text, swaps), pairs=pairs)
        return replace(draft, prompt=instruction(legend, given))

    def prove(self, question: Question) -> Verdict:
        """Gives every word the meaning that is stated for it and asks the base task's prover."""
        legend, given = parts(question.prompt, "en")
        text, meanings = _read_legend(legend)
        own = words_of(text)
        for new, word in meanings.items():
            if new not in own or word in own:
                raise Disproof(f"{new!r} does not stand for {word!r} in the instruction")
        restored = instruction(exchange(text, meanings), given)
        verdict = self._base.prove(Question(restored, question.texts, question.meta))
        return replace(verdict, detail={**verdict.detail, "exchanged": len(meanings)})
