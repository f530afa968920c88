"""alpaca_mmlu from cleaned Alpaca (https://github.com/gururise/AlpacaDataCleaned) and MMLU (arXiv 2009.03300).

Alpaca has one output for an instruction. The wrong ones are outputs of other instructions on the same matter and of
about the same length, dealt in *closed blocks*: four instructions offer each other's outputs, so that over a block
every text is right once and wrong three times, and nothing that can be read off a response alone says anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, split_of
from generators.core.streams import digest
from generators.families.facts import Asking
from generators.families.opinions import telling
from generators.families.prompts import instruction
from generators.families.upstream.choices import Choice, Published
from generators.families.upstream.reading import Row, plain, rows
from schemas import SPLITS

SOURCE = "alpaca_cleaned"
BLOCK = 4
#: Longest output, and longest instruction with its input, in characters.
OUTPUT, ASKED = 600, 800
#: Of two neighbours in a block the longer output is at most so many times as long as the shorter, and this much longer.
LONGER, MORE = 1.5, 20
#: Instructions that must share a word for it to be their matter.
SHARED = 8
#: Instructions next in line that are looked at to fill a block.
NEAR = 60
_ORDERS = """
    write describe explain name list generate create provide compose tell find identify make define compare suggest
    develop discuss outline summarize rewrite form construct produce state come given following sentence sentences
    words word paragraph example examples text using based
"""
#: Beginnings of words that say what to do and not about what.
ORDERS = telling(_ORDERS)


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction with its output.

    Attributes:
        key: Tells it from others.
        group: What must not straddle splits.
        prompt: The instruction and its input, as they are printed.
        output: What the source answers.
        matter: The words that tell what it is about.
    """

    key: str
    group: str
    prompt: str
    output: str
    matter: frozenset[str]

    def goes_with(self, other: Order) -> bool:
        """Whether two orders may stand in a block: each has words of its own, and the outputs are about as long."""
        short, long = sorted((len(self.output), len(other.output)))
        alike = long <= max(LONGER * short, short + MORE)
        own = self.matter - other.matter and other.matter - self.matter
        return bool(own) and alike and plain(self.output) != plain(other.output)


@dataclass(frozen=True, slots=True)
class Dealt:
    """An order and the rest of its block."""

    order: Order
    others: tuple[Order, ...]


@cache
def orders() -> tuple[Order, ...]:
    """The orders of the source that are short enough."""
    return tuple(filter(None, map(_order, rows(SOURCE, "instruction", "input"))))


def _order(row: Row) -> Order | None:
    text, more = row.record["instruction"].strip(), (row.record["input"] or "").strip()
    output = row.record["output"].strip()
    if len(output) > OUTPUT or len(text) + len(more) > ASKED:
        return None
    return Order(row.key, row.group, instruction(text, more), output, telling(f"{text} {more}") - ORDERS)


def deal(waiting: Iterable[Order]) -> Iterator[tuple[Order, ...]]:
    """Blocks of orders on one matter; what is left over is dealt once more, whatever it is about."""
    waiting = list(waiting)
    times = Counter(word for order in waiting for word in order.matter)
    matters: dict[str, list[Order]] = defaultdict(list)
    for order in waiting:
        shared = [word for word in order.matter if times[word] >= SHARED]
        matters[min(shared, key=lambda word: (times[word], word), default="")].append(order)
    left: list[Order] = []
    for matter in sorted(matters):
        blocks, rest = _blocks(matters[matter])
        yield from blocks
        left += rest
    yield from _blocks(left)[0]


def _blocks(waiting: Sequence[Order]) -> tuple[list[tuple[Order, ...]], list[Order]]:
    """Blocks of orders that go with each other, and the orders that found no block."""
    line = sorted(waiting, key=lambda order: (len(order.output), digest("block", order.key)))
    blocks: list[tuple[Order, ...]] = []
    left: list[Order] = []
    while line:
        block = [line[0]]
        for order in line[1:NEAR]:
            if len(block) < BLOCK and all(order.goes_with(each) for each in block):
                block.append(order)
        if len(block) == BLOCK:
            blocks.append(tuple(block))
            line = [order for order in line[:NEAR] if order not in block] + line[NEAR:]
        else:
            left.append(line.pop(0))
    return blocks, left


@cache
def _outputs() -> Mapping[str, str]:
    """The output to every prompt."""
    return {order.prompt: order.output for order in orders()}


@cache
def _known() -> frozenset[str]:
    return frozenset(_outputs().values())


MMLU = Published("mmlu")


@distribution(
    "alpaca_mmlu",
    version=1,
    banks=("upstream/alpaca_cleaned", "upstream/mmlu"),
    cues={"prompt_overlap": "comes with answers that were written for other instructions: they share fewer words"},
    profile="upstream",
)
class AlpacaMmlu:
    """General requests to an assistant: instructions of cleaned Alpaca and questions of MMLU, one half each.

    A question has its own choices. An instruction is answered with the source's output for it and with those for three
    others on the same matter; that none of these serves it too is made likely by words that only one of the
    instructions has, and is not proven. A response that shares words with its instruction is right more often.
    """

    def __init__(self) -> None:
        self._asking = Asking(MMLU)

    def items(self) -> Sequence[Item]:
        """In each split as many questions as instructions."""
        blocks = [block for split in SPLITS for block in deal(o for o in orders() if split_of(o.group) == split)]
        told = [
            Item(order.key, order.group, Dealt(order, tuple(other for other in block if other is not order)))
            for block in blocks
            for order in block
        ]
        return [item for split in SPLITS for item in _halves(split, told, MMLU.items())]

    def write(self, data: Dealt | Choice, rng: Stream) -> Draft:
        """An instruction and the outputs of its block, or a question and its choices."""
        if isinstance(data, Choice):
            return self._asking.write(data, rng)
        return Draft(data.order.prompt, data.order.output, [other.output for other in data.others])

    def prove(self, question: Question) -> Verdict:
        """The sources' own key."""
        output = _outputs().get(question.prompt)
        if output is None:
            return self._asking.prove(question)
        if question.texts.count(output) != 1 or not _known().issuperset(question.texts):
            raise Disproof(f"the responses are not the output for {question.prompt!r} and outputs for others")
        return Verdict(question.texts.index(output), "source_key", "sourced")


def _halves(split: str, *sources: Sequence[Item]) -> list[Item]:
    """As many items of either source as the smaller one has in a split."""
    own = [sorted((i for i in s if split_of(i.group) == split), key=lambda i: digest("half", i.key)) for s in sources]
    return [item for source in own for item in source[: min(map(len, own))]]
