"""A task that tells in one sentence a part of what a text tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import find_the, the
from generators.families.instructions.lexicon import OBJECTS, Language, Word, words
from generators.families.instructions.people import people
from generators.families.instructions.reading import DEEDS
from generators.families.instructions.tasks import Case, Seen, Task, task

#: Pairs of deeds that one person may do, each to another thing.
_PAIRS = (("lost", "found"), ("bought", "sold"), ("cleaned", "repaired"), ("lost", "received"), ("chose", "sold"))


@task("summary")
class Summary(Task):
    """What two people did, told in one sentence; of each the text tells two deeds."""

    asks = Forms(
        "In one sentence, say what each of the two people {deed}.",
        "Sum up in a single sentence what the two people {deed}, and leave out the rest.",
        "Write one sentence that tells only what these two people {deed}.",
    )
    says = Says(
        en=Forms("{a} {deed} {one}, and {b} {deed2} {two}.", "{a} {deed} {one}, while {b} {deed2} {two}."),
        es=Forms("{a} {deed} {one}, y {b} {deed2} {two}.", "{a} {deed} {one}, mientras que {b} {deed2} {two}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Two people with two things each; which deed goes with which thing is drawn, so any pair may be right."""
        one, two, three, four = (rng.choice(words(bank)) for bank in rng.sample(OBJECTS, 4))
        who = people(rng, 2)
        deeds = rng.choice(_PAIRS)
        asked = rng.choice(deeds)
        options = rng.shuffled([(one, three), (one, four), (two, three), (two, four)])
        other = next(deed for deed in deeds if deed != asked)
        rest = (two if options[0][0] == one else one, four if options[0][1] == three else three)
        did = {asked: options[0], other: rest}
        key = ",".join(f"{deed} {'+'.join(thing.id for thing in did[deed])}" for deed in deeds)
        facts = {"who": who, "deeds": deeds, "did": did, "deed": asked}
        return Case(f"{who[0].id} {who[1].id} {key}", asked, options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The deed asked about."""
        return {"deed": case.facts["deed"]}

    def given(self, case: Case, rng: Stream) -> str:
        """What the two people did."""
        did: Mapping[str, tuple[Word, Word]] = case.facts["did"]
        sentences = []
        for number, who in enumerate(case.facts["who"]):
            deeds = rng.shuffled(case.facts["deeds"])
            told = [f"{deed} {the(did[deed][number], 'en')}" for deed in deeds]
            sentences.append(f"{who.en['one']} {told[0]} and {told[1]}.")
        return " ".join(sentences)

    def words(self, case: Case, option: tuple[Word, Word], language: Language) -> Mapping[str, str]:
        """Both people, each with a thing."""
        deed = case.facts["deed"] if language == "en" else DEEDS[case.facts["deed"]]
        one, two = (the(thing, language) for thing in option)
        first, second = (who.en["one"] for who in case.facts["who"])
        return {"a": first, "b": second, "deed": deed, "deed2": deed, "one": one, "two": two}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """What the answer tells of each person is, in English, what the text tells of that person."""
        did = set()
        for name, told in re.findall(r"([A-Z]\w+) ([^.]+)\.", seen.given):
            did |= {f"{name} {deed}" for deed in told.split(" and ")}
        deed = seen.slots["deed"]
        if {said["deed"], said["deed2"]} != {deed if language == "en" else DEEDS[deed]} or said["a"] == said["b"]:
            return False
        things = [find_the(language, said[key], *OBJECTS) for key in ("one", "two")]
        return all(
            thing and f"{said[key]} {deed} {the(thing, 'en')}" in did for key, thing in zip("ab", things, strict=True)
        )
