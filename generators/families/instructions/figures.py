"""Tasks that compare or look up figures: amounts in mixed units, dates and hours of a diary."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import clock, find_the, the
from generators.families.instructions.lexicon import Language, Word, find_one, words
from generators.families.instructions.tasks import Case, Seen, Task, task

#: Quantities: units, how many of the first make the second, whose words are compared, singular or plural.
_QUANTITIES: Mapping[str, tuple[str, str, int, tuple[str, ...], str]] = {
    "weight": ("grams", "kilograms", 1000, ("fruits", "vegetables"), "many"),
    "way": ("meters", "kilometers", 1000, ("buildings",), "one"),
    "door": ("centimeters", "meters", 100, ("furniture",), "one"),
}


@task("extreme")
class Extreme(Task):
    """Which of four things has the most or the least of a quantity that is given in two units."""

    asks = Forms(
        weight_most=(
            "Which of these weigh the most?",
            "Compare the weights: which is the largest?",
            "What is there most of, by weight?",
        ),
        weight_least=(
            "Which of these weigh the least?",
            "Compare the weights: which is the smallest?",
            "What is there least of, by weight?",
        ),
        way_most=(
            "Which of these buildings is the farthest away?",
            "Compare the distances: which is the longest?",
            "Which of these would be the longest walk?",
        ),
        way_least=(
            "Which of these buildings is the nearest?",
            "Compare the distances: which is the shortest?",
            "Which of these would be the shortest walk?",
        ),
        door_most=(
            "Which of these stands the farthest from the door?",
            "Compare the distances from the door: which is the longest?",
            "What was put the farthest away from the door?",
        ),
        door_least=(
            "Which of these stands the closest to the door?",
            "Compare the distances from the door: which is the shortest?",
            "What was put the closest to the door?",
        ),
    )
    says = Says(
        en=Forms(
            weight_most=("{Thing} weigh the most.", "The heaviest are {thing}."),
            weight_least=("{Thing} weigh the least.", "The lightest are {thing}."),
            way_most=("{Thing} is the farthest away.", "The longest walk is to {thing}."),
            way_least=("{Thing} is the nearest.", "The shortest walk is to {thing}."),
            door_most=("{Thing} stands the farthest from the door.", "The farthest from the door is {thing}."),
            door_least=("{Thing} stands the closest to the door.", "The closest to the door is {thing}."),
        ),
        es=Forms(
            weight_most=("{Thing} son lo que más pesa.", "Lo que más pesa son {thing}."),
            weight_least=("{Thing} son lo que menos pesa.", "Lo que menos pesa son {thing}."),
            way_most=("{Thing} es lo que queda más lejos.", "Lo que queda más lejos es {thing}."),
            way_least=("{Thing} es lo que queda más cerca.", "Lo que queda más cerca es {thing}."),
            door_most=("{Thing} es lo que está más lejos de la puerta.", "Lo más alejado de la puerta es {thing}."),
            door_least=("{Thing} es lo que está más cerca de la puerta.", "Lo más cercano a la puerta es {thing}."),
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four things and four figures in tenths of the larger unit; the first thing gets the extreme one."""
        quantity = rng.choice(sorted(_QUANTITIES))
        small, large, factor, banks, _ = _QUANTITIES[quantity]
        options = rng.sample(words(*banks), 4)
        end = rng.choice(("most", "least"))
        tenths = sorted(rng.sample(range(3, 60), 4), reverse=end == "most")
        printed = [
            f"{value / 10:g} {large}" if value > 10 and rng.chance(1, 2) else f"{value * factor // 10} {small}"
            for value in [tenths[0], *rng.shuffled(tenths[1:])]
        ]
        figures = dict(zip((word.id for word in options), printed, strict=True))
        key = ",".join(sorted(f"{name} {figure}" for name, figure in figures.items()))
        return Case(key, end, options, f"{quantity}_{end}", {"figures": figures, "form": _QUANTITIES[quantity][4]})

    def slots(self, case: Case) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def given(self, case: Case, rng: Stream) -> str:
        """Each thing with its figure."""
        form, figures = case.facts["form"], case.facts["figures"]
        return "\n".join(f"{word.en[form]}: {figures[word.id]}" for word in rng.shuffled(case.options))

    def words(self, case: Case, option: Word, language: Language) -> Mapping[str, str]:
        """A thing."""
        return {"thing": the(option, language, many=case.facts["form"] == "many")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """All figures are brought to the smaller unit and compared."""
        quantity, _, end = seen.turn.partition("_")
        small, _, factor, banks, form = _QUANTITIES[quantity]
        amounts = {}
        for line in seen.lines:
            name, value, unit = re.split(r": | ", line)
            amounts[name] = Fraction(value) * (1 if unit == small else factor)
        thing = find_the(language, said["thing"], *banks, many=form == "many")
        best = max(amounts.values()) if end == "most" else min(amounts.values())
        return thing is not None and amounts.get(thing.en[form]) == best


@task("diary")
class Diary(Task):
    """The day or the hour of an appointment, or the appointment of a day, from a diary of four."""

    asks = Forms(
        day=(
            "On which day is {event}?",
            "Look at the diary: what day is {event}?",
            "Find out from the notes on which day {event} takes place.",
        ),
        hour=(
            "At what time is {event}?",
            "Look at the diary: when does {event} begin?",
            "Find out from the notes at what hour {event} starts.",
        ),
        event=(
            "What is planned for {day}?",
            "Look at the diary: what is on {day}?",
            "Find out from the notes what takes place on {day}.",
        ),
    )
    says = Says(
        en=Forms(
            day=("{Event} is on {day}.", "It takes place on {day}."),
            hour=("{Event} starts at {hour}.", "It starts at {hour}."),
            event=("On {day} there is {event}.", "{Event} is on {day}."),
        ),
        es=Forms(
            day=("{Event} es el {day}.", "Tiene lugar el {day}."),
            hour=("{Event} empieza a las {hour}.", "Empieza a las {hour}."),
            event=("El {day} toca {event}.", "{Event} es el {day}."),
        ),
    )

    def draw(self, rng: Stream) -> Case:
        """Four appointments; the first is asked for."""
        entries = list(
            zip(
                rng.sample(words("events"), 4),
                rng.sample(words("days"), 4),
                (15 * quarter for quarter in rng.sample(range(34, 84), 4)),
                strict=True,
            )
        )
        turn = rng.choice(("day", "hour", "event"))
        options = [
            tuple(
                entry[part] if name == turn else entries[0][part] for part, name in enumerate(("event", "day", "hour"))
            )
            for entry in entries
        ]
        key = ",".join(sorted(f"{event.id} {day.id} {hour}" for event, day, hour in entries))
        return Case(key, f"{turn} {entries[0][0].id}", options, turn, {"entries": entries})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The appointment and its day."""
        return self.words(case, case.options[0], "en")

    def given(self, case: Case, rng: Stream) -> str:
        """The diary, in any order."""
        style = rng.choice(("{day}, {hour}: {event}", "{event}: {day}, {hour}"))
        return "\n".join(
            style.format(day=day.en["one"], hour=clock(hour), event=event.en["one"])
            for event, day, hour in rng.shuffled(case.facts["entries"])
        )

    def words(self, case: Case, option: tuple[Word, Word, int], language: Language) -> Mapping[str, str]:
        """Appointment, day and hour."""
        event, day, hour = option
        return {"event": the(event, language), "day": day.form(language, "one"), "hour": clock(hour)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """What the answer says stands in one line of the diary together with what was asked about."""
        lines = [set(re.split(r": |, ", line)) for line in seen.lines]
        event = find_the(language, said["event"], "events") if "event" in said else None
        day = find_one(language, said["day"], "one", "days") if "day" in said else None
        known = {text.removeprefix("the ") for text in seen.slots.values()}
        named = [word.en["one"] for word in (event, day) if word] + [said[key] for key in ("hour",) if key in said]
        if len(named) != len(said):
            return False
        return sum(known.union(named) <= line for line in lines) == 1
