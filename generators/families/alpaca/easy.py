"""Kinds of task that a child does at a glance: one step on a line of print."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream

# The files that register the kinds named in `ONE_STEP`.
from generators.families.instructions import (  # noqa: F401
    amounts,
    figures,
    people,
    reading,
    sentences,
    shares,
)
from generators.families.instructions import words as _words  # noqa: F401
from generators.families.instructions.choices import grid
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.lexicon import CATEGORIES, Language, Word, words
from generators.families.instructions.tasks import TASKS, Case, Kinds, Seen, Task, task

#: Kinds of the general tasks that take one step.
ONE_STEP = (
    "antonym",
    "category",
    "color",
    "deed",
    "diary",
    "goes_with",
    "number_words",
    "pick_sentence",
    "position",
    "profession",
    "sequence",
)
EASY: Kinds = {name: TASKS[name] for name in ONE_STEP}
_PLACES = ("first", "second", "third", "fourth", "fifth")


@task("sum", EASY)
class Sum(Task):
    """Two numbers added, or one taken from the other."""

    asks = Forms(
        plus=("What is {a} plus {b}?", "Add {a} and {b}.", "How much do you get when you add {b} to {a}?"),
        minus=("What is {a} minus {b}?", "Take {b} away from {a}.", "How much is left of {a} when you take away {b}?"),
    )
    says = Says(
        en=Forms(
            plus=("It makes {result}.", "{a} plus {b} is {result}.", "The sum is {result}."),
            minus=("That leaves {result}.", "{a} minus {b} is {result}.", "The difference is {result}."),
        ),
        es=Forms(),
    )

    def draw(self, rng: Stream) -> Case:
        """Four results, and two numbers that come to the first."""
        options = grid(rng, 21, 88, (10, 20), (1, 2))
        turn = rng.choice(("plus", "minus"))
        b = rng.between(11, 19) if turn == "plus" else rng.between(11, 49)
        a = options[0] - b if turn == "plus" else options[0] + b
        return Case(f"{a} {turn} {b}", str(sorted(options)), options, turn, {"a": a, "b": b})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The two numbers."""
        return {"a": str(case.facts["a"]), "b": str(case.facts["b"])}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A result, and the numbers again."""
        return {**self.slots(case), "result": str(option)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The result, with the second number put back, is the first."""
        a, b, result = int(seen.slots["a"]), int(seen.slots["b"]), int(said["result"])
        same = said.get("a", seen.slots["a"]) == seen.slots["a"] and said.get("b", seen.slots["b"]) == seen.slots["b"]
        return same and (result - b == a if seen.turn == "plus" else result + b == a)


@task("letter", EASY)
class Letter(Task):
    """Which letter stands at a place of a word."""

    asks = Forms(
        'What is the {place} letter of the word "{word}"?',
        'Which letter comes {place} in "{word}"?',
        'Spell "{word}" and tell me the {place} letter.',
    )
    says = Says(en=Forms('It is "{letter}".', 'The {place} letter is "{letter}".', 'The letter "{letter}"'), es=Forms())

    def draw(self, rng: Stream) -> Case:
        """A word, four of its letters and the place of the first of them."""
        able = [w for w in words(*CATEGORIES) if w.en["one"].isalpha() and len(set(w.en["one"][:5])) == 5]
        word = rng.choice(able)
        options = rng.sample(word.en["one"][:5], 4)
        place = word.en["one"].index(options[0])
        return Case(f"{word.id} {place}", ",".join(sorted(options)), options, facts={"word": word, "place": place})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The word and the place."""
        return {"word": case.facts["word"].en["one"], "place": _PLACES[case.facts["place"]]}

    def words(self, case: Case, option: str, language: Language) -> Mapping[str, str]:
        """A letter."""
        return {"letter": option, "place": _PLACES[case.facts["place"]]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The word is spelled up to that place."""
        spelled = dict(zip(_PLACES, seen.slots["word"], strict=False))
        place = seen.slots["place"]
        return spelled[place] == said["letter"] and place == said.get("place", place)


@task("alphabet", EASY)
class Alphabet(Task):
    """Which of four words comes at a place of the alphabetical order; any place, so that any word may be right."""

    asks = Forms(
        "In alphabetical order, which of these words comes {place}: {row}?",
        "Look at the words {row}. Which one comes {place} in the alphabet?",
        "Put these words in alphabetical order and name the {place} one: {row}.",
    )
    says = Says(en=Forms('"{word}"', 'It is "{word}".', 'The {place} word is "{word}".'), es=Forms())

    def draw(self, rng: Stream) -> Case:
        """Four words that begin with different letters, and one of them to ask for."""
        pool = [word for word in words(*CATEGORIES) if word.en["one"].isalpha()]
        while True:
            options = rng.sample(pool, 4)
            if len({word.en["one"][0] for word in options}) == len(options):
                break
        row = rng.shuffled(options)
        return Case(",".join(sorted(w.id for w in options)), options[0].id, options, facts={"row": row})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The place and the words."""
        ordered = sorted(word.en["one"] for word in case.options)
        place = ordered.index(case.options[0].en["one"])
        return {"place": _PLACES[place], "row": ", ".join(word.en["one"] for word in case.facts["row"])}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A word and the place."""
        return {"word": option.en["one"], "place": self.slots(case)["place"]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """As many words of the row stand before it as the place says."""
        row = seen.slots["row"].split(", ")
        before = sum(word < said["word"] for word in row)
        place = seen.slots["place"]
        return said["word"] in row and _PLACES[before] == place == said.get("place", place)
