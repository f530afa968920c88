"""Audits side by side and in a table to publish: what changed, what stands alone, safe against their data."""

from __future__ import annotations

from typing import Any

import pytest

from eval.audit.compare import compare, comparison_text
from eval.audit.published import carried, markdown
from eval.report.published_pages import carried_page, comparison_page
from schemas.validation import validate
from tests.eval.audited import audit, cue, defect, overlap, part, shift
from tests.eval.test_audit_page import serves_readers_and_phones
from tests.eval.test_report import EVIL, Page, unsaid


def released() -> dict[str, Any]:
    both = part(
        "both",
        cue("longest", 0.98),
        cue("negation", 0.51),
        cue("first", 0.9, kind="order"),
        cue("hedging", 0.6),
        cue("refusal", 0.8),
        cue("apology", 0.7),
        verdict="leak",
        defects=[defect("empty_response", 40, grave=True), defect("odd_sign", 2)],
        overlap=overlap(5, 7),
    )
    return audit([both, part("old", cue("longest", 0.7), verdict="cue")], [shift("x_to_y", ("x", "y", None))])


def regenerated() -> dict[str, Any]:
    both = part(
        "both",
        cue("longest", 0.503),
        cue("negation", 0.56),
        cue("first", 0.1, kind="order"),
        cue("hedging", 0.61),
        cue("refusal", 0.6),
        cue("parses", 0.5),
        verdict="cue",
    )
    return {**audit([part("new"), both], []), "data": "elsewhere", "seed": 3}


def test_cues_are_matched_and_every_change_is_named() -> None:
    found = compare(released(), regenerated())
    validate(found, "comparison", "comparison")
    assert [record["name"] for record in found["distributions"]] == ["both", "new", "old"]
    cues = {row["cue"]: row for row in found["distributions"][0]["cues"]}
    changes = {name: (row["change"], row["apart"], row["difference"]) for name, row in cues.items()}
    assert changes == {
        "longest": ("gone", True, -0.477),
        "negation": ("new", False, 0.05),
        "first": ("reversed", True, -0.8),
        "hedging": ("same", False, 0.01),
        "refusal": ("weaker", True, -0.2),
        "apology": ("only_a", False, None),
        "parses": ("only_b", False, None),
    }
    # Those whose intervals are apart come first, the farthest moved before the others.
    assert list(cues)[:4] == ["first", "longest", "refusal", "negation"]
    back = compare(regenerated(), released())["distributions"][0]["cues"]
    assert {row["cue"]: row["change"] for row in back}["refusal"] == "stronger"


def test_what_each_side_carries_is_counted() -> None:
    found = compare(released(), regenerated())
    both, new, old = found["distributions"]
    assert (both["a"]["strongest"], both["a"]["tested"], both["a"]["off"], both["a"]["flagged"]) == ("longest", 6, 5, 5)
    assert [(each["defect"], each["count"], each["grave"]) for each in both["a"]["defects"]] == [
        ("empty_response", 40, True),
        ("odd_sign", 2, False),
    ]
    assert (both["a"]["overlap"]["groups"], both["b"]["overlap"]["groups"]) == (5, 0)
    assert (new["a"], old["b"], new["b"]["strongest"]) == (None, None, None)
    assert [(each["name"], each["b"]) for each in found["shifts"]] == [("x_to_y", None)]


def test_an_audit_beside_itself_changes_nothing() -> None:
    found = compare(released(), released())
    assert {row["change"] for record in found["distributions"] for row in record["cues"]} == {"same", "none"}
    assert "changed" not in comparison_text(found)
    assert "No cue of both changed." in Page(comparison_page(found)).text


def test_the_terminal_says_it_in_lines() -> None:
    lines = [" ".join(line.split()) for line in comparison_text(compare(released(), regenerated())).splitlines()]
    assert lines[:2] == ["a: processed", "b: elsewhere"]
    assert "both leak cue longest 0.980 hedging 0.610 5 of 6 4 of 6 2 0 7/250 0/250" in lines
    assert "new - clean - none - 0 of 0 - 0 - 0/250" in lines
    assert "x_to_y clean -" in lines
    assert {"Only in a: old", "Only in b: new"} <= set(lines)
    assert "longest 0.980 [0.947, 1.000] 0.503 [0.470, 0.536] no longer off chance" in lines
    assert "negation 0.510 [0.477, 0.543] 0.560 [0.527, 0.593] newly off chance, but the intervals touch" in lines


def test_the_page_says_it_as_well() -> None:
    page = Page(comparison_page(compare(released(), regenerated())))
    assert serves_readers_and_phones(page)
    text = " ".join(page.text.split())
    assert not unsaid(text, "a read processed with seed 0, b read elsewhere with seed 3")
    assert not unsaid(
        text, "leak longest ▲ 0.980 [0.947, 1.000] 5 of 6, 5 flagged empty response (40 of 250), odd sign"
    )
    assert not unsaid(text, "new a only in b b clean none tested", "old a undeclared cue", "b only in a")
    assert not unsaid(text, "▲ 0.980 [0.947, 1.000] ○ 0.503 [0.470, 0.536] −0.477 no longer off chance intervals apart")
    assert not unsaid(text, "x_to_y no cue in the target What is to be said of x_to_y. not there")
    empty = Page(comparison_page(compare(audit([], []), audit([], []))))
    assert not unsaid(empty.text, "Neither audit holds a distribution.", "No distribution stands in both audits.")


def test_what_a_release_carries_is_one_line_a_distribution() -> None:
    first, second = carried(released())
    assert (first.name, first.verdict, first.more) == ("both", "leak", 2)
    assert list(first.cues) == [
        "the longest response is right: 0.980 (0.947 to 1.000)",
        "the refusal response is right: 0.800 (0.767 to 0.833)",
        "the apology response is right: 0.700 (0.667 to 0.733)",
    ]
    assert list(first.defects) == [
        "The empty_response is wrong in 40 of 250 examples.",
        "The odd_sign is wrong in 2 of 250 examples.",
    ]
    assert list(first.shared) == ["group: 5 of 250", "prompt: 7 of 250", "near-duplicate prompt: 7 of 250"]
    assert (second.more, list(second.defects), list(second.shared)) == (0, [], [])
    lines = markdown([first, second]).splitlines()
    assert len(lines) == 4
    assert (
        lines[3] == "| `old` | undeclared cue | the longest response is right: 0.700 (0.667 to 0.733) | none | none |"
    )
    assert "and 2 more | The empty\\_response is wrong in 40 of 250 examples.<br>The odd" in lines[2]


def test_a_cue_below_chance_is_told_in_the_direction_of_the_labels() -> None:
    below = {**cue("longest", 0.013, declared=True), "says": "the shorter response"}
    learned = {**cue("response_words", 0.9, kind="probe"), "says": "what a probe learns from words"}
    (row,) = carried(audit([part("any", below, learned)], []))
    assert list(row.cues) == [
        "a probe on response words: 0.900 (0.867 to 0.933)",
        "the shorter response: 0.987 (0.954 to 1.000), declared",
    ]


@pytest.mark.parametrize("hostile", [EVIL, "a | b\n| c | [x](javascript:y) `z` \\", "ПРИВЕТ * _"])
def test_hostile_texts_break_neither_page_nor_table(hostile: str) -> None:
    record = released()
    record["data"] = hostile
    record["distributions"][0]["defects"][0]["what"] = hostile
    record["distributions"][0]["cues"][0]["says"] = hostile
    record["shifts"][0]["sentence"] = hostile
    for source in (comparison_page(compare(record, regenerated())), carried_page(record, hostile)):
        page = Page(source)
        assert hostile in page.text
        assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe"}
    lines = markdown(carried(record)).splitlines()
    assert len(lines) == 4
    # Every bar that is not ours is escaped, and so is whatever would be a tag, a link or code.
    assert all(line.replace("\\\\", "").replace("\\|", "").count("|") == 6 for line in lines)
    assert "](" not in lines[2].replace("\\]", "")
    assert "<script" not in lines[2].replace("\\<", "")


def test_the_published_page_serves_readers_and_phones() -> None:
    page = Page(carried_page(released(), "the release"))
    assert serves_readers_and_phones(page)
    assert not unsaid(" ".join(page.text.split()), "What the release carries", "and 2 more", "group: 5 of 250")
    assert "The audit holds no distribution." in Page(carried_page(audit([], []), "nothing")).text
