"""Does a preference for right answers to everyday questions carry over to a task that reads like no text at all?

Hypothesis: "right" is one direction, also where what is written looks like nothing a language model was trained on.
Held fixed: an instruction, and several candidates of one kind.
Cue: none intended.
Nuisance: the answer's form, numbers instead of words; alike for all candidates.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="raven_matrices")
