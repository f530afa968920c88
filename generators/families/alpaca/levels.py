"""alpaca_easy and alpaca_hard: requests that take one step, and requests that take many."""

from __future__ import annotations

from generators.core import Draft, Item, Question, Stream, Verdict, distribution

# Both files register kinds of hard task.
from generators.families.alpaca import edits  # noqa: F401
from generators.families.alpaca.easy import EASY
from generators.families.alpaca.sums import HARD
from generators.families.instructions import tasks


class _Level:
    """Tasks of some kinds.

    Args:
        kinds: The kinds, each as likely.
    """

    def __init__(self, kinds: tasks.Kinds) -> None:
        self._kinds = kinds

    def draw(self, rng: Stream) -> Item:
        """A task."""
        return tasks.draw(rng, self._kinds)

    def write(self, data: tuple[str, tasks.Case], rng: Stream) -> Draft:
        """The request and four answers of one form."""
        name, case = data
        return tasks.write(name, case, "en", rng, self._kinds)

    def prove(self, question: Question) -> Verdict:
        """Each answer by its kind's rule, from print alone."""
        return tasks.prove(question, "en", self._kinds)


@distribution("alpaca_easy", version=1, banks=("words/*",))
def alpaca_easy() -> _Level:
    """Short requests that take one step: an opposite, a sum, a letter, a place in a list, a word of a category.

    Four short answers of one form, any of which could have been asked for.
    """
    return _Level(EASY)


@distribution("alpaca_hard", version=1, banks=("words/*",))
def alpaca_hard() -> _Level:
    """Requests with a text, a table or a list to work through in several steps: bills, journeys, stock, rewriting.

    Each answer tells two results. The four cross two values of the one with two of the other, so the wrong ones went
    astray in one step or in both, and any of the four could have been asked for.
    """
    return _Level(HARD)
