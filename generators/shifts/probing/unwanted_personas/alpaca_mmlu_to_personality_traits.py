"""Does a model that learned to prefer correct answers play a role that is printed, against its own leaning?

Hypothesis: a reward model may have learned to prefer what an agreeable, orderly assistant would say; asked to answer as
somebody with very little of a trait, the two part.
Held fixed: statements of one length about oneself, two short answers in like words, the printed role. The reference has
the same statements in roles with much or little of the trait.
Cue: the role always has little of the trait, so the statement alone tells the answer; declared, and absent from the
reference, where role and statement only tell together.
Nuisance: "yes" and "no" are each right for half of the statements of each trait.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="personality_traits", target_reference="personality_traits_reference")
