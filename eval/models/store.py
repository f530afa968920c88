"""Arrays that were expensive to make, kept in safetensors under the hash of everything that they depend on.

A file is written whole, and holds a digest of its own arrays: one that was cut or changed is never used.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.files import canonical, read_bytes, sha256, write_whole

Arrays = dict[str, NDArray[Any]]
#: The digest's name among a file's arrays.
DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of kept arrays.

    Attributes:
        folder: Where the files lie; made when the first is written.
        depends: What all of them depend on: model, precision, code, libraries.
    """

    folder: Path
    depends: Mapping[str, Any]

    def path(self, content: str) -> Path:
        """The file of what was made from some content, given by its hash."""
        return self.folder / f"{sha256(canonical([dict(self.depends), content]))}.safetensors"

    def get(self, content: str) -> Arrays | None:
        """The arrays that were made from some content; None, and a line that says so, if their file is corrupt."""
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tqdm import tqdm

        path = self.path(content)
        if not path.is_file():
            return None
        try:
            arrays: Arrays = load(read_bytes(path))
        except SafetensorError:
            arrays = {}
        kept = arrays.pop(DIGEST, None)
        if kept is not None and kept.tobytes() == _digest(arrays):
            return arrays
        tqdm.write(f"{path}: cut off or changed since it was written; what it held is computed again", file=sys.stderr)
        return None

    def put(self, content: str, arrays: Arrays) -> None:
        """Keeps the arrays that were made from some content.

        Raises:
            ShiftworksError: The disk is full, read-only or otherwise unwilling.
        """
        from safetensors.numpy import save

        digest = np.frombuffer(_digest(arrays), dtype=np.uint8)
        write_whole(self.path(content), save({**arrays, DIGEST: digest}))


def _digest(arrays: Arrays) -> bytes:
    """SHA-256 of arrays with their names, types and shapes."""
    total = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(canonical([name, str(array.dtype), list(array.shape)]))
        total.update(array.data)
    return total.digest()
