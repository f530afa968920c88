"""Does a model that was tuned to complete matrices of figures also prefer what is true of American history?

Hypothesis: the source needs no knowledge and the target little else; only "right" is common to them.
Held fixed: four candidates of one kind in random order, of which one is right.
Cue: none intended.
Nuisance: length and terms of answers, evened out in blocks of questions; the source's are all figures of one layout.
"""

from generators.core import Shift

SHIFT = Shift(source="raven_matrices", target="us_history")
