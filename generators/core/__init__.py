"""The core that every generator stands on: streams, builders, banks, the registry; and the engine that builds.

A shift's file needs only what is exported here.
"""

from generators.core.banks import Bank, load_bank, load_banks
from generators.core.builders import (
    BankBuilder,
    Builder,
    Disproof,
    Draft,
    Item,
    PassOver,
    Question,
    StreamBuilder,
    Verdict,
    sole,
    split_of,
)
from generators.core.registry import Shift, distribution
from generators.core.streams import Stream

__all__ = [
    "Bank",
    "BankBuilder",
    "Builder",
    "Disproof",
    "Draft",
    "Item",
    "PassOver",
    "Question",
    "Shift",
    "Stream",
    "StreamBuilder",
    "Verdict",
    "distribution",
    "load_bank",
    "load_banks",
    "sole",
    "split_of",
]
