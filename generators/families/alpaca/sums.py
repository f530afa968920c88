"""Hard kinds of task with figures: several steps, each of whose results the answer tells.

The answers cross two results of the first step with two of the second, so that each part of an answer stands in two of
them and none is the odd one out; the figures printed are made afterwards, so that any of the four may be right.
"""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import clock, listing, read_clock
from generators.families.instructions.lexicon import GOODS, Language, by_id, words
from generators.families.instructions.people import people
from generators.families.instructions.tasks import Case, Kinds, Seen, Task, task

HARD: Kinds = {}
#: Ingredients that go into one dish.
_DISHES = (
    ("flour", "sugar", "butter", "chocolate", "almonds", "cream", "yogurt"),
    ("rice", "minced_onion", "mushrooms", "cheese", "butter", "salmon", "cream"),
    ("pasta", "ground_beef", "minced_onion", "mushrooms", "cheese", "beans", "lentils"),
)


def crossing(rng: Stream, one: Sequence[int], two: Sequence[int]) -> list[tuple[int, int]]:
    """Each of two first with each of two second numbers, in random order."""
    return rng.shuffled([(a, b) for a in one for b in two])


def parted(rng: Stream, total: int, parts: int, least: int) -> list[int]:
    """A number as a sum of so many parts, none less than `least`."""
    spare = total - parts * least
    cuts = sorted(rng.between(0, spare) for _ in range(parts - 1))
    return [least + high - low for low, high in zip((0, *cuts), (*cuts, spare), strict=True)]


def _minutes(count: int) -> str:
    hours, rest = divmod(count, 60)
    told = [f"{hours} hour{'s' * (hours > 1)}"] * bool(hours) + [f"{rest} minute{'s' * (rest > 1)}"] * bool(rest)
    return " and ".join(told)


def _read_minutes(text: str) -> int:
    units = {"hour": 60, "minute": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (hour|minute)", text))


@task("journey", HARD)
class Journey(Task):
    """How long a journey of five legs takes, and when it ends."""

    asks = Forms(
        "Work out how long {name}'s journey takes altogether and at what time it ends.",
        "Go through the journey below leg by leg. How long is {name} on the way, and when does {name} arrive?",
        "Find the total travel time and the hour of {name}'s arrival.",
    )
    says = Says(
        en=Forms(
            "All legs and waits together take {total}. Starting at the hour given, {name} arrives at {end}.",
            "{name} arrives at {end}. The way there takes {total} in all, with every wait counted in.",
            "The whole journey lasts {total}, and so {name} gets there at {end}.",
        ),
        es=Forms(),
    )
    _legs = (
        "The walk to the stop takes {}.",
        "The bus needs {} to the station.",
        "There {name} has to wait {} for the train.",
        "The train ride lasts {}.",
        "From the last station to the door it is another {} by bicycle.",
    )

    def draw(self, rng: Stream) -> Case:
        """Two lengths and two starts; the legs come to the length that is right."""
        length, start = rng.between(100, 260), rng.between(6 * 60, 15 * 60)
        lengths = (length, length + rng.choice((5, 10, 15, 60)))
        starts = (start, start + rng.choice((3, 20, 25, 30)))
        options = crossing(rng, lengths, starts)
        right, begun = options[0]
        legs = parted(rng, right, len(self._legs), 4)
        key = f"{begun}:{','.join(map(str, legs))}"
        return Case(key, str(sorted(options)), options, facts={"who": people(rng, 1)[0], "legs": legs, "start": begun})

    def slots(self, case: Case) -> Mapping[str, str]:
        """Who travels."""
        return {"name": case.facts["who"].en["one"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The start and the legs."""
        name = case.facts["who"].en["one"]
        legs = zip(self._legs, case.facts["legs"], strict=True)
        told = [leg.format(_minutes(minutes), name=name) for leg, minutes in legs]
        return f"{name} leaves home at {clock(case.facts['start'])}. {' '.join(told)}"

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """Length and end."""
        return {**self.slots(case), "total": _minutes(option[0]), "end": clock(sum(option))}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The legs are added up one by one."""
        first, *legs = seen.given.split(". ")
        start, end = read_clock(first.rpartition(" ")[2]), read_clock(said["end"])
        total = sum(map(_read_minutes, legs))
        if start is None or end is None or said["name"] != seen.slots["name"]:
            return False
        return said["total"] == _minutes(total) and end == start + total


@task("bill", HARD)
class Bill(Task):
    """What three kinds of goods cost, and what is left to pay after a voucher."""

    asks = Forms(
        "Work out the price of all goods, then what is left to pay after the voucher.",
        "Read the order. What do the goods cost before the voucher is used, and how much has to be paid?",
        "Check this order: give the sum of the goods and the amount to be paid.",
    )
    says = Says(
        en=Forms(
            "The goods come to {sum} euros. With the voucher taken off, {name} has to pay {rest} euros.",
            "{name} has to pay {rest} euros, since the goods cost {sum} euros before the voucher is used.",
            "Before the voucher the order is worth {sum} euros; after it, {rest} euros remain to be paid.",
        ),
        es=Forms(),
    )

    def draw(self, rng: Stream) -> Case:
        """Two sums and two vouchers; the goods come to the sum that is right."""
        total, voucher = rng.between(60, 190), rng.between(8, 30)
        totals = (total, total + rng.choice((2, 4, 10, 20)))
        vouchers = (voucher, voucher + rng.choice((1, 3, 5)))
        options = crossing(rng, totals, vouchers)
        right, off = options[0]
        goods = rng.sample(words(*GOODS), 3)
        while True:
            rows = [(rng.between(2, 6), rng.between(2, 14)) for _ in range(2)]
            count = rng.between(2, 5)
            rest = right - sum(many * price for many, price in rows)
            if rest >= 2 * count and rest % count == 0:
                rows.append((count, rest // count))
                break
        key = f"{rows}-{off} {','.join(thing.id for thing in goods)}"
        facts = {"rows": rows, "goods": goods, "voucher": off, "who": people(rng, 1)[0]}
        return Case(key, str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """Nothing; all stands in the order."""
        return {}

    def given(self, case: Case, rng: Stream) -> str:
        """The order."""
        rows = zip(case.facts["goods"], case.facts["rows"], strict=True)
        lines = [f"- {many} {thing.en['many']} at {price} euros each" for thing, (many, price) in rng.shuffled([*rows])]
        name, voucher = case.facts["who"].en["one"], case.facts["voucher"]
        return "\n".join([f"{name} orders:", *lines, f"{name} hands in a voucher worth {voucher} euros."])

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """The sum, and what remains of it."""
        total, voucher = option
        return {"name": case.facts["who"].en["one"], "sum": str(total), "rest": str(total - voucher)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Every line is added as often as it has pieces; the voucher is taken off."""
        lines = re.findall(r"- (\d+) \D+ at (\d+) euros each", seen.given)
        total = sum(sum([int(price)] * int(many)) for many, price in lines)
        voucher = int(re.findall(r"voucher worth (\d+)", seen.given)[0])
        same = said.get("name", name := seen.given.partition(" ")[0]) == name
        return same and int(said["sum"]) == total and int(said["rest"]) + voucher == total


@task("report", HARD)
class Report(Task):
    """Who comes first or last in a table of five people and four days, and how far from the next."""

    asks = Forms(
        most=(
            "Add up the rows. Who sold the most {things} in the four days, and how many more than the second best?",
            "Who is the best seller of {things} overall, and by how many is the next one behind?",
        ),
        least=(
            "Add up the rows. Who sold the fewest {things} in the four days, and how many fewer than the next one?",
            "Who sold the smallest number of {things} overall, and by how many is the next one ahead?",
        ),
    )
    says = Says(
        en=Forms(
            most=(
                "Over the four days {name} sold the most {things}; that is {gap} more than the next one.",
                "{name} comes first in {things} with a lead of {gap} over the second.",
            ),
            least=(
                "Over the four days {name} sold the fewest {things}; that is {gap} fewer than the next one.",
                "{name} comes last in {things}, with {gap} fewer than the one before.",
            ),
        ),
        es=Forms(),
    )

    def draw(self, rng: Stream) -> Case:
        """Two people and two gaps; the table is made so that one pair is right."""
        who, days = people(rng, 5), rng.sample(words("days"), 4)
        gap = rng.between(3, 15)
        gaps = (gap, gap + rng.between(1, 4))
        turn = rng.choice(("most", "least"))
        options = [(name, lead) for name in rng.shuffled([0, 1]) for lead in rng.shuffled(gaps)]
        options = rng.shuffled(options)
        first, lead = options[0]
        best = rng.between(95, 130)
        rest = [best - lead, *(best - lead - rng.between(1, 25) for _ in range(3))]
        totals = [best, *rest] if turn == "most" else [225 - total for total in (best, *rest)]
        # The other of the two people comes next.
        rows = dict(zip((first, 1 - first, 2, 3, 4), (parted(rng, total, 4, 5) for total in totals), strict=True))
        table = {who[place].en["one"]: rows[place] for place in range(5)}
        key = ";".join(f"{name} {table[name]}" for name in sorted(table))
        facts = {"who": who, "days": days, "table": table, "things": rng.choice(words(*GOODS))}
        return Case(key, f"{turn} {sorted(gaps)}", options, turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """What is sold."""
        return {"things": case.facts["things"].en["many"]}

    def given(self, case: Case, rng: Stream) -> str:
        """The table."""
        rows = [["Name", *(day.en["one"] for day in case.facts["days"])]]
        rows += [[name, *map(str, row)] for name, row in rng.shuffled(sorted(case.facts["table"].items()))]
        return "\n".join(" | ".join(row) for row in rows)

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """A person and a gap."""
        return {**self.slots(case), "name": case.facts["who"][option[0]].en["one"], "gap": str(option[1])}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The rows are added up and put in order."""
        rows = [line.split(" | ") for line in seen.lines[1:]]
        order = sorted(((sum(map(int, row[1:])), row[0]) for row in rows), reverse=seen.turn == "most")
        (one, name), (two, _) = order[:2]
        return said["things"] == seen.slots["things"] and (said["name"], said["gap"]) == (name, str(abs(one - two)))


@task("recipe_plan", HARD)
class RecipePlan(Task):
    """How much of three ingredients a recipe takes for another number of people."""

    asks = Forms(
        "{name} wants to cook this for {many} people. How much of each ingredient is needed?",
        "Change the recipe for {many} people and give the three amounts. {name} will do the shopping.",
        "Write {name} a shopping list with the amounts of the recipe below for {many} people.",
    )
    says = Says(
        en=Forms(
            "For {many} people {name} needs {list}.",
            "The amounts for {many} people are {list}.",
            "{name} should buy {list}; that is enough for {many}.",
        ),
        es=Forms(),
    )

    def draw(self, rng: Stream) -> Case:
        """For two of the ingredients two amounts a person; the third is the same in all answers."""
        things = [by_id("ingredients")[thing] for thing in rng.sample(rng.choice(_DISHES), 3)]
        few, many = rng.sample(range(2, 10), 2)
        step = rng.choice((5, 10))
        ones, twos = (
            (base, base + step * rng.between(1, 2)) for base in (5 * rng.between(4, 25), 5 * rng.between(4, 25))
        )
        options = crossing(rng, ones, twos)
        facts = {"things": things, "few": few, "many": many, "last": 5 * rng.between(4, 25), "who": people(rng, 1)[0]}
        key = f"{few} {many} {options[0]} {','.join(thing.id for thing in things)}"
        return Case(key, str(sorted(options)), options, facts=facts)

    def _amounts(self, case: Case, option: tuple[int, int], count: int) -> list[str]:
        each = (*option, case.facts["last"])
        return [f"{count * grams} grams of {w.en['one']}" for grams, w in zip(each, case.facts["things"], strict=True)]

    def slots(self, case: Case) -> Mapping[str, str]:
        """Who cooks, and for how many."""
        return {"name": case.facts["who"].en["one"], "many": str(case.facts["many"])}

    def given(self, case: Case, rng: Stream) -> str:
        """The recipe."""
        few = case.facts["few"]
        lines = [f"- {amount}" for amount in self._amounts(case, case.options[0], few)]
        return "\n".join([f"For {few} people:", *lines])

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """Three amounts."""
        return {**self.slots(case), "list": listing(self._amounts(case, option, case.facts["many"]), "en")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Each amount of the recipe has to each of the answer the ratio of the people."""
        few, many = int(seen.lines[0].split(" ")[1]), int(seen.slots["many"])
        read = r"(\d+) grams of ([a-z ]+?)(?=,| and \d|\n|$)"
        recipe, answer = re.findall(read, seen.given), re.findall(read, said["list"])
        same = all(said.get(slot, seen.slots[slot]) == seen.slots[slot] for slot in ("name", "many"))
        return same and [(int(g) * few, w) for g, w in answer] == [(int(g) * many, w) for g, w in recipe]


@task("inventory", HARD)
class Inventory(Task):
    """How many of two kinds of things a shop has left after a day of sales and deliveries."""

    asks = Forms(
        "How many {ones} and how many {twos} does the shop have at closing time?",
        "Follow the stock through the day. How many {ones} and {twos} are there in the evening?",
        "Keep count of both kinds of goods and tell me what is left of the {ones} and the {twos}.",
    )
    says = Says(
        en=Forms(
            "At the end of the day the shop has {one} {ones} and {two} {twos}.",
            "In the evening there are {one} {ones} and {two} {twos} in stock.",
            "What remains in the shop is {one} {ones} and {two} {twos}.",
        ),
        es=Forms(),
    )

    def draw(self, rng: Stream) -> Case:
        """Two numbers of each kind; the numbers of the morning follow from the ones that are right."""
        goods = rng.sample(words(*GOODS), 2)
        low = [rng.between(12, 60) for _ in goods]
        options = crossing(rng, *((least, least + rng.choice((1, 2, 3, 5, 10))) for least in low))
        changes = [[rng.between(2, 11), rng.between(3, 24), rng.between(2, 11), rng.between(2, 9)] for _ in goods]
        starts = [
            last + sold - got + later - back for last, (sold, got, later, back) in zip(options[0], changes, strict=True)
        ]
        key = f"{starts} {changes} {','.join(thing.id for thing in goods)}"
        # A shop never sells more than it has.
        if any(start - change[0] < 1 for start, change in zip(starts, changes, strict=True)):
            return self.draw(rng)
        return Case(key, str(sorted(options)), options, facts={"goods": goods, "starts": starts, "changes": changes})

    def slots(self, case: Case) -> Mapping[str, str]:
        """What the two kinds are called."""
        ones, twos = (thing.en["many"] for thing in case.facts["goods"])
        return {"ones": ones, "twos": twos}

    def given(self, case: Case, rng: Stream) -> str:
        """The day."""
        ones, twos = self.slots(case).values()
        (a, b), (one, two) = case.facts["starts"], case.facts["changes"]
        return (
            f"When the shop opens it has {a} {ones} and {b} {twos}. "
            f"In the first hour it sells {one[0]} {ones} and {two[0]} {twos}. "
            f"At noon a van brings {two[1]} {twos} and {one[1]} {ones}. "
            f"In the afternoon {one[2]} {ones} and {two[2]} {twos} are sold. "
            f"Shortly before closing, customers bring back {two[3]} {twos} and {one[3]} {ones}."
        )

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """Two numbers."""
        return {**self.slots(case), "one": str(option[0]), "two": str(option[1])}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """What is sold is taken off, what comes in is added, sentence by sentence."""
        stock = {seen.slots["ones"]: 0, seen.slots["twos"]: 0}
        for sentence in seen.given.split(". "):
            sign = -1 if re.search(r"\b(?:sells|sold)\b", sentence) else 1
            for number, thing in re.findall(r"(\d+) (.+?)(?= and| are|\.|$)", sentence):
                stock[thing] += sign * int(number)
        return {said["ones"]: int(said["one"]), said["twos"]: int(said["two"])} == stock
