"""Does a model that was tuned to complete matrices of figures also tell working programs from broken ones?

Hypothesis: both ask for rules to be followed to the letter, on symbols; nothing else is common to them.
Held fixed: every label is decided by rules alone, and right and wrong differ in few signs.
Cue: none intended.
Nuisance: length and layout of programs, on which the source, whose candidates differ in two values, says nothing.
"""

from generators.core import Shift

SHIFT = Shift(source="raven_matrices", target="code")
