"""What a form of exam question is: data in two places that are crossed, so that one pair of four fits.

Each of two places has two fillings; the four questions that come of them are the responses, and just one of them is
well posed. Both fillings of a place stand in two of the four and are drawn in the same way, the lot saying which one
of them fits. So no filling by itself, nor its size, says anything: a question must be read as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generators.core import Stream

#: Names of the numbers in a wording.
FIELDS = "abcdef"

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Data that fit, and another filling for each of two places.

    Attributes:
        numbers: The data that fit, as they are printed.
        places: The two places, as positions of numbers.
        others: What else may stand there; with one of these or with both the data do not fit.
    """

    numbers: Numbers
    places: tuple[int, int]
    others: tuple[int, int]

    @property
    def kept(self) -> Numbers:
        """The numbers that stand in all four."""
        return tuple(number for place, number in enumerate(self.numbers) if place not in self.places)

    @property
    def corners(self) -> tuple[Numbers, ...]:
        """All four: the data that fit, those with either other filling, and those with both."""
        found = []
        for changed in ((), (0,), (1,), (0, 1)):
            numbers = list(self.numbers)
            for place in changed:
                numbers[self.places[place]] = self.others[place]
            found.append(tuple(numbers))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Exam:
    """A form of question whose numbers must fit together.

    Attributes:
        name: Its name.
        topic: What an exam says that it is about.
        texts: Wordings, the numbers in the same order in all of them; {N} is a name.
        cross: Draws numbers that fit and others that do not.
        check: The independent route: whether printed numbers fit, so that the question has one answer.
        fault: What is wrong with questions whose numbers do not fit.
    """

    name: str
    topic: str
    texts: Sequence[str]
    cross: Callable[[Stream], Crossed]
    check: Callable[..., bool]
    fault: str = "data that contradict each other"

    def question(self, text: str, numbers: Sequence[object], name: str) -> str:
        """A wording filled in."""
        return text.format(N=name, **dict(zip(FIELDS, numbers, strict=False)))


def tied(
    draw: Callable[[Stream], Numbers],
    free: tuple[int, int],
    data: Callable[..., Numbers],
    places: tuple[int, int],
    spread: int,
) -> Callable[[Stream], Crossed]:
    """Crosses data that all follow from one free number: in either place stands what another free number gives.

    Args:
        draw: Parameters of the form.
        free: The least and the greatest free number; beyond one of them the other follows, so that every number is as
            often the one that fits as the one that does not.
        data: The printed numbers that follow from the parameters and the free number.
        places: Two of them that go with the free number.
        spread: How far off the other free numbers are at most.
    """
    low, size = free[0], free[1] - free[0] + 1

    def cross(rng: Stream) -> Crossed:
        fixed, own = draw(rng), rng.below(size)
        one, two = _off(rng, spread), _off(rng, spread)
        while (one - two) % size == 0:
            two = _off(rng, spread)
        given, first, second = (data(*fixed, low + (own + by) % size) for by in (0, one, two))
        return Crossed(given, places, (first[places[0]], second[places[1]]))

    return cross


def _off(rng: Stream, spread: int) -> int:
    """A number other than 0, of either sign."""
    by = rng.between(1, spread)
    return by if rng.chance(1, 2) else -by


def within(
    draw: Callable[[Stream], Numbers], fits: Callable[..., bool], places: tuple[int, int]
) -> Callable[[Stream], Crossed]:
    """Crosses data that lie within bounds with others that do not; which of both fillings is larger goes by lot.

    Args:
        draw: Numbers, whether they fit or not; the fillings of either place are drawn in the same way.
        fits: Whether they do.
        places: The places that are filled in two ways.
    """

    def cross(rng: Stream) -> Crossed:
        larger = rng.chance(1, 2), rng.chance(1, 2)
        while True:
            numbers, others = draw(rng), draw(rng)
            found = Crossed(numbers, places, (others[places[0]], others[places[1]]))
            order = tuple(numbers[place] > other for place, other in zip(places, found.others, strict=True))
            if order == larger and [fits(*corner) for corner in found.corners] == [True, False, False, False]:
                return found

    return cross
