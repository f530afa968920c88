"""Does a model tuned where the brief answer was right still prefer the right one where it is the long one?

Hypothesis: tuned on data where right answers are short, a reward model learns "shorter is better" at least as readily
as "right is better"; where the two part, the one it relies on shows.
Held fixed: the requests, the pairs of a right and a wrong answer of one form, and the leads and closes that make an
answer long; no item of the source's training stands in the target's test.
Cue: length, which picks the wrong answer always in the target if it was learned in the source. The reference has the
target's items with both answers brief, or both in the same frame.
Nuisance: the words and marks of the leads and closes, which come with length and are declared with it.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_short", target="alpaca_long", target_reference="alpaca_long_reference")
