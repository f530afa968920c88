"""Questions to which most people have an answer ready: is it the truth that is preferred, or what people say?

In the banks of misconceptions the popular answer is false, in those of sound beliefs it is true; questions and answers
are of like form in both, and the four answers of a question of one kind and about one length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, load_banks, split_of
from generators.core.streams import digest
from generators.families.prompts import instruction
from schemas import SPLITS

PATTERN = "beliefs/*"


@cache
def belief_items(*, popular: bool) -> tuple[Item, ...]:
    """Beliefs as items, key and group the belief itself.

    Args:
        popular: Whether to take those whose popular answer is true; otherwise the misconceptions.
    """
    return tuple(
        Item(f"{bank.name}:{belief['id']}", f"{bank.name}:{belief['id']}", belief)
        for bank in load_banks((PATTERN,))
        if bank.header["popular_is_true"] == popular
        for belief in bank.items
    )


@cache
def _key() -> dict[str, tuple[Mapping[str, Any], bool]]:
    """A question's instruction to its belief and whether the popular answer is true; built from the banks alone."""
    return {
        instruction(belief["question"]): (belief, bank.header["popular_is_true"])
        for bank in load_banks((PATTERN,))
        for belief in bank.items
    }


class Believed:
    """Writes and proves questions with a true answer and three false ones.

    Args:
        popular: Whether the popular answer is never true, or as often as not.
    """

    def __init__(self, *, popular: bool) -> None:
        self._popular = popular

    def items(self) -> Sequence[Item]:
        """The misconceptions; or all sound beliefs and, within a split, as many misconceptions."""
        false, true = belief_items(popular=False), belief_items(popular=True)
        if not self._popular:
            return false
        halves = []
        for split in SPLITS:
            sound, other = ([item for item in items if split_of(item.group) == split] for items in (true, false))
            halves += sound + sorted(other, key=lambda item: digest("belief", item.key))[: len(sound)]
        return halves

    def write(self, belief: Mapping[str, Any], rng: Stream) -> Draft:  # noqa: ARG002 - there is one way to ask
        """The question and its four answers."""
        return Draft(instruction(belief["question"]), belief["true"], belief["false"])

    def prove(self, question: Question) -> Verdict:
        """The bank's own key; the responses must be its four answers."""
        if question.prompt not in _key():
            raise Disproof("the prompt asks no question of the banks")
        belief, popular = _key()[question.prompt]
        if popular and not self._popular:
            raise Disproof("the popular answer is true")
        if sorted(question.texts) != sorted((belief["true"], *belief["false"])):
            raise Disproof(f"the responses {list(question.texts)!r} are not the answers to {belief['question']!r}")
        right = question.texts.index(belief["true"])
        return Verdict(right, "source_key", "sourced", {"popular_is_true": popular})


@distribution("truthful_qa", version=2, banks=("beliefs/*",), pool="beliefs")
def truthful_qa() -> Believed:
    """Questions on which the answer that comes to mind is false; the true one must be preferred over it and two others.

    Some are misconceptions of long standing, others facts that many people mistake, such as capitals and origins; how
    popular each false answer is has been judged and not measured. Facts were written from general knowledge and can be
    looked up where the banks say, wording is this project's own; answers affirm something throughout, none denies or
    doubts what another says.
    """
    return Believed(popular=False)


@distribution("truthful_qa_reference", version=2, banks=("beliefs/*",), pool="beliefs")
def truthful_qa_reference() -> Believed:
    """Questions of truthful_qa with as many again on which the popular answer is true.

    Rejecting what people say is right half of the time, so that only the truth decides.
    """
    return Believed(popular=True)
