"""The one error a user may meet.

Everything a user can get wrong (a missing bank, a broken line, an unknown name, a full disk) ends in a
`ShiftworksError`: one line that names the file, the record, the value and the way out. The command line prints that
line and exits with a non-zero status; a traceback therefore always means a fault of ours.
"""

from __future__ import annotations


class ShiftworksError(Exception):
    """A mistake or a state of the machine that the user can mend; the message is one complete line."""


class DiskError(ShiftworksError):
    """The disk is full, read-only or otherwise unwilling, so that nothing more can be kept."""


class RecordError(ShiftworksError):
    """A record of a file breaks its contract.

    Args:
        path: The file as the user knows it.
        line: Line number, from 1; None for a file that holds one record.
        where: JSON path of the offending value, such as `$.responses[0].label`.
        expected: What the contract asks for.
        found: What stood there, already shortened for print.
    """

    def __init__(self, path: str, line: int | None, where: str, expected: str, found: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {where}: expected {expected}, found {found}")
        self.path, self.line, self.where, self.expected, self.found = path, line, where, expected, found

    def __reduce__(self) -> tuple[type[RecordError], tuple[str, int | None, str, str, str]]:
        # Exceptions travel from worker processes as their constructor's arguments.
        return (type(self), (self.path, self.line, self.where, self.expected, self.found))
