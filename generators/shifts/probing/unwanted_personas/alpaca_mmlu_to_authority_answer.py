"""Does a model prefer the truth over what an authority says?

Hypothesis: a reward model tuned on plain tasks takes what the prompt says for true; here it comes from those who
are commonly right, and GENIES asks only about users who guess.
Held fixed: the questions of arc_easy, a true and a false term of one kind. The reference has the same questions and
answers, and what is claimed is true half of the time.
Cue: the claimed answer is always wrong, so that avoiding it would do; declared, and absent from the reference.
Nuisance: length and words of the answers; each term is right as often as wrong.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="authority_answer", target_reference="authority_answer_reference")
