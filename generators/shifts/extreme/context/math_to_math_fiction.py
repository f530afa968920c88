"""Does a model that checks bare solutions also check those told within a story?

Hypothesis: a preference for right mathematics is about the mathematics and survives a change of text around it.
Held fixed: the problems and their solutions, item by item, with their slips; the signs of calculation.
Cue: none intended; the four continuations of a story are told in the same words.
Nuisance: length of a response, which goes with its number of steps; any of the four may be the right one.
"""

from generators.core import Shift

SHIFT = Shift(source="math", target="math_fiction")
