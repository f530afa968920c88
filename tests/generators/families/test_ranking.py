"""Puzzles of order: generator and prover agree, the count of orders is right, and counting words does not help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations, permutations
from math import comb, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Question, Stream, split_of
from generators.core.candidates import candidate, chunk
from generators.core.registry import Distribution
from generators.families.ranking import distributions, puzzles
from generators.families.ranking.clues import Clue, Kind
from generators.families.ranking.counting import count_orders
from generators.families.ranking.orders import KINDS, orders_of
from generators.families.ranking.puzzles import EASY_KINDS, Form, Puzzle, draw_puzzle, graded
from generators.families.ranking.reading import Printed, read_puzzle
from generators.families.ranking.subjects import SUBJECTS
from generators.families.ranking.wording import COUNTS, listings, phrasebook, split_line
from schemas import Example, ShiftworksError
from tests.bench_ranking import by_all_orders, holds

BUILDERS: dict[str, distributions.Ranking] = {
    "ranking_logic_easy": distributions.RankingLogicEasy(),
    "ranking_logic": distributions.RankingLogic(),
    "ranking_logic_hard": distributions.RankingLogicHard(),
}
every = pytest.mark.parametrize("name", BUILDERS)
full = pytest.mark.parametrize("name", ["ranking_logic", "ranking_logic_hard"])


def example(name: str, seed: int) -> Example:
    """One example of a distribution, written and proven by the engine, whichever split its things belong to."""
    builder = BUILDERS[name]
    header: Distribution = getattr(builder, "__distribution__")  # noqa: B009 - set by the decorator, not typed
    drawn = distributions.DrawnRanking(builder.form).draw(Stream("item", name, seed))
    made = candidate(header, builder, drawn, 0, "train", seed).example
    assert made is not None
    return made


def question(made: Example, texts: Sequence[str] | None = None, prompt: str = "") -> Question:
    """An example as its prover sees it, with its own candidates and prompt or with others."""
    return Question(prompt or made.prompt, tuple(texts or (r.text for r in made.responses)), made.meta)


@cache
def sample(name: str) -> tuple[tuple[Example, Printed], ...]:
    """Two thousand test examples, the size at which cues are judged, with what their prompts say."""
    made = [each.example for each in chunk(name, 0, "test", 0, 2000)]
    return tuple((each, read_puzzle(each.prompt)) for each in made if each)


# The engine compares label and verdict, so that every example made here is one on which generator and prover agree.


@every
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_exactly_one_candidate_stands_in_the_asked_place(name: str, seed: int) -> None:
    made = example(name, seed)
    texts = [response.text for response in made.responses]
    assert len(set(texts)) == (3 if name == "ranking_logic_easy" else 4)
    assert BUILDERS[name].prove(question(made)).right == made.gold
    with pytest.raises(Disproof, match="0 responses stand"):
        BUILDERS[name].prove(question(made, [text for i, text in enumerate(texts) if i != made.gold]))


@every
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_going_through_all_orders_gives_the_same_answer(name: str, seed: int) -> None:
    made = example(name, seed)
    assert by_all_orders(question(made)) == made.responses[made.gold].text


@every
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_the_same_seed_gives_the_same_example(name: str, seed: int) -> None:
    assert example(name, seed) == example(name, seed)


KINDS_OF_CLUE: tuple[Kind, ...] = ("pair", "chain", "between", "outside", "places")


@st.composite
def clue_sets(draw: st.DrawFn) -> tuple[int, list[Clue]]:
    """Any clues about three to six things, contradictions included."""
    count = draw(st.integers(3, 6))
    things = st.permutations(range(count))
    clues = []
    for _ in range(draw(st.integers(0, 6))):
        kind: Kind = draw(st.sampled_from(KINDS_OF_CLUE))
        size = {"pair": 2, "places": 1}.get(kind, 3)
        places = draw(st.integers(1, 2**count - 1)) if kind == "places" else 0
        clues.append(Clue(kind, tuple(draw(things)[:size]), places))
    return count, clues


@given(case=clue_sets())
@settings(max_examples=150, deadline=None)
def test_orders_are_counted_as_by_going_through_them(case: tuple[int, list[Clue]]) -> None:
    count, clues = case
    orders = [order for order in permutations(range(count)) if all(holds(clue, order) for clue in clues)]
    for place in range(count):
        found = Counter(order[place] for order in orders)
        assert count_orders(clues, count, place) == [found[thing] for thing in range(count)]


def test_eight_things_without_a_clue_have_all_orders() -> None:
    assert count_orders([], 8, 3) == [factorial(7)] * 8


# What the prover refuses.


@every
def test_the_prover_does_not_follow_a_swapped_label(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BUILDERS[name]
    write = builder.write

    def mislabelled(item: distributions.Things, rng: Stream) -> object:
        draft = write(item, rng)
        first, *rest = draft.wrong
        return type(draft)(draft.prompt, first, [draft.right, *rest])

    monkeypatch.setattr(builder, "write", mislabelled)
    with pytest.raises(ShiftworksError, match="the generator labels"):
        example(name, 1)


@every
def test_a_second_right_answer_is_rejected(name: str) -> None:
    made = example(name, 2)
    right = made.responses[made.gold].text
    with pytest.raises(Disproof, match="2 responses stand"):
        BUILDERS[name].prove(question(made, [right, made.responses[made.gold - 1].text, right]))


@every
def test_open_or_contradictory_clues_are_rejected(name: str) -> None:
    made = example(name, 3)
    first, *_, last = made.prompt.partition("### Input:\n")[2].partition("\n\n### Response")[0].split("\n")
    middle = made.prompt.partition(first + "\n")[2].partition("\n" + last)[0]
    for clues in ("", middle + "\n" + "\n".join(_turned(made))):
        tampered = made.prompt.replace(middle + "\n", clues + "\n" if clues else "")
        with pytest.raises(Disproof, match="0 responses stand"):
            BUILDERS[name].prove(question(made, prompt=tampered))


def _turned(made: Example) -> list[str]:
    """Two clues on the first two listed things that cannot both be true."""
    printed = read_puzzle(made.prompt)
    subject = next(i for i, each in enumerate(SUBJECTS) for line in listings(i) if line + ": " in made.prompt)
    pair = phrasebook(subject, len(printed.things)).clues["pair", 0][0]
    one, other = printed.things[:2]
    return [pair.format(one, other), pair.format(other, one)]


@every
@pytest.mark.parametrize(
    ("pattern", "put", "fault"),
    [
        (r"### Input:\n.*: ", "### Input:\nSome things: ", "lists no things"),
        (r"(### Input:\n.*: )(.*?), .*\.", r"\1\2, \2.", "lists no things"),
        (r"### Input:", "### Given:", "lists no things"),
        (r"\n[^\n]*\n\n### Response", "\nWhich one?\n\n### Response", "asks for no place"),
        (r"(### Input:\n.*\n)", r"\1One of them matters most.\n", "not understood"),
        (r"(### Input:\n.*\n)\S+", r"\1Zorro", "not understood"),
    ],
)
def test_a_tampered_prompt_is_rejected(name: str, pattern: str, put: str, fault: str) -> None:
    made = example(name, 5)
    tampered = re.sub(pattern, put, made.prompt, count=1)
    assert tampered != made.prompt
    with pytest.raises(Disproof, match=fault):
        BUILDERS[name].prove(question(made, prompt=tampered))


# Wording.


@pytest.mark.parametrize("count", COUNTS)
def test_every_form_is_read_as_it_was_meant(count: int) -> None:
    for number, subject in enumerate(SUBJECTS):
        book = phrasebook(number, count)
        names = subject.things[:count]
        opening = f"### Input:\n{listings(number)[0]}: {', '.join(names)}.\n"
        for (kind, places), forms in book.clues.items():
            size = {"pair": 2, "places": 1}.get(kind, 3)
            for form in forms:
                ask = book.questions[count - 1][-1]
                read = read_puzzle(f"{opening}{form.format(*names[:3])}\n{ask}\n\n### Response:\n")
                assert read.asked == count - 1
                (clue,) = read.clues
                ordered = kind in ("pair", "chain", "places")
                assert (clue.kind, clue.places, clue.things[0]) == (kind, places, 0)
                assert (clue.things if ordered else tuple(sorted(clue.things))) == tuple(range(size))


def test_every_true_clue_has_a_form() -> None:
    for count in COUNTS:
        forms = phrasebook(0, count).clues
        assert all(
            forms[known.clue.kind, known.clue.places] for kind in KINDS for known in orders_of(count).clues[kind]
        )


def test_no_thing_is_a_word_of_a_form() -> None:
    for number, subject in enumerate(SUBJECTS):
        assert len(set(subject.things)) == len(subject.things) == 30
        for count in COUNTS:
            words = {word for form in phrasebook(number, count).meanings for word in split_line(form)}
            assert not words & set(subject.things)


# What a puzzle is like.


def puzzle(form: Form, seed: int, count: int = 0) -> Puzzle:
    """A puzzle of a form."""
    return draw_puzzle(count or form.things[1], form, Stream("puzzle", seed))


@given(seed=st.integers(0, 2**32), count=st.integers(4, 7))
@settings(max_examples=40, deadline=None)
def test_no_clue_rules_out_a_candidate_and_no_end_is_asked_for(seed: int, count: int) -> None:
    made = puzzle(graded(count - 2), seed)
    assert 0 < made.asked < count - 1
    for clue in made.clues:
        numbers = count_orders([clue], count, made.asked)
        assert all(numbers[thing] for thing in (made.asked, *made.wrong))
    assert len(set(made.clues)) == len(made.clues)


@given(seed=st.integers(0, 2**32), redundant=st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_the_clues_are_those_needed_and_the_redundant_ones(seed: int, redundant: int) -> None:
    made = puzzle(Form((5, 5), (redundant, redundant)), seed)
    fewer = combinations(made.clues, len(made.clues) - redundant)
    needed = [clues for clues in fewer if _settled(clues, 5, made.asked)]
    assert needed
    # Some choice of clues has none that can be left out.
    assert any(
        not any(_settled(less, 5, made.asked) for less in combinations(clues, len(clues) - 1)) for clues in needed
    )


def _settled(clues: Sequence[Clue], count: int, place: int) -> bool:
    return sum(number > 0 for number in count_orders(clues, count, place)) == 1


@pytest.mark.parametrize("kinds", [("pair",), ("pair", "between"), ("pair", "outside", "limit"), EASY_KINDS])
def test_only_the_kinds_asked_for_are_drawn(kinds: tuple[str, ...]) -> None:
    allowed = {"places" if kind in ("place", "limit") else kind for kind in kinds}
    drawn = {clue.kind for seed in range(5) for clue in puzzle(Form((5, 5), (0, 2), kinds), seed).clues}
    assert drawn <= allowed


@pytest.mark.parametrize("difficulty", range(1, 7))
def test_difficulty_is_the_number_of_things(difficulty: int) -> None:
    assert graded(difficulty).things == (difficulty + 2, difficulty + 2)
    assert puzzle(graded(difficulty), 0).count == difficulty + 2


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: Form((2, 2)), "things must be 3 to 8, fewest first, got 2 to 2"),
        (lambda: Form((4, 9)), "things must be 3 to 8, fewest first, got 4 to 9"),
        (lambda: Form((6, 5)), "things must be 3 to 8, fewest first, got 6 to 5"),
        (lambda: Form((4, 4), (0, 7)), "redundant clues must be 0 to 6, fewest first, got 0 to 7"),
        (lambda: Form((4, 4), kinds=("limit",)), "kinds of clue must be pair and any of chain, between, .*, got limit"),
        (lambda: Form((4, 4), kinds=("pair", "odd")), "kinds of clue must be .*, got pair, odd"),
        (lambda: graded(0), "difficulty must be 1 to 6, got 0"),
        (lambda: graded(99), "difficulty must be 1 to 6, got 99"),
    ],
)
def test_a_bad_parameter_is_refused_in_one_line(make: Callable[[], object], line: str) -> None:
    with pytest.raises(ShiftworksError, match=line) as refusal:
        make()
    assert "\n" not in str(refusal.value)


# The space of examples.


@full
def test_twenty_thousand_groups_are_there_and_two_seeds_share_few(name: str) -> None:
    builder = BUILDERS[name]
    assert isinstance(builder, distributions.DrawnRanking)
    low, high = builder.form.things
    # Things of one subject make a group: 12 * C(30, 4) = 328,860 for the fewest, and far more for more.
    assert sum(len(SUBJECTS) * comb(30, count) for count in range(low, high + 1)) > 20_000_000
    seeds = []
    for seed in (0, 1):
        rng = Stream("space", seed)
        drawn = (builder.draw(rng).group for _ in range(30_500))
        groups = list(dict.fromkeys(group for group in drawn if split_of(group) == "train"))[:20_000]
        assert len(groups) == 20_000
        seeds.append(set(groups))
    assert len(seeds[0] & seeds[1]) < 200


def test_the_space_of_three_things_is_as_large_as_stated() -> None:
    items = distributions.RankingLogicEasy().items()
    assert len({item.group for item in items}) == len(items) == len(SUBJECTS) * comb(30, 3) == 48_720
    train = sum(split_of(item.group) == "train" for item in items)
    assert len(chunk("ranking_logic_easy", 0, "train", train - 3, 25)) == 3


# Cues. Every candidate is scored by what is printed; a score is at chance if it ranks half of all pairs right. The
# examples are always the same, so a cue that fails was brought in by a change; three standard deviations leave room.

Score = Callable[[int, Printed, str], float]


def _wins(thing: int, printed: Printed) -> int:
    return sum(thing in clue.things[:-1] for clue in printed.clues if clue.kind in ("pair", "chain"))


def _losses(thing: int, printed: Printed) -> int:
    return sum(thing in clue.things[1:] for clue in printed.clues if clue.kind in ("pair", "chain"))


def _net(thing: int, printed: Printed) -> int:
    return _wins(thing, printed) - _losses(thing, printed)


def _net_place(thing: int, printed: Printed, _: str) -> float:
    """Nearness of the place by wins less losses, ties at their mean place, to the asked one."""
    net = [_net(other, printed) for other in range(len(printed.things))]
    return -abs(sum(value > net[thing] for value in net) + (net.count(net[thing]) - 1) / 2 - printed.asked)


def _towards(thing: int, printed: Printed, _: str) -> float:
    """Wins less losses if the asked place is in the upper half, else the other way round; near nought in the middle."""
    middle, net = (len(printed.things) - 1) / 2, _net(thing, printed)
    return -abs(net) if printed.asked == middle else net * (1 if printed.asked < middle else -1)


CUES: dict[str, Score] = {
    "net degree, as a place": _net_place,
    "net degree, towards the asked end": _towards,
    "most wins": lambda thing, printed, _: _wins(thing, printed),
    "most losses": lambda thing, printed, _: _losses(thing, printed),
    "most named": lambda thing, printed, clues: clues.count(printed.things[thing]),
    "named first": lambda thing, printed, clues: -(clues + printed.things[thing]).find(printed.things[thing]),
    "named last": lambda thing, printed, clues: clues.rfind(printed.things[thing]),
    "listed first": lambda thing, _, __: -thing,
    "between others": lambda thing, printed, _: sum(
        clue.things[0] == thing for clue in printed.clues if clue.kind == "between"
    ),
    "most placed": lambda thing, printed, _: sum(
        clue.things[0] == thing for clue in printed.clues if clue.kind == "places"
    ),
    "not ruled out by its place": lambda thing, printed, _: (
        -sum(
            clue.things[0] == thing and not clue.places >> printed.asked & 1
            for clue in printed.clues
            if clue.kind == "places"
        )
    ),
}
#: What makes three things easy, or goes with it; how often they are named must still say nothing.
EASY = ("most named", "named first", "named last", "listed first")


@pytest.mark.parametrize(
    ("name", "cue"), [(name, cue) for name in BUILDERS for cue in CUES if name != "ranking_logic_easy" or cue in EASY]
)
def test_no_heuristic_gives_the_answer_away(name: str, cue: str) -> None:
    shares = []
    for made, printed in sample(name):
        clues = made.prompt.partition("### Input:\n")[2].partition("\n")[2].rpartition("\n\n### Response")[0]
        scores = [CUES[cue](printed.things.index(r.text), printed, clues) for r in made.responses]
        own = scores.pop(made.gold)
        shares.append(sum((own > other) + (own == other) / 2 for other in scores) / len(scores))
    mean = sum(shares) / len(shares)
    deviation = (sum((share - mean) ** 2 for share in shares) / len(shares) ** 2) ** 0.5
    assert abs(mean - 1 / 2) <= 3 * deviation, mean


@full
def test_no_candidate_is_ruled_out_by_a_clue_on_its_place(name: str) -> None:
    score = CUES["not ruled out by its place"]
    for made, printed in sample(name):
        assert not any(score(printed.things.index(response.text), printed, "") for response in made.responses)


def test_net_degree_solves_three_things() -> None:
    hits = 0
    for made, printed in sample("ranking_logic_easy"):
        scores = {r.text: _net_place(printed.things.index(r.text), printed, "") for r in made.responses}
        hits += max(scores, key=lambda text: scores[text]) == made.responses[made.gold].text
    assert hits > 1500


@every
def test_the_right_one_stands_anywhere_and_no_thing_is_right_too_often(name: str) -> None:
    width = 3 if name == "ranking_logic_easy" else 4
    places = Counter(made.gold for made, _ in sample(name))
    assert all(abs(places[i] - 2000 / width) < 5 * (2000 / width) ** 0.5 for i in range(width))
    offered = Counter(response.text for made, _ in sample(name) for response in made.responses)
    right = Counter(made.responses[made.gold].text for made, _ in sample(name))
    assert all(abs(right[text] - n / width) < 5 * (n / width) ** 0.5 for text, n in offered.items())


def test_the_weights_cover_what_can_be_asked_for() -> None:
    assert [graded(difficulty).things[0] for difficulty in range(1, 7)] == list(COUNTS)
    assert set(puzzles.SHARES) == set(KINDS)
