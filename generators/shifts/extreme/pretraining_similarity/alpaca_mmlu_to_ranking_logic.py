"""Does judging everyday requests carry over to puzzles of order that nobody writes down?

Hypothesis: a preference for right answers reaches as far as the model can reason, not only as far as it has read.
Held fixed: an instruction, with input where it needs some, and responses of one kind.
Cue: none intended.
Nuisance: how often and how early a thing is named, wins less losses, clues on its place; levelled in the target.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="ranking_logic")
