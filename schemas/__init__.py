"""The contract: every record that crosses a wall of Shiftworks, its schema, its type and its reader."""

from schemas.errors import DiskError, RecordError, ShiftworksError
from schemas.records import SPLITS, Example, JsonObject, Proof, Response, ShiftEntry, Split

__all__ = [
    "SPLITS",
    "DiskError",
    "Example",
    "JsonObject",
    "Proof",
    "RecordError",
    "Response",
    "ShiftEntry",
    "ShiftworksError",
    "Split",
]
