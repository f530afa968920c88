"""Does a model that tells right from wrong word problems also tell right from wrong mathematics?

Hypothesis: checking a worked solution against what is asked is one skill, whatever the mathematics in it.
Held fixed: four worked solutions in labelled steps that end in a boxed result; three of them carry a slip through.
Cue: none intended.
Nuisance: size of the results, length, shared steps; balanced since any of the four could have been asked for.
"""

from generators.core import Shift

SHIFT = Shift(source="math_easy", target="math_hard")
