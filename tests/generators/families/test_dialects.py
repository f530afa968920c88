"""Made-up dialects: exact both ways, each rule does what it says, and the prover reads through them."""

from __future__ import annotations

import ast
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.core import Disproof, Draft, Question, Stream
from generators.families.code.counterfactual import CounterfactualPython, rules
from generators.families.code.dialects import DIALECTS, back, forward
from generators.families.code.problems import problem, records
from generators.families.code.programs import programs

PROGRAMS = st.sampled_from(list(records())).map(lambda name: problem(name).solution)
#: One to three dialects in the order in which they are composed.
COMPOSITIONS = st.sets(st.sampled_from(list(DIALECTS)), min_size=1, max_size=3).map(
    lambda chosen: [name for name in DIALECTS if name in chosen]
)
BUILDER = CounterfactualPython()

PYTHON = """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text"""
IN_DIALECT = {
    "swapped_parentheses": """\
def f)a, b(:
    text = 'if (a, b): return'
    for i in range)len)a((:
        if a[i] >= 10 and )not b(:
            text += "it's, " + a.lower)(
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text""",
    "semicolons": """\
def f(a, b);
    text = 'if (a, b): return'
    for i in range(len(a));
        if a[i] >= 10 and (not b);
            text += "it's, " + a.lower()
        elif i == -1;
            continue
        else;
            return {1; 'x', 2; [b]}
    return text""",
    "periods": """\
def f(a. b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x'. 2: [b]}
    return text""",
    "yield_for_return": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            yield {1: 'x', 2: [b]}
    yield text""",
    "if_else_exchanged": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        else a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        if:
            return {1: 'x', 2: [b]}
    return text""",
    "capital_keywords": """\
Def f(a, b):
    text = 'if (a, b): return'
    For i In range(len(a)):
        If a[i] >= 10 and (Not b):
            text += "it's, " + a.lower()
        Elif i == -1:
            continue
        Else:
            return {1: 'x', 2: [b]}
    return text""",
    "quoted_numbers": """\
def f(a, b):
    text = `if (a, b): return`
    for i in range(len(a)):
        if a[i] >= '10' and (not b):
            text += `it's, ` + a.lower()
        elif i == -'1':
            continue
        else:
            return {'1': `x`, '2': [b]}
    return text""",
    "mirrored_lines": """\
:)b ,a(f fed
    'nruter :)b ,a( fi' = txet
    :))a(nel(egnar ni i rof
        :)b ton( dna 01 => ]i[a fi
            )(rewol.a + " ,s'ti" =+ txet
        :1- == i file
            eunitnoc
        :esle
            }]b[ :2 ,'x' :1{ nruter
    txet nruter""",
    "hyphen_indentation": """\
def f(a, b):
----text = 'if (a, b): return'
----for i in range(len(a)):
--------if a[i] >= 10 and (not b):
------------text += "it's, " + a.lower()
--------elif i == -1:
------------continue
--------else:
------------return {1: 'x', 2: [b]}
----return text""",
    "last_line_first": """\
    return text
            return {1: 'x', 2: [b]}
        else:
            continue
        elif i == -1:
            text += "it's, " + a.lower()
        if a[i] >= 10 and (not b):
    for i in range(len(a)):
    text = 'if (a, b): return'
def f(a, b):""",
    "third_line_twice": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
            return {1: 'x', 2: [b]}
    return text""",
}


@pytest.mark.parametrize("name", list(DIALECTS))
def test_each_rule_does_what_it_says(name: str) -> None:
    assert forward(PYTHON, [name]) == IN_DIALECT[name]
    assert back(IN_DIALECT[name], [name]) == PYTHON


@pytest.mark.parametrize("name", list(DIALECTS))
def test_bank_programs_come_back_from_every_dialect_and_pair(name: str) -> None:
    for pair in [(name,), *(pair for pair in combinations(DIALECTS, 2) if pair[0] == name)]:
        for other in list(records())[::3]:
            source = problem(other).solution
            assert back(forward(source, pair), pair) == source


@given(PROGRAMS, COMPOSITIONS)
def test_compositions_are_exact(source: str, names: list[str]) -> None:
    assert back(forward(source, names), names) == source


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="`")), COMPOSITIONS)
def test_strings_of_any_content_come_back(content: str, names: list[str]) -> None:
    source = ast.unparse(ast.parse(f"def f(a):\n    b = [{content!r}, 'it', 12]\n    return (a, b[0].lower(), -1)"))
    assert back(forward(source, names), names) == source


@given(st.text("'\"\\ (),.:`if;1", max_size=12))
def test_rules_about_tokens_leave_strings_alone(content: str) -> None:
    literal = repr(content)
    for name in ("swapped_parentheses", "semicolons", "periods", "yield_for_return", "if_else_exchanged"):
        assert literal in forward(f"a = {literal}", [name])


def test_a_backtick_in_a_string_is_refused_by_the_dialect_that_needs_it() -> None:
    with pytest.raises(ValueError, match="a backtick"):
        forward("a = 'b`c'", ["quoted_numbers"])


def drafts(count: int) -> list[Draft]:
    """Some examples' drafts."""
    items = BUILDER.items()[:: len(BUILDER.items()) // count]
    return [BUILDER.write(item.data, Stream("test", i)) for i, item in enumerate(items)]


def question(draft: Draft, *texts: str, **meta: object) -> Question:
    """A draft as its prover sees it, with other texts or facts if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), {**draft.meta, **meta})


def test_examples_are_the_programs_of_code_in_stated_dialects() -> None:
    seen = set()
    for i, item in enumerate(BUILDER.items()[::20]):
        draft = BUILDER.write(item.data, Stream("test", i))
        names = draft.meta["dialects"]
        seen.add(tuple(names))
        assert 1 <= len(names) <= 2
        assert all(DIALECTS[name].rule in draft.prompt for name in names)
        right, wrong = programs(item.data)
        assert all(forward(right, [name]) != right for name in names), "a rule that changes nothing"
        assert [back(text, names) for text in (draft.right, *draft.wrong)] == [right, *wrong]
        verdict = BUILDER.prove(question(draft))
        assert (verdict.right, verdict.kind) == (0, "executed")
    assert {name for names in seen for name in names} == set(DIALECTS)


def test_the_prover_rejects_programs_that_break_their_dialect() -> None:
    for draft in drafts(12):
        names = draft.meta["dialects"]
        unlike = next(name for name in DIALECTS if name not in names)
        bad = [
            back(draft.right, names),
            forward(back(draft.right, names), [unlike]),
            forward(draft.right, [unlike]) if unlike != "quoted_numbers" else back(draft.right, names),
        ]
        for text in bad:
            with pytest.raises(Disproof):
                BUILDER.prove(question(draft, text, *draft.wrong))
            with pytest.raises(Disproof):
                BUILDER.prove(question(draft, draft.right, text, *draft.wrong[1:]))


def test_the_prover_rejects_a_half_applied_dialect_even_on_a_bug() -> None:
    for draft in drafts(12):
        names = ["semicolons", "hyphen_indentation"]
        prompt = draft.prompt.replace(rules(draft.meta["dialects"]), rules(names))
        python = [back(text, draft.meta["dialects"]) for text in (draft.right, *draft.wrong)]
        whole = [forward(text, names) for text in python]
        assert BUILDER.prove(Question(prompt, tuple(whole), {**draft.meta, "dialects": names})).right == 0
        for half in (forward(python[1], names[:1]), forward(python[1], names[1:]), whole[1].replace(";", ":", 1)):
            with pytest.raises(Disproof, match="text 1 breaks the rules"):
                BUILDER.prove(Question(prompt, (whole[0], half, *whole[2:]), {**draft.meta, "dialects": names}))


def test_the_prover_wants_the_rules_in_the_prompt_and_one_right_program() -> None:
    draft = drafts(12)[0]
    for names in (["periods", "last_line_first"], ["no_such_dialect"], []):
        with pytest.raises(Disproof, match="does not state the rules"):
            BUILDER.prove(question(draft, dialects=names))
    with pytest.raises(Disproof, match="0 responses pass all tests"):
        BUILDER.prove(question(draft, *draft.wrong))
