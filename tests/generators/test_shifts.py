"""What every shift must hold to, whichever file it stands in, and that all which GENIES published are here."""

from __future__ import annotations

import pytest

from generators.core import load_bank
from generators.core.registry import distributions, shifts

PUBLISHED = {(each["source"], each["target"]): each for each in load_bank("genies/shifts").items}
NAMES = list(shifts())


def test_no_source_and_target_stand_in_two_shifts() -> None:
    pairs = [(found.entry.source, found.entry.target) for found in shifts().values()]
    assert len(set(pairs)) == len(pairs)


def test_all_published_shifts_are_here_under_their_names_labels_and_categories() -> None:
    here = {(found.entry.source, found.entry.target): found.entry for found in shifts().values()}
    assert len(PUBLISHED) == 56
    assert sum(published["benchmark"] for published in PUBLISHED.values()) == 15
    assert len(here) >= 69
    for pair in PUBLISHED:
        published, entry = PUBLISHED[pair], here[pair]
        assert entry.name == "_to_".join(pair)
        assert (entry.label, entry.category) == (published["label"], published["category"])


@pytest.mark.parametrize("name", NAMES)
def test_a_probing_shift_has_a_reference_without_the_cue(name: str) -> None:
    entry = shifts()[name].entry
    if entry.label == "probing":
        assert entry.target_reference is not None
        assert not distributions()[entry.target_reference].header.cues


@pytest.mark.parametrize("name", NAMES)
def test_a_docstring_says_what_is_asked_and_what_is_held_fixed(name: str) -> None:
    docstring = shifts()[name].docstring
    assert docstring.splitlines()[0].endswith(("?", "."))
    for part in ("Hypothesis:", "Held fixed:", "Cue:", "Nuisance:"):
        assert part in docstring


def test_what_only_probing_targets_and_their_sources_declare() -> None:
    """Cues stand where a shift is about them; the bugs of programs are the one exception, and their cards say why."""
    probing = [found.entry for found in shifts().values() if found.entry.label == "probing"]
    about = {part for entry in probing for part in (entry.source, entry.target)}
    declaring = {name for name, found in distributions().items() if found.header.cues}
    assert declaring - about == {"code_low_quality", "counterfactual_python"}
