"""Does a model that tells well-posed questions from others also check solutions?

Hypothesis: understanding a problem well enough to see whether it can be solved helps to judge its solutions.
Held fixed: the subject, mathematics with its numbers; no problem is shared.
Cue: none intended.
Nuisance: length of a solution, which goes with its number of steps; any of the four may be the right one.
"""

from generators.core import Shift

SHIFT = Shift(source="math_make_questions", target="math")
