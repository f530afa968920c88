"""A task about phrases whose words agree: a noun with its determiner and its adjective."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.choices import Bits, corners, flipped
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import agreeing
from generators.families.instructions.lexicon import Language, Word, by_id, find, words
from generators.families.instructions.tasks import Case, Seen, Task, task

#: Determiners: English singular and plural, Spanish by gender and number.
DETERMINERS: Mapping[str, Mapping[str, str]] = {
    "the": {"one": "the", "many": "the", "m_one": "el", "f_one": "la", "m_many": "los", "f_many": "las"},
    "this": {"one": "this", "many": "these", "m_one": "este", "f_one": "esta", "m_many": "estos", "f_many": "estas"},
    "that": {"one": "that", "many": "those", "m_one": "ese", "f_one": "esa", "m_many": "esos", "f_many": "esas"},
    "our": {
        "one": "our",
        "many": "our",
        "m_one": "nuestro",
        "f_one": "nuestra",
        "m_many": "nuestros",
        "f_many": "nuestras",
    },
    "my": {"one": "my", "many": "my", "m_one": "mi", "f_one": "mi", "m_many": "mis", "f_many": "mis"},
}


def _characters() -> list[tuple[Word, Word]]:
    """Pairs of opposite adjectives that describe persons, each once."""
    adjectives = by_id("adjectives")
    return [
        (word, adjectives[word.more["opposite"]])
        for word in words("adjectives")
        if word.more.get("person") and word.id < word.more["opposite"]
    ]


#: What each change of a phrase is called.
_CHANGES: Mapping[Bits, str] = {
    (True, False, False): "number",
    (False, True, False): "gender",
    (False, False, True): "adjective",
    (True, True, True): "all",
}


@task("phrase")
class Phrase(Task):
    """A noun phrase with its number, its gender, its adjective or all three changed; in Spanish all words agree."""

    asks = Forms(
        number=(
            "Put this phrase into the {number} and leave the rest as it is.",
            "Rewrite the phrase in the {number}, changing nothing else.",
            "Give the {number} of the phrase below.",
        ),
        gender=(
            "Replace the noun with its {gender} counterpart and leave the rest as it is.",
            "Rewrite the phrase with the {gender} form of the noun, changing nothing else.",
            "Give the phrase with the {gender} counterpart of its noun.",
        ),
        adjective=(
            "Replace the adjective with its opposite and leave the rest as it is.",
            "Rewrite the phrase with the opposite adjective, changing nothing else.",
            "Give the phrase with an adjective of the opposite meaning.",
        ),
        all=(
            "Put this phrase into the {number}, use the {gender} noun and the opposite adjective.",
            "Change the number to {number}, the noun to its {gender} form and the adjective to its opposite.",
            "Rewrite the phrase in the {number}, with the {gender} counterpart of the noun and the opposite adjective.",
        ),
    )
    says = Says(
        en=Forms("{phrase}", 'The phrase becomes "{phrase}".', 'The new phrase is "{phrase}".'),
        es=Forms("{phrase}", "La expresión queda así: «{phrase}».", "La nueva expresión es «{phrase}»."),
    )

    def draw(self, rng: Stream) -> Case:
        """A noun, an adjective and a determiner, and a change to make."""
        couple = rng.choice(words("couples"))
        pair = rng.choice(_characters())
        determiner = rng.choice(sorted(DETERMINERS))
        bits, changes = corners(rng)
        key = f"{determiner},{couple.id},{pair[0].id}"
        asked = f"{''.join(str(int(bit)) for bit in bits)} {_CHANGES[changes[0]]}"
        options = [flipped(bits, change) for change in changes]
        facts = {"couple": couple, "pair": pair, "determiner": determiner, "bits": bits}
        return Case(key, asked, options, _CHANGES[changes[0]], facts)

    def _phrase(self, case: Case, bits: Bits, language: Language) -> str:
        many, female, other = bits
        number, gender = "many" if many else "one", "f" if female else "m"
        determiner = DETERMINERS[case.facts["determiner"]]
        noun = case.facts["couple"].form(language, f"{gender}_{number}")
        adjective = agreeing(case.facts["pair"][other], language, gender, many)
        if language == "en":
            return f"{determiner[number]} {adjective} {noun}"
        return f"{determiner[f'{gender}_{number}']} {noun} {adjective}"

    def slots(self, case: Case) -> Mapping[str, str]:
        """Number and gender of the right answer."""
        many, female, _ = case.options[0]
        return {"number": "plural" if many else "singular", "gender": "feminine" if female else "masculine"}

    def given(self, case: Case, rng: Stream) -> str:
        """The phrase to change."""
        return self._phrase(case, case.facts["bits"], "en")

    def words(self, case: Case, option: Bits, language: Language) -> Mapping[str, str]:
        """The changed phrase."""
        return {"phrase": self._phrase(case, option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Both phrases are taken apart word by word; just the features asked for differ."""
        before, after = _features(seen.given, "en"), _features(said["phrase"], language)
        if before is None or after is None or before["couple"] != after["couple"]:
            return False
        if before["determiner"] != after["determiner"]:
            return False
        changed = {key for key in ("number", "gender", "adjective") if before[key] != after[key]}
        wanted = {"number", "gender", "adjective"} if seen.turn == "all" else {seen.turn}
        opposite = by_id("adjectives")[before["adjective"]].more["opposite"]
        if "adjective" in changed and after["adjective"] != opposite:
            return False
        named = {"number": ("singular", "plural")[after["number"] == "many"], "gender": _GENDERS[after["gender"]]}
        return changed == wanted and all(named[key] == value for key, value in seen.slots.items())


_GENDERS = {"m": "masculine", "f": "feminine"}


def _features(phrase: str, language: Language) -> dict[str, str] | None:
    """What a phrase of three words says by each of them; None where they do not agree."""
    parts = phrase.split(" ")
    if len(parts) != 3:
        return None
    determiner, noun, adjective = (parts[0], parts[2], parts[1]) if language == "en" else parts
    for couple, form in find(language, noun, "couples"):
        gender, number = form.split("_")
        shape = number if language == "en" else form
        kinds = [key for key, forms in DETERMINERS.items() if forms[shape] == determiner]
        qualities = [word.id for word, name in find(language, adjective, "adjectives") if name in ("one", form)]
        if kinds and qualities:
            return {
                "couple": couple.id,
                "gender": gender,
                "number": number,
                "determiner": kinds[0],
                "adjective": qualities[0],
            }
    return None
