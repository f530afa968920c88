"""Translation: the items of a bank in another language, each translated back by an independent call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from filling.grow.exchange import Exchange, Request
from filling.grow.kinds import Beside, Record
from filling.grow.tasks.task import Candidate, PerItem, Sampling
from filling.grow.tasks.texts import read_texts, texts_schema, with_texts
from filling.grow.wording import WORD, language, lost, lost_names, normal
from generators.core import Bank
from schemas import ShiftworksError

#: Names of the languages that can be told apart here.
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
}
#: Share of the words of a text that must come back from a translation; the rest may come back as other words.
BACK = 0.5


class Translate(PerItem):
    """The items of a bank in another language.

    Args:
        bank: The bank.
        sampling: How a model is asked.
        to: Code of the language to translate to.
        source: Code of the language that the bank is in.

    Raises:
        ShiftworksError: A language is not known.
    """

    name = "translate"

    def __init__(self, bank: Bank, sampling: Sampling, to: str, source: str = "en") -> None:
        for code in (to, source):
            if code not in LANGUAGES or to == source:
                raise ShiftworksError(
                    f"cannot translate from {source!r} to {to!r}: give two of {', '.join(sorted(LANGUAGES))}"
                )
        super().__init__(bank, sampling)
        self.to, self.of = to, source
        self.suffix = f"_{to}"

    def request_for(self, item: Record, index: int) -> Request:
        """Asks for all texts of an item in the other language."""
        texts = read_texts(item, self.kind)
        told = self._told(texts, LANGUAGES[self.of], LANGUAGES[self.to])
        return self.asking_about(item, told, texts_schema(len(texts)), index)

    def items(self, answer: Any, exchange: Exchange) -> Iterator[tuple[Record, str | None]]:
        """The item with the translations in the places of its texts."""
        source = self.source(exchange)
        yield with_texts(source, self.kind, answer["texts"]), source["id"]

    def fault(self, item: Record, source: str | None) -> str | None:
        """Each text is in the language and keeps the numbers and the markup of its source."""
        pairs = list(zip(self._texts(source), read_texts(item, self.kind), strict=True))
        if all(normal(before) == normal(after) for before, after in pairs):
            return "nothing is translated"
        for before, after in pairs:
            if not after.strip():
                return f"nothing stands for: {before}"
            if language(after) not in {self.to, None}:
                return f"not in {LANGUAGES[self.to]}: {after}"
            if gone := lost(before, after):
                return f"{gone} in: {after}"
        return None

    def beside(self) -> Beside:
        """Translations are of different items, and so may be alike."""
        return Beside()

    def labels(self, item: Record) -> Sequence[str]:  # noqa: ARG002
        """None; see `beside`."""
        return ()

    def follow_ups(self, candidate: Candidate) -> list[Request]:
        """Asks an independent call to translate back, without the source."""
        texts = read_texts(candidate.item, self.kind)
        told = self._told(texts, LANGUAGES[self.to], LANGUAGES[self.of])
        return [self.judging(told, texts_schema(len(texts)), {"candidate": candidate.digest, "question": 0, "of": 1})]

    def verdict(self, candidate: Candidate, exchange: Exchange, answer: Any) -> str | None:  # noqa: ARG002
        """What came back keeps the numbers, the names and the markup of the source, and most of its words."""
        for before, after in zip(self._texts(candidate.source), answer["texts"], strict=True):
            if gone := lost(before, after) or lost_names(before, after):
                return f"{gone} in what came back: {after}"
            words = {word.casefold() for word in WORD.findall(before)}
            back = {word.casefold() for word in WORD.findall(after)}
            if words and len(words & back) < BACK * len(words):
                return f"fewer than half of the words came back: {after}"
        return None

    def _texts(self, source: str | None) -> list[str]:
        return read_texts(self.item(source), self.kind)

    @staticmethod
    def _told(texts: Sequence[str], of: str, to: str) -> str:
        listed = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        return (
            f"Translate each of these texts from {of} to {to}, naturally and in full. Keep numbers, names of persons"
            " and places, code in backticks and markup as they are; keep whether a text starts with a capital and ends"
            f" with a full stop.\n<data>\n{listed}\n</data>"
        )
