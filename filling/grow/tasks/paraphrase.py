"""Paraphrase: the items of a bank in other words, which an independent call must find the originals of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from filling.grow.exchange import Exchange, Request
from filling.grow.kinds import Beside, Choice, Record
from filling.grow.tasks.task import PerItem
from filling.grow.tasks.texts import read_texts, texts_schema, with_texts
from filling.grow.wording import language, lost, lost_names, normal
from generators.core import Stream

#: Other items that a judge sees beside the original.
OTHERS = 3


class Paraphrase(PerItem):
    """The items of a bank in other words; an item keeps its id, by which builders keep both on one side of a split."""

    name = "paraphrase"
    suffix = "_paraphrased"

    def request_for(self, item: Record, index: int) -> Request:
        """Asks for all texts of an item in other words."""
        texts = read_texts(item, self.kind)
        listed = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        told = (
            "Say each of these texts in other words and the same language, with neither more nor less in it. Keep"
            " numbers, names and markup as they are; a name alone stays as it is. Keep whether a text starts with a"
            f" capital and ends with a full stop.\n<data>\n{listed}\n</data>"
        )
        return self.asking_about(item, told, texts_schema(len(texts)), index)

    def items(self, answer: Any, exchange: Exchange) -> Iterator[tuple[Record, str | None]]:
        """The item with its texts in other words."""
        source = self.source(exchange)
        yield with_texts(source, self.kind, answer["texts"]), source["id"]

    def fault(self, item: Record, source: str | None) -> str | None:
        """Texts keep language, numbers, names and markup, and not all are what they were."""
        pairs = list(zip(read_texts(self.item(source), self.kind), read_texts(item, self.kind), strict=True))
        if all(normal(before) == normal(after) for before, after in pairs):
            return "no text is in other words"
        for before, after in pairs:
            if not after.strip():
                return f"nothing stands for: {before}"
            if None not in (spoken := {language(before), language(after)}) and len(spoken) > 1:
                return f"in another language: {after}"
            if gone := lost(before, after) or lost_names(before, after):
                return f"{gone} in: {after}"
        return None

    def beside(self) -> Beside:
        """Paraphrases are of different items, whose own bank has been checked."""
        return Beside()

    def labels(self, item: Record) -> Sequence[str]:  # noqa: ARG002
        """None; see `beside`."""
        return ()

    def choices(self, item: Record, source: str | None, rng: Stream) -> Sequence[Choice]:
        """Which of some items is told again?"""
        others = [other for other in self.sources if other["id"] != source]
        shown = [self.item(source), *rng.sample(others, min(OTHERS, len(others)))]
        said = " / ".join(read_texts(item, self.kind))
        return [
            Choice(f"Which option says the same as this? {said}", [" / ".join(read_texts(o, self.kind)) for o in shown])
        ]
