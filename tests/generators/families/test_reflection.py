"""Cognitive reflection: the prover solves the print, the lure is wrong, numbers alone do not tell which is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Question, Stream, StreamBuilder
from generators.core.candidates import candidate
from generators.core.registry import Distribution
from generators.families.reflection import doubling, machines, prices
from generators.families.reflection.answers import apart, read_amount, read_answer, shortcuts
from generators.families.reflection.stories import CREWS, GROWTHS, SHELVES
from schemas import Example, ShiftworksError

BUILDERS: dict[str, StreamBuilder] = {
    "crt_1": prices.Crt1(),
    "crt_1_reference": prices.Crt1Reference(),
    "crt_2": machines.Crt2(),
    "crt_2_reference": machines.Crt2Reference(),
    "crt_3": doubling.Crt3(),
    "crt_3_reference": doubling.Crt3Reference(),
}
every = pytest.mark.parametrize("name", BUILDERS)
seeds = st.integers(0, 2**32)


def example(name: str, seed: int, number: int = 0) -> Example:
    """One example of a distribution, written and proven by the engine, whichever split it belongs to."""
    builder = BUILDERS[name]
    header: Distribution = getattr(builder, "__distribution__")  # noqa: B009 - set by the decorator, not typed
    item = builder.draw(Stream("item", name, seed, number))
    made = candidate(header, builder, item, seed, "train", number).example
    assert made is not None
    return made


def question(made: Example, *texts: str, prompt: str = "") -> Question:
    """An example as its prover sees it, with other responses or another prompt if given."""
    return Question(prompt or made.prompt, texts or tuple(response.text for response in made.responses), made.meta)


@cache
def sample(name: str) -> tuple[Example, ...]:
    """Two thousand examples, the size at which cues are judged."""
    return tuple(example(name, 0, number) for number in range(2000))


def sides(made: Example) -> tuple[str, str]:
    """The right and the wrong response."""
    return made.responses[made.gold].text, made.responses[1 - made.gold].text


def value(text: str) -> Fraction:
    """The number in a response."""
    return Fraction(re.findall(r"\d+(?:\.\d+)?", text)[0])


def lure(name: str, made: Example) -> Fraction:
    """The lure of the printed problem, by its prover's reading."""
    module = {"1": prices, "2": machines, "3": doubling}[name[4]]
    return Fraction(module.solve(made.prompt)[-1])


# The engine compares label and verdict, so that every example made here is one on which generator and prover agree.


@every
@given(seed=seeds)
@settings(max_examples=60, deadline=None)
def test_one_of_two_answers_is_right(name: str, seed: int) -> None:
    made = example(name, seed)
    right, wrong = sides(made)
    assert BUILDERS[name].prove(question(made)).right == made.gold
    assert example(name, seed) == made
    with pytest.raises(Disproof, match="0 responses solve"):
        BUILDERS[name].prove(question(made, wrong))
    with pytest.raises(Disproof, match="2 responses solve"):
        BUILDERS[name].prove(question(made, right, right))


@every
@given(seed=seeds)
@settings(max_examples=60, deadline=None)
def test_the_wrong_answer_is_the_lure_or_no_shortcut(name: str, seed: int) -> None:
    made = example(name, seed)
    right, wrong = sides(made)
    lured = not name.endswith("reference")
    assert (value(wrong) == lure(name, made)) == lured
    # Where there is to be a lure, another number is refused; where there is to be none, the lure is.
    other = "987654" if lured else str(lure(name, made))
    with pytest.raises(Disproof):
        BUILDERS[name].prove(question(made, right, re.sub(r"\d+(?:\.\d+)?", other, wrong)))
    if not lured:
        assert value(wrong) not in map(Fraction, re.findall(r"\d+(?:\.\d+)?", made.prompt))


@every
def test_the_prover_does_not_follow_a_swapped_label(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BUILDERS[name]
    write = builder.write

    def mislabelled(item: object, rng: Stream) -> object:
        draft = write(item, rng)
        return type(draft)(draft.prompt, draft.wrong[0], [draft.right])

    monkeypatch.setattr(builder, "write", mislabelled)
    with pytest.raises(ShiftworksError, match="the generator labels"):
        example(name, 1)


#: For each form, what is put for what in a prompt; after each, the labelled answer no longer solves it.
TAMPERED: dict[str, tuple[tuple[str, str], ...]] = {
    "1": ((r"more than", "less than"), (r"(costs|weighs) [^.]*? more", r"\1 $3 more"), (r"\b(What|How much) do", "Do")),
    "2": (
        (r"take (\d+)|(?<=s )(\d+) (?=second|minute|hour|day)", "take 9999"),
        (r"How many", "Not many"),
        (r"\d+ of them|\d+ (?=\w+ (take|at|to)\b)", "17 of them "),
    ),
    "3": (
        ("doubles?", "grows"),
        (r"every (half |[\d.]+ )?", "every 999 "),
        (r"(reach|cover|fill) \d+(.* \1 \d)", r"\1 999\2"),
    ),
}


@every
@pytest.mark.parametrize("place", range(3))
def test_a_tampered_prompt_is_rejected(name: str, place: int) -> None:
    pattern, put = TAMPERED[name[4]][place]
    refused = 0
    for made in sample(name)[:30]:
        prompt = re.sub(pattern, put, made.prompt, count=1)
        if prompt != made.prompt:
            refused += 1
            with pytest.raises(Disproof):
                BUILDERS[name].prove(question(made, prompt=prompt))
    assert refused >= 10


@every
@pytest.mark.parametrize(
    "put", ["", "12 parsecs", "The answer is $.", "The answer is not 12.", "1/2 days", "$5 dollars"]
)
def test_what_is_no_answer_in_the_right_unit_is_rejected(name: str, put: str) -> None:
    made = sample(name)[0]
    right, wrong = sides(made)
    with pytest.raises(Disproof):
        BUILDERS[name].prove(question(made, right, put))
    with pytest.raises(Disproof):
        BUILDERS[name].prove(question(made, put, wrong))


def asked(text: str) -> str:
    """A prompt with this instruction."""
    return f"Some words before.\n\n### Instruction:\n{text}\n\n### Response:\n"


@pytest.mark.parametrize(
    ("text", "solution", "tempting"),
    [
        ("A bat and a ball cost $1.10 together. The bat costs $1.00 more than the ball. How much does the ball cost?",
         ("$", Fraction(1, 20)), Fraction(1, 10)),
        ("The budget is £90. Together, a hat and an apron weigh 30 grams. The apron weighs 10 grams more than the hat. "
         "What does the apron weigh?", ("grams", Fraction(20)), Fraction(10)),
        ("A cap costs £2. A tie costs £1 more than a cap. How much do two ties and one cap cost together?",
         ("£", Fraction(8)), Fraction(4)),
    ],
)  # fmt: skip
def test_prices_are_solved_from_print(text: str, solution: tuple[str, Fraction], tempting: Fraction) -> None:
    assert prices.solve(asked(text)) == (solution, tempting)


@pytest.mark.parametrize(
    ("text", "minutes", "tempting"),
    [
        (
            "It takes 5 looms 5 minutes to weave 5 rugs. How many minutes would 100 looms take to weave 100 rugs?",
            5,
            100,
        ),
        ("4 cooks take 6 minutes to peel 8 onions. How many minutes would 2 cooks take to peel 12 onions?", 18, 2),
    ],
)
def test_work_is_reckoned_from_print(text: str, minutes: int, tempting: int) -> None:
    pace, things, shown = machines.solve(asked(text))
    assert [pace * things, shown] == [minutes, tempting]


@pytest.mark.parametrize(
    ("text", "days", "tempting"),
    [
        ("It doubles every day. It takes 48 days to cover 640 acres. How many days does it take to cover half of that?",
         47, 24),
        ("It doubles every half day. It takes 3.5 days to cover 9 acres. How many days does it take to cover 18 acres?",
         4, 7),
        ("It doubles every 3 days. It takes 30 days to reach 64 cells. How many days does it take to reach 8 cells?",
         21, Fraction(15, 4)),
        ("It doubles every 2 days. It takes 8 days to fill 5 jars. How many days does it take to fill 40 jars?",
         14, 64),
    ],
)  # fmt: skip
def test_doublings_are_counted_from_print(text: str, days: int, tempting: Fraction) -> None:
    assert doubling.solve(asked(text)) == ("days", Fraction(days), tempting)


def test_an_amount_that_no_doubling_leads_to_is_rejected() -> None:
    text = "It doubles every day. It takes 9 days to reach 90 cells. How many days does it take to reach 30 cells?"
    with pytest.raises(Disproof, match="whole number of doublings"):
        doubling.solve(asked(text))


def test_answers_are_read_with_their_unit() -> None:
    assert read_answer("The answer is $3.50.") == ("$", Fraction(7, 2))
    assert read_answer("1 day is the answer.") == ("days", Fraction(1))
    assert read_amount("12") == ("", Fraction(12))
    assert read_amount("twelve") is None
    assert read_answer("It may be 12.") is None


def test_shortcuts_are_one_step_away() -> None:
    assert shortcuts((10, 4)) == {2 * n for n in (10, 4, 20, 8, 5, 2, 14, 7, 6, 3)}
    assert not apart(["$3.50"], "12 and 50")
    assert apart(["$3.50"], "35 and 500")


def test_stories_name_each_thing_once() -> None:
    for shelf in SHELVES.values():
        names = [name for good in shelf.goods for name in (good.one, good.many)]
        assert len(set(names)) == len(names)
        assert set(shelf.told_in) <= set(prices.MEASURES)
    for names in ([crew.workers + crew.make for crew in CREWS], [growth.name for growth in GROWTHS]):
        assert len(set(names)) == len(names)


# Spaces of groups, counted by their smallest factors: twenty thousand are drawn on demand, and two seeds share few.


def test_groups_are_plenty() -> None:
    ordered = sum(len(shelf.goods) * (len(shelf.goods) - 1) * len(shelf.told_in) for shelf in SHELVES.values())
    # Differences and spare amounts both have at least x choices; x is 32 or more in half of the problems.
    assert ordered * 32 * 32 > 3_000_000
    assert len(CREWS) * len(machines.UNITS) * 238 * 237 > 9_000_000
    units = sum(len(growth.units) for growth in GROWTHS)
    assert units * len(doubling.PERIODS) * 18 * 4600 * 2 > 9_000_000


@every
def test_draws_do_not_repeat_and_seeds_share_nearly_nothing(name: str) -> None:
    groups = [{BUILDERS[name].draw(Stream("item", name, seed, n)).group for n in range(2000)} for seed in (0, 1)]
    assert all(len(own) >= 1995 for own in groups)
    assert len(groups[0] & groups[1]) < 5


# Cues. The higher score is picked, and ties are split. The examples are always the same, so a cue that fails was
# brought in by a change; three standard deviations leave room for that.

Score = Callable[[float, Sequence[float]], float]
CUES: dict[str, Score] = {
    "largest": lambda answer, _: answer,
    "even": lambda answer, _: answer % 2 == 0,
    "last digit": lambda answer, _: answer % 10,
    "longest": lambda answer, _: len(str(answer)),
    "printed": lambda answer, printed: printed.count(answer),
    "closest to any": lambda answer, printed: -min(abs(answer - other) for other in printed),
    "closest to the mean": lambda answer, printed: -abs(answer - sum(printed) / len(printed)),
    "closest to the largest": lambda answer, printed: -abs(answer - max(printed)),
    "closest to the smallest": lambda answer, printed: -abs(answer - min(printed)),
    "closest to the first": lambda answer, printed: -abs(answer - printed[0]),
    "closest to the last": lambda answer, printed: -abs(answer - printed[-1]),
    "middle_of_prompt": lambda answer, printed: -abs(answer - sorted(printed)[len(printed) // 2]),
    "factor of any": lambda answer, printed: sum(other % answer == 0 for other in printed),
}
#: What else the declared nearness of crt_3 to the printed time brings about; the smallest and last number are often the
#: time or the period, and a lure of half the time divides it.
FOLLOWS = {
    ("crt_3", cue) for cue in ("closest to any", "closest to the smallest", "closest to the last", "factor of any")
}


@every
@pytest.mark.parametrize("cue", CUES)
def test_no_number_gives_the_answer_away(name: str, cue: str) -> None:
    header: Distribution = getattr(BUILDERS[name], "__distribution__")  # noqa: B009
    if cue in header.cues or (name, cue) in FOLLOWS:
        return
    wins = 0.0
    for made in sample(name):
        printed = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", made.prompt)]
        right, wrong = (CUES[cue](float(value(text)), printed) for text in sides(made))
        wins += 1.0 if right > wrong else 0.5 if right == wrong else 0.0
    assert abs(wins / 2000 - 0.5) < 3 * 0.5 / 2000**0.5, wins / 2000
