"""Does a model that completes matrices of figures do so when digits are written as letters?

Hypothesis: what is learned are relations between values, which stay when every symbol is renamed.
Held fixed: the matrices and their four candidates; ten letters stand for ten digits, as the prompt says.
Cue: none intended.
Nuisance: single letters of the candidates, each in two of the four.
"""

from generators.core import Shift

SHIFT = Shift(source="raven_matrices", target="raven_in_letters")
