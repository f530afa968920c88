"""The gallery shows what the registry holds, examples as the makers give them, and nothing else."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.export import GALLERY
from cli.gallery import (
    INDEX,
    construct_text,
    cues_text,
    example_block,
    home_shifts,
    kinds,
    page_of,
    shift_row,
    shift_text,
)
from generators.core.candidates import chunk, example_json
from generators.core.registry import distributions, shifts
from schemas import Example, Proof, Response
from tests.project import Project

STALE = "`shifts build`, then `shifts export gallery`, write it anew; commit docs/gallery"
#: Those that need no programs run first, which takes half a minute. Of the others the version must do: the committed
#: digests hold their examples to it.
QUICK = [name for name, found in distributions().items() if not any("code" in bank for bank in found.header.banks)]
SIZE = 300_000


@cache
def page(name: str) -> str:
    """A committed page."""
    return (GALLERY / name).read_text(encoding="utf-8")


@cache
def home(name: str) -> str:
    """The page on which a distribution stands."""
    return page(page_of(shifts()[home_shifts()[name]]))


def first_test(name: str) -> Example:
    """The example that a build puts first into the test split."""
    start = 0
    while True:
        candidates = chunk(name, 0, "test", start, 5)
        assert candidates, f"{name} gives no test example"
        for each in candidates:
            if each.example:
                return Example.from_json(example_json(each.example, name, "test", 0))
        start += 5


def test_every_category_has_its_page_and_none_is_left_over() -> None:
    wanted = {INDEX, *(page_of(members[0]) for members in kinds().values())}
    assert {path.name for path in GALLERY.iterdir()} == wanted, STALE
    assert all(path.stat().st_size < SIZE for path in GALLERY.iterdir())


def test_pages_show_all_shifts_and_distributions_and_no_others() -> None:
    for (label, category), members in kinds().items():
        own = page(page_of(members[0]))
        assert re.findall(r"^## (\w+)$", own, re.MULTILINE) == [found.entry.name for found in members], STALE
        shown = [name for found in members for name, at in home_shifts().items() if at == found.entry.name]
        assert sorted(re.findall(r"^### (\w+)$", own, re.MULTILINE)) == sorted(shown), STALE
        assert own.startswith(f"# {category.replace('_', ' ').capitalize()} ({label})\n")


@pytest.mark.parametrize("name", list(shifts()))
def test_a_shift_says_there_what_its_file_says(name: str) -> None:
    found = shifts()[name]
    assert shift_text(found) in page(page_of(found)), STALE
    assert f"{shift_row(found)}\n" in page(INDEX), STALE


@pytest.mark.parametrize("name", list(distributions()))
def test_a_distribution_says_there_what_its_file_says(name: str) -> None:
    found = distributions()[name]
    assert construct_text(found) in home(name), STALE
    assert all(text in home(name) for text in cues_text(found)), STALE
    assert re.search(rf"^\| \[{name}\]\(\S+\) \| {found.header.version} \|", page(INDEX), re.MULTILINE), STALE


@pytest.mark.parametrize("name", QUICK)
def test_the_example_is_the_one_that_the_maker_gives(name: str) -> None:
    assert example_block(first_test(name)) in home(name), STALE


@pytest.mark.parametrize("name", [INDEX, *(page_of(members[0]) for members in kinds().values())])
def test_every_link_leads_somewhere(name: str) -> None:
    for file, anchor in re.findall(r"\]\((\w+\.md)(?:#(\w+))?\)", page(name)):
        assert not anchor or re.search(rf"^###? {anchor}$", page(file), re.MULTILINE), f"{file}#{anchor}"


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=300)


@given(prompt=texts, right=texts, wrong=texts)
def test_no_text_ends_its_block_or_is_lost(prompt: str, right: str, wrong: str) -> None:
    responses = (Response(f"{right}\n```\n~~~", 1), Response(wrong, 0))
    example = Example("any/test/00000", f"{prompt}\n````", responses, {"group": "g"}, Proof("rule", "proven"))
    first, *inside, last, end = example_block(example).split("\n")
    assert (first, end) == (f"{last}text", "")
    assert not any(last in line for line in inside)
    said = f"-- any/test/00000 {prompt} ```` [+] {right} ``` ~~~ [ ] {wrong}"
    assert " ".join(inside).split() == said.split()


def test_a_toy_project_gets_its_gallery(project: Project) -> None:
    refused = project.shifts("export", "gallery")
    assert refused.returncode == 1
    assert "toy_bank" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    project.build()
    assert project.shifts("export", "gallery").returncode == 0
    folder = project.root / "docs/gallery"
    assert {path.name for path in folder.iterdir()} == {INDEX, "extreme_skill.md"}
    own = (folder / "extreme_skill.md").read_text()
    assert "40 train examples of 40 groups and 20 test examples of 20 groups; labels proven (rule 60)." in own
    assert own.count("\n[+] ") == 2
    assert "0 distributions have one for every example, 0 have fewer, and 2 have less" in (folder / INDEX).read_text()
    family = project.root / "generators/families/toy.py"
    family.write_text(family.read_text().replace('"toy_sums", version=1', '"toy_sums", version=2'))
    stale = project.shifts("export", "gallery").stderr
    assert "holds version 1 of toy_sums, its file says 2; `shifts build toy_sums` builds it" in stale
