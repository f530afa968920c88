"""Tasks about single words: opposites, categories, intruders, places in a list."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from generators.core import Stream, split_of
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import a, find_the, listing, the, unlist
from generators.families.instructions.lexicon import (
    CATEGORIES,
    Language,
    Word,
    by_id,
    category,
    find,
    find_one,
    words,
)
from generators.families.instructions.tasks import Case, Seen, Task, task


def nouns(rng: Stream, count: int) -> list[Word]:
    """Nouns of as many different categories."""
    return [rng.choice(words(bank)) for bank in rng.sample(CATEGORIES, count)]


def noun(text: str) -> Word | None:
    """The noun of any category with this English singular."""
    return find_one("en", text, "one", *CATEGORIES)


@cache
def _opposites(split: str) -> tuple[tuple[str, str], ...]:
    pairs = sorted({tuple(sorted((word.id, word.more["opposite"]))) for word in words("adjectives")})
    return tuple((one, two) for one, two in pairs if split_of(f"antonym:{one}/{two}") == split)


@task("antonym")
class Antonym(Task):
    """The opposite of an adjective, among four adjectives of different fields.

    Only some 70 groups, one for each pair of opposites. All four answers come from pairs of one split, so that a word
    that is right in one split is not always wrong in the other.
    """

    asks = Forms(
        'What is the opposite of "{word}"?',
        'Name an adjective that means the opposite of "{word}".',
        'Give the antonym of "{word}".',
        'Which adjective is the contrary of "{word}"?',
    )
    says = Says(
        en=Forms(
            "{answer}",
            'The opposite of "{word}" is "{answer}".',
            'The antonym of "{word}" is "{answer}".',
            'It is "{answer}".',
        ),
        es=Forms(
            "{answer}",
            "Lo contrario de «{word}» es «{answer}».",
            "El antónimo de «{word}» es «{answer}».",
            "Es «{answer}».",
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four pairs of opposites and a side of each; the first pair is asked for."""
        pairs = _opposites("test" if rng.chance(1, 3) else "train")
        adjectives = by_id("adjectives")
        while True:
            chosen = rng.sample(pairs, 4)
            if len({adjectives[one].more["field"] for one, _ in chosen}) == 4:
                break
        options = [adjectives[rng.choice(pair)] for pair in chosen]
        others = ",".join(sorted(word.id for word in options[1:]))
        return Case("/".join(chosen[0]), f"{options[0].id} of {others}", options)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The opposite of the right answer."""
        return {"word": by_id("adjectives")[case.options[0].more["opposite"]].en["one"]}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """An adjective, and the one that was asked about."""
        form = "one" if language == "en" else "m_one"
        asked = by_id("adjectives")[case.options[0].more["opposite"]]
        return {"answer": option.form(language, form), "word": asked.form(language, form)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The lexicon's opposite of the answer is the word in the question."""
        form = "one" if language == "en" else "m_one"
        asked = find_one("en", seen.slots["word"], "one", "adjectives")
        answer = find_one(language, said["answer"], form, "adjectives")
        named = find_one(language, said["word"], form, "adjectives") if "word" in said else asked
        return answer is not None and asked is not None and named == asked and answer.more["opposite"] == asked.id


@task("category")
class Category(Task):
    """Which of four nouns belongs to a category; each belongs to another, any of which could be asked for."""

    asks = Forms(
        "Which of these words names {category}: {list}?",
        "Here are four words: {list}. Which of them is {category}?",
        "Only one of the following is {category}: {list}. Which one?",
        "Pick out the word that stands for {category} from this list: {list}.",
    )
    says = Says(
        en=Forms("{Thing} is {category}.", "Of the four, {thing} is {category}.", "The answer is {thing}."),
        es=Forms("{Thing} es {category}.", "De las cuatro cosas, {thing} es {category}.", "La respuesta es {thing}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four nouns; the first is asked for."""
        options = nouns(rng, 4)
        return Case(",".join(sorted(word.id for word in options)), options[0].bank, options)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The category, and the four words in the order of the alphabet."""
        names = sorted(word.en["one"] for word in case.options)
        return {"category": a(category(case.options[0].bank), "en"), "list": listing(names, "en")}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """The noun and the category asked for."""
        return {"thing": the(option, language), "category": a(category(case.options[0].bank), language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The noun stands in the bank of the category that the question names, and in the question's list."""
        asked = next(bank for bank in CATEGORIES if a(category(bank), "en") == seen.slots["category"])
        thing = find_the(language, said["thing"], *CATEGORIES)
        if thing is None or thing.en["one"] not in unlist(seen.slots["list"], "en"):
            return False
        return thing.bank == asked and said.get("category", a(category(asked), language)) == a(
            category(asked), language
        )


@task("goes_with")
class GoesWith(Task):
    """Which of four nouns goes with three others of one category."""

    asks = Forms(
        "Which of the choices fits into the group?",
        "Find the choice that belongs with the words of the group.",
        "The words of the group have something in common. Which choice shares it?",
        "Add one of the choices to the group so that all its words are of one kind.",
    )
    says = Says(
        en=Forms(
            "{Thing}, because it is also {category}.",
            "{Thing} fits, since it too is {category}.",
            "It should be {thing}: that is {category} as well.",
        ),
        es=Forms(
            "{Thing}, porque también es {category}.",
            "Encaja {thing}, ya que también es {category}.",
            "Debe ser {thing}: también es {category}.",
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four nouns, and three more of the first one's category."""
        options = nouns(rng, 4)
        rest = [word for word in words(options[0].bank) if word != options[0]]
        group = rng.sample(rest, 3)
        key = ",".join(sorted(word.id for word in [*options, *group]))
        return Case(key, options[0].id, options, facts={"group": group})

    def slots(self, case: Case) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def given(self, case: Case, rng: Stream) -> str:
        """The group and the choices."""
        group = ", ".join(word.en["one"] for word in case.facts["group"])
        return f"Group: {group}\nChoices: {', '.join(w.en['one'] for w in rng.shuffled(case.options))}"

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """The noun and its own category."""
        return {"thing": the(option, language), "category": a(category(option.bank), language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The noun is a choice, and its bank, which the answer names, holds the whole group."""
        group, choices = (line.partition(": ")[2].split(", ") for line in seen.lines)
        thing = find_the(language, said["thing"], *CATEGORIES)
        if thing is None or thing.en["one"] not in choices:
            return False
        fits = all(find_one("en", word, "one", thing.bank) for word in group)
        return fits and said["category"] == a(category(thing.bank), language)


@task("intruder")
class Intruder(Task):
    """Which word stands in the wrong one of two lists, each of which holds one word of the other's category."""

    asks = Forms(
        "One word in the {which} list belongs in the other list. Which one?",
        "Two words were swapped between these lists. Which word is wrong in the {which} list?",
        "Find the word of the {which} list that does not belong there.",
        "Which word should be taken out of the {which} list?",
    )
    says = Says(
        en=Forms(
            "{Thing} does not belong in the {which} list.",
            "In the {which} list, {thing} is out of place.",
            "It is {thing} that should leave the {which} list.",
        ),
        es=Forms(
            "{Thing} no pertenece a la {which} lista.",
            "En la {which} lista sobra {thing}.",
            "De la {which} lista hay que quitar {thing}.",
        ),
    )
    _places: Mapping[Language, Mapping[str, str]] = {
        "en": {"first": "first", "second": "second"},
        "es": {"first": "primera", "second": "segunda"},
    }

    def draw(self, rng: Stream) -> Case:
        """Eight nouns of two categories; of the answers, two stand in the wrong list and two in the right one."""
        one, two = rng.sample(CATEGORIES, 2)
        ours, theirs = rng.sample(words(one), 4), rng.sample(words(two), 4)
        lists = [rng.shuffled([*ours[:3], theirs[3]]), rng.shuffled([*theirs[:3], ours[3]])]
        turn = rng.choice(("first", "second"))
        swapped = [theirs[3], ours[3]]
        right, other = swapped if turn == "first" else reversed(swapped)
        key = ";".join(sorted(",".join(sorted(w.id for w in part)) for part in lists))
        options = [right, other, ours[0], theirs[0]]
        return Case(key, f"{turn},{','.join(w.id for w in options)}", options, facts={"lists": lists, "which": turn})

    def slots(self, case: Case) -> Mapping[str, str]:
        """Which list is meant."""
        return {"which": case.facts["which"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The two lists."""
        first, second = (", ".join(word.en["one"] for word in part) for part in case.facts["lists"])
        return f"First list: {first}\nSecond list: {second}"

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """The noun and the list."""
        return {"thing": the(option, language), "which": self._places[language][case.facts["which"]]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The noun stands in the list asked about, all of whose other words share a bank that is not its own."""
        found = [[noun(word) for word in line.partition(": ")[2].split(", ")] for line in seen.lines]
        asked = found[0 if seen.slots["which"] == "first" else 1]
        thing = find_the(language, said["thing"], *CATEGORIES)
        if thing not in asked or said["which"] != self._places[language][seen.slots["which"]]:
            return False
        banks = {word.bank for word in asked if word and word != thing}
        return thing is not None and len(banks) == 1 and thing.bank not in banks


@task("position")
class Position(Task):
    """Which word has a certain place in a list of six, counted from either end."""

    asks = Forms(
        start=(
            "Which word is the {place} one in this list?",
            "Tell me the {place} word of the list below.",
            "What is the {place} item of the list, counted from the beginning?",
        ),
        end=(
            "Which word is the {place} one from the end of this list?",
            "Counting backward from the last word, which is the {place} one?",
            "What is the {place} item of the list, counted from the end?",
        ),
    )
    says = Says(
        en=Forms(
            start=('The {place} word is "{thing}".', 'It is "{thing}".', '"{thing}"'),
            end=('The {place} word from the end is "{thing}".', 'It is "{thing}".', '"{thing}"'),
        ),
        es=Forms(
            start=("La {place} palabra es «{thing}».", "Es «{thing}».", "«{thing}»"),
            end=("La {place} palabra empezando por el final es «{thing}».", "Es «{thing}».", "«{thing}»"),
        ),
    )
    _places: Mapping[Language, tuple[str, ...]] = {
        "en": ("first", "second", "third", "fourth", "fifth", "sixth"),
        "es": ("primera", "segunda", "tercera", "cuarta", "quinta", "sexta"),
    }

    def draw(self, rng: Stream) -> Case:
        """Six nouns, four of them as answers, and the end from which to count to the right one."""
        row = nouns(rng, 6)
        options = rng.sample(row, 4)
        turn = rng.choice(("start", "end"))
        place = row.index(options[0]) if turn == "start" else 5 - row.index(options[0])
        key = ",".join(word.id for word in row)
        asked = f"{turn}{place},{','.join(word.id for word in options)}"
        return Case(key, asked, options, turn, {"row": row, "place": place})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The place asked for."""
        return {"place": self._places["en"][case.facts["place"]]}

    def given(self, case: Case, rng: Stream) -> str:
        """The list."""
        return ", ".join(word.en["one"] for word in case.facts["row"])

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """The noun and the place."""
        return {"thing": option.form(language, "one"), "place": self._places[language][case.facts["place"]]}

    def check(self, seen: Seen, said: Mapping[str, Any], language: Language) -> bool:
        """The noun is the translation of the word at that place."""
        row = seen.given.split(", ")
        place = self._places["en"].index(seen.slots["place"])
        word = row[place] if seen.turn == "start" else row[::-1][place]
        same_place = said.get("place", self._places[language][place]) == self._places[language][place]
        return same_place and (noun(word), "one") in find(language, said["thing"], *CATEGORIES)
