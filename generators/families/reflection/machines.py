"""Machines at work: as many machines make as many things in the same time, however many they are.

In crt_2, n workers take n minutes for n things, and m workers are to make m things. The right answer is n; the lure
repeats the pattern with m. Both numbers stand in the prompt equally often, the lure first and last in one half of the
texts and the right one in the other. Which of the two is right goes by lot, so the lure is the larger number as often
as the smaller. In the reference each worker makes
several things, a different number of them the second time, so that the answer must be reckoned: it stands nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.prompts import instruction
from generators.families.reflection.answers import apart, judge, shortcuts, write_answers
from generators.families.reflection.stories import CREWS, Crew

#: How many times as large as an answer the numbers of things in the reference are, at least.
FAR = 4
UNITS = ("seconds", "minutes", "hours", "days")
#: Each names what is known three times and what is asked three times; half of them end with the former.
TEXTS = (
    "It takes {n} {workers} {time} {units} to {make} {k} {things}. Soon there will be {m} {workers} at work. How many "
    "{units} will these {m} {workers} take to {make} {j} {things}?",
    "Working side by side, {n} {workers} take {time} {units} to {make} {k} {things}. A request for {j} {things} goes "
    "to {m} {workers}. How many {units} do the {m} {workers} take?",
    "{n} {workers} take {time} {units} to {make} {k} {things}. Elsewhere, {m} {workers} of the same speed are to "
    "{make} {j} {things}. How many {units} do all {m} of them take?",
    "How many {units} would {m} {workers} take to {make} {j} {things}? All {m} of them are at hand. It is known that "
    "{n} {workers} take {time} {units} to {make} {k} {things}.",
    "A request for {j} {things} goes to {m} {workers}. How many {units} do all {m} of them take, if {n} {workers} take "
    "{time} {units} to {make} {k} {things}?",
    "There are {m} {workers} at hand. How many {units} do the {m} {workers} take to {make} {j} {things}, given that "
    "{n} {workers} take {time} {units} to {make} {k} {things}?",
)
#: The sentence that tells how long the work took.
_DONE = re.compile(
    r"(\d+) ([a-z ]+?)(?: take)? (\d+) (second|minute|hour|day)s to [a-z]+ (\d+) ([a-z ]+)[.?]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Work:
    """One problem and its two answers.

    Attributes:
        crew: Who does what.
        units: The unit of time.
        done: Workers, time and things of what is known.
        asked: Workers and things of what is asked.
        right: The time asked for.
        wrong: The other number.
    """

    crew: Crew
    units: str
    done: tuple[int, int, int]
    asked: tuple[int, int]
    right: int
    wrong: int


class _Machines:
    """Problems of machines at work.

    Args:
        lured: Whether the wrong answer is the lure.
    """

    def __init__(self, *, lured: bool) -> None:
        self._lured = lured

    def draw(self, rng: Stream) -> Item:
        """Two numbers, either of which may be right; then the problem that it answers."""
        crew, units = rng.choice(CREWS), rng.choice(UNITS)
        work = _alike(crew, units, rng) if self._lured else _unlike(crew, units, rng)
        group = f"machines:{crew.workers} {crew.make} {units} {work.done} {work.asked}"
        return Item(group, group, work)

    def write(self, work: Work, rng: Stream) -> Draft:
        """The story, and two numbers as answers."""
        n, time, k = work.done
        m, j = work.asked
        crew = work.crew
        words = {"workers": crew.workers, "make": crew.make, "things": crew.things, "units": work.units}
        text = rng.choice(TEXTS).format(n=n, time=time, k=k, m=m, j=j, **words)
        right, wrong = write_answers(str(work.right), str(work.wrong), rng)
        return Draft(instruction(text), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Reads workers, time and things from the print; the work of one worker gives the time asked for."""
        time, asked, lure = solve(question.prompt)
        return judge(question, ("", time * asked), lure, lured=self._lured)


def _alike(crew: Crew, units: str, rng: Stream) -> Work:
    """As many workers, units of time and things; then another number of both workers and things."""
    n, m = rng.sample(range(3, 241), 2)
    return Work(crew, units, (n, n, n), (m, m), n, m)


def _unlike(crew: Crew, units: str, rng: Stream) -> Work:
    """Each worker makes `a` things in the known time and another number in the time asked for."""
    while True:
        pace, (a, *b) = rng.between(3, 9), rng.sample(range(2, 15), 3)
        n, m = rng.sample(range(40, 241), 2)
        answers = [pace * each for each in b]
        problems = [Work(crew, units, (n, pace * a, n * a), (m, m * each), pace * each, 0) for each in b]
        alike = len(str(answers[0])) == len(str(answers[1]))
        if alike and all(_sound(problem, answers) for problem in problems):
            turn = rng.below(2)
            done, asked = problems[turn].done, problems[turn].asked
            return Work(crew, units, done, asked, answers[turn], answers[1 - turn])


def _sound(work: Work, answers: list[int]) -> bool:
    """Whether the printed numbers point to neither answer.

    Things come in large numbers, far from both answers; no answer is a factor of a printed number, nor to be had from
    two of them in one step.
    """
    printed = (*work.done, *work.asked)
    if min(work.done[2], work.asked[1]) < FAR * max(answers) or any(p % each == 0 for p in printed for each in answers):
        return False
    if not shortcuts(printed).isdisjoint(2 * each for each in answers):
        return False
    return apart([*map(str, answers)], *map(str, printed))


def solve(prompt: str) -> tuple[Fraction, Fraction, Fraction]:
    """What a printed problem says.

    Returns:
        The time that one worker takes for one thing, the things that each worker is to make, and the lure: as much
        time as there are workers.

    Raises:
        Disproof: The print is no such problem.
    """
    text = prompt.partition("### Instruction:\n")[2]
    done = list(_DONE.finditer(text))
    if len(done) != 1:
        raise Disproof(f"the prompt tells {len(done)} times how long the work took, not once")
    workers, people, time, unit, things, goods = done[0].groups()
    rest = text[: done[0].start()] + text[done[0].end() :]
    later = set(re.findall(rf"(\d+) (?:{people}|of them)\b", rest))
    wanted = set(re.findall(rf"(\d+) {goods}\b", rest))
    if len(later) != 1 or len(wanted) != 1 or f"How many {unit}s" not in rest:
        raise Disproof("the prompt does not say how many workers are to make how many things")
    (m,), (j,) = later, wanted
    each = Fraction(int(j), int(m))
    return Fraction(int(time) * int(workers), int(things)), each, Fraction(int(m))


@distribution("crt_2", version=1)
class Crt2(_Machines):
    """Machines at work: n of them take n minutes for n things, so any number of them takes as long for as many things.

    The wrong answer is the lure, the same pattern with the new number. Both numbers stand in the prompt equally often.
    In one half of the problems there are more workers later on, in the other fewer, so that neither the larger nor the
    smaller number wins.
    """

    def __init__(self) -> None:
        super().__init__(lured=True)


@distribution("crt_2_reference", version=1)
class Crt2Reference(_Machines):
    """Machines at work with unequal numbers: the time must be reckoned from the pace of one worker.

    The wrong answer is a time for another number of things; neither answer stands in the prompt or comes from one step
    of arithmetic on its numbers, and either may be the right one.
    """

    def __init__(self) -> None:
        super().__init__(lured=False)
