"""What all kinds of task have in common, and the register of kinds.

A kind is one class under `@task(name)`: it draws a case (four answers, the right one first), asks for it in English,
says an answer in either language, and checks a printed answer against the printed question. Adding a kind to one of
the files here needs nothing else. A new file is named among the imports of `distributions`, since the fingerprint of
a build follows imports.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, sole
from generators.families.instructions.forms import Forms, Says, fill
from generators.families.instructions.grammar import contract
from generators.families.instructions.lexicon import Language
from generators.families.prompts import PREAMBLE, instruction

#: Ways to ask for Spanish, after an instruction in English.
IN_SPANISH = (
    "Answer in Spanish.",
    "Please reply in Spanish.",
    "Write your answer in Spanish.",
    "Give the answer in Spanish.",
    "Respond in Spanish, please.",
    "I need the answer in Spanish.",
    "Your answer should be in Spanish.",
    "Use Spanish for your reply.",
)

K = TypeVar("K", bound="type[Task]")
Kinds = dict[str, "Task"]
#: The kinds of the general tasks; other families keep registers of their own.
TASKS: Kinds = {}


@dataclass(frozen=True, slots=True)
class Case:
    """One task, before it is put into words.

    Attributes:
        group: What it is about; tasks of one group stay in one split.
        asked: What tells this task from the others of its group.
        options: The four answers, the right one first.
        turn: Which way the task is put, where its kind has several.
        facts: Whatever else the kind needs to print it.
    """

    group: str
    asked: str
    options: Sequence[Any]
    turn: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """A task as it is read from a prompt.

    Attributes:
        turn: Which way it is put.
        slots: What stands in the slots of its instruction.
        given: The input below the instruction, empty where there is none.
    """

    turn: str
    slots: Mapping[str, str]
    given: str

    @property
    def lines(self) -> list[str]:
        """The lines of the input."""
        return self.given.split("\n")


class Task(ABC):
    """A kind of task.

    Attributes:
        asks: Instructions, in English.
        says: Answers in each language; the four answers of an example share one form.
    """

    asks: Forms
    says: Says

    @abstractmethod
    def draw(self, rng: Stream) -> Case:
        """A case; any of its four answers was as likely to be the right one."""

    @abstractmethod
    def slots(self, case: Case) -> Mapping[str, str]:
        """What fills the instruction's slots."""

    def given(self, case: Case, rng: Stream) -> str:  # noqa: ARG002 - most kinds have no input
        """The input below the instruction, if any."""
        return ""

    @abstractmethod
    def words(self, case: Case, option: Any, language: Language) -> Mapping[str, str]:
        """What fills an answer's slots."""

    @abstractmethod
    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Whether a printed answer is right, from print alone.

        Args:
            seen: The question as it was read.
            said: The slots of the answer, by one of the forms that it fits.
            language: The answer's language.
        """


def task(name: str, kinds: Kinds = TASKS) -> Callable[[K], K]:
    """Registers a class as a kind of task.

    Raises:
        ValueError: The name is taken.
    """

    def register(kind: K) -> K:
        if name in kinds:
            raise ValueError(f"two kinds of task are called {name!r}")
        kinds[name] = kind()
        return kind

    return register


def draw(rng: Stream, kinds: Kinds = TASKS) -> Item:
    """A task of any kind, each kind as likely."""
    name = rng.choice(sorted(kinds))
    case = kinds[name].draw(rng)
    group = f"{name}:{case.group}"
    return Item(f"{group}?{case.asked}", group, (name, case))


def request(text: str, given: str, language: Language, rng: Stream) -> str:
    """An instruction as prompt, with the wish for Spanish where the answer is to be Spanish."""
    return instruction(text if language == "en" else f"{text} {rng.choice(IN_SPANISH)}", given)


def write(name: str, case: Case, language: Language, rng: Stream, kinds: Kinds = TASKS) -> Draft:
    """A case as prompt and four answers of one form."""
    kind = kinds[name]
    text = fill(kind.asks.pick(rng, case.turn), kind.slots(case))
    prompt = request(text, kind.given(case, rng), language, rng)
    form = kind.says.of(language).pick(rng, case.turn)
    answers = [fill(form, kind.words(case, option, language)) for option in case.options]
    if language == "es":
        answers = [contract(answer) for answer in answers]
    return Draft(prompt, answers[0], answers[1:], meta={"task": name})


def parts(prompt: str, language: Language) -> tuple[str, str]:
    """Instruction and input of a prompt, without the wish for Spanish.

    Raises:
        Disproof: The prompt has another shape, or its wish is not for this language.
    """
    head, tail = f"{PREAMBLE}\n\n### Instruction:\n", "\n\n### Response:\n"
    if not (prompt.startswith(head) and prompt.endswith(tail)):
        raise Disproof("the prompt has no instruction")
    text, _, given = prompt[len(head) : -len(tail)].partition("\n\n### Input:\n")
    wish = next((wish for wish in IN_SPANISH if text.endswith(f" {wish}")), "")
    if bool(wish) != (language == "es"):
        raise Disproof(f"the prompt asks for another language than {language!r}")
    return text.removesuffix(f" {wish}"), given


def prove(question: Question, language: Language, kinds: Kinds = TASKS) -> Verdict:
    """Reads a task and its answers back from print and decides each answer by its kind's rule.

    Raises:
        Disproof: The prompt or an answer cannot be read, or not exactly one answer is right.
    """
    kind = kinds.get(question.meta["task"])
    if kind is None:
        raise Disproof(f"there is no kind of task called {question.meta['task']!r}")
    text, given = parts(question.prompt, language)
    readings = [Seen(turn, slots, given) for turn, slots in kind.asks.read_any(text)]
    if len(readings) != 1:
        raise Disproof(f"the instruction {text!r} has {len(readings)} readings as a task")
    right = [i for i, answer in enumerate(question.texts) if _is_right(kind, readings[0], answer, language)]
    return Verdict(sole(right, "are right by the task's rule"), "rule")


def _is_right(kind: Task, seen: Seen, answer: str, language: Language) -> bool:
    """Whether an answer is right in one of the ways to read it."""
    said = kind.says.of(language).read(answer, seen.turn)
    if not said:
        raise Disproof(f"the answer {answer!r} has no form that this task knows")
    try:
        checked = [kind.check(seen, slots, language) for slots in said]
    except (LookupError, StopIteration, ValueError) as error:
        # A word or figure of the print is none that this kind of task has.
        raise Disproof(f"{answer!r} cannot be held against the prompt: {error!r}") from None
    return any(checked)
