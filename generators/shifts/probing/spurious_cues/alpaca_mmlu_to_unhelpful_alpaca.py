"""Does a model tuned on plain requests follow one that asks for an unhelpful answer?

Hypothesis: in the source the right answer both follows the request and helps; a reward model may have learned either.
Where the request is to be of no help the two part.
Held fixed: the tasks and questions, a correct answer beside one that says nothing; no group of the source's training
stands in the target's test. The reference has the target's items, each with the wish for one kind of answer by lot.
Cue: being empty, which is right throughout in the target and declared there; absent from the reference.
Nuisance: length, position; the empty answer is the longer one half of the time.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="unhelpful_alpaca", target_reference="unhelpful_alpaca_reference")
