"""The audit of a data folder: every distribution for itself, then every shift as the triple that it is.

Distributions are measured by worker processes, one at a time each; a shift needs its parts' records and is measured
after them. The result does not depend on the number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from eval.audit.defects import defects
from eval.audit.embedding import embedding_probe
from eval.audit.measure import MEASURED, measure
from eval.audit.overlap import overlap, repeats
from eval.audit.probes import Probe
from eval.audit.sampling import drawn
from eval.audit.sentences import distribution_sentence, shift_sentence
from eval.audit.skill import skill
from eval.audit.triple import Part, leaks, matrix, transferred, verdict
from eval.dataset import Dataset, load
from schemas import SPLITS, Example, JsonObject, ShiftEntry, ShiftworksError
from schemas.files import read_bytes, sha256
from schemas.validation import validate

Task = TypeVar("Task")
Record = dict[str, Any]
#: Pairs of ids to read of an overlap.
READ = 3


def audit(
    data: Path, names: Sequence[str] = (), seed: int = 0, *, workers: int = 1, embedding: bool = False
) -> dict[str, Any]:
    """Measures whether the labels of a data folder can be had without doing the task.

    Each cue ranks the pairs of a distribution, the right response against each wrong one, ties counting half; train and
    test count together, and a probe scores only groups that it was not fitted on. See `eval.audit.measure` for when a
    cue is *off chance*; off chance and not declared on the card is *flagged*.

    Args:
        data: The data folder.
        names: Shifts or distributions; all where none is named.
        seed: Seed of turnings, resamplings and controls.
        workers: Processes; the result does not depend on it.
        embedding: Also fit a probe on the frozen embedded model's mean states, which takes much longer.

    Raises:
        ShiftworksError: The folder is broken, a name is unknown, or a distribution holds no examples.
    """
    dataset = load(data, names)
    tests = [shift.name for shift in dataset.shifts]
    with _mapper(workers, len(dataset.distributions) + len(tests)) as run:
        records = list(run(partial(_distribution, data, seed, embedding), list(dataset.distributions)))
        by_name = {record["name"]: record for record in records}
        triples = [(shift, {part: by_name[part] for part in shift.parts}) for shift in dataset.shifts]
        shifts = list(run(partial(_shift, data, seed, embedding), triples))
    result = {"data": str(data), "seed": seed, "distributions": records, "shifts": shifts}
    validate(result, "audit", "audit")
    return result


def _distribution(data: Path, seed: int, embedding: bool, name: str) -> Record:
    """The record of one distribution."""
    distribution = load(data, [name])[name]
    train, test = distribution.train, distribution.test
    if not train and not test:
        raise ShiftworksError(f"{distribution.folder}: neither train nor test has an example; nothing can be audited")
    declared = distribution.card["declared_cues"]
    with threadpool_limits(1):
        measured = measure([*train, *test], name, seed, declared, _extra(embedding))
        record: Record = {
            "name": name,
            "version": distribution.card["version"],
            "train": len(train),
            "test": len(test),
            "groups": len({example.group for example in (*train, *test)}),
            "pairs": sum(len(example.responses) - 1 for example in (*train, *test)),
            "chance": measured.chance,
            "power": measured.power,
            "control": measured.control,
            "cues": measured.cues,
            "tokens": measured.tokens,
            "defects": [finding.to_json() for finding in defects(train, test, declared)],
            "overlap": _overlap(train, test),
            "repeats": repeats(drawn([*train, *test], MEASURED)).to_json(),
        }
    record["verdict"] = _verdict(record)
    record["sentence"] = distribution_sentence(record)
    return record


def _overlap(train: Sequence[Example], test: Sequence[Example]) -> Record:
    """What test examples share with train, and ids to read of what is shared in the gravest way."""
    found = overlap(train, test)
    read = dict.fromkeys(
        pair
        for shared in (found.groups, found.prompts, found.near_same, found.parts, found.near)
        for pair in shared.read
    )
    return {
        "groups": found.groups.count,
        "prompts": found.prompts.count,
        "near_prompts": found.near.count,
        "near_same": found.near_same.count,
        "parts": found.parts.count,
        "answers": found.answers.count,
        "of": found.of,
        "examples": [list(pair) for pair in read][:READ],
    }


def _verdict(record: Record) -> str:
    if leaks(record["overlap"]):
        return "leak"
    if any(defect["grave"] for defect in record["defects"]):
        return "defect"
    if any(cue["flagged"] for cue in record["cues"]):
        return "cue"
    return "declared" if any(cue["off"] for cue in record["cues"]) else "clean"


def _shift(data: Path, seed: int, embedding: bool, triple: tuple[ShiftEntry, Mapping[str, Record]]) -> Record:
    """The record of one shift."""
    entry, records = triple
    dataset = load(data, list(entry.parts))
    parts = {name: _part(dataset, name, records[name]) for name in entry.parts}
    source, target = parts[entry.source], parts[entry.target]
    reference = parts[entry.target_reference] if entry.target_reference else None
    with threadpool_limits(1):
        transfer = transferred(source, target, reference, _extra(embedding), seed)
        rows = matrix(source, target, reference, transfer, seed)
        shared = _overlap(source.train, target.test)
        record: Record = {
            "name": entry.name,
            "source": entry.source,
            "target": entry.target,
            "target_reference": entry.target_reference,
            "overlap": shared,
            "reference_overlap": _overlap(source.train, reference.test) if reference else None,
            "target_overlap": _overlap(reference.train, target.test) if reference else None,
            "matrix": rows,
            "transfer": transfer,
            "skill": skill([*target.train, *target.test], [*reference.train, *reference.test]) if reference else None,
            "verdict": verdict(rows, shared),
        }
    record["sentence"] = shift_sentence(record)
    return record


def _part(dataset: Dataset, name: str, record: JsonObject) -> Part:
    return Part(name, dataset[name].train, dataset[name].test, record)


def _extra(embedding: bool) -> Sequence[Probe]:
    return (embedding_probe(),) if embedding else ()


@contextmanager
def _mapper(
    workers: int, total: int
) -> Iterator[Callable[[Callable[[Task], Record], Sequence[Task]], Iterable[Record]]]:
    """Something that runs a function over tasks, in their order, with one bar for all of them."""
    with tqdm(total=total, unit="part", disable=None, leave=False) as bar:

        def counted(results: Iterable[Record]) -> Iterator[Record]:
            for result in results:
                bar.update()
                yield result

        if workers == 1:
            yield lambda function, tasks: counted(map(function, tasks))
            return
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            yield lambda function, tasks: counted(pool.map(function, tasks))
        except BrokenProcessPool:
            raise ShiftworksError("a worker process died (out of memory?); run again with fewer --workers") from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def receipt(data: Path, audit: JsonObject) -> dict[str, Any]:
    """What an audit went through, without its figures: the same data and settings give the same bytes anywhere.

    Args:
        data: The data folder that was audited.
        audit: The result of `audit`.

    Raises:
        ShiftworksError: A data file is gone.
    """
    names = [record["name"] for record in audit["distributions"]]
    parts = ["card.json", *(f"{split}.jsonl" for split in SPLITS)]
    files = ["shifts.json", *(f"{name}/{part}" for name in names for part in parts)]
    tested = sorted({cue["cue"] for record in audit["distributions"] for cue in record["cues"]})
    return {
        "cues": tested,
        "distributions": names,
        "files": {file: sha256(read_bytes(data / file)) for file in files},
        "seed": audit["seed"],
        "shifts": [record["name"] for record in audit["shifts"]],
    }
