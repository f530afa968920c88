"""Questions of published tests, asked the way the families ask their own.

A question is kept if it can be asked without its list of choices: it has at least four, and none of them speaks of the
others ("all of the above").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Disproof, Item
from generators.core.banks import bank_path
from generators.core.streams import digest
from generators.families.upstream.reading import Row, rows
from schemas import RecordError
from schemas.validation import shorten

#: Wrong answers of a question.
WRONG = 3
#: Choices that speak of other choices, or of their letters.
_SPEAKS_OF_OTHERS = re.compile(
    r"\b(?:above|below)\b|\b(?:all|any|both|each|either|neither|none|some|two) of (?:the|them|these|those)\b"
    r"|^(?:both|neither|none)\b|\b(?-i:[A-E]) (?:and|or|nor) (?-i:[A-E])\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One question; see `generators.families.facts.Asked`.

    Attributes:
        question: Its text.
        term: The right answer, under `en`.
        others: Three wrong answers, under `en`, in an order that is drawn once for all.
    """

    question: str
    term: Mapping[str, str]
    others: tuple[Mapping[str, str], ...]

    @property
    def rival(self) -> Mapping[str, str]:
        """The first of the wrong answers."""
        return self.others[0]

    def asked(self, form: str) -> str:  # noqa: ARG002 - a published question has its own form
        """The question."""
        return self.question


@dataclass(frozen=True, slots=True)
class Published:
    """The questions of a source; see `generators.families.facts.Questions`.

    Attributes:
        source: Its name.
        subject: The one subject whose questions are taken; all by default.
        level: The one level whose questions are taken; all by default.
    """

    source: str
    subject: str | None = None
    level: str | None = None

    def items(self) -> Sequence[Item]:
        """The questions that can be asked, those of the subject and level."""
        return [
            Item(row.key, row.group, _choice(row.record))
            for row in _kept(self.source)
            if self.subject in (None, row.record["subject"]) and self.level in (None, row.record["level"])
        ]

    def look_up(self, prompt: str, texts: Sequence[str]) -> int:
        """Position of the source's own answer to the longest of its questions that stands in a prompt.

        Raises:
            Disproof: The prompt asks none of them, a text is none of its choices, or not one is the right one.
        """
        asked = [row.record for row in _kept(self.source) if row.record["question"].strip() in prompt]
        if not asked:
            raise Disproof(f"the prompt asks no question of {self.source}")
        record = max(asked, key=lambda each: len(each["question"]))
        choices = [bare(choice) for choice in record["choices"]]
        right = [place for place, text in enumerate(texts) if text == choices[record["answer"]]]
        if len(right) != 1 or not set(choices).issuperset(texts):
            raise Disproof(f"{self.source} {record['id']}: the choices are {choices}, the responses {list(texts)}")
        return right[0]


def bare(choice: str) -> str:
    """A choice as it is printed: without the blanks around it and a single full stop, which some have and some not."""
    text = choice.strip()
    return text[:-1] if text.endswith(".") and "." not in text[:-1] else text


@cache
def _kept(source: str) -> tuple[Row, ...]:
    """The questions that can be asked.

    Raises:
        RecordError: A question's key names no choice.
    """
    found = rows(source, "question")
    for row in found:
        many, answer = len(row.record["choices"]), row.record["answer"]
        if answer >= many:
            place = f"a position among {many} choices"
            raise RecordError(str(bank_path(f"upstream/{source}")), row.line, "$.answer", place, shorten(answer))
    return tuple(row for row in found if can_be_asked(row.record["choices"]))


def can_be_asked(choices: Sequence[str]) -> bool:
    """Whether a question can be asked without its list: four choices or more, each saying something by itself."""
    texts = {bare(choice) for choice in choices}
    return WRONG < len(texts) == len(choices) and "" not in texts and not any(map(_SPEAKS_OF_OTHERS.search, texts))


def _choice(record: Mapping[str, Any]) -> Choice:
    """A question with its answer and, of its wrong choices, three."""
    answers = [{"en": bare(choice)} for choice in record["choices"]]
    wrong = answers[: record["answer"]] + answers[record["answer"] + 1 :]
    wrong.sort(key=lambda answer: digest("wrong", record["id"], answer["en"]))
    return Choice(record["question"].strip(), answers[record["answer"]], tuple(wrong[:WRONG]))
