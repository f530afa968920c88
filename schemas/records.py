"""The typed records that cross a wall: what a generator writes and what an evaluation reads.

The JSON Schemas beside this file are the authority on their shape; these classes are how the code holds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

JsonObject = Mapping[str, Any]
Split = Literal["train", "test"]
SPLITS: tuple[Split, Split] = ("train", "test")


@dataclass(frozen=True, slots=True)
class Response:
    """One candidate answer to a prompt.

    Attributes:
        text: What the model would have said.
        label: 1 for the preferred response, 0 for any other.
        meta: Facts about this response (number of planted bugs, say); never read by a model.
    """

    text: str
    label: int
    meta: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """How the label was established.

    Attributes:
        kind: The route, such as `executed` or `source_key`.
        status: `proven` where the route is independent of the one that made the label; `sourced` where the label
            rests on a source's own key.
        detail: Evidence in figures, such as the number of tests run.
    """

    kind: str
    status: Literal["proven", "sourced"]
    detail: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """One preference example: a prompt and its responses, exactly one of them labelled 1.

    Attributes:
        id: Unique in its distribution, `<distribution>/<split>/<number>`.
        prompt: Everything the model sees before the response.
        responses: Two or more, in an order that says nothing.
        meta: Holds at least `group`, the raw thing that the example was made from.
        proof: How the label was established.
    """

    id: str
    prompt: str
    responses: tuple[Response, ...]
    meta: JsonObject
    proof: Proof

    @property
    def group(self) -> str:
        """The raw thing this example was made from; the unit of splits and of resampling."""
        return str(self.meta["group"])

    @property
    def gold(self) -> int:
        """Position of the response labelled 1."""
        return next(i for i, response in enumerate(self.responses) if response.label == 1)

    def to_json(self) -> dict[str, Any]:
        """The record as it stands in a JSONL file."""
        return {
            "id": self.id,
            "prompt": self.prompt,
            "responses": [
                {"text": r.text, "label": r.label, **({"meta": dict(r.meta)} if r.meta else {})} for r in self.responses
            ],
            "meta": dict(self.meta),
            "proof": {"kind": self.proof.kind, "status": self.proof.status, "detail": dict(self.proof.detail)},
        }

    @classmethod
    def from_json(cls, record: JsonObject) -> Example:
        """The typed example of a record that has passed its schema."""
        return cls(
            id=record["id"],
            prompt=record["prompt"],
            responses=tuple(Response(r["text"], r["label"], r.get("meta", {})) for r in record["responses"]),
            meta=record["meta"],
            proof=Proof(record["proof"]["kind"], record["proof"]["status"], record["proof"]["detail"]),
        )


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """One shift of a manifest (`shifts.json`): its three parts by name, and what its author declared.

    Attributes:
        name: The file's stem.
        label: `extreme` or `probing`.
        category: The folder, such as `spurious_cues`.
        source: Distribution that the reward model is tuned on.
        target: Distribution that it is tested on.
        target_reference: The target's skill without its cue, or None where the target serves itself.
        version: Raised when what the shift means changes.
    """

    name: str
    label: str
    category: str
    source: str
    target: str
    target_reference: str | None
    version: int

    def to_json(self) -> dict[str, Any]:
        """The entry as it stands in the manifest."""
        return {
            "name": self.name,
            "label": self.label,
            "category": self.category,
            "source": self.source,
            "target": self.target,
            "target_reference": self.target_reference,
            "version": self.version,
        }

    @classmethod
    def from_json(cls, record: JsonObject) -> ShiftEntry:
        """The typed entry of a record that has passed its schema."""
        return cls(**{key: record[key] for key in cls.__dataclass_fields__})

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of its distributions, source first, each once."""
        names = (self.source, self.target, self.target_reference or self.target)
        return tuple(dict.fromkeys(names))
