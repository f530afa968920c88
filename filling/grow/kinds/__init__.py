"""What is special to a kind of item: what a model is told of it, what must be true of it, what a judge is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from filling.grow.wording import leaves
from generators.core import Bank, Stream

#: Longest text of an item that may stand in another one too.
SHARED = 24

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to an independent judge, who sees shuffled options and nothing of where they come from.

    Attributes:
        question: What is asked.
        options: The options; the first is the one that the item stands for.
    """

    question: str
    options: Sequence[str]


class Beside:
    """What a prover knows of the items of a group of banks; this one finds no fault with any."""

    def add(self, item: Record) -> None:
        """Takes an item in."""

    def fault(self, item: Record) -> str | None:  # noqa: ARG002
        """What is wrong with an item beside those taken in, None where nothing is."""
        return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    Attributes:
        labels: The texts of an item that no other item of its group of banks may have.
        fault: What a prover finds wrong with an item by itself, None where nothing is.
        beside: Makes what finds faults of an item beside others.
        choices: What a judge is asked of an item; nothing where no judgement is possible.
        advice: What a model is told beside the schema.
        fields: Fields that a model is asked for; by default those that the schema requires.
        given: Fields that every grown item has alike.
    """

    labels: Callable[[Record], Sequence[str]]
    fault: Callable[[Record, Bank], str | None] = lambda *_: None
    beside: Callable[[], Beside] = lambda: Beside()
    choices: Callable[[Record, Bank, Stream], Sequence[Choice]] = lambda *_: ()
    advice: str = ""
    fields: Sequence[str] = ()
    given: Mapping[str, Any] = field(default_factory=dict)


def long_texts(item: Record) -> list[str]:
    """The texts of an item that are too long to stand in two by chance."""
    return [text for text in leaves(item) if len(text) > SHARED]


@cache
def kind_of(name: str) -> Kind:
    """What is known of a kind of item; kinds without rules of their own are checked by schema and for duplicates."""
    from filling.grow.kinds import answers, programs, terms

    table = {
        "history": terms.HISTORY,
        "fact": terms.FACT,
        "belief": answers.BELIEF,
        "quotation": answers.QUOTATION,
        "request": answers.REQUEST,
        "view": answers.VIEW,
        "program": programs.PROGRAM,
    }
    return table.get(name, Kind(long_texts))
