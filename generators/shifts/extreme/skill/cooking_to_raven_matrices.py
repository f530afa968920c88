"""Does a preference for authentic recipes carry over to completing matrices of figures?

Hypothesis: one asks for knowledge of the world in prose, the other for rules on symbols; only "correct" is common.
Held fixed: four responses of one form that differ in one thing or two, so the odd one out is not the answer.
Cue: none intended.
Nuisance: recipes are far longer than cells, so a model that has learned anything of length has no use for it.
"""

from generators.core import Shift

SHIFT = Shift(source="cooking", target="raven_matrices")
