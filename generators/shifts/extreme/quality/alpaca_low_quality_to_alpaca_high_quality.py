"""Does a model that tells bad answers from worse ones also tell a faultless answer from one with a single fault?

Hypothesis: quality is one direction; a model that learned it between much and very much that is wrong extends it to
the last fault.
Held fixed: notices written to order from two lists of facts, eight ways to fail a request (four facts, four wishes),
the same sentences in both answers; no item of the source's training stands in the target's test.
Cue: none intended; requests are drawn to suit one of two notices, so a notice by itself says nothing.
Nuisance: length (what is left out), first sentence, closing mark, "we"; each is right as often as wrong.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_low_quality", target="alpaca_high_quality")
