"""Tasks about people: their professions and how they are related."""

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import THE, an, first_names
from generators.families.instructions.lexicon import Language, Word, by_id, find, find_one, words
from generators.families.instructions.tasks import Case, Seen, Task, task


def people(rng: Stream, count: int) -> list[Word]:
    """As many different persons."""
    return rng.sample(words("names"), count)


def person(name: str) -> Word | None:
    """The person of a name."""
    return find_one("en", name, "one", "names")


def the_one(who: Word) -> str:
    """The Spanish article that stands for a person."""
    return THE[who.gender, False]


@task("profession")
class Profession(Task):
    """Which of four people has a profession, from what each of them does for a living."""

    asks = Forms(
        "Which of these people is {profession}?",
        "Who among the four works as {profession}?",
        "One of these people is {profession}. Who is it?",
        "Four neighbors tell what they do for a living. Which of them is {profession}?",
    )
    says = Says(
        en=Forms("{name} is {profession}.", "{name} works as {profession}.", "It is {name} who is {profession}."),
        es=Forms(
            "{name} es {profession}.", "{name} trabaja de {profession}.", "Es {name} quien trabaja de {profession}."
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four people with four professions."""
        jobs = rng.sample(words("professions"), 4)
        options = list(zip(people(rng, 4), jobs, strict=True))
        key = ",".join(sorted(f"{who.id} {job.id}" for who, job in options))
        return Case(key, jobs[0].id, options)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The profession asked for."""
        return {"profession": an(case.options[0][1].en["one"])}

    def given(self, case: Case, rng: Stream) -> str:
        """What each of them does."""
        return "\n".join(f"{who.en['one']} {job.en['does']}." for who, job in rng.shuffled(case.options))

    def words(self, case: Case, option: tuple[Word, Word], language: Language) -> Mapping[str, str]:
        """A person, with the profession in that person's gender."""
        who, asked = option[0], case.options[0][1]
        name = an(asked.en["one"]) if language == "en" else asked.es[f"{who.gender}_one"]
        return {"name": who.en["one"], "profession": name}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The person's line tells what the lexicon says of that profession, which is named in the person's gender."""
        who, asked = person(said["name"]), seen.slots["profession"]
        job = next(job for job in words("professions") if an(job.en["one"]) == asked)
        if who is None or f"{said['name']} {job.en['does']}." not in seen.lines:
            return False
        form = "one" if language == "en" else f"{who.gender}_one"
        return (job, form) in find(language, said["profession"].removeprefix("an ").removeprefix("a "), "professions")


#: Two steps of kinship that make a third: A is the first of B, B is the second of C, so A is the key of C. Most keys
#: are not among their own steps, so that being named in the prompt tells as much of a right answer as of a wrong one.
_STEPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "father": (("father", "brother"),),
    "brother": (("son", "father"),),
    "son": (("brother", "son"),),
    "grandfather": (("father", "father"),),
    "grandson": (("son", "son"),),
    "uncle": (("brother", "father"),),
    "nephew": (("son", "brother"),),
    "cousin": (("son", "uncle"),),
    "father_in_law": (("father", "husband"),),
    "brother_in_law": (("brother", "husband"), ("husband", "brother")),
    "son_in_law": (("husband", "son"),),
    "great_grandfather": (("father", "grandfather"), ("grandfather", "father")),
}


@task("kinship")
class Kinship(Task):
    """What one person is to another, from what each is to a third."""

    asks = Forms(
        "{a} is the {first} of {b}, and {b} is the {second} of {c}. What is {a} to {c}?",
        "If {a} is {b}'s {first} and {b} is {c}'s {second}, how are {a} and {c} related?",
        "{b} is the {second} of {c}. {a} is the {first} of {b}. How is {a} related to {c}?",
    )
    says = Says(
        en=Forms("{a} is the {kin} of {c}.", "{a} is {c}'s {kin}.", "So {a} is the {kin} of {c}."),
        es=Forms("{a} es {kin} de {c}.", "Entonces {a} es {kin} de {c}.", "Por lo tanto, {a} es {kin} de {c}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four relations that a person of that gender can have, the first of which two steps lead to."""
        one, two, three = people(rng, 3)
        options = rng.sample(sorted(_STEPS), 4)
        first, second = rng.choice(_STEPS[options[0]])
        names = first_names((one, two, three))
        key = f"{names[0]} {first} {names[1]} {second} {names[2]}"
        facts = {"people": (one, two, three), "first": first, "second": second}
        return Case(key, ",".join(options), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The three people and the two steps."""
        one, two, three = case.facts["people"]
        kin = by_id("family")
        return {
            **dict(zip("abc", first_names((one, two, three)), strict=True)),
            "first": kin[case.facts["first"]].en[f"{one.gender}_one"],
            "second": kin[case.facts["second"]].en[f"{two.gender}_one"],
        }

    def words(self, case: Case, option: str, language: Language) -> Mapping[str, str]:
        """The relation in the first person's gender."""
        one, _, three = case.facts["people"]
        word = by_id("family")[option].form(language, f"{one.gender}_one")
        kin = word if language == "en" else f"{the_one(one)} {word}"
        return {"a": one.en["one"], "c": three.en["one"], "kin": kin}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The relations are walked as paths in a family tree: up, down and across to a spouse."""
        if said["a"] != seen.slots["a"] or said["c"] != seen.slots["c"]:
            return False
        (first, _), (second, _) = (find("en", seen.slots[key], "family")[0] for key in ("first", "second"))
        ways = {_walk(on + from_) for on in second.more["paths"] for from_ in first.more["paths"]}
        who, text = person(said["a"]), said["kin"]
        if who is None:
            return False
        if language == "es":
            article, _, text = text.partition(" ")
            if article != the_one(who):
                return False
        kin = [word for word, form in find(language, text, "family") if form == f"{who.gender}_one"]
        return len(kin) == 1 and not ways.isdisjoint(kin[0].more["paths"])


def _walk(path: str) -> str:
    """A path without detours: down to a child and up again leads back to where it began."""
    while "du" in path:
        path = path.replace("du", "")
    return path
