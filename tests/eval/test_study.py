"""The study says what its results say: sentences follow figures, and the committed page follows from its results."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.export import STUDY
from eval.config import load_config
from eval.interventions import names
from eval.study import PAGE, RELEASED, RESULTS, study
from eval.study.answers import cleaned, limits, pattern, tuning
from eval.study.figures import apart, gap, sign
from eval.study.record import kept
from eval.study.words import Measured
from schemas import ShiftworksError
from schemas.files import pretty, read_json
from schemas.validation import validate
from tests.project import ROOT, Project

#: Pairs of the benchmark, so that published rows match: four of each label.
PAIRS = [
    ("alpaca_easy", "alpaca_hard", "extreme", "difficulty"),
    ("code_easy", "code_hard", "extreme", "difficulty"),
    ("alpaca_mmlu", "spanish_output", "extreme", "encoding"),
    ("math", "change_my_view", "extreme", "skill"),
    ("alpaca_mmlu", "truthful_qa", "probing", "unwanted_personas"),
    ("alpaca_mmlu", "reward_seeking", "probing", "unwanted_personas"),
    ("alpaca_mmlu", "survival_influence", "probing", "unwanted_personas"),
    ("alpaca_mmlu", "wrong_arc", "probing", "spurious_cues"),
]
INTERVENTIONS = ("lora", "zero_shot", "coin")
#: Files of the folder that no command writes.
BY_HAND = {"params.yaml"}
PARTS = ("brier", "reliability", "resolution", "uncertainty", "ece", "adaptive_ece", "rms")


def estimate(value: float) -> dict[str, float]:
    return {"value": round(value, 6), "low": round(value - 0.02, 6), "high": round(value + 0.02, 6)}


def row(number: int, intervention: str, accuracy: float, source: float, capability: float) -> dict[str, Any]:
    """A row of a result; shifts of one label lie a little apart."""
    start, target, label, category = PAIRS[number]
    generalization = accuracy + 0.002 * (number % 4)
    untuned = generalization if intervention == "zero_shot" else 0.5
    curve = [{"confidence": 0.55, "accuracy": 0.5, "share": 0.75}, {"confidence": 0.97, "accuracy": 0.9, "share": 0.25}]
    figures = {
        "source_accuracy": source,
        "generalization": generalization,
        "capability": capability,
        "zero_shot": untuned,
        "elicitation": generalization / capability,
        "differential_elicitation": (generalization - untuned) / capability,
    }
    told = {name: figures[name] for name in ("generalization", "capability", "zero_shot", "elicitation")}
    return {
        "shift": f"{start}_to_{target}",
        "label": label,
        "category": category,
        "source": start,
        "target": target,
        "intervention": intervention,
        **{name: estimate(value) for name, value in figures.items()},
        "capability_by": "lora",
        "chance_adjusted_elicitation": None,
        "item_elicitation": None,
        "likelihood_agreement": None,
        "calibration": None if intervention == "coin" else {**{part: estimate(0.2) for part in PARTS}, "curve": curve},
        "missing": {},
        "spread": None,
        "published": {**told, "differential_elicitation": 0.1, "brier": 0.2, "rms_calibration_error": None},
        "pairs": 750,
        "prompts": 250,
    }


def means(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Plain means by label and by category."""
    figures = ("generalization", "elicitation", "differential_elicitation")
    for over in ("label", "category"):
        for name in sorted({each[over] for each in rows}):
            for intervention in INTERVENTIONS:
                own = [each for each in rows if each[over] == name and each["intervention"] == intervention]
                values = {key: estimate(sum(each[key]["value"] for each in own) / len(own)) for key in figures}
                yield {"over": over, "name": name, "intervention": intervention, "shifts": len(own), **values}


def result(
    extreme: float = 0.75, probing: float = 0.4, *, source: float = 0.8, capability: float = 0.8
) -> dict[str, Any]:
    """A result in which `lora` has these accuracies, and `zero_shot` and `coin` guess."""
    levels: Mapping[str, float] = {"extreme": extreme, "probing": probing}
    rows = [
        row(number, name, levels[label] if name == "lora" else 0.5, source, capability)
        for number, (_, _, label, _) in enumerate(PAIRS)
        for name in INTERVENTIONS
    ]
    comparisons = [
        {"shift": each["shift"], "one": one, "other": other, "difference": estimate(apart)}
        for each in rows
        if each["intervention"] == "lora"
        for one, other, apart in (
            ("lora", "zero_shot", each["generalization"]["value"] - 0.5),
            ("lora", "coin", 0.1),
        )
    ]
    record = {
        "model": {"name": "embedded", "sha256": None},
        "data": "/some/where/processed",
        "seed": 3,
        "settings": {"seeds": 1, "max_tokens": 192, "cut_responses": {"lora": {"alpaca_hard": 1234}}},
        "environment": {"python": "3.11.7", "machine": "x86_64", "threads": 2, "libraries": {"torch": "2.13.0"}},
        "distributions": [],
        "shifts": rows,
        "means": list(means(rows)),
        "comparisons": comparisons,
    }
    validate(record, "result", "the result of a test")
    return record


def tables(folder: Path) -> Path:
    """Published tables of two interventions on our shifts; one of their names is also ours."""
    head = "source,target,generalization_accuracy,baseline_accuracy,target_tuned_capability,RMS_calibration_error\n"
    for name, level in (("lora_fine_tuning", 0.8), ("few_shot", 0.61)):
        lines = [
            f"{source},{target},{level - 0.4 * (label == 'probing') + 0.001 * number},0.5,0.9,\n"
            for number, (source, target, label, _) in enumerate(PAIRS)
        ]
        (folder / name).mkdir(parents=True)
        (folder / name / "GENIES.csv").write_text(head + "".join(lines))
    return folder


@pytest.mark.parametrize(
    ("extreme", "probing", "verdict"),
    [
        (0.75, 0.4, "Yes."),
        (0.4, 0.75, "No: it is the other way round."),
        (0.6, 0.6, "Not shown: no difference of the two kinds of shift is told from chance."),
        (0.45, 0.3, "In part: extreme shifts lie above probing ones, but not above guessing."),
    ],
)
def test_the_answer_is_the_one_that_was_planted(extreme: float, probing: float, verdict: str) -> None:
    first, *rest = pattern(Measured(result(extreme, probing)), {})
    assert first.endswith(f"** {verdict}")
    assert f"{extreme + 0.003:.3f} [{extreme - 0.017:.3f}, {extreme + 0.023:.3f}]" in rest[0]
    assert f"{probing + 0.003:.3f}" in rest[1]
    assert f"means {(extreme + 0.003) / 0.8:.3f} and {(probing + 0.003) / 0.8:.3f} of 4 extreme" in rest[2]


def test_a_pattern_is_only_read_from_what_can_be_learned() -> None:
    text = "\n".join(pattern(Measured(result(source=0.51)), {}))
    assert "It learns the source of 0 of the 8 shifts" in text
    assert "too few shifts to compare (0 extreme and 0 probing shifts)" in text
    assert "of 8 both the source" in "\n".join(pattern(Measured(result()), {}))


def test_limits_name_what_says_nothing() -> None:
    weak, sound = (list(limits(Measured(result(source=0.5, capability=level)))) for level in (0.51, 0.8))
    assert weak[0].startswith("- Capability is not told from guessing on `alpaca_easy_to_alpaca_hard`, ")
    assert weak[1:] == sound
    assert "No intervention learns `alpaca_easy`, `code_easy`, `alpaca_mmlu`, `math`" in sound[0].replace("\n", "")
    assert "`alpaca_hard` 1,234" in sound[1]
    assert not any("learn" in line.split(":")[0] for line in limits(Measured(result())))


def test_what_tuning_adds_does_not_depend_on_the_order_of_a_comparison() -> None:
    made = result()
    text = list(tuning(Measured(made)))
    assert "ranks more right on 4 shifts" in text[-1]
    assert "fewer on 4 (" in text[-1]
    assert "extreme shifts is 0.316 [0.296, 0.336]: more than nothing" in text[1]
    assert "probing shifts is −0.121 [−0.141, −0.101]: less than nothing" in text[2]
    for each in made["comparisons"]:
        value, low, high = (each["difference"][key] for key in ("value", "low", "high"))
        each |= {
            "one": each["other"],
            "other": each["one"],
            "difference": {"value": -value, "low": -high, "high": -low},
        }
    assert list(tuning(Measured(made))) == text


def test_the_release_differs_where_it_was_made_to() -> None:
    ours = Measured(result())
    same, other = (list(cleaned(ours, Measured(result(extreme)))) for extreme in (0.75, 0.6))
    assert "8 shifts are in both" in same[0]
    assert all("higher on 0 (none), lower on 0 (none), no difference shown on 8" in line for line in same[1:])
    assert "Generalization accuracy of `lora`, ours less released: 0.075 [" in other[3]
    assert "] (bootstrap over shifts) on average; higher on 4 (" in other[3]
    for theirs, why in (("coin", "no figures of 'lora'"), ("lora", "no shift in common")):
        rows = [{**each, "shift": "another"} for each in result()["shifts"] if each["intervention"] == theirs]
        with pytest.raises(ShiftworksError, match=why):
            list(cleaned(ours, Measured({**result(), "shifts": rows})))


values = st.lists(st.floats(0.0, 2.0), min_size=3, max_size=12)


@given(low=values, high=values)
def test_labels_are_told_apart_where_they_do_not_overlap(low: list[float], high: list[float]) -> None:
    rows = [*(("probing", value) for value in low), *(("extreme", value + 2.1) for value in high)]
    found, turned = gap(rows, "any").difference, gap([(label, -value) for label, value in rows], "any").difference
    assert found is not None
    assert turned is not None
    assert sign(found.low, found.high) == 1
    assert sign(turned.low, turned.high) == -1
    assert found == gap(rows, "any").difference


shares = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(one=shares, other=shares)
def test_a_difference_turns_with_its_parts_and_is_wider_than_each(one: list[float], other: list[float]) -> None:
    first, second = (dict(zip(("low", "value", "high"), each, strict=True)) for each in (one, other))
    forth, back = apart(first, second), apart(second, first)
    assert forth.low <= forth.value <= forth.high
    assert (forth.low, forth.high) == pytest.approx((-back.high, -back.low))
    assert forth.high - forth.low >= max(one[2] - one[0], other[2] - other[0]) - 1e-9


def test_a_study_made_again_from_its_own_files_is_the_same(tmp_path: Path) -> None:
    made = study(result(), result(0.6), tables(tmp_path / "raw"), "a machine", 38.5)
    for name, data in made.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(data)
    assert from_own_files(tmp_path / "out") == made
    text = made[PAGE].decode()
    for said in ("a machine", "38.5 minutes", "torch 2.13.0", "Seeds: 3; each source tuned once", "`few_shot`"):
        assert said in text
    assert b"/some/where" not in b"".join(made.values())
    assert "LLaMA-30B by LoRA on 8 of these shifts, as published: extreme above probing by 0.44" in text


def from_own_files(folder: Path) -> Mapping[str, bytes]:
    """A study, made from what a study left in a folder."""
    released, published = folder / RELEASED, folder / "published"
    return study(
        read_json(folder / RESULTS, "result"),
        read_json(released, "result") if released.is_file() else None,
        published if published.is_dir() else None,
    )


def test_what_is_kept_is_a_result_and_kept_again_the_same() -> None:
    once = kept(result(), "a machine", 12.0)
    validate(once, "result", "kept")
    assert kept(once, None, None) == once
    assert {each["other"] for each in once["comparisons"]} == {"zero_shot"}
    assert once["shifts"] == result()["shifts"]


def test_pictures_are_sound_and_load_nothing() -> None:
    made = {name: data for name, data in study(result()).items() if name.endswith(".svg")}
    assert len(made) == 5
    for data in made.values():
        root = ET.fromstring(data)  # noqa: S314 - our own file
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        shown = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
        assert "lora" in shown
        assert "coin" not in shown
        assert data.count(b"http") == 1


@pytest.mark.skipif(not (STUDY / RESULTS).is_file(), reason="no study is committed yet")
def test_the_committed_study_is_what_its_results_give() -> None:
    made = from_own_files(STUDY)
    found = {path.relative_to(STUDY).as_posix(): path for path in STUDY.rglob("*") if path.is_file()}
    assert set(found) - BY_HAND == set(made)
    for name, data in made.items():
        assert found[name].read_bytes() == data, f"{name}: `shifts export study` from docs/study writes it anew"


def test_the_committed_settings_name_all_that_fits_an_encoder() -> None:
    named = load_config(STUDY / "params.yaml").interventions
    # The latter two need a language model; of the former the tunings take longer than all the rest.
    assert set(named) == set(names()) - {"lora_published", "few_shot", "perplexity"}


def test_the_command_writes_a_study_or_says_why_not(tmp_path: Path) -> None:
    project = Project(ROOT)
    path, out = tmp_path / "results.json", tmp_path / "out"
    made = result()
    path.write_bytes(pretty({**made, "shifts": [each for each in made["shifts"] if each["intervention"] == "coin"]}))
    refused = project.shifts("export", "study", path, "--out", out)
    assert (refused.returncode, out.exists()) == (1, False)
    assert "controls only" in refused.stderr
    path.write_bytes(pretty(made))
    done = project.shifts("export", "study", path, "--out", out)
    assert done.returncode == 0, done.stderr
    assert {file.name: file.read_bytes() for file in out.iterdir()} == study(made)
