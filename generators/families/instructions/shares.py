"""Tasks about parts and wholes: sharing, percent, areas, and rows of numbers."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from generators.core import Stream
from generators.families.instructions.choices import crossed, grid
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.grammar import counted, read_counted
from generators.families.instructions.lexicon import GOODS, Language, find_one, words
from generators.families.instructions.numerals import from_words, in_words
from generators.families.instructions.tasks import Case, Seen, Task, task


@task("share")
class Share(Task):
    """How many of some things each child gets, and how many are left over: two of each, crossed."""

    asks = Forms(
        "{total} {things} are shared out equally among {count} children. How many does each get, and how many remain?",
        "If {count} children share {total} {things} fairly, how many does each child get and how many remain?",
        "Divide {total} {things} equally among {count} children. Give each child's share and the remainder.",
    )
    says = Says(
        en=Forms("Each child gets {each} and {rest} are left over.", "{each} for each child, with {rest} left over"),
        es=Forms("A cada niño le tocan {each} y sobran {rest}.", "{each} para cada niño, y sobran {rest}"),
    )

    def draw(self, rng: Stream) -> Case:
        """Two shares and two remainders; the first pair is asked for."""
        count = rng.between(4, 9)
        share = rng.between(3, 15)
        rests = rng.sample(range(2, count), 2)
        options = rng.shuffled([(each, rest) for each in (share, share + 1) for rest in rests])
        total = options[0][0] * count + options[0][1]
        thing = rng.choice(words(*GOODS, "flowers"))
        facts = {"total": total, "count": count, "thing": thing}
        return Case(f"{total}/{count} {thing.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """What is shared among how many."""
        total, count = str(case.facts["total"]), in_words(case.facts["count"], "en")
        return {"total": total, "count": count, "things": case.facts["thing"].en["many"]}

    def words(self, case: Case, option: tuple[int, int], language: Language) -> Mapping[str, str]:
        """A share and a remainder."""
        return {"each": str(option[0]), "rest": str(option[1])}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """All shares and the remainder make up the whole, and the remainder is too small for another round."""
        count, each, rest = from_words(seen.slots["count"], "en"), int(said["each"]), int(said["rest"])
        return count is not None and rest < count and each * count + rest == int(seen.slots["total"])


@task("percent")
class Percent(Task):
    """So many percent of some things."""

    asks = Forms(
        "A shop had {total} {things} and sold {percent}% of them. How many did it sell?",
        "Of {total} {things}, {percent}% were sold. How many is that?",
        "How many {things} were sold if a shop had {total} and {percent}% of them are gone?",
    )
    says = Says(
        en=Forms("{part} {things} were sold.", "The shop sold {part} {things}.", "{part} {things}"),
        es=Forms("Se vendieron {part} {things}.", "La tienda vendió {part} {things}.", "{part} {things}"),
    )

    def draw(self, rng: Stream) -> Case:
        """Four numbers, and a whole and a rate that come to the first."""
        options = [3 * number for number in grid(rng, 3, 24, (1, 4), (2, 3, 7))]
        rates = [rate for rate in (5, 10, 15, 20, 25, 30, 50, 60, 75) if 100 * options[0] % rate == 0]
        percent = rng.choice([rate for rate in rates if 100 * options[0] // rate not in options])
        thing = rng.choice(words(*GOODS, "flowers"))
        facts = {"total": 100 * options[0] // percent, "percent": percent, "thing": thing}
        return Case(f"{percent} {facts['total']} {thing.id}", str(sorted(options)), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The whole and the rate."""
        facts = case.facts
        return {"total": str(facts["total"]), "percent": str(facts["percent"]), "things": facts["thing"].en["many"]}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A part."""
        return {"part": str(option), "things": case.facts["thing"].form(language, "many")}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The part is to the whole as the rate is to a hundred."""
        thing = find_one("en", seen.slots["things"], "many", *GOODS, "flowers")
        if thing is None or said["things"] != thing.form(language, "many"):
            return False
        return 100 * int(said["part"]) == int(seen.slots["total"]) * int(seen.slots["percent"])


@task("rectangle")
class Rectangle(Task):
    """Perimeter or area of a rectangle."""

    asks = Forms(
        perimeter=(
            "What is the perimeter of a rectangle {a} {unit} long and {b} {unit} wide?",
            "A rectangle has sides of {a} and {b} {unit}. How long is its perimeter?",
            "How long is a line around a rectangle of {a} by {b} {unit}?",
        ),
        area=(
            "What is the area of a rectangle {a} {unit} long and {b} {unit} wide?",
            "A rectangle has sides of {a} and {b} {unit}. How large is its area?",
            "How much surface does a rectangle of {a} by {b} {unit} cover?",
        ),
    )
    says = Says(
        en=Forms(
            perimeter=("The perimeter is {size}.", "It measures {size}.", "{size}"),
            area=("The area is {size}.", "It measures {size}.", "{size}"),
        ),
        es=Forms(
            perimeter=("El perímetro es de {size}.", "Mide {size}.", "{size}"),
            area=("La superficie es de {size}.", "Mide {size}.", "{size}"),
        ),
    )
    _square: Mapping[Language, tuple[str, str]] = {"en": ("square ", ""), "es": ("", " cuadrados")}

    def draw(self, rng: Stream) -> Case:
        """Two lengths and two widths; the first pair is asked for."""
        turn = rng.choice(("perimeter", "area"))

        def sides() -> tuple[int, int, int, int]:
            long, wide = rng.between(12, 40), rng.between(3, 9)
            return long, long + rng.between(1, 5), wide, wide + rng.between(1, 2)

        def size(one: int, two: int) -> int:
            return one * two if turn == "area" else 2 * (one + two)

        pairs = crossed(rng, sides, size)
        unit = rng.choice(("meter", "centimeter"))
        facts = {"pair": pairs[0], "unit": unit}
        return Case(f"{turn} {pairs[0]} {unit}", str(sorted(pairs)), [size(*pair) for pair in pairs], turn, facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """The sides."""
        one, two = case.facts["pair"]
        return {"a": str(one), "b": str(two), "unit": f"{case.facts['unit']}s"}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A length or an area."""
        size = counted(option, case.facts["unit"], language)
        if case.turn == "perimeter":
            return {"size": size}
        before, after = self._square[language]
        return {"size": size.replace(" ", f" {before}") + after}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """The sides are walked around, or unit squares counted row by row, in the unit of the question."""
        before, after = self._square[language] if seen.turn == "area" else ("", "")
        if not said["size"].endswith(after) or (before and before not in said["size"]):
            return False
        read = read_counted(said["size"].removesuffix(after).replace(before, "", 1), language)
        if read is None or f"{read[1]}s" != seen.slots["unit"]:
            return False
        one, two = int(seen.slots["a"]), int(seen.slots["b"])
        return read[0] == (one + two + one + two if seen.turn == "perimeter" else sum([one] * two))


@task("sequence")
class Sequence(Task):
    """The number that continues a row of even steps."""

    asks = Forms(
        "What is the next number in this row: {row}?",
        "Continue the sequence by one number: {row}.",
        "These numbers follow a rule: {row}. Which number comes next?",
    )
    says = Says(
        en=Forms("The next number is {number}.", "{number} comes next.", "It continues with {number}."),
        es=Forms("El número siguiente es {number}.", "Ahora viene {number}.", "Continúa con {number}."),
    )

    def draw(self, rng: Stream) -> Case:
        """Four numbers, and a row that leads to the first and has none of the others in it."""
        options = grid(rng, 30, 160, (10, 20), (1, 2, 3, 5))
        while True:
            step = rng.between(2, 25) * (1 if rng.chance(1, 2) else -1)
            row = [options[0] - step * back for back in (5, 4, 3, 2, 1)]
            if min(row) > 0 and not set(row) & set(options):
                break
        return Case(f"{row[0]} {step}", str(sorted(options)), options, facts={"row": row})

    def slots(self, case: Case) -> Mapping[str, str]:
        """The row."""
        return {"row": ", ".join(map(str, case.facts["row"]))}

    def words(self, case: Case, option: int, language: Language) -> Mapping[str, str]:
        """A number."""
        return {"number": str(option)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """With the answer at its end, the row has one and the same step throughout."""
        row = [int(number) for number in (*seen.slots["row"].split(", "), said["number"])]
        return len({two - one for one, two in pairwise(row)}) == 1
