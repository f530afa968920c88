"""How strongly must a cue be planted so that a learner attains a stated pair accuracy on examples it has not seen?

The pair accuracy of a cue that must be learned is what a learner attains with it, not what one would who knew it from
the start. The learner here is scikit-learn's logistic regression on differences of features, and shares no code with
the audit's probes. How well it learns hangs on its penalty, so that two are tried: the one that scikit-learn sets, and
one a hundred times as strong, which learns these cues best of all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from generators.core import Stream
from schemas import Example, ShiftworksError
from tests.studies.kinds import KINDS
from tests.studies.plantings import planted
from tests.studies.records import Calibrated

#: The inverse of each learner's penalty (scikit-learn's C).
LEARNERS: Mapping[str, float] = {"default": 1.0, "penalized": 0.01}
#: Cross-validation in five folds learns from four fifths of the examples.
SEEN = Fraction(4, 5)
#: Data sets over which a learner's accuracy is the mean, and the examples of each that it has not seen.
SETS, FRESH = 20, 400
#: Strengths that are tried, as so much above the accuracy asked for; the curve between them is a parabola.
ABOVE = tuple(Fraction(step, 100) for step in range(0, 16, 3))
#: Strengths are read off the curve in thousandths.
FINE = 1000

#: The terms of one response: from the prompt, the response and its place.
Terms = Callable[[str, str, int], list[str]]

#: What the learner reads, for each kind of list 2.
READS: Mapping[str, Terms] = {
    "lexicon": lambda _prompt, text, _place: text.lower().split(),
    "character runs": lambda _prompt, text, _place: [text[i : i + 3] for i in range(len(text) - 2)],
    "prompt tells the place": lambda prompt, _text, place: [f"{place} {word}" for word in prompt.lower().split()],
    "prompt tells the answer": lambda prompt, text, _place: [f"{text} {word}" for word in prompt.lower().split()],
}


def calibrated(name: str, accuracy: Fraction, size: int, sets: int = SETS) -> list[Calibrated]:
    """For each learner the strength at which it attains a pair accuracy, and what it attains there in new data.

    Args:
        name: A kind of list 2.
        accuracy: What shall be attained, between a half and 0.85.
        size: Examples of a data set, of which a learner sees four fifths.
        sets: Data sets at every strength.

    Raises:
        ShiftworksError: None of the strengths that are tried is learned that well, or all are.
    """
    tried = [accuracy + above for above in ABOVE]
    curves = np.array([attained(name, strength, size, "search", sets) for strength in tried])
    found = []
    for number, learner in enumerate(LEARNERS):
        curve = np.polynomial.Polynomial.fit([float(each) for each in tried], curves[:, number], 2)
        fine = np.arange(int(tried[0] * FINE), int(tried[-1] * FINE) + 1)
        reached = curve(fine / FINE) >= float(accuracy)
        if reached[0] or not reached[-1]:
            raise ShiftworksError(f"{name}, {size} examples: {float(accuracy)} lies beyond the strengths tried")
        strength = Fraction(int(fine[reached.argmax()]), FINE)
        anew = attained(name, strength, size, "anew", sets)[number]
        found.append(Calibrated(name, accuracy, size, learner, strength, anew))
    return found


def attained(name: str, strength: Fraction, size: int, key: str, sets: int = SETS) -> list[float]:
    """Pair accuracy of each learner on fresh examples, the mean over some data sets.

    Args:
        name: A kind of list 2.
        strength: The pair accuracy of the cue for one who knows it.
        size: Examples of a data set.
        key: Names the random streams.
        sets: Data sets.
    """
    found = np.array([_learned(name, strength, size, f"{key} {number}") for number in range(sets)])
    return [float(mean) for mean in found.mean(axis=0)]


def _learned(name: str, strength: Fraction, size: int, key: str) -> list[float]:
    """Pair accuracy of each learner on fresh examples, after four fifths of one data set."""
    seen = int(SEEN * size)
    examples = planted(KINDS[name], strength, seen + FRESH, KINDS[name].fewest, f"learnable {size} {key}")
    read = READS[name]
    right, wrong = ([read(e.prompt, *_response(e, label)) for e in examples] for label in (1, 0))
    vectorizer = CountVectorizer(analyzer=list, binary=True, dtype=np.float64).fit([*right[:seen], *wrong[:seen]])
    vectors = vectorizer.transform(right) - vectorizer.transform(wrong)
    # The right response less the wrong one, turned round by a coin, so that there is something to tell.
    rng = Stream("learnable", key)
    signs = np.array([1.0 if rng.chance(1, 2) else -1.0 for _ in range(seen)])
    turned = vectors[:seen].multiply(signs[:, None]).tocsr()
    found = []
    for penalty in LEARNERS.values():
        model = LogisticRegression(C=penalty, fit_intercept=False).fit(turned, signs)
        found.append(float(np.mean((np.sign(vectors[seen:] @ model.coef_[0]) + 1) / 2)))
    return found


def _response(example: Example, label: int) -> tuple[str, int]:
    """The text and the place of the first response with a label."""
    return next((r.text, place) for place, r in enumerate(example.responses) if r.label == label)
