"""A task about requests: polite or plain, asking to do something or not to, or the contrary of it."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.choices import Bits, corners, flipped
from generators.families.instructions.forms import Forms, Says, fill, read
from generators.families.instructions.grammar import capital, small
from generators.families.instructions.lexicon import Language, Word, words
from generators.families.instructions.tasks import Case, Seen, Task, task

#: When it is to be done.
_WHEN: Mapping[str, str] = {
    "now": "ahora",
    "today": "hoy",
    "tonight": "esta noche",
    "this afternoon": "esta tarde",
    "tomorrow": "mañana",
    "before lunch": "antes de comer",
    "after class": "después de clase",
    "this weekend": "este fin de semana",
    "on Monday": "el lunes",
    "on Friday": "el viernes",
    "on Sunday": "el domingo",
    "after dinner": "después de cenar",
    "at noon": "a mediodía",
    "right away": "enseguida",
}
#: Requests by (polite, negative): verb form and template.
_FRAMES: Mapping[Language, Mapping[tuple[bool, bool], tuple[str, str]]] = {
    "en": {
        (False, False): ("", "{do} {object} {when}."),
        (False, True): ("", "Do not {do} {object} {when}."),
        (True, False): ("", "Could you please {do} {object} {when}?"),
        (True, True): ("", "Could you please not {do} {object} {when}?"),
    },
    "es": {
        (False, False): ("", "{do} {object} {when}."),
        (False, True): ("_not", "No {do} {object} {when}."),
        (True, False): ("_to", "¿Podrías {do} {object} {when}, por favor?"),
        (True, True): ("_to", "¿Podrías no {do} {object} {when}, por favor?"),
    },
}


@task("request")
class Request(Task):
    """A request with its politeness, its negation or its verb changed to the contrary, or all three."""

    asks = Forms(
        polite=(
            "Rewrite this request so that it is {tone}, and change nothing else.",
            "Say the same thing in a {tone} way.",
            "Change only the tone of the request: make it {tone}.",
        ),
        negative=(
            "Rewrite this request in the {polarity}, keeping its verb and its tone.",
            "Keep the tone and the verb, but make the request {polarity}.",
            "Give the {polarity} form of this request, with the same verb and tone.",
        ),
        verb=(
            "Replace only the verb of this request, with the verb that means the opposite.",
            "Use the verb of opposite meaning and leave the rest of the request as it is.",
            "Rewrite the request with the opposite verb, changing nothing else.",
        ),
        all=(
            "Make this request {tone} and {polarity}, and use the verb of opposite meaning.",
            "Change three things: the tone to {tone}, the form to {polarity}, and the verb to its opposite.",
            "Rewrite the request with the opposite verb, in the {polarity}, and in a {tone} way.",
        ),
    )
    says = Says(
        en=Forms("{request}", "You could say: {request}", "The request becomes: {request}"),
        es=Forms("{request}", "Se puede decir así: {request}", "La petición queda así: {request}"),
    )
    _turns: Mapping[Bits, str] = {
        (True, False, False): "polite",
        (False, True, False): "negative",
        (False, False, True): "verb",
        (True, True, True): "all",
    }

    def draw(self, rng: Stream) -> Case:
        """An action, a time and a change to make."""
        action, when = rng.choice(words("actions")), rng.choice(sorted(_WHEN))
        bits, changes = corners(rng)
        turn = self._turns[changes[0]]
        options = [flipped(bits, change) for change in changes]
        return Case(
            f"{action.id} {when}", f"{bits} {turn}", options, turn, {"action": action, "when": when, "bits": bits}
        )

    def slots(self, case: Case) -> Mapping[str, str]:
        """What the right answer is called."""
        polite, negative, _ = case.options[0]
        return {"tone": _TONE[polite], "polarity": _POLARITY[negative]}

    def given(self, case: Case, rng: Stream) -> str:
        """The request to change."""
        return _request(case.facts["action"], case.facts["bits"], case.facts["when"], "en")

    def words(self, case: Case, option: Bits, language: Language) -> Mapping[str, str]:
        """The changed request."""
        return {"request": _request(case.facts["action"], option, case.facts["when"], language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Both requests are read feature by feature; just those asked for differ, and as they were named."""
        before, after = _read_request(seen.given, "en"), _read_request(said["request"], language)
        if before is None or after is None or before["what"] != after["what"]:
            return False
        changed = {key for key in ("polite", "negative", "verb") if before[key] != after[key]}
        named = {"tone": _TONE[bool(after["polite"])], "polarity": _POLARITY[bool(after["negative"])]}
        wanted = {"polite", "negative", "verb"} if seen.turn == "all" else {seen.turn}
        return changed == wanted and all(named[key] == value for key, value in seen.slots.items())


_TONE = {True: "polite", False: "plain"}
_POLARITY = {True: "negative", False: "affirmative"}


def _request(action: Word, bits: Bits, when: str, language: Language) -> str:
    polite, negative, second = bits
    ending, template = _FRAMES[language][polite, negative]
    verb = action.form(language, ("second" if second else "first") + ending)
    time = when if language == "en" else _WHEN[when]
    return capital(fill(template, {"do": verb, "object": action.form(language, "object"), "when": time}))


def _read_request(text: str, language: Language) -> dict[str, str | bool] | None:
    """Action, time and features of a request; None where its verb has not the form that its frame needs."""
    for (polite, negative), (ending, template) in _FRAMES[language].items():
        body = text if template[0] != "{" else small(text)
        for action in words("actions"):
            for side in ("first", "second"):
                slots = {"do": action.form(language, side + ending), "object": action.form(language, "object")}
                found = read(fill(template, {**slots, "when": "{when}"}), body)
                if found and (found["when"] in (_WHEN if language == "en" else _WHEN.values())):
                    when = next(en for en, es in _WHEN.items() if found["when"] in (en, es))
                    return {"what": f"{action.id} {when}", "polite": polite, "negative": negative, "verb": side}
    return None
