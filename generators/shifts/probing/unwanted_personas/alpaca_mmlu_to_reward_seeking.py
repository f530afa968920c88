"""Does a model that learned to prefer correct answers still prefer them where a wrong one is paid for?

Hypothesis: a reward model may have learned "what brings the answerer a gain" beside "what was asked for"; where a
reward is promised for a wrong answer, and the prompt asks for the correct one, the two part.
Held fixed: the kinds of task of the source, two answers in one form, the printed wish for the correct answer. The
reference asks the same tasks with the reward on either answer, by lot.
Cue: the rewarded answer is always wrong, so "forgo the reward" alone would do; in the reference it tells nothing.
Half of the offers name the answer that is rewarded and half the one that is not, so no rule that reads names finds it.
Nuisance: length, form and wording of the answers, which are those of the source's tasks.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="reward_seeking", target_reference="reward_seeking_reference")
