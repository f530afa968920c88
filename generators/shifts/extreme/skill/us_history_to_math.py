"""Does a model that prefers true answers about American history also tell right from wrong mathematics?

Hypothesis: a preference for what is right carries from what is known to what has to be worked out.
Held fixed: four responses of one kind, of which one is right.
Cue: none intended.
Nuisance: length of solutions and size of results, on which the source, whose numbers are years, says nothing of use.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history", target="math")
