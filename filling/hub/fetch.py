"""Fetches a source and writes its items: download, check, map, validate, then the bank and, last, its provenance."""

from __future__ import annotations

import hashlib
import importlib.util
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson
from tqdm import tqdm

from filling.hub.client import Fetched, download
from filling.hub.rows import read_rows
from filling.hub.source import Source, Unfit
from filling.hub.store import Store
from schemas import JsonObject, RecordError, ShiftworksError
from schemas.files import jsonl, pretty, whole_file, write_whole
from schemas.validation import validate

#: What the extra `fill` brings that is needed here.
NEEDED = ("huggingface_hub", "pyarrow")


@dataclass(slots=True)
class _Tally:
    """What a mapping has met so far."""

    rows: int = 0
    items: int = 0
    size: int = 0


def fetch(source: Source, store: Store, *, anew: bool = False) -> JsonObject | None:
    """Brings a source's items up to date.

    Args:
        source: The source.
        store: Where its items go.
        anew: Map its rows again also where its items are there.

    Returns:
        The provenance of what was written, None if all was there.

    Raises:
        ShiftworksError: The hub fails, its bytes are not those of the lock, or no row becomes an item; what stood
            there still does.
    """
    if not anew and store.state(source)[0] == "there":
        return None
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if absent:
        raise ShiftworksError(f"{' and '.join(absent)} not installed; install with: pip install 'shiftworks[fill]'")
    files = download(source, store.locked(source))
    # First, since what is up to date is not looked at again.
    store.lock(source, {file.name: file.sha256 for file in files})
    return _write(source, store, files)


def _write(source: Source, store: Store, files: Sequence[Fetched]) -> JsonObject:
    """Maps the rows of all files and writes bank and provenance."""
    path = store.items(source)
    header = {
        "kind": "bank",
        "bank": source.name,
        "item": source.item,
        "licence": source.licence,
        "source": f"{source.credit} (https://huggingface.co/datasets/{source.repo})",
        "revision": source.revision,
    }
    validate(header, "bank", str(path), 1)
    # What a fetch that was killed here had begun; it must not go into DVC with the rest.
    for left_over in path.parent.glob(".*"):
        left_over.unlink()
    tally, left_out, digest = _Tally(), Counter[str](), hashlib.sha256()
    with whole_file(path) as out, tqdm(unit="row", desc=source.name, disable=None, leave=False) as bar:
        for line in chain([jsonl([header])], _lines(source, files, tally, left_out, bar)):
            out.write(line)
            digest.update(line)
            tally.size += len(line)
        if not tally.items:
            most = f"; most often: {left_out.most_common(1)[0][0]}" if left_out else ""
            raise ShiftworksError(
                f"{source.name}: none of {tally.rows} rows became an item{most}; nothing was written: "
                f"correct filling/hub/sources/{source.name}.py"
            )
    provenance = {
        "kind": "provenance",
        "source": source.name,
        "repo": source.repo,
        "revision": source.revision,
        "licence": source.licence,
        "credit": source.credit,
        "item": source.item,
        "version": source.version,
        "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files],
        "rows": tally.rows,
        "items": tally.items,
        "left_out": dict(left_out),
        "bytes": tally.size,
        "sha256": digest.hexdigest(),
    }
    validate(provenance, "provenance", str(store.provenance(source)))
    write_whole(store.provenance(source), pretty(provenance))
    return provenance


def _lines(
    source: Source, files: Sequence[Fetched], tally: _Tally, left_out: Counter[str], bar: tqdm[Any]
) -> Iterator[bytes]:
    """The lines of the sound items of all files, each id once."""
    seen: set[str] = set()
    for file in files:
        for made in source.read(file.name, _counted(read_rows(file.path, file.name), tally, bar)):
            if isinstance(made, Unfit):
                left_out[str(made)] += 1
                continue
            try:
                validate(made, source.item, file.name)
                line = jsonl([made])
            except orjson.JSONEncodeError:
                left_out["it holds half a character, or a number beyond 64 bits"] += 1
                continue
            except RecordError as error:
                left_out[f"{error.where}: expected {error.expected}"] += 1
                continue
            if made["id"] in seen:
                left_out["its id stands on an earlier item"] += 1
                continue
            seen.add(made["id"])
            tally.items += 1
            yield line


def _counted(rows: Iterable[Any], tally: _Tally, bar: tqdm[Any]) -> Iterator[Any]:
    for row in rows:
        tally.rows += 1
        bar.update()
        yield row
