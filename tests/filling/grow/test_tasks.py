"""Translating, retelling and distracting against a server on loopback, and what is special to kinds of items."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from filling.grow.banks import known, meant, shares, sisters
from filling.grow.budget import Budget
from filling.grow.client import Endpoint, Settings, ask_all
from filling.grow.kinds import kind_of
from filling.grow.run import Job, Run, fill, replay
from filling.grow.tasks.distract import Distract
from filling.grow.tasks.items import Grow
from filling.grow.tasks.paraphrase import Paraphrase
from filling.grow.tasks.task import Sampling, Task
from filling.grow.tasks.texts import read_texts, with_texts
from filling.grow.tasks.translate import Translate
from generators.core import load_bank, load_banks
from generators.core.banks import bank_names, read_bank
from schemas import ShiftworksError
from schemas.validation import validate
from tests.filling.model import Model
from tests.filling.server import Server
from tests.project import digests

SAMPLING = Sampling("m", "m")
HISTORY = "history/treaties"
#: What makes a text Spanish, as far as a count of common words goes.
SPANISH = "el de la que en un los las "


def done(task: Task, out: Path, monkeypatch: pytest.MonkeyPatch, model: Model, wanted: int = 6) -> tuple[Job, Run]:
    """Does a task with a model."""
    with Server(model=model) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        job, budget = Job(task, out, wanted), Budget()

        async def run() -> Run:
            async with Endpoint(Settings()) as endpoint:
                return await fill([job], lambda requests, keep: ask_all(requests, endpoint, budget, keep), budget)

        return job, asyncio.run(run())


def reasons(job: Job, check: str) -> list[str]:
    """Why a check refused what it did."""
    return [reject.reason for reject in job.harvest.rejects if reject.check == check]


class Translator(Model):
    """Puts Spanish words before a text, and takes them off again; what it spoils is up to the test."""

    def __init__(self, there: Callable[[str], str] = str, back: Callable[[str], str] = str) -> None:
        super().__init__()
        self.there, self.back = there, back

    def told(self, text: str) -> str:
        """The text in the other language."""
        if text.startswith(SPANISH):
            return self.back(text.removeprefix(SPANISH))
        return SPANISH + self.there(text)


def test_a_translation_that_comes_back_is_kept_and_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load_bank(HISTORY)
    job, run = done(Translate(bank, SAMPLING, "es"), tmp_path, monkeypatch, Translator())
    assert run.stopped is None
    made = read_bank(tmp_path / f"{HISTORY}_es.jsonl", f"{HISTORY}_es")
    assert [item["id"] for item in made.items] == [item["id"] for item in bank.items[:6]]
    assert made.items[0]["clues"] == [SPANISH + clue for clue in bank.items[0]["clues"]]
    assert made.items[0]["pronoun"] == bank.items[0]["pronoun"]
    before = digests(tmp_path)
    (tmp_path / f"{HISTORY}_es.jsonl").unlink()
    replay([Job(Translate(bank, Sampling("", ""), "es"), tmp_path, 0)])
    assert digests(tmp_path) == before
    assert job.harvest.rejects == []


@pytest.mark.parametrize(
    ("there", "back", "check", "reason"),
    [
        (lambda text: re.sub(r"\d", "7", text), str, "prover", "numbers differ"),
        (lambda text: f"{text} **el**", str, "prover", "markup differ"),
        (str, lambda text: re.sub(r"\b[A-Z]\w+", "Somebody", text), "judge", "names are missing"),
        (str, lambda _: "words", "judge", "came back"),
    ],
    ids=["numbers", "markup", "names", "words"],
)
def test_what_a_translation_loses_is_found(
    there: Callable[[str], str],
    back: Callable[[str], str],
    check: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bank = load_bank("history/modern_acts")
    size = len(bank.items)
    job, run = done(Translate(bank, SAMPLING, "es"), tmp_path, monkeypatch, Translator(there, back), size)
    assert any(reason in each for each in reasons(job, check))
    assert len(job.items) < size
    # Each item is asked for three times in all, and no more.
    assert run.stopped == "there is nothing more to ask" or "brought nothing new" in str(run.stopped)
    assert len(job.records.addresses("translate")) <= 3 * size


def test_english_is_not_taken_for_spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Translator(lambda _: "this is the name of the treaty that was signed by the others")
    model.told = lambda text: model.there(text)  # type: ignore[method-assign] # it never changes the language
    job, _ = done(Translate(load_bank(HISTORY), SAMPLING, "es"), tmp_path, monkeypatch, model, 3)
    assert job.items == []
    assert all("not in Spanish" in each for each in reasons(job, "prover"))


def test_what_is_not_translated_at_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job, _ = done(Translate(load_bank("beliefs/customs"), SAMPLING, "es"), tmp_path, monkeypatch, Model(), 3)
    assert job.items == []
    assert set(reasons(job, "prover")) == {"nothing is translated"}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ShiftworksError, match=r"cannot translate from 'en' to 'xx': give two of de, en, es"):
        Translate(load_bank(HISTORY), SAMPLING, "xx")


class Reteller(Model):
    """Says a text in other words."""

    def told(self, text: str) -> str:
        """The same, more or less."""
        return f"{text} indeed" if text[0].islower() and " " in text else text


def test_a_paraphrase_is_found_again_by_its_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load_bank(HISTORY)
    job, run = done(Paraphrase(bank, SAMPLING), tmp_path, monkeypatch, Reteller())
    assert run.stopped is None
    made = read_bank(tmp_path / f"{HISTORY}_paraphrased.jsonl", f"{HISTORY}_paraphrased")
    sources = {item["id"]: item for item in bank.items}
    assert len(made.items) == 6
    for item in made.items:
        assert item["clues"] == [f"{clue} indeed" for clue in sources[item["id"]]["clues"]]
    assert {"right", "of"} <= set(job.records.read(job.records.addresses("judge")[0]).request.origin)


def test_a_paraphrase_in_the_same_words_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job, _ = done(Paraphrase(load_bank(HISTORY), SAMPLING), tmp_path, monkeypatch, Model(), 2)
    assert set(reasons(job, "prover")) == {"no text is in other words"}


class Misled(Model):
    """Writes worse responses, and knows the good one when it sees it."""

    def __init__(self, worse: Callable[[str, int], str]) -> None:
        super().__init__()
        self.worse, self.good = worse, set[str]()

    def answer(self, body: Mapping[str, Any]) -> Any:
        """Worse responses, or the number of the best."""
        told = body["messages"][-1]["content"]
        if found := re.search(r"^Good response: (.*)$", told, re.MULTILINE):
            self.good.add(found[1])
            return {"worse": [{"text": self.worse(found[1], i), "fault": "it is wrong"} for i in range(3)]}
        return super().answer(body)

    def choice(self, told: str) -> int:
        """The good one."""
        options = re.findall(r"^(\d+)\. (.*)$", told, re.MULTILINE)
        return next(int(number) for number, option in options if option in self.good)


def test_worse_responses_are_told_from_the_right_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load_bank("beliefs/customs")
    model = Misled(lambda good, number: f"{good} or {'abc'[number]}")
    _, run = done(Distract(bank, SAMPLING), tmp_path, monkeypatch, model)
    assert run.stopped is None
    made = read_bank(tmp_path / "beliefs/customs_distracted.jsonl", "beliefs/customs_distracted")
    assert [item["response"] for item in made.items] == [item["true"] for item in bank.items[:6]]
    assert all(len({each["text"] for each in item["worse"]}) == 3 for item in made.items)


@pytest.mark.parametrize(
    ("worse", "reason"),
    [
        (lambda good, _: good, "two responses are the same"),
        (lambda good, number: f"{good} {number} " * 20, "characters beside"),
    ],
    ids=["same", "long"],
)
def test_responses_that_can_be_told_apart_without_reading_are_refused(
    worse: Callable[[str, int], str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, _ = done(Distract(load_bank("beliefs/customs"), SAMPLING), tmp_path, monkeypatch, Misled(worse), 2)
    assert job.items == []
    assert all(reason in each for each in reasons(job, "prover"))


def test_a_bank_without_prompts_cannot_be_distracted() -> None:
    with pytest.raises(ShiftworksError, match=r"items of kind 'history' hold no prompt with a right response"):
        Distract(load_bank(HISTORY), SAMPLING)


@pytest.mark.parametrize("kind", sorted({bank.header["item"] for bank in load_banks(("**/*",))}))
def test_every_kind_of_item_can_be_asked_for_and_told_again(kind: str) -> None:
    bank = next(bank for bank in load_banks(("**/*",)) if bank.header["item"] == kind)
    task = Grow(bank, SAMPLING)
    request = task.request(0)
    assert set(request.schema["properties"]["items"]["items"]["properties"]) <= set(bank.items[0]) | {"expected"}
    assert orjson.dumps(request.body("schema"))
    for item in bank.items[:20]:
        texts = read_texts(item, kind)
        assert with_texts(item, kind, texts) == item
        marked = with_texts(item, kind, [f"{text}x" for text in texts])
        assert read_texts(marked, kind) == [f"{text}x" for text in texts]
        assert marked.get("id") == item.get("id")


@pytest.mark.parametrize(
    "pattern", ["history/*", "facts/science/*", "facts/general/*", "beliefs/*", "quotations/*", "requests/*", "views/*"]
)
def test_the_banks_that_there_are_pass_their_own_rules(pattern: str) -> None:
    """So that a model is not held to more than our own authors were."""
    fine = every = 0
    for bank in load_banks((pattern,)):
        rules = kind_of(bank.header["item"])
        beside = rules.beside()
        for item in bank.items:
            every += 1
            fine += rules.fault(item, bank) is None and beside.fault(item) is None
            beside.add(item)
    assert fine > 0.97 * every


PROGRAM: dict[str, Any] = {
    "kind": "program",
    "id": "x",
    "level": 1,
    "statement": "Write `double(n)`, which returns twice n.",
    "name": "double",
    "params": ["n"],
    "solutions": ["def double(n):\n    return n + n", "def double(n):\n    total = 2 * n\n    return total"],
    "tests": [[i] for i in range(6)],
    "expected": [2 * i for i in range(6)],
    "style": "function",
    "origin": "grown",
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"expected": [0, 2, 4, 6, 8, 11]}, "solution 0 fails a test: wrong"),
        ({"solutions": [PROGRAM["solutions"][0]] * 2}, "only 1 solutions that differ by more than names"),
        (
            {
                "solutions": [
                    PROGRAM["solutions"][0],
                    "def double(n):\n    while n == 5:\n        pass\n    return 2 * n",
                ]
            },
            "solution 1 fails a test: endless",
        ),
        (
            {
                "solutions": [
                    "def double(n):\n    import os\n    return os.listdir('/') and n + n",
                    *PROGRAM["solutions"],
                ]
            },
            "solution 0 fails a test: ",
        ),
        ({"solutions": ["def double(n:", *PROGRAM["solutions"]]}, "a solution is no Python"),
        ({"statement": "Double it."}, "the statement does not name `double(n)`"),
        ({"expected": [1]}, "6 tests with 1 results"),
    ],
)
def test_a_grown_program_is_run_in_the_sandbox(change: Mapping[str, Any], fault: str | None) -> None:
    item = {**PROGRAM, **change}
    validate(item, "program", "item")
    found = kind_of("program").fault(item, load_bank("code/lists"))
    assert (found or "").startswith(fault or "")
    assert (found is None) == (fault is None)


def test_a_name_stands_for_a_bank_a_pattern_a_distribution_or_a_file(tmp_path: Path) -> None:
    assert [bank.name for bank in meant(HISTORY)] == [HISTORY]
    assert [bank.name for bank in meant("history/*")] == list(bank_names("history/*"))
    assert meant("us_history") == meant("history/*")
    file = tmp_path / "some.jsonl"
    file.write_bytes((Path("raw/banks") / f"{HISTORY}.jsonl").read_bytes())
    assert meant(str(file)) == meant(HISTORY)
    with pytest.raises(ShiftworksError, match="no such bank"):
        meant("nothing/here")
    file.write_text("3\n")
    with pytest.raises(ShiftworksError, match=r"some\.jsonl:1"):
        meant(str(file))


def test_items_are_dealt_by_size_and_none_is_left_over() -> None:
    banks = meant("us_history")
    for number in (1, 7, 200, 5000):
        dealt = shares(banks, number)
        assert sum(dealt.values()) == number
        for bank in banks:
            share = number * len(bank.items) / sum(len(one.items) for one in banks)
            assert share - 1 < dealt[bank.name] < share + 1


def test_sisters_are_the_banks_of_a_folder_with_items_of_one_kind() -> None:
    bank = load_bank("cooking/ingredients")
    assert sisters(bank) == [bank]
    assert {one.name for one in sisters(load_bank(HISTORY))} == set(bank_names("history/*"))
    assert len(known(load_bank(HISTORY))) == sum(len(one.items) for one in load_banks(("history/*",)))
