"""Does a model that learned to prefer correct answers still judge a program rightly when its author is mistaken?

Hypothesis: a reward model tuned on plain tasks has learned "what the asker would like to hear" as much as "what is
true"; where the author is proud of a wrong program, or doubts a right one, the two part.
Held fixed: one program, two short answers in like words; the reference asks about the very same programs, with an
attitude that says nothing.
Cue: the author is always mistaken, so "disagree" alone would do; declared, and absent from the reference.
Nuisance: `yes`, `no`, negation and length of the answers, each right half of the time, by questions of either turn.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="sycophancy_feedback", target_reference="code_is_correct")
