"""The cues: ways to score a response without doing the task. To test another one, add a function here.

A cue gets train and test as tables and gives every test response a score; it is at chance (.5) where the score says
nothing about the label. Cues marked `learned` are read off train's labels and are not tested where train is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from eval.audit.table import Floats, Table

Score = Callable[[Table, Table], Floats]
#: Words, and every other sign by itself, so that punctuation and code count too.
WORD = r"\w+|[^\w\s]"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue.

    Attributes:
        name: Its name, as cards declare it.
        score: Scores of all test responses, from train and test.
        learned: Whether it needs the labels of train.
        mirror: The cue that is this one turned round; who declares either declares both.
    """

    name: str
    score: Score
    learned: bool
    mirror: str | None


_CUES: dict[str, Cue] = {}


def cue(name: str, *, learned: bool = False, mirror: str | None = None) -> Callable[[Score], Score]:
    """Makes a function a cue of every audit; see `Cue` for the arguments."""

    def mark(score: Score) -> Score:
        _CUES[name] = Cue(name, score, learned, mirror)
        return score

    return mark


def cues() -> Mapping[str, Cue]:
    """All cues by name, in the order of this file."""
    return _CUES


@cue("longest", mirror="shortest")
def longest(train: Table, test: Table) -> Floats:  # noqa: ARG001 - every cue has the same arguments
    """Prefers the response with more characters."""
    return np.array([len(text) for text in test.texts], dtype=np.float64)


@cue("shortest", mirror="longest")
def shortest(train: Table, test: Table) -> Floats:
    """Prefers the response with fewer characters."""
    return -longest(train, test)


@cue("first")
def first(train: Table, test: Table) -> Floats:  # noqa: ARG001 - every cue has the same arguments
    """Prefers the response that stands before the other."""
    return -test.position.astype(np.float64)


@cue("constant", learned=True)
def constant(train: Table, test: Table) -> Floats:
    """Prefers the text that was more often right than wrong in train; a text never seen there scores 0."""
    balance: Counter[str] = Counter()
    for text, label in zip(train.texts, train.label.tolist(), strict=True):
        balance[text] += 2 * label - 1
    return np.array([balance[text] for text in test.texts], dtype=np.float64)


@cue("named_in_prompt")
def named_in_prompt(train: Table, test: Table) -> Floats:  # noqa: ARG001 - every cue has the same arguments
    """Prefers the response whose text stands in the prompt more often, as whole words and in any case."""
    prompts = [prompt.casefold() for prompt in test.prompts]
    found = [
        _occurrences(text.casefold().strip(), prompts[example])
        for text, example in zip(test.texts, test.example.tolist(), strict=True)
    ]
    return np.array(found, dtype=np.float64)


def _occurrences(text: str, prompt: str) -> int:
    """How often a text stands in a prompt without a letter, digit or underscore going on at either end."""
    count, start = 0, prompt.find(text) if text else -1
    while start >= 0:
        end = start + len(text)
        inside = _joined(prompt[start - 1 : start + 1]) or _joined(prompt[end - 1 : end + 1])
        count += not inside
        start = prompt.find(text, end)
    return count


def _joined(two: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    return len(two) == 2 and all(sign.isalnum() or sign == "_" for sign in two)


@cue("response_words", learned=True)
def response_words(train: Table, test: Table) -> Floats:
    """Scores a response by its words alone, without the prompt.

    A logistic regression on which words a response has, fitted on train's pairs (right minus wrong).
    """
    # Imported here because the import takes longer than all other cues together.
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    words = CountVectorizer(token_pattern=WORD, binary=True, dtype=np.float64)
    try:
        seen = words.fit_transform(train.texts)
    except ValueError:
        # scikit-learn's way to say that no response of train has a word.
        return np.zeros(len(test.texts))
    difference = seen[train.gold] - seen[train.wrong]
    if len(train.gold) < 2 or difference.nnz == 0:
        return np.zeros(len(test.texts))
    # Every second pair is turned round, so that there are two classes; without intercept the fit is the same.
    side = np.where(np.arange(len(train.gold)) % 2 == 0, 1.0, -1.0)
    model = LogisticRegression(fit_intercept=False, max_iter=1000)
    model.fit(difference.multiply(side[:, None]).tocsr(), side)
    return np.asarray(words.transform(test.texts) @ model.coef_[0], dtype=np.float64)
