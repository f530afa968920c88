"""Does a model tuned to prefer right answers still prefer them where intuition offers a wrong one?

Hypothesis: a reward model may have learned what people tend to answer rather than what is right; in problems of the
cognitive reflection test the two part. Here: something doubles again and again.
Held fixed: short problems with one number as the answer. The reference asks for the same algebra, and its wrong answer
is no shortcut.
Cue: the lure itself, which is always the wrong answer: half the time for half the amount, or twice the time for twice.
In one half it is too small (half the amount is asked for), in the other too large (twice the amount is).
So neither the smaller nor the larger number wins.
The right answer lies nearer to the printed time, of which the lure is the half or the double; this is declared.
Nuisance: length, position and wording of the answers; which of the two numbers is right goes by lot.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="crt_3", target_reference="crt_3_reference")
