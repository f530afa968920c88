"""Replies in forums from SHP (Ethayarajh et al. 2022, PMLR 162): what readers thought more of, and what less.

Readers vote for what they have seen, so of two replies the one with the higher score is taken for the better only if
it was not written earlier, and if its score is several times as high. Longer replies score higher; to leave no such
cue, there are as many posts whose better reply is the longer one as posts whose better reply is the shorter one, and of
a post's pairs the one of the most equal lengths is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from math import inf
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, split_of
from generators.core.streams import digest
from generators.families.prompts import instruction
from generators.families.upstream.reading import given, plain, rows
from schemas import SPLITS

SOURCE = "shp"
#: The forum whose authors ask to be contradicted.
CHALLENGED = "changemyview"
#: How many times the worse reply's score the better one's is at least.
RATIO = 3
#: Longest post and reply, in characters.
POST, REPLY = 1500, 1000
#: What a forum shows in place of what was taken back.
_GONE = re.compile(r"\[(?:deleted|removed)\]", re.IGNORECASE)
TASKS = (
    "Write a reply to the post below that the readers of its forum will find good.",
    "Someone posted this in a forum. Answer as a helpful reader would.",
    "Reply to this post.",
    "The post below waits for an answer; write one that its author can use.",
)
CHALLENGES = (
    "Write a reply to the post below that could change its author's view.",
    "The author of this post wants to be challenged. Answer with your best point against the view in it.",
    "Reply to this post in a way that makes its author think again.",
)

Reply = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Level:
    """How high scores are; both ends are included.

    Attributes:
        better: The least and the highest score of the better reply.
        worse: The least score of the other.
    """

    better: tuple[float, float]
    worse: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two replies to a post."""

    post: str
    better: str
    worse: str

    @property
    def longer(self) -> bool:
        """Whether the better one is the longer one."""
        return len(self.better) > len(self.worse)

    @property
    def apart(self) -> float:
        """How unequal they are in length."""
        return abs(len(self.better) - len(self.worse)) / len(self.worse)


class Rated:
    """Writes and proves pairs of replies.

    Args:
        tasks: What may be asked of the reply.
        level: How high the scores are.
        challenged: Whether to take the posts of those who ask to be contradicted, or all others.
    """

    def __init__(self, tasks: Sequence[str], level: Level, *, challenged: bool) -> None:
        self._tasks, self._level, self._challenged = tasks, level, challenged

    def items(self) -> Sequence[Item]:
        """Posts with two replies, in each split as many of either kind; a post is a group."""
        found = [
            Item(row.key, row.group, pair)
            for row in rows(SOURCE, "post")
            if (row.record["domain"] == CHALLENGED) == self._challenged
            and (pair := self._pair(row.key, row.record)) is not None
        ]
        found.sort(key=lambda item: digest("even", item.key))
        return [item for split in SPLITS for item in _even([item for item in found if split_of(item.group) == split])]

    def write(self, pair: Pair, rng: Stream) -> Draft:
        """The post with a task, and the two replies."""
        return Draft(instruction(rng.choice(self._tasks), pair.post), pair.better, [pair.worse])

    def prove(self, question: Question) -> Verdict:
        """The scores that the source gives the printed replies."""
        post = given(question.prompt, self._tasks)
        replies = _posts().get(plain(post or ""))
        if replies is None or not all(text in replies for text in question.texts):
            raise Disproof(f"{SOURCE} has no such post with these replies")
        one, other = (replies[text] for text in question.texts)
        if not (self.decides(one, other) or self.decides(other, one)):
            raise Disproof(f"the replies have {one['score']} and {other['score']}, which decides nothing")
        right = int(other["score"] > one["score"])
        scores = [one["score"], other["score"]]
        return Verdict(right, "source_key", "sourced", {"scores": scores})

    def _pair(self, key: str, post: Mapping[str, Any]) -> Pair | None:
        """Of a post's replies two of the most equal lengths; which is the longer, where there is a choice, by lot."""
        text = post["post"].strip()
        if len(text) > POST or _GONE.search(text):
            return None
        pairs = [Pair(text, one["text"].strip(), other["text"].strip()) for one, other in self._pairs(post["replies"])]
        pairs = [pair for pair in pairs if len(pair.better) != len(pair.worse)]
        side = digest("longer", key)[0] % 2 == 1
        return min(pairs, key=lambda pair: (pair.longer != side, pair.apart, pair.better), default=None)

    def _pairs(self, replies: Sequence[Reply]) -> Iterator[tuple[Reply, Reply]]:
        fit = [each for each in replies if len(each["text"]) <= REPLY and not _GONE.search(each["text"])]
        return ((one, other) for one, other in permutations(fit, 2) if self.decides(one, other))

    def decides(self, better: Reply, worse: Reply) -> bool:
        """Whether the first of two replies may stand as the better one."""
        least, most = self._level.better
        early = None not in (better["written"], worse["written"]) and better["written"] < worse["written"]
        high = least <= better["score"] <= most and worse["score"] >= self._level.worse
        return high and not early and better["score"] >= RATIO * worse["score"]


def _even(items: Sequence[Item]) -> list[Item]:
    """As many items whose better reply is the longer one as others, the first of either."""
    longer, shorter = ([item for item in items if item.data.longer == side] for side in (True, False))
    many = min(len(longer), len(shorter))
    return [*longer[:many], *shorter[:many]]


@cache
def _posts() -> Mapping[str, Mapping[str, Reply]]:
    """The replies of every post by their texts."""
    return {
        plain(row.record["post"]): {reply["text"].strip(): reply for reply in row.record["replies"]}
        for row in rows(SOURCE, "post")
    }


@distribution("shp_low_quality", version=1, banks=("upstream/shp",), profile="upstream")
def shp_low_quality() -> Rated:
    """Posts of SHP's forums with two replies of which few readers thought much; the one with the higher score.

    The better reply has at most 50 points, and three times those of the other.
    """
    return Rated(TASKS, Level((0, 50)), challenged=False)


@distribution("shp_high_quality", version=1, banks=("upstream/shp",), profile="upstream")
def shp_high_quality() -> Rated:
    """Posts of SHP's forums with two replies of which many readers thought well; the one with the higher score.

    The better reply has at least 100 points, and three times those of the other, which has at least 10.
    """
    return Rated(TASKS, Level((100, inf), worse=10), challenged=False)


@distribution("change_my_view", version=1, banks=("upstream/shp",), profile="upstream")
def change_my_view() -> Rated:
    """Posts of people who ask to be contradicted, from SHP, with two replies; the one with the higher score."""
    return Rated(CHALLENGES, Level((0, inf)), challenged=True)
