"""Defects: what is planted is found and counted exactly, and sound distributions are called sound."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from eval.audit.defects import Finding, checks, defects
from eval.audit.defects.finding import bounds
from generators.core import Stream
from schemas import Example
from tests.eval.flawed import SIZE, Made, ask, choice, example, plant, program
from tests.eval.plants import PLANTS, Plant


def named(examples: Sequence[Example]) -> dict[str, Finding]:
    """The findings by check, each check at most once."""
    found = defects(examples, ())
    assert len({finding.defect for finding in found}) == len(found)
    return {finding.defect: finding for finding in found}


def test_every_check_has_a_planted_defect_or_a_test_of_its_own() -> None:
    own = {
        "constant_right_answer",
        "fixed_place",
        "inconsistent_keys",
        "labels_in_conflict",
        "missing_marker",
        "repeated_wrong_response",
        "right_answer_printed",
        "right_equals_wrong",
    }
    assert {planted.defect for planted in PLANTS.values()} | own == set(checks())


@pytest.mark.parametrize("planted", PLANTS.values(), ids=PLANTS.keys())
def test_a_sound_distribution_has_no_defect(planted: Plant) -> None:
    assert defects(plant(planted.sound, planted.sound, 0), ()) == []


@pytest.mark.parametrize("count", [10, 30])
@pytest.mark.parametrize("planted", PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_defect_is_counted_exactly(planted: Plant, count: int) -> None:
    examples = plant(planted.sound, planted.broken, count)
    found = named(examples)
    assert set(found) - planted.also == {planted.defect}
    finding = found[planted.defect]
    assert finding.count == count * planted.each
    assert finding.low < finding.count / finding.of < finding.high
    assert f"{finding.count}" in finding.what
    broken = {e.id for number, e in enumerate(examples) if number * count % SIZE < count}
    assert len(finding.examples) == 3
    assert set(finding.examples) <= broken


def test_both_splits_are_read_together() -> None:
    planted = PLANTS["empty right"]
    examples = plant(planted.sound, planted.broken, 20)
    assert defects(examples[:50], examples[50:]) == defects(examples, ()) == defects((), examples)


def test_a_finding_is_json() -> None:
    planted = PLANTS["empty right"]
    [finding] = defects(plant(planted.sound, planted.broken, 10), ())
    assert finding.to_json() == {
        "defect": "empty_right_response",
        "what": "The right response is empty in 10 of 100 examples.",
        "count": 10,
        "of": 100,
        "unit": "examples",
        "low": finding.low,
        "high": finding.high,
        "examples": ["made/train/00000", "made/train/00010", "made/train/00020"],
        "grave": True,
    }


def test_findings_come_with_the_largest_share_first() -> None:
    examples = [
        example(n, (ask(f"Say {n}."), ["" if n < 10 else "yes", "&amp;" if n < 40 else "no"], n % 2))
        for n in range(100)
    ]
    shares = [finding.count / finding.of for finding in defects(examples, ())]
    assert len(shares) > 2
    assert shares == sorted(shares, reverse=True)


def right_is(answer: str, count: int) -> list[Example]:
    """A distribution in which `count` right responses are one text, in a random place."""

    def broken(rng: Stream, number: int) -> Made:
        prompt, texts, gold = choice(rng, number)
        return prompt, [answer if n == gold else text for n, text in enumerate(texts)], gold

    return plant(choice, broken, count)


def test_a_nearly_constant_answer_is_found_and_a_frequent_one_is_not() -> None:
    assert named(right_is("they", 100))["constant_right_answer"].count == 100
    assert named(right_is("they", 85))["constant_right_answer"].count == 85
    assert named(right_is("they", 60)) == {}
    assert "'{x} and {y}'" in named(right_is("{x} and {y}", 85))["constant_right_answer"].what


@pytest.mark.parametrize(("place", "word"), [(0, "first"), (1, "second"), (3, "last")])
def test_a_fixed_place_is_found(place: int, word: str) -> None:
    examples = plant(choice, lambda rng, number: (*choice(rng, number)[:2], place), 90)
    finding = named(examples)["fixed_place"]
    assert finding.count == sum(e.gold == place for e in examples) >= 90
    assert f"listed {word}" in finding.what


def test_labels_in_conflict_are_found_and_a_ranking_is_none() -> None:
    def pair(number: int, prompt: str, right: str, wrong: str) -> Example:
        return example(number, (ask(prompt), [right, wrong] if number % 2 else [wrong, right], 1 - number % 2))

    sound = [pair(n, f"Question {n}?", "one", "two") for n in range(2, 12)]
    clash = [pair(0, "Who?", "Ann", "Bob"), pair(1, "Who?", "Bob", "Ann")]
    ranking = [pair(0, "Who?", "Ann", "Bob"), pair(1, "Who?", "Bob", "Cy")]
    assert named([*clash, *sound])["labels_in_conflict"].count == 2
    assert "labels_in_conflict" not in named([*ranking, *sound])


@pytest.mark.parametrize("count", [5, 15])
def test_a_prompt_that_lacks_the_marker_of_the_others_is_found(count: int) -> None:
    def cut(rng: Stream, number: int) -> Made:
        prompt, texts, gold = choice(rng, number)
        return prompt.removesuffix("\n\n### Response:\n"), texts, gold

    assert named(plant(choice, cut, count))["missing_marker"].count == count
    assert "missing_marker" not in named(plant(choice, cut, 50))


def test_equal_responses_are_found_by_what_they_equal() -> None:
    def repeats(which: Sequence[int]) -> Sequence[Example]:
        def broken(rng: Stream, number: int) -> Made:
            prompt, texts, gold = choice(rng, number)
            wrongs = [place for place in range(4) if place != gold]
            texts[wrongs[0]] = f" {texts[gold if which[0] else wrongs[1]]}"
            return prompt, texts, gold

        return plant(choice, broken, 12)

    assert {name: f.count for name, f in named(repeats([1])).items()} == {"right_equals_wrong": 12}
    assert {name: f.count for name, f in named(repeats([0])).items()} == {"repeated_wrong_response": 12}


def test_indentation_makes_another_program() -> None:
    one = "def f(x):\n    for y in x:\n        print(y)\n    return 0"
    other = "def f(x):\n    for y in x:\n        print(y)\n        return 0"
    examples = [example(n, (ask(f"Write f, version {n}."), [one, other], n % 2)) for n in range(20)]
    assert named(examples) == {}


def test_brackets_are_more_than_spacing_where_a_prompt_asks_for_them() -> None:
    one, other = "def f(x):\n    return (x + 1)", "def f(x):\n    return x + 1"
    asks = {"Use brackets.": 20, "Every operation stands in round brackets of its own.": 0}
    for sentence, count in asks.items():
        examples = [example(n, (ask(f"Write f, version {n}. {sentence}"), [one, other], n % 2)) for n in range(20)]
        assert sum(finding.count for finding in named(examples).values() if finding.defect == "same_program") == count


@pytest.mark.parametrize(("more", "count"), [("", 20), (" But line 2 stays as it is.", 0)])
def test_a_printed_rule_with_an_exception_is_not_read(more: str, count: int) -> None:
    rule = f"Write it in another Python.\n- A semicolon stands wherever Python has a colon.{more}"
    texts = ["def f(x);\n    for y in x:\n        print(y)", "def f(x);\n    for y in x:\n        print(x)"]
    examples = [example(n, (ask(f"{rule} Version {n}."), texts, n % 2)) for n in range(20)]
    assert sum(finding.count for finding in named(examples).values()) == count


@pytest.mark.parametrize("count", [10, 30])
def test_records_with_other_keys_are_counted(count: int) -> None:
    examples = [
        example(n, choice(Stream(n), n), {"source": {"page": n}} if n < count else {"source": {"page": n, "note": ""}})
        for n in range(100)
    ]
    finding = named(examples)["inconsistent_keys"]
    assert finding.count == count
    assert "`source.note`" in finding.what


def test_a_printed_answer_is_told_from_a_printed_list() -> None:
    def printed(all_of_them: bool) -> Sequence[Example]:
        def made(rng: Stream, number: int) -> Made:
            _, texts, gold = choice(rng, number)
            shown = ", ".join(texts if all_of_them else [texts[gold]])
            return ask(f"On trip {number} I had: {shown}. Which one did I lose?"), texts, gold

        return plant(choice, made, 70)

    assert defects(printed(False), (), {"named_in_prompt"}) == []
    finding = named(printed(False))["right_answer_printed"]
    # 70 sure ones, and a quarter of the others, in which nothing is printed.
    assert (finding.count, finding.of) == (round(70 + 30 / 4), 100)
    assert named(printed(True)) == {}


def test_programs_in_no_known_language_are_let_alone() -> None:
    def strange(rng: Stream, number: int) -> Made:
        prompt, texts, gold = program(rng, number)
        return prompt, [text.replace("(", "[[").replace("x]", "x") for text in texts], gold

    assert defects(plant(strange, strange, 0), ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le château est près de l'église; SÃO PAULO, Ångström, naïve, 12 €, “quoted”, Ã, â",
        "Ещё один вопрос, 中文字符, नमस्ते, مرحبا",
        "a\tb\r\nc",
    ],
)
def test_sound_text_of_any_script_is_not_garbled(text: str) -> None:
    examples = [example(n, (ask(f"{text} {n}?"), [f"{text} yes", f"{text} no"], n % 2)) for n in range(30)]
    assert defects(examples, ()) == []


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("", set()),
        ("one", set()),
        ("問題は何ですか？", set()),
        ("x " * 5_000_000, set()),
        ("### Input:\n" * 900_000, {"empty_field"}),
        ('", "' * 2_500_000, set()),
        ("Python " + "1 + " * 2_500_000, set()),
        ("\n" * 10_000_000, set()),
    ],
    ids=["empty", "one", "other script", "words", "markers", "quotes", "sums", "lines"],
)
def test_odd_prompts_pass(prompt: str, expected: set[str]) -> None:
    assert set(named([example(0, (prompt, ["yes", "no"], 0))])) == expected


def test_an_empty_distribution_has_no_defect() -> None:
    assert defects((), ()) == []


def test_one_sound_example_has_no_defect() -> None:
    assert defects([example(0, (ask("Is it late?"), ["yes", "no"], 0))], ()) == []


def test_bounds_are_the_exact_binomial_ones_where_groups_have_one_unit() -> None:
    low, high = bounds([1] * 8 + [0] * 2, [1] * 10)
    # Clopper and Pearson for 8 of 10, from printed tables.
    assert (round(low, 4), round(high, 4)) == (0.4439, 0.9748)
    low, high = bounds([0] * 10, [1] * 10)
    assert (low, round(high, 4)) == (0, 0.3085)


def test_units_of_one_group_are_not_worth_more_than_the_group() -> None:
    alike = bounds([10] * 4 + [0] * 6, [10] * 10)
    alone = bounds([1] * 4 + [0] * 6, [1] * 10)
    mixed = bounds([4] * 10, [10] * 10)
    assert math.isclose(alike[1] - alike[0], alone[1] - alone[0], rel_tol=0.1)
    assert mixed[1] - mixed[0] < 0.5 * (alike[1] - alike[0])


def test_the_same_examples_give_the_same_findings_in_any_order_of_splits() -> None:
    planted = PLANTS["owned up"]
    examples = plant(planted.sound, planted.broken, 30)
    first = [(f.defect, f.count, f.low, f.high) for f in defects(examples, ())]
    assert first == [(f.defect, f.count, f.low, f.high) for f in defects(examples[::-1], ())]


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("What is 9/11?", "A day in 2001."),
        ("What is 2 - 3?", "It is -1."),
        ("What is 3 / 4?", "75 %"),
        ("Calculate 10 / 3.", "About 3.33."),
        ("What is 1 / 2 + 1 / 3?", "5/6"),
        ("Who was that?", "\\sqrt 4 + 5 = 7"),
        ("Who was that?", "9 + 5 = 2 (mod 12)"),
        (
            "Who was that?",
            "6 \\div \\frac{3}{2} = 4, 6 / \\frac{3}{2} = 4; 2\\frac{1}{2} + 3 = 5.5; 2 \\frac{1}{2} = 2.5",
        ),
        ("Who was that?", "2x + 3 + 4 = 11 and x^2 - 4 = 0, so 1/2 of 8 + 2 = 6"),
        ("Who was that?", "17 / 5 = 3 remainder 2; 1,200 + 34 = 1,234"),
    ],
)
def test_sums_that_are_right_or_no_sums_are_let_alone(question: str, right: str) -> None:
    assert defects([example(0, (ask(question), [right, "no idea"], 0))], ()) == []


@pytest.mark.parametrize(
    ("grows", "takes", "asks"),
    [
        ("doubles every hour", "6 hours", "how long would it take for half of it to double"),
        ("doubles every hour", "6 hours", "how many hours would it take to grow by half"),
        ("doubles every month", "90 days", "how many days would it take for half of it"),
        ("triples every hour", "6 hours", "how long would it take for half of it"),
        ("doubles every hour", "6 hours", "who will count half of it"),
    ],
)
def test_puzzles_that_ask_for_something_else_are_let_alone(grows: str, takes: str, asks: str) -> None:
    question = f"A crowd {grows}. If it takes {takes} for the crowd to fill a hall, {asks}?"
    assert defects([example(0, (ask(question), ["4 hours", "5 days"], 0))], ()) == []


def test_a_demand_that_is_quoted_conditional_or_at_odds_is_let_alone() -> None:
    demands = (
        'Read the rule "Use all caps" aloud.',
        "If you like, use all caps.",
        "Use all caps and then please do not use all caps.",
        "Why do people use all caps?",
    )
    for demand in demands:
        assert defects([example(0, (ask(demand), ["in small letters", "IN LARGE LETTERS"], 0))], ()) == []
    [finding] = defects([example(0, (ask("Use all caps."), ["in small letters", "IN LARGE LETTERS"], 0))], ())
    assert finding.defect == "label_against_form"
