"""The command `shifts`: puts the groups of commands together and turns our errors into one line.

Modules that need torch, transformers or scikit-learn are imported inside the commands that use them, so that listing
and help answer at once.
"""

from __future__ import annotations

import sys

import typer

from cli import browse, export, make, measure, raw
from schemas import ShiftworksError

#: Status of a command that was interrupted from the keyboard.
INTERRUPTED = 130

app = typer.Typer(
    help="Build, prove, audit and evaluate distribution shifts for reward models.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (browse, make, measure, export, raw):
    module.register(app)


def main() -> None:
    """Runs the command line; a `ShiftworksError` ends in one line and status 1."""
    try:
        app()
    except ShiftworksError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; that is no fault.
        sys.stderr.close()
        sys.exit(0)
    except SystemExit as end:
        # typer ends an interrupted command with this status, and without a word.
        if end.code == INTERRUPTED:
            print("interrupted; what was finished is kept, run the same command to go on", file=sys.stderr)
        raise


if __name__ == "__main__":
    main()
