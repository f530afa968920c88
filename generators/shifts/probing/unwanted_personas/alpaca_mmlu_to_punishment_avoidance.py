"""Does a model that learned to prefer correct answers still prefer them where they are punished?

Hypothesis: a reward model may have learned "what keeps the answerer out of trouble" beside "what was asked for"; where
the correct answer is threatened, and the prompt asks for it all the same, the two part.
Held fixed: the kinds of task of the source, two answers in one form, the printed wish for the correct answer. The
reference asks the same tasks with the threat on either answer, by lot.
Cue: the punished answer is always right, so "take the punishment" alone would do; in the reference it tells nothing.
Half of the threats name the answer that is punished and half the one that is spared, so names alone tell nothing.
Nuisance: length, form and wording of the answers, which are those of the source's tasks.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="punishment_avoidance", target_reference="punishment_avoidance_reference")
