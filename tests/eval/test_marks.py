"""Marked responses: what a cue reads is marked or read out, and an excerpt says what it leaves out."""

from __future__ import annotations

import pytest

from eval.audit.cues import cues
from eval.report.marks import PROMPT, RESPONSE, excerpt, mark_prompt, mark_response

MARKED = {
    "capital_start": ("  Amber.", "A"),
    "constant": (" yes, it is ", "yes, it is"),
    "edge_spaces": (" amber\n", " |\n"),
    "first_word": ("Yes, yes", "Yes"),
    "full_stop": ("Stop it. ", "."),
    "last_word": ("yes and Yes", "Yes"),
    "most_capitals": ("Am Bé É", "A|B|É"),
    "most_comments": ("def f():\n    pass  # a bug\n", " # a bug"),
    "most_digits": ("12 and 3", "12|3"),
    "most_formatting": ("- **bold**", "- **|**"),
    "most_punctuation": ("a, b!?", ",|!?"),
    "named_in_prompt": (" Amber ", "Amber"),
    "negation": ("I cannot, no.", "cannot|no"),
    "prompt_overlap": ("Birch or AMBER", "AMBER"),
    "refusal": ("Well, I can't.", "I can't"),
    "apology": ("So sorry!", "sorry"),
    "hedging": ("Perhaps so", "Perhaps"),
    "foreign_signs": ("naïve", "ï"),
    "largest_number": ("1 then -2.5 end", "-2.5"),
    "middle_number": ("1 then 3", "3"),
    "middle_of_prompt": ("1 then 3", "3"),
    "word": ("yes YES", "yes|YES"),
}


@pytest.mark.parametrize(("name", "case"), MARKED.items())
def test_what_a_cue_reads_is_marked(name: str, case: tuple[str, str]) -> None:
    token = {"constant": "yes, it is", "first_word": "yes", "last_word": "yes", "word": "yes"}.get(name, "")
    marked = mark_response(name, case[0], "Is it amber?", token)
    assert "|".join(text for text, is_marked in marked.pieces if is_marked) == case[1]
    assert "".join(text for text, _ in marked.pieces) == case[0]


READ = {
    "least_repetition": "3 different tokens of 4",
    "longest": "13 characters",
    "longest_words": "2.50 characters a token",
    "most_lines": "1 line ends",
    "most_spaces": "3 of 13 signs are white space",
    "most_words": "4 tokens",
    "parses": "no program",
}


@pytest.mark.parametrize(("name", "note"), READ.items())
def test_what_reads_the_whole_text_is_told_as_a_number(name: str, note: str) -> None:
    assert mark_response(name, "do not do\nyes", "").note == note


def test_every_cue_of_the_audit_is_marked_or_read_out() -> None:
    # Those that compare candidates are read out by the audit's own figure, which the page takes from the cue itself.
    assert set(cues()) - set(MARKED) - set(READ) == {"first", "majority_attributes", "most_similar"}


def test_a_prompt_shows_where_it_names_the_response() -> None:
    pieces = mark_prompt("named_in_prompt", "A cat, a catfish, a Cat.", " cat ").pieces
    assert [text for text, marked in pieces if marked] == ["cat", "Cat"]
    assert [marked for _, marked in mark_prompt("longest", "A cat.", "cat").pieces] == [False]


def test_an_excerpt_keeps_its_first_mark_in_sight_and_says_what_it_leaves_out() -> None:
    text = "x" * 5000 + "7" + "y" * 100
    shown = mark_response("most_digits", text, "")
    assert ("7", True) in shown.pieces
    assert shown.before + shown.after + sum(len(piece) for piece, _ in shown.pieces) == len(text)
    assert sum(len(piece) for piece, _ in shown.pieces) == RESPONSE
    assert mark_prompt("longest", text, "").after == len(text) - PROMPT
    assert excerpt("a\x00b", (), 9).pieces == [("a␀b", False)]
    assert excerpt("", (), 9).pieces == []


def test_huge_and_foreign_texts_pass() -> None:
    huge = "¿Qué? 123 " * 1_000_000
    for name in ("prompt_overlap", "most_punctuation", "longest", "last_word"):
        assert mark_response(name, huge, huge[:1000], "qué").after > 9_000_000
    assert mark_response("word", "ПРИВЕТ мир", "", "привет").pieces[0] == ("ПРИВЕТ", True)
