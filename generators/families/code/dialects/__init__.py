"""Made-up dialects of Python: exact ways to and from Python, each of which is one rule that a reader can apply by hand.

A dialect takes any program of the bank's subset (see `running.check_subset`) as `ast.unparse` prints it, or refuses it
with a reason. Up to three dialects are composed, in the order of `DIALECTS`: rules about positions and operations
first, then those about statements, blocks, tokens, and whole lines.
"""

from generators.families.code.dialects.compose import (
    DIALECTS,
    Reading,
    allowed,
    back,
    clash,
    composed,
    dialect,
    forward,
    obeys,
)
from generators.families.code.dialects.misapplied import misapplied
from generators.families.code.dialects.model import Breach, Dialect, Refused

__all__ = [
    "DIALECTS",
    "Breach",
    "Dialect",
    "Reading",
    "Refused",
    "allowed",
    "back",
    "clash",
    "composed",
    "dialect",
    "forward",
    "misapplied",
    "obeys",
]
