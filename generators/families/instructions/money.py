"""Tasks about prices: totals, change, discounts, and whether the money is enough."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.choices import grid
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import a, find_the, money, read_money, the
from generators.families.instructions.lexicon import Language, Word, find_one, words
from generators.families.instructions.numerals import from_words, in_words
from generators.families.instructions.people import people
from generators.families.instructions.tasks import Case, Seen, Task, task

#: Slips in sums of money, in cents: a carry lost or made twice, and a smaller one.
_STEPS, _SMALL_STEPS = (10, 100, 110), (1, 5, 20, 50)
#: Banks of things that shops sell by the piece.
_SOLD = ("kitchen", "stationery", "clothes")
#: Banks of things that cost some hundred euros.
_DEAR = ("furniture", "instruments")


@task("total")
class Total(Task):
    """What some things of two kinds cost together."""

    asks = Forms(
        "{One} costs {price} and {two} costs {other}. How much do {count} {ones} and {two} cost together?",
        "In a shop {one} is {price} and {two} is {other}. What is the price of {count} {ones} and {two} in all?",
        "{name} buys {count} {ones} at {price} each, and {two} for {other}. What does {name} pay altogether?",
    )
    says = Says(
        en=Forms("Together they cost {total}.", "The total is {total}.", "That makes {total}."),
        es=Forms("En total cuestan {total}.", "El total es de {total}.", "Son {total}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four sums, and prices that come to the first."""
        options = grid(rng, 650, 2400, _STEPS, _SMALL_STEPS)
        count = rng.between(2, 4)
        price = rng.between(80, (options[0] - 60) // count)
        one, two = rng.sample(words(*_SOLD), 2)
        facts = {
            "count": count,
            "price": price,
            "other": options[0] - count * price,
            "one": one,
            "two": two,
            "name": people(rng, 1)[0],
        }
        return Case(f"{count}x{price}+{facts['other']} {one.id} {two.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """Things, prices and how many."""
        facts = case.facts
        return {
            "one": a(facts["one"], "en"),
            "ones": facts["one"].en["many"],
            "two": a(facts["two"], "en"),
            "price": money(facts["price"], "en"),
            "other": money(facts["other"], "en"),
            "count": in_words(facts["count"], "en"),
            "name": facts["name"].en["one"],
        }

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A sum."""
        return {"total": money(option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The prices are added once for every piece."""
        price, other = read_money(seen.slots["price"], "en"), read_money(seen.slots["other"], "en")
        count = from_words(seen.slots["count"], "en")
        if price is None or other is None or count is None:
            return False
        return read_money(said["total"], language) == sum([price] * count) + other


@task("change")
class Change(Task):
    """What one gets back from a note."""

    asks = Forms(
        "{name} buys {thing} for {price} and pays with a {note}-euro note. How much change is due?",
        "{Thing} costs {price}. {name} hands over a {note}-euro note. How much money comes back?",
        "Work out the change: {name} pays for {thing} at {price} with a {note}-euro note.",
    )
    says = Says(
        en=Forms("The change is {change}.", "{name} gets {change} back.", "{change}"),
        es=Forms("El cambio es de {change}.", "A {name} le devuelven {change}.", "{change}"),
    )

    def draw(self, rng: Stream) -> Case:
        """Four sums, and a price that leaves the first of them from the next larger note."""
        options = grid(rng, 120, 4000, _STEPS, _SMALL_STEPS)
        note = next(note for note in (5, 10, 20, 50) if note * 100 > max(options) + 99)
        who, thing = people(rng, 1)[0], rng.choice(words("clothes", "kitchen"))
        price = note * 100 - options[0]
        facts = {"note": note, "price": price, "who": who, "thing": thing}
        return Case(f"{note}-{price} {thing.id} {who.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """Who buys what, the price and the note."""
        return {
            "name": case.facts["who"].en["one"],
            "thing": a(case.facts["thing"], "en"),
            "price": money(case.facts["price"], "en"),
            "note": str(case.facts["note"]),
        }

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A sum, and who gets it."""
        return {"change": money(option, language), "name": case.facts["who"].en["one"]}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Price and change make up the note."""
        price, change = read_money(seen.slots["price"], "en"), read_money(said["change"], language)
        if price is None or change is None or said.get("name", seen.slots["name"]) != seen.slots["name"]:
            return False
        return price + change == 100 * int(seen.slots["note"])


@task("discount")
class Discount(Task):
    """What something costs after a discount, in whole euros."""

    asks = Forms(
        "{Thing} cost {price} euros and is now {percent}% off. What is the new price?",
        "A shop takes {percent}% off {thing} of {price} euros. How much is it now?",
        "What do you pay for {thing} of {price} euros after a discount of {percent}%?",
    )
    says = Says(
        en=Forms("The new price is {total} euros.", "{The_thing} now costs {total} euros."),
        es=Forms("El nuevo precio es de {total} euros.", "{The_thing} cuesta ahora {total} euros."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four prices, and an old price that comes down to the first."""
        options = [36 * number for number in grid(rng, 2, 12, (1,), (2, 3))]
        # Every multiple of 36 comes down from a whole price at each of these rates.
        rates = (10, 20, 25, 40, 50, 60)
        percent = rng.choice([rate for rate in rates if 100 * options[0] // (100 - rate) not in options])
        price = 100 * options[0] // (100 - percent)
        thing = rng.choice(words(*_DEAR))
        facts = {"price": price, "percent": percent, "thing": thing}
        return Case(f"{price} {percent} {thing.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The thing, its old price and the discount."""
        facts = case.facts
        return {"thing": a(facts["thing"], "en"), "price": str(facts["price"]), "percent": str(facts["percent"])}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A price and the thing."""
        return {"total": str(option), "the_thing": the(case.facts["thing"], language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The old price less the discount, in hundredths."""
        price, percent = int(seen.slots["price"]), int(seen.slots["percent"])
        thing = find_the(language, said["the_thing"], *_DEAR) if "the_thing" in said else None
        if "the_thing" in said and (thing is None or a(thing, "en") != seen.slots["thing"]):
            return False
        return 100 * int(said["total"]) == 100 * price - percent * price


@task("afford")
class Afford(Task):
    """Whether the money is enough, with the reason: two verdicts crossed with two costs."""

    asks = Forms(
        "{name} has {budget} euros. Is that enough for {count} {things} at {price} each? Give the reason.",
        "Can {name} buy {count} {things} at {price} each with {budget} euros? Say yes or no and why.",
        "{Count} {things} at {price} each: does {name}, with {budget} euros, have enough money? Explain briefly.",
    )
    says = Says(
        en=Forms(
            "{Verdict}, because {count} {things} cost {total}.",
            "{Verdict}: the price of {count} {things} is {total}.",
            "{Verdict}. Together they cost {total}.",
        ),
        es=Forms(
            "{Verdict}, porque {count} {things} cuestan {total}.",
            "{Verdict}: el precio de {count} {things} es de {total}.",
            "{Verdict}. En total cuestan {total}.",
        ),
    )
    _verdicts: Mapping[Language, tuple[str, str]] = {"en": ("no", "yes"), "es": ("no", "sí")}

    def draw(self, rng: Stream) -> Case:
        """Two prices that differ by a slip, and a budget just above or below the cost of the first answer."""
        count = rng.between(2, 6)
        price = rng.between(150, 900)
        costs = (count * price, count * (price + rng.choice((10, 20, 50, 100))))
        options = rng.shuffled([(enough, cost) for enough in (False, True) for cost in costs])
        enough, cost = options[0]
        budget = cost // 100 - rng.below(3) if not enough else -(-cost // 100) + rng.below(3)
        if not enough and 100 * budget == cost:
            budget -= 1
        who, thing = people(rng, 1)[0], rng.choice(words(*_SOLD))
        facts = {"who": who, "thing": thing, "count": count, "price": cost // count, "budget": budget}
        key = f"{who.id} {count} {thing.id} {cost // count} {budget}"
        return Case(key, str(costs), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """Who wants what, for how much, with what money."""
        facts = case.facts
        return {
            "name": facts["who"].en["one"],
            "budget": str(facts["budget"]),
            "count": in_words(facts["count"], "en"),
            "things": facts["thing"].en["many"],
            "price": money(facts["price"], "en"),
        }

    def words(self, case: Case, option: tuple[bool, int], language: Language) -> Mapping[str, str]:
        """A verdict and a cost."""
        enough, cost = option
        thing: Word = case.facts["thing"]
        return {
            "verdict": self._verdicts[language][enough],
            "count": in_words(case.facts["count"], language),
            "things": thing.form(language, "many"),
            "total": money(cost, language),
        }

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The cost is added up; verdict and reason must both hold."""
        price, total = read_money(seen.slots["price"], "en"), read_money(said["total"], language)
        count = from_words(seen.slots["count"], "en")
        thing = find_one("en", seen.slots["things"], "many", *_SOLD)
        if price is None or count is None or thing is None or total != sum([price] * count):
            return False
        if said.get("things", thing.form(language, "many")) != thing.form(language, "many"):
            return False
        if from_words(said.get("count", in_words(count, language)), language) != count:
            return False
        return self._verdicts[language].index(said["verdict"]) == (100 * int(seen.slots["budget"]) >= total)
