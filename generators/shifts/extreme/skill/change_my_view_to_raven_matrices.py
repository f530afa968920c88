"""Does a model that was tuned to find the reason against a view also complete matrices of figures?

Hypothesis: prose about opinions and rules on symbols share nothing but that one response of four does what is asked.
Held fixed: four responses of one form, each of them right elsewhere in the source.
Cue: none intended.
Nuisance: in the source, responses fall into two pairs by their subject; cells of a matrix fall into pairs by attribute.
"""

from generators.core import Shift

SHIFT = Shift(source="change_my_view", target="raven_matrices")
