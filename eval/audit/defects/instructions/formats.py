"""Demands on form, such as `don't use commas`, against the responses: which of them do what the prompt says?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: A demand begins a sentence or follows one of these; elsewhere the words are talked about, not asked for.
LEAD = r"(?:^|[.!?;:,]\s+|\n\s*|\b(?:and|please|must|should|but|then)\s+)"
NOT = r"(?P<no>(?:do not|don['’]t|never|avoid|must not|should not)\s+(?:ever\s+)?)?"
#: A condition and what follows from it; neither is a demand on every reply.
CONDITION = re.compile(r"\b(?:if|unless|when)\b[^,.\n]*(?:,(?! *but\b)[^,.\n]*)?", re.IGNORECASE)
QUOTED = re.compile(r"""["“][^"”\n]*["”]""")
#: Responses whose shares of words differ by less are not told apart.
APART = 0.05


def _share(text: str, holds: Callable[[str], bool], shortest: int) -> float | None:
    """The share of a text's words for which something holds; None where no word is long enough to tell."""
    words = [word for word in WORD.findall(text) if len(word) >= shortest and word.lower() != word.upper()]
    return sum(map(holds, words)) / len(words) if words else None


@dataclass(frozen=True, slots=True)
class Demand:
    """One kind of demand.

    Attributes:
        word: Stands in every prompt that asks for it or forbids it; a quick test before the slow one.
        asks: Finds it in a prompt, with the group `no` where it is forbidden.
        done: How far a response does it, from 0 to 1; None where that cannot be told.
    """

    word: str
    asks: re.Pattern[str]
    done: Callable[[str], float | None]


def _asks(action: str) -> re.Pattern[str]:
    return re.compile(LEAD + NOT + action, re.IGNORECASE)


DEMANDS = (
    Demand(
        "all",
        _asks(r"(?:use|write in|answer in|respond in) (?:only )?all[- ]cap\w*"),
        lambda text: _share(text, str.isupper, 2),
    ),
    Demand(
        "letter",
        _asks(r"capitali[sz]e the first letter of (?:each|every) word"),
        lambda text: _share(text, lambda word: word[0].isupper(), 1),
    ),
    Demand(
        "letter",
        _asks(r"capitali[sz]e the last letter of (?:each|every) word"),
        lambda text: _share(text, lambda word: word[-1].isupper(), 2),
    ),
    Demand("periods", _asks(r"use (?:any )?periods"), lambda text: float("." in text)),
    Demand("commas", _asks(r"use (?:any )?commas"), lambda text: float("," in text)),
    Demand("box", _asks(r"box (?:your|the) (?:final )?answer"), lambda text: float("boxed" in text)),
)


@defect("label_against_form", grave=True)
def label_against_form(pool: Pool) -> Iterator[Seen]:
    """The prompt demands a form; a wrong response has it and the right one has not."""
    decided: list[int] = []
    hits: list[int] = []
    for place, asked in enumerate(pool.asked):
        found = [(demand, wanted) for demand in DEMANDS if (wanted := _wanted(demand, asked)) is not None]
        # Two demands may be at odds with each other; only one alone decides.
        if len(found) != 1:
            continue
        demand, wanted = found[0]
        right, *wrongs = [demand.done(text[:LONG]) for text in (pool.rights[place], *pool.wrongs[place])]
        more = [right - wrong for wrong in wrongs if right is not None and wrong is not None]
        if len(more) == len(wrongs) and (min(more) >= APART or max(more) <= -APART):
            decided.append(place)
            if (min(more) > 0) != wanted:
                hits.append(place)
    yield pool.seen(
        "The wrong responses keep a demand on form that the prompt prints, and the right one does not, in {count} of "
        "{of} examples where the demand tells them apart.",
        hits,
        decided,
    )


def _wanted(demand: Demand, asked: str) -> bool | None:
    """Whether a prompt asks for something (True) or forbids it (False); None where it does neither, or both."""
    if demand.word not in asked:
        return None
    ground = QUOTED.sub('""', CONDITION.sub("", asked))
    wants = {match["no"] is None for match in demand.asks.finditer(ground)}
    return wants.pop() if len(wants) == 1 else None
