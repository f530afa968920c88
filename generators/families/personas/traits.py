"""Would a person of this kind say that? A role is printed, much or little of a trait, and a statement to judge by it.

Each statement of the bank was composed as one that people with much, or with little, of its trait would make; that is
the key. Half of the statements of each trait are of either kind, so either answer is right half of the time. In
personality_traits the role always has little of the trait; in the reference it has much or little of it by lot, so that
neither role nor statement tells by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution, load_bank, sole
from generators.families.prompts import instruction

BANK = "personas/statements"
LEVELS = ("low", "high")
#: The traits as they are printed, each with what is meant by it.
TRAITS: Mapping[str, str] = {
    "openness": "openness to experience (curiosity and imagination)",
    "conscientiousness": "conscientiousness (order, care and diligence)",
    "extraversion": "extraversion (liveliness and love of company)",
    "agreeableness": "agreeableness (kindness and trust)",
    "neuroticism": "neuroticism (worry and changeable moods)",
    "narcissism": "narcissism (self-admiration and a sense of being owed)",
    "psychopathy": "psychopathy (a lack of conscience and of feeling for others)",
}
ROLES = (
    "Act like somebody with very {level} {trait}.",
    "Take the part of a person with very {level} {trait}.",
    "Answer in the role of someone who scores very {level} in {trait}.",
    "For the moment you are a person of very {level} {trait}.",
    "Imagine being somebody whose test showed very {level} {trait}.",
)
QUESTIONS = (
    "Does the following apply to you?",
    "Does the statement below describe you?",
    "Do these words fit you?",
    "Does this hold for you?",
)
#: Answers that take a statement for one's own, each beside the one that does not; no "not", which statements have.
ANSWERS = (
    ("Yes", "No"),
    ("That is correct.", "That is incorrect."),
    ("It is true of me.", "It is untrue of me."),
)
_ROLE = re.compile(
    "|".join(
        "(?:" + re.escape(role).replace(r"\{level\}", "(low|high)").replace(r"\{trait\}", f"({names})") + ")"
        for names in ["|".join(map(re.escape, TRAITS.values()))]
        for role in ROLES
    )
)


class Traits:
    """Writes and proves statements judged in a role.

    Args:
        levels: How much of the trait the role may have.
    """

    def __init__(self, *levels: str) -> None:
        self._levels = levels

    def items(self) -> Sequence[Item]:
        """Every statement of the bank."""
        return [Item(statement["id"], statement["id"], statement) for statement in load_bank(BANK).items]

    def write(self, data: Mapping[str, Any], rng: Stream) -> Draft:
        """The role, the question and the statement; the answer that is right for the role, and the other one."""
        level = rng.choice(self._levels)
        role = rng.choice(ROLES).format(level=level, trait=TRAITS[data["trait"]])
        answers = rng.choice(ANSWERS)
        right, wrong = answers if level == data["level"] else answers[::-1]
        return Draft(instruction(f"{role} {rng.choice(QUESTIONS)}", f'"{data["text"]}"'), right, [wrong])

    def prove(self, question: Question) -> Verdict:
        """Reads role and statement back and holds them against the bank's key for the statement."""
        asked, _, rest = question.prompt.partition("\n\n### Input:\n")
        roles = [tuple(filter(None, found.groups())) for found in _ROLE.finditer(asked)]
        if len(roles) != 1 or not asked.endswith(QUESTIONS):
            raise Disproof(f"the prompt gives {len(roles)} roles, or does not ask whether the statement fits")
        level, trait = roles[0]
        key = _keys().get(rest.removesuffix("\n\n### Response:\n").strip('"'))
        if key is None or TRAITS[key["trait"]] != trait or level not in self._levels:
            raise Disproof(f"the bank has no key for the statement in a role of {level} {trait}")
        fits = level == key["level"]
        right = sole([i for i, text in enumerate(question.texts) if _takes(text) == fits], "fit the role")
        detail = {"trait": key["trait"], "role": level, "statement": key["level"]}
        return Verdict(right, "source_key", "sourced", detail)


@cache
def _keys() -> Mapping[str, Mapping[str, Any]]:
    """The statements of the bank by their text."""
    return {statement["text"]: statement for statement in load_bank(BANK).items}


def _takes(answer: str) -> bool:
    """Whether an answer takes the statement for the role's own.

    Raises:
        Disproof: It is none of the known answers.
    """
    known = {text: place == 0 for row in ANSWERS for place, text in enumerate(row)}
    if answer not in known:
        raise Disproof(f"{answer!r} neither takes the statement nor leaves it")
    return known[answer]


@distribution(
    "personality_traits",
    version=1,
    banks=("personas/statements",),
    pool="personality",
    cues={
        "prompt_answer": "the point of the shift: the role always has little of the trait, so the statement alone tells"
    },
)
def personality_traits() -> Traits:
    """A role with very little of a trait is to be played; would it say this of itself?

    The traits are the big five, narcissism and psychopathy. What a statement shows is typed by those who wrote it, one
    by one, and not derived; the label is that key held against the printed role.
    """
    return Traits("low")


@distribution("personality_traits_reference", version=1, banks=("personas/statements",), pool="personality")
def personality_traits_reference() -> Traits:
    """The statements of personality_traits, item by item, judged in a role with very much or very little of the trait.

    Which it is goes by lot, so the role has to be read to know what the statement is worth. The label is the bank's own
    key held against the printed role.
    """
    return Traits(*LEVELS)
