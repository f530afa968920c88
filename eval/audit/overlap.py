"""What the examples that one is tested on share with those that one was tuned on: raw things, prompts, parts, answers.

A split that shares nothing by its own account (its groups) may still repeat a question in another frame, a post under
another heading, or a long answer word for word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from eval.audit.duplicates import matches, near_duplicates
from eval.audit.shingles import FEWEST, Template, lines_of, normal
from schemas import Example

#: Pairs of examples that a finding names, for a person to read.
READ = 3
#: Shingles, template aside, that a part of a prompt or an answer must have to be a trace of where it came from.
TELLING = 20
#: Of such a line's characters so many begin a shingle that is not template's; a filled-in frame has fewer.
OWN = 0.6
#: A part is the bulk of a prompt where it holds so much of what the template leaves of it.
BULK = 0.5


@dataclass(frozen=True, slots=True)
class Shared:
    """How many examples share something, and some of them.

    Attributes:
        count: Number of test examples.
        read: Ids of up to three of them, each with that of a training example which it shares the thing with.
    """

    count: int
    read: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, found: Iterable[tuple[Example, Example]]) -> Shared:
        """From all pairs of a test and a training example, one for each test example that shares the thing."""
        ids = [(test.id, train.id) for test, train in found]
        return cls(len(ids), tuple(ids[:READ]))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Test examples that share something with a training example.

    Attributes:
        of: Number of test examples.
        groups: Same group.
        prompts: The very prompt.
        near: A near duplicate of the prompt, the very prompt included. In formal tasks, whose prompts differ in
            symbols or numbers alone, these may be other problems.
        near_same: Of those, where the right response is also the same but for case and spacing: such an example can
            be answered from memory.
        answers: The same right response, where it is long enough and rare enough to be no common answer.
        parts: A line that is the bulk of either prompt stands in both: the same question or post, whatever stands
            around it. Lines that mostly repeat the template, or that ten prompts of a split hold, do not count.
    """

    of: int
    groups: Shared
    prompts: Shared
    near: Shared
    near_same: Shared
    answers: Shared
    parts: Shared

    def to_json(self) -> dict[str, Any]:
        """The record as it stands in an audit."""
        shared = [field.name for field in fields(self) if field.name != "of"]
        return {"of": self.of, **{name: _json(getattr(self, name)) for name in shared}}


@dataclass(frozen=True, slots=True)
class Repeats:
    """Near duplicates within one split.

    Attributes:
        of: Number of examples.
        clustered: Examples whose prompt has a near duplicate in the split.
        clusters: Number of clusters that they form.
        largest: Examples in the largest cluster; 0 where there is none.
        read: Ids of up to three confirmed pairs, each from another cluster.
    """

    of: int
    clustered: int
    clusters: int
    largest: int
    read: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """The record as it stands in an audit."""
        counts = {name: getattr(self, name) for name in ("of", "clustered", "clusters", "largest")}
        return {**counts, "read": [list(pair) for pair in self.read]}


def overlap(train: Sequence[Example], test: Sequence[Example], *, threshold: float = 0.8) -> Overlap:
    """What test examples share with training examples, of one distribution or of two.

    Args:
        train: The examples that one was tuned on.
        test: The examples that one is tested on.
        threshold: The least Jaccard of near duplicates.

    Raises:
        ShiftworksError: The threshold is out of range.
    """
    found = matches([example.prompt for example in train], [example.prompt for example in test], threshold=threshold)
    near = [(test[pair.second], train[pair.first]) for pair in found if pair is not None]
    return Overlap(
        of=len(test),
        groups=Shared.of(_same([example.group for example in train], [example.group for example in test], train, test)),
        prompts=Shared.of(
            _same([example.prompt for example in train], [example.prompt for example in test], train, test)
        ),
        near=Shared.of(near),
        near_same=Shared.of((one, other) for one, other in near if normal(_right(one)) == normal(_right(other))),
        answers=Shared.of(_answers(train, test)),
        parts=Shared.of(_parts(train, test)),
    )


def repeats(examples: Sequence[Example], *, threshold: float = 0.8) -> Repeats:
    """The near duplicates among the prompts of one split.

    Args:
        examples: The split.
        threshold: The least Jaccard of near duplicates.

    Raises:
        ShiftworksError: The threshold is out of range.
    """
    found = near_duplicates([example.prompt for example in examples], threshold=threshold)
    return Repeats(
        of=found.of,
        clustered=found.clustered,
        clusters=len(found.clusters),
        largest=max(map(len, found.clusters), default=0),
        read=tuple((examples[pair.first].id, examples[pair.second].id) for pair, *_ in found.pairs[:READ]),
    )


def _json(shared: Shared) -> dict[str, Any]:
    return {"count": shared.count, "read": [list(pair) for pair in shared.read]}


def _right(example: Example) -> str:
    return example.responses[example.gold].text


def _same(
    known: Sequence[str], asked: Sequence[str], train: Sequence[Example], test: Sequence[Example]
) -> list[tuple[Example, Example]]:
    """Test examples whose key a training example has too, each with the first such one."""
    first: dict[str, Example] = {}
    for key, example in zip(known, train, strict=True):
        first.setdefault(key, example)
    return [(example, first[key]) for key, example in zip(asked, test, strict=True) if key in first]


def _answers(train: Sequence[Example], test: Sequence[Example]) -> list[tuple[Example, Example]]:
    """Test examples whose right response is right in train too and says enough to be a trace of its question.

    What most right responses share says nothing, and a response that is right in ten examples answers no one question.
    """
    known, asked = ([normal(_right(example)) for example in examples] for examples in (train, test))
    template = Template.of(known) | Template.of(asked)
    common = {text for texts in (known, asked) for text, count in Counter(texts).items() if count >= FEWEST}
    telling = dict(zip(asked, template.own_counts(asked) >= TELLING, strict=True))
    pairs = _same(known, asked, train, test)
    return [pair for pair in pairs if telling[text := normal(_right(pair[0]))] and text not in common]


def _parts(train: Sequence[Example], test: Sequence[Example]) -> list[tuple[Example, Example]]:
    """Test examples of which a line stands in a training prompt too and is the bulk of either."""
    template = Template.of([e.prompt for e in train]) | Template.of([e.prompt for e in test])
    lines_train, lines_test = (_telling_lines(examples, template) for examples in (train, test))
    holders: dict[str, Example] = {}
    bulks: dict[str, Example] = {}
    for example, lines in zip(train, lines_train, strict=True):
        for line, is_bulk in lines:
            holders.setdefault(line, example)
            if is_bulk:
                bulks.setdefault(line, example)
    found = []
    for example, lines in zip(test, lines_test, strict=True):
        twins = [holders[line] if is_bulk else bulks.get(line) for line, is_bulk in lines if line in holders]
        if twin := next(filter(None, twins), None):
            found.append((example, twin))
    return found


def _telling_lines(examples: Sequence[Example], template: Template) -> list[list[tuple[str, bool]]]:
    """For each prompt the lines that could be a trace of where it came from, and whether each is its bulk.

    A line that ten prompts hold asks no one question, even where it is too rare to be template.
    """
    prompts = [[line for line in lines_of(example.prompt) if line not in template.lines] for example in examples]
    holders = Counter(line for lines in prompts for line in set(lines))
    counts = iter(template.own_counts([line for lines in prompts for line in lines]).tolist())
    result = []
    for lines in prompts:
        sizes = [next(counts) for _ in lines]
        whole = sum(sizes)
        result.append(
            [
                (line, size >= BULK * whole)
                for line, size in zip(lines, sizes, strict=True)
                if size >= max(TELLING, OWN * len(line)) and holders[line] < FEWEST
            ]
        )
    return result
