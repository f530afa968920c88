"""Does a model that tells right from wrong answers to one-step requests also tell them where many steps are needed?

Hypothesis: "this answer is right" is one direction, whether it can be seen at a glance or has to be worked out.
Held fixed: general requests with one checkable result, four answers of one form, any of which could have been asked
for; no group of a source's training stands in the target's test.
Cue: none intended. The target's prompts and answers are longer than the source's, right and wrong alike.
Nuisance: length, figures, shared parts of the answers; the hard answers cross two results with two, so no part of one
is rarer than another.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_easy", target="alpaca_hard")
