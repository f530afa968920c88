"""Growing: new items of a bank's kind, asked for with some of its own as examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from filling.grow.exchange import Exchange, Request
from filling.grow.tasks.task import Record, Task, closed, new_id, schema_of
from generators.core import Stream
from schemas.files import canonical

#: Items of the bank in a request as examples, and further ones that are only named so that they are not written again.
EXAMPLES, NAMED = 4, 40
#: Longest name of an item in that list.
NAME = 60
#: New items that a request asks for.
WRITTEN = 5


class Grow(Task):
    """New items for a bank."""

    name = "grow"

    def request(self, index: int) -> Request:
        """Asks for some items; the examples are drawn anew for every index."""
        rng = Stream("grow", self.bank.sha256, self.sampling.model, index)
        drawn = rng.sample(self.bank.items, min(EXAMPLES + NAMED, len(self.bank.items)))
        examples = [{name: item[name] for name in self._fields if name in item} for item in drawn[:EXAMPLES]]
        named = [self.labels(item)[0][:NAME] for item in drawn[EXAMPLES:] if self.labels(item)]
        told = (
            f"Write {WRITTEN} new items for a bank. Each must be true, in common reference works, and about something"
            f" that none of the items below is about; the {WRITTEN} must differ from each other as well.\n"
            f"{schema_of(self.kind)['description']} {self.rules.advice}\n"
            f"<data>\nThe bank: {canonical(self._about).decode()}\nItems that it has:\n"
            + "\n".join(canonical(example).decode() for example in examples)
            + "\nIt also has: "
            + "; ".join(named)
            + "\n</data>"
        )
        return self.asking(told, self._answer, index)

    def items(self, answer: Any, exchange: Exchange) -> Iterator[tuple[Record, str | None]]:  # noqa: ARG002
        """Each item of the answer, with an id made of its content."""
        for own in answer["items"]:
            whole = {**own, **self.rules.given} if isinstance(own, Mapping) else {"item": own}
            yield {**whole, "kind": self.kind, "id": new_id(whole)}, None

    @property
    def shape(self) -> Mapping[str, Any]:
        """A list of anything: items are checked one by one, so that a broken one does not spoil the rest."""
        return {"type": "object", "required": ["items"], "properties": {"items": {"type": "array"}}}

    @cached_property
    def _fields(self) -> list[str]:
        return list(self.schema["properties"])

    @cached_property
    def _about(self) -> Mapping[str, Any]:
        """What the header says of the items, without what it says of the file."""
        return {
            key: value
            for key, value in self.bank.header.items()
            if key not in {"kind", "bank", "item", "licence", "openings"}
        }

    @cached_property
    def _answer(self) -> Mapping[str, Any]:
        return {**closed({"items": {"type": "array", "items": self.schema}}), **self.defs}
