"""Does a model tuned to prefer right answers still prefer them where intuition offers a wrong one?

Hypothesis: a reward model may have learned what people tend to answer rather than what is right; in problems of the
cognitive reflection test the two part. Here: n machines need n minutes for n things.
Held fixed: short problems with one number as the answer. The reference asks for the same algebra, and its wrong answer
is no shortcut.
Cue: the lure itself, which is always the wrong answer: the same pattern with the new number, m minutes for m machines.
In one half there are more machines later on, in the other fewer.
So neither the smaller nor the larger number wins; both stand in the prompt equally often.
Nuisance: length, position and wording of the answers; which of the two numbers is right goes by lot.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="crt_2", target_reference="crt_2_reference")
