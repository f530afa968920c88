"""What stands between an answer and a bank: a chain of checks, each with its own name, yield and reasons.

The outcome is a function of the records, the bank and this code: neither the time nor the order in which exchanges
were recorded has a part in it, so that a bank can be made again from its records, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from jsonschema import Draft202012Validator

from filling.grow.exchange import Exchange, unfenced
from filling.grow.kinds import Beside, Record
from filling.grow.records import Records
from filling.grow.tasks.task import Candidate, Task
from filling.grow.wording import addresses, leaves, normal
from schemas import RecordError
from schemas.validation import shorten, validate

#: The checks in the order in which a candidate meets them; the first two are about the answer that it came in.
CHECKS = ("answer", "shape", "schema", "wording", "duplicate", "prover", "near_duplicate", "judge")
#: Share of shingles from which on two items say nearly the same.
NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that did not become an item.

    Attributes:
        address: Of the exchange that it came in.
        number: Its place in the answer, None for the whole answer.
        check: The check that it failed.
        reason: Why.
        item: What was refused.
    """

    address: str
    number: int | None
    check: str
    reason: str
    item: Any

    def to_json(self) -> dict[str, Any]:
        """As it stands in the file of rejects."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass
class Harvest:
    """What the records of one task on one bank come to.

    Attributes:
        kept: Candidates that passed every check, in the order of the requests.
        pending: Candidates that passed all but a judgement that is not there yet.
        rejects: What was refused, in the same order.
        answers: Answers read.
        models: The models that wrote, as they call themselves.
        tokens: Read and written, by what for (the task, `judge`).
    """

    kept: list[Candidate] = field(default_factory=list)
    pending: list[Candidate] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    answers: int = 0
    models: set[str] = field(default_factory=set)
    tokens: dict[str, list[int]] = field(default_factory=dict)

    def yields(self) -> list[dict[str, Any]]:
        """For each check what met it and what passed; answers are counted up to `shape`, items from there on."""
        failed = Counter(reject.check for reject in self.rejects)
        found = []
        met = self.answers
        for check in CHECKS:
            if check == "schema":
                met = len(self.kept) + len(self.pending) + sum(failed[later] for later in CHECKS[2:])
            if check == "judge":
                met -= len(self.pending)
            found.append({"check": check, "met": met, "passed": met - failed[check]})
            met -= failed[check]
        return found


class Harvester:
    """Turns records into items; what is costly to find out is found out once a process."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._faults: dict[tuple[str, str], str | None] = {}
        self._judged: dict[str, _Judged] = {}

    def harvest(self, task: Task, records: Records, known: Sequence[Record]) -> Harvest:
        """All that the records of a task come to.

        Args:
            task: The task.
            records: Of its bank.
            known: Items of the same kind that stand elsewhere: the bank itself, its sisters, what was grown for them.

        Raises:
            ShiftworksError: A record was altered.
        """
        found = Harvest()
        candidates = []
        taken: set[str] = set()
        beside = task.beside()
        for item in known:
            taken.update(normal(label) for label in task.labels(item))
            beside.add(item)
        for address in records.addresses(task.name):
            for candidate in self._candidates(task, records.read(address), found):
                check, reason = self._first_fault(task, candidate, taken, beside)
                if check is not None:
                    found.rejects.append(_reject(candidate, check, reason))
                    continue
                candidates.append(candidate)
                taken.update(normal(label) for label in task.labels(candidate.item))
                beside.add(candidate.item)
        self._judge(task, records, _distinct(task, candidates, known, found), found)
        return found

    def _candidates(self, task: Task, exchange: Exchange, found: Harvest) -> list[Candidate]:
        """The candidates in an answer; none where it is no answer."""
        address, answer = exchange.request.address, exchange.answer
        found.answers += 1
        found.models.add(answer.model)
        _count(found, task.name, _tokens(exchange))
        if answer.text is None or answer.refusal:
            found.rejects.append(Reject(address, None, "answer", "refused", answer.refusal))
        elif answer.finish == "length":
            found.rejects.append(Reject(address, None, "answer", "cut off at the limit of tokens", answer.text))
        else:
            try:
                parsed = _parsed(answer.text, task.shape or exchange.request.schema)
                made = list(task.items(parsed, exchange))
            except ValueError as error:
                found.rejects.append(Reject(address, None, "shape", str(error), answer.text))
            else:
                return [Candidate(item, address, number, source) for number, (item, source) in enumerate(made)]
        return []

    def _first_fault(self, task: Task, candidate: Candidate, taken: set[str], beside: Beside) -> tuple[str | None, str]:
        """The first check that a candidate fails, up to the one for duplicates, and why."""
        item = candidate.item
        key = (task.target, candidate.digest)
        if key not in self._forms:
            self._forms[key] = _form_fault(task, item)
        if found := self._forms[key]:
            return found
        own = [normal(label) for label in task.labels(item)]
        if twice := next((label for label in own if label in taken), None):
            return "duplicate", f"there is one already: {twice}"
        if len(set(own)) < len(own):
            return "duplicate", "it says the same twice"
        if key not in self._faults:
            self._faults[key] = task.fault(item, candidate.source)
        if fault := self._faults[key] or beside.fault(item):
            return "prover", fault
        return None, ""

    def _judge(self, task: Task, records: Records, candidates: Sequence[Candidate], found: Harvest) -> None:
        """Keeps what every judgement agrees with."""
        judged = records.judgements()
        done: set[str] = set()
        for candidate in candidates:
            if candidate.source in done:
                found.rejects.append(_reject(candidate, "duplicate", f"{candidate.source!r} has an answer already"))
                continue
            judgements = [self._judgement(task, candidate, records, one) for one in judged.get(candidate.digest, ())]
            for judgement in judgements:
                _count(found, "judge", judgement.tokens)
            if reason := next((judgement.reason for judgement in judgements if judgement.reason), None):
                found.rejects.append(_reject(candidate, "judge", reason))
                continue
            if candidate.source is not None:
                done.add(candidate.source)
            if _complete(judgements) or not (judgements or task.follow_ups(candidate)):
                found.kept.append(candidate)
            else:
                found.pending.append(candidate)

    def _judgement(self, task: Task, candidate: Candidate, records: Records, address: str) -> _Judged:
        """What a judge's answer says of a candidate."""
        if address not in self._judged:
            exchange = records.read(address)
            request = exchange.request
            asked = (request.model, request.origin["of"], request.origin["question"])
            self._judged[address] = _Judged(asked, _disagreement(task, candidate, exchange), _tokens(exchange))
        return self._judged[address]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judge's answer: the model, the number of its questions and which this one is; what speaks against; tokens."""

    asked: tuple[str, int, int]
    reason: str | None
    tokens: tuple[int, int]


def _form_fault(task: Task, item: Any) -> tuple[str, str] | None:
    """The check of an item's form that it fails, and why; None where it is in form."""
    try:
        validate(item, task.kind, "item")
    except RecordError as error:
        return "schema", f"{error.where}: expected {error.expected}, found {error.found}"
    said = next(filter(None, map(addresses, leaves(item))), None)
    return ("wording", f"it speaks to its reader: {said}") if said else None


def _distinct(task: Task, candidates: list[Candidate], known: Sequence[Record], found: Harvest) -> list[Candidate]:
    """Candidates that say nothing nearly as an earlier one or a known item does."""
    if not candidates or task.sources:
        return candidates
    from eval.audit.duplicates import near_duplicates

    texts = [" ".join(leaves(item)) for item in [*known, *(candidate.item for candidate in candidates)]]
    near = {number: cluster[0] for cluster in near_duplicates(texts, threshold=NEAR).clusters for number in cluster[1:]}
    kept = []
    for number, candidate in enumerate(candidates, len(known)):
        if number in near:
            found.rejects.append(_reject(candidate, "near_duplicate", f"nearly the same as: {texts[near[number]]}"))
        else:
            kept.append(candidate)
    return kept


def _complete(judgements: Sequence[_Judged]) -> bool:
    """Whether one judge has answered all of its questions on a candidate."""
    asked: dict[tuple[str, int], set[int]] = {}
    for judgement in judgements:
        model, of, question = judgement.asked
        asked.setdefault((model, of), set()).add(question)
    return any(len(numbers) == of for (_, of), numbers in asked.items())


def _disagreement(task: Task, candidate: Candidate, exchange: Exchange) -> str | None:
    """Why a judgement speaks against a candidate; an answer that is none does."""
    if exchange.answer.text is None or exchange.answer.refusal:
        return "the judge refused"
    try:
        return task.verdict(candidate, exchange, _parsed(exchange.answer.text, exchange.request.schema))
    except ValueError as error:
        return f"the judge gave no verdict: {error}"


def _parsed(text: str, schema: Mapping[str, Any]) -> Any:
    """The JSON of an answer.

    Raises:
        ValueError: It is none, or does not keep to its schema.
    """
    try:
        value = orjson.loads(unfenced(text))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg}") from None
    if fault := next(Draft202012Validator(schema).iter_errors(value), None):
        raise ValueError(f"not of the schema: {fault.json_path}: {shorten(fault.message)}")
    return value


def _count(found: Harvest, what: str, tokens: tuple[int, int]) -> None:
    total = found.tokens.setdefault(what, [0, 0])
    total[0] += tokens[0]
    total[1] += tokens[1]


def _tokens(exchange: Exchange) -> tuple[int, int]:
    return exchange.answer.prompt_tokens, exchange.answer.completion_tokens


def _reject(candidate: Candidate, check: str, reason: str) -> Reject:
    return Reject(candidate.address, candidate.number, check, reason, candidate.item)
