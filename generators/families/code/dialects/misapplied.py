"""Misapplied dialects: one rule left out at one place, or taken for another rule about the same subject.

A misapplied composition is a composition too, so a question may just as well state it and have the other one as the
mistake. Which of two texts is wrong is then told by the prompt, and by nothing in the texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Stream
from generators.families.code.dialects.compose import DIALECTS, allowed, dialect, forward, telling

#: A rule must change at least so many lines for one of them to be left alone.
LEAST = 2


def misapplied(program: str, names: Sequence[str], rng: Stream) -> list[str]:
    """A composition that differs from another in one dialect, and prints a program otherwise; empty if there is none.

    Args:
        program: A program that can be taken into `names`.
        names: Names of dialects, in the order of `DIALECTS`, none with an exception.
        rng: Draws among the ways.
    """
    written = forward(program, names) if names else ""
    for place in rng.shuffled(range(len(names))):
        for make in rng.shuffled([_excepting, _mistaken]):
            for other in rng.shuffled(make(program, names, place)):
                changed = [*names[:place], other, *names[place + 1 :]]
                if allowed(changed) and telling(program, changed) and forward(program, changed) != written:
                    return changed
    return []


def _excepting(program: str, names: Sequence[str], place: int) -> list[str]:
    """The dialect at a place with an exception for one of the lines that it changes."""
    each = dialect(names[place])
    if not each.by_line:
        return []
    before = forward(program, names[:place])
    pairs = zip(before.split("\n"), each.into(before).split("\n"), strict=True)
    changed = [number for number, (one, other) in enumerate(pairs, 1) if one != other]
    return [each.excepting(number).name for number in changed] if len(changed) >= LEAST else []


def _mistaken(program: str, names: Sequence[str], place: int) -> list[str]:  # noqa: ARG001 - as _excepting
    """The other dialects about the subject of the one at a place."""
    mine = names[place]
    return [name for name, each in DIALECTS.items() if name != mine and each.subject == DIALECTS[mine].subject]
