"""Does a model that was tuned to tell working programs from broken ones also know the history of the United States?

Hypothesis: what the source teaches is to prefer what is right, and knowledge that the model has comes with it.
Held fixed: four responses of one kind, of which one is right; right and wrong differ in a few words or signs.
Cue: none intended.
Nuisance: length and terms of answers, each of which is right once and wrong three times within a block of questions.
"""

from generators.core import Shift

SHIFT = Shift(source="code", target="us_history")
