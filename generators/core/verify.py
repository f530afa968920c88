"""Checks files of ours from the outside: every record against its schema, every label against its prover.

Nothing here trusts a build: digests are recomputed, splits compared, and each example is given to its distribution's
prover as a question without labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from generators.core.banks import BANKS, GROWN, ITEMS, UPSTREAM, read_bank
from generators.core.builders import Builder, Disproof, PassOver, Question, split_of
from generators.core.profiles import Profile, become, own
from generators.core.registry import distributions, find_distribution
from generators.core.views import prove_viewed
from schemas import SPLITS, Example, RecordError, ShiftworksError
from schemas.files import read_bytes, read_examples, read_json, sha256
from schemas.validation import shorten

#: Files that hold one record, by name, and the kind of that record.
SINGLE = {
    "card.json": "card",
    "shifts.json": "manifest",
    "audit.json": "audit",
    "results.json": "result",
    "import_report.json": "import_report",
    "provenance.json": "provenance",
    "lock.json": "upstream_lock",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a validation went through.

    Attributes:
        files: Files that hold to their schemas.
        records: Records in them.
        proven: Labels that a prover confirmed, by kind of proof.
        unproven: Examples of imported distributions, which have no prover here.
    """

    files: int
    records: int
    proven: dict[str, int]
    unproven: int


def check_paths(paths: Sequence[Path], workers: int = 1) -> Checked:
    """Validates files and folders.

    Args:
        paths: Files of ours, or folders to search for them.
        workers: Processes that prove labels.

    Raises:
        ShiftworksError: The first fault found, in the order of the paths.
    """
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise ShiftworksError(f"{', '.join(map(str, paths))}: no file of ours there (card.json, *.jsonl, ...)")
    records = unproven = 0
    splits = []
    for file in files:
        if file.name in SINGLE:
            read_json(file, SINGLE[file.name])
            records += 1
        elif file.is_relative_to(BANKS) or file.stem not in SPLITS:
            records += len(read_bank(file, _bank_name(file)).items)
        else:
            splits.append(file)
    proven: Counter[str] = Counter()
    for count, kinds in _prove_all(splits, workers):
        records += count
        proven.update(kinds)
        unproven += count - sum(kinds.values())
    return Checked(len(files), records, dict(sorted(proven.items())), unproven)


def _files(path: Path) -> Iterable[Path]:
    """Files of ours at a path: itself, or those below a folder."""
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.name in SINGLE or p.suffix == ".jsonl"]
        return [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]
    read_bytes(path)
    if path.name not in SINGLE and path.suffix != ".jsonl":
        raise ShiftworksError(f"{path}: not a file of ours; expected *.jsonl or one of {', '.join(SINGLE)}")
    return [path]


def _bank_name(path: Path) -> str:
    """The name that a bank's header must carry: its path under `raw/banks` or `raw/grown`, elsewhere its last parts."""
    path = path.resolve()
    for folder in (BANKS, GROWN):
        if path.is_relative_to(folder):
            return path.relative_to(folder).with_suffix("").as_posix()
    if path.is_relative_to(UPSTREAM) and path.name == ITEMS:
        return path.parent.name
    return f"{path.parent.name}/{path.stem}"


def _prove_all(splits: Sequence[Path], workers: int) -> Iterable[tuple[int, dict[str, int]]]:
    """Each split file's number of records and its confirmed labels by kind; in the order of the files by profile."""
    grown = [path for path in splits if _profile(path) is Profile.GROWN]
    others = [path for path in splits if path not in grown]
    with tqdm(total=len(splits), unit="file", disable=None, leave=False) as bar:
        for paths, profile in ((others, own()), (grown, Profile.GROWN)):
            for found in _prove_some(paths, workers, profile):
                bar.update()
                yield found


def _prove_some(splits: Sequence[Path], workers: int, profile: Profile) -> Iterable[tuple[int, dict[str, int]]]:
    """As above, in processes that read banks by one profile."""
    if profile is own() and (workers == 1 or len(splits) < 2):
        yield from map(check_split, splits)
    elif splits:
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=become, initargs=(profile,)) as pool:
            yield from pool.map(check_split, splits)


def _profile(path: Path) -> Profile | None:
    """What a split's items were taken from, as its card says; None of one that was imported."""
    card = read_json(path.parent / "card.json", "card")
    if card["origin"] != "generated":
        return None
    if card["profile"] not in list(Profile):
        raise RecordError(str(path.parent / "card.json"), None, "$.profile", ", ".join(Profile), card["profile"])
    return Profile(card["profile"])


def check_split(path: Path) -> tuple[int, dict[str, int]]:
    """Checks one `train.jsonl` or `test.jsonl`: schema, card's digest, ids, groups, and labels where there is a prover.

    Returns:
        The number of examples, and the confirmed labels by kind of proof.

    Raises:
        ShiftworksError: The first fault, with file and line.
    """
    card_path = path.parent / "card.json"
    card = read_json(card_path, "card")
    split = path.stem
    examples = read_examples(path)
    _check_ids(examples, path, card["distribution"])
    kinds: Counter[str] = Counter()
    if profile := _profile(path):
        if card["distribution"] in distributions():
            found = find_distribution(card["distribution"], profile)
            kinds.update(_prove(path, examples, found.builder(), bool(card.get("view"))))
        for number, example in enumerate(examples, 1):
            if split_of(example.group) != split:
                raise RecordError(str(path), number, "$.meta.group", f"a group of {split}", shorten(example.group))
    if sha256(read_bytes(path)) != card["splits"][split]["sha256"]:
        raise ShiftworksError(f"{path}: its SHA-256 is not the one on {card_path}; build it again")
    return len(examples), dict(kinds)


def _check_ids(examples: Sequence[Example], path: Path, name: str) -> None:
    for number, example in enumerate(examples, 1):
        want = f"{name}/{path.stem}/{number - 1:05d}"
        if example.id != want:
            raise RecordError(str(path), number, "$.id", shorten(want), shorten(example.id))


def _prove(path: Path, examples: Sequence[Example], builder: Builder, view: bool) -> Iterable[str]:
    """The kind of each example's proof, confirmed anew."""
    for number, example in enumerate(examples, 1):
        texts = tuple(response.text for response in example.responses)
        try:
            question = Question(example.prompt, texts, example.meta)
            verdict = prove_viewed(builder, question) if view else builder.prove(question)
        except (Disproof, PassOver) as fault:
            raise RecordError(str(path), number, "$.responses", "one right response", str(fault)) from None
        if verdict.right != example.gold:
            where = f"$.responses[{example.gold}].label"
            expected = f"0, since the prover finds {shorten(texts[verdict.right])} right"
            raise RecordError(str(path), number, where, expected, "1")
        yield verdict.kind
