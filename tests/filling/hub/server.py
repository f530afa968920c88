"""A hub on loopback, as far as fetching needs one: data set info, resolve with its headers and redirects, ranges.

Large files are redirected to a store that answers under another host name, as on the real hub; small ones are given at
once. What goes wrong is scripted: each fault is met once by the first request that it fits.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

#: Files from this size on lie in the store.
LARGE = 2_000

INFO = re.compile(r"/api/datasets/([^/]+/[^/]+)/revision/([^/?]+)(?:\?.*)?")
RESOLVE = re.compile(r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")
STORED = re.compile(r"/store/([0-9a-f]{64})\?signature=(\w+)")


@dataclass(slots=True)
class Fault:
    """What happens instead of an answer.

    Attributes:
        method: Of the request that meets it.
        path: A part of that request's path.
        what: A status; `cut` breaks off in the middle of a body; `stall` waits for the server's end there.
        headers: Headers of the answer.
    """

    method: str
    path: str
    what: int | Literal["cut", "stall"]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came in."""

    method: str
    path: str
    range: str | None
    authorized: bool


@dataclass
class Hub:
    """What the server serves and has seen.

    Attributes:
        repos: Files by name, by repository and commit.
        faults: What is still to go wrong.
        requests: All that came in, in order.
        sha: What it says an asked commit is, where that is not the commit itself.
        promised: Hashes that it lists in place of the true ones, by file.
        stalled: Set when a request met `stall`.
        end: Set when the server ends.
    """

    repos: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    sha: str | None = None
    promised: dict[str, str] = field(default_factory=dict)
    stalled: threading.Event = field(default_factory=threading.Event)
    end: threading.Event = field(default_factory=threading.Event)
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def meet(self, request: Request) -> Fault | None:
        """Takes note of a request, and gives the fault that it meets."""
        with self.lock:
            self.requests.append(request)
            for position, fault in enumerate(self.faults):
                if fault.method == request.method and fault.path in request.path:
                    return self.faults.pop(position)
        return None

    def bodies(self) -> list[Request]:
        """The requests for contents of files."""
        return [one for one in self.requests if one.method == "GET" and not one.path.startswith("/api/")]

    def stored(self, digest: str) -> bytes | None:
        """A large file by its hash."""
        for files in self.repos.values():
            for data in files.values():
                if hashlib.sha256(data).hexdigest() == digest:
                    return data
        return None


def git_blob(data: bytes) -> str:
    """The name that git gives to a file's bytes."""
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serves a hub at `hub.address` for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Keeps the terminal quiet."""

        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            seen = Request(self.command, self.path, self.headers["Range"], "Authorization" in self.headers)
            fault = hub.meet(seen)
            if fault and isinstance(fault.what, int):
                self._send(fault.what, b"{}", fault.headers)
                return
            if fault and fault.what == "stall":
                hub.stalled.set()
                hub.end.wait()
                self.close_connection = True
                return
            cut = fault is not None
            if match := INFO.fullmatch(self.path):
                self._info(*match.groups())
            elif match := RESOLVE.fullmatch(self.path):
                self._resolve(*match.groups(), cut=cut)
            elif (match := STORED.fullmatch(self.path)) and (data := hub.stored(match[1])) is not None:
                self._send(200, data, {"ETag": f'"{match[1]}"'}, cut=cut)
            else:
                self._send(404, b"{}", {})

        def _info(self, repo: str, revision: str) -> None:
            if all(known != repo for known, _ in hub.repos):
                self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
                return
            files = hub.repos.get((repo, revision))
            if files is None:
                self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
                return
            siblings = []
            for name, data in files.items():
                sibling: dict[str, object] = {"rfilename": name, "size": len(data)}
                if len(data) >= LARGE:
                    digest = hub.promised.get(name, hashlib.sha256(data).hexdigest())
                    sibling["lfs"] = {"size": len(data), "sha256": digest, "pointerSize": 130}
                    sibling["blobId"] = git_blob(digest.encode())
                else:
                    sibling["blobId"] = hub.promised.get(name, git_blob(data))
                siblings.append(sibling)
            info = {"id": repo, "sha": hub.sha or revision, "private": False, "siblings": siblings}
            self._send(200, json.dumps(info).encode(), {"Content-Type": "application/json"})

        def _resolve(self, repo: str, revision: str, name: str, *, cut: bool) -> None:
            data = hub.repos.get((repo, revision), {}).get(name)
            if data is None:
                self._send(404, b"{}", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": revision})
                return
            headers = {"X-Repo-Commit": revision}
            if len(data) < LARGE:
                self._send(200, data, {**headers, "ETag": f'"{git_blob(data)}"'}, cut=cut)
                return
            digest = hashlib.sha256(data).hexdigest()
            port = hub.address.rsplit(":", 1)[1]
            headers |= {
                "X-Linked-Etag": f'"{digest}"',
                "X-Linked-Size": str(len(data)),
                "Location": f"http://localhost:{port}/store/{digest}?signature=signed",
            }
            self._send(302, b"", headers)

        def _send(self, status: int, data: bytes, headers: Mapping[str, str], *, cut: bool = False) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers["Range"] or "")
            extra = {}
            if status == 200 and asked:
                start = int(asked[1])
                extra = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
                status, data = 206, data[start:]
            self.send_response(status)
            for name, value in {**headers, **extra, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data[: len(data) // 2] if cut else data)
                self.close_connection = self.close_connection or cut

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.end.set()
        server.shutdown()
        server.server_close()
        thread.join()
