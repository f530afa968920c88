"""Exam questions to be written: the one that is well posed, against three that are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, sole
from generators.families.math.contexts.exams import bounds, contradictions
from generators.families.math.contexts.exams.form import FIELDS, Crossed, Exam
from generators.families.math.contexts.exams.gaps import SETTINGS, Addition, Setting
from generators.families.math.writing import NAMES
from generators.families.prompts import instruction

EXAMS = (*contradictions.FORMS, *bounds.FORMS)

#: How often a setting with gaps comes for every exam form.
SHARE = 2

ASKED = (
    "Write an exam question on {topic} {whom}. It has to be well posed: its data agree, and one answer follows.",
    "Please make up a question about {topic} {whom}. All that is needed has to be given, and nothing that cannot be.",
    "I am putting together a test {whom} and need a question on {topic}. It must be possible to answer it.",
    "Set a problem on {topic} {whom}. Check that its numbers fit together and that they suffice for an answer.",
    "Suggest a question for a written exam {whom}. The subject is {topic}, and the question must have one answer only.",
    "Draft a test question {whom}; the subject is {topic}. A question without a solution would be of no use.",
    "We need one more exam question {whom}, this time on {topic}. Make sure that it can be solved as it stands.",
    "Compose a short problem about {topic}, meant {whom}. What it says must be possible and enough to find the answer.",
    "Give me an exam question on {topic} {whom}. Last time some data were wrong or missing, so please be careful.",
    "Write down a question {whom}. It is to be about {topic}, consistent and complete, so that one answer follows.",
)
WHOM = (
    "for pupils of about thirteen", "for an evening course", "for the end of the school year", "for newcomers",
    "for a class that has just begun with the subject", "for a mixed group of adults", "for apprentices",
    "for future teachers", "for a summer school", "for pupils who have missed some lessons", "for a repeat course",
    "for the second term", "for a technical school", "for pupils who learn at home", "for the last year of school",
)  # fmt: skip
HEADS = (
    "", "", "Question: ", "Problem. ", "Question 3. ", "Exercise: ", "Task 2: ", "Problem 5 (4 points). ",
    "Question 1 (3 points): ", "Question (calculators allowed): ",
)  # fmt: skip


#: A number that all four questions have is named in the prompt, and so is a time, so that prompts do not repeat.
USED = (
    "Let the number {n} come up in it.",
    "One of its numbers should be {n}.",
    "Please use the number {n} in it.",
    "Among other numbers it should contain {n}.",
    "We should like {n} to be one of the numbers.",
    "The number {n} has to be in it somewhere.",
)
MINUTES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = (
    "About {m} minutes are meant for it.",
    "They will have {m} minutes for it.",
    "It should take about {m} minutes.",
    "Think of {m} minutes of work.",
)


@dataclass(frozen=True, slots=True)
class Data:
    """An exam form with its crossed data."""

    exam: Exam
    crossed: Crossed


@dataclass(frozen=True, slots=True)
class Gap:
    """A setting with two additions and two questions, of which the first of either go together.

    Attributes:
        setting: The setting.
        number: Its number.
        additions: The additions, each with its number.
        questions: The questions.
    """

    setting: Setting
    number: int
    additions: tuple[tuple[str, int], tuple[str, int]]
    questions: tuple[str, str]


@distribution("math_make_questions", version=2)
class MathMakeQuestions:
    """An exam question on a topic is to be written; one of four is well posed.

    Either the data of the others contradict each other or are impossible together, or what they give does not answer
    what they ask. The four cross two fillings of two places, of which one pair fits: each filling stands in two of
    the four, so that a question has to be understood as a whole.
    """

    def draw(self, rng: Stream) -> Item:
        """A question with both fillings of its two places."""
        at = rng.below(len(EXAMS) + SHARE * len(SETTINGS))
        if at < len(EXAMS):
            exam = EXAMS[at]
            crossed = exam.cross(rng)
            key = " ".join(map(str, ("exam", exam.name, *crossed.numbers, "or", *crossed.others)))
            return Item(key, key, Data(exam, crossed))
        setting = SETTINGS[at % len(SETTINGS)]
        number = setting.draw(rng)
        one, two, three = rng.sample(setting.additions, 3)
        numbers = one.draw(rng, number), two.draw(rng, number)
        gap = Gap(setting, number, ((one.text, numbers[0]), (two.text, numbers[1])), (one.question, three.question))
        places = [setting.additions.index(each) for each in (one, two, three)]
        key = " ".join(map(str, ("exam", setting.name, number, *numbers, "of", *places)))
        return Item(key, key, gap)

    def write(self, item: Data | Gap, rng: Stream) -> Draft:
        """What is asked for, and the four questions."""
        name = rng.choice(NAMES)
        if isinstance(item, Data):
            topic, form, fault = item.exam.topic, item.exam.name, item.exam.fault
            wording = rng.choice(item.exam.texts)
            texts = [item.exam.question(wording, numbers, name) for numbers in item.crossed.corners]
            used = rng.choice(item.crossed.kept)
        else:
            topic, form, fault = item.setting.topic, item.setting.name, "a missing datum"
            texts = [
                _posed(item.setting, datum, question).format(N=name, a=item.number, b=number)
                for question in item.questions
                for datum, number in item.additions
            ]
            used = item.number
        head = rng.choice(HEADS)
        right, *wrong = (head + text for text in texts)
        asked = rng.choice(ASKED).format(topic=topic, whom=rng.choice(WHOM))
        time = rng.choice(TIMES).format(m=rng.choice(MINUTES))
        prompt = instruction(f"{asked} {rng.choice(USED).format(n=used)} {time}")
        notes = {text: {"fault": fault} for text in wrong}
        return Draft(prompt, right, wrong, {"topic": topic, "form": form}, notes)

    def prove(self, question: Question) -> Verdict:
        """Each printed question read back and solved: the one whose data agree and suffice is right.

        Raises:
            Disproof: A response is no question on the topic, or not exactly one is well posed.
        """
        if f" {question.meta['topic']}" not in question.prompt:
            raise Disproof("the prompt does not name the topic")
        used = re.findall(r"\b\d+\b", question.prompt)
        right = [
            i
            for i, text in enumerate(question.texts)
            if _sound(text, question.meta["topic"]) and set(used) <= set(re.findall(r"\b\d+\b", text))
        ]
        return Verdict(sole(right, "are well posed"), "recomputed", detail={"form": question.meta["form"]})


def _posed(setting: Setting, datum: str, question: str) -> str:
    """The wording of a question in a setting."""
    return f"{setting.text} {datum} {question}"


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, Exam | tuple[Addition, Addition]]]:
    """What reads every wording, with its topic; for one with an addition, that and the one whose question is asked."""
    found: list[tuple[re.Pattern[str], str, Exam | tuple[Addition, Addition]]] = []
    for exam in EXAMS:
        found += [(_pattern(text), exam.topic, exam) for text in exam.texts]
    for setting in SETTINGS:
        for given in setting.additions:
            for asked in setting.additions:
                text = _posed(setting, given.text, asked.question)
                found.append((_pattern(text), setting.topic, (given, asked)))
    return found


def _pattern(text: str) -> re.Pattern[str]:
    """What reads a wording; a number or a name that comes twice must be the same."""
    parts = re.split(r"\{(\w)\}", text)
    heads = "|".join(re.escape(head) for head in dict.fromkeys(HEADS))
    pattern, seen = f"(?:{heads})", set()
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pattern += re.escape(part)
        elif part in seen:
            pattern += f"(?P={part})"
        else:
            seen.add(part)
            pattern += f"(?P<{part}>{'|'.join(NAMES) if part == 'N' else '[1-9][0-9]*'})"
    return re.compile(pattern, re.ASCII)


def _sound(text: str, topic: str) -> bool:
    """Whether a printed question has one answer.

    Raises:
        Disproof: It is no question on the topic.
    """
    for pattern, about, made in _patterns():
        match = pattern.fullmatch(text) if about == topic else None
        if match is None:
            continue
        numbers = [int(match[field]) for field in FIELDS if field in pattern.groupindex]
        if isinstance(made, Exam):
            return made.check(*numbers)
        given, asked = made
        found = given.found(*numbers)
        return given.question == asked.question and found > 0 and found.denominator == 1
    raise Disproof(f"{text[:60]!r} is no question on {topic}")
