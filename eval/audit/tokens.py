"""Single-token statistics: is there a word that says by itself which response is right?

In the manner of competency problems (Gardner et al. 2021, arXiv 2104.08646): no single token of a response should tell
anything about its label. Tokens are words and signs, the first and the last of a response, and whole responses, so that
a constant answer is one too. Each is tested like a cue that prefers the response which has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from eval.audit.family import judged, studentized
from eval.audit.table import Floats, Integers, Table

#: Kinds of token, as cards declare them.
KINDS = ("word", "first_word", "last_word", "constant")
#: Tokens tested, the most frequent first; and how many groups a token must tell apart to be tested at all.
TOKENS, TELLING = 4000, 8
#: Tokens that tell so large a share of the groups apart are few, and are tested among themselves: a token that stands
#: in one response of every pair would else have to outdo hundreds of rare ones, none of which can tell as much.
COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Token:
    """One token's record.

    Attributes:
        kind: One of `KINDS`.
        text: The token.
        right: Right responses that have it.
        wrong: Wrong responses that have it.
        accuracy: Pairs that it ranks right, ties counting half.
        margin: Distance from chance at which it would be off.
        p: The share of turnings with a token as far out, among the common ones or among the others.
        off: Whether it is off chance.
    """

    kind: str
    text: str
    right: int
    wrong: int
    accuracy: float
    margin: float
    p: float
    off: bool


def tokens(table: Table, error: float, key: tuple[str | int, ...]) -> list[Token]:
    """All tokens that can be tested, the surest to be off chance first.

    Args:
        table: The examples.
        error: The share of families of tokens that may have a false alarm.
        key: Names the random stream.
    """
    names, has = _matrix(table)
    if not names:
        return []
    telling = _telling(table, has)
    kept = np.flatnonzero(telling >= TELLING)
    if not len(kept):
        return []
    has = has[:, kept].tocsr()
    places = table.places
    # A response that has a token wins against those of its example that have it not.
    studied = studentized(has.multiply(places.size[:, None] / 2).tocsr(), places, (*key, "tokens"))
    z, turned = studied.z, studied.turned
    critical, p = np.empty_like(z), np.empty_like(z)
    # How many groups a token tells apart does not depend on the labels, so that tokens may be parted by it.
    common = telling[kept] >= COMMON * table.count
    parts = [part for part in (common, ~common) if part.any()]
    for part in parts:
        tested = judged(z[part], np.abs(turned[:, part]).max(axis=1), error / len(parts))
        critical[part], p[part] = tested.critical, tested.p
    accuracy = 0.5 + np.asarray((has[table.gold] - has[table.wrong]).mean(axis=0)).ravel() / 2
    right, wrong = (np.asarray(has[rows].sum(axis=0)).ravel() for rows in _sides(table))
    result = [
        Token(
            *names[column],
            int(right[i]),
            int(wrong[i]),
            float(accuracy[i]),
            min(float(critical[i] * studied.deviation[i]) / len(table.gold), 0.5),
            float(p[i]),
            bool(abs(z[i]) > critical[i]),
        )
        for i, column in enumerate(kept.tolist())
    ]
    order = sorted(range(len(result)), key=lambda i: (p[i], -abs(z[i]), result[i].kind, result[i].text))
    return [result[i] for i in order]


def _sides(table: Table) -> tuple[Integers, Integers]:
    return np.flatnonzero(table.label == 1), np.flatnonzero(table.label == 0)


def _telling(table: Table, has: sparse.csr_matrix) -> Integers:
    """For each token the groups in which some of an example's responses have it and others have not."""
    rows = np.arange(len(table.texts))
    owner = sparse.csr_matrix((np.ones(len(rows)), (table.example, rows)), shape=(len(table.prompts), len(rows)))
    held = (owner @ has).tocoo()
    some = held.data < np.bincount(table.example)[held.row]
    told = np.unique(table.groups[held.row[some]] * has.shape[1] + held.col[some])
    return np.bincount(told % has.shape[1], minlength=has.shape[1])


def _matrix(table: Table) -> tuple[list[tuple[str, str]], sparse.csr_matrix]:
    """The tokens that stand in enough responses, and which responses have them."""
    own = [_tokens(words, text) for words, text in zip(table.words, table.texts, strict=True)]
    times: Counter[tuple[str, str]] = Counter()
    for found in own:
        times.update(found)
    kept = sorted((-n, token) for token, n in times.items() if TELLING <= n < len(own))[:TOKENS]
    place = {token: i for i, (_, token) in enumerate(kept)}
    rows = [sorted(place[token] for token in found if token in place) for found in own]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    flat = np.fromiter((column for row in rows for column in row), dtype=np.int32, count=int(sizes.sum()))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    values: Floats = np.ones(len(flat))
    return [token for _, token in kept], sparse.csr_matrix((values, flat, starts), shape=(len(own), max(len(kept), 1)))


def _tokens(words: Sequence[str], text: str) -> set[tuple[str, str]]:
    found = {("word", word) for word in words}
    if words:
        found |= {("first_word", words[0]), ("last_word", words[-1])}
    # A whole response of one word is that word already.
    if len(words) > 1:
        found.add(("constant", text.strip()))
    return found
