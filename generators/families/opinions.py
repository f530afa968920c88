"""change_my_view: an opinion, and the reply whose reason speaks against it among three that do not.

The bank holds questions on which people differ: both opinions, and a reason for each. Questions of one subject are
taken in pairs, and every opinion of a pair is answered with the pair's four reasons: the one against it, the one for
it, and the two that bear on the other question. Over the pair's four opinions every reason is right once and wrong
three times, so a reply alone says nothing about its label. Reasons share no telling word with the opinions of their
pair, so neither does an echo of the prompt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, load_banks, sole, split_of
from generators.core.streams import digest
from generators.families.prompts import instruction

#: A view's record as the bank holds it: `pro` and `con` are opinions, `for` and `against` speak for and against `pro`.
View = Mapping[str, Any]

#: Each opinion with the reason that speaks against it and the one that supports it.
SIDES = {"pro": ("against", "for"), "con": ("for", "against")}

#: What is asked of the reply.
TASKS = (
    "Reply to the post below with a reason that speaks against its author's view.",
    "The author of this post would like to be challenged. Write a reply that argues against the view in it.",
    "Someone posted the view below. Answer with an argument that could change their mind.",
    "Write a reply to this post that gives its author a reason to think otherwise.",
    "Read the post and answer it with a point that counts against what it says.",
)
#: How the post frames its opinion.
POSTS = (
    "{opinion} Change my view.",
    "{opinion} Tell me where I go wrong.",
    "{opinion} That is how I see it, but I am open to arguments.",
    "I have held this view for years: {opinion} Talk me out of it.",
    "{opinion} My friends disagree. What am I missing?",
    "Change my view: {opinion}",
)
#: How a reply opens, the same for all four. After those that claim to disagree, a reason for the view contradicts them.
OPENINGS = (
    "",
    "Consider this. ",
    "Here is one thought. ",
    "One point to weigh: ",
    "I see it differently. ",
    "I beg to differ. ",
    "Let me push back a little. ",
    "I would not go along with that. ",
)

WORD = re.compile(r"[a-z'’]{4,}")
STEM = 5
_COMMON = """
about after again against almost alone along already also always another because been before better between both
could does doing done down each either else even ever every everyone everything from give given goes going good
have having here into itself just keep kept less like little made make makes making many more most much must never
nobody none nothing once only other others over part people person rather really right said same should since some
somebody someone something still such take taken than that their them then there these they thing things this those
through time times together under until upon used very want wants well were what when where which while whole whom
whose will with without within would year years your anyone anything first long need needs may might themselves
cannot neither though three owns yourself shall using says fewer
"""
#: Longer words that tell nothing of the matter.
COMMON = frozenset(_COMMON.split())


def telling(text: str) -> frozenset[str]:
    """The beginnings of a text's words that tell what it is about."""
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()) if word not in COMMON)


@dataclass(frozen=True, slots=True)
class Post:
    """One opinion with the replies that it gets.

    Attributes:
        view: Its record.
        side: `pro` or `con`, the opinion that is posted.
        other: The record whose two reasons miss the point.
    """

    view: View
    side: str
    other: View


@cache
def views() -> tuple[tuple[str, View], ...]:
    """Every view with the subject (the bank) it belongs to."""
    return tuple((bank.name, view) for bank in load_banks(("views/*",)) for view in bank.items)


def apart(one: View, other: View) -> bool:
    """Whether the reasons of two views do not bear on each other's question, in matter or in any telling word."""
    if other["id"] in one.get("near", ()) or one["id"] in other.get("near", ()):
        return False
    return not any(
        telling(f"{a['pro']} {a['con']}") & telling(f"{b['for']} {b['against']}")
        for a, b in ((one, other), (other, one))
    )


@cache
def posts() -> tuple[Post, ...]:
    """Both opinions of every view that has a partner in its split."""
    by_split: dict[str, dict[str, list[View]]] = defaultdict(lambda: defaultdict(list))
    for subject, view in views():
        by_split[split_of(view["id"])][subject].append(view)
    pairs = [pair for split in sorted(by_split) for pair in _paired(by_split[split])]
    return tuple(Post(view, side, other) for a, b in pairs for view, other in ((a, b), (b, a)) for side in SIDES)


def _paired(by_subject: Mapping[str, Sequence[View]]) -> Iterable[tuple[View, View]]:
    """Views of one split in pairs: within their subject first, what is left across subjects."""
    left: list[View] = []
    for subject in (*sorted(by_subject), ""):
        waiting = [*by_subject[subject]] if subject else left
        waiting.sort(key=lambda view: digest("pair", view["id"]))
        left = left if subject else []
        while waiting:
            one = waiting.pop()
            partner = next((view for view in waiting if apart(one, view)), None)
            if partner is not None:
                waiting.remove(partner)
                yield one, partner
            elif subject:
                left.append(one)


@cache
def _opinions() -> Mapping[str, tuple[str, str]]:
    """Every opinion's text to (view, the stance of the reason that speaks against it)."""
    return {view[side]: (view["id"], SIDES[side][0]) for _, view in views() for side in SIDES}


@cache
def _reasons() -> Mapping[str, tuple[str, str]]:
    """Every reason's text to (view, its stance)."""
    return {view[stance]: (view["id"], stance) for _, view in views() for stance in ("for", "against")}


def _reason(text: str) -> tuple[str, str]:
    """The view and stance of the reason that a reply gives behind its opening.

    Raises:
        Disproof: The bank holds no such reason.
    """
    for opening in OPENINGS:
        if text.startswith(opening) and (found := _reasons().get(text.removeprefix(opening))):
            return found
    raise Disproof(f"the bank holds no such reason: {text!r}")


@distribution("change_my_view", version=2, banks=("views/*",))
class ChangeMyView:
    """A post states an opinion and asks to be challenged; the reply must give a reason against that very opinion.

    The other three replies support it (and so contradict themselves where they open by disagreeing) or give a reason
    that bears on another question of the same subject. Opinions and reasons are this project's own; which reason
    speaks against which opinion holds by construction of the bank, not by votes. All replies of a post open alike.
    """

    def items(self) -> Sequence[Item]:
        """Both opinions of every view; a view is a group."""
        return [Item(f"{post.view['id']}:{post.side}", post.view["id"], post) for post in posts()]

    def write(self, post: Post, rng: Stream) -> Draft:
        """The post, and its pair's four reasons as replies."""
        opening = rng.choice(OPENINGS)
        against, support = SIDES[post.side]
        right, *wrong = (
            opening + reason
            for reason in (post.view[against], post.view[support], post.other["for"], post.other["against"])
        )
        given = rng.choice(POSTS).format(opinion=post.view[post.side])
        return Draft(instruction(rng.choice(TASKS), given), right, wrong)

    def prove(self, question: Question) -> Verdict:
        """The bank's own word on whom the posted opinion is, and what each reply's reason speaks for."""
        asked = [opinion for opinion in _opinions() if opinion in question.prompt]
        if not asked:
            raise Disproof("the prompt states no opinion of the bank")
        against = _opinions()[max(asked, key=len)]
        stances = [_reason(text) for text in question.texts]
        right = sole([i for i, stance in enumerate(stances) if stance == against], "speak against the posted opinion")
        return Verdict(right, "source_key", "sourced")
