"""Defects of the released GENIES distributions: what is known of them is found with its figure, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from eval.audit.defects import Finding, defects
from eval.dataset import load
from schemas import SPLITS, Example, Proof, Response
from tests.project import ROOT

RELEASED = ROOT.parent / "shared" / "genies" / "released"
PROCESSED = ROOT / "processed"
needs_release = pytest.mark.skipif(
    not RELEASED.is_dir(), reason="the GENIES release does not stand beside this repository"
)

PROOF = Proof("source_key", "sourced")
Found = Mapping[str, list[Finding]]

#: Distribution, check, a part of its sentence, and the share that is known of it.
KNOWN = [
    ("reward_seeking", "label_against_form", "demand on form", 0.99),
    ("ranking_logic_easy", "another_tasks_template", "a grid", 1.0),
    ("crt_3", "wrong_puzzle_answer", "doubling", 0.11),
    ("raven_easy", "right_answer_printed", "chance 25%", 0.60),
    ("raven_easy", "fixed_place", "listed last", 1.0),
    ("raven_easy", "glued_marker", "glued", 1.0),
    ("code", "confessing_comment", "right ones 0", 0.095),
    ("code", "program_does_not_parse", "wrong programs", 0.13),
    ("code", "same_program", "wrong programs", 0.007),
    ("counterfactual_python", "program_breaks_dialect", "`if` and `else`", 1.0),
    ("counterfactual_python", "program_breaks_dialect", "hyphens", 1.0),
    ("counterfactual_python", "program_breaks_dialect", "third line twice", 49 / 82),
    ("counterfactual_python", "program_breaks_dialect", "positions from one", 1.0),
    ("counterfactual_python", "program_breaks_dialect", "numbers in quotes", 4 / 90),
    ("gender_bias", "constant_right_answer", "'they'", 1.0),
    ("math_easy", "empty_right_response", "empty", 40 / 850),
    ("math_easy", "right_result_called_wrong", "boxes", 15 / 794),
    ("comma_separated_input", "words_left_unquoted", "prompts", 306 / 850),
    ("spanish_output", "english_left", "responses", 5 / 1734),
]
KEYS, PLACE = "inconsistent_keys", "fixed_place"
#: Everything that is found, each of which was confirmed by reading examples.
ALL = {
    "alpaca_easy": {KEYS},
    "alpaca_hard": {KEYS},
    "alpaca_long": {PLACE, "missing_value_printed", "right_breaks_limit"},
    "alpaca_mmlu": {KEYS},
    "alpaca_short": {PLACE, "marker_in_response", "missing_value_printed", "unreadable_signs", "wrong_sum"},
    "arc_easy": {PLACE},
    "arc_hard": {PLACE},
    "code": {
        KEYS,
        "confessing_comment",
        "fenced_program",
        "program_does_not_parse",
        "right_equals_wrong",
        "same_program",
        "unreadable_signs",
    },
    "comma_separated_input": {KEYS, "unreadable_signs", "words_left_unquoted"},
    "cooking": {"right_breaks_limit"},
    "counterfactual_python": {KEYS, "program_breaks_dialect", "repeated_wrong_response", "right_equals_wrong"},
    "crt_1": {PLACE},
    "crt_3": {PLACE, "stray_last_line", "wrong_puzzle_answer"},
    "gender_bias": {PLACE, "constant_right_answer"},
    "math_easy": {KEYS, "empty_right_response", "right_result_called_wrong"},
    "quote_attribution": {PLACE, "labels_in_conflict"},
    "ranking_logic": {PLACE},
    "ranking_logic_easy": {PLACE, "another_tasks_template"},
    "raven_easy": {PLACE, "glued_marker", "right_answer_printed"},
    "raven_matrices": set(),
    "reward_seeking": {
        KEYS,
        PLACE,
        "label_against_form",
        "right_breaks_limit",
        "right_equals_wrong",
        "unreadable_signs",
    },
    "shp_low_quality": {PLACE, "markup_left"},
    "spanish_output": {KEYS, "english_left"},
    "sycophancy_answer": {PLACE},
    "sycophancy_are_you_sure": {PLACE},
    "sycophancy_mimicry": {PLACE},
    "truthful_qa": {PLACE},
    "us_history": {KEYS},
    "wrong_arc": {PLACE},
}


def read(name: str) -> list[Example]:
    """A released distribution, both splits; far quicker than an import, and with the same examples."""
    examples = []
    for split in SPLITS:
        for number, record in enumerate(json.loads((RELEASED / name / f"{split}.json").read_bytes())):
            responses = tuple(Response(text, int(label)) for text, label in record.pop("responses").items())
            prompt = record.pop("prompt")
            meta = {"group": prompt, "released": record}
            examples.append(Example(f"{name}/{split}/{number:05d}", prompt, responses, meta, PROOF))
    return examples


@pytest.fixture(scope="module")
def found() -> Found:
    """The findings of every released distribution."""
    return {name: defects(read(name), ()) for name in ALL}


@needs_release
@pytest.mark.parametrize(("name", "defect", "part", "share"), KNOWN)
def test_a_known_defect_is_found_with_its_share(found: Found, name: str, defect: str, part: str, share: float) -> None:
    [finding] = [f for f in found[name] if f.defect == defect and part in f.what]
    assert finding.low <= share <= finding.high


@needs_release
def test_nothing_else_is_found(found: Found) -> None:
    assert {name: {finding.defect for finding in findings} for name, findings in found.items()} == ALL


@needs_release
def test_all_39_programs_of_the_rule_about_if_alone_break_it() -> None:
    examples = [e for e in read("counterfactual_python") if e.prompt.count("\n- ") == 1]
    [finding] = [f for f in defects([e for e in examples if "if means else" in e.prompt], ()) if "`if`" in f.what]
    assert (finding.count, finding.of) == (39, 39)


@pytest.mark.skipif(not (PROCESSED / "shifts.json").is_file(), reason="the data of this repository are not built")
def test_our_own_distributions_have_no_defect() -> None:
    for name, distribution in load(PROCESSED).distributions.items():
        found = defects(distribution.train, distribution.test, distribution.card["declared_cues"])
        assert (name, found) == (name, [])
