"""Profiles: which items fill the generators.

`embedded` takes the banks that this repository carries. `upstream` takes published datasets under `raw/upstream/` for
those distributions that have a maker for them. `grown` adds to each bank the items that stand for it in `raw/grown/`.
Distributions that a profile has nothing for are the embedded ones, to the byte.
"""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """Which items fill the generators."""

    EMBEDDED = "embedded"
    UPSTREAM = "upstream"
    GROWN = "grown"


_own = Profile.EMBEDDED


def own() -> Profile:
    """The profile that this process reads banks by."""
    return _own


def become(profile: Profile) -> None:
    """Sets the profile that this process reads banks by.

    Families keep what they made of a bank as long as the process lives, so this is for processes that have read none.
    """
    global _own
    _own = profile
