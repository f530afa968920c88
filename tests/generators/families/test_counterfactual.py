"""counterfactual_python: bugs and misapplied rules crossed; its prover judges by the printed rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import pytest

from generators.core import Disproof, Draft, PassOver, Question, Stream
from generators.families.code.counterfactual import CounterfactualPython, rules
from generators.families.code.dialects import DIALECTS, allowed, dialect, forward, obeys
from generators.families.code.places import Planted
from generators.families.code.problems import problem

BUILDER = CounterfactualPython()


def written(every: int) -> Iterator[tuple[Draft, Planted]]:
    """Some examples' drafts with what they were made of; those passed over are left out."""
    for i, item in enumerate(BUILDER.items()[::every]):
        with suppress(PassOver):
            yield BUILDER.write(item.data, Stream("test", i)), item.data


@cache
def drafts() -> tuple[Draft, ...]:
    """Some examples' drafts."""
    return tuple(draft for draft, _ in written(max(1, len(BUILDER.items()) // 60)))


def question(draft: Draft, *texts: str, **meta: object) -> Question:
    """A draft as its prover sees it, with other texts or facts if given."""
    return Question(draft.prompt, texts or (draft.right, *draft.wrong), {**draft.meta, **meta})


def test_the_same_stream_gives_the_same_example() -> None:
    item = BUILDER.items()[7]
    assert BUILDER.write(item.data, Stream("test", 1)) == BUILDER.write(item.data, Stream("test", 1))
    assert BUILDER.write(item.data, Stream("test", 1)) != BUILDER.write(item.data, Stream("test", 2))


def test_four_programs_cross_a_bug_with_a_misapplied_rule() -> None:
    for draft in drafts():
        kinds = [(draft.notes[text]["bugs"], draft.notes[text]["misapplied"]) for text in (draft.right, *draft.wrong)]
        assert kinds == [(0, 0), (1, 0), (0, 1), (1, 1)]
        names = draft.meta["dialects"]
        assert allowed(names)
        assert 1 <= len(names) <= 3
        assert all(dialect(name).rule in draft.prompt for name in names)
        right = obeys(draft.right, names).program
        assert right in problem(draft.meta["problem"]).solutions
        assert draft.right == forward(right, names)
        bug = obeys(draft.wrong[0], names).program
        assert bug
        assert not problem(draft.meta["problem"]).solved_by(bug)
        verdict = BUILDER.prove(question(draft))
        assert (verdict.right, verdict.kind) == (0, "executed")


def test_every_dialect_occurs_and_every_number_of_them() -> None:
    plain = {name.partition(" except ")[0] for draft in drafts() for name in draft.meta["dialects"]}
    assert len(plain) > 0.8 * len(DIALECTS)
    assert {len(draft.meta["dialects"]) for draft in drafts()} == {1, 2, 3}


def test_either_of_the_two_sets_of_rules_may_be_stated() -> None:
    excepting = [any("except" in name for name in draft.meta["dialects"]) for draft in drafts()]
    assert 0.1 < sum(excepting) / len(excepting) < 0.5


def test_the_misapplied_programs_are_right_where_the_other_rules_are_stated() -> None:
    turned = 0
    for draft, planted in written(400):
        right = planted.source
        for name in draft.meta["dialects"]:
            plain, excepting, _ = name.partition(" except ")
            if excepting:
                names = [plain if other == name else other for other in draft.meta["dialects"]]
                assert forward(right, names) in draft.wrong
                prompt = draft.prompt.replace(rules(draft.meta["dialects"]), rules(names))
                texts = (draft.right, *draft.wrong)
                verdict = BUILDER.prove(Question(prompt, texts, {**draft.meta, "dialects": names}))
                assert texts[verdict.right] == forward(right, names)
                turned += 1
    assert turned


def test_the_prover_rejects_what_breaks_the_rules_or_fails() -> None:
    for draft in drafts()[:20]:
        for wrong in draft.wrong:
            with pytest.raises(Disproof, match="0 responses obey"):
                BUILDER.prove(question(draft, wrong, *draft.wrong))
        plain = problem(draft.meta["problem"]).solution
        with pytest.raises(Disproof, match="0 responses obey"):
            BUILDER.prove(question(draft, plain, *draft.wrong))


def test_the_prover_rejects_two_right_programs_and_wants_its_rules_printed() -> None:
    draft = drafts()[0]
    renamed = obeys(draft.right, draft.meta["dialects"]).program.replace("def ", "def other_", 1)
    second = forward(renamed, draft.meta["dialects"])
    with pytest.raises(Disproof, match="2 responses obey"):
        BUILDER.prove(question(draft, draft.right, second, *draft.wrong))
    for names in (["no_such_dialect"], [], ["semicolons", "one_indexed"], ["end_blocks", "hyphen_indentation"]):
        with pytest.raises(Disproof, match="does not state the rules"):
            BUILDER.prove(question(draft, dialects=names))
    with pytest.raises(Disproof, match="does not hold the statement"):
        BUILDER.prove(question(draft, problem="no_such_problem"))
