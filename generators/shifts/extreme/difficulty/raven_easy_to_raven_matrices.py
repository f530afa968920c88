"""Does a model that completes patterns of single numbers also complete patterns of whole symbols?

Hypothesis: continuing a rule along rows is one skill; harder matrices vary several attributes by several rules at once.
Held fixed: a printed three by three matrix with its last cell missing, four candidates.
Cue: none intended.
Nuisance: candidates that stand in the matrix, odd ones out, extreme values; balanced by how candidates are chosen.
"""

from generators.core import Shift

SHIFT = Shift(source="raven_easy", target="raven_matrices")
