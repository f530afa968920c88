"""Contrast-consistent search (Burns et al. 2022, arXiv 2212.03827).

A response's contrast pair is two statements about it, "this answer is good" and "this answer is bad"
(`eval.models.packed`). The states of each statement are freed of their own mean and spread, so that the word itself
tells nothing; then a direction and a bias are sought whose probabilities for the two add up to 1 (consistency) and are
not both near a half (confidence), without labels and from several starts, of which the one of least loss is kept.

The labels of the source, never the test's, decide its sign, and which layer is read. Means and spreads are the source's
too: those of the tested responses would make a score depend on what it is scored with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from eval.config import CcsSettings, EvaluationConfig
from eval.interventions._representation import Representation

if TYPE_CHECKING:
    from eval.models.activations import Activations
    from eval.models.backbone import Backbone
    from eval.models.directions import Doubles, Pairs


def make(config: EvaluationConfig, backbone: Callable[[], Backbone]) -> Representation:
    """Contrast-consistent search."""
    return Representation(config, backbone, learn, asdict(config.ccs), Consistent)


@dataclass(frozen=True, slots=True)
class Consistent:
    """What was found in one layer.

    Attributes:
        layer: The layer.
        means: Means of the two statements' states (2, feature).
        spreads: Their standard deviations (2, feature).
        direction: The direction, for states less means over spreads.
        bias: The bias.
        sign: 1, or -1 if the direction points to wrong responses.
        loss: What was left of the loss.
    """

    layer: int
    means: Doubles
    spreads: Doubles
    direction: Doubles
    bias: float
    sign: int
    loss: float

    def scores(self, read: Activations) -> Doubles:
        """The probability that each response is good, from both statements; negative if the sign is."""
        from scipy.special import expit

        good, bad = (
            expit((states[:, self.layer] - mean) / spread @ self.direction + self.bias)
            for states, mean, spread in zip((read.good, read.bad), self.means, self.spreads, strict=True)
        )
        return self.sign * (good + 1 - bad) / 2  # type: ignore[no-any-return] # scipy is untyped


def learn(pairs: Pairs, config: EvaluationConfig, seed: int) -> Consistent:
    """What is consistent in a source."""
    fitted, held = pairs.split(config.held_out, seed)
    layers = range(fitted.right.good.shape[1])
    found = [_right(search(fitted, layer, config.ccs, seed), held) for layer in layers]
    layer = max(layers, key=lambda layer: found[layer])
    return search(pairs, layer, config.ccs, seed)


def search(pairs: Pairs, layer: int, settings: CcsSettings, seed: int) -> Consistent:
    """The most consistent direction of a layer, of several starts."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import expit

    from generators.core.streams import Stream

    both = [
        np.concatenate([one[:, layer], other[:, layer]]).astype(np.float64)
        for one, other in ((pairs.right.good, pairs.wrong.good), (pairs.right.bad, pairs.wrong.bad))
    ]
    means, spreads = np.stack([s.mean(0) for s in both]), np.stack([s.std(0) for s in both])
    spreads[spreads == 0] = 1.0
    good, bad = ((states - mean) / spread for states, mean, spread in zip(both, means, spreads, strict=True))
    count, width = good.shape

    def losses(weights: Doubles, bias: Doubles) -> tuple[Doubles, Doubles, Doubles]:
        """The loss of each start, and its slopes by weights and bias."""
        of_good, of_bad = expit(good @ weights + bias), expit(bad @ weights + bias)
        gap, least = of_good + of_bad - 1, np.minimum(of_good, of_bad)
        loss = (gap**2 + least**2).mean(0) + settings.penalty / 2 * (weights**2).sum(0)
        slope_good = 2 * (gap + least * (of_good <= of_bad)) * of_good * (1 - of_good) / count
        slope_bad = 2 * (gap + least * (of_good > of_bad)) * of_bad * (1 - of_bad) / count
        by_weights = good.T @ slope_good + bad.T @ slope_bad + settings.penalty * weights
        return loss, by_weights, (slope_good + slope_bad).sum(0)

    def total(flat: Doubles) -> tuple[float, Doubles]:
        # The starts share no weight, so that the least sum is the least of each.
        loss, *slopes = losses(*_unflat(flat, width))
        return float(loss.sum()), np.concatenate([slope.ravel() for slope in slopes])

    rng = np.random.default_rng(Stream("ccs", seed, layer).below(2**63))
    # Of length 1, so that no start is surer than another.
    starts = rng.standard_normal((width, settings.restarts))
    starts /= np.linalg.norm(starts, axis=0)
    flat = np.concatenate([starts.ravel(), np.zeros(settings.restarts)])
    flat = minimize(total, flat, jac=True, method="L-BFGS-B", options={"maxiter": settings.steps}).x
    weights, bias = _unflat(flat, width)
    loss = losses(weights, bias)[0]
    best = int(np.argmin(loss))
    found = Consistent(layer, means, spreads, weights[:, best], float(bias[best]), 1, float(loss[best]))
    return found if _right(found, pairs) >= 0.5 else replace(found, sign=-1)


def _unflat(flat: Doubles, width: int) -> tuple[Doubles, Doubles]:
    """Weights (feature, start) and biases (start) of one flat array."""
    starts = len(flat) // (width + 1)
    return flat[: width * starts].reshape(width, starts), flat[width * starts :]


def _right(found: Consistent, pairs: Pairs) -> float:
    """Share of pairs that are ranked right."""
    from eval.models.directions import accuracy

    return accuracy(found.scores(pairs.right) - found.scores(pairs.wrong))
