"""Builds distributions: workers compute candidates, this process keeps, checks and writes them.

A distribution appears in the output folder whole or not at all: its three files are written to a staging folder that
then takes the old one's place by rename. Finished distributions are stamped with a fingerprint of everything that they
depend on (code, banks, version, seed, sizes); a later build, also one after an interruption, skips those.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any

import orjson
from tqdm import tqdm

from generators.core import golden
from generators.core.candidates import Candidate, chunk, example_json
from generators.core.card import card
from generators.core.fingerprint import fingerprint
from generators.core.profiles import Profile, become
from generators.core.registry import FoundDistribution, distributions, shifts
from generators.core.views import View
from schemas import SPLITS, ShiftworksError, Split
from schemas.files import disk_errors, jsonl, pretty, sha256, write_whole
from schemas.validation import validate

CHUNK = 25
#: Distributions that are computed at a time: enough to keep every worker busy, and no more, so that one that needs more
#: candidates than it has examples does not wait for all others to be computed, and an interrupted build has finished
#: what it can.
AHEAD = 3
#: Candidates without a single new item after which the space of items is taken to be exhausted.
BARREN = 2000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many examples a distribution gets in each split."""

    train: int = 600
    test: int = 250

    def of(self, split: Split) -> int:
        """The number for one split."""
        return self.train if split == "train" else self.test


@dataclass(frozen=True, slots=True)
class Built:
    """One distribution of a finished build.

    Attributes:
        name: Its name.
        skipped: Whether it was already up to date.
        profile: What its items were taken from.
        lacking: How many examples each split lacks, where published items gave fewer than were asked for.
    """

    name: str
    skipped: bool
    profile: Profile
    lacking: Mapping[Split, int] = field(default_factory=dict)


class _Source:
    """Candidates of one split in order, computed a few chunks ahead by the pool (or here, without one)."""

    def __init__(
        self,
        pool: ProcessPoolExecutor | None,
        found: FoundDistribution,
        seed: int,
        split: Split,
        want: int,
        view: View | None,
    ) -> None:
        self._pool, self._args, self._more = pool, (found.header.name, seed, split), (view, found.profile)
        self._want, self._next = want, 0
        self._ahead: list[Future[list[Candidate]]] = []

    def start(self) -> None:
        """Lets the pool compute what is surely needed; what is asked for later waits behind all that was started."""
        while self._pool is not None and self._next < self._want:
            self._submit(self._pool)

    def _submit(self, pool: ProcessPoolExecutor) -> None:
        self._ahead.append(pool.submit(chunk, *self._args, self._next, CHUNK, *self._more))
        self._next += CHUNK

    def __iter__(self) -> Iterator[Candidate]:
        while True:
            if self._pool is None:
                part = chunk(*self._args, self._next, CHUNK, *self._more)
                self._next += CHUNK
            else:
                if not self._ahead:
                    self._submit(self._pool)
                    self._submit(self._pool)
                part = self._ahead.pop(0).result()
            yield from part
            if len(part) < CHUNK:
                return

    def close(self) -> None:
        """Drops what was computed ahead and is not needed."""
        for future in self._ahead:
            future.cancel()


def _collect(
    source: _Source, found: FoundDistribution, split: Split, want: int, bar: tqdm[Any]
) -> tuple[list[dict[str, object]], Counter[str], int]:
    """The first `want` examples of distinct items, the reasons of those passed over, and the candidates seen.

    Published items are as many as there are, so `upstream` may give fewer; the card has their number.
    """
    name = found.header.name
    records: list[dict[str, object]] = []
    keys: set[str] = set()
    reasons: Counter[str] = Counter()
    seen = barren = 0
    if want == 0:
        return records, reasons, seen
    for each in source:
        seen += 1
        barren += 1
        if each.example is None:
            reasons[each.reason] += 1
        elif each.key in keys:
            reasons["item drawn before"] += 1
        else:
            keys.add(each.key)
            barren = 0
            records.append(example_json(each.example, name, split, len(records)))
            bar.update()
            if len(records) == want:
                return records, reasons, seen
        if barren >= BARREN:
            break
    if records and found.profile is Profile.UPSTREAM:
        return records, reasons, seen
    raise ShiftworksError(
        f"{name}: {split} has {len(records)} distinct items, {want} were asked for; "
        f"ask for at most {len(records)} (--n-{split}) or add items to its banks"
    )


def build(
    found: Sequence[FoundDistribution],
    out: Path,
    *,
    seed: int,
    sizes: Sizes,
    workers: int,
    force: bool = False,
    view: View | None = None,
) -> list[Built]:
    """Builds distributions into a folder and brings its `shifts.json` up to date.

    Args:
        found: What to build.
        out: The folder; each distribution gets a folder of its own in it.
        seed: Seed of every stream.
        sizes: Examples in train and test.
        workers: Processes; 1 works in this one. The bytes do not depend on it.
        force: Build also what is up to date.
        view: How the examples are put to a model; as they are where none is named.

    Raises:
        ShiftworksError: Something stands in the way; finished distributions stay, the others are as they were.
    """
    with _locked(out):
        todo, result = [], []
        for one in found:
            mark = fingerprint(one, seed, sizes.train, sizes.test, view)
            if not force and is_current(out, one.header.name, mark):
                result.append(Built(one.header.name, True, one.profile))
            else:
                todo.append((one, mark))
        grown = any(one.profile is Profile.GROWN for one, _ in todo)
        with _pool(workers if todo else 1, grown) as pool, _bar(len(todo) * (sizes.train + sizes.test)) as bar:
            sources = {
                (one.header.name, split): _Source(pool, one, seed, split, sizes.of(split), view)
                for one, _ in todo
                for split in SPLITS
            }
            try:
                for position, (one, mark) in enumerate(todo):
                    bar.set_description(one.header.name)
                    for near, _ in todo[position : position + AHEAD]:
                        for split in SPLITS:
                            sources[near.header.name, split].start()
                    own = {split: sources[one.header.name, split] for split in SPLITS}
                    lacking = _build_one(one, own, out, seed, sizes, mark, view, bar)
                    result.append(Built(one.header.name, False, one.profile, lacking))
            except BrokenProcessPool:
                raise ShiftworksError(
                    "a worker process died (out of memory?); finished distributions are kept, run the build again "
                    "with fewer --workers"
                ) from None
            finally:
                for source in sources.values():
                    source.close()
        write_manifest(out)
    return sorted(result, key=lambda built: built.name)


def _build_one(
    found: FoundDistribution,
    sources: dict[Split, _Source],
    out: Path,
    seed: int,
    sizes: Sizes,
    mark: str,
    view: View | None,
    bar: tqdm[Any],
) -> dict[Split, int]:
    """Collects, checks and writes one distribution; gives how many examples its splits lack."""
    name = found.header.name
    files: dict[str, bytes] = {}
    records: dict[Split, list[dict[str, object]]] = {}
    reasons: Counter[str] = Counter()
    seen = 0
    for split in SPLITS:
        records[split], why, looked_at = _collect(sources[split], found, split, sizes.of(split), bar)
        reasons += why
        seen += looked_at
        for number, record in enumerate(records[split], 1):
            validate(record, "example", f"{name}/{split}.jsonl", number)
        files[f"{split}.jsonl"] = jsonl(records[split])
    if view is None and found.profile is Profile.EMBEDDED:
        golden.check(found.header, seed, records)
    description = card(found, seed, records, files, seen, reasons, view)
    validate(description, "card", f"{name}/card.json")
    files["card.json"] = pretty(description)
    install(out, name, files, mark)
    return {split: lacking for split in SPLITS if (lacking := sizes.of(split) - len(records[split]))}


def install(out: Path, name: str, files: dict[str, bytes], mark: str) -> None:
    """Puts a distribution's files in place, whole or not at all, and stamps it.

    Args:
        out: The data folder.
        name: The distribution's folder in it.
        files: Contents by file name.
        mark: Fingerprint of what the files were made from.

    Raises:
        ShiftworksError: The disk refuses; what stood there still does.
    """
    staging, target, old = out / ".staging" / name, out / name, out / ".staging" / f"{name}.old"
    with disk_errors(target):
        for left_over in (staging, old):
            shutil.rmtree(left_over, ignore_errors=True)
        try:
            for file, data in files.items():
                write_whole(staging / file, data)
            if target.exists():
                target.rename(old)
            staging.rename(target)
        finally:
            if old.exists() and not target.exists():
                old.rename(target)
            shutil.rmtree(out / ".staging", ignore_errors=True)
    stamp = {"fingerprint": mark, "files": {file: sha256(data) for file, data in files.items()}}
    write_whole(out / ".stamps" / f"{name}.json", pretty(stamp))


def is_current(out: Path, name: str, mark: str) -> bool:
    """Whether a distribution stands complete and unaltered in a folder and was made from the same things."""
    try:
        stamp = orjson.loads((out / ".stamps" / f"{name}.json").read_bytes())
        return bool(
            stamp["fingerprint"] == mark
            and all(sha256((out / name / file).read_bytes()) == digest for file, digest in stamp["files"].items())
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_manifest(out: Path) -> None:
    """Writes `shifts.json`: the distributions that stand in the folder and the shifts whose parts all do."""
    there = {name for name in distributions() if (out / name / "card.json").is_file()}
    manifest = {
        "shifts": [found.entry.to_json() for found in shifts().values() if there.issuperset(found.entry.parts)],
        "distributions": sorted(there),
    }
    validate(manifest, "manifest", str(out / "shifts.json"))
    write_whole(out / "shifts.json", pretty(manifest))


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Holds the folder's lock, so that two builds cannot mix their files."""
    with disk_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ShiftworksError(f"{out}: another build is writing here; wait for it or use another --out") from None
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _pool(workers: int, grown: bool) -> Iterator[ProcessPoolExecutor | None]:
    """A pool of fresh processes; None for one worker, unless it must read banks otherwise than this process."""
    if workers == 1 and not grown:
        yield None
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(grown,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(grown: bool) -> None:
    """Sets what banks this worker reads, and ends it when the build that started it is gone, however it was killed."""
    if grown:
        become(Profile.GROWN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _bar(total: int) -> tqdm[Any]:
    """The progress bar; `disable=None` keeps it quiet when standard error is no terminal."""
    return tqdm(total=total, unit="ex", disable=None, leave=False)
