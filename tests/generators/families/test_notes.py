"""Notes: the line that answers can be read back, stands where it should, and neither person nor thing alone tells."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.core import Disproof, Question, Stream
from generators.families.notes import ANSWERS, EARLY, OTHERS, Note, Notes, long_note, short_note

SHORT, LONG = short_note(), long_note()
INPUT = "\n\n### Input:\n"


def lines(prompt: str) -> list[str]:
    return prompt.partition(INPUT)[2].partition("\n\n###")[0].split("\n")


@given(st.sampled_from([SHORT, LONG]), st.integers(0, 9999))
@settings(deadline=None)
def test_the_note_tells_the_place_and_each_wrong_one_is_told_of_something_else(builder: Notes, seed: int) -> None:
    item = builder.draw(Stream(seed))
    note: Note = item.data
    draft = builder.write(note, Stream(seed, "write"))
    texts = Stream(seed, "order").shuffled([draft.right, *draft.wrong])
    assert texts[builder.prove(Question(draft.prompt, tuple(texts), draft.meta)).right] == draft.right
    assert Counter(Counter(line.name for line in note.lines).values()) == {2: 2}
    assert Counter(Counter(line.thing for line in note.lines).values()) == {2: 2}
    told = lines(draft.prompt)
    assert len(told) == 4 + len(note.others)
    for line in note.lines:
        (place,) = [i for i, text in enumerate(told) if line.place in text or line.place.capitalize() in text]
        assert place < EARLY
    with pytest.raises(Disproof):
        builder.prove(Question(draft.prompt, tuple(draft.wrong), draft.meta))


def test_a_long_note_has_many_others() -> None:
    assert len(LONG.draw(Stream(1)).data.others) == OTHERS
    assert SHORT.draw(Stream(1)).data.others == ()


@pytest.mark.parametrize("builder", [SHORT, LONG])
def test_what_is_altered_is_refused(builder: Notes) -> None:
    draft = builder.write(builder.draw(Stream(3)).data, Stream(3))
    texts = (draft.right, *draft.wrong)
    head, _, note = draft.prompt.partition(INPUT)
    own = next(text for text in lines(draft.prompt) if draft.meta["name"] in text and draft.meta["thing"] in text)
    for prompt, match in {
        draft.prompt.replace(own, own[:-1]): "no line",
        draft.prompt.replace(own, f"{own}\n{own}"): "2 places",
        draft.prompt.replace(f"{own}\n", "").replace(f"\n{own}", ""): "0 places",
        f"{head} Please!{INPUT}{note}": "does not ask",
    }.items():
        with pytest.raises(Disproof, match=match):
            builder.prove(Question(prompt, texts, draft.meta))


def test_every_form_of_an_answer_is_read() -> None:
    draft = SHORT.write(SHORT.draw(Stream(5)).data, Stream(5))
    (place,) = {line.place for line in SHORT.draw(Stream(5)).data.lines[:1]}
    for form in ANSWERS:
        text = form.format(place)
        verdict = SHORT.prove(Question(draft.prompt, (text[0].upper() + text[1:], *draft.wrong), draft.meta))
        assert verdict.right == 0
