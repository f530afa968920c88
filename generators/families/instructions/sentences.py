"""Tasks that rewrite or pick out a sentence: tense, negation, question, subject, politeness."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generators.core import Stream
from generators.families.instructions.choices import Bits, corners, flipped
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import THE, capital, small
from generators.families.instructions.lexicon import Language, Word, find, find_one, words
from generators.families.instructions.people import people
from generators.families.instructions.tasks import Case, Seen, Task, task


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of subject and predicate.

    Attributes:
        predicate: What is done.
        past: Whether it was done.
        negative: Whether it is denied.
        question: Whether it is asked.
        many: Whether several do it.
    """

    predicate: Word
    past: bool = False
    negative: bool = False
    question: bool = False
    many: bool = False

    def text(self, subject: str, language: Language) -> str:
        """The sentence with its subject."""
        return self._english(subject) if language == "en" else self._spanish(subject)

    def _english(self, subject: str) -> str:
        forms = self.predicate.en
        helper = "did" if self.past else "do" if self.many else "does"
        if self.question:
            denial = " not" if self.negative else ""
            return f"{capital(helper)} {subject}{denial} {forms['base']} {forms['rest']}?"
        if self.negative:
            return f"{capital(subject)} {helper} not {forms['base']} {forms['rest']}."
        verb = forms["past"] if self.past else forms["base"] if self.many else forms["third"]
        return f"{capital(subject)} {verb} {forms['rest']}."

    def _spanish(self, subject: str) -> str:
        verb = self.predicate.es[f"{'past' if self.past else 'present'}_{'many' if self.many else 'one'}"]
        denial = "no " if self.negative else ""
        if self.question:
            return f"¿{capital(denial + verb)} {subject} {self.predicate.es['rest']}?"
        return f"{capital(subject)} {denial}{verb} {self.predicate.es['rest']}."


def read_clause(text: str, subject: str, many: bool, language: Language) -> Clause | None:
    """The sentence that a text is, given its subject; None where it is no such sentence.

    It is read by its marks: the signs at its ends, the helping verb or "no", and the verb's form.
    """
    question = text.endswith("?")
    marks = ("¿", "?") if question and language == "es" else ("", "?" if question else ".")
    body = text.removeprefix(marks[0]).removesuffix(marks[1])
    if text != f"{marks[0]}{body}{marks[1]}":
        return None
    read = _read_english if language == "en" else _read_spanish
    found = read(small(body) if question else body, subject, question, many)
    return replace(found, question=question, many=many) if found else None


def _read_english(body: str, subject: str, question: bool, many: bool) -> Clause | None:
    helpers = {"did": True, ("do" if many else "does"): False}
    if question:
        helper, _, rest = body.partition(" ")
        negative = rest.startswith(f"{subject} not ")
        tail = rest.removeprefix(f"{subject} not " if negative else f"{subject} ")
        if helper not in helpers or tail == rest:
            return None
        return _predicate(tail, "en", {"base": helpers[helper]}, negative)
    tail = body.removeprefix(f"{capital(subject)} ")
    if tail == body:
        return None
    for helper, past in helpers.items():
        if tail.startswith(f"{helper} not "):
            return _predicate(tail.removeprefix(f"{helper} not "), "en", {"base": past}, True)
    return _predicate(tail, "en", {"past": True, ("base" if many else "third"): False}, False)


def _read_spanish(body: str, subject: str, question: bool, many: bool) -> Clause | None:
    number = "many" if many else "one"
    tenses = {f"past_{number}": True, f"present_{number}": False}
    if question:
        negative = body.startswith("no ")
        verb, _, rest = body.removeprefix("no ").partition(" ")
        tail = rest.removeprefix(f"{subject} ")
        return None if tail == rest else _predicate(f"{verb} {tail}", "es", tenses, negative)
    tail = body.removeprefix(f"{capital(subject)} ")
    if tail == body:
        return None
    return _predicate(tail.removeprefix("no "), "es", tenses, tail.startswith("no "))


def _predicate(text: str, language: Language, tenses: Mapping[str, bool], negative: bool) -> Clause | None:
    """The clause whose verb has one of some forms, each of which tells the tense."""
    verb, _, rest = text.partition(" ")
    for word, form in find(language, verb, "predicates"):
        if form in tenses and word.form(language, "rest") == rest:
            return Clause(word, past=tenses[form], negative=negative)
    return None


#: How the two sides of each feature are called.
_TENSE = {True: "past", False: "present"}
_POLARITY = {True: "negative", False: "affirmative"}
_KIND = {True: "question", False: "statement"}


@task("rewrite")
class Rewrite(Task):
    """A sentence with its tense, its negation, its being a question, or all three changed."""

    asks = Forms(
        past=(
            "Put this sentence into the {tense} tense and leave the rest as it is.",
            "Rewrite the sentence in the {tense} tense, changing nothing else.",
            "Change only the tense: write the sentence in the {tense}.",
        ),
        negative=(
            "Make this sentence {polarity} and leave the rest as it is.",
            "Rewrite the sentence so that it is {polarity}, changing nothing else.",
            "Give the {polarity} version of the sentence, in the same tense.",
        ),
        question=(
            "Turn this sentence into a {kind} and leave the rest as it is.",
            "Rewrite the sentence as a {kind}, changing nothing else.",
            "Write the same sentence in the form of a {kind}.",
        ),
        all=(
            "Rewrite the sentence as a {kind} that is {polarity} and in the {tense} tense.",
            "Change three things: make it a {kind}, put it into the {tense} tense and make it {polarity}.",
            "Turn this sentence into a {kind} in the {tense} tense, and make it {polarity}.",
        ),
    )
    says = Says(
        en=Forms("{sentence}", "The sentence becomes: {sentence}", "Rewritten: {sentence}"),
        es=Forms("{sentence}", "La frase queda así: {sentence}", "Nueva versión: {sentence}"),
    )
    _turns: Mapping[Bits, str] = {
        (True, False, False): "past",
        (False, True, False): "negative",
        (False, False, True): "question",
        (True, True, True): "all",
    }

    def draw(self, rng: Stream) -> Case:
        """A person, a predicate and a change to make."""
        who, predicate = people(rng, 1)[0], rng.choice(words("predicates"))
        bits, changes = corners(rng)
        options = [Clause(predicate, *flipped(bits, change)) for change in changes]
        turn = self._turns[changes[0]]
        facts = {"who": who, "given": Clause(predicate, *bits)}
        return Case(f"{who.id} {predicate.id}", f"{bits} {turn}", options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """What the right answer is called."""
        right = case.options[0]
        return {"tense": _TENSE[right.past], "polarity": _POLARITY[right.negative], "kind": _KIND[right.question]}

    def given(self, case: Case, rng: Stream) -> str:
        """The sentence to change."""
        clause: Clause = case.facts["given"]
        return clause.text(case.facts["who"].en["one"], "en")

    def words(self, case: Case, option: Clause, language: Language) -> Mapping[str, str]:
        """The changed sentence."""
        return {"sentence": option.text(case.facts["who"].en["one"], language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Both sentences are read feature by feature; just those asked for differ, and as they were named."""
        name = next((word for word in seen.given.replace("?", " ").split() if find("en", word, "names")), "")
        before = read_clause(seen.given, name, False, "en")
        after = read_clause(said["sentence"], name, False, language)
        if before is None or after is None or before.predicate != after.predicate:
            return False
        features = ("past", "negative", "question")
        changed = {key for key in features if getattr(before, key) != getattr(after, key)}
        named = {"tense": _TENSE[after.past], "polarity": _POLARITY[after.negative], "kind": _KIND[after.question]}
        wanted = set(features) if seen.turn == "all" else {seen.turn}
        return changed == wanted and all(named[key] == value for key, value in seen.slots.items())


@task("subject")
class Subject(Task):
    """A sentence with the number or the gender of its subject, its tense, or all three changed; the verb agrees."""

    asks = Forms(
        number=(
            "Put the subject into the {number} and leave the rest as it is.",
            "Rewrite the sentence with its subject in the {number}, in the same tense.",
            "Change only the number of the subject, to the {number}; the verb must agree.",
        ),
        gender=(
            "Replace the subject with its {gender} counterpart and leave the rest as it is.",
            "Rewrite the sentence with the {gender} form of the subject, changing nothing else.",
            "Give the same sentence with the {gender} counterpart of its subject.",
        ),
        tense=(
            "Put this sentence into the {tense} tense, with the same subject.",
            "Rewrite the sentence in the {tense} tense, changing nothing else.",
            "Change only the tense of the sentence, to the {tense}.",
        ),
        all=(
            "Put the subject into the {number}, replace it with its {gender} counterpart and use the {tense} tense.",
            "Rewrite the sentence in the {tense} tense, with a {gender} subject in the {number}.",
            "Change the tense to the {tense}, the number of the subject to the {number} and its gender to {gender}.",
        ),
    )
    says = Rewrite.says
    _turns: Mapping[Bits, str] = {
        (True, False, False): "number",
        (False, True, False): "gender",
        (False, False, True): "tense",
        (True, True, True): "all",
    }

    def draw(self, rng: Stream) -> Case:
        """A couple, a predicate and a change to make."""
        couple, predicate = rng.choice(words("couples")), rng.choice(words("predicates"))
        bits, changes = corners(rng)
        turn = self._turns[changes[0]]
        facts = {"couple": couple, "predicate": predicate, "bits": bits}
        options = [flipped(bits, change) for change in changes]
        return Case(f"{couple.id} {predicate.id}", f"{bits} {turn}", options, turn, facts)

    def _sentence(self, case: Case, bits: Bits, language: Language) -> str:
        many, female, past = bits
        gender = "f" if female else "m"
        noun = case.facts["couple"].form(language, f"{gender}_{'many' if many else 'one'}")
        subject = f"the {noun}" if language == "en" else f"{THE[gender, many]} {noun}"
        return Clause(case.facts["predicate"], past=past, many=many).text(subject, language)

    def slots(self, case: Case) -> Mapping[str, str]:
        """What the right answer is called."""
        many, female, past = case.options[0]
        return {
            "number": "plural" if many else "singular",
            "gender": "feminine" if female else "masculine",
            "tense": _TENSE[past],
        }

    def given(self, case: Case, rng: Stream) -> str:
        """The sentence to change."""
        return self._sentence(case, case.facts["bits"], "en")

    def words(self, case: Case, option: Bits, language: Language) -> Mapping[str, str]:
        """The changed sentence."""
        return {"sentence": self._sentence(case, option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Subject and verb of both sentences are read; just the features asked for differ, and as they were named."""
        before, after = _read_subject(seen.given, "en"), _read_subject(said["sentence"], language)
        if before is None or after is None or before["who"] != after["who"]:
            return False
        changed = {key for key in ("number", "gender", "tense") if before[key] != after[key]}
        wanted = {"number", "gender", "tense"} if seen.turn == "all" else {seen.turn}
        return changed == wanted and all(after[key] == value for key, value in seen.slots.items())


def _read_subject(text: str, language: Language) -> dict[str, str] | None:
    """Who does what, and the three features, of a statement; None where subject, article and verb do not agree."""
    article, noun = text.split(" ")[:2]
    for couple, form in find(language, noun, "couples"):
        gender, number = form.split("_")
        many = number == "many"
        clause = read_clause(text, f"{small(article)} {noun}", many, language)
        if clause and small(article) == ("the" if language == "en" else THE[gender, many]):
            return {
                "who": f"{couple.id} {clause.predicate.id}",
                "number": "plural" if many else "singular",
                "gender": "feminine" if gender == "f" else "masculine",
                "tense": _TENSE[clause.past],
            }
    return None


@task("pick_sentence")
class PickSentence(Task):
    """Which of four sentences is in a tense and affirmative or negative."""

    asks = Forms(
        "Which of these sentences is {polarity} and in the {tense} tense?",
        "Pick out the {polarity} sentence in the {tense} tense.",
        "One of these sentences is in the {tense} tense and {polarity}. Which one?",
    )
    says = Says(
        en=Forms("{sentence}.", 'It is the sentence "{sentence}."'),
        es=Forms("{sentence}.", "Es la frase «{sentence}»."),
    )

    def draw(self, rng: Stream) -> Case:
        """A person and a predicate, with all four sentences as answers."""
        who, predicate = people(rng, 1)[0], rng.choice(words("predicates"))
        bits = rng.shuffled([(past, negative) for past in (False, True) for negative in (False, True)])
        options = [Clause(predicate, past, negative) for past, negative in bits]
        return Case(f"{who.id} {predicate.id}", str(bits[0]), options, facts={"who": who})

    def slots(self, case: Case) -> Mapping[str, str]:
        """What the right sentence is called."""
        return {"tense": _TENSE[case.options[0].past], "polarity": _POLARITY[case.options[0].negative]}

    def given(self, case: Case, rng: Stream) -> str:
        """The four sentences."""
        return "\n".join(f"{self.words(case, option, 'en')['sentence']}." for option in rng.shuffled(case.options))

    def words(self, case: Case, option: Clause, language: Language) -> Mapping[str, str]:
        """A sentence without its period."""
        return {"sentence": option.text(case.facts["who"].en["one"], language).removesuffix(".")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The answer is read; its English is one of the sentences, and has the features asked for."""
        name = seen.given.split(" ")[0]
        clause = read_clause(f"{said['sentence']}.", name, False, language)
        if clause is None or find_one("en", name, "one", "names") is None:
            return False
        named = (_TENSE[clause.past], _POLARITY[clause.negative]) == (seen.slots["tense"], seen.slots["polarity"])
        return named and clause.text(name, "en") in seen.lines
