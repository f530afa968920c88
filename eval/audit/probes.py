"""Cues that a probe can learn: linear models on what stands in responses or prompts, cross-validated by group.

A probe learns from one vector an example: the right response's features minus the mean of the wrong ones' (the target
is 1 throughout, so its sign is what is learned). It is fitted in two ways, and the better one counts: by kernel ridge
regression (Hoerl and Kennard 1970), and by shrunken means (Tibshirani et al. 2002, PNAS 99, 6567-6572), which find few
telling features among many in few examples. Both need little more than matrix products when labels are turned round
(see `eval.audit.family`), so every probe is tested against hundreds of honest refits on labels that say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from eval.audit.family import Signs, turnings
from eval.audit.table import Floats, Integers, Table

FOLDS = 10
#: Features that a probe reads, the most frequent first, and the number of texts that a feature must stand in.
FEATURES, RARE = 4000, 3
#: Examples that a probe learns from and is tested on; more add cost (with the cube) and no insight.
MOST = 1500
#: Ridge, in units of the mean squared length of a training vector.
RIDGE = 3.0
#: Standard errors by which every mean is shrunk towards none.
SHRUNK = 1.0
#: Differences of scores that count as none.
TIE = 1e-6
#: Characters from either end of a text that the character probe reads.
HEAD, TAIL = 300, 150
GRAM = 3
#: Texts that make up the answers of a closed question, and the share of responses that they must cover.
ANSWERS, CLOSED = 6, 0.9

Terms = Callable[[Table], Sequence[Sequence[str]]]
#: Reads the responses of any table as one row each, by what it learned of the table that it was made on.
Reader = Callable[[Table], Signs | sparse.csr_matrix]


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe.

    Attributes:
        name: Its name, as cards declare it.
        reads: What it reads, for the reader.
        reader: Its reader for a table; None where there is nothing to read.
        kind: `probe`; or `order`, if it learns the order of the file.
    """

    name: str
    reads: str
    reader: Callable[[Table], Reader | None]
    kind: str = "probe"


def _words(table: Table) -> Sequence[Sequence[str]]:
    """Words and single signs."""
    return table.words


def _ends(table: Table) -> Sequence[Sequence[str]]:
    """Runs of three characters at either end of the text."""
    result = []
    for text in table.texts:
        ends = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
        padded = f"\x02{ends}\x03"
        result.append([padded[i : i + GRAM] for i in range(len(padded) - GRAM + 1)])
    return result


def _prompt(table: Table) -> Sequence[Sequence[str]]:
    """Words of the prompt, with the place of the response: does the prompt alone say where the right one stands?"""
    return [
        [f"{place} {word}" for word in set(table.prompt_words[example])]
        for example, place in zip(table.example.tolist(), table.position.tolist(), strict=True)
    ]


def _answers(table: Table) -> Sequence[Sequence[str]]:
    """Words of the prompt, with the response, where all questions have the same few answers."""
    times = Counter(table.texts)
    closed = {text for text, _ in times.most_common(ANSWERS)}
    if sum(times[text] for text in closed) < CLOSED * len(table.texts):
        return [[] for _ in table.texts]
    return [
        [f"{text} {word}" for word in set(table.prompt_words[example])] if text in closed else []
        for text, example in zip(table.texts, table.example.tolist(), strict=True)
    ]


def _lexical(terms: Terms) -> Callable[[Table], Reader | None]:
    """A reader of terms, which knows those of the table that it is made on."""

    def reader(table: Table) -> Reader | None:
        vocabulary = Vocabulary(terms(table))
        return (lambda other: vocabulary.matrix(terms(other))) if len(vocabulary) else None

    return reader


PROBES = (
    Probe("response_words", "words of the response, without the prompt", _lexical(_words)),
    Probe(
        "response_characters", "runs of three characters at the response's ends, without the prompt", _lexical(_ends)
    ),
    Probe(
        "prompt_place", "words of the prompt alone, to tell the place of the right response", _lexical(_prompt), "order"
    ),
    Probe("prompt_answer", "words of the prompt alone, to tell which standing answer is right", _lexical(_answers)),
)


class Vocabulary:
    """The terms that a probe knows, from the texts it was made on.

    Args:
        terms: The terms of every response.
    """

    def __init__(self, terms: Sequence[Sequence[str]]) -> None:
        times: Counter[str] = Counter()
        for own in terms:
            times.update(set(own))
        kept = sorted((-n, term) for term, n in times.items() if RARE <= n < len(terms))[:FEATURES]
        self._place = {term: i for i, (_, term) in enumerate(kept)}

    def __len__(self) -> int:
        return len(self._place)

    def matrix(self, terms: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """Which terms each response has: one row of unit length a response."""
        place = self._place
        columns = [sorted({place[term] for term in own if term in place}) for own in terms]
        sizes = np.array([len(own) for own in columns], dtype=np.int64)
        values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
        flat = np.fromiter((column for own in columns for column in own), dtype=np.int32, count=int(sizes.sum()))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        return sparse.csr_matrix((values, flat, starts), shape=(len(terms), max(len(place), 1)))


@dataclass(frozen=True, slots=True)
class Probed:
    """What cross-validation made of a probe.

    Attributes:
        scores: Each response's score by a model that saw nothing of its group; NaN where it was not tested.
        control: Pairs ranked right, after a refit, where the labels were turned at random.
        z: How far it is from chance, in standard deviations of its refits.
        turned: The same under every turning of the labels, each with its own refit.
    """

    scores: Floats
    control: float
    z: float
    turned: Signs


def differences(table: Table) -> sparse.csr_matrix:
    """The matrix that makes an example's vector of its responses: 1 for the right, -1 / n for each of n wrong ones."""
    wrong = np.bincount(table.example, weights=1 - table.label).astype(np.float64)
    values = np.where(table.label == 1, 1.0, -1.0 / np.maximum(wrong[table.example], 1))
    responses = np.arange(len(table.texts))
    return sparse.csr_matrix((values, (table.example, responses)), shape=(len(table.prompts), len(table.texts)))


def inverse(kernel: Signs) -> Signs:
    """What makes the dual weights of a kernel ridge regression of its targets."""
    ridge = RIDGE * float(np.mean(np.diag(kernel))) + 1e-6
    whole = np.eye(len(kernel), dtype=np.float32)
    factor = cho_factor(kernel + np.float32(ridge) * whole, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, whole, overwrite_b=True, check_finite=False))


def folds(table: Table) -> Integers:
    """The fold of each group."""
    order = sorted(range(table.count), key=lambda group: blake2b(str(group).encode()).digest())
    result = np.empty(table.count, dtype=np.int64)
    result[order] = np.arange(table.count) % FOLDS
    return result


def probe(table: Table, features: Signs | sparse.csr_matrix, key: tuple[str | int, ...]) -> Probed:
    """Cross-validates a probe by group, on the labels as they are and on all turnings of them.

    Args:
        table: The examples; at most `MOST` of them.
        features: One row a response.
        key: Names the random stream of the turnings; the family's.
    """
    vectors = differences(table) @ features
    # The labels as they are come first, then every turning of them.
    signs = np.concatenate([np.ones((1, table.count), np.float32), *_all_turnings(table, key)])
    fold = folds(table)[table.groups]
    targets = signs[:, table.groups].T
    ways = (_ridge(vectors, features, targets, fold), _shrunken(vectors, features, targets, fold))
    fits = [_validated(table, way, signs, fold) for way in ways]
    z = np.stack([fit.z for fit in fits])
    better = z.argmax(axis=0)
    return Probed(fits[better[0]].scores, fits[better[1]].control, float(z[:, 0].max()), z[:, 1:].max(axis=0))


#: For a fold that is held out: one row a response, and weights that make scores of a row, one column a turning.
Way = Callable[[int], tuple[Signs | sparse.csr_matrix, Signs]]


def _ridge(
    vectors: Signs | sparse.csr_matrix, features: Signs | sparse.csr_matrix, targets: Signs, fold: Integers
) -> Way:
    """Kernel ridge regression.

    It is solved once for all examples. Without some of them the inverse is the block of the others less what goes
    through those left out (Schur), which is exact and spares a solution a fold.
    """
    cross, solution = _dense(features @ vectors.T), inverse(_dense(vectors @ vectors.T))
    weights = solution @ targets

    def way(held_out: int) -> tuple[Signs, Signs]:
        seen, left = np.flatnonzero(fold != held_out), np.flatnonzero(fold == held_out)
        through = np.linalg.solve(solution[np.ix_(left, left)], weights[left])
        return cross[:, seen], weights[seen] - solution[np.ix_(seen, left)] @ through

    return way


def _shrunken(
    vectors: Signs | sparse.csr_matrix, features: Signs | sparse.csr_matrix, targets: Signs, fold: Integers
) -> Way:
    """Means of the vectors, each brought nearer to 0 by some of its standard errors, or to 0."""
    parts = [_dense(vectors[fold == each]) for each in range(FOLDS)]
    sums = [part.T @ targets[fold == each] for each, part in enumerate(parts)]
    squares = [np.square(part).sum(axis=0)[:, None] for part in parts]
    whole, whole_squares = sum(sums), sum(squares)

    def way(held_out: int) -> tuple[Signs | sparse.csr_matrix, Signs]:
        means = whole - sums[held_out]
        least = SHRUNK * np.sqrt(np.maximum(whole_squares - squares[held_out], 0))
        # In place: these are the largest arrays of all.
        means -= np.clip(means, -least, least)
        return features, means

    return way


@dataclass(frozen=True, slots=True)
class _Fit:
    """One way's fits: scores, the first turning's accuracy, and z of the labels and of every turning."""

    scores: Floats
    control: float
    z: Signs


def _validated(table: Table, way: Way, signs: Signs, fold: Integers) -> _Fit:
    """Cross-validates one way to learn.

    Args:
        table: The examples.
        way: The way.
        signs: How each group's labels are turned, one row a turning; the first row leaves them.
        fold: The fold of each example.
    """
    scores = np.full(len(table.texts), np.nan)
    sums = np.zeros((len(signs), table.count), dtype=np.float32)
    for held_out in range(FOLDS):
        pairs = np.flatnonzero(fold[table.example[table.gold]] == held_out)
        if not len(pairs) or (fold == held_out).all():
            continue
        rows, weights = way(held_out)
        responses = np.flatnonzero(fold[table.example] == held_out)
        scores[responses] = _dense(rows[responses]) @ weights[:, 0]
        margins = _dense(rows[table.gold[pairs]] - rows[table.wrong[pairs]]) @ weights
        groups = table.pair_groups[pairs]
        won = np.sign(np.where(np.abs(margins) < TIE, 0, margins)).T * signs[:, groups] / 2
        sums += np.asarray(won @ _members(groups, table.count), dtype=np.float32)
    norm = np.sqrt(np.square(sums).sum(axis=1))
    z = np.divide(sums.sum(axis=1), norm, out=np.zeros_like(norm), where=norm > 0)
    # Folds share most of what they learned from, so that refits scatter wider than independent pairs would.
    spread = max(float(z[1:].std()), 1e-6)
    return _Fit(scores, 0.5 + float(sums[1].sum()) / len(table.gold), np.asarray(z / spread, dtype=np.float32))


def transfer(source: Table, reader: Reader, target: Table) -> Floats:
    """Scores of a target's responses by the probe that was fitted on all of a source.

    Args:
        source: The examples to learn from; at most `MOST` of them.
        reader: The probe's reader, made on the source.
        target: The examples to score.
    """
    vectors = differences(source) @ reader(source)
    weights = inverse(_dense(vectors @ vectors.T)).sum(axis=1)
    return np.asarray(_dense(reader(target) @ vectors.T) @ weights, dtype=np.float64)


def _all_turnings(table: Table, key: tuple[str | int, ...]) -> list[Signs]:
    return [np.concatenate([signs for _, signs in turnings(table.count, key)], axis=1)]


def _members(groups: Integers, count: int) -> sparse.csr_matrix:
    """Which group each pair belongs to: one row a pair, one column a group."""
    pairs = np.arange(len(groups))
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (pairs, groups)), shape=(len(pairs), count))


def _dense(matrix: Signs | sparse.csr_matrix) -> Signs:
    # Single precision: a probe's verdict is a sign, and this halves the cost.
    return np.asarray(matrix if isinstance(matrix, np.ndarray) else matrix.toarray(), dtype=np.float32)
