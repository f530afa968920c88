"""The audit's pages: what matters is said, cues are marked, hostile texts stay texts, phones and readers are served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from eval.audit import audit as measured
from eval.dataset import Dataset, load
from eval.report.audit_page import remove_stale_pages, write_audit_pages
from eval.report.marks import RESPONSE
from generators.core import Stream
from schemas import ShiftworksError
from tests.eval.audited import audit, cue, defect, estimate, overlap, part, row, shift, token
from tests.eval.planted import manifest, write
from tests.eval.test_report import EVIL, Page, unsaid

NAMES = ("calm", "plain", "wordy")
LONG = "a very long answer indeed, " * 200


def question(rng: Stream, number: int) -> tuple[str, list[str], int]:
    """A question whose right answer is longer; the first is hostile and the second very long."""
    prompt = f"{number}: {EVIL}" if number == 0 else f"{number}: is it amber?"
    right = {0: f"{EVIL} 12", 1: f"{LONG}12"}.get(number, "It is amber 7 times, sorry.")
    return prompt, [right, f"No {rng.between(1, 9)}"], 0


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Three distributions."""
    for name in NAMES:
        write(tmp_path / "data", name, question, sizes=(4, 4))
    return load(tmp_path / "data")


def example(name: str, number: int) -> tuple[str, str, str]:
    return (f"{name}/test/{number:05d}", "right in short", "No")


def whole() -> dict[str, Any]:
    """An audit of a shift with everything in it."""
    shown = [example("wordy", number) for number in range(3)]
    wordy = part(
        "wordy",
        cue("longest", 0.981, declared=True, examples=shown),
        cue("most_digits", 0.871, examples=shown),
        cue("first_word", 0.03, kind="token", examples=shown),
        cue("response_words", 0.93, kind="probe", examples=shown),
        cue("negation", 0.489),
        verdict="cue",
        tokens=[token("first_word", "no", 1, 240), token("word", "<b>", 33, 4), token("constant", "x" * 100, 9, 1)],
        defects=[defect("empty_response", 40, grave=True, examples=["wordy/test/00000", "wordy/test/99999"])],
        overlap=overlap(0, 7, examples=[("wordy/test/00001", "wordy/train/00002")]),
    )
    matrix = [
        row("negation", 0.5, 0.489, 0.51, "none", "none"),
        row("most_digits", 0.2, 0.871, 0.88, "conflict", "contaminated"),
        row("longest", 0.7, 0.981, 0.502, "carries", "controls"),
    ]
    measures = [
        {"measure": "candidates", "target": 2.0, "reference": 2.0, "alike": True},
        {"measure": "answer_type", "target": "word", "reference": "<number>", "alike": False},
    ]
    nudge = shift(
        "plain_to_wordy",
        ("plain", "wordy", "calm"),
        *matrix,
        transfer=[
            {"probe": "words", "target": estimate(0.912), "reference": estimate(0.497), "target_to_reference": None}
        ],
        skill={"measures": measures, "keeps": False, "sentence": "They ask for different answers."},
        overlap=overlap(6, 4, examples=[("wordy/test/00003", "plain/train/00003")]),
        target_overlap=overlap(0, 5, examples=[("wordy/test/00002", "calm/train/00001")]),
        verdict="contaminated",
        sentence="The reference still holds the digits of the target.",
    )
    alone = shift("plain_to_calm", ("plain", "calm", None), verdict="clean", sentence="Nothing to see <here>.")
    lonely = part(
        "calm",
        verdict="clean",
        groups=1,
        power={"finds": None, "groups_for_65": 260},
        control={"cue": "none", "accuracy": 0.5, "tested": 0, "off": 0},
    )
    clean = part("plain", cue("longest", 0.497), cue("most_digits", 0.36, declared=True), verdict="declared")
    return audit([lonely, clean, wordy], [nudge, alone])


def pages(dataset: Dataset, out: Path, record: dict[str, Any] | None = None) -> dict[str, Page]:
    return {path.stem: Page(path.read_bytes()) for path in write_audit_pages(record or whole(), dataset, out)}


def words(page: Page) -> str:
    return " ".join(page.text.split())


def test_there_is_a_page_for_each_and_every_link_leads_somewhere(dataset: Dataset, tmp_path: Path) -> None:
    made = pages(dataset, tmp_path)
    assert set(made) == {"index", *NAMES, "plain_to_wordy", "plain_to_calm"}
    assert {path.name for path in (tmp_path / "audit").iterdir()} == {f"{name}.html" for name in made}
    for page in made.values():
        ids = page.all("id")
        assert len(set(ids)) == len(ids)
        for target in page.all("href"):
            assert target == "data:," or target.removeprefix("#") in ids or target.removesuffix(".html") in made
    assert {f"{name}.html" for name in made if name != "index"} <= set(made["index"].all("href"))


def test_a_shift_says_its_verdict_matrix_transfer_and_skill(dataset: Dataset, tmp_path: Path) -> None:
    page = pages(dataset, tmp_path)["plain_to_wordy"]
    text = words(page)
    assert not unsaid(text, "reference contaminated The reference still holds the digits of the target.")
    # By the target's distance from chance: longest .481, digits .371; negation is off chance nowhere and folded.
    heads = [text.index(f"rule: the {name} response is right") for name in ("longest", "most_digits", "negation")]
    assert heads == sorted(heads)
    assert not unsaid(text, "▼ 0.200 [0.167, 0.233] ▲ 0.871 [0.838, 0.904] ▲ 0.880 [0.847, 0.913] reversed still in")
    assert not unsaid(text, "○ 0.502 [0.469, 0.535] carries over gone in the reference")
    assert "1 cue off chance nowhere" in page.folded
    assert "the negation response is right" in page.folded
    assert not unsaid(text, "not kept They ask for different answers.", "answer type word <number> ✗ differs")
    spoken = [
        attrs["aria-label"]
        for tag, attrs in page.tags
        if tag == "svg" and attrs.get("class") == "track" and "role" in attrs
    ]
    assert spoken[:2] == [
        "words, source to target: 0.912, 95 % interval 0.879 to 0.945; off chance",
        "words, source to reference: 0.497, 95 % interval 0.464 to 0.530; not told from chance",
    ]
    assert not unsaid(text, "Target’s test with the source’s train 6 ⚑ leak 4 4 0 0 0 250 wordy/test/00003")
    assert not unsaid(text, "Target’s test with the reference’s train 0 5 5 0 0 0 250 wordy/test/00002")
    # Named examples are there to read, the reference's too.
    assert not unsaid(text, "calm/train/00001 train 1: is it amber?")


def test_cells_are_shaded_by_side_and_distance_and_say_so_in_signs(dataset: Dataset, tmp_path: Path) -> None:
    page = pages(dataset, tmp_path)["plain_to_wordy"]
    classes = [attrs.get("class") for tag, attrs in page.tags if tag == "td" and "class" in attrs]
    assert classes[:6] == ["above-4 off", "above-5 off", "above-0", "below-4 off", "above-5 off", "above-5 off"]
    signs = [attrs["aria-label"] for _, attrs in page.tags if attrs.get("class") == "turn"]
    assert signs[2:4] == ["not told from chance", "off chance, below"]


def test_a_distribution_says_its_power_control_cues_tokens_and_defects(dataset: Dataset, tmp_path: Path) -> None:
    made = pages(dataset, tmp_path)
    text = words(made["wordy"])
    assert not unsaid(text, "undeclared cue What is to be said of wordy.", "from an accuracy of 0.580 on")
    assert not unsaid(text, "0 of 31 cues off chance, the strongest longest at 0.512. It came out at chance")
    assert not unsaid(text, "▲ 0.981 [0.948, 1.000] 0.050 0.001 0.900 0.981 yes declared")
    assert not unsaid(text, "no first word 240 1 ▼ 0.004", "<b> word 4 33", f"{'x' * 60} … (40 more characters)")
    assert not unsaid(text, "empty response ⚑ grave", "40 of 250 examples 0.160 [0.133, 0.200]", "wordy/test/99999")
    assert not unsaid(text, "Test with train 0 7 7 0 0 0 250 wordy/test/00001")
    text = words(made["calm"])
    assert not unsaid(text, "With 1 group no cue could be found", "nothing was tested", "No cue was tested.")


def test_an_empty_matrix_and_a_missing_reference_are_said(dataset: Dataset, tmp_path: Path) -> None:
    text = words(pages(dataset, tmp_path)["plain_to_calm"])
    assert not unsaid(text, "Nothing to see <here>.", "Target reference: none", "The audit holds no cue of this shift.")
    assert not unsaid(text, "No probe was tested", "The shift has no reference to compare.", "No token stands in")
    assert "Reference’s test" not in text
    assert "the reference’s train" not in text
    one = row("longest", 0.5, 0.7, None, "target_only", "uncontrolled")
    record = audit([], [shift("a_to_b", ("a", "b", None), one)])
    text = words(pages(dataset, tmp_path / "more", record)["a_to_b"])
    assert not unsaid(text, "▲ 0.700 [0.667, 0.733] no reference target only no reference", "holds no record of it")


def test_examples_stand_side_by_side_with_the_cue_marked(dataset: Dataset, tmp_path: Path) -> None:
    page = pages(dataset, tmp_path)["plain_to_wordy"]
    source = (tmp_path / "audit" / "plain_to_wordy.html").read_text()
    shown = source.split('id="examples"')[1]
    # The number of a cue that reads the whole text; marks for those that read a place.
    assert not unsaid(words(page), "✓ right 27 characters", "✗ wrong 4 characters")
    assert "It is amber <mark>7</mark> times, sorry." in shown
    assert re.search(r"<mark>No</mark> \d", shown)
    # The texts are the data's, not the record's short ones.
    assert "right in short" not in shown
    assert not unsaid(words(page), f"({len(LONG) + 2 - RESPONSE:,} more characters)")


def test_the_record_s_own_texts_stand_in_where_the_data_lack_an_example(dataset: Dataset, tmp_path: Path) -> None:
    lost = cue("most_digits", 0.9, examples=[("wordy/test/77777", "up to 11", "none"), ("odd", "3", "4")])
    text = words(pages(dataset, tmp_path, audit([part("wordy", lost)], []))["wordy"])
    assert not unsaid(text, "The data folder lacks this example", "✓ right digits: 2 up to 11", "✗ wrong digits: 1 4")


def test_a_cue_that_tells_the_wrong_response_marks_that_one(tmp_path: Path) -> None:
    def named(_: Stream, number: int) -> tuple[str, list[str], int]:
        return f"{number}: amber or birch?", ["larch", "birch"], 0

    dataset = load(write(tmp_path / "data", "tree", named, sizes=(2, 2)))
    shown = [("tree/test/00000", "larch", "birch")]
    told = [cue("named_in_prompt", 0.01, examples=shown), cue("constant", 0.02, kind="token", examples=shown)]
    write_audit_pages(audit([part("tree", *told)], []), dataset, tmp_path)
    source = (tmp_path / "audit" / "tree.html").read_text()
    assert "amber or <mark>birch</mark>?" in source
    # In the response by either cue.
    assert source.count('"auto"><mark>birch</mark></div>') == 2
    assert "<mark>larch" not in source


def test_a_measured_audit_makes_pages(tmp_path: Path) -> None:
    for name in ("calm", "wordy"):
        write(tmp_path / "data", name, question, sizes=(30, 20))
    manifest(tmp_path / "data", ("calm", "wordy"))
    made = pages(load(tmp_path / "data"), tmp_path, measured(tmp_path / "data"))
    assert set(made) == {"index", "calm", "wordy", "calm_to_wordy"}
    assert all(serves_readers_and_phones(page) for page in made.values())
    assert not unsaid(words(made["calm_to_wordy"]), "longest", f"✓ right {len(LONG) + 2:,} characters")


def test_hostile_texts_stay_texts_and_nothing_is_loaded(dataset: Dataset, tmp_path: Path) -> None:
    evil = cue("longest", 0.9, declared=True, examples=[(EVIL, EVIL, EVIL)])
    texts = {"tokens": [token("constant", EVIL[:40], 9, 1)], "sentence": EVIL}
    broken = {**defect("odd", 3, examples=[EVIL]), "what": EVIL, "unit": EVIL}
    record = whole()
    record["distributions"][2] |= {**texts, "defects": [broken]}
    record["distributions"][2]["cues"].append({**evil, "says": EVIL})
    record["shifts"][0]["sentence"] = EVIL
    record["data"] = EVIL
    for name, page in pages(dataset, tmp_path, record).items():
        source = (tmp_path / "audit" / f"{name}.html").read_text()
        assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object"}
        assert "<script" not in source
        assert page.all("src") == []
        assert not re.search(r"@import|url\(|@font-face|https?:", source.split("<style>")[1].split("</style>")[0])
        assert name not in ("wordy", "plain_to_wordy", "index") or EVIL in page.text


def serves_readers_and_phones(page: Page) -> bool:
    assert ("html", {"lang": "en"}) in page.tags
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags
    count = [tag for tag, _ in page.tags].count
    assert count("table") == count("caption") == count("thead")
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    assert count("h1") == count("main") == 1
    # What may be wider than a phone scrolls by itself, reachable by keyboard; nothing else has a width of its own.
    scrolled = [attrs for _, attrs in page.tags if attrs.get("role") == "region"]
    assert len(scrolled) == count("table")
    assert all(attrs.get("aria-label") and attrs["tabindex"] == "0" for attrs in scrolled)
    assert page.all("style") == []
    assert all(value.endswith("%") for value in page.all("width"))
    svgs = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("class") != "free"]
    assert all("aria-hidden" in attrs or attrs.get("aria-label") for attrs in svgs)
    return True


def test_tables_have_headers_and_pages_fit_a_phone(dataset: Dataset, tmp_path: Path) -> None:
    assert all(serves_readers_and_phones(page) for page in pages(dataset, tmp_path).values())


def test_pages_of_what_is_gone_are_removed_and_nothing_else(dataset: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    written = {path.name for path in write_audit_pages(whole(), dataset, tmp_path)}
    # Pages of a user, one of them ours under another name, and notes.
    (folder / "mine.html").write_text("<title>Audit of mine</title>")
    (folder / "kept.html").write_bytes((folder / "wordy.html").read_bytes())
    (folder / "notes.txt").write_text("wordy")
    assert remove_stale_pages(whole(), tmp_path) == []
    less = whole()
    less["distributions"], less["shifts"] = less["distributions"][:2], less["shifts"][1:]
    gone = {"wordy.html", "plain_to_wordy.html"}
    assert {path.name for path in remove_stale_pages(less, tmp_path)} == gone
    left = written - gone | {"mine.html", "kept.html", "notes.txt"}
    assert {path.name for path in folder.iterdir()} == left
    assert remove_stale_pages(less, tmp_path / "nowhere") == []


@pytest.mark.parametrize("name", ["../up", "a/b", "Upper", "", "a\n", "a.b"])
def test_a_name_that_is_no_file_name_is_refused(dataset: Dataset, tmp_path: Path, name: str) -> None:
    with pytest.raises(ShiftworksError, match="no page can be named"):
        write_audit_pages(audit([part(name)], []), dataset, tmp_path)
    assert not (tmp_path / "audit").exists()


@pytest.mark.parametrize("names", [("index",), ("same", "same")])
def test_two_pages_of_one_name_are_refused(dataset: Dataset, tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(ShiftworksError, match="two pages of the audit would be named"):
        write_audit_pages(audit([part(name) for name in names], []), dataset, tmp_path)


def test_equal_input_gives_equal_bytes_and_an_empty_audit_has_a_page(dataset: Dataset, tmp_path: Path) -> None:
    first, second = (write_audit_pages(whole(), dataset, tmp_path / place) for place in ("here", "there"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    text = words(pages(dataset, tmp_path / "empty", audit([], []))["index"])
    assert not unsaid(text, "The audit holds no shift.", "The audit holds no distribution.")
