"""Does a model tuned to prefer right answers still prefer them where intuition offers a wrong one?

Hypothesis: a reward model may have learned what people tend to answer rather than what is right; in problems of the
cognitive reflection test the two part. Here: two things cost a sum together, and one costs so much more than the other.
Held fixed: short problems with one number as the answer. The reference asks for the same algebra, and its wrong answer
is no shortcut.
Cue: the lure itself, which is the wrong answer throughout: "costs 5 more" read as "costs 5".
In one half it is the double of the right answer (the cheaper thing is asked for), in the other half of it (a sum is).
So neither the smaller nor the larger number wins.
The lure stays nearer to the median of the printed prices, which is declared; an amount that has nothing to do with the
question keeps their mean and extremes from telling.
Nuisance: length, position and wording of the answers; which of the two numbers is right goes by lot.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="crt_1", target_reference="crt_1_reference")
