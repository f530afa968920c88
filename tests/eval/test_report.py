"""The report: complete, self-contained, safe against its data, honest about what is missing, equal for equal input."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report import write_report
from eval.report.audit_view import shade
from eval.report.calibration_view import SIDE, view_calibration
from eval.report.collect import collect
from eval.report.figures import Axis, figure
from eval.report.means_view import RADIUS, view_means
from eval.report.page import render
from eval.report.shifts_view import PRINTED, blocks, labels
from eval.report.table import terminal_table
from eval.verdicts import strongest
from generators.core.engine import Sizes, build
from generators.core.registry import find_distribution
from schemas import ShiftEntry, ShiftworksError
from schemas.files import jsonl, pretty, read_examples, read_json, sha256, write_whole
from tests.eval import audited
from tests.project import ROOT, Project

EVIL = "</div><script>alert('x')</script> & \"quotes\" <img src=http://evil.example/x.png>"
LONG = "".join(f"line {number} of a long program\n" for number in range(60))
SHIFTS = [
    ("plain_to_hard", "extreme", "difficulty", "plain", "hard", None),
    ("plain_to_nudged", "probing", "unwanted_personas", "plain", "nudged", "hard"),
]
NAMES = ("hard", "nudged", "plain", "spare")
FIGURES = ("generalization", "capability", "zero_shot", "elicitation", "differential_elicitation")
PARTS = ("brier", "reliability", "resolution", "uncertainty", "ece", "adaptive_ece", "rms")
PUBLISHED = ("generalization", "zero_shot", "capability", "elicitation", "differential_elicitation", "brier")
VOID = {"meta", "link", "br", "wbr", "img"}
Folders = tuple[Path, Path]


class Page(HTMLParser):
    """A parsed page: its text, tags, ids, and the text inside `details`; any unbalanced tag is an error."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = self.folded = ""
        self.feed(source.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An opening tag; an attribute given twice is an error."""
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A closing tag, which must close the last one opened."""
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        """Text."""
        if "style" not in self.open:
            self.text += data
        if "details" in self.open:
            self.folded += data

    def all(self, name: str) -> list[str]:
        """Every value of an attribute, in the order of the page."""
        return [value for _, attrs in self.tags if (value := attrs.get(name))]


def estimate(value: float) -> dict[str, float]:
    return {"value": value, "low": value - 0.031, "high": value + 0.029}


def example(name: str, number: int) -> dict[str, Any]:
    texts = [f"wrong answer {number} of {name}", LONG if number == 1 else f"right answer {number} of {name}"]
    record = orjson.loads('{"meta": {"group": "g"}, "proof": {"kind": "executed", "status": "proven", "detail": {}}}')
    record["prompt"] = EVIL if number == 0 else f"Question {number} of {name}?"
    record["responses"] = [{"text": text, "label": label} for label, text in enumerate(texts)]
    return {**record, "id": f"{name}/test/{number:05d}"}


def card(name: str) -> dict[str, Any]:
    split = {"examples": 1234, "groups": 321, "responses": 2468, "sha256": "0" * 64}
    record: dict[str, Any] = orjson.loads(
        '{"version": 7, "seed": 3, "origin": "generated", "profile": "embedded", "declared_cues": {}, "items": [],'
        '"proof": {"status": "proven", "kinds": {"executed": 850}},'
        '"candidates": {"seen": 4321, "passed_over": {"duplicate": 17}}}'
    )
    if name == "plain":
        record |= {"origin": "imported", "seed": None, "proof": {"status": "sourced", "kinds": {"source_key": 850}}}
    if name == "nudged":
        record["declared_cues"]["named_in_prompt"] = "it is the point of nudged"
    if name == "hard":
        bank = {"items": 10, "sha256": "1" * 64, "licence": "CC0-1.0", "source": "own <work>"}
        record["items"] = [{**bank, "bank": f"facts/bank_{i}"} for i in range(14)]
    construct = f"The construct of {name}.\n\nMore about it <b>here</b>."
    return {**record, "distribution": name, "construct": construct, "splits": {"train": split, "test": split}}


def beside(intervention: str, base: float) -> dict[str, Any]:
    """What a row holds beside accuracies and elicitations."""
    control = intervention in ("coin", "oracle")
    parts = {name: estimate(round(0.2 + base / 10 + i / 100, 3)) for i, name in enumerate(PARTS)}
    points = [
        {"confidence": 0.55, "accuracy": 0.5, "share": 0.75},
        {"confidence": 0.97, "accuracy": 0.9, "share": 0.25},
    ]
    return {
        "source_accuracy": estimate(base + 0.003),
        "chance_adjusted_elicitation": None,
        "item_elicitation": estimate(base + 0.005),
        "likelihood_agreement": None,
        "calibration": None if control else {**parts, "curve": points},
        "missing": {
            "chance_adjusted_elicitation": "the capability's <interval>",
            "likelihood_agreement": "no likelihoods",
            **({"calibration": "a control"} if control else {}),
        },
        "spread": None,
        "published": {**dict.fromkeys(PUBLISHED, 0.5), "rms_calibration_error": None},
    }


def result() -> dict[str, Any]:
    rows = []
    for number, (name, label, category, source, target, _) in enumerate(SHIFTS):
        for place, intervention in enumerate(("zero_shot", "lora", "coin", "oracle")):
            base = 0.1 + number / 10 + place / 50
            figures = {key: estimate(base + i * 0.107 - 0.7 * (i == 4)) for i, key in enumerate(FIGURES)}
            figures["zero_shot"] = estimate(0.417 + number / 10)
            row = {"shift": name, "label": label, "category": category, "source": source, "target": target, **figures}
            row |= {"intervention": intervention, **beside(intervention, base)}
            rows.append({**row, "capability_by": "lora", "pairs": 750 + number, "prompts": 250 + number})
    record = orjson.loads(
        '{"model": {"name": "tiny <model>", "sha256": null}, "data": "processed", "seed": 11, "environment": {"torch":'
        '"9.9.9"}, "settings": {"lora": {"rank": 8}, "modules": ["query", "key"]}}'
    )
    record["distributions"] = [
        {"distribution": name, "intervention": "lora", "accuracy": estimate(0.611 + i / 100)}
        for i, name in enumerate(NAMES)
    ]
    means = [
        {
            "over": over,
            "name": row[over],
            "intervention": row["intervention"],
            "shifts": 1,
            **{name: row[name] for name in ("generalization", "elicitation", "differential_elicitation")},
        }
        for over in ("label", "category")
        for row in rows
    ]
    return {**record, "shifts": rows, "means": means, "comparisons": []}


def audit() -> dict[str, Any]:
    clean = [audited.cue("longest", 0.487), audited.cue("named_in_prompt", 0.512)]
    declared = [audited.cue("longest", 0.493), audited.cue("named_in_prompt", 0.041, declared=True)]
    defects = [audited.defect("empty_response", 5, grave=True), audited.defect("odd_sign", 1)]
    found = {
        "hard": audited.part("hard", *clean),
        "nudged": audited.part("nudged", *declared, verdict="declared"),
        "plain": audited.part("plain"),
        "spare": audited.part(
            "spare",
            audited.cue("longest", 0.871),
            verdict="leak",
            defects=defects,
            overlap=audited.overlap(5, 7),
        ),
    }
    row = audited.row("named_in_prompt", 0.5, 0.041, 0.5, "target_only", "controls")
    shifts = [
        audited.shift(SHIFTS[0][0], ("plain", "hard", None), sentence="Nothing <b>."),
        audited.shift(SHIFTS[1][0], ("plain", "nudged", "hard"), row, verdict="controlled", overlap=audited.overlap(6)),
    ]
    return audited.audit([found[name] for name in NAMES], shifts)


def manifest(*names: str) -> bytes:
    shifts = [ShiftEntry(*shift, version=2).to_json() for shift in SHIFTS]
    return pretty({"shifts": shifts, "distributions": names})


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A data folder of two shifts and a spare distribution, and a folder with results and audit."""
    data, out = tmp_path / "data", tmp_path / "out"
    write_whole(data / "shifts.json", manifest(*NAMES))
    for name in NAMES:
        write_whole(data / name / "card.json", pretty(card(name)))
        write_whole(data / name / "test.jsonl", jsonl([example(name, number) for number in range(5)]))
    write_whole(out / "results.json", pretty(result()))
    write_whole(out / "audit.json", pretty(audit()))
    return data, out


def page(folders: Folders) -> Page:
    return Page(write_report(*folders).read_bytes())


def unsaid(text: str, *wanted: str) -> list[str]:
    """What a text ought to say and does not."""
    return [words for words in wanted if words not in text]


def test_the_page_holds_every_shift_figure_and_example(folders: Folders) -> None:
    seen = page(folders)
    assert {f"shift-{shift[0]}" for shift in SHIFTS} | {f"part-{name}" for name in NAMES} <= set(seen.all("id"))
    rows = result()
    found = [row[key] for row in rows["shifts"] for key in FIGURES] + [row["accuracy"] for row in rows["distributions"]]
    assert not unsaid(seen.text, *(f"{figure(e['value'])} [{figure(e['low'])}, {figure(e['high'])}]" for e in found))
    cues = [cue for record in audit()["distributions"] if (cue := strongest(record))]
    assert len(cues) == 3
    assert not unsaid(seen.text, *(f"{c['accuracy']:.3f} [{c['low']:.3f}, {c['high']:.3f}]" for c in cues))
    for shown in [example(name, number) for name in NAMES for number in range(2)]:
        assert not unsaid(seen.text, shown["id"], shown["prompt"], *(answer["text"] for answer in shown["responses"]))
    assert not [name for name in NAMES if example(name, 2)["id"] in seen.text]
    assert not unsaid(seen.text, "1,234 examples", "4,321 looked at; passed over: duplicate (17)", "751 pairs")
    assert not unsaid(seen.text, "14 banks, 140 items", "CC0-1.0", "named in prompt: it is the point of nudged")
    assert not unsaid(seen.text, "from the source's key, not proven: source key 850")
    assert not unsaid(
        seen.text.replace("\n", ""), "settings.lora.rank8", "settings.modulesquery, key", "environment.torch9.9.9"
    )


def test_real_interventions_and_controls_stand_apart(folders: Folders) -> None:
    headline, controls = page(folders).text.split("\nControls\n")[:2]
    headline = headline.split("Every shift and intervention")[1]
    assert unsaid(headline, "zero_shot", "lora", "coin", "oracle") == ["coin", "oracle"]
    assert "coin" in controls.split("Elicitation, shift by shift")[0]
    plotted = controls.split("Elicitation, shift by shift")[1].split("Within one distribution")[0]
    assert re.findall(r"Elicitation by (\w+)", plotted) == ["zero_shot", "lora"]


def test_what_stands_beside_elicitation_is_shown_or_its_absence_explained(folders: Folders) -> None:
    text = " ".join(page(folders).text.split())
    beside = text.split("Beside elicitation, with 95 % intervals")[1].split("Within one distribution")[0]
    real = [row for row in result()["shifts"] if row["intervention"] not in ("coin", "oracle")]
    found = [row[name] for row in real for name in ("source_accuracy", "item_elicitation")]
    found += [row["calibration"][name] for row in real for name in PARTS]
    assert not unsaid(beside, *(f"{figure(e['value'])} [{figure(e['low'])}, {figure(e['high'])}]" for e in found))
    assert not unsaid(beside, "A dash at chance adjusted elicitation: the capability's <interval>.")
    assert not unsaid(beside, "A dash at likelihood agreement: no likelihoods.")
    # A control's reasons are no reader's concern.
    assert unsaid(beside, "a control") == ["a control"]


def test_several_seeds_are_said_and_shown(folders: Folders) -> None:
    assert unsaid(page(folders).text, "what another seed of tuning would change", "tuned with 3 seeds") == [
        "tuned with 3 seeds"
    ]
    several = result()
    several["settings"]["seeds"] = 3
    several["shifts"][1]["spread"] = {"seeds": [0, 1, 2], "generalization": [0.3, 0.5, 0.7], "standard_deviation": 0.2}
    write_whole(folders[1] / "results.json", pretty(several))
    text = " ".join(page(folders).text.split())
    assert not unsaid(text, "tuned with 3 seeds", "0.300 0.500 0.700 ± 0.200")


def spread_out(*values: float) -> dict[str, Any]:
    """A result of one intervention with as many categories, each of one shift of this elicitation."""
    made = result()
    mean, row = made["means"][0], made["shifts"][0]
    names = [f"category_{i}" for i in range(len(values))]
    apart = [estimate(value) for value in values]
    made["means"] = [
        {**mean, "over": "category", "name": name, "elicitation": each} for name, each in zip(names, apart, strict=True)
    ]
    made["shifts"] = [{**row, "shift": name, "category": name, "capability": estimate(1.0)} for name in names]
    return made


def test_a_radar_s_corners_stand_as_far_out_as_the_elicitations() -> None:
    made = view_means(spread_out(1.0, 0.5, 0.25, 0.0), frozenset())
    assert made is not None
    (radar,) = made.radars
    corners = [tuple(map(float, corner.split(","))) for corner in radar.outline.split()]
    assert corners == [(0, -RADIUS), (RADIUS / 2, 0), (0, RADIUS / 4), (0, 0)]
    assert [(spoke.x, spoke.y, spoke.anchor) for spoke in made.spokes] == [
        (0, -RADIUS, "middle"), (RADIUS, 0, "start"), (0, RADIUS, "middle"), (-RADIUS, 0, "end"),
    ]  # fmt: skip
    assert radar.guessing.split()[1] == f"{RADIUS / 2:g},0"
    assert [ring for ring, _ in made.rings] == [0.5, 1.0]
    assert "category_1 0.500" in radar.spoken


def test_a_radar_needs_three_categories_and_keeps_to_its_rings() -> None:
    two, far = view_means(spread_out(1.0, 0.5), frozenset()), view_means(spread_out(9.0, -3.0, 1.0), frozenset())
    assert two is not None
    assert (two.radars, two.spokes, len(two.plots)) == ([], [], 1)
    assert far is not None
    corners = far.radars[0].outline.split()
    assert corners[:2] == [f"0,{-RADIUS:g}", "0,0"]
    assert far.rings[-1][0] == 2


def test_a_calibration_curve_weighs_every_shift_by_its_pairs() -> None:
    row = result()["shifts"][1]
    rows = []
    for pairs, accuracy in ((300, 0.5), (100, 0.9)):
        points = [{"confidence": 0.72, "accuracy": accuracy, "share": 0.999}]
        points.append({"confidence": 0.97, "accuracy": 0.0, "share": 0.001})
        rows.append({**row, "pairs": pairs, "calibration": {"curve": points}})
    (curve,) = view_calibration({"shifts": rows}).curves
    # Three parts of .5 and one of .9; the bin of a thousandth of the pairs is a spot but no point of the line.
    assert curve.line == f"{0.22 * 2 * SIDE:.1f},{0.4 * SIDE:g}"
    assert len(curve.spots) == 4
    assert curve.spots[0].scale > 3 * curve.spots[1].scale


def test_the_audit_stands_in_a_line_for_each_distribution_and_shift(folders: Folders) -> None:
    text = " ".join(page(folders).text.split())
    lines = (
        "hard clean longest ○ 0.487 [0.454, 0.520] 0 declared, 0 flagged of 2 none nothing",
        "nudged declared cue only named in prompt declared ▼ 0.041 [0.008, 0.074] 1 declared, 0 flagged of 2 none",
        "plain clean none tested – 0 declared, 0 flagged of 0 none nothing",
        "spare leak longest ⚑ flagged ▲ 0.871 [0.838, 0.904] 0 declared, 1 flagged of 1 2 1 grave",
        "1 grave ⚑ group 5, prompt 7",
        "plain_to_hard no cue in the target Nothing <b>. nothing",
        "plain_to_nudged cue gone in the reference What is to be said of plain_to_nudged. ⚑ group 6 of 250",
    )
    assert not unsaid(text, *lines)


def test_the_audit_s_pages_are_linked_where_they_stand(folders: Folders) -> None:
    linked = [target for target in page(folders).all("href") if target.startswith("audit/")]
    assert linked == []
    for name in ("plain", "plain_to_nudged"):
        write_whole(folders[1] / "audit" / f"{name}.html", b"")
    linked = [target for target in page(folders).all("href") if target.startswith("audit/")]
    assert linked == ["audit/plain.html", "audit/plain_to_nudged.html"]


def test_a_plot_says_in_words_what_it_draws(folders: Folders) -> None:
    drawn = [attrs["aria-label"] for tag, attrs in page(folders).tags if tag == "svg" and attrs.get("role") == "img"]
    # Two interventions: two shifts, then two labels and two categories, and a calibration curve.
    assert len(drawn) == 2 * (2 + 4 + 1)
    says = "elicitation 0.441, 95 % interval 0.410 to 0.470; guessing would give 2.203"
    assert drawn[2] == f"plain_to_hard, extreme: {says}"
    assert str(drawn[8]).startswith("extreme, mean of 1: elicitation 0.441, 95 % interval 0.410 to 0.470; guessing")
    assert drawn[13] == (
        "Share of right pairs by confidence, lora, all shifts together: 0.500 at 0.550, 0.900 at 0.970"
    )


def test_the_page_is_well_formed_and_accessible(folders: Folders) -> None:
    seen = page(folders)
    assert len(set(seen.all("id"))) == len(seen.all("id"))
    targets = {str(attrs["href"])[1:] for tag, attrs in seen.tags if tag == "a" and str(attrs["href"]).startswith("#")}
    assert targets <= set(seen.all("id"))
    count = [tag for tag, _ in seen.tags].count
    assert count("table") == count("caption") > 4
    svgs = [attrs for tag, attrs in seen.tags if tag == "svg" and attrs.get("class") != "free"]
    assert all("aria-hidden" in attrs or attrs.get("aria-label") for attrs in svgs)
    scrolled = [attrs for _, attrs in seen.tags if attrs.get("role") == "region"]
    assert all(attrs.get("aria-label") and attrs["tabindex"] == "0" for attrs in scrolled)
    assert ("html", {"lang": "en"}) in seen.tags


def test_text_from_data_stays_text(folders: Folders) -> None:
    docstrings = {"plain_to_hard": f"Why?\n\nCue: {EVIL}"}
    source = render(dataclasses.replace(collect(*folders), docstrings=docstrings))
    seen = Page(source)
    assert not [tag for tag, _ in seen.tags if tag in ("script", "img", "iframe", "object")]
    assert b"<script" not in source
    assert seen.text.count(EVIL) == len(NAMES) + 1
    assert not unsaid(seen.text, "tiny <model>", "own <work>")


def test_nothing_is_loaded_from_elsewhere(folders: Folders) -> None:
    source = write_report(*folders).read_text()
    seen = Page(source.encode())
    assert seen.all("src") == []
    assert not [target for target in seen.all("href") if not re.match(r"#|data:,$|https://arxiv\.org/abs/", target)]
    style = source.split("<style>")[1].split("</style>")[0]
    assert not re.search(r"@import|url\(|@font-face|https?:", style)
    assert len(source) < 200_000


def test_what_a_family_can_draw_is_drawn_beside_its_print(tmp_path: Path) -> None:
    raven = find_distribution("raven_matrices")
    build([raven], tmp_path, seed=1, sizes=Sizes(0, 2), workers=1)
    drawn = [attrs for tag, attrs in Page(write_report(tmp_path, tmp_path).read_bytes()).tags if tag == "img"]
    pictures = [b64decode(str(attrs["src"]).removeprefix("data:image/svg+xml;base64,")).decode() for attrs in drawn]
    examples = read_examples(tmp_path / "raven_matrices" / "test.jsonl")
    assert pictures == [raven.picture(example) for example in examples]
    assert all(attrs.get("alt") for attrs in drawn)
    # Another version's print may mean something else.
    card = read_json(tmp_path / "raven_matrices" / "card.json", "card")
    write_whole(tmp_path / "raven_matrices" / "card.json", pretty({**card, "version": 99}))
    assert "img" not in [tag for tag, _ in Page(write_report(tmp_path, tmp_path).read_bytes()).tags]


def test_long_texts_are_folded_but_not_lost_in_print(folders: Folders) -> None:
    seen = page(folders)
    assert [tag for tag, _ in seen.tags].count("details") == len(NAMES) + 1
    # What is folded stands beside its `details`, which only a screen's style collapses.
    assert (LONG in seen.text, "line 3 of a long program" in seen.folded) == (True, False)
    folding = re.findall(r"@media screen \{(.*?)\n\}", write_report(*folders).read_text(), re.DOTALL)
    assert any("max-height" in rule for rule in folding)


def test_cuts_and_control_characters_are_shown(folders: Folders) -> None:
    record = {**example("hard", 0), "prompt": "a\x00b\rc\x1b[31m".ljust(PRINTED + 1234, "x")}
    write_whole(folders[0] / "hard/test.jsonl", jsonl([record]))
    more = "xxx … and 1,234 more characters in the data file"
    assert not unsaid(page(folders).text, "a␀b␍c␛[31m", more, "1 test example to read")


NO_FIGURES = ("No figures yet.", "there are no results", "Not measured yet")


@pytest.mark.parametrize(
    ("absent", "says"), [("results.json", NO_FIGURES), ("audit.json", ("No audit yet.",))], ids=["results", "audit"]
)
def test_missing_parts_are_said(folders: Folders, absent: str, says: tuple[str, ...]) -> None:
    assert unsaid(page(folders).text, *says) == list(says)
    (folders[1] / absent).unlink()
    assert not unsaid(page(folders).text, *says)
    shutil.rmtree(folders[1])
    assert not unsaid(page(folders).text, "No audit yet.", *NO_FIGURES)


def test_shifts_that_only_one_side_knows_are_said(folders: Folders) -> None:
    changed = result()
    changed["shifts"] = [{**changed["shifts"][0], "shift": "gone <b>"}]
    changed["means"] = []
    write_whole(folders[1] / "results.json", pretty(changed))
    assert not unsaid(page(folders).text, "not evaluated", "gone <b>", "no longer in the data folder")


def test_an_empty_data_folder_has_a_page(folders: Folders) -> None:
    data, out = folders
    write_whole(data / "shifts.json", pretty({"shifts": [], "distributions": []}))
    write_whole(out / "results.json", pretty({**result(), "shifts": [], "means": [], "distributions": []}))
    write_whole(out / "audit.json", pretty(audited.audit([], [])))
    says = ("The data folder holds no whole shift.", "The audit holds no shift.", "no intervention other than controls")
    assert not unsaid(page(folders).text, *says)


def test_equal_input_gives_equal_bytes(folders: Folders, tmp_path: Path) -> None:
    data, out = folders
    first = (write_report(data, out).read_bytes(), (out / "report.receipt.json").read_bytes())
    shutil.copytree(data, tmp_path / "elsewhere")
    shutil.copytree(out, tmp_path / "beside")
    second = write_report(tmp_path / "elsewhere", tmp_path / "beside").read_bytes()
    assert first == (second, (tmp_path / "beside/report.receipt.json").read_bytes())
    cards = {name: sha256((data / name / "card.json").read_bytes()) for name in NAMES}
    assert orjson.loads(first[1]) == {"distributions": cards, "shifts": [shift[0] for shift in SHIFTS]}


def test_the_receipt_comes_last(folders: Folders) -> None:
    (folders[1] / "report.html").mkdir()
    with pytest.raises(ShiftworksError, match=r"report\.html"):
        write_report(*folders)
    assert not (folders[1] / "report.receipt.json").exists()


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("data/shifts.json", None, r"shifts\.json: no such file; build the data"),
        ("data/hard/card.json", None, r"hard/card\.json: no such file; build the data"),
        ("data/hard/test.jsonl", None, r"hard/test\.jsonl: no such file; build the data"),
        ("data/hard/test.jsonl", b'{"id": 1}\n', r"hard/test\.jsonl:1: \$"),
        ("out/results.json", b'{"model": 1}', r"results\.json: \$"),
        ("data/shifts.json", manifest("hard", "plain"), "'plain_to_nudged' needs 'nudged'"),
        ("out/audit.json", b"{", r"audit\.json:1: expected JSON"),
    ],
)
def test_a_broken_input_is_one_line(folders: Folders, file: str, content: bytes | None, says: str) -> None:
    path = folders[0].parent / file
    path.unlink()
    if content is not None:
        write_whole(path, content)
    with pytest.raises(ShiftworksError, match=says) as refused:
        write_report(*folders)
    assert len(str(refused.value).splitlines()) == 1


def test_the_terminal_table_has_a_row_for_each_shift_and_intervention(folders: Folders) -> None:
    lines = terminal_table(folders[1]).splitlines()
    assert lines[0].split() == ["shift", "intervention", "generalization", "capability", "elicitation", "DE"]
    assert [line.split()[:2] for line in lines[1:]] == [[r["shift"], r["intervention"]] for r in result()["shifts"]]
    assert not unsaid(lines[1], " 0.100 [0.069, 0.129] ", " -0.172 [")
    assert len({tuple(place.start() for place in re.finditer(r"\[", line)) for line in lines[1:]}) == 1


def test_the_terminal_table_imports_nothing_heavy(folders: Folders) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom eval.report.table import terminal_table\n"
        f"terminal_table(Path({str(folders[1])!r}))\nprint(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"torch", "transformers", "numpy", "scipy", "sklearn", "matplotlib", "jinja2", "generators"}
    assert not heavy & set(done.stdout.split())


def test_a_built_folder_is_reported_through_the_front_door(project: Project) -> None:
    shutil.copytree(ROOT / "eval", project.root / "eval", ignore=shutil.ignore_patterns("__pycache__", "results"))
    docstring = '"""Does it carry?\n\nHypothesis: it does,\nmostly.\n"""\n'
    path = "generators/shifts/extreme/skill/toy_sums_to_toy_bank.py"
    project.write(path, docstring + (project.root / path).read_text().split("\n", 1)[1])
    project.build()
    assert project.shifts("report").stderr == ""
    text = Page((project.root / "eval/results/report.html").read_bytes()).text
    assert not unsaid(text, "Does it carry?", "it does, mostly.", "proven: recomputed 60", "40 examples")
    refused = project.shifts("report", "--table")
    assert (refused.returncode, "no results yet" in refused.stderr) == (1, True)


@given(st.lists(st.floats(-50, 50), max_size=20))
def test_an_axis_holds_its_values_in_order(values: list[float]) -> None:
    axis = Axis.over(values)
    assert axis.low <= min([1.0, *values]) <= max([1.0, *values]) <= axis.high
    places = [axis.place(value) for value in sorted(values)]
    assert places == sorted(place for place in places if 0 <= place <= 100)
    assert 2 <= len(axis.ticks) <= 8
    assert (axis.place(axis.low), axis.place(axis.high)) == (0.0, 100.0)


def test_figures_read_well() -> None:
    assert [figure(value) for value in (0.8734, -0.1, -0.0004, 0.9996)] == ["0.873", "−0.100", "0.000", "1.000"]


def test_shade_is_the_distance_from_chance_both_ways() -> None:
    assert [shade({"accuracy": accuracy}) for accuracy in (0.5, 0.519, 0.53, 0.39, 0.0)] == [0, 0, 1, 3, 5]


def test_the_strongest_cue_is_one_that_a_model_could_use() -> None:
    cues = [
        audited.cue("first", 1.0, kind="order"),
        audited.cue("response_words", 0.02, kind="probe"),
        audited.cue("named_in_prompt", 0.9, declared=True),
        audited.cue("longest", 0.3),
        audited.cue("negation", 0.54),
    ]
    wanted = ["longest", "named_in_prompt", "negation", "first", "response_words"]
    while cues:
        strong = strongest(audited.part("any", *cues))
        assert strong is not None
        assert strong["cue"] == wanted.pop(0)
        cues = [cue for cue in cues if cue["cue"] != strong["cue"]]
    assert strongest(audited.part("any")) is None


def test_a_docstring_falls_into_paragraphs_and_fields() -> None:
    found = blocks("What?\n\nTwo lines\nof text.\n\nHeld fixed: this\nand that: both.\nCue: none.")
    fields = [("", "What?"), ("", "Two lines of text."), ("Held fixed", "this and that: both."), ("Cue", "none.")]
    assert [(block.term, block.text) for block in found] == fields
    assert blocks("") == []


def test_labels_are_never_called_proven_where_some_are_not() -> None:
    kinds = {"rule": 3, "source_key": 1200}
    assert labels({"status": "proven", "kinds": {"executed": 5}}) == "proven: executed 5"
    assert labels({"status": "mixed", "kinds": kinds}).startswith("some proven, some from the source's key and not")
    assert labels({"status": "sourced", "kinds": kinds}).endswith("not proven: rule 3, source key 1,200")
