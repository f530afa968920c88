"""The file that `shifts new` writes: a working shift with one toy example, whose three functions wait to be filled."""

from __future__ import annotations

TEMPLATE = '''"""One sentence: what this shift asks of a reward model.

Hypothesis: what a model tuned on the source will do on the target, and why.
Held fixed: what source and target share.
Cue: what gives the target's answers away, or none.
Nuisance: other features that might predict the label, and how they are balanced.
"""

from generators.core import Draft, Item, Question, Shift, Stream, Verdict, distribution, sole

SHIFT = Shift(source="{source}", target="{target}")


@distribution("{target}", version=1)
class Target:
    """One sentence: the skill that this distribution measures."""

    def draw(self, rng: Stream) -> Item:
        """The raw thing one example is made from (or `items()`, for a finite list)."""
        a, b = rng.between(10, 999), rng.between(10, 999)
        return Item(key=f"{{a}}+{{b}}", group=f"{{a}}+{{b}}", data=(a, b))

    def write(self, item: tuple[int, int], rng: Stream) -> Draft:
        """The prompt, the right response and the wrong ones."""
        a, b = item
        shift = rng.choice([-3, -2, -1])
        values = [a + b + 10 * (shift + k) for k in range(4)]
        return Draft(f"What is {{a}} + {{b}}?", str(a + b), [str(v) for v in values if v != a + b])

    def prove(self, question: Question) -> Verdict:
        """The right response, found from the print alone."""
        a, b = question.prompt.removeprefix("What is ").removesuffix("?").split(" + ")
        right = [i for i, text in enumerate(question.texts) if int(text) == int(a) + int(b)]
        return Verdict(sole(right, "equal the sum"), "recomputed")
'''


def shift_file(source: str, target: str) -> str:
    """The text of a new shift's file."""
    return TEMPLATE.format(source=source, target=target)
