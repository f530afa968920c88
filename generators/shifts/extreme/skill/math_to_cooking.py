"""Does a model that was tuned on solutions of problems also tell an authentic recipe from one with a wrong step?

Hypothesis: in the source a wrong response is wrong by its own lights; in the target one must know the dish as well.
Held fixed: responses are steps in order, and right and wrong differ in little.
Cue: none intended.
Nuisance: numbers, on which the source turns, hardly occur in the target.
"""

from generators.core import Shift

SHIFT = Shift(source="math", target="cooking")
