"""A made-up language model for the loopback server: it writes what was asked for, quickly and differently each time."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Mapping
from typing import Any

#: What made-up names and clues are made of.
PEOPLE, PLACES, THINGS, DEEDS, WHOM, WHEN = (
    line.split()
    for line in (
        "Amos Ruth Silas Clara Enoch Hattie Josiah Minerva Lemuel Abigail Ezra Cordelia Jared Lavinia Orrin Tamsin",
        "Ashford Birchwood Cedarville Dunmore Elkhorn Fairhaven Galena Harlow Ironton Jasper Kingsbury Larkin",
        "strike riot parade fire flood trial fair march boycott election duel panic raid treaty survey auction",
        "closed emptied divided shamed united startled ruined delayed rebuilt exposed frightened inspired",
        "millers teamsters clerks weavers bankers sailors printers farmers miners teachers senators drovers",
        "spring summer autumn winter harvest thaw drought",
    )
)


class Model:
    """Answers requests for items of US history, for judgements, and for texts told again."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}

    def answer(self, body: Mapping[str, Any]) -> Any:
        """The answer as JSON."""
        told = body["messages"][-1]["content"]
        schema = body["response_format"]["json_schema"]["schema"]["properties"]
        if "texts" in schema:
            return {"texts": [self.told(text) for text in re.findall(r"^\d+\. (.*)$", told, re.MULTILINE)]}
        if "choice" in schema:
            return {"choice": self.choice(told)}
        return {"items": [self.item(f"{told}{body.get('seed', '')}", number) for number in range(5)]}

    def item(self, told: str, number: int) -> dict[str, Any]:
        """One new term of history with a clue, the same for the same request."""
        key = hashlib.sha256(f"{number}:{told}".encode()).hexdigest()
        rng = random.Random(key)  # noqa: S311 - made-up data
        name = f"{rng.choice(PEOPLE)} {rng.choice(PLACES)}-{key[:6].translate(LETTERS)}"
        person = '"person":true' in told
        term = name if person else f"the {name} {rng.choice(THINGS)}"
        clue = (
            f"{rng.choice(DEEDS)} the {rng.choice(WHOM)} of {rng.choice(PLACES)} in the {rng.choice(WHEN)} of"
            f" {rng.randint(1770, 1970)} and {rng.choice(DEEDS)} {rng.randint(11, 9999)} {rng.choice(WHOM)}"
            f" near {key[6:12].translate(LETTERS)}"
        )
        self.owners[clue] = term
        return {"term": term, "pronoun": "he" if person else "it", "clues": [clue]}

    def told(self, text: str) -> str:
        """A text in another language or in other words."""
        return text

    def choice(self, told: str) -> int:
        """The option that owns the clue of a question; or else the one that shares most words with it."""
        options = re.findall(r"^(\d+)\. (.*)$", told, re.MULTILINE)
        for number, option in options:
            if any(owner == option and clue in told for clue, owner in self.owners.items()):
                return int(number)
        asked = set(told.split("\n1. ")[0].split())
        return int(max(options, key=lambda each: len(asked & set(each[1].split())))[0])


#: Digits of a hash as letters, so that names hold none.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def content(value: Any) -> str:
    """An answer as text."""
    return json.dumps(value)
