"""Distraction: worse responses to what the items of a bank ask, which an independent call must tell from the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from filling.grow.exchange import Exchange, Request
from filling.grow.kinds import Beside, Choice, Record
from filling.grow.tasks.task import PerItem, Sampling, closed
from filling.grow.wording import language, normal
from generators.core import Bank, Stream
from schemas import ShiftworksError

#: How a prompt and its right response are read off an item, by its kind.
PAIRS: Mapping[str, Callable[[Record], tuple[str, str]]] = {
    "advice": lambda item: (item["questions"][0], " ".join(item["points"][0])),
    "belief": lambda item: (item["question"], item["true"]),
    "choice_question": lambda item: (item["question"], item["choices"][item["answer"]]),
    "instruction": lambda item: ("\n".join(filter(None, (item["instruction"], item["input"]))), item["output"]),
    "math_problem": lambda item: (item["problem"], item["solution"]),
    "program": lambda item: (item["statement"], item["solutions"][0]),
    "rated_replies": lambda item: (item["post"], max(item["replies"], key=lambda reply: reply["score"])["text"]),
}
#: Worse responses that are asked for.
WORSE = 3
#: How often a worse response may be as long as the right one, or the other way round, so that length does not tell.
LONGER = 2.0
#: Characters below which length is let be.
SHORT = 40


class Distract(PerItem):
    """Worse responses to the items of a bank.

    Args:
        bank: The bank.
        sampling: How a model is asked.

    Raises:
        ShiftworksError: Its items hold no prompt with a right response.
    """

    name = "distract"
    suffix = "_distracted"

    def __init__(self, bank: Bank, sampling: Sampling) -> None:
        super().__init__(bank, sampling)
        if bank.header["item"] not in PAIRS:
            raise ShiftworksError(
                f"{bank.name}: items of kind {bank.header['item']!r} hold no prompt with a right response; kinds that"
                f" do: {', '.join(PAIRS)}"
            )

    @property
    def kind(self) -> str:
        """Responses have a kind of their own."""
        return "distraction"

    def pair(self, item: Record) -> tuple[str, str]:
        """The prompt of an item and its right response."""
        return PAIRS[self.bank.header["item"]](item)

    def request_for(self, item: Record, index: int) -> Request:
        """Asks for worse responses and what is wrong with each."""
        prompt, response = self.pair(item)
        worse = {"type": "string"}
        schema = closed(
            {
                "worse": {
                    "type": "array",
                    "minItems": WORSE,
                    "maxItems": WORSE,
                    "items": closed({"text": worse, "fault": worse}),
                }
            }
        )
        told = (
            f"Below are a prompt and a good response to it. Write {WORSE} responses that somebody could give who is"
            " mistaken: about as long as the good one, in its form and tone, each with one fault that makes it clearly"
            " worse, and name the fault. Nothing in a response hints that it is the worse one.\n"
            f"<data>\nPrompt: {prompt}\n\nGood response: {response}\n</data>"
        )
        return self.asking_about(item, told, schema, index)

    def items(self, answer: Any, exchange: Exchange) -> Iterator[tuple[Record, str | None]]:
        """The prompt, its response and the worse ones."""
        source = self.source(exchange)
        prompt, response = self.pair(source)
        yield (
            {
                "kind": self.kind,
                "id": source["id"],
                "prompt": prompt,
                "response": response,
                "worse": answer["worse"],
            },
            source["id"],
        )

    def fault(self, item: Record, source: str | None) -> str | None:  # noqa: ARG002
        """All responses differ, in one language, and none can be told by its length."""
        texts = [item["response"], *(each["text"] for each in item["worse"])]
        if len(set(map(normal, texts))) < len(texts):
            return "two responses are the same"
        for text in texts[1:]:
            short, long = sorted((len(text), len(texts[0])))
            if long > SHORT and long > LONGER * short:
                return f"{len(text)} characters beside {len(texts[0])}: {text}"
            if None not in (spoken := {language(text), language(texts[0])}) and len(spoken) > 1:
                return f"in another language: {text}"
        return None

    def beside(self) -> Beside:
        """Responses are to different prompts, and so may be alike."""
        return Beside()

    def labels(self, item: Record) -> Sequence[str]:  # noqa: ARG002
        """None; see `beside`."""
        return ()

    def choices(self, item: Record, source: str | None, rng: Stream) -> Sequence[Choice]:  # noqa: ARG002
        """Which response is best?"""
        texts = [item["response"], *(each["text"] for each in item["worse"])]
        return [Choice(f"Which option is the best response to this prompt? {item['prompt']}", texts)]
