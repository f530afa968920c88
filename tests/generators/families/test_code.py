"""Programs with planted bugs: the bank is sound, bugs are real and counted exactly, provers reject wrong labels."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import pytest

from generators.core import BankBuilder, Disproof, Draft, Item, PassOver, Question, Stream, split_of
from generators.core.candidates import candidate
from generators.core.registry import Distribution
from generators.families.code.bugs import OPERATORS, edited, sites, slips
from generators.families.code.compare import all_count, differences
from generators.families.code.places import LEEWAY, SHARE, USES, Place, dealt
from generators.families.code.problems import as_problem, bank_faults, faults, problem, records
from generators.families.code.programs import Code, CodeLowQuality, Group
from generators.families.code.running import MAX_STEPS, OutsideSubset, Report, compiled, same, tally
from schemas import ShiftworksError

SOME = list(records())[::12]


def drafts(builder: BankBuilder, every: int) -> list[tuple[Draft, Item]]:
    """Some of a builder's drafts with their items; those passed over are left out."""
    found = []
    for i, item in enumerate(builder.items()[::every]):
        try:
            found.append((builder.write(item.data, Stream("test", i)), item))
        except PassOver:
            continue
    return found


def question(draft: Draft, texts: Sequence[str] = (), **meta: Any) -> Question:
    """A draft as its prover sees it, with other texts or facts if given."""
    return Question(draft.prompt, tuple(texts) or (draft.right, *draft.wrong), {**draft.meta, **meta})


def report(source: str, *tests: tuple[list[Any], Any]) -> Report:
    """How a program fares on tests given as argument lists and results."""
    return tally(compiled(source), [orjson.dumps(a) for a, _ in tests], [result for _, result in tests])


# The bank


def test_every_solution_of_the_bank_agrees_with_its_oracle() -> None:
    assert bank_faults() == []
    assert len(records()) >= 150


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"oracle": "def oracle(values):\n    return len(values) + 1"}, "passes 0 of"),
        ({"tests": [[[1.5]], [[1e25]]]}, "a test holds a float"),
        ({"solution": "import os\ndef count_peaks(values):\n    return 0"}, "something besides one function"),
        ({"solution": "def count_peaks(values):\n  return 0"}, "not as ast.unparse prints it"),
    ],
)
def test_a_broken_problem_is_found(change: Mapping[str, Any], fault: str) -> None:
    assert any(fault in line for line in faults({**records()["count_peaks"], **change}))


def test_an_oracle_that_fails_is_named_in_one_line() -> None:
    with pytest.raises(ShiftworksError, match=r"problem 'count_peaks': its oracle fails with .*; mend the oracle"):
        as_problem({**records()["count_peaks"], "oracle": "def oracle(values):\n    return values[0]"})


# The executor


def test_what_does_not_halt_is_stopped() -> None:
    assert report("def f(n):\n    while True:\n        n += 1", ([1], 0)).endless == 1
    loop = "def f(n):\n    for i in range(n):\n        n -= 1\n    return 0"
    assert report(loop, ([MAX_STEPS - 2], 0), ([MAX_STEPS + 1], 0)) == Report(1, 0, 0, 1)


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n        x += x",
        "while True:\n        x = x + x",
        "return x * 10 ** 9",
        "return 10 ** 9 * x",
        "return 2 ** 10 ** 9",
        "return list(range(10 ** 12))",
    ],
)
@pytest.mark.parametrize("value", ["ab", [1, 2]])
def test_what_would_fill_the_memory_is_stopped(body: str, value: Any) -> None:
    assert report(f"def f(x):\n    {body}", ([value], 0)).endless == 1


def test_numbers_that_square_without_end_are_stopped() -> None:
    assert report("def f(x):\n    while True:\n        x *= x", ([3], 0)).endless == 1


def test_guarded_operators_still_do_what_python_does() -> None:
    source = "def f(x, y):\n    z = x\n    z += y\n    x[0] += 1\n    x[1] *= 3\n    return [x, z + [2 ** 3 * 2]]"
    assert report(source, ([[1, 2], [5]], [[2, 6, 5], [2, 6, 5, 16]])).right


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    import os",
        "import os\ndef f(x):\n    return 0",
        "def f(x):\n    return x.__class__",
        "def f(x):\n    return __builtins__",
        "def f(x):\n    return x.format(1)",
        "def f(x):\n    return (lambda: 1)()",
        "def f(x):\n    return [y for y in x]",
        "def f(x):\n    def g():\n        return 1\n    return g()",
        "def f(x=1):\n    return x",
        "@len\ndef f(x):\n    return x",
        "def f(x):\n    break",
        "def f(x)\n    return 1",
        "def f(x):\n    x[x.pop()] += 1",
        "def f(x):\n    return '1'.zfill(x)",
        "x = 1",
    ],
)
def test_programs_outside_the_subset_are_refused(source: str) -> None:
    with pytest.raises(OutsideSubset):
        compiled(source)


@pytest.mark.parametrize("name", ["open", "exec", "eval", "input", "print", "getattr", "globals", "type", "object"])
def test_builtins_that_reach_out_are_absent(name: str) -> None:
    assert report(f"def f(x):\n    return {name}", ([1], 0)).crashed == 1


def test_results_are_compared_by_value_and_type() -> None:
    assert same([1, {"a": [True]}], [1, {"a": [True]}])
    for left, right in [(True, 1), (1, 1.0), ([0], [False]), ((1,), [1]), ({"a": 0}, {"a": False}), ("1", 1), ([], {})]:
        assert not same(left, right)


def test_every_run_gets_its_own_arguments() -> None:
    function = compiled("def f(x):\n    x.append(1)\n    return len(x)")
    packed = [orjson.dumps([[]])] * 3
    assert tally(function, packed, [1, 1, 1]).right


# Bugs


@pytest.mark.parametrize("name", SOME)
def test_every_slip_is_one_bug_at_one_place(name: str) -> None:
    each = problem(name)
    assert slips(name)
    for site, tokens in slips(name).items():
        assert each.solution[site.start : site.end] == site.token
        assert site.token not in tokens
        for token in tokens:
            source = edited(each.solution, {site: token})
            assert ast.unparse(ast.parse(source)) == source
            found = each.run(source)
            assert not found.right
            assert not found.endless
            assert found.passed
            assert 2 * found.crashed <= found.tests
            assert len(differences(each.solution, source)) == 1


def test_sites_are_tokens_of_their_kind() -> None:
    kinds: Counter[str] = Counter()
    for name in SOME:
        for site in sites(name):
            kinds[site.kind] += 1
            assert site.token in OPERATORS.get(site.kind, (site.token,))
            assert site.left <= site.start < site.end <= site.right
    assert len(kinds) == 3


@pytest.mark.parametrize("wrong", [2, 3])
def test_places_are_dealt_evenly(wrong: int) -> None:
    """What makes longest, shortest and words of the responses alone say nothing about the label."""
    places = dealt(wrong)
    assert len(set(places)) == len(places)
    assert max(Counter((place.problem, place.site) for place in places).values()) <= USES
    assert max(Counter(place.problem for place in places).values()) <= SHARE + wrong
    for split in ("train", "test"):
        balance: Counter[str] = Counter()
        for place in places:
            if split_of(place.problem) == split:
                balance[place.site.token] += wrong
                balance.subtract(place.slips)
        lengths: Counter[int] = Counter()
        for token, count in balance.items():
            lengths[len(token)] += count
            assert abs(count) <= (LEEWAY + wrong if token.isidentifier() else 0), token
        assert set(lengths.values()) == {0}


def test_differences_are_found_wherever_they_are() -> None:
    solution = "def f(a, b):\n    if a < b and a != 0:\n        a += 1\n    return [a, -1]"
    for source, count in {
        solution: 0,
        solution.replace("<", "<="): 1,
        solution.replace("<", "<=").replace("-1", "b"): 2,
        solution.replace("and", "or").replace("+=", "-="): 2,
        solution.replace("1", "2"): 2,
        solution.replace("0", "False"): 1,
        solution.replace("        a += 1", "        a += 1\n        b = 1"): 1,
        solution.replace("f(a, b)", "f(a)"): 1,
    }.items():
        found = differences(solution, source)
        assert len(found) == count, source
        assert all(difference.token for difference in found) == (source.count("\n") == 3 and "f(a, b)" in source)


def test_a_set_of_differences_that_makes_a_right_program_does_not_count() -> None:
    record = {**records()["count_peaks"], "oracle": "def oracle(values):\n    return len(values)"}
    each = as_problem({**record, "solution": "def count_peaks(values):\n    a = 1\n    return len(values) - 1 + a"})
    for right, wrong in {"a = 1": "a = 2", "- 1": "- 2"}.items():
        source = each.solution.replace(right, wrong)
        assert all_count(each, differences(each.solution, source))
    both = each.solution.replace("a = 1", "a = 2").replace("- 1", "- 2")
    assert not all_count(each, differences(each.solution, both))


# Examples


def test_code_shows_one_right_program_and_three_bugs_at_one_place() -> None:
    builder = Code()
    made = drafts(builder, 25)
    assert len(made) > 40
    for draft, item in made:
        place: Place = item.data
        each = problem(item.group)
        texts = [draft.right, *draft.wrong]
        assert len(texts) == len(set(texts)) == 4
        assert draft.right == each.solution
        assert [len(differences(each.solution, text)) for text in texts] == [0, 1, 1, 1]
        assert [draft.notes[text]["bugs"] for text in texts] == [0, 1, 1, 1]
        assert len({text[: place.site.start] for text in texts}) == 1
        verdict = builder.prove(question(draft))
        assert (verdict.right, verdict.kind, verdict.status) == (0, "executed", "proven")


def test_code_low_quality_counts_its_bugs_exactly() -> None:
    builder = CodeLowQuality()
    made = drafts(builder, 60)
    assert len(made) > 30
    for draft, item in made:
        group: Group = item.data
        each = problem(group.problem)
        texts = [draft.right, *draft.wrong]
        assert [len(differences(each.solution, text)) for text in texts] == [1, 4, 4]
        assert [draft.notes[text]["bugs"] for text in texts] == [1, 4, 4]
        assert len(differences(*texts[:2])) == len(differences(*texts[1:])) == len(differences(texts[0], texts[2])) == 3
        verdict = builder.prove(question(draft))
        assert (verdict.right, verdict.kind) == (0, "executed")
        assert verdict.detail["bugs"] == [1, 4, 4]


@pytest.mark.parametrize("builder", [Code(), CodeLowQuality()])
def test_items_suffice_and_keys_are_unique(builder: BankBuilder) -> None:
    items = builder.items()
    assert len({item.key for item in items}) == len(items)
    splits = Counter(split_of(item.group) for item in items)
    assert splits["train"] >= 700
    assert splits["test"] >= 300


class _Lying:
    """Labels the first wrong response of another builder right."""

    def __init__(self, builder: BankBuilder) -> None:
        self._builder = builder
        self.prove = builder.prove

    def write(self, item: Any, rng: Stream) -> Draft:
        draft = self._builder.write(item, rng)
        wrong, *others = draft.wrong
        return Draft(draft.prompt, wrong, [draft.right, *others], draft.meta, draft.notes)


@pytest.mark.parametrize("builder", [Code(), CodeLowQuality()])
def test_swapped_labels_stop_the_build(builder: BankBuilder) -> None:
    item = builder.items()[5]
    header = Distribution("lying")
    assert candidate(header, builder, item, 0, "train", 0).example
    with pytest.raises(ShiftworksError, match="the prover finds"):
        candidate(header, _Lying(builder), item, 0, "train", 0)


def respaced(source: str) -> str:
    """The same program with other spaces."""
    return source.replace(" = ", "  =  ", 1)


def test_the_prover_of_code_rejects_what_is_not_one_bug() -> None:
    builder = Code()
    draft, _ = drafts(builder, 25)[3]
    for bad, fault in {
        respaced(draft.right): "2 responses pass all tests",
        draft.right + "\n": "2 responses pass all tests",
        draft.right.replace("    return", "    pass\n    return"): "2 responses|by more than single tokens",
        draft.right.replace(":\n", ":\n    while True:\n        pass\n", 1): "does not halt",
        draft.right.replace(":\n", ":\n    return None\n", 1): "by more than single tokens",
        draft.right.replace("def ", "def", 1): "a syntax error",
        "import os\n" + draft.right: "something besides one function",
    }.items():
        with pytest.raises(Disproof, match=fault):
            builder.prove(question(draft, (draft.right, *draft.wrong[:2], bad)))
    with pytest.raises(Disproof, match="0 responses"):
        builder.prove(question(draft, draft.wrong))


def test_the_prover_of_code_rejects_two_bugs_in_one_program() -> None:
    draft, item = drafts(CodeLowQuality(), 60)[0]
    solution = problem(item.group).solution
    with pytest.raises(Disproof, match="differs from a right one in 4 places"):
        Code().prove(question(draft, (solution, draft.right, draft.wrong[0])))


@pytest.mark.parametrize("builder", [Code(), CodeLowQuality()])
def test_provers_want_the_statement_in_the_prompt(builder: BankBuilder) -> None:
    draft, item = drafts(builder, 60)[0]
    other = next(name for name in records() if name != item.group)
    for name in (other, "no_such_problem"):
        with pytest.raises(Disproof, match="does not hold the statement"):
            builder.prove(question(draft, problem=name))


def test_the_prover_of_code_low_quality_rejects_wrong_counts() -> None:
    builder = CodeLowQuality()
    draft, item = drafts(builder, 60)[1]
    solution = problem(item.group).solution
    few, (many, other) = draft.right, draft.wrong
    for counts in ([1, 3, 4], [1, 4], [2, 4, 4]):
        with pytest.raises(Disproof, match="bugs, the example says"):
            builder.prove(question(draft, bugs=counts))
    for texts, fault in {
        (few, many, respaced(few)): "bugs, the example says",
        (few, many, solution): "some of the 0 differences",
        (few, many, solution.replace(":\n", ":\n    return None\n", 1)): "by more than single tokens",
        (few, many, respaced(solution)): "some of the 0 differences",
    }.items():
        with pytest.raises(Disproof, match=fault):
            builder.prove(question(draft, texts))
    with pytest.raises(Disproof, match="2 responses have the fewest bugs"):
        builder.prove(question(draft, (many, other), bugs=[4, 4]))
