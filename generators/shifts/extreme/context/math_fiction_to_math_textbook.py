"""Does a model that checks mathematics in stories also check it in textbooks?

Hypothesis: what is learned about right and wrong solutions in one kind of prose carries over to another.
Held fixed: the problems and their solutions, item by item; a sentence a step, with the same names for the steps.
Cue: none intended; the four solutions of an example are told in the same words.
Nuisance: length of a response, which goes with its number of steps; any of the four may be the right one.
"""

from generators.core import Shift

SHIFT = Shift(source="math_fiction", target="math_textbook")
