"""Tasks about days, months, dates, hours and directions."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as calendar_date
from datetime import timedelta
from typing import Literal

from generators.core import Stream
from generators.families.instructions.choices import grid
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import clock, counted, date, read_clock, read_counted, read_date, the
from generators.families.instructions.lexicon import Language, Word, find_one, words
from generators.families.instructions.tasks import Case, Seen, Task, task


def _circle(rng: Stream, names: tuple[Word, ...], most: int) -> Case:
    """Four names of a circle, and a start outside them from which a number of steps leads to the first."""
    options = rng.sample(names, 4)
    start = rng.choice([name for name in names if name not in options])
    turn = rng.choice(("later", "earlier"))
    size = len(names)
    apart = (names.index(options[0]) - names.index(start)) * (1 if turn == "later" else -1) % size
    steps = apart + size * rng.below((most - apart) // size + 1)
    # One step would need the singular; the next round gives the same name.
    steps += size if steps == 1 else 0
    asked = ",".join(name.id for name in options)
    return Case(f"{start.id} {turn} {steps}", asked, options, turn, {"start": start, "steps": steps})


def _reached(seen: Seen, said: Mapping[str, str], language: Language, bank: Literal["days", "months"]) -> bool:
    """Whether counting the steps one by one ends at the name said."""
    names = [word.en["one"] for word in words(bank)]
    place = names.index(seen.slots["start"])
    for _ in range(int(seen.slots["steps"])):
        place = (place + (1 if seen.turn == "later" else -1)) % len(names)
    answer = find_one(language, said["answer"], "one", bank)
    return (
        answer is not None and answer.en["one"] == names[place] and said.get("steps", "") in ("", seen.slots["steps"])
    )


@task("weekday")
class Weekday(Task):
    """The day of the week so many days before or after another; 7 days, 2 directions, up to 90 steps."""

    asks = Forms(
        later=(
            "Today is {start}. What day of the week will it be in {steps} days?",
            "If today is {start}, which day of the week comes {steps} days from now?",
            "A package sent on {start} arrives {steps} days later. On which day of the week does it arrive?",
        ),
        earlier=(
            "Today is {start}. What day of the week was it {steps} days ago?",
            "If today is {start}, which day of the week was {steps} days before?",
            "A letter that came on {start} had been sent {steps} days earlier. On which day of the week was it sent?",
        ),
    )
    says = Says(
        en=Forms("{answer}", "The answer is {answer}.", "That is a {answer}."),
        es=Forms("{answer}", "La respuesta es el {answer}.", "Cae en {answer}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four days and a way to the first."""
        return _circle(rng, words("days"), 90)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The first day and the steps."""
        return {"start": case.facts["start"].en["one"], "steps": str(case.facts["steps"])}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A day."""
        return {"answer": option.form(language, "one")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The days are counted off one by one."""
        return _reached(seen, said, language, "days")


@task("month")
class Month(Task):
    """The month so many months before or after another; 12 months, 2 directions, up to 40 steps."""

    asks = Forms(
        later=(
            "It is {start} now. Which month will it be in {steps} months?",
            "A contract that begins in {start} ends {steps} months later. In which month does it end?",
            "Count {steps} months onward from {start}. Which month do you reach?",
        ),
        earlier=(
            "It is {start} now. Which month was it {steps} months ago?",
            "A project that ended in {start} had begun {steps} months before. In which month did it begin?",
            "Count {steps} months back from {start}. Which month do you reach?",
        ),
    )
    says = Says(
        en=Forms("{answer}", "The month is {answer}.", "That is {answer}."),
        es=Forms("{answer}", "El mes es {answer}.", "Es {answer}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four months and a way to the first."""
        return _circle(rng, words("months"), 40)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The first month and the steps."""
        return {"start": case.facts["start"].en["one"], "steps": str(case.facts["steps"])}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A month."""
        return {"answer": option.form(language, "one")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The months are counted off one by one."""
        return _reached(seen, said, language, "months")


#: Any year that is no leap year; the dates asked about keep clear of the end of February.
_YEAR = 2023
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@task("date")
class Date(Task):
    """The date so many days before or after another, from March to December."""

    asks = Forms(
        later=(
            "What is the date {days} days after {start}?",
            "A library book borrowed on {start} is due {days} days later. On what date is that?",
            "The course starts on {start}, and the exam is {days} days after that. What is the date of the exam?",
        ),
        earlier=(
            "What is the date {days} days before {start}?",
            "A bill due on {start} was sent {days} days earlier. On what date was it sent?",
            "The concert is on {start}, and rehearsals begin {days} days before that. On what date do they begin?",
        ),
    )
    says = Says(
        en=Forms("It is {date}.", "The date is {date}.", "That is {date}."),
        es=Forms("Es el {date}.", "La fecha es el {date}.", "Se trata del {date}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Two days of two months in a row, and a way to the first of the four dates."""
        month = rng.between(5, 9)
        day = rng.between(1, 20)
        days = (day, day + rng.choice((1, 2, 5, 7, 10)))
        options = rng.shuffled([(m, d) for m in (month, month + 1) for d in days])
        turn = rng.choice(("later", "earlier"))
        start = options[0]
        # The start stands in the prompt, so it is none of the four answers.
        while start in options:
            apart = rng.between(3, 45)
            begin = calendar_date(_YEAR, *options[0]) + timedelta(-apart if turn == "later" else apart)
            start = (begin.month, begin.day)
        facts = {"start": start, "apart": apart}
        return Case(f"{start[0]}-{start[1]} {turn} {apart}", str(sorted(options)), options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The first date and the days between."""
        month, day = case.facts["start"]
        return {"start": date(month, day, "en"), "days": str(case.facts["apart"])}

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """A date."""
        return {"date": date(*option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Days are counted through the lengths of the months."""
        start, end = read_date(seen.slots["start"], "en"), read_date(said["date"], language)
        if start is None or end is None or not 1 <= end[1] <= _LENGTHS[end[0] - 1]:
            return False
        days = int(seen.slots["days"]) * (1 if seen.turn == "later" else -1)
        return _day_of_year(*end) - _day_of_year(*start) == days


def _day_of_year(month: int, day: int) -> int:
    return sum(_LENGTHS[: month - 1]) + day


@task("hour")
class Hour(Task):
    """When something ends or began, from its other end and how long it takes."""

    asks = Forms(
        end=(
            "{Event} starts at {known} and lasts {length}. When does it end?",
            "{Event} begins at {known}. It takes {length}. At what time is it over?",
            "If {event} starts at {known} and takes {length}, at what time does it finish?",
        ),
        start=(
            "{Event} ended at {known} after {length}. When did it start?",
            "{Event} was over at {known}. It had taken {length}. At what time did it begin?",
            "If {event} took {length} and finished at {known}, at what time did it begin?",
        ),
    )
    says = Says(
        en=Forms(
            end=("It ends at {hour}.", "{Event} ends at {hour}.", "At {hour}."),
            start=("It started at {hour}.", "{Event} started at {hour}.", "At {hour}."),
        ),
        es=Forms(
            end=("Termina a las {hour}.", "{Event} termina a las {hour}.", "A las {hour}."),
            start=("Empezó a las {hour}.", "{Event} empezó a las {hour}.", "A las {hour}."),
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four hours of a day, an hour and some minutes apart, and a length of 40 minutes to three hours."""
        options = grid(rng, 60 * 11, 60 * 17, (60,), (5, 10, 15, 20))
        turn = rng.choice(("end", "start"))
        known = options[0]
        # The known hour stands in the prompt, so it is none of the four answers.
        while known in options:
            length = rng.between(40, 180)
            known = options[0] + (length if turn == "start" else -length)
        event = rng.choice(words("events"))
        facts = {"known": known, "length": length, "event": event}
        return Case(f"{turn} {known} {length} {event.id}", str(sorted(options)), options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The event, the known hour and the length."""
        length = case.facts["length"]
        hours, minutes = divmod(length, 60)
        both = f"{counted(hours, 'hour', 'en')} and {counted(minutes, 'minute', 'en')}"
        text = both if hours and minutes else counted(length, "minute", "en")
        return {"event": the(case.facts["event"], "en"), "known": clock(case.facts["known"]), "length": text}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """An hour and the event."""
        return {"hour": clock(option), "event": the(case.facts["event"], language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The length, read in minutes, lies between the two hours."""
        known, hour = read_clock(seen.slots["known"]), read_clock(said["hour"])
        if known is None or hour is None:
            return False
        event = next((word for word in words("events") if the(word, "en") == seen.slots["event"]), None)
        if event is None or said.get("event", the(event, language)) != the(event, language):
            return False
        return (hour - known if seen.turn == "end" else known - hour) == minutes_of(seen.slots["length"], "en")


def minutes_of(text: str, language: Language) -> int | None:
    """The minutes of a length such as "2 hours and 5 minutes"."""
    total = 0
    for part in text.split(" and " if language == "en" else " y "):
        found = read_counted(part, language)
        if found is None or found[1] not in ("hour", "minute"):
            return None
        total += found[0] * (60 if found[1] == "hour" else 1)
    return total


def hours_and_minutes(minutes: int, language: Language) -> str:
    """A length of an hour or more and some minutes in words."""
    hours = counted(minutes // 60, "hour", language)
    return f"{hours} {'and' if language == 'en' else 'y'} {counted(minutes % 60, 'minute', language)}"


@task("duration")
class Duration(Task):
    """How long it is from one hour to another."""

    asks = Forms(
        "{Event} goes on from {start} to {end}. How long is that?",
        "How long does {event} take if it starts at {start} and ends at {end}?",
        "{Event} began at {start} and was over at {end}. How much time did it take?",
    )
    says = Says(
        en=Forms("{length}", "It takes {length}.", "That is {length}."),
        es=Forms("{length}", "Dura {length}.", "En total, {length}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four lengths of more than an hour, an hour and some minutes apart."""
        options = grid(rng, 60 * 2 + 1, 60 * 2 + 38, (60,), (5, 10, 15, 20))
        if rng.chance(1, 2):
            options = [option - 60 for option in options]
        start = 5 * rng.between(96, 200)
        event = rng.choice(words("events"))
        facts = {"start": start, "event": event}
        return Case(f"{start} {options[0]} {event.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The event and its two ends."""
        start = case.facts["start"]
        return {"event": the(case.facts["event"], "en"), "start": clock(start), "end": clock(start + case.options[0])}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A length."""
        return {"length": hours_and_minutes(option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The length is read in minutes and laid between the two hours."""
        start, end = read_clock(seen.slots["start"]), read_clock(seen.slots["end"])
        return start is not None and end is not None and end - start == minutes_of(said["length"], language)


#: Quarter turns to the right that a movement makes.
_TURNS: Mapping[str, int] = {"turn right": 1, "turn around": 2, "turn left": 3}


@task("compass")
class Compass(Task):
    """Which way one faces after some turns; always the four points of the compass to choose from."""

    asks = Forms(
        "You are facing {start}. You {turns}. Which way are you facing now?",
        "Standing with your face to the {start}, you {turns}. In which direction do you look at the end?",
        "Start by looking {start}, then {turns}. Which direction is in front of you?",
    )
    says = Says(
        en=Forms("You are facing {answer}.", "At the end you look {answer}."),
        es=Forms("Estás mirando hacia el {answer}.", "Al final miras hacia el {answer}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Three to six turns that end at the first direction."""
        names = words("directions")
        options = rng.shuffled(names)
        turns = [rng.choice(sorted(_TURNS)) for _ in range(rng.between(3, 6))]
        start = names[(names.index(options[0]) - sum(_TURNS[turn] for turn in turns)) % 4]
        return Case(f"{start.id} {', '.join(turns)}", "", options, facts={"start": start, "turns": turns})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The first direction and the turns."""
        turns = case.facts["turns"]
        return {"start": case.facts["start"].en["one"], "turns": f"{', '.join(turns[:-1])} and then {turns[-1]}"}

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A direction."""
        return {"answer": option.form(language, "one")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Every turn is made on a rose of directions whose first one is faced."""
        names = [word.en["one"] for word in words("directions")]
        at = names.index(seen.slots["start"])
        rose = names[at:] + names[:at]
        for turn in seen.slots["turns"].replace(" and then ", ", ").split(", "):
            rose = rose[_TURNS[turn] :] + rose[: _TURNS[turn]]
        answer = find_one(language, said["answer"], "one", "directions")
        return answer is not None and answer.en["one"] == rose[0]
