"""What representation methods share: they read activations, and learn from pairs of the source how to score them.

From each training example one pair is taken, the right response and a wrong one drawn by the example's own stream, so
that all methods and all seeds share what was read. A method is a function from such pairs to a reading; its file in
this folder says which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from eval.config import EvaluationConfig
from eval.interventions import Kept, Scorer, Scores
from generators.core.streams import Stream
from schemas import Example

if TYPE_CHECKING:
    from eval.models.activations import Activations
    from eval.models.backbone import Backbone
    from eval.models.directions import Doubles, Pairs
    from eval.models.texts import Pair


class Reading(Protocol):
    """What a method has learned: a dataclass of arrays and of what JSON can hold."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def scores(self, read: Activations) -> Doubles:
        """The score of each response; higher is better."""
        ...


def linear(**values: Any) -> Reading:
    """A projection, from the values of its fields."""
    from eval.models.directions import Linear

    return Linear(**values)


#: Learns from a source's pairs, with the evaluation's settings and a seed.
Learn = Callable[["Pairs", EvaluationConfig, int], Reading]


@dataclass(frozen=True, slots=True)
class Representation:
    """A representation method.

    Attributes:
        config: The evaluation's settings.
        backbone: Loads the model.
        learn: What makes it this method.
        own: Its own settings.
        reading: Makes what it has learned, from the values of the fields.
    """

    config: EvaluationConfig
    backbone: Callable[[], Backbone]
    learn: Learn
    own: dict[str, Any]
    reading: Callable[..., Reading] = linear

    @property
    def epochs(self) -> int:
        """The source is read once."""
        return 1

    @property
    def reads_model(self) -> bool:
        """It reads the model's activations."""
        return True

    @property
    def settings(self) -> dict[str, Any]:
        """How much the model reads, how exactly, how much is held out for choices, and the method's own."""
        shared = ("max_tokens", "precision", "held_out")
        return {**{name: getattr(self.config, name) for name in shared}, **self.own}

    def tuning_tokens(self, train: Sequence[Example], seed: int) -> int:  # noqa: ARG002 - the same pairs for all seeds
        """Tokens of the pairs, without the statements about them."""
        return sum(len(pair.joint) for pair in _chosen(self.backbone(), train))

    def fit(self, train: Sequence[Example], seed: int) -> Scorer:
        """A reading learned from the source.

        Raises:
            ShiftworksError: The model's activations cannot be read or kept, or the source cannot be split.
        """
        backbone = self.backbone()
        read = pairs(backbone, train)
        with _one_thread():
            return RepresentationScorer(backbone, self.learn(read, self.config, seed))

    def restore(self, kept: Kept) -> Scorer:
        """The reading as it was."""
        return RepresentationScorer(self.backbone(), self.reading(**kept.facts, **kept.arrays))


@dataclass(frozen=True, slots=True)
class RepresentationScorer:
    """Scores by a reading of activations."""

    backbone: Backbone
    reading: Reading

    def score(self, examples: Sequence[Example]) -> Scores:
        """The reading's score of every response."""
        from eval.models.activations import activations, encode_for_activations
        from eval.models.texts import scores_of

        encoded = encode_for_activations(self.backbone, examples)
        read = activations(self.backbone, [pair for pairs in encoded for pair in pairs])
        with _one_thread():
            return scores_of(encoded, self.reading.scores(read).tolist())

    def kept(self) -> Kept:
        """The values of the reading's fields."""
        import numpy as np

        values = {field.name: getattr(self.reading, field.name) for field in fields(self.reading)}
        arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
        return Kept({name: value for name, value in values.items() if name not in arrays}, arrays)


def _one_thread() -> AbstractContextManager[Any]:
    """One thread for numpy and scipy, whatever else is at work.

    Their matrices here are small, and threads that spin while they wait for each other took forty times as long on a
    busy machine; besides, the number of threads decides how sums are rounded.
    """
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="blas")  # type: ignore[no-any-return] # it is untyped


def pairs(backbone: Backbone, train: Sequence[Example]) -> Pairs:
    """Activations of each example's right response and of one wrong response.

    Raises:
        ShiftworksError: The model's activations cannot be read or kept.
    """
    from eval.models.activations import activations
    from eval.models.directions import Pairs

    read = activations(backbone, _chosen(backbone, train))
    return Pairs(read.take(slice(0, None, 2)), read.take(slice(1, None, 2)), [example.group for example in train])


def _chosen(backbone: Backbone, train: Sequence[Example]) -> list[Pair]:
    """Of each example the right response and a wrong one, in turns."""
    from eval.models.activations import encode_for_activations

    chosen = []
    for example, encoded in zip(train, encode_for_activations(backbone, train), strict=True):
        wrong = [i for i in range(len(encoded)) if i != example.gold]
        chosen += [encoded[example.gold], encoded[Stream("representation", example.id).choice(wrong)]]
    return chosen
