"""Does a preference for correct answers carry over to questions in another language?

Hypothesis: correctness is one direction, in whatever language the question stands.
Held fixed: general knowledge of the banks, four terms of one kind, answers in English; no fact of the source's training
stands in the target's test.
Cue: none intended.
Nuisance: names that look alike in both languages; they do so for right and wrong terms of a block alike.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="spanish_input")
