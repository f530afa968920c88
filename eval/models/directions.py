"""Directions in activation space: pairs to find them from, the choice of a layer, and scores by projection.

Everything here is numbers in, numbers out: a pair is the activations of a right and of a wrong response to one prompt.
What is chosen (layer, heads, penalty) is chosen by the accuracy on pairs that were held out of the source's train
split, whole groups at a time; then the direction is found again from all pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from eval.dataset import held_out
from eval.models.activations import Activations, Floats
from schemas import ShiftworksError

Doubles = NDArray[np.float64]
#: What of the activations a direction lies in: the states of the text, how the statements differ, the heads' outputs.
Part = Literal["text", "contrast", "heads"]
#: Finds a direction from a layer's states of right and of wrong responses (pair, feature).
Find = Callable[[Doubles, Doubles], Doubles]
#: Steps of a logistic regression at most; it converges in fewer.
STEPS = 500


@dataclass(frozen=True, slots=True)
class Pairs:
    """Activations of the right and of a wrong response to each prompt.

    Attributes:
        right: Of the right responses.
        wrong: Of the wrong ones, in the same order.
        groups: Each prompt's group.
    """

    right: Activations
    wrong: Activations
    groups: Sequence[str]

    def take(self, chosen: Sequence[int]) -> Pairs:
        """Some of the pairs."""
        rows = np.array(chosen, dtype=np.intp)
        return Pairs(self.right.take(rows), self.wrong.take(rows), [self.groups[i] for i in chosen])

    def split(self, share: float, seed: int) -> tuple[Pairs, Pairs]:
        """The pairs to find from and those held out, by whole groups.

        Args:
            share: Share of the groups that is held out; at least one is, and at least one is not.
            seed: Seed of the choice.

        Raises:
            ShiftworksError: There is only one group.
        """
        held = held_out(self.groups, share, "held out", seed)
        places = range(len(self.groups))
        return (
            self.take([i for i in places if self.groups[i] not in held]),
            self.take([i for i in places if self.groups[i] in held]),
        )

    def states(self, part: Part) -> tuple[Doubles, Doubles]:
        """A part of the activations of right and of wrong responses."""
        return states(self.right, part), states(self.wrong, part)


@dataclass(frozen=True, slots=True)
class Linear:
    """A reading of activations that is a projection.

    Attributes:
        part: What it projects.
        weights: The direction, in the shape that the part has for one response; zero where nothing is read.
    """

    part: Part
    weights: Doubles

    def scores(self, read: Activations) -> Doubles:
        """The score of each response; higher is better."""
        found = states(read, self.part)
        scores: Doubles = found.reshape(len(found), -1) @ self.weights.ravel()
        return scores


def states(read: Activations, part: Part) -> Doubles:
    """A part of some activations.

    Raises:
        ShiftworksError: It is the heads, and the model's are not found.
    """
    found: Floats | None = getattr(read, part)
    if found is None:
        raise ShiftworksError(
            "this model's attention heads are not found, since its layers bear unknown names; leave out mms"
        )
    return found.astype(np.float64)


def accuracy(margins: Doubles) -> float:
    """Share of pairs whose right response scores higher, given how much; ties count half."""
    return float(np.mean((margins > 0) + 0.5 * (margins == 0)))


def best_layer(pairs: Pairs, part: Part, find: Find, share: float, seed: int) -> int:
    """The layer whose direction ranks most held-out pairs right; of equals the first.

    Args:
        pairs: The source's pairs.
        part: What the direction lies in.
        find: Finds it in one layer.
        share: Share of the groups that is held out.
        seed: Seed of the choice of these.
    """
    fitted, held = (some.states(part) for some in pairs.split(share, seed))
    found = []
    for layer in range(fitted[0].shape[1]):
        direction = find(fitted[0][:, layer], fitted[1][:, layer])
        found.append(accuracy((held[0][:, layer] - held[1][:, layer]) @ direction))
    return int(np.argmax(found))


def at_layer(part: Part, shape: Sequence[int], layer: int, direction: Doubles) -> Linear:
    """The projection on a direction in one layer, of activations of a shape (layer, feature)."""
    weights = np.zeros(tuple(shape))
    weights[layer] = direction
    return Linear(part, weights)


def scaled(direction: Doubles, right: Doubles, wrong: Doubles) -> Doubles:
    """A direction of such a length that projections on it have a standard deviation of 1 over all responses."""
    spread = float(np.std(np.concatenate([right, wrong]) @ direction))
    return direction / spread if spread > 0 else direction


def mean_difference(right: Doubles, wrong: Doubles) -> Doubles:
    """From the mean of the wrong responses to the mean of the right ones, scaled."""
    return scaled((right - wrong).mean(0), right, wrong)


def logistic(right: Doubles, wrong: Doubles, penalty: float) -> Doubles:
    """The direction by which a logistic regression without intercept tells right from wrong within pairs.

    Minimises the mean of log(1 + exp(-w·d)) over the differences d of right and wrong, plus penalty / 2 |w|², where
    features are measured in their standard deviations; the direction that is returned is for features as they are.
    """
    spread = np.concatenate([right, wrong]).std(0)
    spread[spread == 0] = 1.0
    differences = (right - wrong) / spread

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        margins = differences @ weights
        value = np.logaddexp(0, -margins).mean() + penalty / 2 * weights @ weights
        slope = -(differences.T @ expit(-margins)) / len(differences) + penalty * weights
        return float(value), slope

    start = np.zeros(differences.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    direction: Doubles = found / spread
    return direction
