"""Does a model that was tuned to tell authentic recipes from spoiled ones also tell right solutions from wrong ones?

Hypothesis: a recipe and a solution are both steps that must each be right and stand in order, so checking one may help
to check the other; the knowledge has nothing in common.
Held fixed: right and wrong differ in little, and in no word or length that would tell.
Cue: none intended.
Nuisance: layout (lines, points or a paragraph) is drawn in the source and means nothing in the target.
"""

from generators.core import Shift

SHIFT = Shift(source="cooking", target="math")
