"""Opinions and reasons: every reason is right once and wrong three times, and no echo of the prompt gives it away."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream, split_of
from generators.families.opinions import OPENINGS, POSTS, SIDES, ChangeMyView, Post, posts, telling, views

ITEMS = ChangeMyView().items()
DRAWN = st.sampled_from(posts())


def question(draft: Draft, *texts: str) -> Question:
    """A draft as its prover sees it, with other responses if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), draft.meta)


def without_opening(text: str) -> str:
    """A reply's reason alone."""
    return text.removeprefix(next((o for o in OPENINGS if o and text.startswith(o)), ""))


def test_the_bank_has_enough_views_all_differently_worded() -> None:
    texts = [view[part] for _, view in views() for part in ("pro", "con", "for", "against")]
    assert len(set(texts)) == len(texts)
    ids = {view["id"] for _, view in views()}
    assert len(ids) == len(views()) >= 450
    assert all(near in ids for _, view in views() for near in view.get("near", ()))
    sizes = Counter(split_of(item.group) for item in ITEMS)
    assert sizes["train"] >= 600
    assert sizes["test"] >= 250


def test_no_opinion_stands_within_another() -> None:
    opinions = [view[side] for _, view in views() for side in SIDES]
    assert not [(a, b) for a in opinions for b in opinions if a != b and a in b]


def test_over_a_pair_every_reason_is_right_once_and_wrong_three_times() -> None:
    builder = ChangeMyView()
    right: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for post in posts():
        draft = builder.write(post, Stream(1))
        bare = [without_opening(text) for text in (draft.right, *draft.wrong)]
        right[bare[0]] += 1
        shown.update(bare)
    assert set(right.values()) == {1}
    assert set(shown.values()) == {4}


def test_partners_stand_in_one_split() -> None:
    assert all(split_of(post.view["id"]) == split_of(post.other["id"]) for post in posts())


@given(DRAWN, st.integers(0, 999))
def test_replies_echo_no_telling_word_of_the_opinion(post: Post, seed: int) -> None:
    opinion = telling(f"{post.view['pro']} {post.view['con']}")
    reasons = [view[stance] for view in (post.view, post.other) for stance in ("for", "against")]
    assert not any(opinion & telling(reason) for reason in reasons)
    draft = ChangeMyView().write(post, Stream(seed))
    openings = [o for o in OPENINGS if o and draft.right.startswith(o)]
    assert all(text.startswith(o) for o in openings for text in draft.wrong)


@given(DRAWN, st.integers(0, 999))
def test_the_bank_finds_the_reason_against_the_view_and_no_other(post: Post, seed: int) -> None:
    builder = ChangeMyView()
    draft = builder.write(post, Stream(seed))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    verdict = builder.prove(question(draft, *texts))
    assert texts[verdict.right] == draft.right
    assert draft.right.endswith(post.view["against" if post.side == "pro" else "for"])
    assert verdict.status == "sourced"


@given(DRAWN)
def test_the_other_opinion_turns_the_label(post: Post) -> None:
    draft = ChangeMyView().write(post, Stream(1))
    other = post.view["con" if post.side == "pro" else "pro"]
    turned = Question(POSTS[0].format(opinion=other), (draft.right, *draft.wrong), {})
    assert ChangeMyView().prove(turned).right == 1


@pytest.mark.parametrize(
    ("texts", "match"),
    [
        pytest.param(lambda d: d.wrong, "0 responses", id="without the right one"),
        pytest.param(lambda d: (d.right, d.right, *d.wrong), "2 responses", id="the right one twice"),
        pytest.param(lambda d: (d.right, "Because I say so."), "no such reason", id="a reason of no bank"),
        pytest.param(lambda d: (d.right[:-1], *d.wrong), "no such reason", id="a reason cut short"),
    ],
)
def test_replies_that_the_bank_does_not_hold_are_refused(texts: object, match: str) -> None:
    draft = ChangeMyView().write(posts()[0], Stream(1))
    with pytest.raises(Disproof, match=match):
        ChangeMyView().prove(question(draft, *texts(draft)))  # type: ignore[operator] # parametrised


def test_a_prompt_without_an_opinion_is_refused() -> None:
    draft = ChangeMyView().write(posts()[0], Stream(1))
    with pytest.raises(Disproof, match="no opinion"):
        ChangeMyView().prove(Question("Change my view: soup is a drink.", (draft.right, *draft.wrong), {}))
