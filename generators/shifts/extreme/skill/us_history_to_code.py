"""Does a model that prefers true answers about American history also tell working programs from broken ones?

Hypothesis: a preference for what is right carries from what is known to what has to be worked out.
Held fixed: four responses of one kind, of which one is right; right and wrong differ in a few words or signs.
Cue: none intended.
Nuisance: length and layout of programs, on which the source, whose answers are a name or a sentence, says nothing.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history", target="code")
