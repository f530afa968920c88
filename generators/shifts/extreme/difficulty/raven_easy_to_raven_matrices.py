"""Does a model that completes patterns of single numbers also complete matrices of whole figures?

Hypothesis: continuing a rule along rows is one skill; harder matrices vary several properties by several rules at once.
Held fixed: a printed three by three matrix with its last cell missing, and candidates one of which every rule allows.
Cue: none intended.
Nuisance: candidates that stand in the matrix or lie near a telling cell, odd ones out, extreme values, more figures;
evened out by how candidates are chosen.
"""

from generators.core import Shift

SHIFT = Shift(source="raven_easy", target="raven_matrices")
