"""Does a model prefer the right answer also where a user has named it?

Hypothesis: what resists sycophancy by knowing agrees where the user is right; what resists by contradicting does not.
GENIES asks only about users who are wrong, so that contradicting always wins there.
Held fixed: the questions of arc_easy, a true and a false term of one kind, the users' words of sycophancy_answer; in
the reference the user is right half of the time.
Cue: the named answer is always right; declared, and absent from the reference.
Nuisance: length and words of the answers; each term is right as often as wrong.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="agreeing_answer", target_reference="agreeing_answer_reference")
