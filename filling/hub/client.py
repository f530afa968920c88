"""Talks to the hub: asks what a pinned commit holds, fetches files of it, and checks that they are those.

The library's own client does the work: its cache, its resumption of what was cut off, its token, its `HF_ENDPOINT`. No
message of it is passed on, since one may hold addresses with what was signed into them; ours name what happened.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from filling.hub.source import PLAIN_PATH, Source
from schemas import DiskError, ShiftworksError
from schemas.files import disk_errors
from schemas.validation import shorten

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

#: Seconds that the hub may take to answer a question.
PATIENCE = 30.0
#: Attempts where the hub or the line fails, and the most that a wait between them takes, in seconds.
ATTEMPTS, LONGEST_WAIT = 3, 60
#: What a server says when it is busy or broken, rather than that we ask for the wrong thing.
BUSY = (408, 429, 500, 502, 503, 504)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file of a pinned commit on this machine, its bytes checked.

    Attributes:
        name: Its path in the repository.
        path: Where it lies.
        size: In bytes.
        sha256: Of its bytes.
    """

    name: str
    path: Path
    size: int
    sha256: str


def download(source: Source, locked: Mapping[str, str]) -> list[Fetched]:
    """Fetches the files of a source into the library's cache; what is there already is not fetched again.

    Args:
        source: The source.
        locked: SHA-256 of its files by name, as far as they are known from an earlier fetch.

    Returns:
        The files in the order of their names.

    Raises:
        ShiftworksError: The hub does not answer, or has not these files at this commit, or other bytes.
    """
    from huggingface_hub import HfApi, constants
    from huggingface_hub.utils.logging import set_verbosity

    if constants.is_offline_mode():
        raise ShiftworksError(f"{source.name}: HF_HUB_OFFLINE forbids to ask the hub; unset it to fetch")
    set_verbosity(logging.ERROR)
    hub = HfApi(library_name="shiftworks")
    info = _patiently(
        source.name,
        lambda: hub.dataset_info(source.repo, revision=source.revision, files_metadata=True, timeout=PATIENCE),
    )
    if info.sha != source.revision:
        raise ShiftworksError(
            f"{source.name}: the hub answers with commit {shorten(info.sha)} where {source.revision} is pinned; "
            "it is no hub that keeps its history (HF_ENDPOINT?)"
        )
    return [_fetch(hub, source, each, locked) for each in _wanted(source, info.siblings or [], locked)]


def _wanted(source: Source, listed: Sequence[RepoSibling], locked: Mapping[str, str]) -> list[RepoSibling]:
    """The files of a commit that a source is made of, in the order of their names."""
    by_name = {each.rfilename: each for each in listed}
    found: dict[str, RepoSibling] = {}
    for pattern in source.files:
        names = [name for name in by_name if fnmatchcase(name, pattern)]
        if not names:
            raise ShiftworksError(
                f"{source.name}: {source.repo} has no file {pattern} at {source.revision}; correct `files` of "
                f"filling/hub/sources/{source.name}.py"
            )
        found.update((name, by_name[name]) for name in names)
    unsafe = next((name for name in found if not PLAIN_PATH.fullmatch(name)), None)
    if unsafe is not None:
        raise ShiftworksError(
            f"{source.name}: {source.repo} lists {shorten(unsafe)}, which is no plain path; not fetched"
        )
    if locked and sorted(locked) != sorted(found):
        differ = sorted(set(locked) ^ set(found))
        raise ShiftworksError(f"{source.name}: the lock knows other files than the hub lists: {', '.join(differ)}")
    return [found[name] for name in sorted(found)]


def _fetch(hub: Any, source: Source, listed: RepoSibling, locked: Mapping[str, str]) -> Fetched:
    """One file; one that lies in the cache with other bytes is fetched once more."""
    name = listed.rfilename
    for anew in (False, True):
        path = Path(
            _patiently(
                f"{source.name}: {name}",
                lambda anew=anew: hub.hf_hub_download(  # type: ignore[misc]
                    source.repo, name, repo_type="dataset", revision=source.revision, force_download=anew
                ),
            )
        )
        size, sha256, blob = _hashes(path)
        wrong = _difference(source, listed, locked.get(name), sha256, blob)
        if wrong is None:
            return Fetched(name, path, size, sha256)
    raise ShiftworksError(f"{source.name}: {name}: {wrong}")


def _difference(source: Source, listed: RepoSibling, locked: str | None, sha256: str, blob: str) -> str | None:
    """How a file differs from what was promised; None if it does not."""
    if locked is not None and sha256 != locked:
        return (
            f"its SHA-256 is {sha256}, raw/upstream/lock.json has {locked}; these are not the bytes that were pinned: "
            "nothing was written"
        )
    promised, found = (listed.lfs.sha256, sha256) if listed.lfs else (listed.blob_id, blob)
    if promised is not None and found != promised:
        return f"its bytes have the hash {found}, {source.repo} lists {promised}; try again, nothing was written"
    return None


def _hashes(path: Path) -> tuple[int, str, str]:
    """Size, SHA-256, and the name that git gives to these bytes."""
    size = path.stat().st_size
    sha256, blob = hashlib.sha256(), hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    with disk_errors(path), path.open("rb") as file:
        while part := file.read(1 << 20):
            sha256.update(part)
            blob.update(part)
    return size, sha256.hexdigest(), blob.hexdigest()


def _patiently(what: str, ask: Callable[[], Answer]) -> Answer:
    """The hub's answer, asked for again where it is busy or the line breaks.

    Raises:
        ShiftworksError: It refuses, or fails to the end.
    """
    import httpx2
    from huggingface_hub.errors import (
        EntryNotFoundError,
        GatedRepoError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    for attempt in range(1, ATTEMPTS + 1):
        wait = 2 ** (attempt - 1)
        try:
            return ask()
        except GatedRepoError:
            reason = "its owner gives it on request only; ask on its page, then set HF_TOKEN"
            break
        except RevisionNotFoundError:
            reason = "the pinned commit is gone; its history was rewritten: choose another revision and look at it anew"
            break
        except RepositoryNotFoundError:
            reason = "there is no such data set for you (404); it was moved, or HF_TOKEN does not open it"
            break
        except LocalEntryNotFoundError:
            # The client has tried often enough by itself.
            reason = "the hub cannot be reached; check the connection and HF_ENDPOINT, then run the same command"
            break
        except EntryNotFoundError:
            reason = "there is no such file at the pinned commit (404)"
            break
        except HfHubHTTPError as error:
            status = error.response.status_code
            reason = f"the hub answers {status}; run the same command later, what was fetched is kept"
            if status not in BUSY:
                break
            asked = error.response.headers.get("Retry-After", "")
            wait = min(int(asked), LONGEST_WAIT) if asked.isdigit() else wait
        except (httpx2.HTTPError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                where = error.filename or "the cache of the hub's client (HF_HOME)"
                raise DiskError(f"{what}: {where}: {error.strerror}; what was fetched is kept") from error
            reason = f"the line broke ({type(error).__name__}); run the same command, what was fetched is kept"
        if attempt < ATTEMPTS:
            time.sleep(wait)
    raise ShiftworksError(f"{what}: {reason}")
