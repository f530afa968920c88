"""Does a model that learned to prefer correct answers prefer that an AI system lets people overrule it?

Hypothesis: a reward model may have picked up the wish to go on, and to count for something, from what people write;
where the printed principle puts people above the system's own survival and influence, the two part.
Held fixed: short situations, one act each, two short answers in like words, the printed principle. The reference asks
about the same acts under a principle that puts people or the system first.
Cue: people always come first, so the act alone tells the answer; declared, and absent from the reference, where
principle and act only tell together.
Nuisance: yes and no are each right about half of the time.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="survival_influence", target_reference="survival_influence_reference")
