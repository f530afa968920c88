"""One exchange with a language model: what is asked, under which address it is kept, and what came back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from schemas.files import canonical, sha256

#: Characters of one token, on the small side of what tokenizers make of English, so that estimates lie above.
PER_TOKEN = 3


@dataclass(frozen=True)
class Request:
    """A request for one answer.

    Attributes:
        model: Name of the model as the endpoint knows it.
        messages: Role and content of each message.
        parameters: Of the sampling, as chat completions name them.
        schema: JSON Schema of the answer.
        sample: Number of the draw, which tells requests with the same words apart.
        origin: What it was asked for: task, bank, index and what the task needs to read the answer; not in the address.
    """

    model: str
    messages: Sequence[Mapping[str, str]]
    parameters: Mapping[str, Any]
    schema: Mapping[str, Any]
    sample: int
    origin: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def address(self) -> str:
        """SHA-256 of all that the answer depends on."""
        return sha256(canonical(self.asked()))

    def asked(self) -> dict[str, Any]:
        """What the address is made of."""
        return {
            "model": self.model,
            "messages": list(self.messages),
            "parameters": self.parameters,
            "schema": self.schema,
            "sample": self.sample,
        }

    def body(self, form: str) -> dict[str, Any]:
        """The request as chat completions take it.

        Args:
            form: How the shape of the answer is asked for: `schema`, `object` (any JSON) or `text` (by words alone).
        """
        named = {"name": "answer", "strict": True, "schema": self.schema}
        shapes: dict[str, dict[str, Any]] = {
            "schema": {"response_format": {"type": "json_schema", "json_schema": named}},
            "object": {"response_format": {"type": "json_object"}},
            "text": {},
        }
        return {"model": self.model, "messages": list(self.messages), **self.parameters, **shapes[form]}

    @cached_property
    def estimate(self) -> tuple[int, int]:
        """Tokens that it may take at most or so: of the prompt, and of the answer."""
        prompt = sum(len(message["content"].encode()) for message in self.messages) // PER_TOKEN
        return prompt, int(self.parameters["max_tokens"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered.

    Attributes:
        text: Its words; None where it refused.
        refusal: Its refusal, if the endpoint tells one from an answer.
        finish: Why it stopped.
        model: The model that answered, as it calls itself.
        fingerprint: Of the system behind it, if it says.
        prompt_tokens: Read.
        completion_tokens: Written.
    """

    text: str | None
    refusal: str | None
    finish: str | None
    model: str
    fingerprint: str | None
    prompt_tokens: int
    completion_tokens: int

    @classmethod
    def of(cls, body: Any, request: Request) -> Answer:
        """The answer in the body of a chat completion.

        Raises:
            ValueError: It is none.
        """
        try:
            choice = body["choices"][0]
            message = choice["message"]
            text, refusal = message.get("content"), message.get("refusal")
            if not all(isinstance(part, str | None) for part in (text, refusal)):
                raise TypeError("content")
            usage = body.get("usage") or {}
            spoken = len((text or refusal or "").encode()) // PER_TOKEN
            return cls(
                text=text,
                refusal=refusal,
                finish=_text(choice.get("finish_reason")),
                model=_text(body.get("model")) or request.model,
                fingerprint=_text(body.get("system_fingerprint")),
                prompt_tokens=_count(usage.get("prompt_tokens"), request.estimate[0]),
                completion_tokens=_count(usage.get("completion_tokens"), spoken),
            )
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise ValueError(f"no chat completion: {error!r}") from None

    def to_json(self) -> dict[str, Any]:
        """As it is recorded."""
        return {key: getattr(self, key) for key in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, as they are recorded.

    Attributes:
        request: What was asked.
        answer: What came back.
        time: When, in UTC, to the second.
    """

    request: Request
    answer: Answer
    time: str

    def to_json(self) -> dict[str, Any]:
        """The record; its `sha256` is that of all the rest."""
        record = {
            "address": self.request.address,
            "request": self.request.asked(),
            "origin": dict(self.request.origin),
            "answer": self.answer.to_json(),
            "time": self.time,
        }
        return {**record, "sha256": sha256(canonical(record))}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Exchange:
        """The exchange of a record that has passed its schema."""
        request = Request(**record["request"], origin=record["origin"])
        return cls(request, Answer(**record["answer"]), record["time"])


def unfenced(text: str) -> str:
    """A text without the code fence that models like to put around JSON."""
    found = re.fullmatch(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", text, re.DOTALL)
    return found[1] if found else text


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _count(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else otherwise
