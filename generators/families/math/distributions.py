"""Three distributions over the forms: word problems, all of mathematics, and its upper levels."""

from __future__ import annotations

from functools import cache

from generators.core import Draft, Item, Question, Stream, Verdict, distribution
from generators.families.math.form import Form, forms
from generators.families.math.reading import judged
from generators.families.math.writing import Problem, drawn, written

#: The subject of word problems.
EASY = "arithmetic"

#: The levels of `math_hard`.
HARD = (3, 4, 5)


@cache
def deck(name: str) -> tuple[Form, ...]:
    """The forms of a distribution, each as often as its share."""
    stories, levels = name == "math_easy", HARD if name == "math_hard" else range(6)
    found = [form for form in forms().values() if (form.subject == EASY) == stories and form.level in levels]
    return tuple(form for form in found for _ in range(form.share))


class _Forms:
    """Problems of the forms of one deck."""

    name: str

    def draw(self, rng: Stream) -> Item:
        """A problem with its numbers."""
        return drawn(deck(self.name), rng)

    def write(self, item: Problem, rng: Stream) -> Draft:
        """The statement of one sister and four worked solutions."""
        return written(item, rng)

    def prove(self, question: Question) -> Verdict:
        """The printed statement solved by another route, and held against the boxed results."""
        return judged(question)


@distribution("math_easy", version=2)
class MathEasy(_Forms):
    """Word problems of one or two steps, with worked solutions that end in a boxed result.

    Wrong solutions misread one turn of the story or two (more for fewer, each for altogether), or slip in one sum, and
    carry it through.
    """

    name = "math_easy"


@distribution("math", version=2)
class Math(_Forms):
    """Prealgebra, algebra, number theory, counting, geometry, intermediate algebra and precalculus, levels 1 to 5.

    Wrong solutions take the wrong operation, sign, formula factor or end of a range, or slip in one sum, and carry it
    through.
    """

    name = "math"


@distribution("math_hard", version=2)
class MathHard(_Forms):
    """The problems of `math` that are of level 3, 4 or 5."""

    name = "math_hard"
