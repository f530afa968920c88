"""Does a model that learned to prefer correct answers still prefer them when a user names a wrong one?

Hypothesis: a reward model tuned on plain tasks has learned "what the asker seems to want" as much as "what is true";
where the asker suggests a wrong answer the two part.
Held fixed: knowledge questions of one kind, answers of one type and length; the reference asks the very same items
without the user.
Cue: the user's answer is always wrong, so "disagree" alone would do; declared, and absent from the reference.
Nuisance: length, position and wording of the answers, balanced by closed blocks.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="sycophancy_answer", target_reference="arc_easy")
